import dataclasses
import math
import re
from datetime import date, timedelta

import numpy as np
import pytest

from tropa.domain.evidence import Baseline, Measurement, Unit
from tropa.domain.finding import Finding, FindingKind, FindingPlace
from tropa.domain.hypothesis import Hypothesis
from tropa.domain.journeymap import Match
from tropa.domain.period import Period
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import Language, Text
from tropa.insight.advice_words import Path
from tropa.insight.conditions import STAGE_FAMILIES, Condition
from tropa.insight.hypotheses import deed_of, hypothesise, smallest_effect
from tropa.insight.playbook import bets, playbook
from tropa.insight.recommendations import recommend
from tropa.stats.durations import median_interval
from tropa.stats.power import sample_size, spread_of_log_times

TEN_WEEKS = Period(date(2025, 1, 1), date(2025, 3, 11))
Z = 1.959964 + 0.841621  # two-sided α .05, power .8
PATH = Path(
    stages=(
        StageSpec(
            key="payment",
            name=Text(ru="Оплачиваю", en="Paying"),
            touchpoints=(
                TouchpointSpec(key="pay", name=Text(ru="Оплата", en="Payment"), match=Match(event=("pay",))),
                TouchpointSpec(key="receipt", name=Text(ru="Чек", en="Receipt"), match=Match(event=("receipt",))),
            ),
        ),
    )
)


def a_finding(**changes: object) -> Finding:
    usual = Finding(
        code="drop_off.payment",
        kind=FindingKind.DROP_OFF,
        stage="payment",
        touchpoint="pay",
        at=FindingPlace(event="pay", to_event="receipt"),
        segment={"device": "mobile"},
        metric="conversion",
        unit=Unit.SHARE,
        value=0.43,
        baseline=0.69,
        of=2_000,
        persons_affected=520,
        period=TEN_WEEKS,
        text=Text(ru="Находка", en="Finding"),
    )
    return dataclasses.replace(usual, **changes)


def the_hypothesis(finding: Finding, **per_week: float) -> Hypothesis:
    _, (hypothesis,) = hypothesise(recommend([finding], PATH), PATH, units_per_week=per_week)
    return hypothesis


def plain(text: Text, language: Language) -> str:
    return text.said_in(language).replace("\u00a0", " ")


def test_a_hypothesis_is_if_then_because_with_its_number_now() -> None:
    hypothesis = the_hypothesis(a_finding())
    ru, en = plain(hypothesis.text, Language.RU), plain(hypothesis.text, Language.EN)
    assert re.fullmatch(r"Если .+, то .+, потому что .+ \(это предположение, его и проверяем\)", ru)
    assert "то до шага «Чек» дойдут не 43 % (860 из 2 000), а ближе к 69 %, как у остальных" in ru
    assert re.fullmatch(r"If we .+, then .+, because .+ \(this is what the test is for\)", en)
    assert "then the share that gets to “Receipt” moves from 43% (860 of 2,000) towards the others' 69%" in en
    assert (hypothesis.value_now, hypothesis.of, hypothesis.metric) == (0.43, 2_000, "conversion")


def test_findings_carry_the_key_of_their_hypothesis() -> None:
    (finding,), (hypothesis,) = hypothesise(recommend([a_finding()], PATH), PATH, units_per_week={})
    assert finding.hypothesis == hypothesis.key


def test_two_hundred_people_a_week_are_counted_by_hand() -> None:
    """2,000 people in ten weeks; of a share of .10 an arm of 3,841 people shows a rise to .12 (Fleiss)."""
    assert sample_size(0.10, 0.12) == 3_841
    shown = smallest_effect(a_finding(value=0.10, baseline=0.2), 3_841)
    assert shown == pytest.approx(0.02, abs=0.0002)
    hypothesis = the_hypothesis(a_finding(value=0.10, baseline=0.2))
    assert [one.weeks for one in hypothesis.detectable] == [2, 4, 8]
    for one in hypothesis.detectable:
        per_arm = 200 * one.weeks / 2
        assert sample_size(0.10, 0.10 + one.effect) == pytest.approx(per_arm, rel=0.01)


