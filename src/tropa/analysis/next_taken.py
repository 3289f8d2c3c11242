"""What is taken next: after one thing, which others follow within a term, how soon, and how much more often."""

import math
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
from tropa.stats.proportions import Interval, Proportion, normal_quantile, proportion

_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class NextQuery:
    """The question: after a unit's first event at place 0 of `after`, which of `items` come within the term.

    Compared with units that never did `after`: after their first item, which others come within the term. A unit whose
    term is not over is in neither count.
    """

    after: PlaceRule
    items: PlaceRule
    within: timedelta = timedelta(days=30)

    def __post_init__(self) -> None:
        if self.within <= timedelta(0):
            raise InvalidQueryError(told("The term must be positive, got {within}.", within=self.within))


@dataclass(frozen=True, slots=True)
class NextItem:
    """`taken`: of those after `after`; `otherwise`: of those after another first item; `lift`: their ratio, or None.

    `timing`: from `after` to the item, of those who took it within the term.
    """

    taken: Proportion
    otherwise: Proportion
    lift: Interval | None
    timing: Timing | None


@dataclass(frozen=True, slots=True)
class NextResult:
    """One entry an item, in the order of the rule; `open_ways`: units after `after` whose term is not over."""

    items: tuple[NextItem, ...]
    due: int
    open_ways: int


def taken_next(log: EventLog, query: NextQuery, engine: Engine = ONE_BY_ONE) -> NextResult:
    """Count what follows."""
    due, still_open, taken, began_with = engine.run(_NextFold(query), log)
    times = exact_quantiles(log, _Times(query), rows=query.items.count, shares=timing_shares, engine=engine)
    found = []
    for item in range(query.items.count):
        own = proportion(int(taken[0, item]), int(due[0]))
        other = proportion(int(taken[1, item]), int(due[1] - began_with[item]))
        seconds = (float(one) for one in times.values[item] / 1000)
        timing = Timing(int(times.counts[item]), *seconds) if times.counts[item] else None
        found.append(NextItem(own, other, ratio(own, other), timing))
    return NextResult(tuple(found), int(due[0]), int(still_open[0]))


def ratio(one: Proportion, other: Proportion) -> Interval | None:
    """How many times larger one share is than the other (Katz, Baptista, Azen & Pike 1978); None without both."""
    if not one.count or not other.count:
        return None
    value = one.value / other.value
    spread = math.sqrt(1 / one.count - 1 / one.of + 1 / other.count - 1 / other.of)
    wide = math.exp(normal_quantile(0.95) * spread)
    return Interval(value, value / wide, value * wide)


@dataclass(frozen=True, slots=True)
class _Columns:
    offsets: NDArray[np.int64]
    after_codes: Codes
    after_table: Codes
    codes: Codes
    table: Codes
    times: NDArray[np.int64]
    term: int
    as_of: int

    @classmethod
    def of(cls, log: EventLog, query: NextQuery) -> "_Columns":
        after, items = query.after.on(log), query.items.on(log)
        offsets, times = readable(log.offsets, np.int64), readable(log.time, np.int64)
        return cls(offsets, after.codes, after.table, items.codes, items.table, times, query.within // _MS, log.as_of)

    def all(self) -> tuple[NDArray[np.int64], Codes, Codes, Codes, Codes, NDArray[np.int64], int, int]:
        return (
            self.offsets, self.after_codes, self.after_table, self.codes, self.table, self.times, self.term, self.as_of,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _NextFold:
    """Adds up, for units after `after` and for the others: due, open, takers by item; what the others began with."""

    query: NextQuery

    @property
    def open_for(self) -> timedelta:
        """Until the term is over."""
        return self.query.within

    def zero(self) -> Arrays:
        items = self.query.items.count
        return tuple(np.zeros(shape, np.int64) for shape in ((2,), (2,), (2, items), (items,)))

    def on(self, log: EventLog) -> "_NextStep":
        return _NextStep(_Columns.of(log, self.query), self.query.items.count)

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True)
class _NextStep:
    columns: _Columns
    items: int

    def add(self, span: Span, total: Arrays) -> Arrays:
        seen = np.full(self.items, -1, dtype=np.int32)
        _count(span.first, span.last, *self.columns.all(), seen, *total)
        return total


@dataclass(frozen=True, slots=True)
class _Times:
    """From `after` to each item within the term; row = item."""

    query: NextQuery

    @property
    def open_for(self) -> timedelta:
        """Until the term is over."""
        return self.query.within

    def on(self, log: EventLog) -> "_TimeReader":
        return _TimeReader(_Columns.of(log, self.query), self.query.items.count)


@dataclass(frozen=True, slots=True)
class _TimeReader:
    columns: _Columns
    items: int

    def durations(self, span: Span) -> Durations:
        c = self.columns
        room = int(c.offsets[span.last] - c.offsets[span.first])
        rows, values = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int64)
        seen = np.full(self.items, -1, dtype=np.int32)
        size = _list(span.first, span.last, *c.all(), seen, rows, values)
        return Durations(rows[:size], values[:size])


@kernel
def _start(
    unit: int, offsets: NDArray[np.int64], after_codes: Codes, after_table: Codes, codes: Codes, table: Codes
) -> int:
    """The unit's first event at `after`; else, as −2 − i, its first item; −1 where it has neither."""
    first_item = -1
    for i in range(offsets[unit], offsets[unit + 1]):
        if after_table[after_codes[i]] == 0:
            return i
        if first_item < 0 and table[codes[i]] >= 0:
            first_item = i
    return -1 if first_item < 0 else -2 - first_item


@kernel
def _count(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    after_codes: Codes,
    after_table: Codes,
    codes: Codes,
    table: Codes,
    times: NDArray[np.int64],
    term: int,
    as_of: int,
    seen: Codes,
    due: NDArray[np.int64],
    still_open: NDArray[np.int64],
    taken: NDArray[np.int64],
    began_with: NDArray[np.int64],
) -> None:
    for unit in range(first, last):
        start = _start(unit, offsets, after_codes, after_table, codes, table)
        if start == -1:
            continue
        group = 0
        if start < 0:
            group = 1
            start = -2 - start
        if times[start] + term > as_of:
            still_open[group] += 1
            continue
        due[group] += 1
        own = -1
        if group == 1:
            own = table[codes[start]]
            began_with[own] += 1
        for i in range(start + 1, offsets[unit + 1]):
            if times[i] - times[start] > term:
                break
            item = table[codes[i]]
            if item >= 0 and item != own and seen[item] != unit:
                seen[item] = unit
                taken[group, item] += 1


@kernel
def _list(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    after_codes: Codes,
    after_table: Codes,
    codes: Codes,
    table: Codes,
    times: NDArray[np.int64],
    term: int,
    as_of: int,
    seen: Codes,
    rows: Codes,
    values: NDArray[np.int64],
) -> int:
    size = 0
    for unit in range(first, last):
        start = _start(unit, offsets, after_codes, after_table, codes, table)
        if start < 0 or times[start] + term > as_of:
            continue
        for i in range(start + 1, offsets[unit + 1]):
            if times[i] - times[start] > term:
                break
            item = table[codes[i]]
            if item >= 0 and seen[item] != unit:
                seen[item] = unit
                rows[size] = item
                values[size] = times[i] - times[start]
                size += 1
    return size
