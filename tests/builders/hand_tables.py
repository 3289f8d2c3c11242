"""Tables written by hand, handed to the store as a folder's files would be."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tropa.adapters.stores.local.keys import PseudonymKey
from tropa.adapters.stores.local.store import LocalStore
from tropa.domain.project import Project, SourceSpec
from tropa.events.report import IngestReport
from tropa.ports import silent

KEY = PseudonymKey(b"a key of sixteen bytes or more!!")
Table = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class HandFile:
    file: str
    rows: int
    rejected: int


@dataclass(frozen=True)
class HandTable:
    files: tuple[HandFile, ...]
    columns: tuple[str, ...]
    fault: None = None


@dataclass
class HandTables:
    """file name → rows; `broken`: file name → (row, reason, text) of rows that no reader could use."""

    tables: Mapping[str, Table]
    broken: Mapping[str, Sequence[tuple[int, str, str]]] = field(default_factory=dict)

    def load(self, connection: Any, spec: SourceSpec, name: str) -> HandTable:
        pattern = "[^/]*".join(map(re.escape, spec.file.split("*")))
        files = [file for file in sorted(self.tables) if re.fullmatch(pattern, file)]
        columns = tuple(dict.fromkeys(column for file in files for row in self.tables[file] for column in row))
        typed = "".join(f', "{column}" VARCHAR' for column in columns)
        connection.execute(f'CREATE TABLE "{name}" (_file VARCHAR, _row BIGINT{typed})').fetchall()
        connection.execute(
            f'CREATE TABLE "{name}__rejected" (_file VARCHAR, _row BIGINT, reason VARCHAR, raw VARCHAR)'
        ).fetchall()
        found = []
        for file in files:
            rows, broken = self.tables[file], self.broken.get(file, ())
            taken = {row for row, _, _ in broken}
            numbers = [number for number in range(2, 2 + len(rows) + len(taken)) if number not in taken]
            cells = {
                f"c{n}": np.array([row.get(one, "") for row in rows], dtype=object) for n, one in enumerate(columns)
            }
            connection.register("hand", {"r": np.array(numbers, dtype=np.int64), **cells})
            connection.execute(f'INSERT INTO "{name}" SELECT ?, * FROM hand', [file]).fetchall()
            connection.unregister("hand")
            for number, reason, raw in broken:
                values = [file, number, reason, raw]
                connection.execute(f'INSERT INTO "{name}__rejected" VALUES (?, ?, ?, ?)', values).fetchall()
            found.append(HandFile(file, len(rows) + len(broken), len(broken)))
        return HandTable(tuple(found), columns)


def ingested(
    folder: Path, project: Project, tables: Mapping[str, Table], **rest: Any
) -> tuple[LocalStore, IngestReport]:
    """A store filled from tables written by hand."""
    store = LocalStore(folder)
    for file in tables:  # their bytes tell the store that something has changed
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(repr(tables[file]), encoding="utf-8")
    return store, store.ingest(project, HandTables(tables, **rest), KEY, silent)


def paths_of(store: LocalStore) -> list[list[tuple[str, int]]]:
    """Each unit's events as (name, ms), in the order of the log."""
    log = store.load()
    return [
        [(log.event.values[log.event.codes[i]], int(log.time[i])) for i in range(log.offsets[u], log.offsets[u + 1])]
        for u in range(log.units)
    ]
