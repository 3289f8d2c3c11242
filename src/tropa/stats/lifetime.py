"""How many purchases are still to come: BG/NBD for how often, Gamma-Gamma for how much."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told

Figures = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Parameters of BG/NBD (Fader, Hardie & Lee 2005) and their log-likelihood; `alpha` in the unit of the times."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float


@dataclass(frozen=True, slots=True)
class Spending:
    """Parameters of Gamma-Gamma (Fader & Hardie 2013); `gamma` in the unit of the money."""

    p: float
    q: float
    gamma: float
    log_likelihood: float


def fit_lifetime(repeats: Figures, recency: Figures, age: Figures) -> Lifetime:
    """Maximum likelihood; one entry a customer: repeat purchases, time of the last and of today since the first."""
    _needs_scipy()
    scale = float(age.max()) / 10 or 1.0

    def loss(logs: Figures) -> float:
        r, alpha, a, b = np.exp(logs)
        return -float(_lifetime_likelihood(repeats, recency / scale, age / scale, r, alpha, a, b).sum())

    best = _least(loss, np.zeros(4))
    r, alpha, a, b = (float(one) for one in np.exp(best))
    likelihood = _lifetime_likelihood(repeats, recency, age, r, alpha * scale, a, b)
    return Lifetime(r, alpha * scale, a, b, float(likelihood.sum()))


def fit_spending(purchases: Figures, mean: Figures) -> Spending:
    """Maximum likelihood; one entry a customer with money: how many repeat purchases, and their mean value."""
    _needs_scipy()
    scale = float(mean.mean()) or 1.0

    def loss(logs: Figures) -> float:
        p, q, gamma = np.exp(logs)
        return -float(_spending_likelihood(purchases, mean / scale, p, q, gamma).sum())

    p, q, gamma = (float(one) for one in np.exp(_least(loss, np.ones(3))))
    likelihood = _spending_likelihood(purchases, mean, p, q, gamma * scale)
    return Spending(p, q, gamma * scale, float(likelihood.sum()))


def chance_alive(model: Lifetime, repeats: Figures, recency: Figures, age: Figures) -> Figures:
    """The chance that a customer still buys; who has bought once counts as alive, as the model has it."""
    odds = model.a / (model.b + np.maximum(repeats, 1) - 1)
    gone = odds * ((model.alpha + age) / (model.alpha + recency)) ** (model.r + repeats)
    return np.asarray(np.where(repeats > 0, 1 / (1 + gone), 1.0))


def expected_purchases(model: Lifetime, repeats: Figures, recency: Figures, age: Figures, ahead: float) -> Figures:
    """Purchases of each customer in the next `ahead` units of time, equation 10 of the paper."""
    from scipy.special import hyp2f1  # noqa: PLC0415  only in the extra

    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    ratio = (alpha + age) / (alpha + age + ahead)
    curve = hyp2f1(r + repeats, b + repeats, a + b + repeats - 1, ahead / (alpha + age + ahead))
    bare = (a + b + repeats - 1) / (a - 1) * (1 - ratio ** (r + repeats) * curve)
    return np.asarray(bare * chance_alive(model, repeats, recency, age))


def expected_value(model: Spending, purchases: Figures, mean: Figures) -> Figures:
    """The mean value of a customer's purchases: between their own mean and everybody's."""
    weight = model.p * purchases + model.q - 1
    return np.asarray(
        (model.q - 1) / weight * (model.gamma * model.p / (model.q - 1)) + model.p * purchases / weight * mean
    )


def _lifetime_likelihood(x: Figures, t_x: Figures, age: Figures, r: float, alpha: float, a: float, b: float) -> Figures:
    from scipy.special import betaln, gammaln  # noqa: PLC0415  only in the extra

    common = gammaln(r + x) - math.lgamma(r) + r * math.log(alpha)
    alive = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + age)
    left = betaln(a + 1, b + np.maximum(x, 1) - 1) - betaln(a, b) - (r + x) * np.log(alpha + t_x)
    return np.asarray(common + np.where(x > 0, np.logaddexp(alive, left), alive))


def _spending_likelihood(x: Figures, mean: Figures, p: float, q: float, gamma: float) -> Figures:
    from scipy.special import gammaln  # noqa: PLC0415  only in the extra

    return np.asarray(
        gammaln(p * x + q)
        - gammaln(p * x)
        - math.lgamma(q)
        + q * math.log(gamma)
        + (p * x - 1) * np.log(mean)
        + p * x * np.log(x)
        - (p * x + q) * np.log(gamma + mean * x)
    )


def _least(loss: Callable[[Figures], float], start: Figures) -> Figures:
    from scipy.optimize import minimize  # noqa: PLC0415  only in the extra

    settings = {"maxiter": 4000, "maxfev": 4000, "xatol": 1e-7, "fatol": 1e-7, "adaptive": True}
    found = minimize(loss, start, method="Nelder-Mead", options=settings)
    if not np.isfinite(found.fun) or np.abs(found.x).max() > 20:
        raise InvalidQueryError(
            "The purchases do not tell how long customers stay.", "More repeat purchases are needed."
        )
    return np.asarray(found.x, dtype=np.float64)


def _needs_scipy() -> None:
    try:
        import scipy  # noqa: F401, PLC0415  only in the extra
    except ImportError as error:
        raise InvalidQueryError(
            told("Expected purchases need the extra {extra}.", extra="tropa[ltv]"),
            "Install it: pip install 'tropa[ltv]'.",
        ) from error
