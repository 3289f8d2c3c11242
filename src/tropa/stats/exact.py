"""Means of whole numbers from sums that are exact, in whatever order they are added."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_LIMB = 20
SUMS = 4


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of `of` figures with the variance of a single one."""

    value: float
    variance: float
    of: int

    @property
    def error(self) -> float:
        """The standard error of the mean."""
        return math.sqrt(self.variance / self.of) if self.of else math.inf


def exact_sums(figures: NDArray[np.int64]) -> NDArray[np.int64]:
    """The sum of figures, and of their squares in limbs that whole numbers of 64 bits hold; shape (SUMS,)."""
    high, low = figures >> _LIMB, figures & ((1 << _LIMB) - 1)
    return np.array([figures.sum(), high @ high, high @ low, low @ low], dtype=np.int64)


def mean_of(sums: Sequence[int], count: int) -> Mean:
    """The mean of `count` figures from their sums."""
    total, high, cross, low = sums
    if count < 2:
        return Mean(float(total), 0.0, count)
    squares = (high << 2 * _LIMB) + (cross << _LIMB + 1) + low
    return Mean(total / count, (squares * count - total * total) / (count * (count - 1)), count)
