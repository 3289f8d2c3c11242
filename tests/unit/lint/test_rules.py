import dataclasses
from datetime import date

import pytest

from builders.maps import a_business_map, a_map_of_40_orders, a_map_with, a_map_without_data, a_rich_map, a_short_map
from builders.pieces import voices
from golden.lint.lint_cases import (
    BREAKING,
    HARMLESS,
    MARINA,
    VASILY,
    Change,
    a_clean_map,
    guesses,
    on_cards,
    set_to,
    without,
)
from tropa.domain.journeymap import Dismissal, JourneyMap, LaneKind, Persona
from tropa.domain.text import Text
from tropa.lint.check import RULES, Severity, lint, with_facts

TODAY = date(2025, 11, 15)
FEWEST = 3


def codes_of(journey: JourneyMap) -> set[str]:
    return {one.code for one in lint(journey, today=TODAY)}


def test_a_clean_map_breaks_no_rule() -> None:
    assert lint(a_clean_map(), today=TODAY) == ()


def test_every_rule_has_three_breaking_and_three_harmless_maps() -> None:
    for code in RULES:
        assert len(BREAKING[code]) >= FEWEST
        assert len(HARMLESS[code]) >= FEWEST
    assert set(BREAKING) == set(HARMLESS) == set(RULES)


@pytest.mark.parametrize(
    ("code", "change"), [pytest.param(code, one, id=f"{code}-{n}") for code, all_ in BREAKING.items() for n, one in enumerate(all_)]
)  # fmt: skip
def test_a_breaking_map_is_reported(code: str, change: Change) -> None:
    assert code in codes_of(change(a_clean_map()))


@pytest.mark.parametrize(
    ("code", "change"), [pytest.param(code, one, id=f"{code}-{n}") for code, all_ in HARMLESS.items() for n, one in enumerate(all_)]
)  # fmt: skip
def test_a_map_that_nearly_breaks_a_rule_is_not_reported(code: str, change: Change) -> None:
    assert code not in codes_of(change(a_clean_map()))


@pytest.mark.parametrize("code", sorted(BREAKING))
def test_each_remark_speaks_both_languages_and_names_a_record_once(code: str) -> None:
    for change in BREAKING[code]:
        remarks = lint(change(a_clean_map()), today=TODAY)
        assert len({(one.code, one.record) for one in remarks}) == len(remarks)
        for one in remarks:
            assert all(text.ru and text.en for text in (one.text, one.why, one.first_step))
            assert one.text.ru != one.why.ru


@pytest.mark.parametrize("code", sorted(BREAKING))
def test_a_dismissal_hides_a_remark_while_its_fact_holds(code: str) -> None:
    broken = BREAKING[code][0](a_clean_map())
    remark = next(one for one in lint(broken, today=TODAY) if one.code == code)
    aside = Dismissal(key="d", code=code, record=remark.record, reason="Знаем", fact=remark.fact)
    again = [one for one in lint(dataclasses.replace(broken, dismissals=(aside,)), today=TODAY) if one.code == code]
    assert [one.dismissed for one in again if one.record == remark.record] == [aside]
    old = dataclasses.replace(aside, fact="another")
    again = [one for one in lint(dataclasses.replace(broken, dismissals=(old,)), today=TODAY) if one.code == code]
    assert [one.dismissed for one in again if one.record == remark.record] == [None]


def test_a_dismissal_is_reopened_when_what_the_rule_saw_changes() -> None:
    broken = guesses("use", 2)(a_clean_map())
    remark = next(one for one in lint(broken) if one.code == "TR203")
    aside = Dismissal(key="d", code="TR203", record="use", reason="Проверим в марте", fact=remark.fact)
    more = guesses("use", 5)(a_clean_map())
    assert (
        next(one for one in lint(dataclasses.replace(more, dismissals=(aside,))) if one.code == "TR203").dismissed
        is None
    )


def test_a_dismissal_without_a_reason_hides_nothing() -> None:
    broken = set_to(goal=None, dismissals=(Dismissal(key="d", code="TR201", reason=" "),))(a_clean_map())
    assert [one.dismissed for one in lint(broken)] == [None]


def test_equal_remarks_are_folded() -> None:
    journey = without(LaneKind.RECOMMENDATION, LaneKind.HYPOTHESIS)(a_rich_map())
    pains = [one for one in lint(journey) if one.code == "TR207"]
    assert len(pains) == len({one.stage for one in pains})
    unowned = on_cards(LaneKind.RECOMMENDATION, owner=None)(a_map_with())
    assert sum(one.code == "TR208" for one in lint(unowned)) == 1


