"""Complaints of a stage: whose, of how many, month by month; marks of surveys by stage, source and month."""

from builders.said import said
from tropa.domain.evidence import MarkKind, Rating
from tropa.domain.hearing import Direction, SurveyKind
from tropa.domain.voice import Mark
from tropa.texts.stage_moods import stage_moods
from tropa.texts.surveys import answers_in, survey_scores
from tropa.texts.trends import calendar_of

STAGES = {"courier": "wait", "packaging": "wait", "price": "choice"}


def test_a_person_counts_once_at_a_stage_whatever_they_speak_of():
    lines = [
        said("ann", "Курьер опоздал", "courier"),
        said("ann", "Коробка мятая", "packaging"),
        said("bob", "Дёшево", "price", value=1),
    ]
    choice, wait = stage_moods(lines, STAGES, None)
    assert (wait.stage, wait.negative.count, wait.negative.of) == ("wait", 1, 1)
    assert (choice.stage, choice.negative.count, choice.negative.of) == ("choice", 0, 1)


def test_a_month_is_of_those_who_spoke_of_the_stage_in_it():
    calm = [said(f"a{n}", "Курьер вежливый", "courier", value=1, day=n % 28) for n in range(60)]
    angry = [said(f"b{n}", "Курьер опоздал", "courier", day=31 + n % 28) for n in range(60)]
    beside = [said(f"c{n}", "Дёшево", "price", value=1, day=n % 59) for n in range(100)]
    lines = [*calm, *angry, *beside]
    wait = next(one for one in stage_moods(lines, STAGES, calendar_of(lines)) if one.stage == "wait")
    assert [(one.share.count, one.share.of) for one in wait.trend.months] == [(0, 60), (60, 60)]
    assert wait.trend.direction is Direction.RISING


def answer(person, value, *, question="Оцените доставку", source="site", day=0, text="", **more):
    mark = Mark(kind=MarkKind.CSAT, rating=Rating(value=value, scale=(1.0, 5.0)), question=question)
    return said(person, text or f"Ответ {person}", day=day, source=source, marks=(mark,), **more)


def test_answers_are_told_by_stage_source_and_month_without_words_too():
    lines = [answer(f"p{n}", 5 if n % 2 else 1, source="site" if n < 40 else "shop", day=n) for n in range(60)]
    scores = survey_scores(answers_in(lines, lambda question: "delivery" if "доставк" in question else None))
    by_group = {one.group: one for one in scores}
    assert by_group[None].kind is SurveyKind.CSAT
    assert (by_group[None].answers, by_group[None].high_marks) == (60, 30)
    assert by_group["stage", "delivery"].answers == 60
    assert by_group["source", "site"].answers == 40
    assert (by_group["source", "shop"].answers, by_group["source", "shop"].value) == (20, None)
    assert by_group["month", "2026-01"].answers == 31
    assert by_group[None].low < by_group[None].value < by_group[None].high


def test_what_employees_mark_is_no_answer():
    assert not answers_in([answer("p1", 5, reported=True)])
