"""Dead ends: places after which nothing follows within a term, though the goal is not reached."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.stats.proportions import Proportion, proportion

_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class DeadEndQuery:
    """The question: of units at a place, after how many of their last events there nothing follows within `term`.

    Only what is before the first event at place 0 of `goal` is looked at.
    """

    places: PlaceRule
    goal: PlaceRule
    term: timedelta

    def __post_init__(self) -> None:
        if self.term <= timedelta(0):
            raise InvalidQueryError(told("The term must be positive, got {term}.", term=self.term))


@dataclass(frozen=True, slots=True)
class DeadEnds:
    """One entry a place: the share that stopped there, of those whose term is over; units whose term is not."""

    stopped: tuple[Proportion, ...]
    open_ways: tuple[int, ...]


def dead_ends(log: EventLog, query: DeadEndQuery, engine: Engine = ONE_BY_ONE) -> DeadEnds:
    """Count where units stop."""
    due, stopped, still_open = engine.run(_DeadEndFold(query), log)
    shares = tuple(proportion(int(count), int(of)) for count, of in zip(stopped, due, strict=True))
    return DeadEnds(shares, tuple(still_open.tolist()))


@dataclass(frozen=True, slots=True)
class _DeadEndFold:
    """Adds up by place: units whose term is over, those of them that stopped, units whose term is not over."""

    query: DeadEndQuery

    @property
    def open_for(self) -> timedelta:
        """So long after its last event a unit may yet go on."""
        return self.query.term

    def zero(self) -> Arrays:
        return tuple(np.zeros(self.query.places.count, dtype=np.int64) for _ in range(3))

    def on(self, log: EventLog) -> "_DeadEndStep":
        places, goal = self.query.places.on(log), self.query.goal.on(log)
        columns = (places.codes, places.table, goal.codes, goal.table, readable(log.time, np.int64))
        return _DeadEndStep(readable(log.offsets, np.int64), columns, self.query.term // _MS, log.as_of)

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True, eq=False)
class _DeadEndStep:
    offsets: NDArray[np.int64]
    columns: tuple[Codes, Codes, Codes, Codes, NDArray[np.int64]]
    term: int
    as_of: int

    def add(self, span: Span, total: Arrays) -> Arrays:
        seen = np.full(len(total[0]), -1, dtype=np.int32)
        _count_stops(span.first, span.last, self.offsets, *self.columns, self.term, self.as_of, seen, *total)
        return total


@kernel
def _count_stops(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    goal_codes: Codes,
    goal_table: Codes,
    times: NDArray[np.int64],
    term: int,
    as_of: int,
    seen: Codes,
    due: NDArray[np.int64],
    stopped: NDArray[np.int64],
    still_open: NDArray[np.int64],
) -> None:
    for unit in range(first, last):
        end = offsets[unit + 1]
        goal = end
        for i in range(offsets[unit], end):
            if goal_table[goal_codes[i]] == 0:
                goal = i
                break
        for back in range(goal - offsets[unit]):
            i = goal - 1 - back
            place = table[codes[i]]
            if place < 0 or seen[place] == unit:
                continue
            seen[place] = unit
            if times[i] + term > as_of:
                still_open[place] += 1
                continue
            due[place] += 1
            if i + 1 == end or times[i + 1] - times[i] > term:
                stopped[place] += 1
