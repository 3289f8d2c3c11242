"""Where rows land: a table in DuckDB that grows columns as files bring them, and a table of rejected rows beside it."""

from collections.abc import Callable, Sequence
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from tropa.adapters.sources.bulk import take_in_bulk
from tropa.adapters.sources.limits import LIMITS
from tropa.adapters.sources.names import quoted
from tropa.adapters.sources.reading import Reading, Reject, Row, Selection
from tropa.adapters.sources.typed import look_through, take_selection
from tropa.errors import InputError

_BATCH_CELLS = 400_000


class Landing:
    """Fills "<name>" and "<name>__rejected"; columns of several files are united by name, letter case aside."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        self._connection = connection
        self._name = name
        self.table = quoted(name)
        self._rejected = quoted(f"{name}__rejected")
        self._columns: dict[str, str] = {}
        self._seen: tuple[Reading, Selection, str] | None = None
        self._clear()
        self.run(f"DROP TABLE IF EXISTS {self._rejected}")
        self.run(f"CREATE TABLE {self.table} (_file VARCHAR, _row BIGINT)")
        self.run(f"CREATE TABLE {self._rejected} (_file VARCHAR, _row BIGINT, reason VARCHAR, raw VARCHAR)")

    def _clear(self) -> None:
        views = {view for (view,) in self.run("SELECT view_name FROM duckdb_views() WHERE NOT internal")}
        for name in (self._name, f"{self._name}__typed"):
            self.run(f"DROP {'VIEW' if name in views else 'TABLE'} IF EXISTS {quoted(name)}")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns so far, in order of appearance."""
        return tuple(self._columns.values())

    def own(self, columns: Sequence[str]) -> list[str]:
        """The table's names of these columns; new ones are added, empty in the rows that are there."""
        new = {column.casefold(): column for column in columns if column.casefold() not in self._columns}
        if new and not self._columns:
            typed = ", ".join(f"{quoted(column)} VARCHAR DEFAULT ''" for column in new.values())
            self.run(f"CREATE OR REPLACE TABLE {self.table} (_file VARCHAR, _row BIGINT, {typed})")
        elif new:
            for column in new.values():
                self.run(f"ALTER TABLE {self.table} ADD COLUMN {quoted(column)} VARCHAR DEFAULT ''")
        self._columns.update(new)
        return [self._columns[column.casefold()] for column in columns]

    @property
    def fault(self) -> Callable[[Exception], InputError] | None:
        """What it means when rows cannot be read that are still in their file; None where all lie in the table."""
        return None if self._seen is None else self._seen[1].fault

    def take(self, reading: Reading, file: str) -> tuple[int, int]:
        """Land every row; how many rows there were, and how many of them were rejected.

        The rows of a single typed table stay where they are, and are seen through a view.
        """
        if self._seen is not None:
            self._bring_in(*self._seen)
        selection = reading.selection
        if selection is not None and selection.stays and not self._columns:
            rows = self._look_through(reading, selection, file)
            if rows is not None:
                return rows, 0
        return self._land(reading, file)

    def _look_through(self, reading: Reading, selection: Selection, file: str) -> int | None:
        self._clear()
        rows = look_through(self._connection, selection, reading.columns, name=self._name, file=file)
        if rows is None:
            self._clear()
            self.run(f"CREATE TABLE {self.table} (_file VARCHAR, _row BIGINT)")
        else:
            self._columns = {column.casefold(): column for column in reading.columns}
            self._seen = reading, selection, file
        return rows

    def _bring_in(self, reading: Reading, _: Selection, file: str) -> None:
        """Another file comes: the rows that were seen through a view go into a table for both."""
        self._seen, self._columns = None, {}
        self._clear()
        self.run(f"CREATE TABLE {self.table} (_file VARCHAR, _row BIGINT)")
        self._land(reading, file)

    def _land(self, reading: Reading, file: str) -> tuple[int, int]:
        if reading.bulk is not None and (bulk := reading.bulk()) is not None:
            counted = take_in_bulk(self, bulk, reading.columns, file)
            if counted is not None:
                return counted
        if reading.selection is not None:
            counted = take_selection(self, reading.selection, reading.columns, file)
            if counted is not None:
                return counted
        return self._take_one_by_one(reading, file)

    def _take_one_by_one(self, reading: Reading, file: str) -> tuple[int, int]:
        rows: list[Row] = []
        rejects: list[Reject] = []
        total = rejected = 0
        size = max(1_000, _BATCH_CELLS // max(1, len(reading.columns)))
        for row in reading.rows:
            if isinstance(row, Reject):
                rejects.append(row)
                rejected += 1
            else:
                rows.append(row)
            total += 1
            if len(rows) >= size:
                self.insert(rows, reading.columns, file)
                rows = []
            if len(rejects) >= size:
                self.reject(rejects, file)
                rejects = []
        self.insert(rows, reading.columns, file)
        self.reject(rejects, file)
        return total, rejected

    def insert(self, rows: Sequence[Row], columns: Sequence[str], file: str) -> None:
        """Write rows down under these columns; those that are shorter end with empty cells."""
        own = self.own(columns)
        if not rows:
            return
        width = len(own)
        whole = [
            row.cells if len(row.cells) == width else [*row.cells, *[""] * (width - len(row.cells))] for row in rows
        ]
        arrays = {f"c{n}": np.array(cells, dtype=object) for n, cells in enumerate(zip(*whole, strict=True))}
        numbers = np.array([row.number for row in rows], dtype=np.int64)
        names = ", ".join(map(quoted, own))
        picked = ", ".join(f"c{n}" for n in range(width))
        self._from_arrays(
            {"r": numbers, **arrays}, f"INSERT INTO {self.table} (_file, _row, {names}) SELECT ?, r, {picked}", file
        )

    def reject(self, rejects: Sequence[Reject], file: str) -> None:
        """Write rejected rows down."""
        if not rejects:
            return
        arrays = {
            "r": np.array([one.number for one in rejects], dtype=np.int64),
            "reason": np.array([one.reason for one in rejects], dtype=object),
            "raw": np.array([one.raw[: LIMITS.raw] for one in rejects], dtype=object),
        }
        self._from_arrays(arrays, f"INSERT INTO {self._rejected} SELECT ?, r, reason, raw", file)

    def _from_arrays(self, arrays: dict[str, NDArray[Any]], insert: str, file: str) -> None:
        self._connection.register("_landing", arrays)
        try:
            self.run(f"{insert} FROM _landing", file)
        finally:
            self._connection.unregister("_landing")

    def run(self, sql: str, *values: str | int) -> list[tuple[Any, ...]]:
        """Run a statement to its end."""
        return self._connection.execute(sql, list(values)).fetchall()
