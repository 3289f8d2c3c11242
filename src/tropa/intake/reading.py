"""A table on its way to a source: its columns, the questions it raises, what was drawn from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tropa.domain.project import AmountColumn, SourceSpec, TableFormat, TimeColumn
from tropa.domain.text import Language, Text
from tropa.intake import roles
from tropa.intake.columns import ReadColumn, ValueKind
from tropa.intake.data_lexicon import CURRENCY
from tropa.intake.numbers import currency_of
from tropa.intake.questions import Choice, Decision, Questions, column_choices
from tropa.intake.table import FoundTable

_CONTACTS = {ValueKind.PHONE, ValueKind.EMAIL}
"""A phone and a mail tell the same people apart: no reason to ask which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReading:
    """One table being understood; `id` names it in the keys of decisions.

    `linked_person`: the column that names people whom other tables name too; `books`: what codes mean in words.
    """

    id: str
    table: FoundTable
    columns: tuple[ReadColumn, ...]
    language: Language
    questions: Questions
    linked_person: str | None = None
    books: tuple[Mapping[str, str], ...] = ()

    def column(self, name: str) -> ReadColumn:
        """The column of this name."""
        return next(one for one in self.columns if one.name == name)

    @property
    def format(self) -> TableFormat:
        """How the text of the file is written, as tropa.yaml says it."""
        found = self.table.format
        header = found.header_row if found.header_row != 1 else None
        return TableFormat(encoding=found.encoding, delimiter=found.delimiter, header_row=header)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a table was taken for: a source, and its roles in the order people read them."""

    source: SourceSpec
    noun: str
    roles: tuple[tuple[Text, str], ...] = field(default_factory=tuple)
    confidence: float = 1.0


def person_column(reading: TableReading, *, least: float = 0.45, without: Sequence[str] = ()) -> str | None:
    """The column that tells people apart, the one that other tables know too; asks where two do equally well."""
    if reading.linked_person is not None and reading.linked_person not in without:
        return reading.linked_person
    found = [pair for pair in roles.ranked(reading.columns, roles.person, without=without) if pair[0] >= least]
    if not found:
        return None
    top, first = found[0]
    rivals = [
        column.name
        for score, column in found[1:3]
        if top - score < 0.1 and score >= 0.6 and not (column.kind in _CONTACTS and first.kind in _CONTACTS)
    ]
    if not rivals:
        return first.name
    names = (first.name, *rivals)
    return reading.questions.ask(
        Decision(
            key=f"person:{reading.id}",
            question=Text(
                ru=f"По какой колонке узнавать клиента в «{reading.id}»?",
                en=f"Which column tells customers apart in “{reading.id}”?",
            ),
            choices=column_choices(names),
            default=first.name,
            why=Text(
                ru="По ней события одного человека складываются в один путь; подходят несколько колонок.",
                en="It joins one person's events into one path; several columns could do it.",
            ),
        ),
        weight=0.9,
    )


def time_column(reading: TableReading, column: ReadColumn) -> TimeColumn:
    """A column of times as tropa.yaml writes it; asks where day and month cannot be told apart."""
    guess = column.time
    if guess is None:
        message = f"{column.name} holds no times"
        raise ValueError(message)
    if guess.other is None:
        return guess.as_column(column.name)
    day_first = guess.format if guess.format.startswith("%d") else guess.other
    month_first = guess.other if day_first == guess.format else guess.format
    example = column.values[0]
    answer = reading.questions.ask(
        Decision(
            key=f"date_order:{reading.id}",
            question=Text(
                ru=f"«{example}» в «{reading.id}» — что стоит первым?",
                en=f"“{example}” in “{reading.id}”: which comes first?",
            ),
            choices=(
                Choice(key="day", text=Text(ru="день", en="the day")),
                Choice(key="month", text=Text(ru="месяц", en="the month")),
            ),
            default="day" if guess.format == day_first else "month",
            why=Text(
                ru="Ни в одной строке нет числа больше 12, поэтому по самим данным этого не понять.",
                en="No row has a number above 12, so the data themselves do not tell.",
            ),
        ),
        weight=0.8,
    )
    return TimeColumn(
        column=column.name, format=day_first if answer == "day" else month_first, precision=guess.precision
    )


def amount_column(reading: TableReading, *, without: Sequence[str] = ()) -> AmountColumn | None:
    """The money of a row, its decimal sign and currency where the data name one."""
    column = roles.best(reading.columns, roles.amount, least=0.45, without=without)
    if column is None:
        return None
    codes = roles.best(reading.columns, roles.currency, least=0.5)
    in_words = next((one for one in reading.columns if one.says(CURRENCY) and one.kind == "words"), None)
    return AmountColumn(
        column=column.name,
        decimal=column.decimal or ".",
        currency=None if codes else currency_in(column) or (currency_in(in_words) if in_words else None),
        currency_column=codes.name if codes else None,
    )


def currency_in(column: ReadColumn) -> str | None:
    """The currency that a column's name or most of its cells name."""
    named = currency_of(column.name.replace("_", " "))
    if named:
        return named
    codes = [currency_of(value) for value in column.values]
    most = max(set(codes), key=codes.count) if codes else None
    return most if most and codes.count(most) >= 0.6 * len(codes) else None


def name_of(column: ReadColumn | None) -> str | None:
    """The column's name, if there is a column."""
    return column.name if column else None
