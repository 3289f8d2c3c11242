"""What buyers may still bring: the models fitted to them, and sums with intervals."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from tropa.analysis.buyers import Buyers
from tropa.events.log import DAY_MS
from tropa.stats.lifetime import (
    Figures,
    Lifetime,
    Spending,
    chance_alive,
    expected_purchases,
    expected_value,
    fit_lifetime,
    fit_spending,
)
from tropa.stats.proportions import Interval

TERMS = (90, 365)
DRAWS = 20
FITTED, FEWEST_REPEATS = 5_000, 30


@dataclass(frozen=True, slots=True)
class Fit:
    """The fitted models (times in days, money in minor units), and the longest time that a customer was watched."""

    lifetime: Lifetime
    spending: Spending | None
    longest_days: float


@dataclass(frozen=True, slots=True)
class Term:
    """All buyers together in the next so many days; money None where the data have none."""

    days: int
    purchases: Interval
    money: Interval | None


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to come; `alive` buyers that the model expects to be buyers still."""

    fit: Fit
    alive: float
    terms: tuple[Term, ...]

    def fields(self) -> Mapping[str, object]:
        """As fields of a document."""
        spending = self.fit.spending
        return {
            "bg_nbd": {name: _six(figure) for name, figure in asdict(self.fit.lifetime).items()},
            "gamma_gamma": None if spending is None else {name: _six(x) for name, x in asdict(spending).items()},
            "alive": _six(self.alive),
            "terms": [
                {"days": one.days, "purchases": _ends(one.purchases), "money": one.money and _ends(one.money)}
                for one in self.terms
            ],
        }


def _six(figure: float) -> float:
    return float(f"{figure:.6g}")


def _ends(one: Interval) -> dict[str, float]:
    return {"value": _six(one.value), "low": _six(one.low), "high": _six(one.high)}


@dataclass(frozen=True, slots=True, eq=False)
class _Customers:
    repeats: Figures
    recency: Figures
    age: Figures
    mean: Figures

    def of(self, rows: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> "_Customers":
        return _Customers(self.repeats[rows], self.recency[rows], self.age[rows], self.mean[rows])

    def fit(self) -> tuple[Lifetime, Spending | None]:
        paid = (self.repeats > 0) & (self.mean > 0)
        spending = fit_spending(self.repeats[paid], self.mean[paid]) if paid.sum() >= FEWEST_REPEATS else None
        return fit_lifetime(self.repeats, self.recency, self.age), spending

    def ahead(self, lifetime: Lifetime, spending: Spending | None) -> Figures:
        """Rows: terms; columns: purchases, money."""
        found = np.zeros((len(TERMS), 2))
        for row, days in enumerate(TERMS):
            each = expected_purchases(lifetime, self.repeats, self.recency, self.age, float(days))
            found[row, 0] = each.sum()
            if spending is not None:
                found[row, 1] = (each * expected_value(spending, self.repeats, self.mean)).sum()
        return found


def expected_of(found: Buyers, as_of: int) -> Expected:
    """Fit to an even sample of at most 5,000 buyers; intervals from 20 fits to customers drawn again."""
    repeats = (found.times - 1).astype(np.float64)
    mean = np.where(repeats > 0, found.repeat / np.maximum(repeats, 1), 0.0)
    everybody = _Customers(repeats, (found.last - found.first) / DAY_MS, (as_of - found.first) / DAY_MS, mean)
    sample = everybody.of(np.arange(0, len(repeats), -(-len(repeats) // FITTED)))
    lifetime, spending = sample.fit()
    value = everybody.ahead(lifetime, spending)
    rng = np.random.default_rng(90)
    count = len(sample.repeats)
    draws = np.array([everybody.ahead(*sample.of(rng.integers(0, count, count)).fit()) for _ in range(DRAWS)])
    error = 1.96 * draws.std(axis=0, ddof=1)
    terms = tuple(
        Term(
            days,
            _around(value[row, 0], error[row, 0]),
            None if spending is None else _around(value[row, 1], error[row, 1]),
        )
        for row, days in enumerate(TERMS)
    )
    alive = float(chance_alive(lifetime, everybody.repeats, everybody.recency, everybody.age).sum())
    return Expected(Fit(lifetime, spending, float(everybody.age.max())), alive, terms)


def _around(value: float, error: float) -> Interval:
    return Interval(float(value), max(0.0, float(value - error)), float(value + error))
