"""Figures of one kind as bars from zero, each with its interval: money, points, people."""

from dataclasses import dataclass

from tropa.domain.text import Language, Text
from tropa.render.charts.pieces import at_right
from tropa.render.measure import text_width
from tropa.render.picture.pieces import SMALL, Block, Piece, Plate, Style, column, paragraph

_BAR, _GAP = 14.0, 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountBar:
    """A row: its name, the figure with its interval (None: exact), both in words, and what stands below the name.

    A row that is `unsure`, as its interval holds zero, is drawn pale.
    """

    name: Text
    value: float
    said: Text
    ends: tuple[float, float] | None = None
    below: Text | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class AmountBars:
    """Rows over one scale that holds zero."""

    bars: tuple[AmountBar, ...]

    def block(self, width: float, language: Language) -> Block:
        """One row a bar: name, bar, figure."""
        if not self.bars:
            return Block(width=width, height=0)
        known = [edge for one in self.bars for edge in (one.value, *(one.ends or ()))]
        low, high = min(0.0, *known), max(0.0, *known)
        said = max(text_width(one.said.said_in(language), 12, bold=True) for one in self.bars)
        said = min(said, width * 0.45)
        label = min(240.0, width * 0.3)
        room = max(60.0, width - label - said - 2 * _GAP)
        scale = _Scale(label + _GAP, room, low, high)
        return column([_row(one, scale, label, said, width, language) for one in self.bars], gap=6)


@dataclass(frozen=True, slots=True)
class _Scale:
    left: float
    room: float
    low: float
    high: float

    def at(self, value: float) -> float:
        return self.left + (value - self.low) / ((self.high - self.low) or 1.0) * self.room


def _row(one: AmountBar, scale: _Scale, label: float, said: float, width: float, language: Language) -> Block:
    words = [paragraph(one.name.said_in(language), label, Style(size=12, most=2))]
    words += (
        [] if one.below is None else [paragraph(one.below.said_in(language), label, Style(size=SMALL, ink="ink-3"))]
    )
    name = column(words)
    figure = one.said.said_in(language)
    fits = text_width(figure, 12, bold=True) <= said
    long = None if fits else paragraph(figure, said, Style(size=12, bold=True))
    tall = max(30.0, name.height + 6, long.height + 6 if long else 0)
    middle = tall / 2
    zero, end = scale.at(0.0), scale.at(one.value)
    parts: list[Block | Piece] = [
        name.at(0, (tall - name.height) / 2),
        Plate(x=scale.left, y=middle - _BAR / 2, width=scale.room, height=_BAR, fill="sunken", radius=3),
        Plate(
            x=min(zero, end),
            y=middle - _BAR / 2,
            width=max(1.5, abs(end - zero)),
            height=_BAR,
            fill="accent-soft" if one.unsure else "accent",
            border="accent-line" if one.unsure else None,
            dashed=one.unsure,
            radius=3,
        ),
    ]
    if scale.low < 0:
        parts.append(Plate(x=zero - 0.5, y=middle - _BAR / 2 - 4, width=1, height=_BAR + 8, fill="ink-3"))
    if one.ends is not None:
        start, stop = scale.at(one.ends[0]), scale.at(one.ends[1])
        parts.append(Plate(x=start, y=middle - 1, width=max(1.0, stop - start), height=2, fill="ink"))
    if long is not None:
        parts.append(long.at(width - said, (tall - long.height) / 2))
    else:
        parts.append(at_right(figure, width, middle + 4, size=12, bold=True))
    return Block(width=width, height=tall, parts=tuple(parts))
