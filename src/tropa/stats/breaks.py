"""Breaks: the day on which a share changed for good, told from weeks, seasons, trends and short bursts.

A daily share is explained by the day of the week and a smooth curve (cosines of growing frequency), with and without a
step on some day. A step is believed only as far as it explains more than *any* of the smooth curves does alone: a
season is told by few waves, a step needs many (Bai & Perron 1998 on breaks, Schwarz 1978 on the price of a parameter).
Stretches of up to eight weeks that fit neither (a promotion, a fault of two days) are left out.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.stats.changes import NEAR_DAYS, chance_of_shift
from tropa.stats.odds import logit

Floats = NDArray[np.float64]
WEEK = 7
DAYS_OF_A_WAVE = 45
MOST_WAVES = 10
FAR_OFF = 4.0
SPELLS = (1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 17, 21, 25, 30, 36, 42, 49, 56)
MOST_SPELLS = 4
PRICE_OF_SPELL = 3.0
ROUNDS = 2
SCORING_STEPS = 3
FARTHEST = 5.0
PATIENCE = 1e-9


@dataclass(frozen=True, slots=True)
class Break:
    """A step up: its first day, the chance that the true one lies within three days of it, and how sure it is.

    `score` in standard deviations beyond what smooth curves explain; `chance` that a series without a step shows one;
    `log_odds` by how much the odds of a hit rose.
    """

    day: int
    near: float
    score: float
    chance: float
    log_odds: float


def strongest_break(hits: Floats, of: Floats, *, margin: int, clumping: float = 1.0) -> Break | None:
    """The step that explains most of a daily series; None where there are too few days or hits for one.

    `hits` of `of` by day (shape D); at least `margin` days lie on either side. `clumping` ≥ 1 is how much more than
    binomial the counts vary because some people are counted more than once.
    """
    if len(of) < 2 * margin + WEEK or hits.sum() < WEEK or (of - hits).sum() < WEEK:
        return None
    used = of > 0
    for _ in range(MOST_SPELLS + 1):
        curves = _Curves.of(np.where(used, hits, 0.0), np.where(used, of, 0.0))
        best, rough = _settled(curves, used, margin, clumping)
        if best is None or curves.gains(best.waves, margin).max() < FAR_OFF**2 * rough:
            return None
        odd = curves.odd_days(best, rough)
        if odd is None:
            return curves.told(best, margin, rough)
        used = used & ~odd
    return None


def _settled(curves: "_Curves", used: NDArray[np.bool_], margin: int, clumping: float) -> tuple["_Step | None", float]:
    """The best step, and how rough the series is about it."""
    rough = clumping
    for _ in range(ROUNDS):
        step = curves.best_step(margin, rough)
        if step is None:
            return None, rough
        rough = max(clumping, _roughness(curves.residuals(step)[used]))
    return step, rough


def _roughness(left: Floats) -> float:
    """The scatter of the residuals in units of chance, the largest twentieth left out."""
    square = np.sort(left * left)
    kept = square[: max(1, len(square) - len(square) // 20)]
    return float(kept.mean() / TRIMMED_SQUARE)


TRIMMED_SQUARE = 0.759
"""The mean square of a standard normal whose largest twentieth is left out."""


def _columns(days: int) -> Floats:
    """Days of the week, then half a wave, a straight trend (waves are flat at their ends), and ever quicker waves."""
    day = np.arange(days)[:, None]
    waves = min(MOST_WAVES, max(1, days // DAYS_OF_A_WAVE))
    week = (day % WEEK == np.arange(WEEK)).astype(np.float64)
    curves = np.cos(np.pi * (day + 0.5) / days * np.arange(1, waves + 1))
    return np.concatenate([week, curves[:, :1], day / days - 0.5, curves[:, 1:]], axis=1)


@dataclass(frozen=True, slots=True)
class _Step:
    waves: int
    day: int
    gain: float


@dataclass(frozen=True, slots=True)
class _Curves:
    """The series and its explanations as orthonormal columns: week first, then waves; all scaled to unit variance.

    Log odds are linearised about the richest smooth curve (Fisher scoring), so that rare and common hits weigh right.
    """

    left: Floats
    basis: Floats
    on_basis: Floats
    weight: Floats
    steps_on_basis: Floats
    step_square: Floats
    step_left: Floats

    @classmethod
    def of(cls, hits: Floats, of: Floats) -> "_Curves":
        """Explain the days that have anybody."""
        columns = _columns(len(of))
        log_odds = np.full(len(of), logit((hits.sum() + 0.5) / (of.sum() + 1)))
        for _ in range(SCORING_STEPS):
            share = 1 / (1 + np.exp(-log_odds))
            root = np.sqrt(of * share * (1 - share))
            left = root * log_odds + np.where(root > 0, (hits - of * share) / np.maximum(root, PATIENCE), 0.0)
            basis, _ = np.linalg.qr(columns * root[:, None])
            smooth = basis @ (left @ basis) / np.maximum(root, PATIENCE)
            log_odds = np.where(root > 0, np.clip(smooth, -FARTHEST, FARTHEST), log_odds)
        since = np.cumsum((basis * root[:, None])[::-1], axis=0)[::-1]
        return cls(
            left=left,
            basis=basis,
            on_basis=left @ basis,
            weight=root,
            steps_on_basis=since,
            step_square=np.cumsum((root * root)[::-1])[::-1],
            step_left=np.cumsum((root * left)[::-1])[::-1],
        )

    @property
    def waves(self) -> int:
        """How many curves beside the week."""
        return int(self.basis.shape[1]) - WEEK

    @property
    def price(self) -> float:
        """What a wave has to explain to be believed: the logarithm of the days that have anybody (Schwarz 1978)."""
        return math.log(max(int((self.weight > 0).sum()), 2))

    def unexplained(self, waves: int) -> float:
        """The squares left by the week and so many waves."""
        return float((self.left**2).sum() - (self.on_basis[: WEEK + waves] ** 2).sum())

    def steps(self, waves: int) -> tuple[Floats, Floats]:
        """For a step on each day beside so many waves: its score statistic and information."""
        kept = slice(0, WEEK + waves)
        square = self.step_square - (self.steps_on_basis[:, kept] ** 2).sum(1)
        risen = self.step_left - self.steps_on_basis[:, kept] @ self.on_basis[kept]
        return risen, np.maximum(square, PATIENCE)

    def gains(self, waves: int, margin: int) -> Floats:
        """How many squares a step on each day explains beside so many waves; none within `margin` of either end."""
        risen, square = self.steps(waves)
        gain = np.where((square > PATIENCE) & (risen > 0), risen * risen / square, 0.0)
        gain[:margin] = 0.0
        gain[len(gain) - margin + 1 :] = 0.0
        return gain

    def best_step(self, margin: int, rough: float) -> _Step | None:
        """The step and number of waves that explain most for their price."""
        smooth = min(self.unexplained(k) / rough + self.price * k for k in range(self.waves + 1))
        best: _Step | None = None
        for waves in range(self.waves + 1):
            gain = self.gains(waves, margin)
            day = int(gain.argmax())
            stepped = (self.unexplained(waves) - float(gain[day])) / rough + self.price * waves
            if gain[day] > 0 and (best is None or smooth - stepped > best.gain):
                best = _Step(waves, day, smooth - stepped)
        return best

    def residuals(self, step: _Step) -> Floats:
        """What is left of each day."""
        risen, square = self.steps(step.waves)
        kept = slice(0, WEEK + step.waves)
        column = np.where(np.arange(len(self.left)) >= step.day, self.weight, 0.0)
        column = column - self.basis[:, kept] @ self.steps_on_basis[step.day, kept]
        smooth = self.basis[:, kept] @ self.on_basis[kept]
        left: Floats = self.left - smooth - column * (risen[step.day] / square[step.day])
        return left

    def odd_days(self, step: _Step, rough: float) -> NDArray[np.bool_] | None:
        """The days of a stretch that explains more, beside some waves, than the best step does; None if none does."""
        days, odd = np.arange(len(self.left)), None
        gained = float(self.gains(step.waves, 1)[step.day])
        best = self.unexplained(step.waves) - gained + self.price * step.waves * rough
        for waves in range(self.waves + 1):
            risen, square = self.steps(waves)
            aside = self.steps_on_basis[:, : WEEK + waves]
            for length in SPELLS:
                first, last = slice(0, -length), slice(length, None)
                shared = self.step_square[last] - (aside[first] * aside[last]).sum(1)
                spread = square[first] + square[last] - 2 * shared
                gain = np.where(
                    spread > PATIENCE, (risen[first] - risen[last]) ** 2 / np.maximum(spread, PATIENCE), 0.0
                )
                start = int(gain.argmax())
                left = self.unexplained(waves) - float(gain[start]) + (waves * self.price + PRICE_OF_SPELL) * rough
                if gain[start] > FAR_OFF**2 * rough and left < best:
                    best, odd = left, (days >= start) & (days < start + length)
        return odd

    def told(self, step: _Step, margin: int, rough: float) -> Break:
        """The step with its certainty: every day is weighed by its likelihood (a flat prior)."""
        gain = self.gains(step.waves, margin) / rough
        weight = np.exp((gain - gain[step.day]) / 2) * (gain > 0)
        near = np.abs(np.arange(len(gain)) - step.day) <= NEAR_DAYS
        risen, square = self.steps(step.waves)
        score = float(np.sqrt(max(step.gain, 0.0)))
        return Break(
            day=step.day,
            near=float(weight[near].sum() / weight.sum()),
            score=score,
            chance=min(1.0, (self.waves + 1) * chance_of_shift(score)),
            log_odds=float(risen[step.day] / square[step.day]),
        )
