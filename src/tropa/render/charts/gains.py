"""What each cure would bring: bars with their intervals, largest first."""

from dataclasses import dataclass

from tropa.domain.text import Language, Text
from tropa.render.charts.pieces import at_right
from tropa.render.measure import text_width
from tropa.render.picture.pieces import SMALL, Block, Plate, Style, column, paragraph
from tropa.stats.proportions import Interval

_BAR = 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """A row: what is done, how much it brings, in words, and what it rests on."""

    name: Text
    gain: Interval
    said: Text
    below: Text


@dataclass(frozen=True, slots=True)
class Gains:
    """Cures over one scale from 0."""

    rows: tuple[Gain, ...]

    def block(self, width: float, language: Language) -> Block:
        """One row a cure: name and figures, the bar with its whisker, what it rests on."""
        most = max((row.gain.high for row in self.rows), default=0.0) or 1.0
        return column([_row(row, width, width / most, language) for row in self.rows], gap=14)


def _row(row: Gain, width: float, scale: float, language: Language) -> Block:
    said = row.said.said_in(language)
    name = paragraph(
        row.name.said_in(language), max(120.0, width - text_width(said, 13, bold=True) - 16), Style(size=13)
    )
    head = Block(width=width, height=max(name.height, 17), parts=(name, at_right(said, width, 13, size=13, bold=True)))
    low, high = max(0.0, row.gain.low) * scale, max(0.0, row.gain.high) * scale
    bar = Block(
        width=width,
        height=_BAR,
        parts=(
            Plate(width=width, height=_BAR, fill="sunken", radius=4),
            Plate(width=max(2.0, row.gain.value * scale), height=_BAR, fill="good", radius=4),
            Plate(x=low, y=_BAR / 2 - 1, width=max(1.0, high - low), height=2, fill="ink"),
        ),
    )
    return column([head, bar, paragraph(row.below.said_in(language), width, Style(size=SMALL, ink="ink-2"))], gap=5)
