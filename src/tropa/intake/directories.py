"""Reference lists of a folder: what the codes of statuses and stages mean in words."""

from collections.abc import Iterator, Mapping, Sequence

from tropa.intake.columns import ReadColumn
from tropa.intake.reading import TableReading

_NAME = ("name", "title", "название", "наименование", "имя")
_CODE = ("id", "status_id", "stage_id", "code", "код", "ид")
_SEPARATOR = ", "
_MOST_CODES = 200
_MOST_KNOWN = 0.8


def code_books(readings: Sequence[TableReading]) -> tuple[Mapping[str, str], ...]:
    """Code → name, one for each list of both; what a list inside a record joined with commas is taken apart."""
    return tuple(book for reading in readings for book in _books(reading) if len(set(book.values())) > 1)


def names_for(column: ReadColumn, books: Sequence[Mapping[str, str]]) -> Mapping[str, str]:
    """The book that knows nearly all codes of the column; nothing where its values are words already."""
    codes = {value.strip() for value in column.values if value.strip()}
    if not codes or not all(any(sign.isdigit() or sign in "_:" for sign in code) for code in codes):
        return {}
    known = [(len(codes & book.keys()), number) for number, book in enumerate(books)]
    most, best = max(known, default=(0, 0), key=lambda pair: (pair[0], -pair[1]))
    return books[best] if most >= _MOST_KNOWN * len(codes) else {}


def _books(reading: TableReading) -> Iterator[Mapping[str, str]]:
    if any(column.time is not None for column in reading.columns):
        return
    places = {name.casefold(): number for number, name in enumerate(reading.table.columns)}
    for lowered, place in places.items():
        prefix, _, last = lowered.rpartition(".")
        named = next((places[key] for key in (_joined(prefix, one) for one in _NAME) if key in places), None)
        if last in _CODE and named is not None:
            pairs = [pair for row in reading.table.sample for pair in _pairs(row[place], row[named])]
            if 1 < len(pairs) <= _MOST_CODES and len(dict(pairs)) == len(pairs):
                yield dict(pairs)


def _joined(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix else name


def _pairs(codes: str, names: str) -> list[tuple[str, str]]:
    if _SEPARATOR not in codes:
        return [(codes.strip(), names.strip())] if codes.strip() and names.strip() else []
    each = codes.split(_SEPARATOR), names.split(_SEPARATOR)
    return list(zip(*each, strict=True)) if len(each[0]) == len(each[1]) else []
