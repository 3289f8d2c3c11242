"""Times: medians with intervals, and how long things take when some have not ended yet."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.stats.proportions import Interval, normal_quantile

EXACT_UP_TO = 200


def median_interval(ordered: NDArray[np.float64] | NDArray[np.int64], confidence: float = 0.95) -> Interval:
    """The median of values in ascending order with the interval of order statistics (Conover 1999, §3.2).

    NaN everywhere for no values; for fewer than six the interval is the whole range.
    """
    count = len(ordered)
    if count == 0:
        return Interval(math.nan, math.nan, math.nan)
    below = rank_below_median(count, confidence)
    return Interval(float(np.median(ordered)), float(ordered[below]), float(ordered[count - 1 - below]))


def rank_below_median(count: int, confidence: float = 0.95) -> int:
    """The 0-based rank k such that values k and count−1−k hold the median between them."""
    tail = (1 - confidence) / 2
    if count > EXACT_UP_TO:
        return math.floor((count - 1 - normal_quantile(confidence) * math.sqrt(count)) / 2)
    rank, mass = 0, 0.0
    for k in range(count // 2):
        mass += math.exp(math.lgamma(count + 1) - math.lgamma(k + 1) - math.lgamma(count - k + 1) - count * math.log(2))
        if mass > tail:
            break
        rank = k
    return max(0, min(rank, (count - 1) // 2))


def quantile(ordered: NDArray[np.float64] | NDArray[np.int64], share: float) -> float:
    """The value that `share` of the values lie under, interpolated between neighbours; NaN for no values."""
    return float(np.quantile(ordered, share)) if len(ordered) else math.nan


@dataclass(frozen=True, slots=True)
class Timing:
    """How long something took `of` units, in seconds: the median with its interval, and nine in ten."""

    of: int
    median_seconds: float
    low_seconds: float
    high_seconds: float
    p90_seconds: float


def timing_of(ordered_seconds: NDArray[np.float64]) -> Timing | None:
    """The timing of durations in ascending order; None of none."""
    if not len(ordered_seconds):
        return None
    middle = median_interval(ordered_seconds)
    return Timing(len(ordered_seconds), middle.value, middle.low, middle.high, quantile(ordered_seconds, 0.9))


def timing_shares(count: int) -> tuple[float, float, float, float]:
    """The quantiles of `count` durations that make a Timing: median, its interval's ends, p90."""
    low = rank_below_median(count) / (count - 1) if count > 1 else 0.0
    return 0.5, low, 1 - low, 0.9


@dataclass(frozen=True, slots=True)
class Survival:
    """Share not yet done after each time, with its band. All four arrays have one entry a time of an ending."""

    times: NDArray[np.float64]
    share: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def at(self, time: float) -> Interval:
        """The share not yet done after `time`."""
        place = int(np.searchsorted(self.times, time, side="right")) - 1
        if place < 0:
            return Interval(1.0, 1.0, 1.0)
        return Interval(float(self.share[place]), float(self.low[place]), float(self.high[place]))

    @property
    def median(self) -> float | None:
        """When half are done; None where that has not come."""
        done = np.flatnonzero(self.share <= 0.5)
        return float(self.times[done[0]]) if len(done) else None


def kaplan_meier(
    durations: NDArray[np.float64] | NDArray[np.int64], ended: NDArray[np.bool_], confidence: float = 0.95
) -> Survival:
    """Share not yet done over time when some journeys are still open (Kaplan & Meier 1958).

    `ended[i]` says whether duration i ran to its end or was cut off. Bands: log(−log) of Greenwood's variance.
    """
    times, place = np.unique(durations[ended], return_inverse=True)
    deaths = np.bincount(place, minlength=len(times)).astype(np.float64)
    at_risk = len(durations) - np.searchsorted(np.sort(durations), times, side="left")
    share = np.cumprod(1 - deaths / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(deaths / (at_risk * (at_risk - deaths)))
        spread = normal_quantile(confidence) * np.sqrt(greenwood) / np.abs(np.log(share))
        low, high = share ** np.exp(spread), share ** np.exp(-spread)
    last = share <= 0
    low[last], high[last] = 0.0, 0.0
    return Survival(*(part.astype(np.float64) for part in (times, share, low, high)))
