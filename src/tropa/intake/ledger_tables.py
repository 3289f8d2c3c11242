"""Tables that stand beside the path: costs of marketing, search queries, the company's own dated changes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tropa.domain.project import (
    AmountColumn,
    ChangeColumns,
    ChangeSource,
    CostColumns,
    CostSource,
    FixedValue,
    QueryColumns,
    QuerySource,
    TimeColumn,
)
from tropa.intake import data_ledgers as lexicon
from tropa.intake import data_lexicon, roles
from tropa.intake.columns import ReadColumn, ValueKind
from tropa.intake.periods import detect_period
from tropa.intake.reading import Draft, TableReading, currency_in, name_of
from tropa.intake.words import fit, fits_any, words_of

_SURE, _LIKELY = 0.75, 0.55
_WORDY = {ValueKind.TEXT, ValueKind.WORDS, ValueKind.CODE}
_MOST_CHANGES, _MOST_COLUMNS = 5_000, 7
_CHANGE_FILES = ("change*", "changelog", "изменен*", "релиз*", "release*", "нововведен*", "акции", "акций", "promo*")


def is_costs(reading: TableReading) -> bool:
    """Money spent by day, month, channel or campaign; nobody's name in it, and nothing that anybody paid us."""
    spend = _spend(reading)
    if spend is None or _names_people(reading) or is_queries(reading):
        return False
    period, rest = _period(reading, without=[spend.name]), [one for one in reading.columns if one is not spend]
    where = [one for one in rest if _fits(one, (*lexicon.CHANNEL, *lexicon.CAMPAIGN)) >= _LIKELY]
    counted = [one for one in rest if one.decimal and _fits(one, (*lexicon.CLICKS, *lexicon.SHOWS)) >= _LIKELY]
    sure = spend.says(lexicon.SPEND_WORDS) or fits_any(_file_words(reading), lexicon.COST_FILES)
    if period is None:
        return bool(where and counted and sure)
    return (sure and bool(where or counted or len(reading.columns) <= 2)) or bool(where and counted)


def is_queries(reading: TableReading) -> bool:
    """What people searched for, with a number beside each."""
    query = _query(reading)
    return query is not None and _number(reading, (*lexicon.SHOWS, *lexicon.CLICKS)) is not None


def is_changes(reading: TableReading) -> bool:
    """A short list of what the company changed and when."""
    columns = reading.columns
    if len(columns) > _MOST_COLUMNS or (reading.table.rows or 0) > _MOST_CHANGES or _names_people(reading):
        return False
    dated = [one for one in columns if one.time is not None]
    wordy = [one for one in columns if one.kind in _WORDY]
    if not (1 <= len(dated) <= 2) or not wordy or any(one.decimal for one in columns if one.time is None):
        return False
    named = fits_any(_file_words(reading), _CHANGE_FILES)
    asked = [any(_fits(one, words) >= _SURE for one in wordy) for words in (lexicon.WHAT, lexicon.WHERE, lexicon.WHOM)]
    return named or sum(asked) == len(asked)


def read_costs(reading: TableReading) -> Draft | None:
    """The table as costs."""
    spend = _spend(reading)
    if spend is None:
        return None
    time = _period(reading, without=[spend.name])
    taken = [spend.name, *([time.column] if time else [])]
    until = _until(reading, taken) if time else None
    taken += [until.column] if until else []
    channel = _words(reading, lexicon.CHANNEL, taken)
    campaign = _words(reading, lexicon.CAMPAIGN, [*taken, *([channel] if channel else [])])
    platform = _platform(reading)
    columns = CostColumns(
        time=time,
        until=until,
        amount=_money(spend, reading),
        channel=channel or (FixedValue(value=platform) if platform else None),
        campaign=campaign,
        clicks=_number(reading, lexicon.CLICKS, without=taken),
        shows=_number(reading, lexicon.SHOWS, without=taken),
    )
    table = reading.table
    return Draft(
        source=CostSource(file=table.file, sheet=table.sheet, format=reading.format, columns=columns),
        noun="cost",
        confidence=0.9,
    )


def read_queries(reading: TableReading) -> Draft | None:
    """The table as search queries."""
    query, spend = _query(reading), _spend(reading)
    if query is None:
        return None
    columns = QueryColumns(
        query=query.name,
        shows=_number(reading, lexicon.SHOWS),
        clicks=_number(reading, lexicon.CLICKS),
        amount=_money(spend, reading) if spend else None,
    )
    table = reading.table
    return Draft(
        source=QuerySource(file=table.file, sheet=table.sheet, format=reading.format, columns=columns),
        noun="query",
        confidence=0.9,
    )


