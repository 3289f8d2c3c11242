"""A table being read: its columns, and its rows one by one, good and bad, each with its place in the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tropa.intake.table import FoundFormat


class Row(NamedTuple):
    """A row of data; `number` is its line or row in the source. It may be shorter than the columns: the rest is empty."""

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


@dataclass(slots=True, kw_only=True)
class Reading:
    """One table of a file. `columns` and `notes` may grow until `rows` is exhausted; `rows` can be read once."""

    format: FoundFormat
    columns: list[str]
    rows: Iterator[Row | Reject]
    sheet: str | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person wrote under `format` and `sheet`; None = as found."""

    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    sheet: str | None = None
