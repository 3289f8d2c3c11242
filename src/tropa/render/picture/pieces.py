"""What a picture is made of: words, plates, icons and drawings, gathered in blocks that know their size.

A picture has thousands of them, so they are named tuples, which are made three times as fast as frozen dataclasses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tropa.render.measure import measured_lines, text_width
from tropa.render.theme import Paint

TEXT = 12.0
SMALL = 11.0
LEADING = 1.34


class Words(NamedTuple):
    """One line of text on its baseline."""

    x: float
    y: float
    text: str
    size: float = TEXT
    ink: str = "ink"
    bold: bool = False

    @property
    def width(self) -> float:
        """How wide the line is."""
        return text_width(self.text, self.size, bold=self.bold)


class Plate(NamedTuple):
    """A rectangle; `dashed` is the border of a guess, `hatched` the ground of what is stale or unknown."""

    width: float
    height: float
    x: float = 0.0
    y: float = 0.0
    fill: str | None = None
    border: str | None = None
    radius: float = 0.0
    opacity: float = 1.0
    dashed: bool = False
    hatched: bool = False


class Icon(NamedTuple):
    """A drawn icon in its square."""

    x: float
    y: float
    name: str
    size: float = 12.0
    ink: str = "ink-2"
    filled: bool = False


class Art(NamedTuple):
    """Anything else, drawn around its own origin."""

    draw: Callable[[Paint], str]
    x: float = 0.0
    y: float = 0.0


class Mark(NamedTuple):
    """The mark of an evidence state around a point."""

    x: float
    y: float
    name: str


Piece = Words | Plate | Icon | Mark | Art


class Block(NamedTuple):
    """Pieces and blocks in one frame, placed in the frame around it; `role` says what it is."""

    width: float
    height: float
    parts: tuple["Piece | Block", ...] = ()
    x: float = 0.0
    y: float = 0.0
    role: str = ""

    def at(self, x: float, y: float) -> "Block":
        """The same block in another place."""
        return Block(self.width, self.height, self.parts, x, y, self.role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a paragraph is set."""

    size: float = TEXT
    ink: str = "ink"
    bold: bool = False
    most: int | None = None

    @property
    def leading(self) -> float:
        """The height of a line."""
        return _leading(self.size)


@lru_cache(maxsize=64)
def _leading(size: float) -> float:
    return round(size * LEADING)


PLAIN = Style()
_NO_WORDS = Block(width=0.0, height=0.0, role="words")


def paragraph(text: str, width: float, style: Style = PLAIN) -> Block:
    """Words broken into lines, as high as they need."""
    if not text:
        return _NO_WORDS
    size, ink, bold = style.size, style.ink, style.bold
    lines = measured_lines(text, width, size=size, bold=bold, most=style.most)
    leading = style.leading
    if len(lines) == 1:
        line, wide = lines[0]
        return Block(wide, leading, (Words(0.0, size, line, size, ink, bold),), 0.0, 0.0, "words")
    rows = tuple([Words(0.0, at * leading + size, line, size, ink, bold) for at, (line, _) in enumerate(lines)])
    widest = max([wide for _, wide in lines])
    return Block(width=widest, height=len(rows) * leading, parts=rows, role="words")


def widest_word(text: str, style: Style = PLAIN) -> float:
    """The width that a text needs so that none of its words is broken."""
    return max((text_width(word, style.size, bold=style.bold) for word in text.split(" ")), default=0.0)


def column(blocks: Sequence[Block], *, gap: float = 0.0, x: float = 0.0, y: float = 0.0) -> Block:
    """Blocks one under another."""
    placed, top = [], 0.0
    for block in blocks:
        placed.append(block.at(block.x, top))
        top += block.height + gap
    wide = max((block.x + block.width for block in placed), default=0.0)
    return Block(width=wide, height=max(0.0, top - gap), parts=tuple(placed), x=x, y=y)


def flowing(blocks: Sequence[Block], width: float, *, across: float = 6.0, down: float = 4.0) -> Block:
    """Blocks side by side, going on in the next row where a row is full."""
    placed: list[Block] = []
    left = top = tall = 0.0
    for block in blocks:
        if left and left + block.width > width:
            left, top, tall = 0.0, top + tall + down, 0.0
        placed.append(block.at(left, top))
        left += block.width + across
        tall = max(tall, block.height)
    wide = max((block.x + block.width for block in placed), default=0.0)
    return Block(width=wide, height=top + tall, parts=tuple(placed))


def with_icon(
    name: str, block: Block, *, size: float = 12.0, ink: str = "ink-2", gap: float = 4.0, filled: bool = False
) -> Block:
    """A block with an icon before its first line."""
    icon = Icon(x=0, y=1.5, name=name, size=size, ink=ink, filled=filled)
    return Block(
        width=block.width + size + gap, height=max(block.height, size + 3), parts=(icon, block.at(size + gap, 0))
    )
