import dataclasses
import re
from datetime import date

import pytest

from tropa.domain.evidence import Baseline, Measurement, Unit
from tropa.domain.finding import Finding, FindingKind
from tropa.domain.journeymap import Match
from tropa.domain.period import Period
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.insight.hypotheses import hypothesise
from tropa.insight.playbook import GROUP_WORDS, Entry, groups_of, playbook
from tropa.insight.recommendations import recommend

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
PAYMENT = StageSpec(
    key="payment",
    name=Text(ru="Оплачиваю", en="Paying"),
    touchpoints=(TouchpointSpec(key="payment", name=Text(ru="Оплата", en="Payment"), match=Match(event=("payment",))),),
)


def a_finding(**changes: object) -> Finding:
    usual = Finding(
        code="drop_off.payment",
        kind=FindingKind.DROP_OFF,
        stage="payment",
        touchpoint="payment",
        segment={"device": "mobile"},
        metric="conversion",
        unit=Unit.SHARE,
        value=0.43,
        baseline=0.69,
        of=2_000,
        persons_affected=520,
        period=YEAR,
        text=Text(ru="Находка", en="Finding"),
    )
    return dataclasses.replace(usual, **changes)


def a_finding_for(entry: Entry) -> Finding:
    """The plainest finding that meets an entry's conditions."""
    groups = {GROUP_WORDS[name][0]: "x" for name in entry.groups}
    if entry.pair:
        groups |= {"colour": "red", "size": "large"}
    return a_finding(
        kind=entry.kinds[0],
        segment=groups or None,
        metric=entry.metric or "conversion",
        since=date(2025, 3, 12) if entry.dated else None,
    )


def test_the_playbook_is_large_and_its_keys_are_unique() -> None:
    keys = [one.key for one in playbook()]
    assert len(keys) >= 60
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("entry", playbook(), ids=lambda one: one.key)
def test_every_entry_can_be_reached_and_speaks_both_languages(entry: Entry) -> None:
    finding = a_finding_for(entry)
    stage = entry.stages[0] if entry.stages else None
    assert entry.fits(finding, stage, entry.industries[0] if entry.industries else None)
    for text in (entry.text, entry.first_step, entry.not_when):
        assert re.search("[а-яё]", text.ru or "")
        assert re.search("[a-z]", text.en or "")
    assert "{place}" in (entry.text.ru or "")
    assert "{place}" in (entry.text.en or "")


def test_an_entry_is_taken_only_where_its_facts_hold() -> None:
    by_device = next(one for one in playbook() if one.key == "checkout-device")
    assert by_device.fits(a_finding(), "payment", None)
    assert not by_device.fits(a_finding(segment={"region": "Юг"}), "payment", None)
    assert not by_device.fits(a_finding(), "delivery", None)
    assert not by_device.fits(a_finding(kind=FindingKind.SLOW), "payment", None)


def test_a_rendered_recommendation_names_the_place_the_group_and_the_number() -> None:
    (advised,) = recommend([a_finding()], [PAYMENT])
    assert advised.recommendation is not None
    ru, en = advised.recommendation.text.ru or "", advised.recommendation.text.en or ""
    assert "«Оплата»" in ru
    assert "43\u00a0%" in ru
    assert "69\u00a0%" in ru
    assert "860\u00a0" not in ru
    assert "“Payment”" in en
    assert "43% (860 of" in en.replace("\u00a0", " ")
    assert "69%" in en


def test_two_findings_of_a_kind_get_different_advice() -> None:
    advised = recommend([a_finding(), a_finding(code="other")], [PAYMENT])
    assert advised[0].recommendation is not None
    assert advised[1].recommendation is not None
    assert advised[0].recommendation.key != advised[1].recommendation.key


def test_the_largest_loss_is_key_and_a_dated_one_that_concerns_many_is_urgent() -> None:
    dated = a_finding(code="dated", since=date(2025, 3, 12))
    small = a_finding(code="small", persons_affected=3)
    urgencies = [
        one.recommendation.urgency for one in recommend([a_finding(), dated, small], [PAYMENT]) if one.recommendation
    ]
    assert urgencies == ["key", "urgent", "ordinary"]


