"""Sources that stand beside the path → their lines, each row judged: costs, search queries, changes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from tropa.adapters.stores.local import sql
from tropa.adapters.stores.local.money import exponent_of, in_minor_units
from tropa.adapters.stores.local.rawtable import NOTHING, RawTable
from tropa.adapters.stores.local.rejects import Rejected, write_lines
from tropa.adapters.stores.local.rows import Warnings
from tropa.domain.ledger import Cost, Ledger, Query
from tropa.domain.project import (
    AmountColumn,
    ChangeSource,
    ChangeSpec,
    CostSource,
    FixedValue,
    LedgerSource,
    Project,
    QuerySource,
    TimeColumn,
)
from tropa.domain.text import Language, text_in
from tropa.events.report import SourceCount
from tropa.intake.numbers import currency_of, parse_number
from tropa.intake.periods import read_period
from tropa.ports import TableSource
from tropa.texts.masking import mask

_LONGEST_QUERY = 300
_TOTALS = ("итого", "всего", "total", "totals", "grand total", "sum")
Line = TypeVar("Line")


@dataclass(slots=True, kw_only=True)
class ReadLedger:
    """Everything read so far, and what became of the rows."""

    currency: str | None
    language: Language
    costs: list[Cost] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)
    changes: list[ChangeSpec] = field(default_factory=list)
    foreign: dict[str, int] = field(default_factory=dict)
    counts: list[SourceCount] = field(default_factory=list)
    warnings: Warnings = field(default_factory=Warnings)

    def as_ledger(self) -> Ledger:
        """The lines in an order that does not depend on that of the rows."""
        by_day = sorted(self.costs, key=lambda one: (str(one.start), str(one.end), str(one.channel), str(one.campaign)))
        return Ledger(
            costs=tuple(_added(by_day)),
            queries=_summed(self.queries),
            changes=tuple(sorted(self.changes, key=lambda one: (one.date, one.name.ru or one.name.en or ""))),
            currency=self.currency,
            foreign=dict(sorted(self.foreign.items())),
        )


class _Refused(Exception):  # noqa: N818  a row that cannot be used, with the reason's code
    pass


def load_ledger(
    project: Project, specs: Sequence[LedgerSource], tables: TableSource, *, currency: str | None, rejects: Path
) -> ReadLedger:
    """Read the sources beside the path; `currency`: that of the customers' money."""
    read = ReadLedger(currency=currency or project.currency, language=project.language)
    with sql.opened() as connection:
        for number, spec in enumerate(specs):
            name = f"ledger_{number}"
            table = RawTable(connection, name, tables.load(connection, spec, name))
            _take(table, spec, read, rejects)
            table.drop()
    for code, rows in sorted(read.foreign.items()):
        read.warnings.say(
            f"Расходы в другой валюте ({code}), строк: {rows}. Они не посчитаны.",
            f"Costs in another currency ({code}), rows: {rows}. They are not counted.",
        )
    return read


def _take(table: RawTable, spec: LedgerSource, read: ReadLedger, rejects: Path) -> None:
    match spec:
        case CostSource():
            _each(table, spec, read, rejects, _cost_reader(table, spec, read), read.costs)
        case QuerySource():
            _each(table, spec, read, rejects, _query_reader(table, spec, read), read.queries)
        case ChangeSource():
            _each(table, spec, read, rejects, _change_reader(table, spec, read), read.changes)


def _each(
    table: RawTable,
    spec: LedgerSource,
    read: ReadLedger,
    rejects: Path,
    reader: Callable[[Mapping[str, str]], Line | None],
    lines: list[Line],
) -> None:
    """Every row through its reader; a row that it refuses goes to rejects/."""
    refused = [Rejected(file, row, reason, raw) for file, row, reason, raw in table.unread_rows()]
    files, numbers = table.file_numbers(), table.row_numbers()
    for at, cells in enumerate(table.cells(np.arange(table.size, dtype=np.int64))):
        try:
            line = reader(dict(zip(table.columns, cells, strict=True)))
        except _Refused as why:
            refused.append(Rejected(table.files[int(files[at])].file, int(numbers[at]), str(why), "", cells))
            continue
        lines += [] if line is None else [line]
    write_lines(refused, table.columns, spec.sheet, into=rejects, language=read.language)
    for one in table.files:
        bad = sum(line.file == one.file for line in refused)
        read.counts.append(
            SourceCount(file=one.file, rows=one.rows, accepted=one.rows - bad, rejected=bad, duplicates=0)
        )


def _cost_reader(table: RawTable, spec: CostSource, read: ReadLedger) -> Callable[[Mapping[str, str]], Cost | None]:
    columns = spec.columns
    time, until = _own(table, columns.time), _own(table, columns.until)
    channel = table.column(columns.channel) if isinstance(columns.channel, str) else columns.channel
    money = _Money(table, columns.amount, read)
    clicks, shows = (None if one is None else table.column(one) for one in (columns.clicks, columns.shows))
    campaign = None if columns.campaign is None else table.column(columns.campaign)

    def cost(row: Mapping[str, str]) -> Cost | None:
        if _is_total(row):
            return None
        days = _days(row, time, until)
        amount = money.of(row)
        if amount is None:
            return None
        where = channel.value if isinstance(channel, FixedValue) else _text(row, channel)
        return Cost(
            start=days[0] if days else None,
            end=days[1] if days else None,
            channel=spec.names.get(where, where) if where else None,
            campaign=_text(row, campaign),
            amount=amount,
            clicks=_count(row, clicks),
            shows=_count(row, shows),
        )

    return cost


