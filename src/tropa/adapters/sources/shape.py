"""What a grid of cells looks like: titles above, one or two header rows, which columns hold data."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from tropa.adapters.sources.names import column_names
from tropa.adapters.sources.reading import Line

_DATA_LIKE = re.compile(
    r"[-+]?[\d\s  ]*\d([.,]\d+)?\s*[%₽$€]?"  # a number
    r"|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}([ T].*)?"  # a date
    r"|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-.*"  # a UUID
    r"|https?://\S+|[^\s@]+@[^\s@]+\.\w+"
    r"|[{\[].*[}\]]",
    re.DOTALL,
)
_WORDLESS_SECOND = frozenset({"response", "open-ended response", "ответ", "открытый ответ", "значение"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """`places` are the cells of a line that become columns `names`; `header_row` is 0 where there is no header."""

    names: tuple[str, ...]
    places: tuple[int, ...]
    width: int  # cells in a whole line
    header_row: int
    first_data: int  # number of the first line that may hold data
    header: tuple[str, ...] = ()  # the header's cells as they stand
    pads: bool = False  # lines without their last empty cells are usual here
    notes: tuple[str, ...] = ()


def is_filled(cell: str) -> bool:
    """Whether there is anything to see in the cell."""
    return bool(cell.strip())


def looks_like_data(cell: str) -> bool:
    """A number, a date, an address or an id: hardly the name of a column."""
    return bool(_DATA_LIKE.fullmatch(cell.strip()))


def recognise(lines: Sequence[Line], sample: Sequence[Line], *, header_row: int | None = None) -> Shape:
    """The shape of a grid from its first lines (none blank) and, of a long one, a sample of lines from all over it."""
    place = _header_place(lines, header_row)
    if place is None:
        return _without_header(lines, sample)
    shape = _with_header(lines, place, sample)
    return replace(shape, notes=(f"title_rows:{place}", *shape.notes)) if place else shape


def _header_place(lines: Sequence[Line], header_row: int | None) -> int | None:
    if header_row is not None:
        return next((n for n, line in enumerate(lines) if line.number >= header_row > 0), None)
    filled = [sum(map(is_filled, line.cells)) for line in lines]
    usual = median(filled[len(filled) // 3 :]) if len(filled) > 2 else max(filled)
    place = next((n for n, count in enumerate(filled) if count >= max(min(2, usual), usual / 2)), 0)
    return None if _is_data(lines[place], lines[place + 1 :]) else place


def _is_data(line: Line, following: Sequence[Line]) -> bool:
    """The would-be header holds values of the kind that stands below it."""
    values = [(n, cell) for n, cell in enumerate(line.cells) if is_filled(cell)]
    like = [n for n, cell in values if looks_like_data(cell)]
    if not like or not following or len(like) < 0.2 * len(values):
        return False
    below = [one.cells[n] for one in following[:20] for n in like if n < len(one.cells) and is_filled(one.cells[n])]
    return bool(below) and sum(map(looks_like_data, below)) >= 0.8 * len(below)


def _without_header(lines: Sequence[Line], sample: Sequence[Line]) -> Shape:
    width = _usual_width([*lines, *sample])
    places = tuple(n for n in range(width) if _holds_anything(n, [*lines, *sample]))
    return Shape(
        names=tuple(f"column_{n + 1}" for n in places),
        places=places,
        width=width,
        header_row=0,
        first_data=lines[0].number,
        pads=_often_short(width, [*lines, *sample]),
        notes=("no_header",),
    )


def _with_header(lines: Sequence[Line], place: int, sample: Sequence[Line]) -> Shape:
    header, below = lines[place], lines[place + 1 :]
    titles, last = list(header.cells), header
    notes: tuple[str, ...] = ()
    if below and _is_second_header(header, below[0], below[1:]):
        titles, last = _joined(header.cells, below[0].cells), below[0]
        below, notes = below[1:], ("two_header_rows",)
    body = [line for line in (*below, *sample) if line.number > last.number]
    width = max(len(titles), 1)
    places = tuple(n for n in range(width) if is_filled(titles[n]) or _holds_anything(n, body))
    if len(places) < width:
        notes = (*notes, f"empty_columns:{width - len(places)}")
    return Shape(
        names=column_names([titles[n] or f"column_{n + 1}" for n in places]),
        places=places,
        width=width,
        header_row=header.number,
        first_data=last.number + 1,
        header=tuple(header.cells),
        pads=_often_short(width, body),
        notes=notes,
    )


def _is_second_header(first: Line, second: Line, following: Sequence[Line]) -> bool:
    """Fills gaps that the first header left, holds words only, and leaves empty what is filled in the data below."""
    above = [*first.cells, *[""] * (len(second.cells) - len(first.cells))]
    if not any(not is_filled(a) and is_filled(b) for a, b in zip(above, second.cells, strict=False)):
        return False
    words = [cell for cell in second.cells if is_filled(cell)]
    if any(map(looks_like_data, words)) or not following:
        return False
    empty = [n for n, cell in enumerate(second.cells) if not is_filled(cell)]
    return any(n < len(line.cells) and is_filled(line.cells[n]) for line in following[:5] for n in empty)


def _joined(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """One name from two rows: a question and its part; a group's name reaches over the cells left empty beside it."""
    width, names, group = max(len(first), len(second)), list[str](), ""
    for n in range(width):
        upper = first[n].strip() if n < len(first) else ""
        lower = second[n].strip() if n < len(second) else ""
        group = upper or (group if lower else "")
        named = lower and lower.lower() not in _WORDLESS_SECOND
        names.append(": ".join(part for part in (group, lower if named else "") if part))
    return names


def _usual_width(lines: Sequence[Line]) -> int:
    return Counter(len(line.cells) for line in lines).most_common(1)[0][0]


def _often_short(width: int, lines: Sequence[Line]) -> bool:
    return sum(len(line.cells) < width for line in lines) > max(1, 0.1 * len(lines))


def _holds_anything(place: int, lines: Sequence[Line]) -> bool:
    return any(place < len(line.cells) and is_filled(line.cells[place]) for line in lines)
