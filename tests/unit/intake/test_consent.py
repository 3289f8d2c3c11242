import pytest

from tropa.intake.columns import read_columns
from tropa.intake.consent import Consent, consent_of
from tropa.intake.roles import best, consent
from tropa.intake.table import FoundFormat, FoundTable


@pytest.mark.parametrize(
    ("head", "value", "said"),
    [
        ("Согласие на рассылку", "Да", Consent.YES),
        ("Согласие на рассылку", "нет", Consent.NO),
        ("Согласие на рассылку", "Не согласен", Consent.NO),
        ("Согласие на рассылку", "", Consent.UNSAID),
        ("Согласие на рассылку", "спросить у Пети", Consent.UNSAID),
        ("Согласие", "12.03.2025", Consent.YES),
        ("marketing_consent", "TRUE", Consent.YES),
        ("marketing_consent", "1.0", Consent.YES),
        ("marketing_consent", "not given", Consent.NO),
        ("subscription_status", "unsubscribed", Consent.NO),
        ("email_opt_in", "opt-out", Consent.NO),
        ("opt_out", "true", Consent.NO),
        ("opt_out", "0", Consent.YES),
        ("Отказ от рассылки", "2025-03-12", Consent.NO),
        ("Отказ от рассылки", "", Consent.UNSAID),
    ],
)
def test_a_cell_says_yes_or_no_or_nothing_under_its_head(head, value, said):
    assert consent_of(head, value) is said


def a_table(head, cells):
    rows = tuple((str(number), one) for number, one in enumerate(cells))
    return FoundTable(
        file="clients.csv", columns=("id", head), sample=rows, rows=len(rows), format=FoundFormat(kind="csv")
    )


@pytest.mark.parametrize(
    "head",
    ["Согласие на рассылку", "opt_in", "marketing_consent", "accepts_marketing", "Подписка", "Отказ от рассылки"],
)
def test_usual_heads_are_known(head):
    columns = read_columns(a_table(head, ["да", "нет"] * 20))
    found = best(columns, consent)
    assert found is not None
    assert found.name == head


@pytest.mark.parametrize(
    ("head", "cells"),
    [("Согласие на рассылку", ["красный", "синий"]), ("Подписка", ["Базовая", "Про"]), ("Цвет", ["да", "нет"])],
)
def test_a_column_that_says_something_else_is_no_consent(head, cells):
    assert best(read_columns(a_table(head, cells * 20)), consent) is None
