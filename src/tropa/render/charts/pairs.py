"""Two figures of the same thing as two dots on one line: what differs, and by how much."""

from dataclasses import dataclass

from tropa.domain.text import Language, Text
from tropa.render.charts.pieces import at_right, colour_key
from tropa.render.measure import text_width
from tropa.render.picture.pieces import SMALL, Block, Plate, Style, column, paragraph

_BAR, _DOT = 14.0, 10.0
_ROLES = ("p-1", "p-2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A row: two figures over the row's own scale from 0 to `most`, in words, and what lies between them.

    `sure` False: the difference may be a fluke, so it is drawn pale.
    """

    name: Text
    values: tuple[float, float]
    most: float
    said: Text
    below: Text
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Pairs:
    """Rows in the order given; `sides` name the two dots."""

    sides: tuple[Text, Text]
    rows: tuple[Pair, ...]

    def block(self, width: float, language: Language) -> Block:
        """One row a pair: the name and both figures, the line with its dots, the difference."""
        key = colour_key([(name.said_in(language), role) for name, role in zip(self.sides, _ROLES, strict=True)], width)
        return column([key, column([_row(row, width, language) for row in self.rows], gap=12)], gap=14)


def _row(row: Pair, width: float, language: Language) -> Block:
    said = row.said.said_in(language)
    wide = text_width(said, 12, bold=True)
    name = paragraph(row.name.said_in(language), max(width - wide - 16, 80), Style(size=13, most=2))
    head = Block(width=width, height=max(name.height, 17), parts=(name, at_right(said, width, 13, size=12, bold=True)))
    below = paragraph(row.below.said_in(language), width, Style(size=SMALL, ink="ink-2" if row.sure else "ink-3"))
    return column([head, Block(width=width, height=_BAR, parts=_line(row, width)), below], gap=4)


def _line(row: Pair, width: float) -> tuple[Plate, ...]:
    room = width - _DOT
    spots = [min(1.0, max(0.0, value / row.most)) * room if row.most > 0 else 0.0 for value in row.values]
    ground = Plate(y=(_BAR - 4) / 2, width=width, height=4, fill="sunken", radius=2)
    fill = "accent-line" if row.sure else "line"
    between = Plate(x=min(spots) + _DOT / 2, y=(_BAR - 6) / 2, width=abs(spots[1] - spots[0]), height=6, fill=fill)
    dots = [
        Plate(x=spot, y=(_BAR - _DOT) / 2, width=_DOT, height=_DOT, radius=_DOT / 2, fill=role)
        for spot, role in zip(spots, _ROLES, strict=True)
    ]
    return (ground, between, *dots)
