"""One table of a file that a person has named, whole, row by row."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tropa.adapters.sources.documents import read_document
from tropa.adapters.sources.faults import unreadable
from tropa.adapters.sources.limits import LIMITS
from tropa.adapters.sources.listing import list_file
from tropa.adapters.sources.reading import Row, Wishes
from tropa.adapters.sources.unpacking import Refused, unpack
from tropa.errors import SourceMissingError, told


@dataclass(frozen=True, slots=True)
class WholeTable:
    """Columns, and rows with their line or row in the file; each row is as wide as the columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_rows(path: Path) -> WholeTable:
    """The first table of a file of any kind that tropa reads; a row that cannot be read is left out."""
    if not path.is_file():
        raise SourceMissingError(told("There is no file “{pattern}”.", pattern=path), "")
    entry = next(list_file(path.parent, path.name), None)
    if isinstance(entry, Refused):
        raise entry.error
    with tempfile.TemporaryDirectory(prefix="tropa-") as room:
        for blob in unpack(path, path.name, into=Path(room), limits=LIMITS):
            if isinstance(blob, Refused):
                raise blob.error
            for reading in read_document(blob, Wishes(), limits=LIMITS):
                rows = [(row.number, row.cells) for row in reading.rows if isinstance(row, Row)]
                columns = tuple(reading.columns)
                return WholeTable(columns, tuple((number, _wide(cells, len(columns))) for number, cells in rows))
    raise unreadable(path.name, "There is no table in the file.", "Export the rows as CSV, XLSX or JSON.")


def _wide(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * (width - len(cells)))[:width]
