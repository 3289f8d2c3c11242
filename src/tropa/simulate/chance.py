"""Chance as stories speak of it: whether something happens, how long it takes, which one it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from tropa.simulate.calendar import DAY, HOUR

MINUTE = 60
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chance:
    """One stream of chance; times are whole seconds."""

    rng: np.random.Generator

    def happens(self, share: float) -> bool:
        """Yes in this share of cases."""
        return bool(self.rng.random() < share)

    def between(self, low: float, high: float) -> int:
        """Any whole number from low to below high."""
        return int(low + (high - low) * self.rng.random())

    def about(self, median: float, sigma: float = 0.5) -> int:
        """A time around this median, never below a minute."""
        return max(MINUTE, round(median * float(np.exp(sigma * self.rng.standard_normal()))))

    def one_of(self, things: Sequence[T], shares: Sequence[float]) -> T:
        """One of the things, by shares that sum to 1."""
        left = self.rng.random()
        for thing, share in zip(things, shares, strict=True):
            left -= share
            if left < 0:
                return thing
        return things[-1]

    def any_of(self, things: Sequence[T]) -> T:
        """One of the things, each as likely."""
        return things[int(self.rng.random() * len(things))]

    def at_hours(self, at: int, first: int = 9, last: int = 20) -> int:
        """Another moment of the same day, within these hours."""
        return at // DAY * DAY + self.between(first * HOUR, last * HOUR)
