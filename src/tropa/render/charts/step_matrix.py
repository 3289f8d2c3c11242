"""The step matrix: the share of people at each place, step by step, as a heat of one colour."""

from dataclasses import dataclass

from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.charts.pieces import centred
from tropa.render.picture.pieces import SMALL, Block, Piece, Plate, Style, paragraph

_TALL = 26.0
_HEAD = 20.0
_NARROWEST = 44.0
_DARK = 0.55
_WORTH = 0.005


@dataclass(frozen=True, slots=True)
class StepMatrix:
    """`shares[r][c]` of the people at place r (`rows`) at step c (`columns`); `anchor` is the column that is kept.

    None where nothing can be said yet: the cell is left out.
    """

    rows: tuple[Text, ...]
    columns: tuple[Text, ...]
    shares: tuple[tuple[float | None, ...], ...]
    anchor: int = 0

    def block(self, width: float, language: Language) -> Block:
        """A row a place; as many columns around the anchor as have room."""
        label = min(230.0, width * 0.34)
        count = min(len(self.columns), int((width - label) // _NARROWEST))
        first = max(0, min(self.anchor - count // 2, len(self.columns) - count))
        wide = min(96.0, (width - label) / max(count, 1))
        top = max((share for row in self.shares for share in row if share is not None), default=0.0) or 1.0
        parts: list[Block | Piece] = [
            centred(self.columns[first + at].said_in(language), label + (at + 0.5) * wide, 12, size=SMALL, ink="ink-3")
            for at in range(count)
        ]
        y = _HEAD
        for name, shares in zip(self.rows, self.shares, strict=True):
            said = paragraph(name.said_in(language), label - 10, Style(size=12, most=2))
            tall = max(_TALL, said.height + 4)
            parts.append(said.at(0, y + (tall - said.height) / 2))
            for at, share in enumerate(shares[first : first + count]):
                if share is not None:
                    parts += _cell(share, top, label + at * wide, y, wide, tall, language)
            y += tall
        return Block(width=width, height=y, parts=tuple(parts))


def _cell(share: float, top: float, x: float, y: float, wide: float, tall: float, language: Language) -> list[Piece]:
    ground = Plate(x=x + 1, y=y + 1, width=wide - 2, height=tall - 2, fill="sunken", radius=3, opacity=0.6)
    if share < _WORTH:
        return [ground]
    heat = share / top
    fill = Plate(
        x=x + 1, y=y + 1, width=wide - 2, height=tall - 2, fill="accent", radius=3, opacity=round(0.08 + 0.92 * heat, 3)
    )
    digits = 0 if share >= 0.1 else 1
    text = words.percent(share, language, digits)
    return [
        ground,
        fill,
        centred(text, x + wide / 2, y + tall / 2 + 4, size=SMALL, ink="on-color" if heat > _DARK else "ink"),
    ]
