"""Ranges side by side: what the answers of several methods have in common is where they agree."""

from collections.abc import Sequence
from dataclasses import dataclass

from tropa.domain.text import Language, Text
from tropa.render.charts.pieces import at_right, colour_key
from tropa.render.measure import text_width
from tropa.render.picture.pieces import SMALL, Block, Plate, Style, Words, column, paragraph

_BAR, _DOT, _NARROW = 14.0, 8.0, 560.0
_ROLES = ("p-1", "p-2", "p-3", "p-4", "good", "warn", "ink-2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A row: its name, one figure a method (None: none), and the range in words."""

    name: Text
    values: tuple[float | None, ...]
    said: Text
    below: Text | None = None


@dataclass(frozen=True, slots=True)
class Ranges:
    """Rows over one scale from 0; `methods` name the dots."""

    methods: tuple[Text, ...]
    rows: tuple[Range, ...]

    def block(self, width: float, language: Language) -> Block:
        """One row a range: name and figures, then the bar from the least to the most with a dot a method."""
        most = max((value for row in self.rows for value in row.values if value is not None), default=0.0)
        key = colour_key(
            [(name.said_in(language), _ROLES[number % len(_ROLES)]) for number, name in enumerate(self.methods)], width
        )
        rows = [_row(row, most or 1.0, width, language) for row in self.rows]
        return column([key, column(rows, gap=12)], gap=14)


def _row(row: Range, most: float, width: float, language: Language) -> Block:
    said = row.said.said_in(language)
    wide = text_width(said, 12, bold=True)
    name = paragraph(row.name.said_in(language), max(width - wide - 16, 80), Style(size=13, most=2))
    head = Block(width=width, height=max(name.height, 17), parts=(name, at_right(said, width, 13, size=12, bold=True)))
    parts = [head, Block(width=width, height=_BAR, parts=_bar(row.values, most, width))]
    if row.below is not None:
        parts.append(paragraph(row.below.said_in(language), width, Style(size=SMALL, ink="ink-3")))
    return column(parts, gap=4)


def _bar(values: Sequence[float | None], most: float, width: float) -> tuple[Plate | Words, ...]:
    known = [value for value in values if value is not None]
    room = width - _DOT
    low, high = (min(known) / most * room, max(known) / most * room) if known else (0.0, 0.0)
    ground = Plate(y=(_BAR - 4) / 2, width=width, height=4, fill="sunken", radius=2)
    span = Plate(x=low, y=(_BAR - 8) / 2, width=high - low + _DOT, height=8, fill="accent-line", radius=4)
    dots = [
        Plate(
            x=value / most * room,
            y=(_BAR - _DOT) / 2,
            width=_DOT,
            height=_DOT,
            radius=_DOT / 2,
            fill=_ROLES[number % len(_ROLES)],
        )
        for number, value in enumerate(values)
        if value is not None
    ]
    return (ground, *([span] if known else []), *dots)
