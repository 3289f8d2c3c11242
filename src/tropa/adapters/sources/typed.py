"""Typed tables (Parquet) stay in their file, seen through a view, or go into the table of text within DuckDB."""

from collections.abc import Sequence
from string import Template

import duckdb

from tropa.adapters.sources.bulk import Target
from tropa.adapters.sources.names import quoted
from tropa.adapters.sources.reading import Reject, Selection

_TAKE = """
    INSERT INTO $table (_file, _row, $names)
    SELECT ?, row_number() OVER (), $cells
    FROM read_parquet(?)
"""


def look_through(
    connection: duckdb.DuckDBPyConnection, selection: Selection, columns: Sequence[str], *, name: str, file: str
) -> int | None:
    """Make views on the file where the table would be; how many rows it has. None where a table has to be made.

    "<name>" has the cells as text, as the table would; "<name>__typed" has them as they are in the file.
    """
    expression = duckdb.SQLExpression
    try:
        connection.execute("SET TimeZone = 'UTC'").fetchall()
        rows = connection.read_parquet(str(selection.path), file_row_number=True)
        longest = [f"coalesce(max({length}), 0)" for length in selection.lengths]
        size, *lengths = rows.aggregate(", ".join(["count(*)", *longest])).fetchall()[0]
        if max(lengths, default=0) > selection.longest:
            return None
        place = duckdb.ConstantExpression(file).alias("_file"), expression("file_row_number + 1").alias("_row")
        for view, own, cells in ((name, place, selection.cells), (f"{name}__typed", (), selection.typed)):
            picked = [expression(cell).alias(column) for cell, column in zip(cells, columns, strict=True)]
            rows.select(*own, *picked).create_view(view)
    except (duckdb.Error, ValueError):
        return None
    return int(size)


def take_selection(target: Target, selection: Selection, columns: Sequence[str], file: str) -> tuple[int, int] | None:
    """How many rows there were, and how many were rejected; None, and nothing written, where DuckDB gives up."""
    own = target.own(columns)
    names = ", ".join(map(quoted, own))
    take = _filled(_TAKE, target, names=names, cells=", ".join(selection.cells))
    target.run("SET TimeZone = 'UTC'")  # times of a zone are written in it, as the careful way does
    try:
        rows = int(target.run(take, file, str(selection.path))[0][0])
    except (duckdb.Error, ValueError):
        return None  # what is wrong with the file the careful way says
    return rows, _reject_long(target, own, selection.longest, file)


def _reject_long(target: Target, own: Sequence[str], longest: int, file: str) -> int:
    is_long = " OR ".join(f"length({quoted(name)}) > ?" for name in own)
    where = _filled("FROM $table WHERE _file = ? AND ($is_long)", target, is_long=is_long)
    limits = [longest] * len(own)
    numbers = target.run(f"SELECT _row {where} ORDER BY _row", file, *limits)
    if numbers:
        target.run(f"DELETE {where}", file, *limits)
        target.reject([Reject(number, "cell_too_long", "") for (number,) in numbers], file)
    return len(numbers)


def _filled(template: str, target: Target, **parts: str) -> str:
    """SQL with names in it; whatever a file holds is passed as values."""
    return Template(template).substitute(table=target.table, **parts)
