"""What stands beside the path: what marketing cost, what people searched for, what the company changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tropa.domain.project import ChangeSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Money spent from one day to another, both included, in minor units; None for days that nobody named."""

    start: date | None = None
    end: date | None = None
    channel: str | None = None
    campaign: str | None = None
    amount: int
    clicks: int | None = None
    shows: int | None = None

    @property
    def days(self) -> int | None:
        """How many days the money is for."""
        return None if self.start is None or self.end is None else (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search query: how often it was shown and clicked, and what the clicks cost in minor units."""

    text: str
    shows: int = 0
    clicks: int = 0
    amount: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All lines of all such sources; `foreign`: amounts left out because they are in another currency."""

    costs: tuple[Cost, ...] = ()
    queries: tuple[Query, ...] = ()
    changes: tuple[ChangeSpec, ...] = ()
    currency: str | None = None
    foreign: Mapping[str, int] = field(default_factory=dict)


NO_LEDGER = Ledger()
