"""Precision, recall and F1 with bootstrap intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
_DRAWS = 1_000


@dataclass(frozen=True, slots=True)
class Score:
    """One class: how many rows have it, and how well they were found."""

    name: str
    support: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean F1 of classes with its 95 % percentile interval over 1,000 draws of rows."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}–{self.high:.3f})"


def scores(names: Sequence[str], said: Bools, found: Bools) -> list[Score]:
    """Each class of a table of rows by classes."""
    made = []
    for place, name in enumerate(names):
        right = float((said[:, place] & found[:, place]).sum())
        support, given = int(said[:, place].sum()), float(found[:, place].sum())
        precision, recall = right / max(1.0, given), right / max(1, support)
        made.append(Score(name, support, precision, recall, 2 * right / max(1.0, support + given)))
    return made


def mean_f1(said: Bools, found: Bools) -> Mean:
    """Macro-F1 over the classes; draws are seeded."""
    right, total = (said & found).astype(np.int64), said.astype(np.int64) + found
    generator = np.random.default_rng(0)
    drawn = []
    for _ in range(_DRAWS):
        counts = np.bincount(generator.integers(len(said), size=len(said)), minlength=len(said))
        drawn.append(_f1(counts @ right, counts @ total))
    low, high = np.quantile(drawn, (0.025, 0.975))
    return Mean(_f1(right.sum(axis=0), total.sum(axis=0)), float(low), float(high))


def _f1(right: NDArray[np.int64], total: NDArray[np.int64]) -> float:
    return float((2 * right / np.maximum(1, total)).mean())


def one_hot(classes: NDArray[np.int64], count: int) -> Bools:
    """Rows by classes."""
    made: Bools = classes[:, None] == np.arange(count)
    return made
