"""A source's rows in DuckDB, read column by column into arrays in their order.

They are a table of text, or still lie in a Parquet file (`in_place`): then numbers, times and names are taken as the
file has them where that gives what their text would give.
"""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from tropa.adapters.stores.coding import plain, text_codes, whole_numbers
from tropa.adapters.stores.local import sql
from tropa.adapters.stores.local.money import LARGEST, in_minor_units
from tropa.adapters.stores.local.zones import to_utc
from tropa.domain.project import AmountColumn, TimeColumn
from tropa.errors import ColumnMissingError, told
from tropa.events.log import NO_AMOUNT, Column
from tropa.events.numbering import Numbered
from tropa.intake.numbers import parse_number
from tropa.intake.times import parse_time
from tropa.ports import LoadedTable

Prints = Callable[[NDArray[np.int64]], NDArray[np.uint64]]
_FEW = 20  # less than one row in so many is picked out
NO_TIME = np.iinfo(np.int64).min
NOTHING = frozenset(
    {"", "null", "none", "nan", "nil", "n/a", "undefined", "(not set)", "(null)", "(none)", "\\n", "-", "–", "—"}
)
NOBODY = NOTHING | {"00000000-0000-0000-0000-000000000000"}


@dataclass(frozen=True, slots=True)
class Moments:
    """A column of times in UTC ms, NO_TIME where there is none; `blank` where nothing was written. Shape: one a row."""

    ms: NDArray[np.int64]
    blank: NDArray[np.bool_]

    @property
    def bad(self) -> NDArray[np.bool_]:
        """Where something was written that is no time."""
        bad: NDArray[np.bool_] = (self.ms == NO_TIME) & ~self.blank
        return bad


