"""Who goes from where to where, how often, and how long it takes."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added, readable
from tropa.events.groups import EVERYBODY, GroupRule
from tropa.events.log import Codes, EventLog
from tropa.events.moves import count_moves, list_moves, list_times, time_moves
from tropa.events.places import PlaceRule
from tropa.events.quantiles import BINS, Durations, exact_quantiles, quantiles_within

DENSE_UP_TO = 256
TIMED_PAIRS = 8192
AT_ONCE = TIMED_PAIRS  # so few possible pairs have a histogram each from the start


@dataclass(frozen=True, slots=True)
class TransitionQuery:
    """The question: moves between places; events that are nowhere are looked through.

    With `collapse`, staying at a place is one visit: its repeats count for nothing and the time runs from its last
    event.
    """

    places: PlaceRule
    collapse: bool = False


@dataclass(frozen=True, slots=True)
class TransitionResult:
    """Moves, ordered by (source, target); all arrays have one entry a pair that occurs, except the last two.

    `events` moves by `persons` units; `median_seconds` and `p90_seconds` are exact, NaN beyond the 8,192 most frequent
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
    return transitions_by(log, query, EVERYBODY, engine)[0]


def transitions_by(
    log: EventLog, query: TransitionQuery, groups: GroupRule, engine: Engine = ONE_BY_ONE
) -> tuple[TransitionResult, ...]:
    """The same moves in each group, in one pass; the 8,192 most frequent pairs are timed over all groups."""
    asked = _Asked(query.places, groups, query.collapse)
    moves, seconds = (_timed_at_once if asked.pairs <= AT_ONCE else _timed_afterwards)(log, asked, engine)
    return tuple(_of_group(asked, moves, seconds, group) for group in range(groups.count))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A pair is numbered (group · places + source) · places + target."""

    rule: PlaceRule
    groups: GroupRule
    collapse: bool

    @property
    def places(self) -> int:
        return self.rule.count

    @property
    def pairs(self) -> int:
        return self.groups.count * self.places * self.places

    @property
    def is_dense(self) -> bool:
        return self.pairs <= DENSE_UP_TO * DENSE_UP_TO

    def on(self, log: EventLog) -> "_Columns":
        places = self.rule.on(log)
        return _Columns(
            readable(log.offsets, np.int64),
            places.codes,
            places.table,
            readable(log.time, np.int64),
            self.groups.on(log),
            self.places,
            int(self.collapse),
        )


@dataclass(frozen=True, slots=True)
class _Columns:
    offsets: NDArray[np.int64]
    codes: Codes
    table: Codes
    times: NDArray[np.int64]
    groups: Codes
    places: int
    collapse: int

    def room(self, span: Span) -> int:
        """No more moves than events."""
        return int(self.offsets[span.last] - self.offsets[span.first])


@dataclass(frozen=True, slots=True)
class _Moves:
    """Pairs that occur, in ascending order, with moves and units; units that start and end at (group, place)."""

    pairs: NDArray[np.int64]
    events: NDArray[np.int64]
    persons: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


def _timed_at_once(log: EventLog, asked: _Asked, engine: Engine) -> tuple[_Moves, NDArray[np.float64]]:
    """Few possible pairs: their times are counted with them, a histogram each."""
    histogram, persons, starts, ends = engine.run(_TimedFold(asked), log)
    events = histogram.sum(axis=1)
    pairs = np.flatnonzero(events)
    source = _MoveTimes(asked, np.arange(asked.pairs))
    found = quantiles_within(histogram, log, source, shares=_shares, engine=engine)
    return _Moves(pairs, events[pairs], persons[pairs], starts, ends), found.values[pairs] / 1000


def _timed_afterwards(log: EventLog, asked: _Asked, engine: Engine) -> tuple[_Moves, NDArray[np.float64]]:
    """Many possible pairs: the most frequent of those that occur are timed."""
    moves = _count(log, asked, engine)
    timed = _most_frequent(moves.pairs, moves.events)
    found = exact_quantiles(log, _MoveTimes(asked, timed), rows=len(timed), shares=_shares, engine=engine)
    seconds = np.full((len(moves.pairs), 2), np.nan)
    seconds[np.searchsorted(moves.pairs, timed)] = found.values / 1000
    return moves, seconds


def _shares(_count: int) -> tuple[float, float]:
    return 0.5, 0.9


def _count(log: EventLog, asked: _Asked, engine: Engine) -> _Moves:
    if asked.is_dense:
        events, persons, starts, ends = engine.run(_DenseFold(asked), log)
        pairs = np.flatnonzero(events)
        return _Moves(pairs, events[pairs], persons[pairs], starts, ends)
    moves, starts, ends = engine.run(_SparseFold(asked), log)
    pairs, events, persons = (np.concatenate(parts) for parts in zip(*moves, strict=True))
    pairs, place = np.unique(pairs, return_inverse=True)
    return _Moves(pairs, _summed(place, events, len(pairs)), _summed(place, persons, len(pairs)), starts, ends)


def _of_group(asked: _Asked, moves: _Moves, seconds: NDArray[np.float64], group: int) -> TransitionResult:
    width = asked.places
    first, last = np.searchsorted(moves.pairs, (group * width * width, (group + 1) * width * width))
    pairs = moves.pairs[first:last] - group * width * width
    return TransitionResult(
        source=(pairs // max(width, 1)).astype(np.int32),
        target=(pairs % max(width, 1)).astype(np.int32),
        events=moves.events[first:last],
        persons=moves.persons[first:last],
        median_seconds=seconds[first:last, 0],
        p90_seconds=seconds[first:last, 1],
        starts=moves.starts[group * width : (group + 1) * width],
        ends=moves.ends[group * width : (group + 1) * width],
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
class _DenseFold:
    """Adds up a groups × places × places table, flat, of moves and of units that moved; then starts and ends."""

    asked: _Asked

    @property
    def open_for(self) -> timedelta | None:
        """Moves do not depend on the present."""
        return timedelta(0)

    def zero(self) -> Arrays:
        pairs, ends = self.asked.pairs, self.asked.groups.count * self.asked.places
        return tuple(np.zeros(size, np.int64) for size in (pairs, pairs, ends, ends))

    def on(self, log: EventLog) -> "_DenseStep":
        return _DenseStep(self.asked.on(log))

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True)
class _DenseStep:
    columns: _Columns

    def add(self, span: Span, total: Arrays) -> Arrays:
        c = self.columns
        seen = np.full(len(total[0]), -1, dtype=np.int32)
        flags = (c.places, c.collapse)
        count_moves(span.first, span.last, c.offsets, c.codes, c.table, c.groups, *flags, seen, *total)
        return total


@dataclass(frozen=True, slots=True)
class _TimedFold:
    """The dense fold with a histogram of times a pair in place of its number of moves; see quantiles.bin_of."""

    asked: _Asked

    @property
    def open_for(self) -> timedelta | None:
        """Moves do not depend on the present."""
        return timedelta(0)

    def zero(self) -> Arrays:
        pairs, ends = self.asked.pairs, self.asked.groups.count * self.asked.places
        return np.zeros((pairs, BINS), np.int64), *(np.zeros(size, np.int64) for size in (pairs, ends, ends))

    def on(self, log: EventLog) -> "_TimedStep":
        return _TimedStep(self.asked.on(log))

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True)
class _TimedStep:
    columns: _Columns

    def add(self, span: Span, total: Arrays) -> Arrays:
        c = self.columns
        seen = np.full(len(total[0]), -1, dtype=np.int32)
        flags = (c.places, c.collapse)
        time_moves(span.first, span.last, c.offsets, c.codes, c.table, c.times, c.groups, *flags, seen, *total)
        return total


_Listed = list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]
_Sparse = tuple[_Listed, NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class _SparseFold:
    """Collects (pair, moves, units) by span: many places, few of whose pairs occur."""

    asked: _Asked

    @property
    def open_for(self) -> timedelta | None:
        """Moves do not depend on the present."""
        return timedelta(0)

    def zero(self) -> _Sparse:
        none, ends = np.zeros(0, dtype=np.int64), self.asked.groups.count * self.asked.places
        return [(none, none, none)], np.zeros(ends, np.int64), np.zeros(ends, np.int64)

    def on(self, log: EventLog) -> "_SparseStep":
        return _SparseStep(self.asked.on(log))

    def merge(self, one: _Sparse, other: _Sparse) -> _Sparse:
        return one[0] + other[0], one[1] + other[1], one[2] + other[2]


@dataclass(frozen=True, slots=True)
class _SparseStep:
    columns: _Columns

    def add(self, span: Span, total: _Sparse) -> _Sparse:
        c = self.columns
        moves, starts, ends = total
        pair, unit = np.empty(c.room(span), dtype=np.int64), np.empty(c.room(span), dtype=np.int64)
        columns = (c.offsets, c.codes, c.table, c.groups, c.places, c.collapse)
        size = list_moves(span.first, span.last, *columns, pair, unit, starts, ends)
        order = np.lexsort((unit[:size], pair[:size]))
        pair, unit = pair[:size][order], unit[:size][order]
        pairs, first, events = np.unique(pair, return_index=True, return_counts=True)
        fresh = np.ones(size, dtype=np.int64)
        fresh[1:] = (pair[1:] != pair[:-1]) | (unit[1:] != unit[:-1])
        persons = np.add.reduceat(fresh, first) if size else np.zeros(0, dtype=np.int64)
        return [*moves, (pairs, events.astype(np.int64), persons)], starts, ends


@dataclass(frozen=True, slots=True, eq=False)
class _MoveTimes:
    """How long the moves of the timed pairs took; row = place of the pair among them."""

    asked: _Asked
    pairs: NDArray[np.int64]

    @property
    def open_for(self) -> timedelta:
        """Times that have passed stay what they are."""
        return timedelta(0)

    def on(self, log: EventLog) -> "_MoveReader":
        row = np.zeros(0, dtype=np.int32)
        if self.asked.is_dense:
            row = np.full(self.asked.pairs, -1, dtype=np.int32)
            row[self.pairs] = np.arange(len(self.pairs))
        return _MoveReader(self.asked.on(log), readable(self.pairs, np.int64), readable(row, np.int32))


@dataclass(frozen=True, slots=True)
class _MoveReader:
    columns: _Columns
    pairs: NDArray[np.int64]
    row: Codes

    def durations(self, span: Span) -> Durations:
        c = self.columns
        rows, values = np.empty(c.room(span), dtype=np.int32), np.empty(c.room(span), dtype=np.int64)
        columns = (c.offsets, c.codes, c.table, c.times, c.groups, c.places, c.collapse)
        size = list_times(span.first, span.last, *columns, self.row, self.pairs, rows, values)
        return Durations(rows[:size], values[:size])