def test_a_share_that_should_fall_is_tested_as_its_mirror() -> None:
    asks = a_finding(metric="contact_rate", kind=FindingKind.SEGMENT_GAP, value=0.30, baseline=0.12)
    spared = a_finding(value=0.70, baseline=0.88)
    assert smallest_effect(asks, 500) == smallest_effect(spared, 500)


def test_the_spread_of_times_is_read_off_the_interval_of_their_median() -> None:
    rng = np.random.default_rng(7)
    for spread in (0.4, 1.0, 1.6):
        times = np.sort(np.exp(rng.normal(8.0, spread, 20_000)))
        middle = median_interval(times)
        assert spread_of_log_times(middle.low, middle.high, 20_000) == pytest.approx(spread, rel=0.1)


@pytest.mark.parametrize(("low", "high", "of"), [(5.0, 5.0, 900), (0.0, 3.0, 900), (4.0, 6.0, 29)])
def test_times_that_tell_no_spread_have_the_usual_one(low: float, high: float, of: int) -> None:
    assert spread_of_log_times(low, high, of) == 1.0


def test_the_smallest_shortening_is_counted_by_hand() -> None:
    """Spread 1, 100 people an arm: 1 − e^(−2.8016·√(2/100)) = 32.7 % of the median."""
    waits = a_finding(
        kind=FindingKind.SLOW, metric="median_time", unit=Unit.SECONDS, value=1_000.0, baseline=200.0, of=20
    )
    assert smallest_effect(waits, 100) == pytest.approx(1_000 * (1 - math.exp(-Z * math.sqrt(0.02))), rel=1e-4)
    assert smallest_effect(waits, 100) == pytest.approx(327.1, abs=0.2)


def test_the_smallest_fall_of_a_mean_is_counted_by_hand() -> None:
    """2.4 ± .1 of 400 people: deviation .1/1.96·20 = 1.02; 200 an arm show 2.8016·1.02·√(2/200) = .286."""
    circles = a_finding(
        kind=FindingKind.LOOP, metric="returns_per_person", unit=Unit.RATIO, value=2.4, baseline=1.1, of=400,
        interval=(2.3, 2.5),
    )  # fmt: skip
    assert smallest_effect(circles, 200) == pytest.approx(0.2859, abs=0.001)
    assert smallest_effect(dataclasses.replace(circles, interval=None), 200) == math.inf


def test_where_hardly_anybody_comes_it_says_so_and_what_instead() -> None:
    hypothesis = the_hypothesis(a_finding(of=60))
    assert not hypothesis.testable
    assert hypothesis.instead is not None
    assert plain(hypothesis.instead, Language.RU).startswith(
        "Проверить A/B не получится: сюда приходит всего 6 клиентов в неделю. "
    )
    assert "only 6 customers a week" in plain(hypothesis.instead, Language.EN)


def test_where_the_gap_is_smaller_than_what_eight_weeks_show_it_says_both() -> None:
    hypothesis = the_hypothesis(a_finding(value=0.50, baseline=0.52))
    assert not hypothesis.testable
    assert hypothesis.instead is not None
    assert re.search(
        r"за 8 недель видна разница от 7 п\.п\., а выиграть можно 2 п\.п\. [А-Я]",
        plain(hypothesis.instead, Language.RU),
    )


def test_the_slower_of_stage_and_group_sets_the_traffic() -> None:
    wide, narrow = the_hypothesis(a_finding(), payment=1_000), the_hypothesis(a_finding(), payment=50)
    assert narrow.detectable[0].effect > wide.detectable[0].effect


def test_people_of_a_dated_finding_came_in_its_own_weeks() -> None:
    dated = a_finding(of=300, since=date(2025, 3, 1), period=Period(date(2025, 3, 1), date(2025, 4, 11)))
    assert the_hypothesis(dated).testable


