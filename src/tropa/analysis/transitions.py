"""Who goes from where to where, how often, and how long it takes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.quantiles import Durations, exact_quantiles

DENSE_UP_TO = 256
TIMED_PAIRS = 4096


@dataclass(frozen=True, slots=True)
class TransitionQuery:
    """The question: moves between the places of a code column.

    `codes` has one entry an event, −1 = looked through; `places` codes in all. With `collapse`, staying at a place is
    one visit: its repeats count for nothing and the time runs from its last event.
    """

    codes: Codes
    places: int
    collapse: bool = False


@dataclass(frozen=True, slots=True)
class TransitionResult:
    """Moves, ordered by (source, target); all arrays have one entry a pair that occurs, except the last two.

    `events` moves by `persons` units; `median_seconds` and `p90_seconds` are exact, NaN beyond the 4,096 most frequent
    pairs. `starts[c]` and `ends[c]` count units whose first or last event is at place c.
    """

    source: Codes
    target: Codes
    events: NDArray[np.int64]
    persons: NDArray[np.int64]
    median_seconds: NDArray[np.float64]
    p90_seconds: NDArray[np.float64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def find(self, source: int, target: int) -> int | None:
        """Where in the arrays a pair stands; None where nobody went that way."""
        hit = np.flatnonzero((self.source == source) & (self.target == target))
        return int(hit[0]) if len(hit) else None


def transitions(log: EventLog, query: TransitionQuery, engine: Engine = ONE_BY_ONE) -> TransitionResult:
    """Count moves between consecutive events of each unit, and time them exactly."""
    columns = _Columns.of(log, query)
    if query.places <= DENSE_UP_TO:
        events, persons, starts, ends = engine.run(_DenseFold(columns), log)
        pairs = np.flatnonzero(events)
        events, persons = events[pairs], persons[pairs]
    else:
        moves, starts, ends = engine.run(_SparseFold(columns), log)
        pairs, events, persons = (np.concatenate(parts) for parts in zip(*moves, strict=True))
        pairs, place = np.unique(pairs, return_inverse=True)
        events, persons = (_summed(place, one, len(pairs)) for one in (events, persons))
    times = _times(log, columns, _most_frequent(pairs, events), engine)
    seconds = np.full((len(pairs), 2), np.nan)
    seconds[np.searchsorted(pairs, times.pairs)] = times.seconds
    width = max(query.places, 1)
    return TransitionResult(
        source=(pairs // width).astype(np.int32),
        target=(pairs % width).astype(np.int32),
        events=events,
        persons=persons,
        median_seconds=seconds[:, 0],
        p90_seconds=seconds[:, 1],
        starts=starts,
        ends=ends,
    )


def _summed(place: NDArray[np.intp], counts: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, place, counts)
    return total


def _most_frequent(pairs: NDArray[np.int64], events: NDArray[np.int64]) -> NDArray[np.int64]:
    """The pairs to be timed, in ascending order."""
    if len(pairs) <= TIMED_PAIRS:
        return pairs
    return np.sort(pairs[np.argsort(-events, kind="stable")[:TIMED_PAIRS]])


@dataclass(frozen=True, slots=True)
class _Columns:
    offsets: NDArray[np.int64]
    codes: Codes
    times: NDArray[np.int64]
    places: int
    collapse: bool

    @classmethod
    def of(cls, log: EventLog, query: TransitionQuery) -> "_Columns":
        return cls(
            readable(log.offsets, np.int64),
            readable(query.codes, np.int32),
            readable(log.time, np.int64),
            query.places,
            query.collapse,
        )


class _DenseFold:
    """Adds up a places × places table, flat, of moves and of units that moved; then starts and ends."""

    def __init__(self, columns: _Columns) -> None:
        self._columns = columns

    def zero(self) -> Arrays:
        places = self._columns.places
        sizes = (places * places, places * places, places, places)
        events, persons, starts, ends = (np.zeros(size, np.int64) for size in sizes)
        return events, persons, starts, ends

    def step(self, span: Span, total: Arrays) -> Arrays:
        c = self._columns
        seen = np.full(len(total[0]), -1, dtype=np.int32)
        _count_moves(span.first, span.last, c.offsets, c.codes, c.places, int(c.collapse), seen, *total)
        return total

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


_Moves = list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]
_Sparse = tuple[_Moves, NDArray[np.int64], NDArray[np.int64]]


class _SparseFold:
    """Collects (pair, moves, units) by span: many places, few of whose pairs occur."""

    def __init__(self, columns: _Columns) -> None:
        self._columns = columns

    def zero(self) -> _Sparse:
        none = np.zeros(0, dtype=np.int64)
        return [(none, none, none)], np.zeros(self._columns.places, np.int64), np.zeros(self._columns.places, np.int64)

    def step(self, span: Span, total: _Sparse) -> _Sparse:
        c = self._columns
        moves, starts, ends = total
        room = int(c.offsets[span.last] - c.offsets[span.first])
        pair, unit = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64)
        size = _list_moves(
            span.first, span.last, c.offsets, c.codes, c.places, int(c.collapse), pair, unit, starts, ends
        )
        order = np.lexsort((unit[:size], pair[:size]))
        pair, unit = pair[:size][order], unit[:size][order]
        pairs, first, events = np.unique(pair, return_index=True, return_counts=True)
        fresh = np.ones(size, dtype=np.int64)
        fresh[1:] = (pair[1:] != pair[:-1]) | (unit[1:] != unit[:-1])
        persons = np.add.reduceat(fresh, first) if size else np.zeros(0, dtype=np.int64)
        return [*moves, (pairs, events.astype(np.int64), persons)], starts, ends

    def merge(self, one: _Sparse, other: _Sparse) -> _Sparse:
        return one[0] + other[0], one[1] + other[1], one[2] + other[2]


@dataclass(frozen=True, slots=True)
class _Times:
    pairs: NDArray[np.int64]
    seconds: NDArray[np.float64]


def _times(log: EventLog, columns: _Columns, pairs: NDArray[np.int64], engine: Engine) -> _Times:
    source = _MoveTimes(columns, pairs)
    found = exact_quantiles(log, source, rows=len(pairs), shares=lambda _count: (0.5, 0.9), engine=engine)
    return _Times(pairs, found.values / 1000)


class _MoveTimes:
    """How long the moves of the timed pairs took; row = place of the pair among them."""

    def __init__(self, columns: _Columns, pairs: NDArray[np.int64]) -> None:
        self._columns = columns
        self._pairs = readable(pairs, np.int64)
        self._table = readable(self._row_table() if columns.places <= DENSE_UP_TO else np.zeros(0), np.int32)

    def _row_table(self) -> Codes:
        table = np.full(self._columns.places**2, -1, dtype=np.int32)
        table[self._pairs] = np.arange(len(self._pairs))
        return table

    def durations(self, span: Span) -> Durations:
        c = self._columns
        room = int(c.offsets[span.last] - c.offsets[span.first])
        rows, values = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int64)
        flags = (c.places, int(c.collapse))
        size = _list_times(
            span.first, span.last, c.offsets, c.codes, c.times, *flags, self._table, self._pairs, rows, values
        )
        return Durations(rows[:size], values[:size])


@kernel
def _count_moves(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    places: int,
    collapse: int,
    seen: Codes,
    events: NDArray[np.int64],
    persons: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> None:
    """`seen[pair]`: the last unit that made this move."""
    for unit in range(first, last):
        before = -1
        for i in range(offsets[unit], offsets[unit + 1]):
            here = codes[i]
            if here < 0:
                continue
            if before < 0:
                starts[here] += 1
            elif here != before or collapse == 0:
                pair = before * places + here
                events[pair] += 1
                if seen[pair] != unit:
                    seen[pair] = unit
                    persons[pair] += 1
            before = here
        if before >= 0:
            ends[before] += 1


@kernel
def _list_moves(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    places: int,
    collapse: int,
    pairs: NDArray[np.int64],
    units: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> int:
    size = 0
    for unit in range(first, last):
        before = -1
        for i in range(offsets[unit], offsets[unit + 1]):
            here = codes[i]
            if here < 0:
                continue
            if before < 0:
                starts[here] += 1
            elif here != before or collapse == 0:
                pairs[size] = before * places + here
                units[size] = unit
                size += 1
            before = here
        if before >= 0:
            ends[before] += 1
    return size


@kernel
def _list_times(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    times: NDArray[np.int64],
    places: int,
    collapse: int,
    table: Codes,
    pairs: NDArray[np.int64],
    rows: Codes,
    values: NDArray[np.int64],
) -> int:
    """The row of a pair stands in `table` where there is one, else it is looked for among the sorted `pairs`."""
    size = 0
    for unit in range(first, last):
        before = -1
        since = 0
        for i in range(offsets[unit], offsets[unit + 1]):
            here = codes[i]
            if here < 0:
                continue
            if before >= 0 and (here != before or collapse == 0):
                pair = before * places + here
                row = table[pair] if len(table) > 0 else _row_among(pairs, pair)
                if row >= 0:
                    rows[size] = row
                    values[size] = times[i] - since
                    size += 1
            before = here
            since = times[i]
    return size


@kernel
def _row_among(pairs: NDArray[np.int64], pair: int) -> int:
    low = 0
    high = len(pairs)
    while low < high:
        middle = (low + high) // 2
        if pairs[middle] < pair:
            low = middle + 1
        else:
            high = middle
    if low < len(pairs) and pairs[low] == pair:
        return low
    return -1
