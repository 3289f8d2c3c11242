"""Long plain tables go through DuckDB's own reader; lines that it refuses are looked at one by one."""

from collections.abc import Sequence
from string import Template
from typing import Any, Protocol

from tropa.adapters.sources.names import quoted
from tropa.adapters.sources.reading import Bulk, Reject, Row

_INSERT = """
    INSERT INTO $table (_file, _row, $names)
    SELECT ?, row_number() OVER () + ?, $cells
    FROM read_csv(
        ?, auto_detect = false, header = false, skip = ?, delim = ?, quote = '"', escape = '"', new_line = ?,
        columns = {$kinds}, nullstr = chr(1), parallel = false, strict_mode = true, max_line_size = 8388608,
        ignore_errors = true, store_rejects = true, rejects_limit = 0,
        rejects_table = '_landing_refused', rejects_scan = '_landing_scans', compression = 'none'
    )
"""
_BLANKS = " \t\r\n\x0b\x0c"
_REFUSED = 200  # more refused lines than this, and the careful way is the better one


class Target(Protocol):
    """The table that is being filled."""

    table: str

    def own(self, columns: Sequence[str]) -> list[str]:
        """The table's names of these columns."""
        ...

    def insert(self, rows: Sequence[Row], columns: Sequence[str], file: str) -> None:
        """Write rows down."""
        ...

    def reject(self, rejects: Sequence[Reject], file: str) -> None:
        """Write rejected rows down."""
        ...

    def run(self, sql: str, *values: str | int) -> list[tuple[Any, ...]]:
        """Run a statement to its end."""
        ...


def take_in_bulk(target: Target, bulk: Bulk, columns: Sequence[str], file: str) -> tuple[int, int] | None:
    """How many rows there were, and how many were rejected; None, and nothing written, where the counts disagree."""
    own = target.own(columns)
    landed, refused = _insert_all(target, bulk, own, file)
    if len(refused) > _REFUSED or landed + len(refused) != bulk.lines + bulk.bottom:
        target.run(_filled("DELETE FROM $table WHERE _file = ?", target), file)
        return None
    _number_again(target, sorted(refused), file)
    last = bulk.skip + bulk.lines
    target.run(_filled("DELETE FROM $table WHERE _file = ? AND _row > ?", target), file, last)
    examined = [bulk.examine(line, text) for line, text in refused.items() if line <= last]
    rejects = [one for one in examined if isinstance(one, Reject)]
    target.insert([one for one in examined if isinstance(one, Row)], columns, file)
    rejects += _repeated_headers(target, bulk, own, file)
    target.reject(sorted(rejects), file)
    blank = sum(one is None for one in examined) + _blank_rows(target, own, file)
    return bulk.lines - blank, len(rejects)


def _filled(template: str, target: Target, **parts: str) -> str:
    """SQL with names in it; whatever a file holds is passed as values."""
    return Template(template).substitute(table=target.table, **parts)


def _insert_all(target: Target, bulk: Bulk, own: Sequence[str], file: str) -> tuple[int, dict[int, str]]:
    """How many lines DuckDB took, and those that it refused."""
    insert = _filled(
        _INSERT,
        target,
        names=", ".join(map(quoted, own)),
        cells=", ".join(f"c{n}" for n in range(bulk.width)),
        kinds=", ".join(f"'c{n}': 'VARCHAR'" for n in range(bulk.width)),
    )
    newline = bulk.newline.replace("\r", "\\r").replace("\n", "\\n")
    target.run(insert, file, bulk.skip, str(bulk.path), bulk.skip, bulk.delimiter, newline)
    refused = dict(target.run("SELECT line, any_value(csv_line) FROM _landing_refused GROUP BY line ORDER BY line"))
    target.run("DROP TABLE _landing_refused")
    target.run("DROP TABLE _landing_scans")
    landed = target.run(_filled("SELECT count(*) FROM $table WHERE _file = ?", target), file)[0][0]
    return landed, refused


def _number_again(target: Target, refused: Sequence[int], file: str) -> None:
    """Rows were numbered as if no line had been refused: those after the j-th refused line stand j lines lower."""
    if refused:
        steps = " + ".join(f"(_row >= {line - before})::BIGINT" for before, line in enumerate(refused))
        update = _filled("UPDATE $table SET _row = _row + $steps WHERE _file = ? AND _row >= ?", target, steps=steps)
        target.run(update, file, refused[0])


def _blank_rows(target: Target, own: Sequence[str], file: str) -> int:
    """Rows of nothing but delimiters are blank lines."""
    nothing = " AND ".join(f"{quoted(name)} < '!' AND trim({quoted(name)}, ?) = ''" for name in own)
    where = _filled("FROM $table WHERE _file = ? AND $nothing", target, nothing=nothing)
    blanks = [_BLANKS] * len(own)
    count = int(target.run(f"SELECT count(*) {where}", file, *blanks)[0][0])
    if count:
        target.run(f"DELETE {where}", file, *blanks)
    return count


def _repeated_headers(target: Target, bulk: Bulk, own: Sequence[str], file: str) -> list[Reject]:
    if not bulk.header:
        return []
    same = " AND ".join(f"{quoted(name)} = ?" for name in own)
    where = _filled("FROM $table WHERE _file = ? AND $same", target, same=same)
    numbers = target.run(f"SELECT _row {where}", file, *bulk.header)
    if numbers:
        target.run(f"DELETE {where}", file, *bulk.header)
    return [Reject(number, "repeated_header", "\t".join(bulk.header)) for (number,) in numbers]
