"""Intervals hold the truth about as often as they say; tests cry wolf about as seldom as they say."""

import numpy as np
import pytest

from tropa.stats.durations import kaplan_meier, median_interval
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import difference, proportion, two_proportions_p

ROUNDS = 2000


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.9])
@pytest.mark.parametrize("of", [30, 300])
def test_a_shares_interval_holds_it(share, of):
    counts = np.random.default_rng(1).binomial(of, share, ROUNDS)
    holds = [(one := proportion(int(c), of)).low <= share <= one.high for c in counts]

    assert 0.93 <= np.mean(holds) <= 0.985


def test_a_differences_interval_holds_it():
    rng = np.random.default_rng(2)
    pairs = zip(rng.binomial(80, 0.3, ROUNDS), rng.binomial(150, 0.45, ROUNDS), strict=True)
    found = [difference(proportion(int(a), 80), proportion(int(b), 150)) for a, b in pairs]

    assert 0.935 <= np.mean([one.low <= -0.15 <= one.high for one in found]) <= 0.97


@pytest.mark.parametrize("count", [9, 40, 400])
def test_a_medians_interval_holds_it(count):
    samples = np.sort(np.random.default_rng(3).exponential(size=(ROUNDS, count)), axis=1)
    found = [median_interval(one) for one in samples]

    assert 0.94 <= np.mean([one.low <= np.log(2) <= one.high for one in found]) <= 0.985


def test_a_survival_band_holds_the_curve():
    rng, holds = np.random.default_rng(4), []
    for _ in range(500):
        lasts, seen_for = rng.exponential(1, 100), rng.exponential(2, 100)
        band = kaplan_meier(np.minimum(lasts, seen_for), lasts <= seen_for).at(1.0)
        holds.append(band.low <= np.exp(-1) <= band.high)

    assert 0.92 <= np.mean(holds) <= 0.98


@pytest.mark.parametrize(("of", "share"), [((25, 40), 0.05), ((60, 60), 0.3), ((400, 900), 0.4)])
def test_equal_shares_seldom_look_different(of, share):
    rng = np.random.default_rng(5)
    counts = zip(rng.binomial(of[0], share, ROUNDS), rng.binomial(of[1], share, ROUNDS), strict=True)
    p_values = [two_proportions_p(int(a), of[0], int(b), of[1]) for a, b in counts]

    assert np.mean(np.array(p_values) <= 0.05) <= 0.06


def test_flukes_stay_a_small_part_of_what_is_reported():
    rng, parts = np.random.default_rng(6), []
    for _ in range(400):
        real = rng.random(100) < 0.2
        p = np.where(real, rng.beta(0.1, 5, 100), rng.random(100))
        told = benjamini_hochberg(p) <= 0.1
        parts.append((told & ~real).sum() / max(told.sum(), 1))

    assert np.mean(parts) <= 0.1
