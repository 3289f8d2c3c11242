"""What a slide is made of: boxes with words, curves and tables, placed in points; people edit them where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tropa.render.curve import Piece
from tropa.render.measure import lines_of
from tropa.render.words import drawable, fine

WIDTH, HEIGHT = 960.0, 540.0
EDGE = 36.0
SMALLEST = 10.0
_LEADING = 1.24
_SPARE = 0.965


class Form(StrEnum):
    """The outline of a box."""

    PLAIN = "plain"
    ROUND = "round"
    CHEVRON = "chevron"
    PILL = "pill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A paragraph in one look; `ink` is a colour role, `after` the points of room below."""

    text: str
    size: float = SMALLEST
    ink: str = "ink"
    bold: bool = False
    after: float = 0.0

    def __post_init__(self) -> None:
        if self.size < SMALLEST:
            message = f"Words on a slide are {SMALLEST:g} points or more, not {self.size:g}."
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A shape with words; `role` says what it is, `over` that it lies upon another on purpose."""

    x: float
    y: float
    width: float
    height: float
    rows: tuple[Row, ...] = ()
    form: Form = Form.PLAIN
    fill: str | None = None
    line: str | None = None
    thick: float = 0.75
    dashed: bool = False
    pad: float = 5.0
    middle: bool = False
    centred: bool = False
    role: str = "words"
    over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A curve of Béziers."""

    pieces: tuple[Piece, ...]
    ink: str
    width: float
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table; `widths` in points, `heights` the least of each row, its head first."""

    x: float
    y: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The company's mark in a frame that it fits into."""

    x: float
    y: float
    width: float
    height: float


Item = Box | Stroke | Grid | Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """A slide: its title (in the outline too) and what stands below; a cover shows its title in `items` alone."""

    title: str
    items: tuple[Item, ...]
    cover: bool = False


def as_set(text: str) -> str:
    """Words as they stand on a slide: signs that our letters have, no line that ends where it must not."""
    return drawable(fine(text))


def height_of(rows: Sequence[Row], width: float, *, pad: float = 5.0) -> float:
    """How high a box of this width has to be for its words."""
    room = (width - 2 * pad) * _SPARE
    return (
        sum(len(lines_of(row.text, room, size=row.size, bold=row.bold)) * row.size * _LEADING for row in rows) + 2 * pad
    )


def shortened(row: Row, width: float, most: int, *, pad: float = 5.0) -> Row:
    """The row with no more lines than that, an ellipsis at its end where words are left out."""
    room = (width - 2 * pad) * _SPARE
    whole = lines_of(as_set(row.text), room, size=row.size, bold=row.bold)
    if len(whole) <= most:
        return row
    lines = lines_of(as_set(row.text), room, size=row.size, bold=row.bold, most=most)
    return replace(row, text=" ".join(line.removesuffix("-") for line in lines))
