"""Parquet files, by DuckDB: every column as text, structs flattened with dots."""

from collections.abc import Iterator, Sequence

import duckdb
from duckdb.sqltypes import DuckDBPyType

from tropa.adapters.sources.faults import too_large, unreadable
from tropa.adapters.sources.limits import LIMITS, Limits
from tropa.adapters.sources.names import column_names, quoted
from tropa.adapters.sources.reading import Reading, Reject, Row, Selection
from tropa.adapters.sources.unpacking import Blob
from tropa.errors import UnreadableFileError, told
from tropa.intake.table import FoundFormat

Leaf = tuple[tuple[str, ...], DuckDBPyType]
_FETCH = 5_000
_NESTED = frozenset({"struct", "map", "list", "union", "array"})
_SHORT = frozenset(
    {
        "boolean", "tinyint", "smallint", "integer", "bigint", "hugeint", "utinyint", "usmallint", "uinteger",
        "ubigint", "uhugeint", "float", "double", "decimal", "date", "time", "time with time zone", "timestamp",
        "timestamp_s", "timestamp_ms", "timestamp_ns", "timestamp with time zone", "interval", "uuid",
    }
)  # fmt: skip


def read_parquet(blob: Blob, *, limits: Limits = LIMITS) -> Reading:
    """The rows of the file; times are ISO text, lists are joined with commas."""
    connection = duckdb.connect(config={"threads": 1})
    try:
        connection.execute("SET TimeZone = 'UTC'").fetchall()
        table = connection.read_parquet(str(blob.path))
        leaves = [
            leaf for name, kind in zip(table.columns, table.types, strict=True) for leaf in _leaves((name,), kind)
        ]
    except (duckdb.Error, ValueError) as error:
        connection.close()
        raise _broken(blob, error) from error
    if len(leaves) > limits.columns:
        connection.close()
        hint = "Keep the columns that matter."
        raise too_large(
            blob.address,
            told(
                "The table has {count} columns; at most {columns} are read.", count=len(leaves), columns=limits.columns
            ),
            hint,
        )
    cells = tuple(_text(path, kind) for path, kind in leaves)
    return Reading(
        format=FoundFormat(kind="parquet", header_row=0, compression=blob.compression),
        columns=list(column_names([".".join(path) for path, _ in leaves])),
        rows=_rows(connection, blob, cells, limits),
        selection=Selection(
            path=blob.path,
            cells=cells,
            typed=tuple(".".join(map(quoted, path)) for path, _ in leaves),
            lengths=tuple(_length(path, kind) for path, kind in leaves if kind.id not in _SHORT),
            longest=limits.cell,
            stays=not blob.path.is_relative_to(blob.room),
            fault=lambda error: _broken(blob, error),
        ),
    )


def _leaves(path: tuple[str, ...], kind: DuckDBPyType) -> Iterator[Leaf]:
    if kind.id != "struct" or len(path) > LIMITS.depth:
        yield path, kind
        return
    for name, inner in kind.children:
        if isinstance(inner, DuckDBPyType):
            yield from _leaves((*path, name), inner)


def _text(path: tuple[str, ...], kind: DuckDBPyType) -> str:
    """SQL that writes a column as text."""
    column = ".".join(map(quoted, path))
    if kind.id == "list":
        inner = kind.children[0][1]
        is_nested = isinstance(inner, DuckDBPyType) and inner.id in _NESTED
        joined = f"to_json({column})::VARCHAR" if is_nested else f"array_to_string({column}::VARCHAR[], ', ')"
        return f"coalesce({joined}, '')"
    return f"coalesce({column}::VARCHAR, '')"


def _length(path: tuple[str, ...], kind: DuckDBPyType) -> str:
    """SQL of a cell's bytes; of what is text already it is read off the file's own list of values."""
    return f"strlen({'.'.join(map(quoted, path)) if kind.id == 'varchar' else _text(path, kind)})"


def _rows(
    connection: duckdb.DuckDBPyConnection, blob: Blob, columns: Sequence[str], limits: Limits
) -> Iterator[Row | Reject]:
    number = 0
    try:
        result = connection.execute(f"SELECT {', '.join(columns)} FROM read_parquet(?)", [str(blob.path)])  # noqa: S608
        while some := result.fetchmany(_FETCH):
            for cells in some:
                number += 1
                if max(map(len, cells)) > limits.cell:
                    yield Reject(number, "cell_too_long", "")
                else:
                    yield Row(number, cells)
    except (duckdb.Error, ValueError) as error:
        raise _broken(blob, error) from error
    finally:
        connection.close()


def _broken(blob: Blob, error: Exception) -> UnreadableFileError:
    reason = str(error).replace(str(blob.path), blob.address).splitlines()[0][:200]
    return unreadable(blob.address, told("The Parquet file is cut off or damaged ({reason}).", reason=reason))
