"""Whether a group differs from the others day by day, and since when.

A group and everybody are counted in the same bins of time, so a season that all share cancels out (Mantel & Haenszel
1959). All arrays have bins as their last axis; leading axes are groups.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NEWTON_STEPS = 6
LARGEST_LOG_ODDS = 12.0
EDGE = 0.04


@dataclass(frozen=True, slots=True)
class Excess:
    """Observed minus expected in each bin, and its variance, when the group's log odds ratio is `log_odds`."""

    log_odds: Floats
    excess: Floats
    variance: Floats


def excess_over(hits: Floats, of: Floats, log_odds: Floats, all_hits: Floats, all_of: Floats) -> Excess:
    """Compare a group with the rest of everybody, bin by bin, at a given log odds ratio (shape of the leading axes).

    The expected count solves a(d)/(b c) = ψ given the margins, the variance is 1/(1/a+1/b+1/c+1/d) (McCullagh & Nelder
    1989, §7.3).
    """
    rest = all_of - of
    ratio = np.exp(log_odds)[..., None]
    middle = rest - all_hits + ratio * (of + all_hits)
    root = np.sqrt(np.maximum(middle * middle + 4 * (1 - ratio) * ratio * of * all_hits, 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(all_hits * of > 0, 2 * ratio * of * all_hits / (middle + root), 0.0)
        parts = 1 / expected + 1 / (of - expected) + 1 / (all_hits - expected) + 1 / (rest - all_hits + expected)
        variance = np.where(np.isfinite(parts) & (all_of > 1), all_of / (all_of - 1) / parts, 0.0)
    variance = np.where(np.isfinite(variance) & (variance > 0), variance, 0.0)
    return Excess(log_odds, np.where(variance > 0, hits - expected, 0.0), variance)


def common_excess(hits: Floats, of: Floats, all_hits: Floats, all_of: Floats) -> Excess:
    """The same with the log odds ratio that fits all bins together, found by Newton's method."""
    log_odds = np.zeros(hits.shape[:-1])
    for _ in range(NEWTON_STEPS):
        found = excess_over(hits, of, log_odds, all_hits, all_of)
        step = found.excess.sum(-1) / np.maximum(found.variance.sum(-1), 1e-9)
        log_odds = np.clip(log_odds + np.clip(step, -1.5, 1.5), -LARGEST_LOG_ODDS, LARGEST_LOG_ODDS)
    return excess_over(hits, of, log_odds, all_hits, all_of)


def level_score(hits: Floats, of: Floats, all_hits: Floats, all_of: Floats) -> Floats:
    """How many standard deviations the group has more hits than the rest at the same time; shape of leading axes."""
    found = excess_over(hits, of, np.zeros(hits.shape[:-1]), all_hits, all_of)
    return found.excess.sum(-1) / np.sqrt(np.maximum(found.variance.sum(-1), 1e-9))


@dataclass(frozen=True, slots=True)
class Shift:
    """The strongest change of each group against the rest: its bin and score (positive: more hits since then)."""

    at: NDArray[np.int64]
    score: Floats


def strongest_shift(found: Excess, *, margin: int) -> Shift:
    """Where the excess turns up most, leaving `margin` bins and 4 % of the information at either end."""
    variance = found.variance.sum(-1, keepdims=True)
    before = _running(found.variance)
    risen = -_running(found.excess - found.variance * _mean_of(found))
    spread = before * (variance - before) / np.maximum(variance, 1e-9)
    allowed = (before >= EDGE * variance) & (before <= (1 - EDGE) * variance) & (spread > 0)
    allowed[..., :margin] = False
    allowed[..., max(0, allowed.shape[-1] - margin + 1) :] = False
    score = np.where(allowed, risen / np.sqrt(np.maximum(spread, 1e-9)), -np.inf)
    at = score.argmax(-1)
    best = np.take_along_axis(score, at[..., None], -1)[..., 0]
    return Shift(at, np.where(np.isfinite(best), best, 0.0))


def _running(values: Floats) -> Floats:
    """Sums of everything before each bin."""
    total = np.cumsum(values, -1)
    return np.concatenate([np.zeros((*total.shape[:-1], 1)), total[..., :-1]], -1)


def _mean_of(found: Excess) -> Floats:
    mean: Floats = found.excess.sum(-1, keepdims=True) / np.maximum(found.variance.sum(-1, keepdims=True), 1e-9)
    return mean


def chance_of_shift(score: float) -> float:
    """The chance that a steady group shows such a shift somewhere (Miller & Siegmund 1982)."""
    if score < 2:
        return 1.0
    density = math.exp(-score * score / 2) / math.sqrt(2 * math.pi)
    width = 2 * math.log((1 - EDGE) / EDGE)
    return min(1.0, density * ((score - 1 / score) * width + 4 / score) / 2)


def chance_of_level(score: float) -> float:
    """The chance that an equal group lies so far above the rest."""
    return 0.5 * math.erfc(score / math.sqrt(2))


def roughness(pieces: Sequence[Excess]) -> float:
    """How much more bins scatter than chance alone lets them (1 = chance); each piece is one group at its own level."""
    total, bins = 0.0, 0
    for piece in pieces:
        full = piece.variance > 0.5
        total += float((piece.excess[full] ** 2 / piece.variance[full]).sum())
        bins += max(int(full.sum()) - 1, 0)
    return max(1.0, total / bins) if bins > 3 else 1.0


@dataclass(frozen=True, slots=True)
class Spell:
    """The strongest stretch of bins `start:end` of a group against the rest, and its score (positive: more hits)."""

    start: int
    end: int
    score: float


def strongest_spell(found: Excess, *, shortest: int) -> Spell:
    """The stretch within which one group's excess is highest (circular binary segmentation, Olshen et al. 2004)."""
    variance = np.append(0, np.cumsum(found.variance))
    mean = found.excess.sum() / max(found.variance.sum(), 1e-9)
    walk = np.append(0, np.cumsum(found.excess - mean * found.variance))
    inside = variance[None, :] - variance[:, None]
    spread = inside * (variance[-1] - inside) / max(variance[-1], 1e-9)
    length = np.arange(len(walk))[None, :] - np.arange(len(walk))[:, None]
    allowed = (length >= shortest) & (inside >= EDGE * variance[-1]) & (inside <= (1 - EDGE) * variance[-1])
    score = np.where(
        allowed & (spread > 0), (walk[None, :] - walk[:, None]) / np.sqrt(np.maximum(spread, 1e-9)), -np.inf
    )
    start, end = divmod(int(score.argmax()), len(walk))
    best = float(score[start, end])
    return Spell(start, end, best if math.isfinite(best) else 0.0)


def widest_swing(found: Excess) -> Floats:
    """How far the running excess of each group swings up, in standard deviations: a bound for its strongest spell."""
    total = found.variance.sum(-1, keepdims=True)
    walk = np.cumsum(found.excess - found.variance * _mean_of(found), -1)
    rise = (walk - np.minimum.accumulate(np.minimum(walk, 0), -1)).max(-1)
    swing: Floats = rise / np.sqrt(np.maximum(total[..., 0], 1e-9))
    return swing


def chance_of_spell(score: float, bins: int) -> float:
    """A bound on the chance that a steady group shows such a spell somewhere (all pairs of ends)."""
    return min(1.0, chance_of_level(score) * bins * bins / 2)


@dataclass(frozen=True, slots=True)
class ChangeDay:
    """The likeliest first day of a change, and the days that hold it with 95 %."""

    day: int
    low: int
    high: int


def likeliest_day(hits: Floats, of: Floats, around: int, reach: int) -> ChangeDay:
    """Date a change of a share from a daily series, within `reach` days of `around`.

    The rates before and after are taken from the `reach` days beside the searched stretch; every day there is weighed
    by its binomial likelihood (a flat prior, so the interval is a posterior one).
    """
    first, last = max(1, around - reach), min(len(of) - 1, around + reach)
    before = _rate(hits[max(0, first - reach) : around], of[max(0, first - reach) : around])
    after = _rate(hits[around : last + reach], of[around : last + reach])
    gain = hits * math.log(after / before) + (of - hits) * math.log((1 - after) / (1 - before))
    weight = np.cumsum(gain[::-1])[::-1][first : last + 1]
    chance = np.exp(weight - weight.max())
    mass = np.cumsum(chance) / chance.sum()
    low, high = (int(np.searchsorted(mass, edge)) for edge in (0.025, 0.975))
    return ChangeDay(first + int(weight.argmax()), first + low, first + min(high, len(mass) - 1))


def _rate(hits: Floats, of: Floats) -> float:
    return float((hits.sum() + 0.5) / (of.sum() + 1))
