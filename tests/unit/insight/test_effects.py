"""Whether a change works: against what happened without it, and never on noise."""

import pytest

from tropa.insight.effects import Against, Outcome, Score, outcome_of, score_effect, share_effect
from tropa.stats.proportions import proportion

NPS_VARIANCE = 100.0**2 * 0.75


def test_a_random_half_grows_as_many_times_as_the_shares_say():
    made = share_effect(proportion(400, 4_000), proportion(504, 4_000), None, Against.RANDOM)

    assert made is not None
    assert made.change.value == pytest.approx(0.26)
    assert made.change.low < 0.26 < made.change.high
    assert outcome_of(made, more_is_better=True) is Outcome.BETTER
    assert outcome_of(made, more_is_better=False) is Outcome.WORSE


def test_spring_is_not_taken_for_success():
    """Everybody buys half as often again in spring, this year and last: before and after says +50 %, and it is nothing."""
    this_year = proportion(200, 2_000), proportion(300, 2_000)
    last_year = proportion(160, 2_000), proportion(240, 2_000)
    made = share_effect(*this_year, last_year, Against.LAST_YEAR)

    assert made is not None
    assert made.naive.value == pytest.approx(0.5)
    assert made.naive.low > 0
    assert made.change.value == pytest.approx(0.0, abs=1e-9)
    assert outcome_of(made, more_is_better=True) is Outcome.NOISE


def test_nps_up_by_two_points_seven_on_nine_hundred_answers_is_noise():
    made = score_effect(Score(41.0, 900, NPS_VARIANCE), Score(43.7, 900, NPS_VARIANCE), None, Against.NOBODY)

    assert made is not None
    assert made.change.value == pytest.approx(2.7)
    assert made.change.low < -4 < 10 < made.change.high + 1
    assert outcome_of(made, more_is_better=True) is Outcome.NOISE


def test_an_effect_that_many_looks_explain_is_noise():
    made = share_effect(proportion(100, 1_000), proportion(130, 1_000), None, Against.RANDOM)

    assert made is not None
    assert made.is_sure
    assert outcome_of(made, more_is_better=True, q_value=0.2) is Outcome.NOISE


@pytest.mark.parametrize(("before", "after"), [((5, 20), (9, 400)), ((0, 400), (9, 400)), ((400, 400), (9, 400))])
def test_of_few_people_or_none_who_came_nothing_is_said(before, after):
    made = share_effect(proportion(*before), proportion(*after), None, Against.RANDOM)

    assert made is None
    assert outcome_of(made, more_is_better=True) is Outcome.FEW


def test_twenty_answers_have_no_score():
    assert score_effect(Score(10, 20, 1.0), Score(50, 900, 1.0), None, Against.NOBODY) is None
