"""When people come: months, weekdays and hours."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Seconds = NDArray[np.int64]
Days = NDArray[np.int64]
DAY = 86_400
HOUR = 3_600


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A period of whole days and how busy its months (12), weekdays (7, Monday first) and hours (24) are."""

    first: date
    last: date
    months: tuple[float, ...]
    weekdays: tuple[float, ...]
    hours: tuple[float, ...]

    @property
    def days(self) -> int:
        """Days in the period, both ends counted."""
        return (self.last - self.first).days + 1

    @property
    def end(self) -> int:
        """The first second after the period."""
        return self.days * DAY

    def day_of(self, day: date) -> int:
        """The number of a date, 0 for the first."""
        return (day - self.first).days

    def draw_days(self, rng: np.random.Generator, count: int) -> Days:
        """Arrival days by season and weekday."""
        dates = [self.first + timedelta(days=number) for number in range(self.days)]
        weight = np.array([self.months[day.month - 1] * self.weekdays[day.weekday()] for day in dates])
        return rng.choice(self.days, size=count, p=weight / weight.sum()).astype(np.int64)

    def draw_seconds(self, rng: np.random.Generator, count: int) -> Seconds:
        """Seconds within a day, by hour."""
        weight = np.array(self.hours)
        hour = rng.choice(24, size=count, p=weight / weight.sum())
        return hour.astype(np.int64) * HOUR + rng.integers(0, HOUR, size=count)

    def months_of(self, at: Seconds) -> NDArray[np.int64]:
        """The month, 1 to 12, of moments counted from the first day."""
        moments = np.datetime64(self.first, "D") + at // DAY
        months: NDArray[np.int64] = moments.astype("datetime64[M]").astype(np.int64) % 12 + 1
        return months

    def moments(self, at: Seconds) -> NDArray[np.datetime64]:
        """Wall-clock moments (second precision) of seconds counted from the first day."""
        start = np.datetime64(self.first, "s")
        shifted: NDArray[np.datetime64] = start + at.astype("timedelta64[s]")
        return shifted


def lognormal(rng: np.random.Generator, median_and_sigma: tuple[float, float], count: int) -> NDArray[np.float64]:
    """Positive times with this median."""
    median, sigma = median_and_sigma
    return median * np.exp(sigma * rng.standard_normal(count))
