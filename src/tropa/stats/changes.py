"""Since when something differs: turns, spells and dates in series of excess over what was expected.

`excess` and `variance` are observed minus expected and its variance, time on the last axis, leading axes groups.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
EDGE = 0.04


def level_score(excess: Floats, variance: Floats) -> Floats:
    """How many standard deviations each group lies above what was expected, all bins together."""
    score: Floats = excess.sum(-1) / np.sqrt(np.maximum(variance.sum(-1), 1e-9))
    return score


@dataclass(frozen=True, slots=True)
class Shift:
    """The strongest change of each group against the rest: its bin and score (positive: more hits since then)."""

    at: NDArray[np.int64]
    score: Floats


def strongest_shift(excess: Floats, variance: Floats, *, margin: int) -> Shift:
    """Where the excess turns up most, leaving `margin` bins and 4 % of the information at either end."""
    total = variance.sum(-1, keepdims=True)
    before = _running(variance)
    risen = -_running(excess - variance * _mean_of(excess, variance))
    spread = before * (total - before) / np.maximum(total, 1e-9)
    allowed = (before >= EDGE * total) & (before <= (1 - EDGE) * total) & (spread > 0)
    allowed[..., :margin] = False
    allowed[..., max(0, allowed.shape[-1] - margin + 1) :] = False
    score = np.where(allowed, risen / np.sqrt(np.maximum(spread, 1e-9)), -np.inf)
    at = score.argmax(-1)
    best = np.take_along_axis(score, at[..., None], -1)[..., 0]
    return Shift(at, np.where(np.isfinite(best), best, 0.0))


def likeliest_start(
    hits: Floats, of: Floats, others: Floats, odds: tuple[Floats, Floats], *, margin: int
) -> NDArray[np.int64]:
    """The likeliest first bin of a change whose log odds ratios before and after are known.

    `others` is the rate of everybody else in each bin; `hits` and `of` belong to the group. Shape of the leading axes.
    """
    base = np.log(others / (1 - others))
    before, after = (1 / (1 + np.exp(-(base + np.clip(one, -6, 6)[..., None]))) for one in odds)
    gain = hits * np.log(after / before) + (of - hits) * np.log((1 - after) / (1 - before))
    since = np.cumsum(gain[..., ::-1], -1)[..., ::-1]
    since[..., :margin] = -np.inf
    since[..., max(0, since.shape[-1] - margin + 1) :] = -np.inf
    start: NDArray[np.int64] = since.argmax(-1)
    return start


def _running(values: Floats) -> Floats:
    """Sums of everything before each bin."""
    total = np.cumsum(values, -1)
    return np.concatenate([np.zeros((*total.shape[:-1], 1)), total[..., :-1]], -1)


def _mean_of(excess: Floats, variance: Floats) -> Floats:
    mean: Floats = excess.sum(-1, keepdims=True) / np.maximum(variance.sum(-1, keepdims=True), 1e-9)
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


def roughness(excess: Floats, variance: Floats) -> Floats:
    """How much more the bins of each group scatter than chance alone lets them (1 = chance).

    The roughest twentieth of the bins is left out, and at least two: a change in mid-bin is no scatter.
    """
    full = variance > 0.5
    square = np.where(full, excess**2 / np.maximum(variance, 1e-9), np.inf)
    square.sort(-1)
    bins = full.sum(-1)
    kept = bins - np.maximum(2, bins // 20)
    counted = np.arange(square.shape[-1]) < kept[..., None]
    mean = np.where(counted, square, 0.0).sum(-1) / np.maximum(kept, 1)
    return np.where(kept > 4, np.maximum(mean, 1.0), 1.0)


def widest_swing(excess: Floats, variance: Floats) -> Floats:
    """How far the running excess of each group swings up, in standard deviations: a hint of its strongest spell."""
    total = variance.sum(-1, keepdims=True)
    walk = np.cumsum(excess - variance * _mean_of(excess, variance), -1)
    rise = (walk - np.minimum.accumulate(np.minimum(walk, 0), -1)).max(-1)
    swing: Floats = rise / np.sqrt(np.maximum(total[..., 0], 1e-9))
    return swing


def chance_of_spell(score: float, bins: int) -> float:
    """A bound on the chance that a steady group shows such a spell somewhere (all pairs of ends)."""
    return min(1.0, chance_of_level(score) * bins * bins / 2)


@dataclass(frozen=True, slots=True)
class ChangeDay:
    """The likeliest first day of a change, and the chance that the true one lies within three days of it."""

    day: int
    near: float


NEAR_DAYS = 3


def likeliest_day(hits: Floats, of: Floats, around: int, reach: int) -> ChangeDay:
    """Date a change of a share from a daily series, within `reach` days of `around`.

    The rates before and after are taken from the days beside `around`; every day in reach is weighed by its binomial
    likelihood (a flat prior, so the chance is a posterior one). Done twice: the second time around the first answer.
    """
    for _ in range(2):
        first, last = max(1, around - reach), min(len(of) - 1, around + reach)
        before = _rate(hits[max(0, first - reach) : around], of[max(0, first - reach) : around])
        after = _rate(hits[around : last + reach], of[around : last + reach])
        gain = hits * math.log(after / before) + (of - hits) * math.log((1 - after) / (1 - before))
        weight = np.cumsum(gain[::-1])[::-1][first : last + 1]
        around = first + int(weight.argmax())
    chance = np.exp(weight - weight.max())
    near = np.abs(np.arange(first, last + 1) - around) <= NEAR_DAYS
    return ChangeDay(around, float(chance[near].sum() / chance.sum()))


def _rate(hits: Floats, of: Floats) -> float:
    return float((hits.sum() + 0.5) / (of.sum() + 1))
