from decimal import Decimal

import pytest

from tropa.intake.numbers import currency_of, detect_decimal, number_body, parse_number


@pytest.mark.parametrize(
    ("written", "decimal", "value"),
    [
        ("1 234,50 ₽", ",", "1234.50"),
        ("1\u202f234,50\u00a0руб.", ",", "1234.50"),
        ("$1,234.50", ".", "1234.50"),
        ("1.234.567,00 €", ",", "1234567.00"),
        ("1’234.5", ".", "1234.5"),
        ("(12)", ".", "-12"),
        ("−7,5", ",", "-7.5"),
        ("00042", ".", "42"),
        ("990 р", ",", "990"),
        ("9007199254740993.01", ".", "9007199254740993.01"),
    ],
)
def test_written_numbers_are_read_exactly(written: str, decimal: str, value: str) -> None:
    assert detect_decimal([written]) == decimal or decimal not in written
    assert parse_number(written, decimal) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "abc", "NaN", "inf", "1e5", "12.01.2026", "4.2.0", "10:15", "+", "12 шт 5", "9" * 80]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_separators_that_contradict_the_decimal_sign_are_refused() -> None:
    assert parse_number("1,23", ".") is None
    assert parse_number("12.34,5", ",") is None
    assert parse_number("1,234,56", ".") is None


def test_the_decimal_sign_is_told_by_cells_that_cannot_be_grouped() -> None:
    assert detect_decimal(["1,234", "2,500", "3,25"]) == ","
    assert detect_decimal(["1,234", "2,500"]) == "."
    assert detect_decimal(["1.234", "2.500", "3.750"]) == ","
    assert detect_decimal(["1.5", "2.25"]) == "."
    assert detect_decimal(["0,123"]) == ","


def test_a_column_with_words_is_no_column_of_numbers() -> None:
    assert detect_decimal(["12", "много", "15"]) is None
    assert detect_decimal([]) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1 290 ₽", "RUB"),
        ("Сумма, руб.", "RUB"),
        ("$5", "USD"),
        ("dollar value", "USD"),
        ("€ 5", "EUR"),
        ("5 000 тг", "KZT"),
        ("12", None),
    ],
)
def test_currencies_are_told_by_sign_or_word(text: str, code: str | None) -> None:
    assert currency_of(text) == code


def test_a_body_keeps_its_separators() -> None:
    assert number_body(" 1 234,50 ₽ ") == "1234,50"
