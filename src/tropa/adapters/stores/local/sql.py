"""The few queries that loading asks of DuckDB. Names are quoted, values are parameters."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb

from tropa.errors import DiskFullError, StoreError
from tropa.intake.times import patterns_of, reads_zone

_EPOCHS = {"epoch_s": "{n} * 1000", "epoch_ms": "{n}", "epoch_us": "{n} // 1000", "epoch_ns": "{n} // 1000000"}
_LAST = {"epoch_s": 10**12, "epoch_ms": 10**15, "epoch_us": 10**18, "epoch_ns": 9 * 10**18}
_MOMENTS = frozenset({"DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE"})
WHOLE_NUMBERS = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"})
_EXCEL_TO_1970 = 25_569


@contextmanager
def opened(threads: int | None = None) -> Iterator[Any]:
    """A database in memory, which may spill into the system's folder for temporary files."""
    with tempfile.TemporaryDirectory(prefix="tropa-") as room:
        connection = duckdb.connect()
        try:
            connection.execute("ATTACH ':memory:' AS rows (COMPRESS)").fetchall()
            connection.execute("USE rows").fetchall()
            connection.execute("SET temp_directory = ?", [room]).fetchall()
            connection.execute("SET TimeZone = 'UTC'").fetchall()
            connection.execute("SET enable_progress_bar = false").fetchall()
            if threads is not None:
                connection.execute("SET threads = ?", [threads]).fetchall()
            yield connection
        finally:
            connection.close()


@contextmanager
def database_errors() -> Iterator[None]:
    """What the database could not do, in words."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise StoreError("There is not enough memory to read the files.", "Split the largest export.") from error
    except duckdb.IOException as error:
        raise DiskFullError("The database could not write its temporary files.", "Free some space.") from error


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def select(what: str, source: str) -> str:
    """A query over a table."""
    return f"SELECT {what} FROM {source}"  # noqa: S608  names come quoted, values are parameters


def distinct(table: str, seen: str, text: str) -> str:
    """A table of a column's values with numbers."""
    values = select(f"DISTINCT {text} AS v", f"{table} WHERE {text} IS NOT NULL")
    numbered = select("v, (row_number() OVER ())::INTEGER - 1 AS c", f"({values})")
    return f"CREATE OR REPLACE TABLE {seen} AS {numbered}"


def codes(table: str, seen: str, text: str) -> str:
    """Row and number of its value."""
    return select("t.rowid AS r, s.c AS c", f"{table} t JOIN {seen} s ON t.{text} = s.v")


def at_rows(table: str, place: str, wanted: str, picked: str) -> str:
    """Expressions of some rows, in the order of the rows; `place` says where in the table a row stands."""
    return select(picked, f"{table} t JOIN {wanted} w ON t.{place} = w.r ORDER BY t.{place}")


@dataclass(frozen=True, slots=True)
class TimeReader:
    """Expressions: milliseconds (NULL where it cannot be read), and whether they are a wall clock's."""

    moment: str
    naive: str
    values: tuple[object, ...] = ()


def time_reader(text: str, form: str) -> TimeReader:
    """How DuckDB reads the common spellings of a format; the rest is left NULL."""
    if form == "iso":
        zoned = f"regexp_matches(substr({text}, 11), '[ZzUuGg+-]')"
        plain = f"replace(trim({text}), ',', '.')"
        moment = (
            f"epoch_ms(CASE WHEN {zoned} THEN timezone('UTC', TRY_CAST({plain} AS TIMESTAMPTZ)) "
            f"ELSE TRY_CAST({plain} AS TIMESTAMP) END)"
        )
        return TimeReader(moment, f"NOT {zoned}")
    if form in _EPOCHS:
        number = f"TRY_CAST(CASE WHEN NOT contains({text}, '.') THEN {text} END AS BIGINT)"
        sane = f"CASE WHEN {number} BETWEEN -{_LAST[form]} AND {_LAST[form]} THEN {number} END"
        return TimeReader(_EPOCHS[form].format(n=f"({sane})"), "FALSE")
    if form == "excel":
        days = f"TRY_CAST(replace({text}, ',', '.') AS DOUBLE)"
        inside = f"CASE WHEN {days} BETWEEN 1 AND 2958465 THEN {days} END"
        return TimeReader(f"(round(({inside} - {_EXCEL_TO_1970}) * 86400) * 1000)::BIGINT", "TRUE")
    return _written_out(text, form)


def typed_time_reader(column: str, kind: str, form: str) -> TimeReader | None:
    """The same of a column that is no text; None where only its text will do."""
    if form in _EPOCHS and kind in WHOLE_NUMBERS:
        number = f"TRY_CAST({column} AS BIGINT)" if kind == "UBIGINT" else f"{column}::BIGINT"
        sane = f"CASE WHEN {number} BETWEEN -{_LAST[form]} AND {_LAST[form]} THEN {number} END"
        return TimeReader(_EPOCHS[form].format(n=f"({sane})"), "FALSE")
    if form != "iso" or kind not in _MOMENTS:
        return None
    text = time_reader(f"coalesce({column}::VARCHAR, '')", form)
    zoned = kind == "TIMESTAMP WITH TIME ZONE"
    moment = f"timezone('UTC', {column})" if zoned else f"{column}::TIMESTAMP"
    plain = f"year({moment}) BETWEEN 1000 AND 9999"  # years of four digits
    return TimeReader(
        f"CASE WHEN {plain} THEN epoch_ms({moment}) ELSE {text.moment} END",
        "FALSE" if zoned else f"CASE WHEN {plain} THEN TRUE ELSE {text.naive} END",
    )


def _written_out(text: str, form: str) -> TimeReader:
    patterns = [one for one in patterns_of(form) if reads_zone(one) == reads_zone(form)]
    holes = ", ".join("?" for _ in patterns)
    plain = f"trim({text})"
    if form.startswith("%Y%m%d"):  # without separators only the length tells a cut off date
        lengths = ", ".join(str(len(one.replace("%Y", "0000"))) for one in patterns)
        plain = f"CASE WHEN length({plain}) IN ({lengths}) THEN {plain} END"
    moment = f"try_strptime({plain}, [{holes}])"
    if "%B" in form or "%b" in form:
        return TimeReader("NULL::BIGINT", "FALSE")  # months in two languages and all cases: the reference parser
    if reads_zone(form):
        moment = f"timezone('UTC', {moment})"
    return TimeReader(f"epoch_ms({moment})", "FALSE" if reads_zone(form) else "TRUE", tuple(patterns))


def amount(text: str, decimal: str) -> str:
    """Minor units of plainly written numbers (parameters: minor units in one, the largest sum)."""
    plain = text if decimal == "." else f"CASE WHEN NOT contains({text}, '.') THEN replace({text}, ',', '.') END"
    minor = f"round(TRY_CAST({plain} AS DECIMAL(30, 6)) * $1::INTEGER, 0)"
    return f"CASE WHEN abs({minor}) <= $2::BIGINT THEN {minor}::BIGINT END"
