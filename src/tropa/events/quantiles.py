"""Exact quantiles of times by place, without keeping the times: a histogram first, then only the bins that matter."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import Arrays, Engine, Span, added
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog

BINS_AN_OCTAVE = 8
OCTAVES = 43
BINS = 2 + OCTAVES * BINS_AN_OCTAVE
_ROOM = 1 << OCTAVES  # a duration in ms is below 278 years


@dataclass(frozen=True, slots=True)
class Durations:
    """Times in ms, each of one row (a pair of events, a stage, …); equal shapes."""

    rows: Codes
    values: NDArray[np.int64]


class DurationSource(Protocol):
    """Tells the times that the units of a span took."""

    def durations(self, span: Span) -> Durations:
        """The durations of the span, in any order; negative rows are left out."""
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
    counts = histogram.sum(axis=1)
    width = len(shares(1))
    ranks = np.array([[share * max(n - 1, 0) for share in shares(max(n, 1))] for n in counts.tolist()])
    ranks = ranks.reshape(rows, width)
    down, up = np.floor(ranks).astype(np.int64), np.ceil(ranks).astype(np.int64)
    before = np.cumsum(histogram, axis=1)
    wanted = np.full((rows, BINS), -1, dtype=np.int32)
    for row in np.flatnonzero(counts):
        wanted[row, np.searchsorted(before[row], np.concatenate([down[row], up[row]]), side="right")] = 0
    cells = np.flatnonzero(wanted.ravel() == 0)
    wanted.ravel()[cells] = np.arange(len(cells))
    kept = np.sort(np.concatenate(engine.run(_BinFold(source, wanted), log)))
    start_of_cell = np.searchsorted(kept, np.arange(len(cells), dtype=np.int64) * _ROOM)
    values = np.full(ranks.shape, math.nan)
    for row in np.flatnonzero(counts):
        for place in range(width):
            low, high = (
                _order_statistic(int(rank[row, place]), before[row], wanted[row], start_of_cell, kept)
                for rank in (down, up)
            )
            values[row, place] = low + (high - low) * (ranks[row, place] - down[row, place])
    return Quantiles(counts, values)


def _order_statistic(
    rank: int, before: NDArray[np.int64], cells: Codes, start_of_cell: NDArray[np.int64], kept: NDArray[np.int64]
) -> int:
    hit = int(np.searchsorted(before, rank, side="right"))
    within = rank - (int(before[hit - 1]) if hit else 0)
    return int(kept[start_of_cell[cells[hit]] + within]) % _ROOM


class _HistogramFold:
    """Adds up a log-scaled histogram a row; shape (rows, BINS)."""

    def __init__(self, source: DurationSource, rows: int) -> None:
        self._source = source
        self._rows = rows

    def zero(self) -> Arrays:
        return (np.zeros((self._rows, BINS), dtype=np.int64),)

    def step(self, span: Span, total: Arrays) -> Arrays:
        found = self._source.durations(span)
        _count_bins(found.rows, found.values, total[0])
        return total

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


class _BinFold:
    """Collects cell · 2^43 + duration for the durations in wanted cells of the histogram."""

    def __init__(self, source: DurationSource, wanted: Codes) -> None:
        self._source = source
        self._wanted = wanted

    def zero(self) -> list[NDArray[np.int64]]:
        return [np.zeros(0, dtype=np.int64)]

    def step(self, span: Span, total: list[NDArray[np.int64]]) -> list[NDArray[np.int64]]:
        found = self._source.durations(span)
        room = np.empty(len(found.rows), dtype=np.int64)
        size = _collect(found.rows, found.values, self._wanted, room, _ROOM)
        return [*total, room[:size].copy()]

    def merge(self, one: list[NDArray[np.int64]], other: list[NDArray[np.int64]]) -> list[NDArray[np.int64]]:
        return one + other


@kernel
def _bin_of(value: int) -> int:
    """0 for no time at all, then eight equal bins to each doubling."""
    if value <= 0:
        return 0
    mantissa, exponent = math.frexp(value)
    return 1 + (exponent - 1) * BINS_AN_OCTAVE + int((mantissa - 0.5) * 2 * BINS_AN_OCTAVE)


@kernel
def _count_bins(rows: Codes, values: NDArray[np.int64], histogram: NDArray[np.int64]) -> None:
    for i in range(len(rows)):
        if rows[i] >= 0:
            histogram[rows[i], _bin_of(values[i])] += 1


@kernel
def _collect(rows: Codes, values: NDArray[np.int64], wanted: Codes, out: NDArray[np.int64], room: int) -> int:
    size = 0
    for i in range(len(rows)):
        if rows[i] >= 0:
            cell = wanted[rows[i], _bin_of(values[i])]
            if cell >= 0:
                out[size] = cell * room + max(0, values[i])
                size += 1
    return size
