"""How many come from one place to another, by when they set out and by group: what a change is judged by."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added
from tropa.events.groups import GroupRule
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.events.quantiles import chunks
from tropa.stats.proportions import Proportion, proportion

_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class BeforeAfterQuery:
    """The question: of units whose first event at `start` within a window lies there, how many come to `end` in time.

    `windows`: [from, to) in UTC ms; a unit counts once a window. It came where an event at `end` follows no sooner than
    `gap` and no later than `within`; whose time is not over is left out. With a `gap` the same place may be both ends.
    """

    start: PlaceRule
    end: PlaceRule
    windows: tuple[tuple[int, int], ...]
    groups: GroupRule
    within: timedelta
    gap: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        if not self.gap < self.within:
            raise InvalidQueryError(told("The time to come in must be longer than {gap}.", gap=self.gap))


def came_in(log: EventLog, query: BeforeAfterQuery, engine: Engine = ONE_BY_ONE) -> tuple[tuple[Proportion, ...], ...]:
    """For each window the share of each group that came; units of no group are in none."""
    counts = engine.run(_BeforeAfterFold(query), log)[0].tolist()
    return tuple(tuple(proportion(came, of) for of, came in window) for window in counts)


@dataclass(frozen=True, slots=True)
class _BeforeAfterFold:
    """Adds up (window, group, of and came)."""

    query: BeforeAfterQuery

    @property
    def open_for(self) -> timedelta:
        """Until the time to come in is over."""
        return self.query.within

    def zero(self) -> Arrays:
        return (np.zeros((len(self.query.windows), self.query.groups.count, 2), dtype=np.int64),)

    def on(self, log: EventLog) -> "_BeforeAfterStep":
        query = self.query
        return _BeforeAfterStep(
            log, query, query.start.on(log).of_events(), query.end.on(log).of_events(), query.groups.on(log)
        )

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True, eq=False)
class _BeforeAfterStep:
    log: EventLog
    query: BeforeAfterQuery
    start: Codes
    end: Codes
    group: Codes

    def add(self, span: Span, total: Arrays) -> Arrays:
        for chunk in chunks(self.log, span):
            self._add(chunk, total[0])
        return total

    def _add(self, span: Span, counts: NDArray[np.int64]) -> None:
        edges = self.log.offsets[span.first : span.last + 1]
        here = slice(int(edges[0]), int(edges[-1]))
        unit, time = np.repeat(np.arange(span.last - span.first), np.diff(edges)), self.log.time[here]
        began, ended = np.flatnonzero(self.start[here] == 0), np.flatnonzero(self.end[here] == 0)
        if not len(began):
            return
        within, gap = self.query.within // _MS, self.query.gap // _MS
        due = time[began] + within <= self.log.as_of
        came = _follows(unit, time, began, ended, within=within, gap=gap)
        group = self.group[span.first : span.last][unit[began]]
        for number, (first, last) in enumerate(self.query.windows):
            inside = np.flatnonzero((time[began] >= first) & (time[began] < last) & (group >= 0))
            _, firsts = np.unique(unit[began[inside]], return_index=True)
            chosen = inside[firsts]
            chosen = chosen[due[chosen]]
            np.add.at(counts[number, :, 0], group[chosen], 1)
            np.add.at(counts[number, :, 1], group[chosen], came[chosen].astype(np.int64))


def _follows(
    unit: NDArray[np.int64],
    time: NDArray[np.int64],
    began: NDArray[np.int64],
    ended: NDArray[np.int64],
    *,
    within: int,
    gap: int,
) -> NDArray[np.bool_]:
    """For each beginning whether an end of the same unit comes after it, within the time. Events are in order."""
    if not len(ended):
        return np.zeros(len(began), dtype=bool)
    if gap:
        span = int(time.max() - time.min()) + within + 1
        keys = unit[ended] * span + time[ended] - time.min()
        found = np.searchsorted(keys, unit[began] * span + time[began] - time.min() + gap, side="left")
    else:
        found = np.searchsorted(ended, began, side="right")
    candidate = ended[np.minimum(found, len(ended) - 1)]
    comes: NDArray[np.bool_] = (
        (found < len(ended)) & (unit[candidate] == unit[began]) & (time[candidate] - time[began] <= within)
    )
    return comes
