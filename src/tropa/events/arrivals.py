"""When each person first came to each place, counted from the start of the journey."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import Span, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule, Places

NEVER = -1
_MS = timedelta(milliseconds=1)
Times = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """First arrivals at the places of a rule within a term; the same term for everybody makes people comparable."""

    places: PlaceRule
    within: timedelta

    def on(self, log: EventLog) -> "ArrivalReader":
        """The arrivals of one log."""
        offsets, time = readable(log.offsets, np.int64), readable(log.time, np.int64)
        return ArrivalReader(self.places.on(log), self.places.count, offsets, time, self.within // _MS)


@dataclass(frozen=True, slots=True, eq=False)
class ArrivalReader:
    """Reads the first arrivals of the units of one log."""

    places: Places
    count: int
    offsets: Times
    time: Times
    term: int

    def of(self, span: Span) -> Times:
        """Ms from each unit's first event of any kind to its first at each place, NEVER = not within the term.

        Shape (units of the span, places).
        """
        found = np.full((span.last - span.first, self.count), NEVER, dtype=np.int64)
        _arrive(span.first, span.last, self.offsets, self.places.codes, self.places.table, self.time, self.term, found)
        return found


def beginnings_of(log: EventLog, span: Span) -> Times:
    """The time of each unit's first event in UTC ms; NEVER for a unit without events."""
    first, last = log.offsets[span.first : span.last], log.offsets[span.first + 1 : span.last + 1]
    began = np.full(span.last - span.first, NEVER, dtype=np.int64)
    has = last > first
    began[has] = log.time[first[has]]
    return began


@kernel
def _arrive(
    first: int, last: int, offsets: Times, codes: Codes, table: Codes, time: Times, term: int, found: Times
) -> None:
    for unit in range(first, last):
        for i in range(offsets[unit], offsets[unit + 1]):
            since = time[i] - time[offsets[unit]]
            if since > term:
                break
            place = table[codes[i]]
            if place >= 0 and found[unit - first, place] < 0:
                found[unit - first, place] = since
