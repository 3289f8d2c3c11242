"""Parquet seen through a view, or landed in bulk, gives the same table as row by row, cell for cell."""

from pathlib import Path

import duckdb
import pytest

from tropa.adapters.sources import landing
from tropa.adapters.sources.folder import FolderSource
from tropa.adapters.sources.limits import Limits
from tropa.domain.project import EventColumns, EventSource, TableFormat, TimeColumn
from tropa.errors import UnreadableFileError

Cells = list[tuple[object, ...]]
KINDS = r"""
    SELECT i::BIGINT * 1000000007 AS big, i / 7.0 AS ratio, (i / 8.0)::FLOAT AS single, (i * 0.35)::DECIMAL(12, 2) AS price,
        i % 3 = 0 AS paid, DATE '2026-01-01' + i::INTEGER AS day, TIMESTAMP '2026-01-10 10:00:00.125' + to_hours(i) AS t,
        TIMESTAMPTZ '2026-01-10 10:00:00+03' + to_minutes(i) AS zoned, TIME '10:00:00' AS clock,
        'имя ' || i AS "Имя; ""клиента"" имя", NULL::VARCHAR AS nothing, CASE WHEN i % 2 = 0 THEN i END AS sometimes,
        ['a', NULL, 'б' || i] AS tags, [{'k': i}] AS deep, {'город': {'code': i, 'name': 'Омск'}} AS place,
        MAP {'x': i} AS pairs, 'ab'::BLOB AS raw, 'nan'::DOUBLE AS odd, i::HUGEINT AS huge
    FROM range(5000) t(i)
"""


def written(folder: Path, query: str) -> None:
    duckdb.connect().execute(f"COPY ({query}) TO '{folder}/x.parquet' (FORMAT parquet, ROW_GROUP_SIZE 2048)").fetchall()


def landed(folder: Path, limits: Limits | None = None) -> tuple[object, Cells, Cells]:
    connection = duckdb.connect()
    columns = EventColumns(event="event", time=TimeColumn(column="t"))
    spec = EventSource(file="x.parquet", format=TableFormat(), columns=columns)
    loaded = FolderSource(folder, limits=limits or Limits()).load(connection, spec, "raw")
    rows = connection.execute("SELECT * FROM raw").fetchall()
    return (
        (loaded.files, loaded.columns),
        rows,
        connection.execute("SELECT * FROM raw__rejected ORDER BY _row").fetchall(),
    )


def row_by_row(folder: Path, patched: pytest.MonkeyPatch, limits: Limits | None = None) -> tuple[object, Cells, Cells]:
    with patched.context() as only:
        only.setattr(landing, "look_through", lambda *_, **__: None)
        only.setattr(landing, "take_selection", lambda *_: None)
        return landed(folder, limits)


def in_bulk(folder: Path, patched: pytest.MonkeyPatch) -> tuple[object, Cells, Cells]:
    with patched.context() as only:
        only.setattr(landing, "look_through", lambda *_, **__: None)
        return landed(folder)


def test_every_kind_of_column_is_written_as_row_by_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, KINDS)
    seen = landed(tmp_path)
    assert len(seen[1]) == 5000
    assert seen == in_bulk(tmp_path, monkeypatch) == row_by_row(tmp_path, monkeypatch)


def test_too_long_cells_are_rejected_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "SELECT i AS n, repeat('ё', i % 12) AS text FROM range(3000) t(i)")
    found = landed(tmp_path, Limits(cell=10))
    assert [row[1:3] for row in found[2][:2]] == [(12, "cell_too_long"), (24, "cell_too_long")]
    assert found == row_by_row(tmp_path, monkeypatch, Limits(cell=10))


def test_columns_named_like_our_own_are_read_too(tmp_path: Path) -> None:
    written(tmp_path, "SELECT i AS row_number, i * 2 AS filename FROM range(3) t(i)")
    assert [row[1:] for row in landed(tmp_path)[1]] == [(1, "0", "0"), (2, "1", "2"), (3, "2", "4")]


def test_a_damaged_page_is_an_unreadable_file(tmp_path: Path) -> None:
    written(tmp_path, "SELECT md5(i::VARCHAR) AS text FROM range(20000) t(i)")
    file = tmp_path / "x.parquet"
    content = bytearray(file.read_bytes())
    content[4:200] = b"\xff" * 196
    file.write_bytes(bytes(content))
    with pytest.raises(UnreadableFileError):
        landed(tmp_path)
