"""The first table of one file, whole: for small tables that people fill in by hand."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tropa.adapters.sources.documents import read_document
from tropa.adapters.sources.reading import Row, Wishes
from tropa.adapters.sources.unpacking import Refused, unpack
from tropa.errors import InputError, UnreadableFileError, told

MOST_ROWS = 2000


@dataclass(frozen=True, slots=True)
class SmallTable:
    """Heads, and rows with their numbers in the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, Sequence[str]], ...]


def read_small_table(path: Path) -> SmallTable:
    """The table; InputError where there is none that can be read."""
    if not path.is_file():
        raise InputError(told("There is no file “{name}”.", name=path.name), "Name a table: CSV, XLSX or YAML.")
    with tempfile.TemporaryDirectory(prefix="tropa-") as room:
        for blob in unpack(path, path.name, into=Path(room)):
            if isinstance(blob, Refused):
                raise blob.error
            for reading in read_document(blob, Wishes(header_row=1)):
                rows = tuple((one.number, one.cells) for one in reading.rows if isinstance(one, Row))
                if len(rows) > MOST_ROWS:
                    message = told("“{name}” has more than {most} rows.", name=path.name, most=MOST_ROWS)
                    raise InputError(message, "Sum the lines up first.")
                return SmallTable(tuple(reading.columns), rows)
    raise UnreadableFileError(told("“{name}” holds no table.", name=path.name), "Name a table: CSV, XLSX or YAML.")
