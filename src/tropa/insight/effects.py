"""Whether a change works: the figure before and after it against what happened without it.

Shares are compared as ratios: how many times the share grew, divided by how many times it grew where nothing was
changed (difference in differences on a logarithmic scale, Mullahy 1999; the interval by the delta method, Katz et al.
1978), since seasons multiply and do not add. Scores are compared as differences (Card & Krueger 1994).
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from tropa.stats.proportions import Interval, Proportion, normal_quantile

FEWEST = 30
_CONFIDENCE = 0.95


class Against(StrEnum):
    """What the change is compared with; only a random half proves a cause."""

    RANDOM = "random"
    UNTOUCHED = "untouched"
    LAST_YEAR = "last_year"
    NOBODY = "nobody"


class Outcome(StrEnum):
    """What the data say; `noise`: the interval holds no change."""

    BETTER = "better"
    WORSE = "worse"
    NOISE = "noise"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Score:
    """A mean of so many answers with the variance of one answer."""

    value: float
    of: int
    variance: float

    @property
    def error(self) -> float:
        """The standard error of the mean."""
        return math.sqrt(self.variance / self.of) if self.of else math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """`change`: of shares how many times as large less one (+0.26 = 26 % more), of scores the difference.

    `naive`: the same without a comparison. `p_value` is two-sided.
    """

    against: Against
    change: Interval
    naive: Interval
    p_value: float

    @property
    def is_sure(self) -> bool:
        """The interval does not hold zero."""
        return self.change.low > 0 or self.change.high < 0


def share_effect(
    before: Proportion, after: Proportion, other: tuple[Proportion, Proportion] | None, against: Against
) -> Effect | None:
    """How many times as large a share became; None where too few people or nobody at all came in any of them."""
    sides = [(before, after), *([other] if other else [])]
    if any(one.of < FEWEST or not one.count or one.count == one.of for side in sides for one in side):
        return None
    logs = [math.log(end.value / start.value) for start, end in sides]
    spreads = [_log_variance(start) + _log_variance(end) for start, end in sides]
    naive = _interval(logs[0], spreads[0])
    change = _interval(logs[0] - sum(logs[1:]), sum(spreads))
    return Effect(
        against=against,
        change=_as_growth(change),
        naive=_as_growth(naive),
        p_value=_p_value(change.value, sum(spreads)),
    )


def score_effect(before: Score, after: Score, other: tuple[Score, Score] | None, against: Against) -> Effect | None:
    """By how much a mean became larger; None where fewer than 30 answered on any side."""
    sides = [(before, after), *([other] if other else [])]
    if any(one.of < FEWEST for side in sides for one in side):
        return None
    moves = [end.value - start.value for start, end in sides]
    spreads = [start.error**2 + end.error**2 for start, end in sides]
    if not sum(spreads):
        return None
    change = _interval(moves[0] - sum(moves[1:]), sum(spreads))
    return Effect(
        against=against,
        change=change,
        naive=_interval(moves[0], spreads[0]),
        p_value=_p_value(change.value, sum(spreads)),
    )


def outcome_of(effect: Effect | None, *, more_is_better: bool, q_value: float | None = None) -> Outcome:
    """What may be said of an effect."""
    if effect is None:
        return Outcome.FEW
    if not effect.is_sure or (q_value is not None and q_value > 1 - _CONFIDENCE):
        return Outcome.NOISE
    return Outcome.BETTER if (effect.change.value > 0) == more_is_better else Outcome.WORSE


def _log_variance(one: Proportion) -> float:
    return (1 - one.value) / one.count


def _interval(value: float, variance: float) -> Interval:
    half = normal_quantile(_CONFIDENCE) * math.sqrt(variance)
    return Interval(value, value - half, value + half)


def _as_growth(one: Interval) -> Interval:
    return Interval(math.expm1(one.value), math.expm1(one.low), math.expm1(one.high))


def _p_value(value: float, variance: float) -> float:
    return math.erfc(abs(value) / math.sqrt(2 * variance)) if variance else 1.0