def test_errors_come_first() -> None:
    journey = BREAKING["TR103"][0](set_to(goal=None)(a_rich_map()))
    order = [list(Severity).index(one.severity) for one in lint(journey)]
    assert order == sorted(order)
    assert order[0] == 0


@pytest.mark.parametrize(
    "journey",
    [a_rich_map(), a_map_with(), a_short_map(), a_map_of_40_orders(), a_map_without_data(), a_business_map()],
    ids=lambda one: one.key,
)
def test_maps_of_the_builders_have_no_errors_and_no_flood(journey: JourneyMap) -> None:
    remarks = lint(journey)
    assert [one for one in remarks if one.severity is Severity.ERROR] == []
    assert len(remarks) <= 10


def test_a_dismissal_without_a_fact_takes_the_present_one() -> None:
    broken = guesses("use", 2)(a_clean_map())
    aside = Dismissal(key="d", code="TR203", record="use", reason="Проверим в марте")
    built = with_facts(dataclasses.replace(broken, dismissals=(aside,)))
    (kept,) = built.dismissals
    assert kept == dataclasses.replace(aside, fact=kept.fact)
    assert kept.fact == next(one.fact for one in lint(broken) if one.code == "TR203")
    assert with_facts(built) is built
    more = dataclasses.replace(guesses("use", 5)(a_clean_map()), dismissals=(kept,))
    assert [one.dismissed for one in lint(more) if one.code == "TR203"] == [None]


def test_a_dismissal_of_what_is_not_there_does_not_hide_what_comes_later() -> None:
    aside = Dismissal(key="d", code="TR201", reason="Цель обсуждаем")
    (kept,) = with_facts(set_to(dismissals=(aside,))(a_clean_map())).dismissals
    later = set_to(goal=None, dismissals=(kept,))(a_clean_map())
    assert [one.dismissed for one in lint(later) if one.code == "TR201"] == [None]


def test_old_data_may_be_dismissed_on_any_day_until_newer_come() -> None:
    aside = Dismissal(key="d", code="TR210", reason="Выгрузка раз в год")
    (kept,) = with_facts(set_to(dismissals=(aside,))(a_clean_map())).dismissals
    late = date(2027, 1, 1)
    old = set_to(dismissals=(kept,))(a_clean_map())
    assert [one.dismissed for one in lint(old, today=late) if one.code == "TR210"] == [kept]
    assert old.provenance is not None
    newer = dataclasses.replace(old, provenance=dataclasses.replace(old.provenance, as_of=date(2026, 1, 31)))
    assert [one.dismissed for one in lint(newer, today=late) if one.code == "TR210"] == [None]


@pytest.mark.parametrize(
    "words",
    [
        "мужчины и женщины 25–45, ценят качество",
        "все, кто хочет сэкономить",
        "18–65, above-average income",
        "Everyone who wants to save",
        "Любой владелец смартфона",
        "Активные люди от 20 до 50",
        "Женщины 25+, следят за собой",
    ],
)
def test_a_persona_who_is_everybody_is_a_monster(words: str) -> None:
    for name in (Text(ru=words), Text(en=words)):
        assert "TR202" in codes_of(set_to(personas=(Persona(key="m", name=name, draft=False),))(a_clean_map()))


@pytest.mark.parametrize(
    "words",
    [
        MARINA,
        VASILY,
        "Ольга, 41, логист; сыну 9; сравнивает три школы вечером с телефона; боится, что «опять бросит через месяц»",
        "Андрей и Света, 38 и 36, двое детей, ездят раз в год, боятся «сюрпризов на месте»",
        "Игорь, 44, собственник оконного завода, считает потерянные заявки в тетради",
    ],
)
def test_somebody_is_no_monster(words: str) -> None:
    assert "TR202" not in codes_of(
        set_to(personas=(Persona(key="m", name=Text(ru=words), draft=False),))(a_clean_map())
    )


def test_a_map_without_data_gets_one_friendly_remark() -> None:
    (remark,) = lint(a_map_without_data(), today=TODAY)
    assert remark.code == "TR304"
    assert remark.severity is Severity.NOTE
    assert "предположений 20" in (remark.text.ru or "")


def test_one_answer_brings_the_other_rules_back() -> None:
    begun = a_map_without_data()
    first, *others = begun.cards
    told = dataclasses.replace(first, evidence=(voices("v", 1, 1),))
    codes = codes_of(dataclasses.replace(begun, cards=(told, *others)))
    assert "TR304" not in codes
    assert "TR203" in codes