def test_a_hypothesis_says_what_this_traffic_can_show() -> None:
    findings = recommend([a_finding()], [PAYMENT])
    (finding,), (hypothesis,) = hypothesise(findings, weeks_of_data=10, units_per_week={"payment": 400})
    assert finding.hypothesis == hypothesis.key
    assert hypothesis.testable
    assert [one.weeks for one in hypothesis.detectable] == [2, 4, 8]
    effects = [one.effect for one in hypothesis.detectable]
    assert effects == sorted(effects, reverse=True)
    assert (hypothesis.text.ru or "").startswith("Если")
    assert "потому что" in (hypothesis.text.ru or "")


def test_where_a_test_cannot_show_the_gap_it_says_so_and_what_instead() -> None:
    findings = recommend([a_finding(of=60)], [PAYMENT])
    _, (hypothesis,) = hypothesise(findings, weeks_of_data=50, units_per_week={"payment": 2})
    assert not hypothesis.testable
    assert hypothesis.instead is not None
    assert "Проверить A/B не получится" in (hypothesis.instead.ru or "")


def test_growth_points_are_no_hypotheses_of_repair() -> None:
    findings = recommend([a_finding(kind=FindingKind.OPPORTUNITY)], [PAYMENT])
    assert hypothesise(findings, weeks_of_data=10, units_per_week={})[1] == ()


def test_a_channel_that_does_worse_is_never_advised_to_grow() -> None:
    worse = a_finding(kind=FindingKind.CHANNEL_GAP, segment={"channel": "x"})
    (advised,) = recommend([worse], [PAYMENT])
    assert advised.recommendation is not None
    assert advised.recommendation.key == "gap-channel"


@pytest.mark.parametrize(("metric", "prefix"), [("repeat_share", "return-"), ("contact_rate", "contacts-")])
@pytest.mark.parametrize("segment", [{"device": "mobile"}, {"region": "x"}, None])
def test_who_comes_back_or_asks_for_help_is_not_answered_with_advice_about_passing_a_step(
    metric: str, prefix: str, segment: dict[str, str] | None
) -> None:
    (advised,) = recommend([a_finding(kind=FindingKind.SEGMENT_GAP, metric=metric, segment=segment)], [PAYMENT])
    assert advised.recommendation is not None
    assert advised.recommendation.key.startswith(prefix)


@pytest.mark.parametrize("name", ["diagnosis", "cost", "position", "capacity", "часть", "newsletter", "resource_id"])
def test_a_property_is_told_by_its_words_and_not_by_letters_inside_them(name: str) -> None:
    assert groups_of(a_finding(segment={name: "x"})) == frozenset()


@pytest.mark.parametrize(("own_before", "words"), [(True, "раньше было 69"), (False, "у остальных 69")])
def test_a_hypothesis_compares_with_what_was_measured(own_before: bool, words: str) -> None:
    earlier = Period(date(2024, 1, 1), date(2024, 12, 31)) if own_before else None
    measured = Measurement(
        key="e1",
        metric="conversion",
        unit=Unit.SHARE,
        value=0.43,
        of=2_000,
        period=YEAR,
        baseline=Baseline(value=0.69, of=900, period=earlier),
    )
    findings = recommend([a_finding(evidence=(measured,))], [PAYMENT])
    _, (hypothesis,) = hypothesise(findings, weeks_of_data=10, units_per_week={})
    assert words in (hypothesis.text.ru or "")
    assert "860 из" in (hypothesis.text.ru or "")


def test_people_of_a_dated_finding_came_in_its_own_weeks() -> None:
    dated = a_finding(of=300, since=date(2025, 3, 1), period=Period(date(2025, 3, 1), date(2025, 4, 11)))
    _, (late,) = hypothesise(recommend([dated], [PAYMENT]), weeks_of_data=100, units_per_week={})
    assert late.testable
