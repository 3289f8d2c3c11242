"""A table being read: its columns, and its rows one by one, good and bad, each with its place in the file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tropa.errors import InputError
from tropa.intake.table import FoundFormat


class Row(NamedTuple):
    """A row of data; `number` is its line or row in the source. Cells that are missing at its end are empty."""

    number: int
    cells: Sequence[str]


class Reject(NamedTuple):
    """A row that cannot be used, with a stable reason and its text as far as it could be read."""

    number: int
    reason: str
    raw: str


class Line(NamedTuple):
    """A line of a grid before anyone knows whether it is a title, a header, data or a total."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """A plain UTF-8 table, one record a line, that DuckDB can take at once; `lines` counts those of data."""

    path: Path
    delimiter: str
    newline: str
    skip: int  # lines before the data
    width: int
    header: tuple[str, ...]
    lines: int
    bottom: int  # lines after the data: totals and notes
    examine: Callable[[int, str], Row | Reject | None]  # a line that DuckDB would not take; None = a blank one


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A typed table that DuckDB reads itself: the SQL of each cell as text, and the longest cell allowed.

    `typed`: the SQL of each cell as it is in the file. `lengths`: the SQL of the bytes of the cells that may be long.
    `stays`: the file is the company's own, not one unpacked for a while. `fault` words what DuckDB says of the file.
    """

    path: Path
    cells: tuple[str, ...]
    typed: tuple[str, ...]
    lengths: tuple[str, ...]
    longest: int
    stays: bool
    fault: Callable[[Exception], InputError]


@dataclass(slots=True, kw_only=True)
class Reading:
    """One table of a file. `columns` and `notes` may grow until `rows` is exhausted; `rows` can be read once.

    `peek` is a sample of a table that is too long to be looked through for one. `bulk` is a faster way to the same
    rows, made when it is asked for; None where there is no such way. `selection` is the same for typed tables.
    """

    format: FoundFormat
    columns: list[str]
    rows: Iterator[Row | Reject]
    sheet: str | None = None
    notes: list[str] = field(default_factory=list)
    peek: tuple[Row, ...] | None = None
    bulk: Callable[[], Bulk | None] | None = None
    selection: Selection | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person wrote under `format` and `sheet`; None = as found."""

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    sheet: str | None = None
