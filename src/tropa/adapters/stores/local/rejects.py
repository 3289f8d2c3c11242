"""Rows that could not be used, each with the reason: rejects/<file>.csv."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tropa.adapters.stores.local.data_reasons import HEAD, REASONS, UNREADABLE
from tropa.adapters.stores.local.rawtable import RawTable
from tropa.adapters.stores.local.rows import SourceRows, Verdict
from tropa.domain.text import Language
from tropa.intake.numbers import parse_number

_UNSAFE = re.compile(r'[\x00-\x1f<>:"|?*\\]')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not be used: where it stands, the reason's code, and what was in it."""

    file: str
    row: int
    reason: str
    raw: str
    cells: Sequence[str] = ()


def write_rejects(table: RawTable, rows: SourceRows, *, into: Path, language: Language) -> None:
    """Add the rejected rows of one source of the path."""
    write_lines(_rejected(table, rows), table.columns, rows.spec.sheet, into=into, language=language)


def write_lines(
    rejected: Iterable[Rejected], columns: Sequence[str], sheet: str | None, *, into: Path, language: Language
) -> None:
    """Add rejected rows of one source, in the order of each file; the cells stand as they were."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for one in rejected:
        words = REASONS.get(one.reason, UNREADABLE).said_in(language)
        found[one.file].append((str(one.row), one.reason, words, harmless(one.raw), *map(harmless, one.cells)))
    head = [HEAD[one].said_in(language) for one in ("row", "reason", "explanation", "raw")]
    for file, unsorted in found.items():
        lines = sorted(unsorted, key=lambda line: int(line[0]))
        place = into / rejects_name(file, sheet)
        into.mkdir(parents=True, exist_ok=True)
        fresh = not place.exists()
        with place.open("a", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            if fresh:
                writer.writerow([*head, *map(harmless, columns)])
            writer.writerows(lines)


def _rejected(table: RawTable, rows: SourceRows) -> Iterator[Rejected]:
    for file, row, reason, raw in table.unread_rows():
        yield Rejected(file, row, reason, raw)
    refused = np.flatnonzero((rows.verdict != Verdict.ACCEPTED) & (rows.verdict != Verdict.DUPLICATE))
    for at, cells in zip(refused.tolist(), table.cells(refused), strict=True):
        reason = Verdict(int(rows.verdict[at])).name.lower()
        yield Rejected(rows.files[int(rows.file[at])].file, int(rows.row[at]), reason, "", cells)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if cell.startswith(_FORMULA) and parse_number(cell) is None:
        return f"'{cell}"
    return cell


def rejects_name(file: str, sheet: str | None) -> str:
    """One flat name for a file of any folder."""
    name = f"{file} {sheet}" if sheet else file
    flat = _UNSAFE.sub("_", name.replace("/", "__"))
    return flat if flat.lower().endswith(".csv") else f"{flat}.csv"


def names_in(folder: Path) -> Sequence[str]:
    """The files of a folder of rejects."""
    return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
