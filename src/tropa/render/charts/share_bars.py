"""A share of each group as a bar with its interval, and the share of all as a line through them."""

from dataclasses import dataclass

from tropa.domain.evidence import FEW_PERSONS
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.charts.pieces import at_right
from tropa.render.picture.pieces import SMALL, Block, Piece, Plate, Style, Words, column, paragraph
from tropa.stats.proportions import Proportion

_BAR = 14.0
_ROW = 30.0
_EVERYBODY = Text(ru="тонкая линия — все вместе", en="the thin line: all together")


@dataclass(frozen=True, slots=True)
class ShareBar:
    """A group: so many of so many, with the interval; `fact`: one more thing about it, under its name."""

    name: Text
    share: Proportion
    fact: Text | None = None


@dataclass(frozen=True, slots=True)
class ShareBars:
    """Groups in the order given; `everybody` is the share of all of them together."""

    bars: tuple[ShareBar, ...]
    everybody: Proportion | None = None

    def block(self, width: float, language: Language) -> Block:
        """One row a group: its name, the bar, the figure with its denominator."""
        label, figures = min(240.0, width * 0.3), min(190.0, width * 0.36)
        room = width - label - figures - 20
        top = max((_top(one.share) for one in self.bars), default=0.0)
        top = max(top, self.everybody.value if self.everybody else 0.0) or 1.0
        rows = [_row(one, label, room, width, room / top, language) for one in self.bars]
        body = column(rows, gap=2)
        if self.everybody is None:
            return body
        line = Plate(x=label + 10 + self.everybody.value * room / top, y=0, width=1.5, height=body.height, fill="ink-3")
        told = f"{_EVERYBODY.said_in(language)}: {words.percent(self.everybody.value, language)}"
        note = paragraph(told, width, Style(size=SMALL, ink="ink-3"))
        return column([Block(width=width, height=body.height, parts=(body, line)), note], gap=6)


def _top(share: Proportion) -> float:
    return share.value if share.of < FEW_PERSONS else share.high


def _row(bar: ShareBar, label: float, room: float, width: float, scale: float, language: Language) -> Block:
    share = bar.share
    few = share.of < FEW_PERSONS
    said = paragraph(bar.name.said_in(language), label, Style(size=12, most=2))
    facts = [] if bar.fact is None else [paragraph(bar.fact.said_in(language), label, Style(size=SMALL, ink="ink-3"))]
    name = column([said, *facts])
    tall = max(_ROW, name.height + 6)
    top = (tall - _BAR) / 2
    x = label + 10
    parts: list[Block | Piece] = [
        name.at(0, (tall - name.height) / 2),
        Plate(x=x, y=top, width=room, height=_BAR, fill="sunken", radius=3),
        Plate(
            x=x,
            y=top,
            width=max(1.5, share.value * scale),
            height=_BAR,
            fill="accent-soft" if few else "accent",
            border="accent-line" if few else None,
            dashed=few,
            radius=3,
        ),
    ]
    if not few:
        parts.append(
            Plate(
                x=x + share.low * scale,
                y=tall / 2 - 1,
                width=max(1.0, (share.high - share.low) * scale),
                height=2,
                fill="ink",
            )
        )
    return Block(width=width, height=tall, parts=(*parts, *_figures(share, width, tall, language)))


def _figures(share: Proportion, width: float, tall: float, language: Language) -> tuple[Words, ...]:
    counts = words.of_whole(share.count, share.of, language)
    if share.of < FEW_PERSONS:
        return (at_right(counts, width, tall / 2 + 4, size=12),)
    return (
        at_right(words.percent(share.value, language), width, tall / 2 - 1, size=12, bold=True),
        at_right(counts, width, tall / 2 + 12, size=SMALL, ink="ink-3"),
    )