class RawTable:
    """The rows of one source as they were read."""

    def __init__(self, connection: Any, name: str, loaded: LoadedTable) -> None:
        self._connection = connection
        self._name = name
        self._table = sql.quoted(name)
        self._typed = sql.quoted(f"{name}__typed")
        self._fault = loaded.fault
        self._place = "rowid" if loaded.fault is None else "_row - 1"
        self.files = tuple(loaded.files)
        self.columns = tuple(loaded.columns)
        self._own = {column.casefold(): column for column in self.columns}
        self.size = int(self._arrays(sql.select("count(*) AS n", self._table))["n"][0])

    @property
    def in_place(self) -> bool:
        """The rows still lie in their file."""
        return self._fault is not None

    def _arrays(self, query: str, values: Sequence[object] = ()) -> dict[str, NDArray[Any]]:
        try:
            found: dict[str, NDArray[Any]] = self._connection.execute(query, list(values)).fetchnumpy()
        except duckdb.OutOfMemoryException:
            raise
        except duckdb.Error as error:
            if self._fault is None:
                raise
            raise self._fault(error) from error
        return found

    @cached_property
    def _kinds(self) -> dict[str, str]:
        """The types of the columns where the rows still lie in their file."""
        if not self.in_place:
            return {}
        columns = sql.select("column_name AS c, data_type AS t", "duckdb_columns() WHERE table_name = ?")
        found = self._arrays(columns, [f"{self._name}__typed"])
        return dict(zip(found["c"].tolist(), found["t"].tolist(), strict=True))

    def column(self, name: str) -> str:
        """The table's own spelling of a column."""
        if (own := self._own.get(name.casefold())) is None:
            near = difflib.get_close_matches(name, self.columns, 1, 0.5)
            file = self.files[0].file if self.files else self._name
            hint = told("The columns are: {names}.", names=self.columns)
            if near:
                hint = told("Did you mean “{near}”? {columns}", near=near[0], columns=hint)
            raise ColumnMissingError(told("“{file}” has no column “{name}”.", file=file, name=name), hint)
        return own

    def file_numbers(self) -> NDArray[np.int32]:
        """For each row the number of its file."""
        if len(self.files) == 1:
            return np.zeros(self.size, dtype=np.int32)
        column = self._coded("_file")
        places = {one.file: number for number, one in enumerate(self.files)}
        table = np.array([places[value] for value in column.values] or [0], dtype=np.int32)
        return table[column.codes]

    def row_numbers(self) -> Sequence[int] | NDArray[np.int64]:
        """For each row its line or row in the file."""
        if self.in_place:
            return range(1, self.size + 1)
        return self._arrays(sql.select("_row AS r", self._table))["r"].astype(np.int64, copy=False)

    def coded(self, name: str) -> Column:
        """A column of text; `values` are exactly as written, in no order that means anything."""
        return self._coded(self.column(name))

    def coded_if_few(self, name: str, most: int) -> Column | None:
        """A column of text that has no more than so many values; None where it has more."""
        own = self.column(name)
        values = sql.select(f"DISTINCT {sql.quoted(own)} AS v", f"{self._table} LIMIT {most + 1}")
        few = int(self._arrays(sql.select("count(*) AS n", f"({values})"))["n"][0]) <= most
        return self._coded(own) if few else None

    def whole_numbers(self, name: str) -> Numbered | None:
        """A column that the file has as whole numbers (code −1 where there is none); None of any other column."""
        return self._whole_numbers(self.column(name))

    def _whole_numbers(self, own: str) -> Numbered | None:
        if self._kinds.get(own) not in sql.WHOLE_NUMBERS:
            return None
        numbers = whole_numbers(self._arrays, sql.quoted(own), self._typed)
        self._expect(numbers.codes)
        return numbers

    def _expect(self, column: NDArray[Any]) -> None:
        """One entry a row: a file may be replaced while its rows are read from it."""
        if self._fault is not None and len(column) != self.size:
            raise self._fault(ValueError("it changed while it was read"))

    def _coded(self, own: str) -> Column:
        if (numbers := self._whole_numbers(own)) is not None:
            return Column(numbers.codes, tuple(map(str, numbers.values.tolist())))
        if self.in_place:
            source = self._typed if self._kinds[own] == "VARCHAR" else self._table
            codes, texts = text_codes(self._arrays, sql.quoted(own), source)
            self._expect(codes)
            return Column(codes, tuple(texts))
        seen = sql.quoted(f"{self._name}__seen")
        text = sql.quoted(own)
        self._connection.execute(sql.distinct(self._table, seen, text)).fetchall()
        values = self._arrays(sql.select("v", f"{seen} ORDER BY c"))["v"].tolist()
        found = self._arrays(sql.codes(self._table, seen, text))
        self._connection.execute(f"DROP TABLE {seen}").fetchall()
        codes = np.full(self.size, -1, dtype=np.int32)
        codes[found["r"]] = found["c"]
        return Column(codes, tuple(values))

    def texts(self, name: str) -> list[str]:
        """A column's cells: for columns in which nearly every cell differs."""
        return list(self._arrays(sql.select(f"{sql.quoted(self.column(name))} AS t", self._table))["t"])

    def moments(self, column: TimeColumn, zone: str) -> Moments:
        """A column of times; what DuckDB cannot read the reference parser tries."""
        own = self.column(column.column)
        reader, table = sql.time_reader(sql.quoted(own), column.format), self._table
        if (typed := sql.typed_time_reader(sql.quoted(own), self._kinds.get(own, ""), column.format)) is not None:
            reader, table = typed, self._typed
        found = self._arrays(sql.select(f"{reader.moment} AS t", table), reader.values)
        self._expect(found["t"])
        ms = plain(found["t"].astype(np.int64, copy=False), NO_TIME)
        if zone != "UTC" and reader.naive != "FALSE":
            naive = self._arrays(sql.select(f"{reader.naive} AS w", table))["w"]
            wall = np.ma.filled(naive, fill_value=False).astype(bool) & (ms != NO_TIME)
            ms[wall] = to_utc(ms[wall], zone)
        blank = np.zeros(self.size, dtype=bool)
        read: dict[str, int | None] = {}
        for row, text in self._cells_at(own, np.flatnonzero(ms == NO_TIME)):
            if text.strip().casefold() in NOTHING or text.startswith("0000-00-00"):
                blank[row] = True
                continue
            if text not in read:
                read[text] = parse_time(text, column, zone)
            if (moment := read[text]) is not None:
                ms[row] = moment
        return Moments(ms, blank)

    def amounts(self, column: AmountColumn, exponent: int) -> tuple[NDArray[np.int64], int]:
        """A column of money in minor units, NO_AMOUNT where there is none; how many cells are no money."""
        own = self.column(column.column)
        query = sql.amount(sql.quoted(own), column.decimal)
        found = self._arrays(sql.select(f"{query} AS a", self._table), [10**exponent, LARGEST])
        minor = np.ma.filled(found["a"].astype(np.int64, copy=False), NO_AMOUNT)
        unread = 0
        for row, text in self._cells_at(own, np.flatnonzero(minor == NO_AMOUNT)):
            if text.strip().casefold() in NOTHING:
                continue
            amount = parse_number(text, column.decimal)
            value = None if amount is None else in_minor_units(amount, exponent)
            if value is None:
                unread += 1
            else:
                minor[row] = value
        return minor, unread

    def _cells_at(self, own: str, rows: NDArray[np.int64]) -> list[tuple[int, str]]:
        return [(row, cells[0]) for row, cells in zip(rows.tolist(), self.cells(rows, [own]), strict=True)]

    def cells(self, rows: NDArray[np.int64], columns: Sequence[str] | None = None) -> list[tuple[str, ...]]:
        """The cells of these rows (ascending), for those who must look at them."""
        picked = self.columns if columns is None else columns
        if not len(rows) or not picked:
            return [() for _ in rows]
        texts = [f"coalesce(t.{sql.quoted(name)}, '') AS c{number}" for number, name in enumerate(picked)]
        found = self._at(rows, texts)
        return list(zip(*(found[f"c{number}"].tolist() for number in range(len(picked))), strict=True))

    def _at(self, rows: NDArray[np.int64], picked: Sequence[str]) -> dict[str, NDArray[Any]]:
        wanted = f"{self._name}__at"
        self._connection.register(wanted, {"r": rows})
        try:
            return self._arrays(sql.at_rows(self._table, self._place, sql.quoted(wanted), ", ".join(picked)))
        finally:
            self._connection.unregister(wanted)

    def unread_rows(self) -> list[tuple[str, int, str, str]]:
        """File, row, reason and text of the rows that the reader of the file could not use."""
        query = sql.select("_file, _row, reason, raw", sql.quoted(f"{self._name}__rejected") + " ORDER BY ALL")
        rows: list[tuple[str, int, str, str]] = self._connection.execute(query).fetchall()
        return rows

    def fingerprints(self) -> Prints:
        """64 bits of all of a row's cells, whatever the order of the columns, for rows in ascending order.

        Where rows lie in their file they are looked at when they are asked for.
        """
        names = sorted(self.columns, key=str.casefold)
        cells = ", ".join(f"t.{sql.quoted(name)}" for name in names) or "''"
        whole = sql.select(f"hash({cells}) AS h", f"{self._table} t")
        if not self.in_place:
            return self._arrays(whole)["h"].astype(np.uint64, copy=False).__getitem__

        def prints(rows: NDArray[np.int64]) -> NDArray[np.uint64]:
            if len(rows) * _FEW > self.size:
                return self._arrays(whole)["h"].astype(np.uint64, copy=False)[rows]
            return self._at(rows, [f"hash({cells}) AS h"])["h"].astype(np.uint64, copy=False)

        return prints

    def drop(self) -> None:
        """Give the memory back; rows that lie in their file take none."""
        if self.in_place:
            return
        for name in (self._name, f"{self._name}__rejected"):
            self._connection.execute(f"DROP TABLE IF EXISTS {sql.quoted(name)}").fetchall()
