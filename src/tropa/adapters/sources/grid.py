"""Lines of a grid → rows of a table: blank lines left out, totals and notes at the bottom set aside, bad rows named."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from tropa.adapters.sources.faults import too_large, unreadable
from tropa.adapters.sources.limits import LIMITS, Limits
from tropa.adapters.sources.reading import Line, Reading, Reject, Row
from tropa.adapters.sources.shape import Shape, is_filled, looks_like_data, recognise
from tropa.errors import told
from tropa.intake.table import FoundFormat

HEAD = 60
_TAIL = 10
_TOTAL = re.compile(
    r"((общий|общая|общее) )?(итого|итог|всего)\b.*|(grand |sub)?totals?\b.*", re.IGNORECASE | re.DOTALL
)
_TOTAL_LENGTH = 60
_NOTE_WIDTH = 3


def read_grid(
    lines: Iterable[Line | Reject],
    *,
    file: str,
    found: FoundFormat,
    header_row: int | None = None,
    limits: Limits = LIMITS,
) -> Reading | None:
    """The table that the lines hold, or None where there is nothing in them."""
    opened = open_grid(lines, file=file, found=found, header_row=header_row, limits=limits)
    return opened and opened[0]


def open_grid(
    lines: Iterable[Line | Reject],
    *,
    file: str,
    found: FoundFormat,
    sample: Sequence[Line] = (),
    header_row: int | None = None,
    limits: Limits = LIMITS,
) -> tuple[Reading, Shape] | None:
    """The table with the shape that was seen in it; `sample` are lines from all over a long one."""
    stream = iter(lines)
    head = _first_lines(stream)
    whole = [line for line in head if isinstance(line, Line)]
    if not whole:
        return None
    shape = recognise(whole, sample, header_row=header_row)
    if shape.width > limits.columns:
        hint = "Keep the columns that matter and export again."
        raise too_large(
            file,
            told(
                "The table has {width} columns; at most {columns} are read.", width=shape.width, columns=limits.columns
            ),
            hint,
        )
    _refuse_if_all_too_wide(file, shape, whole)
    notes = list(shape.notes)
    body = (line for line in chain(head, stream) if line.number >= shape.first_data)
    reading = Reading(
        format=replace(found, header_row=shape.header_row),
        columns=list(shape.names),
        rows=_rows(body, shape, notes, limits),
        notes=notes,
    )
    return reading, shape


def _first_lines(stream: Iterator[Line | Reject]) -> list[Line | Reject]:
    head: list[Line | Reject] = []
    count = 0
    for line in stream:
        if isinstance(line, Line) and not any(map(is_filled, line.cells)):
            continue
        head.append(line)
        count += isinstance(line, Line)
        if count == HEAD:
            break
    return head


def _refuse_if_all_too_wide(file: str, shape: Shape, lines: Sequence[Line]) -> None:
    body = [line for line in lines if line.number >= shape.first_data]
    if len(body) > 1 and all(any(map(is_filled, line.cells[shape.width :])) for line in body):
        raise unreadable(
            file,
            told("Every row has more cells than the header names ({width}).", width=shape.width),
            "Cells that hold the delimiter have to be quoted: choose another delimiter when exporting.",
        )


def _rows(lines: Iterable[Line | Reject], shape: Shape, notes: list[str], limits: Limits) -> Iterator[Row | Reject]:
    classify = Classifier(shape, limits)
    tail: deque[Line | Reject] = deque()
    blanks: set[int] = set()  # numbers of the lines in `tail` that follow a blank one
    blank = False
    for line in lines:
        if isinstance(line, Line) and not any(map(is_filled, line.cells)):
            blank = True
            continue
        if blank:
            blanks.add(line.number)
            blank = False
        tail.append(line)
        if len(tail) > _TAIL:
            first = tail.popleft()
            blanks.discard(first.number)
            yield classify(first)
    bottom = bottom_length(list(tail), shape.width, blanks)
    if bottom:
        notes.append(f"bottom_rows:{bottom}")
    for _ in range(len(tail) - bottom):
        yield classify(tail.popleft())


def bottom_length(lines: Sequence[Line | Reject], width: int, after_blank: set[int]) -> int:
    """How many of the last lines are totals and notes and no data."""
    bottom = 0
    for length, line in enumerate(reversed(lines), 1):
        if isinstance(line, Reject):
            break
        is_total = _is_total(line)
        if not is_total and not _is_note(line, width):
            break
        if is_total or line.number in after_blank:
            bottom = length
    return bottom


def _is_total(line: Line) -> bool:
    """Begins with the word, and holds nothing but numbers and gaps beside it."""
    filled = [cell.strip() for cell in line.cells if is_filled(cell)]
    if not filled or len(filled[0]) > _TOTAL_LENGTH or not _TOTAL.fullmatch(filled[0]):
        return False
    return len(filled) < max(2, len(line.cells)) and all(map(looks_like_data, filled[1:]))


def _is_note(line: Line, width: int) -> bool:
    filled = [cell for cell in line.cells if is_filled(cell)]
    return width >= _NOTE_WIDTH and len(filled) == 1 and filled[0] == line.cells[0] and not looks_like_data(filled[0])


class Classifier:
    """Makes a row of a line, or says why it cannot be one."""

    def __init__(self, shape: Shape, limits: Limits) -> None:
        self._shape = shape
        self._limits = limits
        self._whole = shape.places == tuple(range(shape.width))
        self._dropped = [n for n in range(shape.width) if n not in set(shape.places)]

    def __call__(self, line: Line | Reject) -> Row | Reject:
        """The row, or the reject."""
        if isinstance(line, Reject):
            return line
        shape, cells = self._shape, line.cells
        if (reason := self._fault(cells)) is not None:
            return Reject(line.number, reason, "\t".join(cells)[: self._limits.raw])
        if self._whole:
            return Row(line.number, cells if len(cells) <= shape.width else cells[: shape.width])
        return Row(line.number, [cells[n] if n < len(cells) else "" for n in shape.places])

    def _fault(self, cells: Sequence[str]) -> str | None:
        shape = self._shape
        count = len(cells)
        if count < shape.width and not shape.pads:
            return "too_few_cells"
        if count > shape.width and any(map(is_filled, cells[shape.width :])):
            return "too_many_cells"
        if shape.header and cells[0] == shape.header[0] and tuple(cells) == shape.header:
            return "repeated_header"
        if any(n < count and is_filled(cells[n]) for n in self._dropped):
            return "too_many_cells"
        if max(map(len, cells)) > self._limits.cell:
            return "cell_too_long"
        return None
