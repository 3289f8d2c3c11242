"""How a picture is cut for sheets of paper that are glued together."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from tropa.render.picture.drawing import Window


class Paper(StrEnum):
    """The sizes of paper; `fit` is one sheet as large as the map."""

    FIT = "fit"
    A3 = "a3"
    A4 = "a4"


# points, landscape
SIZES = {Paper.A3: (1190.55, 841.89), Paper.A4: (841.89, 595.28)}
PRINT_MARGIN = 24.0
FOOT = 34.0
_OVERLAP = 14.0
# 12 px of text are 6.6 pt at the smallest scale and 9 pt at the largest
_SMALLEST, _LARGEST = 0.55, 0.75


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: what it shows, in pixels of the picture, and its place counted from 1."""

    window: Window
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Cut:
    """All sheets, row by row, and how many points a pixel is."""

    scale: float
    sheets: tuple[Sheet, ...]
    rows: int
    columns: int
    overlap: float


def cut_for(paper: Paper, width: float, height: float) -> Cut:
    """Cut a picture of so many pixels; neighbours repeat a strip, along which they are glued."""
    room = SIZES[paper][0] - 2 * PRINT_MARGIN, SIZES[paper][1] - PRINT_MARGIN - FOOT
    columns = _count(width * _SMALLEST, room[0])
    scale = min(_LARGEST, _length(columns, room[0]) / width)
    rows = _count(height * scale, room[1])
    fewer = _length(rows - 1, room[1]) / height
    if rows > 1 and fewer >= _SMALLEST:
        # a little smaller saves a whole row of sheets
        rows, scale = rows - 1, fewer
    overlap = _OVERLAP / scale
    wide, tall = _spread(width, room[0] / scale, columns, overlap), _spread(height, room[1] / scale, rows, overlap)
    sheets = tuple(
        Sheet(Window(x, y, x_end - x, y_end - y), row, column)
        for row, (y, y_end) in enumerate(tall, 1)
        for column, (x, x_end) in enumerate(wide, 1)
    )
    return Cut(scale, sheets, rows, columns, overlap)


def _count(length: float, room: float) -> int:
    return 1 if length <= room else ceil((length - room) / (room - _OVERLAP)) + 1


def _length(count: int, room: float) -> float:
    return room + (count - 1) * (room - _OVERLAP)


def _spread(length: float, room: float, count: int, overlap: float) -> list[tuple[float, float]]:
    """Even parts that overlap, none longer than the room."""
    part = min(room, (length + (count - 1) * overlap) / count)
    starts = [at * (part - overlap) for at in range(count)]
    return [(start, min(length, start + part)) for start in starts]


def glued(cut: Cut) -> tuple[tuple[tuple[float, float], ...], ...]:
    """For each sheet the corners of the strips that its neighbours repeat, in pixels from its own corner."""
    made = []
    for sheet in cut.sheets:
        wide, tall = sheet.window.width, sheet.window.height
        xs = [
            *([cut.overlap] if sheet.column > 1 else []),
            *([wide - cut.overlap] if sheet.column < cut.columns else []),
        ]
        ys = [*([cut.overlap] if sheet.row > 1 else []), *([tall - cut.overlap] if sheet.row < cut.rows else [])]
        marks = [(x, y) for x in xs for y in (ys or [0.0, tall])]
        made.append(tuple(marks or [(x, y) for y in ys for x in (0.0, wide)]))
    return tuple(made)