def read_changes(reading: TableReading) -> Draft | None:
    """The table as dated changes."""
    dated = [one for one in reading.columns if one.time is not None]
    wordy = [one for one in reading.columns if one.kind in _WORDY]
    if not dated or not wordy:
        return None
    until = next((one for one in dated if _fits(one, lexicon.UNTIL) >= _SURE), None) if len(dated) > 1 else None
    first = next(one for one in dated if one is not until)
    what = max(wordy, key=lambda one: (_fits(one, lexicon.WHAT) >= _SURE, sum(map(len, one.values))))
    rest = [one for one in wordy if one is not what]
    columns = ChangeColumns(
        time=_as_time(first),
        until=_as_time(until) if until else None,
        name=what.name,
        place=name_of(next((one for one in rest if _fits(one, lexicon.WHERE) >= _LIKELY), None)),
        whom=name_of(next((one for one in rest if _fits(one, lexicon.WHOM) >= _LIKELY), None)),
    )
    table = reading.table
    return Draft(
        source=ChangeSource(file=table.file, sheet=table.sheet, format=reading.format, columns=columns),
        noun="change",
        confidence=0.9,
    )


def _fits(column: ReadColumn, phrases: tuple[str, ...]) -> float:
    plain = tuple(word for word in column.words if word not in _UNITS)
    return fit(plain or column.words, phrases)


_UNITS = frozenset(
    {"руб", "рублей", "rub", "eur", "usd", "gbp", "р", "₽", "$", "€", "ндс", "с", "без", "шт", "incl", "vat"}
)


def _spend(reading: TableReading) -> ReadColumn | None:
    numeric = [
        one
        for one in reading.columns
        if one.decimal and one.time is None and not one.says(lexicon.NOT_SPEND)
        if _fits(one, lexicon.SPEND) >= _LIKELY or one.says(lexicon.SPEND_WORDS)
    ]
    return max(numeric, key=lambda one: (one.says(lexicon.SPEND_WORDS), _fits(one, lexicon.SPEND)), default=None)


def _query(reading: TableReading) -> ReadColumn | None:
    wordy = [one for one in reading.columns if one.kind in _WORDY and _fits(one, lexicon.QUERY) >= _SURE]
    return max(wordy, key=lambda one: _fits(one, lexicon.QUERY), default=None)


def _number(reading: TableReading, phrases: tuple[str, ...], *, without: Sequence[str] = ()) -> str | None:
    found = [
        (_fits(one, phrases), one.name)
        for one in reading.columns
        if one.decimal and one.time is None and one.name not in without and _fits(one, phrases) >= _LIKELY
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _words(reading: TableReading, phrases: tuple[str, ...], without: Sequence[str]) -> str | None:
    found = [
        (_fits(one, phrases), one.name)
        for one in reading.columns
        if one.kind in {*_WORDY, ValueKind.NUMBER} and one.name not in without and _fits(one, phrases) >= _LIKELY
        if "номер" not in one.words and "id" not in one.words
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _period(reading: TableReading, *, without: Sequence[str]) -> TimeColumn | None:
    """The column of days or months: by its name first, then by what is in it."""
    named = [one for one in reading.columns if one.name not in without and _fits(one, lexicon.PERIOD) >= _LIKELY]
    others = [one for one in reading.columns if one.name not in without and one.time is not None]
    for one in (*named, *others):
        found = detect_period(one.values)
        if found is not None:
            return replace(found, column=one.name)
    return None


def _until(reading: TableReading, taken: Sequence[str]) -> TimeColumn | None:
    for one in reading.columns:
        found = detect_period(one.values) if one.name not in taken and _fits(one, lexicon.UNTIL) >= _SURE else None
        if found is not None:
            return replace(found, column=one.name)
    return None


def _as_time(column: ReadColumn) -> TimeColumn:
    assert column.time is not None
    return column.time.as_column(column.name)


def _money(spend: ReadColumn, reading: TableReading) -> AmountColumn:
    codes = roles.best(reading.columns, roles.currency, least=0.5)
    currency = None if codes else currency_in(spend)
    return AmountColumn(
        column=spend.name,
        decimal=spend.decimal or ".",
        currency=currency,
        currency_column=codes.name if codes else None,
    )


def _names_people(reading: TableReading) -> bool:
    """A row that names a customer, a phone or an order is no line of costs."""
    phrases = (*data_lexicon.PERSON_ID, *data_lexicon.PERSON_NAMED, *data_lexicon.PHONE, *data_lexicon.EMAIL)
    return any(fit(one.words, phrases) >= _SURE and one.kind is not ValueKind.EMPTY for one in reading.columns)


def _file_words(reading: TableReading) -> tuple[str, ...]:
    return words_of(re.sub(r"\.\w+$", "", reading.table.file.rsplit("/", 1)[-1]) + f" {reading.table.sheet or ''}")


def _platform(reading: TableReading) -> str | None:
    """The one platform that the file's name names."""
    words = _file_words(reading)
    named = [key for key, names in lexicon.PLATFORMS.items() if any(word in names for word in words)]
    return named[0] if len(named) == 1 else None
