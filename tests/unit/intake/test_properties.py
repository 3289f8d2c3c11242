"""Which columns tell groups of people: sections, staff by first name, versions, plain choices; names of people never."""

import pytest

from tropa.intake.columns import ReadColumn, ValueKind
from tropa.intake.properties import worth
from tropa.intake.words import words_of


def _column(name: str, *values: str, kind: ValueKind = ValueKind.WORDS, decimal: str | None = None) -> ReadColumn:
    """A column in which these values come again and again."""
    cells = values * 100
    return ReadColumn(
        name=name, words=words_of(name), values=cells, rows=len(cells), distinct=len(values), kind=kind, decimal=decimal
    )


@pytest.mark.parametrize(
    "column",
    [
        _column("преподаватель", "Анна", "Борис", "Клара"),
        _column("manager", "Kate", "Leo"),
        _column("department", "Sales", "Works"),
        _column("watch", "none", "round", "square"),
        _column("app_version", "4.11", "4.12", "5.0", kind=ValueKind.NUMBER, decimal="."),
    ],
    ids=lambda column: column.name,
)
def test_few_values_that_come_again_tell_groups(column):
    assert worth(column) >= 0.5


@pytest.mark.parametrize(
    "column",
    [
        _column("менеджер", "Анна Петрова", "Борис Клюев"),
        _column("full name", "Anna", "Boris"),
        _column("weight", "4.11", "4.12", "5.0", kind=ValueKind.NUMBER, decimal="."),
    ],
    ids=lambda column: column.name,
)
def test_full_names_and_measures_tell_none(column):
    assert worth(column) < 0.5
