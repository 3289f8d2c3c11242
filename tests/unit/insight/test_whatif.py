"""What raising a share comes to, against sums worked out by hand."""

import numpy as np
import pytest

from tropa.errors import InvalidQueryError
from tropa.insight.whatif import Way, ceiling_of, outcome_of
from tropa.stats.proportions import proportion

WAY = Way(1000, (proportion(500, 1000), proportion(200, 500), proportion(150, 200)))


def test_a_raised_share_multiplies_through_the_rest_of_the_way():
    found = outcome_of(WAY, {1: 0.6})

    assert found.now == 150
    assert found.then.value == pytest.approx(1000 * 0.5 * 0.6 * 0.75)
    assert found.more.value == pytest.approx(75)
    assert found.conversion.value == pytest.approx(0.225)


def test_cures_together_multiply():
    one, other, both = (outcome_of(WAY, targets).more.value for targets in ({0: 0.6}, {1: 0.5}, {0: 0.6, 1: 0.5}))

    assert both == pytest.approx(1000 * 0.6 * 0.5 * 0.75 - 150)
    assert both > one + other


def test_the_interval_covers_what_another_sample_of_the_same_company_would_show():
    """True shares .5, .4, .75; the second raised to .5: 37.5 more results of 1,000 (95 % of 300 samples, fixed seed)."""
    rng = np.random.default_rng(7)
    covered = 0
    for _ in range(300):
        first = rng.binomial(1000, 0.5)
        second = rng.binomial(first, 0.4)
        third = rng.binomial(second, 0.75)
        if second / first >= 0.5:
            continue
        way = Way(1000, (proportion(first, 1000), proportion(second, first), proportion(third, second)))
        more = outcome_of(way, {1: 0.5}).more
        covered += more.low <= 37.5 <= more.high

    assert covered / 300 == pytest.approx(0.95, abs=0.035)


def test_a_target_that_is_no_raise_is_refused():
    with pytest.raises(InvalidQueryError, match=r"from 0\.400 to at most 1"):
        outcome_of(WAY, {1: 0.3})
    with pytest.raises(InvalidQueryError, match="no share 9"):
        outcome_of(WAY, {8: 0.9})


def test_the_ceiling_is_the_group_whose_interval_lies_highest():
    lucky, steady, small = proportion(9, 10), proportion(700, 1000), proportion(199, 199)

    found = ceiling_of(proportion(500, 1000), [[lucky, small], [steady]], least=200)

    assert found is not None
    assert (found.source, found.group, found.share) == (1, 0, steady)


def test_nothing_better_of_ones_own_is_no_ceiling():
    assert ceiling_of(proportion(500, 1000), [[proportion(510, 1000)]], least=200) is None
