from datetime import date

import pytest
from builders.said import said

from tropa.domain.hearing import SurveyKind
from tropa.texts.surveys import SurveyAnswer, answers_in, nps, survey_scores


def answers(kind: SurveyKind, *marks: tuple[float, int], scale: tuple[float, float] = (0, 10)) -> list[SurveyAnswer]:
    values = [value for value, times in marks for _ in range(times)]
    return [SurveyAnswer(kind=kind, speaker=f"p{i}", value=value, scale=scale) for i, value in enumerate(values)]


def test_nps_is_promoters_minus_detractors_with_the_adjusted_wald_interval() -> None:
    """By hand: 50.75, 31.5 and 20.75 of 103; centre .291262, variance .609341 / 103, ± 1.959964 × .076915."""
    score, low, high = nps(20, 100, 50)
    assert score == pytest.approx(30)
    assert (low, high) == (pytest.approx(14.051, abs=0.001), pytest.approx(44.201, abs=0.001))


def test_nps_of_equal_answers_still_has_an_interval() -> None:
    score, low, high = nps(0, 30, 30)
    assert score == 100
    assert low < 95 < high <= 100


def test_nps_counts_9_and_10_as_promoters_and_up_to_6_as_detractors() -> None:
    (score,) = survey_scores(answers(SurveyKind.NPS, (10, 12), (9, 8), (8, 6), (7, 4), (6, 5), (0, 5)))
    assert (score.answers, score.high_marks, score.middle, score.low_marks) == (40, 20, 10, 10)
    assert score.value == pytest.approx(25)


def test_csat_is_the_share_of_the_two_best_boxes_with_wilsons_interval() -> None:
    (score,) = survey_scores(answers(SurveyKind.CSAT, (5, 40), (4, 20), (3, 25), (1, 15), scale=(1, 5)))
    assert score.value == pytest.approx(0.6)
    assert (score.low, score.high) == (pytest.approx(0.50200, abs=1e-4), pytest.approx(0.69060, abs=1e-4))


def test_ces_is_easy_from_5_of_7() -> None:
    (score,) = survey_scores(answers(SurveyKind.CES, (7, 10), (5, 10), (4, 10), (3, 5), (1, 5), scale=(1, 7)))
    assert (score.high_marks, score.middle, score.low_marks) == (20, 10, 10)
    assert score.mean == pytest.approx((70 + 50 + 40 + 15 + 5) / 40)


def test_below_30_answers_there_are_only_counts() -> None:
    (score,) = survey_scores(answers(SurveyKind.NPS, (10, 20), (3, 9)))
    assert (score.answers, score.value, score.low, score.high) == (29, None, None, None)


def test_a_person_answers_once_the_newest_counts_and_groups_are_apart() -> None:
    told = [
        SurveyAnswer(kind=SurveyKind.NPS, speaker="ann", value=2, scale=(0, 10), day=date(2026, 1, 3)),
        SurveyAnswer(kind=SurveyKind.NPS, speaker="ann", value=10, scale=(0, 10), day=date(2026, 2, 3)),
        SurveyAnswer(
            kind=SurveyKind.NPS, speaker="bob", value=7, scale=(0, 10), day=date(2026, 2, 5), groups=(("stage", "pay"),)
        ),
    ]
    every, stage, january, february = survey_scores(told)
    assert (every.answers, every.high_marks, every.low_marks) == (2, 1, 0)
    assert (stage.group, stage.answers) == (("stage", "pay"), 1)
    assert (january.group, january.low_marks) == (("month", "2026-01"), 1)
    assert (february.group, february.answers) == (("month", "2026-02"), 2)


def test_stars_are_no_survey() -> None:
    lines = [said("ann", "супер", mark=5), said("bob", "супер", mark=9, scale=(0.0, 10.0))]
    assert [one.value for one in answers_in(lines)] == [9]
