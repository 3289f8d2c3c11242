"""Exact quantiles of times by place, without keeping the times: a histogram first, then only the bins that matter."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import Arrays, Engine, Rows, Span, added
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog

OCTAVES = 43
_FINE = 2  # bits: four bins a doubling
BINS = 1 + (OCTAVES << _FINE)
CHUNK = 32_768  # events whose times are looked at together: they stay in the processor's cache
_ROOM = 1 << OCTAVES  # a duration in ms is below 278 years


@dataclass(frozen=True, slots=True)
class Durations:
    """Times in ms, each of one row (a pair of events, a stage, …); equal shapes."""

    rows: Codes
    values: NDArray[np.int64]


class DurationReader(Protocol):
    """Tells the times that the units of one log took."""

    def durations(self, span: Span) -> Durations:
        """The durations of the span, in any order; negative rows are left out."""
        ...


class DurationSource(Protocol):
    """Which times are asked for; like a fold, it holds no events, can be pickled, and may say `open_for`."""

    def on(self, log: EventLog) -> DurationReader:
        """The source at this log."""
        ...


@dataclass(frozen=True, slots=True)
class Quantiles:
    """`values[r, q]` in ms of row r at share q, NaN where the row has none; `counts[r]` durations in all."""

    counts: NDArray[np.int64]
    values: NDArray[np.float64]


Shares = Callable[[int], tuple[float, ...]]


def exact_quantiles(log: EventLog, source: DurationSource, *, rows: int, shares: Shares, engine: Engine) -> Quantiles:
    """Quantiles by linear interpolation between order statistics (equal to DuckDB's `quantile_cont`).

    `shares(count)` says which quantiles a row of so many durations should give, always equally many.
    """
    histogram = engine.run(_HistogramFold(source, rows), log)[0]
    return quantiles_within(histogram, log, source, shares=shares, engine=engine)


def quantiles_within(
    histogram: NDArray[np.int64], log: EventLog, source: DurationSource, *, shares: Shares, engine: Engine
) -> Quantiles:
    """The same, where the histogram of the source's durations (rows, BINS) is already known; see `bin_of`."""
    rows = len(histogram)
    counts = histogram.sum(axis=1)
    ranks = np.array([shares(n) for n in np.maximum(counts, 1).tolist()]).reshape(rows, len(shares(1)))
    ranks *= np.maximum(counts - 1, 0)[:, None]
    values = np.full(ranks.shape, math.nan)
    known = np.flatnonzero(counts)
    if len(known):
        statistics = _OrderStatistics(histogram)
        low, high = (statistics.cells(known, bound(ranks[known]).astype(np.int64)) for bound in (np.floor, np.ceil))
        wanted = np.full(histogram.size, -1, dtype=np.int32)
        cells = np.unique(np.concatenate([low.cell, high.cell], axis=None))
        wanted[cells] = np.arange(len(cells))
        (kept,) = engine.run(_BinFold(source, wanted.reshape(rows, BINS)), log).columns()
        starts = np.concatenate([[0], np.cumsum(histogram.ravel()[cells])])
        dealt = np.empty(len(kept), dtype=np.int64)
        _deal_out(kept, _ROOM, starts[:-1].copy(), dealt)
        low_values, high_values = (_selected(dealt, starts, wanted[one.cell], one.within) for one in (low, high))
        values[known] = low_values + (high_values - low_values) * (ranks[known] - np.floor(ranks[known]))
    return Quantiles(counts, values)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where order statistics stand: the cell of the flat histogram, and the how-manyth in it; shape (rows, ranks)."""

    cell: NDArray[np.int64]
    within: NDArray[np.int64]


class _OrderStatistics:
    """Finds the cell of a histogram (rows, BINS) that holds the value of a rank in its row."""

    def __init__(self, histogram: NDArray[np.int64]) -> None:
        self._before = (np.cumsum(histogram, axis=1) - histogram).ravel()
        self._room = int(histogram.sum()) + 1
        through = np.cumsum(histogram, axis=1) + np.arange(len(histogram))[:, None] * self._room
        self._through = through.ravel()  # ascending over all rows, so that one search serves every row

    def cells(self, rows: NDArray[np.int64], ranks: NDArray[np.int64]) -> _Places:
        cell = np.searchsorted(self._through, ranks + rows[:, None] * self._room, side="right")
        return _Places(cell, ranks - self._before[cell])


@dataclass(frozen=True, slots=True)
class _HistogramFold:
    """Adds up a log-scaled histogram a row; shape (rows, BINS)."""

    source: DurationSource
    rows: int

    @property
    def open_for(self) -> timedelta | None:
        """As long as the source says."""
        return getattr(self.source, "open_for", None)

    def zero(self) -> Arrays:
        return (np.zeros((self.rows, BINS), dtype=np.int64),)

    def on(self, log: EventLog) -> "_HistogramStep":
        return _HistogramStep(log, self.source.on(log))

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True)
class _HistogramStep:
    log: EventLog
    reader: DurationReader

    def add(self, span: Span, total: Arrays) -> Arrays:
        for chunk in chunks(self.log, span):
            found = self.reader.durations(chunk)
            _count_bins(found.rows, found.values, total[0])
        return total


@dataclass(frozen=True, slots=True, eq=False)
class _BinFold:
    """Collects cell · 2^43 + duration for the durations in wanted cells of the histogram."""

    source: DurationSource
    wanted: Codes

    @property
    def open_for(self) -> timedelta | None:
        """As long as the source says."""
        return getattr(self.source, "open_for", None)

    def zero(self) -> Rows:
        return Rows.none(1)

    def on(self, log: EventLog) -> "_BinStep":
        return _BinStep(log, self.source.on(log), self.wanted)

    def merge(self, one: Rows, other: Rows) -> Rows:
        return one + other


@dataclass(frozen=True, slots=True, eq=False)
class _BinStep:
    log: EventLog
    reader: DurationReader
    wanted: Codes

    def add(self, span: Span, total: Rows) -> Rows:
        for chunk in chunks(self.log, span):
            found = self.reader.durations(chunk)
            kept = np.empty(len(found.rows), dtype=np.int64)
            size = _collect(found.rows, found.values, self.wanted, kept, _ROOM)
            total = total.and_these(kept[:size].copy())
        return total


def chunks(log: EventLog, span: Span) -> Iterator[Span]:
    """The span in runs of units with about CHUNK events each."""
    first, last = int(log.offsets[span.first]), int(log.offsets[span.last])
    cuts = np.searchsorted(log.offsets[span.first : span.last], np.arange(first + CHUNK, last, CHUNK)) + span.first
    edges = np.unique(np.concatenate([[span.first], cuts, [span.last]])).tolist()
    for start, end in pairwise(edges):
        yield Span(start, end)


def _selected(
    dealt: NDArray[np.int64], starts: NDArray[np.int64], cell: NDArray[np.int32], within: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The `within`-smallest duration of each cell; the durations of a cell change places."""
    found = np.empty(cell.size, dtype=np.int64)
    _select_all(dealt, starts, cell.ravel().astype(np.int64), within.ravel(), found)
    return found.reshape(cell.shape)


@kernel
def bin_of(value: int) -> int:
    """0 for no time at all, then four bins for each doubling: the exponent and first bits of the number as a float."""
    if value <= 0:
        return 0
    bits = np.float64(value).view(np.int64)
    return int(bits >> (52 - _FINE)) - (1023 << _FINE) + 1


@kernel
def _deal_out(kept: NDArray[np.int64], room: int, free: NDArray[np.int64], dealt: NDArray[np.int64]) -> None:
    """Put each duration into its cell; `free[cell]`: where the next one goes."""
    for i in range(len(kept)):
        cell = kept[i] // room
        dealt[free[cell]] = kept[i] - cell * room
        free[cell] += 1


@kernel
def _select_all(
    dealt: NDArray[np.int64],
    starts: NDArray[np.int64],
    cell: NDArray[np.int64],
    within: NDArray[np.int64],
    found: NDArray[np.int64],
) -> None:
    for k in range(len(cell)):
        wanted = starts[cell[k]] + within[k]
        _select(dealt, starts[cell[k]], starts[cell[k] + 1] - 1, wanted)
        found[k] = dealt[wanted]


@kernel
def _select(values: NDArray[np.int64], low: int, high: int, wanted: int) -> None:
    """Bring the value that belongs at `wanted` there, smaller ones before it (Hoare 1961)."""
    while low < high:
        pivot = values[wanted]
        i, j = low, high
        while i <= j:
            while values[i] < pivot:
                i += 1
            while pivot < values[j]:
                j -= 1
            if i <= j:
                held = values[i]
                values[i] = values[j]
                values[j] = held
                i += 1
                j -= 1
        if j < wanted:
            low = i
        if wanted < i:
            high = j


@kernel
def _count_bins(rows: Codes, values: NDArray[np.int64], histogram: NDArray[np.int64]) -> None:
    for i in range(len(rows)):
        if rows[i] >= 0:
            histogram[rows[i], bin_of(values[i])] += 1


@kernel
def _collect(rows: Codes, values: NDArray[np.int64], wanted: Codes, out: NDArray[np.int64], room: int) -> int:
    """What is not wanted is written over by the next: cheaper than a branch that nobody can foresee."""
    size = 0
    for i in range(len(rows)):
        if rows[i] >= 0:
            cell = wanted[rows[i], bin_of(values[i])]
            out[size] = cell * room + max(0, values[i])
            size += 1 if cell >= 0 else 0
    return size
