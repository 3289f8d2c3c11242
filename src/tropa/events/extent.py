"""How much a log holds, and from when to when."""

from dataclasses import dataclass

import numpy as np

from tropa.events.fold import ONE_BY_ONE, Engine, Span
from tropa.events.log import EventLog


@dataclass(frozen=True, slots=True)
class Extent:
    """Units with events, all events, the first and the last time in UTC ms (both `as_of` where there are none)."""

    units: int
    events: int
    first: int
    last: int


def extent_of(log: EventLog, engine: Engine = ONE_BY_ONE) -> Extent:
    """Look through the log once."""
    found = engine.run(_ExtentFold(), log)
    return found if found.events else Extent(0, 0, log.as_of, log.as_of)


_NOTHING = Extent(0, 0, int(np.iinfo(np.int64).max), int(np.iinfo(np.int64).min))


@dataclass(frozen=True, slots=True)
class _ExtentFold:
    def zero(self) -> Extent:
        return _NOTHING

    def on(self, log: EventLog) -> "_ExtentStep":
        return _ExtentStep(log)

    def merge(self, one: Extent, other: Extent) -> Extent:
        return Extent(
            one.units + other.units, one.events + other.events, min(one.first, other.first), max(one.last, other.last)
        )


@dataclass(frozen=True, slots=True)
class _ExtentStep:
    log: EventLog

    def add(self, span: Span, total: Extent) -> Extent:
        edges = self.log.offsets[span.first : span.last + 1]
        times = self.log.time[edges[0] : edges[-1]]
        first, last = times.min(initial=_NOTHING.first), times.max(initial=_NOTHING.last)
        here = Extent(int(np.count_nonzero(np.diff(edges))), len(times), int(first), int(last))
        return _ExtentFold().merge(total, here)