def _query_reader(table: RawTable, spec: QuerySource, read: ReadLedger) -> Callable[[Mapping[str, str]], Query | None]:
    columns = spec.columns
    query = table.column(columns.query)
    shows, clicks = (None if one is None else table.column(one) for one in (columns.shows, columns.clicks))
    money = None if columns.amount is None else _Money(table, columns.amount, read)

    def line(row: Mapping[str, str]) -> Query | None:
        text = " ".join(row[query].split())[:_LONGEST_QUERY]
        if not text:
            raise _Refused("no_query")
        if text.casefold().strip(":") in _TOTALS:
            return None
        amount = None if money is None or not row[money.column].strip() else money.of(row)
        return Query(text=mask(text), shows=_count(row, shows) or 0, clicks=_count(row, clicks) or 0, amount=amount)

    return line


def _change_reader(
    table: RawTable, spec: ChangeSource, read: ReadLedger
) -> Callable[[Mapping[str, str]], ChangeSpec | None]:
    columns = spec.columns
    time, until = _own(table, columns.time), _own(table, columns.until)
    name = table.column(columns.name)
    place, whom = (None if one is None else table.column(one) for one in (columns.place, columns.whom))

    def change(row: Mapping[str, str]) -> ChangeSpec | None:
        days, words = _days(row, time, None), _text(row, name)
        if days is None:
            raise _Refused("no_time")
        if words is None:
            raise _Refused("no_change")
        last = _days(row, until, None) if until and row[until.column].strip() else None
        end = last[1] if last else days[1] if days[1] > days[0] else None
        return ChangeSpec(
            date=days[0],
            until=end if end and end >= days[0] else None,
            name=text_in(read.language, words),
            place=_text(row, place),
            whom=_text(row, whom),
        )

    return change


@dataclass(frozen=True, slots=True)
class _Money:
    """A column of money in the currency of the map."""

    table: RawTable
    spec: AmountColumn
    read: ReadLedger

    @property
    def column(self) -> str:
        return self.table.column(self.spec.column)

    def of(self, row: Mapping[str, str]) -> int | None:
        """Minor units; None of a row in another currency, which is counted."""
        text = row[self.column].strip()
        if text.casefold() in NOTHING:
            raise _Refused("no_amount")
        code = self._currency(row)
        if self.read.currency is None:
            self.read.currency = code
        if code is not None and self.read.currency is not None and code != self.read.currency:
            self.read.foreign[code] = self.read.foreign.get(code, 0) + 1
            return None
        number = parse_number(text, self.spec.decimal)
        minor = None if number is None else in_minor_units(number, exponent_of(self.read.currency))
        if minor is None:
            raise _Refused("bad_amount")
        if minor < 0:
            raise _Refused("negative_amount")
        return minor

    def _currency(self, row: Mapping[str, str]) -> str | None:
        if self.spec.currency_column is None:
            return self.spec.currency
        code = row[self.table.column(self.spec.currency_column)].strip().upper()
        if len(code) == 3 and code.isalpha():
            return "RUB" if code == "RUR" else code
        return currency_of(code)


def _own(table: RawTable, column: TimeColumn | None) -> TimeColumn | None:
    return None if column is None else replace(column, column=table.column(column.column))


def _days(row: Mapping[str, str], time: TimeColumn | None, until: TimeColumn | None) -> tuple[date, date] | None:
    if time is None:
        return None
    text = row[time.column].strip()
    if not text:
        raise _Refused("no_time")
    first = read_period(text, time)
    if first is None:
        raise _Refused("bad_time")
    last = read_period(row[until.column], until) if until and row[until.column].strip() else None
    return (first[0], max(first[1], last[1])) if last else first


def _is_total(row: Mapping[str, str]) -> bool:
    """The last line of an export that adds up the others."""
    words = next((cell.strip().casefold() for cell in row.values() if cell.strip()), "")
    return words.rstrip(":").startswith(_TOTALS)


def _text(row: Mapping[str, str], column: str | None) -> str | None:
    text = "" if column is None else " ".join(row[column].split())
    return text if text and text.casefold() not in NOTHING else None


def _count(row: Mapping[str, str], column: str | None) -> int | None:
    number = None if column is None else parse_number(row[column])
    return None if number is None or number < 0 else int(number)


def _added(costs: Sequence[Cost]) -> Iterator[Cost]:
    """Lines of one place and time as one."""
    sums: dict[tuple[Any, ...], list[int | None]] = {}
    for one in costs:
        kept = sums.setdefault((one.start, one.end, one.channel, one.campaign), [0, None, None])
        for place, number in enumerate((one.amount, one.clicks, one.shows)):
            kept[place] = number if kept[place] is None else (kept[place] or 0) + (number or 0)
    for (start, end, channel, campaign), (amount, clicks, shows) in sums.items():
        yield Cost(
            start=start, end=end, channel=channel, campaign=campaign, amount=amount or 0, clicks=clicks, shows=shows
        )


def _summed(queries: Sequence[Query]) -> tuple[Query, ...]:
    """One line a query, whatever its case; the most shown first."""
    found: dict[str, Query] = {}
    for one in queries:
        key = one.text.casefold()
        old = found.get(key)
        found[key] = one if old is None else _both(old, one)
    return tuple(sorted(found.values(), key=lambda one: (-one.shows, -one.clicks, one.text.casefold())))


def _both(one: Query, other: Query) -> Query:
    amount = None if one.amount is None and other.amount is None else (one.amount or 0) + (other.amount or 0)
    return Query(
        text=min(one.text, other.text),
        shows=one.shows + other.shows,
        clicks=one.clicks + other.clicks,
        amount=amount,
    )
