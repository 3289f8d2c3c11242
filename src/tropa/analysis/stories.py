"""Whose story to tell at a stage: a typical one, a happy one and a lost one, each chosen by a written rule."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule

_STEP = np.uint64(1_000_003)
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class StoryQuery:
    """The question: of units that met place `at`, whose way is typical, happy and lost.

    `goal` is a place of the same rule. Without an event for `quiet` a way has ended.
    """

    stages: PlaceRule
    at: int
    goal: int
    quiet: timedelta = timedelta(days=30)

    def __post_init__(self) -> None:
        if not (0 <= self.at < self.stages.count and 0 <= self.goal < self.stages.count):
            raise InvalidQueryError(told("There is no stage {at} of {count}.", at=self.at + 1, count=self.stages.count))
        if self.quiet <= timedelta(0):
            raise InvalidQueryError(told("The term must be positive, got {within}.", within=self.quiet))


@dataclass(frozen=True, slots=True)
class Stories:
    """Numbers of units in the log, None where there is none of the kind; `met` units were at the stage.

    `typical`: of the commonest order of stages, the one whose length in time is nearest to the median of these.
    `happy`: of those who came to the goal from here, the one at the quickest tenth. `lost`: of those whose way ended
    here before the goal, the first of the commonest order of stages.
    """

    met: int
    typical: int | None
    happy: int | None
    lost: int | None


def choose_stories(log: EventLog, query: StoryQuery) -> Stories:
    """Choose among all units; the same data give the same stories."""
    ways = _Ways.of(log, query.stages.on(log).of_events())
    met = ways.first_at(query.at)
    here = np.flatnonzero(met >= 0)
    reached = ways.first_at(query.goal)
    came = here[(reached[here] >= 0) & (reached[here] >= met[here])]
    ended = (ways.last_stage[here] == query.at) & (log.as_of - ways.end[here] > query.quiet // _MS)
    lost = here[ended & (reached[here] < 0)] if query.at != query.goal else here[:0]
    return Stories(len(here), _typical(ways, here), _happy(came, reached - met), _commonest(ways, lost))


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """By unit: a number for its order of stages, first and last time, last stage (−1: at none); by event: its stage."""

    order: NDArray[np.uint64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    last_stage: Codes
    unit: NDArray[np.int32]
    stage: Codes
    time: NDArray[np.int64]

    @classmethod
    def of(cls, log: EventLog, stage: Codes) -> "_Ways":
        unit, known = log.unit_of_event(), np.flatnonzero(stage >= 0)
        who, where, when = unit[known], stage[known], log.time[known]
        fresh = np.ones(len(known), dtype=bool)
        fresh[1:] = (who[1:] != who[:-1]) | (where[1:] != where[:-1])
        order = np.zeros(log.units, dtype=np.uint64)
        first = np.searchsorted(who[fresh], np.arange(log.units))
        place = np.arange(int(fresh.sum())) - first[who[fresh]]
        weight = np.power(_STEP, place.astype(np.uint64))
        np.add.at(order, who[fresh], (where[fresh].astype(np.uint64) + np.uint64(1)) * weight)
        start, end = np.zeros(log.units, dtype=np.int64), np.zeros(log.units, dtype=np.int64)
        last = np.full(log.units, -1, dtype=np.int32)
        start[who[::-1]], end[who], last[who] = when[::-1], when, where
        return cls(order, start, end, last, who, where, when)

    def first_at(self, stage: int) -> NDArray[np.int64]:
        """When each unit first met a stage, −1 where it never did."""
        found = np.full(len(self.order), -1, dtype=np.int64)
        here = np.flatnonzero(self.stage == stage)[::-1]
        found[self.unit[here]] = self.time[here]
        return found


def _of_commonest(ways: _Ways, units: NDArray[np.intp]) -> NDArray[np.intp]:
    """Those of the commonest order of stages; of equally common ones that of the first unit."""
    _, first, place, count = np.unique(ways.order[units], return_index=True, return_inverse=True, return_counts=True)
    best = int(np.lexsort((first, -count))[0])
    alike: NDArray[np.intp] = units[place.reshape(-1) == best]
    return alike


def _typical(ways: _Ways, units: NDArray[np.intp]) -> int | None:
    if not len(units):
        return None
    alike = _of_commonest(ways, units)
    took = ways.end[alike] - ways.start[alike]
    return int(alike[np.argmin(np.abs(took - np.median(took)))])


def _happy(units: NDArray[np.intp], took: NDArray[np.int64]) -> int | None:
    if not len(units):
        return None
    return int(units[np.argsort(took[units], kind="stable")[len(units) // 10]])


def _commonest(ways: _Ways, units: NDArray[np.intp]) -> int | None:
    return int(_of_commonest(ways, units)[0]) if len(units) else None
