"""How far two figures lie apart, with the interval of the difference and how likely it is a fluke."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tropa.stats.exact import Mean
from tropa.stats.proportions import Interval, Proportion, normal_quantile


def interval_of_difference(a: Interval, b: Interval) -> Interval:
    """How far b lies above a, from the two intervals alone (Zou & Donner 2008, square-and-add)."""
    value = b.value - a.value
    return Interval(
        value,
        value - math.hypot(b.value - b.low, a.high - a.value),
        value + math.hypot(b.high - b.value, a.value - a.low),
    )


def chance_of(difference: Interval, confidence: float = 0.95) -> float:
    """Two-sided p-value that fits the interval: the half towards zero is as many standard errors as it was made of."""
    half = difference.value - difference.low if difference.value > 0 else difference.high - difference.value
    if difference.value == 0:
        return 1.0
    if half <= 0:
        return 0.0
    return math.erfc(abs(difference.value) / half * normal_quantile(confidence) / math.sqrt(2))


def difference_of_means(a: Mean, b: Mean) -> Interval:
    """How far b's mean lies above a's (Welch 1947, for samples large enough that t is normal)."""
    value = b.value - a.value
    half = normal_quantile(0.95) * math.hypot(a.error, b.error)
    return Interval(value, value - half, value + half)


@dataclass(frozen=True, slots=True)
class Standardised:
    """b − a in shares, taken apart: `mix` from who there is, `rate` from how the same people fare.

    `rate` compares b's shares at a's mix with a's; `covered` is the share of a in strata that b has too.
    """

    mix: float
    rate: Interval
    covered: float


def standardise(a: Sequence[Proportion], b: Sequence[Proportion]) -> Standardised | None:
    """Direct standardisation to a's mix over the strata both have (Kitagawa 1955); None where they share none."""
    both = [(one, other) for one, other in zip(a, b, strict=True) if one.of and other.of]
    of_a, of_b = sum(one.of for one, _ in both), sum(other.of for _, other in both)
    if not both:
        return None
    share_a = sum(one.count for one, _ in both) / of_a
    share_b = sum(other.count for _, other in both) / of_b
    at_mix = sum(one.of / of_a * other.value for one, other in both)
    variance = sum((one.of / of_a) ** 2 * (_spread(one) + _spread(other)) for one, other in both)
    half = normal_quantile(0.95) * math.sqrt(variance)
    rate = at_mix - share_a
    return Standardised(share_b - at_mix, Interval(rate, rate - half, rate + half), of_a / sum(one.of for one in a))


def _spread(share: Proportion) -> float:
    """The variance of a share, kept away from zero by half a person on each side (Agresti & Coull 1998)."""
    smoothed = (share.count + 0.5) / (share.of + 1)
    return smoothed * (1 - smoothed) / share.of
