"""A table as found in a file, before anyone has said what its columns mean."""

from dataclasses import dataclass, field
from enum import StrEnum


class Written(StrEnum):
    """What a text that is no table was read as; such a table has columns of fixed names.

    A conversation (a row a turn), reviews (a row a review), the company's own notes of what it observed, or prose of
    which nobody knows whose it is (a row a paragraph).
    """

    DIALOGUE = "dialogue"
    REVIEWS = "reviews"
    NOTES = "notes"
    PROSE = "prose"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFormat:
    """How the file was read; what a person may correct in tropa.yaml under `format`."""

    kind: str  # csv | xlsx | xls | ods | html | json | jsonl | parquet | xes | ocel | docx, or one of Written
    encoding: str | None = None
    delimiter: str | None = None  # a blank = columns aligned by runs of blanks; None = one column
    header_row: int = 1  # 1-based line or row of the header in the file; 0 = there is none
    compression: str | None = None  # gz | zip


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTable:
    """One table of a file: its columns in order, and a sample of rows from the head, the middle and the end.

    `file` is relative to the folder, with "/" as separator, and is what tropa.yaml says: a file inside a zip stands
    behind it (`export.zip/orders.csv`), and `member` names it alone; `sheet` is a sheet of a workbook, or the path of a
    list in a JSON document that holds several. Cells of the sample are text exactly as they will be read; an empty cell
    is "". `rows` counts data rows where that is cheap to know.
    """

    file: str
    member: str | None = None
    sheet: str | None = None
    columns: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    rows: int | None = None
    format: FoundFormat
    notes: tuple[str, ...] = field(default_factory=tuple)

    def values(self, column: str) -> tuple[str, ...]:
        """The sample's cells of one column, empty ones left out."""
        place = self.columns.index(column)
        return tuple(row[place] for row in self.sample if place < len(row) and row[place].strip())
