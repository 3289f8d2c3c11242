"""How long units wait between one thing and another, and how long work itself takes."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Engine, Rows, Span, readable
from tropa.events.groups import EVERYBODY, GroupRule
from tropa.events.kernel import kernel
from tropa.events.lifecycle import COMPLETE, LIFECYCLE, START
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule, PropertyValues
from tropa.events.spells import NEVER, SpellFold
from tropa.stats.durations import Survival, Timing, kaplan_meier, timing_of


@dataclass(frozen=True, slots=True)
class WaitQuery:
    """The question: how long from a unit's first event at place 0 to its first at place 1 after it."""

    places: PlaceRule

    def __post_init__(self) -> None:
        if self.places.count != 2:
            raise InvalidQueryError(told("A wait is between two places, got {count}.", count=self.places.count))


@dataclass(frozen=True, slots=True)
class WaitResult:
    """The times of those who got there, and the share still waiting after any time, open cases included.

    `waiting`: units that have started and not got there by the log's `as_of`.
    """

    timing: Timing | None
    waiting: int
    still_waiting: Survival | None

    def waited_longer(self, than: timedelta) -> float | None:
        """The share that waits longer, open cases counted for as long as they have waited."""
        return None if self.still_waiting is None else self.still_waiting.at(than.total_seconds()).value


def waits(log: EventLog, query: WaitQuery, engine: Engine = ONE_BY_ONE) -> WaitResult:
    """Time from one event to another, once a unit."""
    return waits_by(log, query, EVERYBODY, engine)[0]


def waits_by(log: EventLog, query: WaitQuery, groups: GroupRule, engine: Engine = ONE_BY_ONE) -> tuple[WaitResult, ...]:
    """The same wait in each group, in one pass."""
    group, began, ended = engine.run(SpellFold(query.places, groups, to=1, later=False), log).in_order()
    edges = np.searchsorted(group, np.arange(groups.count + 1))
    return tuple(_finish(log.as_of, began[a:b], ended[a:b]) for a, b in pairwise(edges.tolist()))


@dataclass(frozen=True, slots=True, eq=False)
class Started:
    """Every wait that has begun: when (UTC ms, ascending) and when it was over; to be told apart by its beginning."""

    began: NDArray[np.int64]
    ended: NDArray[np.int64]
    as_of: int

    def all(self) -> WaitResult:
        """All of them together."""
        return _finish(self.as_of, self.began, self.ended)

    def only(self, keep: NDArray[np.bool_]) -> WaitResult:
        """Those of one kind of beginning; `keep` has one entry a wait."""
        return _finish(self.as_of, self.began[keep], self.ended[keep])


def started_waits(log: EventLog, query: WaitQuery, engine: Engine = ONE_BY_ONE) -> Started:
    """The same wait, kept one by one."""
    _, began, ended = engine.run(SpellFold(query.places, EVERYBODY, to=1, later=False), log).in_order()
    return Started(began, ended, log.as_of)


def _finish(as_of: int, began: NDArray[np.int64], ended: NDArray[np.int64]) -> WaitResult:
    done = ended < NEVER
    took = np.maximum((np.where(done, ended, as_of) - began) / 1000, 0.0)
    return WaitResult(
        timing=timing_of(np.sort(took[done])),
        waiting=int(np.count_nonzero(~done)),
        still_waiting=kaplan_meier(took, done) if len(took) else None,
    )


def working_times(log: EventLog, work: PlaceRule, engine: Engine = ONE_BY_ONE) -> tuple[Timing | None, ...]:
    """How long each kind of work (place) takes from START to the next COMPLETE of it; None where it has no such events.

    Repeated work counts each time; a START without COMPLETE is left out.
    """
    place, took = engine.run(_WorkFold(work), log).in_order()
    edges = np.searchsorted(place, np.arange(work.count + 1))
    seconds = took / 1000
    return tuple(timing_of(seconds[a:b]) for a, b in pairwise(edges.tolist()))


@dataclass(frozen=True, slots=True)
class _WorkFold:
    """Collects (place, ms) of each piece of work that was started and completed."""

    work: PlaceRule

    @property
    def open_for(self) -> timedelta:
        """Work that is not completed counts for nothing."""
        return timedelta(0)

    def zero(self) -> Rows:
        return Rows.none(2)

    def on(self, log: EventLog) -> "_WorkStep":
        places, states = self.work.on(log), PropertyValues(LIFECYCLE, (START, COMPLETE)).on(log)
        columns = (places.codes, places.table, states.codes, states.table, readable(log.time, np.int64))
        return _WorkStep(readable(log.offsets, np.int64), columns, self.work.count)

    def merge(self, one: Rows, other: Rows) -> Rows:
        return one + other


@dataclass(frozen=True, slots=True, eq=False)
class _WorkStep:
    offsets: NDArray[np.int64]
    columns: tuple[Codes, Codes, Codes, Codes, NDArray[np.int64]]
    places: int

    def add(self, span: Span, total: Rows) -> Rows:
        room = int(self.offsets[span.last] - self.offsets[span.first])
        place, took = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64)
        since = np.empty(self.places, dtype=np.int64)
        starter = np.full(self.places, -1, dtype=np.int64)
        size = _list_work(span.first, span.last, self.offsets, *self.columns, since, starter, place, took)
        return total.and_these(place[:size].copy(), took[:size].copy())


@kernel
def _list_work(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    state_codes: Codes,
    state_table: Codes,
    times: NDArray[np.int64],
    since: NDArray[np.int64],
    starter: NDArray[np.int64],
    place: NDArray[np.int64],
    took: NDArray[np.int64],
) -> int:
    """`starter[place]`: the unit whose latest START of the work is not completed yet, at `since[place]`."""
    size = 0
    for unit in range(first, last):
        for i in range(offsets[unit], offsets[unit + 1]):
            here = table[codes[i]]
            state = state_table[state_codes[i]]
            if here < 0 or state < 0:
                continue
            if state == 0:
                starter[here] = unit
                since[here] = times[i]
            elif starter[here] == unit:
                place[size] = here
                took[size] = times[i] - since[here]
                size += 1
                starter[here] = -1
    return size
