"""Shares: n of N with an interval, and whether two shares differ."""

import math
from dataclasses import dataclass
from statistics import NormalDist

from tropa.errors import InvalidQueryError, told

SMALL_CELL = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and the range that it lies in with the stated confidence."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Proportion:
    """`count` of `of`; `value` is their ratio (0 of nobody), `low`…`high` its interval."""

    count: int
    of: int
    value: float
    low: float
    high: float


def normal_quantile(confidence: float) -> float:
    """How many standard deviations hold the middle `confidence` of a normal distribution."""
    if not 0 < confidence < 1:
        raise InvalidQueryError(
            told("A confidence lies between 0 and 1, got {confidence}.", confidence=confidence), "0.95 is usual."
        )
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def proportion(count: int, of: int, confidence: float = 0.95) -> Proportion:
    """A share with its Wilson score interval (Wilson 1927); of nobody it is 0 within 0…1."""
    if not 0 <= count <= of:
        raise InvalidQueryError(
            told("A share needs 0 ≤ count ≤ of, got {count} of {of}.", count=count, of=of), "Count people once."
        )
    if of == 0:
        return Proportion(0, 0, 0.0, 0.0, 1.0)
    z2 = normal_quantile(confidence) ** 2
    share = count / of
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = math.sqrt(z2 * (share * (1 - share) / of + z2 / (4 * of * of))) / (1 + z2 / of)
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == of else min(1.0, middle + half)
    return Proportion(count, of, share, low, high)


def difference(a: Proportion, b: Proportion) -> Interval:
    """How far a lies above b, with the interval that the two Wilson intervals give (Newcombe 1998, method 10)."""
    value = a.value - b.value
    down = math.hypot(a.value - a.low, b.high - b.value)
    up = math.hypot(a.high - a.value, b.value - b.low)
    return Interval(value, max(-1.0, value - down), min(1.0, value + up))


def two_proportions_p(count1: int, of1: int, count2: int, of2: int) -> float:
    """Two-sided p-value of equal shares: mid-p of Fisher's exact test for small counts, else the score test."""
    if of1 == 0 or of2 == 0:
        return 1.0
    hits, everyone = count1 + count2, of1 + of2
    if min(hits, everyone - hits) * min(of1, of2) < SMALL_CELL * everyone:
        return _fisher_mid_p(count1, of1, hits, everyone)
    pooled = hits / everyone
    spread = math.sqrt(pooled * (1 - pooled) * (1 / of1 + 1 / of2))
    z = (count1 / of1 - count2 / of2) / spread
    return math.erfc(abs(z) / math.sqrt(2))


def _fisher_mid_p(count: int, of: int, hits: int, everyone: int) -> float:
    """Probability of tables less likely than this one, and half of those just as likely (Lancaster 1961)."""
    lowest, highest = max(0, hits - (everyone - of)), min(hits, of)
    log_weight = [_log_table(k, of, hits, everyone) for k in range(lowest, highest + 1)]
    top = max(log_weight)
    weights = [math.exp(one - top) for one in log_weight]
    total = math.fsum(weights)
    seen = weights[count - lowest]
    rarer = math.fsum(w for w in weights if w < seen * (1 - 1e-9))
    alike = math.fsum(w for w in weights if abs(w - seen) <= seen * 1e-9)
    return min(1.0, (rarer + alike / 2) / total)


def _log_table(k: int, of: int, hits: int, everyone: int) -> float:
    return _log_choose(of, k) + _log_choose(everyone - of, hits - k)


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
