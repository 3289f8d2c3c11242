"""The machine's own clock."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SystemClock:
    """Today as the machine has it, in its own time zone."""

    def today(self) -> date:
        """The date where the person is."""
        return datetime.now().astimezone().date()

    def now(self) -> datetime:
        """The moment, in the machine's own time zone."""
        return datetime.now().astimezone()
