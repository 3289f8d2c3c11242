"""Intervals of effects hold the planted effect as often as they say, and nothing is found where nothing was done."""

import numpy as np
import pytest

from tropa.insight.effects import Against, Outcome, Score, outcome_of, score_effect, share_effect
from tropa.stats.proportions import proportion

DRAWS = 2_000


def drawn(rng, share, people):
    return [proportion(int(count), people) for count in rng.binomial(people, share, DRAWS)]


@pytest.mark.parametrize(
    ("share", "growth", "people"),
    [
        (0.31, 0.26, 4_000),
        (0.28, 0.41, 3_000),
        (0.091, 0.57, 6_000),
        (0.1, 1.1, 1_500),
        (0.14, 0.38, 2_000),
        (0.1, 0.0, 900),
    ],
)
def test_the_interval_of_a_random_half_holds_the_growth_that_was_planted(share, growth, people):
    rng = np.random.default_rng(7)
    usual, cured = drawn(rng, share, people), drawn(rng, share * (1 + growth), people)
    made = [share_effect(one, other, None, Against.RANDOM) for one, other in zip(usual, cured, strict=True)]

    held = np.mean([one is not None and one.change.low <= growth <= one.change.high for one in made])
    assert 0.935 < held < 0.965


def test_difference_in_differences_holds_the_growth_under_a_season():
    rng = np.random.default_rng(8)
    spring, growth = 1.5, 0.3
    sides = [drawn(rng, share, 3_000) for share in (0.1, 0.1 * spring * (1 + growth), 0.08, 0.08 * spring)]
    made = [
        share_effect(was, now, (before, after), Against.LAST_YEAR)
        for was, now, before, after in zip(*sides, strict=True)
    ]

    held = np.mean([one is not None and one.change.low <= growth <= one.change.high for one in made])
    fooled = np.mean([one is not None and one.naive.low > growth for one in made])
    assert 0.935 < held < 0.965
    assert fooled > 0.9


def test_nothing_is_found_where_nothing_was_done():
    rng = np.random.default_rng(9)
    answers = rng.choice([-100.0, 0.0, 100.0], p=[0.2, 0.2, 0.6], size=(DRAWS, 2, 300))
    made = [
        score_effect(*(Score(float(one.mean()), 300, float(one.var(ddof=1))) for one in pair), None, Against.RANDOM)
        for pair in answers
    ]

    found = np.mean([outcome_of(one, more_is_better=True) is not Outcome.NOISE for one in made])
    assert 0.035 < found < 0.065
