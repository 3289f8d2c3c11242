import dataclasses
from datetime import date

import pytest

from builders.maps import a_business_map, a_map_of_40_orders, a_map_with, a_map_without_data, a_rich_map, a_short_map
from golden.lint.lint_cases import BREAKING, HARMLESS, Change, a_clean_map, guesses, on_cards, set_to, without
from tropa.domain.journeymap import Dismissal, JourneyMap, LaneKind
from tropa.lint.check import RULES, Severity, lint

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
