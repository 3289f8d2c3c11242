"""Typed tables (Parquet) go from their file into the table of text within DuckDB."""

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
