"""Tables of costs and arguments as people fill them in, and what is said of their faults."""

from collections.abc import Sequence

import pytest

from tropa.domain.argument import ArgumentKind
from tropa.domain.buying import BuyingClassSpec
from tropa.domain.ownership import CostKind, CostTable, Role, Span
from tropa.domain.text import Language, Text
from tropa.errors import ConfigError
from tropa.intake.arguments import arguments
from tropa.intake.cost_table import NEEDED, cost_table
from tropa.intake.data_forms import ARGUMENT_FORM, COST_FORM
from tropa.intake.data_ownership import ARGUMENT_HEADS, COST_HEADS
from tropa.intake.placed_rows import placed_rows

HEADS = ("вид", "статья", "вариант", "год", "не меньше", "вероятно", "не больше", "допущение", "источник")


def read(*rows: Sequence[str], heads: Sequence[str] = HEADS, years: int | None = None) -> CostTable:
    numbered = list(enumerate(rows, 2))
    return cost_table(placed_rows(heads, numbered, COST_HEADS, file="tco.csv", needed=NEEDED), years=years)


def test_a_line_is_read_with_its_range_its_source_and_its_money() -> None:
    found = read(("Цена", "Подписка", "Мы", "2+", "90,5", "100 ₽", "1 120,5", "8 мест", "Тарифы"))
    (line,) = found.lines
    assert (line.kind, line.year, line.onward, line.amount) == (CostKind.PRICE, 2, True, Span(90.5, 100, 1120.5))
    assert (found.currency, found.years, found.alternatives) == ("RUB", 3, {"Мы": Role.OURS})
    assert found.years_of(line) == (2, 3)


@pytest.mark.parametrize("language", list(Language))
def test_the_forms_are_read_as_they_are_written(language: Language) -> None:
    place = 0 if language is Language.RU else 1
    heads = [one[place] for one in COST_HEADS.values()]
    found = read(*COST_FORM[language], heads=heads)
    assert set(found.alternatives.values()) == set(Role)
    heads = [one[place] for one in ARGUMENT_HEADS.values()]
    rows = placed_rows(heads, list(enumerate(ARGUMENT_FORM[language], 2)), ARGUMENT_HEADS, file="fab.csv", needed=())
    assert {one.kind for one in arguments(rows)} == set(ArgumentKind)


@pytest.mark.parametrize(
    ("row", "place"),
    [
        (("ценник", "x", "Мы", "", "", "1", ""), "tco.csv:2:1, kind"),
        (("цена", "x", "Мы", "0", "", "1", ""), "tco.csv:2:4, year"),
        (("цена", "x", "Мы", "", "5", "1", ""), "tco.csv:2:6, likely"),
        (("цена", "x", "Мы", "", "", "много", ""), "tco.csv:2:6, likely"),
        (("цена", "x", "Мы", "", "", "-5", ""), "tco.csv:2:6, likely"),
        (("цена", "x", "Мы", "", "", "", ""), "tco.csv:2:6, likely"),
        (("цена", "x", "Они", "", "", "1", ""), "tco.csv:2:3, alternative"),
    ],
)
def test_a_fault_names_its_line_and_column(row: Sequence[str], place: str) -> None:
    with pytest.raises(ConfigError) as raised:
        read(row)
    assert str(raised.value.place) == place
    assert raised.value.hint


def test_a_fourth_alternative_is_one_too_many() -> None:
    rows = [("цена", "x", name, "", "", "1", "") for name in ("Мы", "Ничего не делать", "А", "Б", "В", "Г")]
    with pytest.raises(ConfigError) as raised:
        read(*rows)
    assert raised.value.place.line == 7


def test_a_needed_column_that_is_not_there_is_named_in_both_languages() -> None:
    with pytest.raises(ConfigError, match=r"вероятно.*likely"):
        read(("цена", "Мы"), heads=("вид", "вариант"))


def test_an_argument_is_for_a_class_that_exists() -> None:
    heads = ("кому", "выгода")
    own = (BuyingClassSpec(key="engineer", name=Text(ru="Технолог", en="Engineer")),)

    def told(buyer: str) -> str | None:
        rows = placed_rows(heads, [(2, (buyer, "Меньше брака"))], ARGUMENT_HEADS, file="fab.csv", needed=("benefit",))
        return arguments(rows, own)[0].buyer

    assert (told("ЭП"), told("технолог"), told("end user")) == ("economic_buyer", "engineer", "end_user")
    for nobody in ("кто-то", ""):
        with pytest.raises(ConfigError):
            told(nobody)
