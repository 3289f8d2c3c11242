"""Importance and verdicts: from losses above the usual, never from traffic."""

from dataclasses import replace
from datetime import date, timedelta

from tropa.analysis.flow import PlaceFlow
from tropa.domain.evidence import Unit
from tropa.domain.finding import Finding, FindingKind, Money
from tropa.domain.journeymap import VerdictState
from tropa.domain.period import Period
from tropa.domain.project import StageSpec
from tropa.domain.text import Text
from tropa.insight.importance import importance_of, verdicts_of
from tropa.stats.proportions import proportion

STAGES = tuple(StageSpec(key=key, name=Text(ru=key, en=key)) for key in ("find", "choose", "buy"))


def _place(persons: int, went_on: int | None) -> PlaceFlow:
    return PlaceFlow(
        persons=persons,
        events=persons,
        went_on=None if went_on is None else proportion(went_on, persons),
        window=timedelta(days=1),
        censored=0,
        lost=persons - (went_on or persons),
        went_to=(),
        lost_to=(),
        returns=(),
        to_next=None,
    )


def _finding(stage: str, people: int, *, money: int | None = None, kind=FindingKind.DROP_OFF) -> Finding:
    return Finding(
        code=f"{kind}.{stage}.{people}",
        kind=kind,
        stage=stage,
        metric="conversion",
        unit=Unit.SHARE,
        value=0.4,
        of=1000,
        persons_affected=people,
        period=Period(date(2025, 1, 1), date(2025, 2, 1)),
        money=None if money is None else Money(amount=money, low=money, high=money, currency="RUB"),
        text=Text(ru="т", en="t"),
    )


FLOW = (_place(10_000, 8_000), _place(8_000, 6_000), _place(6_000, None))


def test_a_stage_matters_by_its_share_of_what_is_lost_not_by_traffic():
    found = importance_of(FLOW, [_finding("choose", 900), _finding("buy", 100)], STAGES)
    assert [one.value for one in found] == [1, 5, 2]


def test_every_importance_has_a_reason_in_both_languages():
    for one in importance_of(FLOW, [_finding("choose", 900)], STAGES):
        assert one.reason.ru
        assert one.reason.en


def test_without_findings_a_stage_that_loses_more_than_the_others_matters():
    flow = (_place(1000, 900), _place(900, 300), _place(300, 270))
    values = [one.value for one in importance_of(flow, [], STAGES)]
    assert values.index(max(values)) == 1
    assert min(values) == 1


def test_complaints_make_a_stage_important_too():
    found = importance_of(FLOW, [_finding("choose", 900)], STAGES, spoken={"buy": 0.6})
    assert found[2].value == 5
    assert "60" in found[2].reason.ru


def test_growth_points_are_no_losses():
    found = importance_of(FLOW, [_finding("buy", 900, kind=FindingKind.OPPORTUNITY)], STAGES)
    assert "находки" not in found[2].reason.ru


def test_verdicts_follow_findings_losses_and_the_number_of_people():
    flow = (_place(1000, 900), _place(900, 800), _place(12, None))
    states = [one.state for one in verdicts_of(flow, [_finding("find", 500), _finding("choose", 40)], STAGES)]
    assert states == [VerdictState.FIX, VerdictState.ATTENTION, VerdictState.FEW_DATA]


def test_a_stage_that_loses_most_people_needs_attention_even_without_a_finding():
    states = [one.state for one in verdicts_of((_place(1000, 300), _place(300, 280), _place(280, None)), [], STAGES)]
    assert states == [VerdictState.ATTENTION, VerdictState.OK, VerdictState.OK]


def test_money_makes_a_small_finding_worth_fixing():
    findings = [_finding("find", 50, money=9_000_000), _finding("choose", 500, money=100)]
    assert verdicts_of(FLOW, findings, STAGES)[0].state is VerdictState.FIX


def test_few_data_are_counted_in_what_the_map_follows_and_nothing_recorded_is_not_zero_people() -> None:
    flow = (_place(0, None), _place(1, 1), replace(_place(40, 12), censored=25))
    said = [one.text.ru for one in verdicts_of(flow, [], STAGES, unit="case")]
    assert said == [
        "Мало данных: о пути здесь ничего не записано",
        "Мало данных: здесь 1\u00a0заявка, нужно от 30",
        "Мало данных: здесь 40\u00a0заявок, срок вышел у 15, нужно от 30",
    ]


def test_a_problem_of_cases_is_not_counted_in_people() -> None:
    (verdict, *_) = verdicts_of((_place(900, 300),), [_finding("find", 155)], STAGES[:1], unit="case")
    assert verdict.text.ru == "Одна проблема, она затронула: 155\u00a0заявок"
    assert verdict.text.en == "One problem, it touched 155\u00a0cases"
