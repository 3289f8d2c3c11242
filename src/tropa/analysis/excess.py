"""How much more often a group is hit than everybody beside it at the same time.

A group and everybody are counted in the same bins of time, so a season that all share cancels out (Mantel & Haenszel
1959). Arrays have a row a group and a column a bin; those of everybody may have one row for all groups.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import readable
from tropa.events.kernel import kernel

Floats = NDArray[np.float64]
NEWTON_STEPS = 8
LARGEST_LOG_ODDS = 12.0


@dataclass(frozen=True, slots=True)
class Excess:
    """Observed minus expected hits and their variance (groups × bins), when log odds ratios are `log_odds` (groups)."""

    log_odds: Floats
    excess: Floats
    variance: Floats


def excess_at_par(hits: Floats, of: Floats, all_hits: Floats, all_of: Floats) -> Excess:
    """Against a group that fares as the others do."""
    return _excess(hits, of, all_hits, all_of, steps=0)


def common_excess(hits: Floats, of: Floats, all_hits: Floats, all_of: Floats) -> Excess:
    """Against a group that differs from the others by the same odds ratio at all times, the one that fits best."""
    return _excess(hits, of, all_hits, all_of, steps=NEWTON_STEPS)


def _excess(hits: Floats, of: Floats, all_hits: Floats, all_of: Floats, *, steps: int) -> Excess:
    shape = hits.shape
    found = Excess(np.zeros(shape[0]), np.zeros(shape), np.zeros(shape))
    _fit(
        readable(hits, np.float64),
        readable(of, np.float64),
        readable(all_hits, np.float64),
        readable(all_of, np.float64),
        steps,
        LARGEST_LOG_ODDS,
        found.log_odds,
        found.excess,
        found.variance,
    )
    return found


@dataclass(frozen=True, slots=True)
class Spells:
    """The strongest stretch of bins `start:end` of each group, and its score (positive: more hits than else)."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    score: Floats


def strongest_spells(found: Excess, *, shortest: int, edge: float) -> Spells:
    """The stretch of at least `shortest` bins within which each group's excess is highest.

    Circular binary segmentation (Olshen et al. 2004); `edge` is the least part of the information inside and outside.
    """
    groups = len(found.log_odds)
    spells = Spells(np.zeros(groups, dtype=np.int64), np.zeros(groups, dtype=np.int64), np.zeros(groups))
    _find_spells(
        readable(found.excess, np.float64),
        readable(found.variance, np.float64),
        shortest,
        edge,
        spells.start,
        spells.end,
        spells.score,
    )
    return spells


@kernel
def _find_spells(
    excess: Floats,
    variance: Floats,
    shortest: int,
    edge: float,
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    score: Floats,
) -> None:
    for g in range(excess.shape[0]):
        total, sum_excess = 0.0, 0.0
        for t in range(excess.shape[1]):
            total += variance[g, t]
            sum_excess += excess[g, t]
        mean = sum_excess / total if total > 0 else 0.0
        for first in range(excess.shape[1]):
            inside, more = 0.0, 0.0
            for last in range(first, excess.shape[1]):
                inside += variance[g, last]
                more += excess[g, last] - mean * variance[g, last]
                if last - first + 1 >= shortest and more > 0 and edge * total <= inside <= (1 - edge) * total:
                    spread = inside * (total - inside) / total
                    if spread > 0 and more * more > score[g] * score[g] * spread:
                        score[g] = more / math.sqrt(spread)
                        start[g] = first
                        end[g] = last + 1


@kernel
def _expected(of: float, all_hits: float, all_of: float, ratio: float) -> float:
    """Hits of the group that make the table's odds ratio `ratio`, given its margins (McCullagh & Nelder 1989, §7.3)."""
    middle = all_of - of - all_hits + ratio * (of + all_hits)
    square = middle * middle + 4 * (1 - ratio) * ratio * of * all_hits
    root = math.sqrt(square) if square > 0 else 0.0
    return 2 * ratio * of * all_hits / (middle + root)


@kernel
def _spread(expected: float, of: float, all_hits: float, all_of: float) -> float:
    """The variance of the group's hits, 1/(1/a + 1/b + 1/c + 1/d); 0 where the margins leave no choice."""
    a, b, c = expected, of - expected, all_hits - expected
    d = all_of - of - c
    if a <= 0 or b <= 0 or c <= 0 or d <= 0:
        return 0.0
    return all_of / (all_of - 1) / (1 / a + 1 / b + 1 / c + 1 / d)


@kernel
def _fit(
    hits: Floats,
    of: Floats,
    all_hits: Floats,
    all_of: Floats,
    steps: int,
    limit: float,
    log_odds: Floats,
    excess: Floats,
    variance: Floats,
) -> None:
    """Fit each group's log odds ratio by Newton's method, and write what is left."""
    for g in range(hits.shape[0]):
        row = g if all_of.shape[0] > 1 else 0
        now = 0.0
        for step in range(steps + 1):
            ratio = math.exp(now)
            total, spread = 0.0, 0.0
            for t in range(hits.shape[1]):
                n, everyone, everyone_hit = of[g, t], all_of[row, t], all_hits[row, t]
                excess[g, t] = 0.0
                variance[g, t] = 0.0
                if 0 < n < everyone and 0 < everyone_hit < everyone:
                    mean = _expected(n, everyone_hit, everyone, ratio)
                    wide = _spread(mean, n, everyone_hit, everyone)
                    if wide > 0:
                        excess[g, t] = hits[g, t] - mean
                        variance[g, t] = wide
                        total += excess[g, t]
                        spread += wide
            if step == steps or spread <= 0:
                break
            move = min(max(total / spread, -1.5), 1.5)
            now = min(max(now + move, -limit), limit)
            if abs(move) < 1e-4:
                break
        log_odds[g] = now
