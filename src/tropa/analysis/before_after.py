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
    With `open_count` who may still come counts as not having come: fair only between halves that chance made, which
    have had the same time.
    """

    start: PlaceRule
    end: PlaceRule
    windows: tuple[tuple[int, int], ...]
    groups: GroupRule
    within: timedelta
    gap: timedelta = timedelta(0)
    open_count: bool = False

    def __post_init__(self) -> None:
        if not self.gap < self.within:
            raise InvalidQueryError(told("The time to come in must be longer than {gap}.", gap=self.gap))


Sides = tuple[tuple[Proportion, ...], ...]
"""For each window the share of each group that came."""


def came_in(log: EventLog, query: BeforeAfterQuery, engine: Engine = ONE_BY_ONE) -> Sides:
    """To place 0 of `end`; units of no group are in none."""
    return came_to_each(log, query, engine)[0]


def came_to_each(log: EventLog, query: BeforeAfterQuery, engine: Engine = ONE_BY_ONE) -> tuple[Sides, ...]:
    """One entry a place of `end`."""
    of, came = (one.tolist() for one in engine.run(_BeforeAfterFold(query), log))
    return tuple(
        tuple(
            tuple(proportion(there[place], persons) for persons, there in zip(*window, strict=True))
            for window in zip(of, came, strict=True)
        )
        for place in range(query.end.count)
    )


@dataclass(frozen=True, slots=True)
class _BeforeAfterFold:
    """Adds up (window, group) who set out, and (window, group, place) who came."""

    query: BeforeAfterQuery

    @property
    def open_for(self) -> timedelta:
        """Until the time to come in is over."""
        return self.query.within

    def zero(self) -> Arrays:
        shape = len(self.query.windows), self.query.groups.count
        return np.zeros(shape, dtype=np.int64), np.zeros((*shape, self.query.end.count), dtype=np.int64)

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
            self._add(chunk, *total)
        return total

    def _add(self, span: Span, of: NDArray[np.int64], came: NDArray[np.int64]) -> None:
        edges = self.log.offsets[span.first : span.last + 1]
        here = slice(int(edges[0]), int(edges[-1]))
        unit, time = np.repeat(np.arange(span.last - span.first), np.diff(edges)), self.log.time[here]
        began, ends = np.flatnonzero(self.start[here] == 0), self.end[here]
        if not len(began):
            return
        within, gap = self.query.within // _MS, self.query.gap // _MS
        due = self.query.open_count | (time[began] + within <= self.log.as_of)
        group = self.group[span.first : span.last][unit[began]]
        chosen = [_set_out(unit, time, began, window, due & (group >= 0)) for window in self.query.windows]
        for number, firsts in enumerate(chosen):
            np.add.at(of[number], group[firsts], 1)
        for place in range(came.shape[2]):
            follows = _follows(unit, time, began, np.flatnonzero(ends == place), within=within, gap=gap)
            for number, firsts in enumerate(chosen):
                np.add.at(came[number, :, place], group[firsts], follows[firsts].astype(np.int64))


def _set_out(
    unit: NDArray[np.int64],
    time: NDArray[np.int64],
    began: NDArray[np.int64],
    window: tuple[int, int],
    counts: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """The first beginning of each unit in a window, of those that count."""
    inside = np.flatnonzero((time[began] >= window[0]) & (time[began] < window[1]))
    _, firsts = np.unique(unit[began[inside]], return_index=True)
    chosen = inside[firsts]
    return chosen[counts[chosen]]


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
