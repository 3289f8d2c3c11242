"""Tiny populations by hand: `population(a_person("ann").did("view").did("buy", after=timedelta(hours=2)))`."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tropa.events.log import EventLog, log_from_rows

MONDAY = datetime(2025, 3, 3, 9, tzinfo=UTC)


@dataclass
class Person:
    name: str
    start: datetime
    events: list[tuple[str, datetime]] = field(default_factory=list)

    def did(self, *events: str, after: timedelta = timedelta(minutes=1)) -> "Person":
        """These things one after the other, each so long after the one before; the first ever at the start."""
        for event in events:
            self.events.append((event, self.events[-1][1] + after if self.events else self.start))
        return self


def a_person(name: str, start: datetime = MONDAY) -> Person:
    return Person(name, start)


def population(*people: Person, as_of: datetime | None = None) -> EventLog:
    rows = [(one.name, event, millis(time)) for one in people for event, time in one.events]
    return log_from_rows(rows, as_of=None if as_of is None else millis(as_of))


def millis(time: datetime) -> int:
    return (time - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
