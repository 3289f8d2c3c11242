import math

import pytest

from tropa.errors import InvalidQueryError
from tropa.stats.proportions import difference, proportion, two_proportions_p


def test_wilson_gives_the_published_interval():
    found = proportion(81, 263)  # Newcombe 1998, table I: 0.2553 to 0.3662

    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    assert found.value == 81 / 263


def test_nobody_is_anything_from_none_to_all():
    assert (proportion(0, 0).value, proportion(0, 0).low, proportion(0, 0).high) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize("of", [1, 20, 1000])
def test_none_and_all_keep_their_own_end(of):
    assert proportion(0, of).low == 0.0 < proportion(0, of).high
    assert proportion(of, of).high == 1.0 > proportion(of, of).low


@pytest.mark.parametrize(("count", "of"), [(-1, 5), (6, 5)])
def test_more_than_all_is_refused(count, of):
    with pytest.raises(InvalidQueryError, match="0 ≤ count ≤ of"):
        proportion(count, of)


def test_newcombe_gives_the_published_difference():
    found = difference(proportion(56, 70), proportion(48, 80))  # Newcombe 1998, table II, method 10

    assert (round(found.value, 4), round(found.low, 4), round(found.high, 4)) == (0.2, 0.0524, 0.3339)


def test_a_large_sample_gives_the_score_test():
    pooled = (430 + 300) / 1500
    z = (430 / 800 - 300 / 700) / math.sqrt(pooled * (1 - pooled) * (1 / 800 + 1 / 700))

    assert two_proportions_p(430, 800, 300, 700) == pytest.approx(math.erfc(z / math.sqrt(2)))


def test_a_small_sample_gives_the_exact_mid_p():
    # the lady tasting tea, 3 of 4: tables with probabilities 1, 16, 36, 16, 1 of 70
    assert two_proportions_p(3, 4, 1, 4) == pytest.approx((2 * 1 + 0.5 * 2 * 16) / 70)


def test_no_one_to_compare_with_is_no_difference():
    assert two_proportions_p(0, 0, 5, 9) == 1.0


def test_the_order_of_the_groups_does_not_matter():
    assert two_proportions_p(2, 30, 9, 40) == pytest.approx(two_proportions_p(9, 40, 2, 30))
