"""Visits: runs of a unit's events without a long pause; how many, how long, where they begin and end."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.events.quantiles import Durations, exact_quantiles
from tropa.stats.durations import Timing, timing_shares
from tropa.stats.proportions import Proportion, proportion

MOST_TOLD = 10
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class SessionQuery:
    """The question: visits end where a pause is longer than `gap`; events that are nowhere are looked through."""

    places: PlaceRule
    gap: timedelta = timedelta(minutes=30)

    def __post_init__(self) -> None:
        if self.gap <= timedelta(0):
            raise InvalidQueryError(told("The pause that ends a visit must be positive, got {gap}.", gap=self.gap))


@dataclass(frozen=True, slots=True)
class SessionCounts:
    """`sessions` of `persons` with `events` in all; `single` have one event.

    `begun_at[p]`, `ended_at[p]`: visits whose first or last event is at place p. `by_person[k]`: units with k visits,
    the last entry those with that many or more (11 entries).
    """

    sessions: int
    persons: int
    events: int
    single: Proportion
    begun_at: NDArray[np.int64]
    ended_at: NDArray[np.int64]
    by_person: NDArray[np.int64]

    @property
    def came_again(self) -> Proportion:
        """Units with a second visit."""
        return proportion(int(self.by_person[2:].sum()), self.persons)


def count_sessions(log: EventLog, query: SessionQuery, engine: Engine = ONE_BY_ONE) -> SessionCounts:
    """Count visits over all units."""
    totals, begun, ended, by_person = engine.run(_SessionFold(query), log)
    sessions, events, single = totals.tolist()
    return SessionCounts(
        sessions=sessions,
        persons=int(by_person[1:].sum()),
        events=events,
        single=proportion(single, sessions),
        begun_at=begun,
        ended_at=ended,
        by_person=by_person,
    )


def session_lengths(log: EventLog, query: SessionQuery, engine: Engine = ONE_BY_ONE) -> Timing | None:
    """How long visits of two events or more last, exactly; None where there is none."""
    found = exact_quantiles(log, _Lengths(query), rows=1, shares=timing_shares, engine=engine)
    count = int(found.counts[0])
    return Timing(count, *(float(one) for one in found.values[0] / 1000)) if count else None


@dataclass(frozen=True, slots=True)
class _SessionFold:
    """Adds up visits, events and visits of one event; then where they begin and end; then units by their visits."""

    query: SessionQuery

    @property
    def open_for(self) -> timedelta:
        """Visits do not depend on the present."""
        return timedelta(0)

    def zero(self) -> Arrays:
        places = self.query.places.count
        return tuple(np.zeros(size, np.int64) for size in (3, places, places, MOST_TOLD + 1))

    def on(self, log: EventLog) -> "_SessionStep":
        return _SessionStep(_Columns.of(log, self.query))

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True)
class _Columns:
    offsets: NDArray[np.int64]
    codes: Codes
    table: Codes
    times: NDArray[np.int64]
    gap: int

    @classmethod
    def of(cls, log: EventLog, query: SessionQuery) -> "_Columns":
        places = query.places.on(log)
        offsets, times = readable(log.offsets, np.int64), readable(log.time, np.int64)
        return cls(offsets, places.codes, places.table, times, query.gap // _MS)


@dataclass(frozen=True, slots=True)
class _SessionStep:
    columns: _Columns

    def add(self, span: Span, total: Arrays) -> Arrays:
        c = self.columns
        _count_sessions(span.first, span.last, c.offsets, c.codes, c.table, c.times, c.gap, *total)
        return total


@dataclass(frozen=True, slots=True)
class _Lengths:
    """How long each visit of two events or more lasts; one row."""

    query: SessionQuery

    @property
    def open_for(self) -> timedelta:
        """Visits do not depend on the present."""
        return timedelta(0)

    def on(self, log: EventLog) -> "_LengthReader":
        return _LengthReader(_Columns.of(log, self.query))


@dataclass(frozen=True, slots=True)
class _LengthReader:
    columns: _Columns

    def durations(self, span: Span) -> Durations:
        c = self.columns
        values = np.empty(int(c.offsets[span.last] - c.offsets[span.first]), dtype=np.int64)
        size = _list_lengths(span.first, span.last, c.offsets, c.codes, c.table, c.times, c.gap, values)
        return Durations(np.zeros(size, dtype=np.int32), values[:size])


@kernel
def _count_sessions(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    times: NDArray[np.int64],
    gap: int,
    totals: NDArray[np.int64],
    begun: NDArray[np.int64],
    ended: NDArray[np.int64],
    by_person: NDArray[np.int64],
) -> None:
    sessions, events, singles = 0, 0, 0
    for unit in range(first, last):
        visits, length, before, since = 0, 0, -1, 0
        for i in range(offsets[unit], offsets[unit + 1]):
            here = table[codes[i]]
            if here < 0:
                continue
            if before < 0 or times[i] - since > gap:
                if before >= 0:
                    ended[before] += 1
                    singles += length == 1
                visits += 1
                length = 0
                begun[here] += 1
            length += 1
            events += 1
            before = here
            since = times[i]
        if before >= 0:
            ended[before] += 1
            singles += length == 1
        sessions += visits
        by_person[min(visits, len(by_person) - 1)] += 1
    totals[0] += sessions
    totals[1] += events
    totals[2] += singles


@kernel
def _list_lengths(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    times: NDArray[np.int64],
    gap: int,
    values: NDArray[np.int64],
) -> int:
    size = 0
    for unit in range(first, last):
        length, began, since = 0, 0, 0
        for i in range(offsets[unit], offsets[unit + 1]):
            if table[codes[i]] < 0:
                continue
            if length == 0 or times[i] - since > gap:
                if length > 1:
                    values[size] = since - began
                    size += 1
                length = 0
                began = times[i]
            length += 1
            since = times[i]
        if length > 1:
            values[size] = since - began
            size += 1
    return size