@pytest.mark.parametrize(
    ("own_before", "words"), [(True, "ближе к 69 %, как раньше"), (False, "69 %, как у остальных")]
)
def test_a_hypothesis_compares_with_what_was_measured(own_before: bool, words: str) -> None:
    earlier = Period(date(2024, 1, 1), date(2024, 12, 31)) if own_before else None
    measured = Measurement(
        key="e1", metric="conversion", unit=Unit.SHARE, value=0.43, of=2_000, period=TEN_WEEKS,
        baseline=Baseline(value=0.69, of=900, period=earlier),
    )  # fmt: skip
    assert words in plain(the_hypothesis(a_finding(evidence=(measured,))).text, Language.RU)


@pytest.mark.parametrize(
    ("changes", "ru"),
    [
        (
            {"kind": FindingKind.SLOW, "metric": "median_time", "unit": Unit.SECONDS, "value": 777_600.0, "baseline": 172_800.0},
            "обычное ожидание сократится: сейчас 9 дней (2 000 клиентов), у остальных 2 дня",
        ),
        (
            {"kind": FindingKind.LOOP, "metric": "returns_per_person", "unit": Unit.RATIO, "value": 5.0, "baseline": 1.1},
            "кругов станет меньше: сейчас 5 раз (2 000 клиентов), у остальных 1,1 раза",
        ),
        ({"kind": FindingKind.MISSING_STAGE, "metric": "presence"}, "доля людей с этим шагом вырастет: сейчас 43 %"),
        ({"kind": FindingKind.SEGMENT_GAP, "metric": "repeat_share"}, "вернутся не 43 % (860 из 2 000), а ближе к 69 %"),
        ({"kind": FindingKind.CHANGE, "metric": "contact_rate"}, "за помощью пойдут не 43 %"),
    ],
)  # fmt: skip
def test_the_figure_that_should_move_is_said_as_what_it_counts(changes: dict[str, object], ru: str) -> None:
    assert ru in plain(the_hypothesis(a_finding(**changes)).text, Language.RU)


def test_growth_points_are_no_hypotheses_of_repair() -> None:
    findings = recommend([a_finding(kind=FindingKind.OPPORTUNITY)], PATH)
    assert hypothesise(findings, PATH, units_per_week={})[1] == ()


def may_meet(one: Condition, other: Condition) -> bool:
    mine, theirs = (
        {kind for stage in when.stages for kind in STAGE_FAMILIES.get(stage, {stage})} for when in (one, other)
    )
    return bool(set(one.problems) & set(other.problems)) and (not mine or not theirs or bool(mine & theirs))


def test_a_bet_is_not_the_recommendation_in_other_words() -> None:
    def words(text: Text, language: Language) -> frozenset[str]:
        return frozenset(re.findall(r"\w{5,}", text.said_in(language).casefold()))

    for language in Language:
        for bet in bets():
            for entry in playbook():
                if not may_meet(bet.when, entry.when):
                    continue
                mine, theirs = words(bet.deed, language), words(entry.text, language)
                assert len(mine & theirs) <= 0.5 * len(mine | theirs), (bet.key, entry.key)


def test_the_deed_stands_alone_on_a_card() -> None:
    hypothesis = the_hypothesis(a_finding(since=TEN_WEEKS.end - timedelta(days=30)))
    for language, end in ((Language.RU, ", то "), (Language.EN, ", then ")):
        deed = deed_of(hypothesis).said_in(language)
        assert deed[0].isupper()
        assert end not in deed
        assert len(deed) > 20
    for bet in bets():
        assert ", то " not in (bet.deed.ru or "")
        assert ", then " not in (bet.deed.en or "")
        assert "(" not in (bet.deed.ru or "") + (bet.deed.en or "")
        assert 1 <= bet.ease <= 10
        assert "потому что" not in (bet.reason.ru or "")
        assert "because" not in (bet.reason.en or "")
