"""A source's table of text in DuckDB, read column by column into arrays in the order of its rows."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tropa.adapters.stores.local import sql
from tropa.adapters.stores.local.money import LARGEST, in_minor_units
from tropa.adapters.stores.local.zones import to_utc
from tropa.domain.project import AmountColumn, TimeColumn
from tropa.errors import ColumnMissingError, told
from tropa.events.log import NO_AMOUNT, Column
from tropa.intake.numbers import parse_number
from tropa.intake.times import parse_time
from tropa.ports import LoadedTable

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
        self.files = tuple(loaded.files)
        self.columns = tuple(loaded.columns)
        self._own = {column.casefold(): column for column in self.columns}
        self.size = int(self._arrays(sql.select("count(*) AS n", self._table))["n"][0])

    def _arrays(self, query: str, values: Sequence[object] = ()) -> dict[str, NDArray[Any]]:
        found: dict[str, NDArray[Any]] = self._connection.execute(query, list(values)).fetchnumpy()
        return found

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

    def row_numbers(self) -> NDArray[np.int64]:
        """For each row its line or row in the file."""
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

    def _coded(self, own: str) -> Column:
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
        reader = sql.time_reader(sql.quoted(own), column.format)
        found = self._arrays(sql.select(f"{reader.moment} AS t, {reader.naive} AS w", self._table), reader.values)
        ms = np.ma.filled(found["t"].astype(np.int64, copy=False), NO_TIME)
        wall = np.ma.filled(found["w"], fill_value=False).astype(bool) & (ms != NO_TIME)
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
        wanted = f"{self._name}__at"
        self._connection.register(wanted, {"r": rows})
        try:
            found = self._arrays(sql.cells_at(self._table, sql.quoted(wanted), picked))
        finally:
            self._connection.unregister(wanted)
        return list(zip(*(found[f"c{number}"].tolist() for number in range(len(picked))), strict=True))

    def unread_rows(self) -> list[tuple[str, int, str, str]]:
        """File, row, reason and text of the rows that the reader of the file could not use."""
        query = sql.select("_file, _row, reason, raw", sql.quoted(f"{self._name}__rejected") + " ORDER BY ALL")
        rows: list[tuple[str, int, str, str]] = self._connection.execute(query).fetchall()
        return rows

    def fingerprints(self) -> NDArray[np.uint64]:
        """64 bits of all of a row's cells, whatever the order of the columns."""
        names = sorted(self.columns, key=str.casefold)
        cells = ", ".join(map(sql.quoted, names)) or "''"
        return self._arrays(sql.select(f"hash({cells}) AS h", self._table))["h"].astype(np.uint64, copy=False)

    def drop(self) -> None:
        """Give the memory back."""
        for name in (self._name, f"{self._name}__rejected"):
            self._connection.execute(f"DROP TABLE IF EXISTS {sql.quoted(name)}").fetchall()
