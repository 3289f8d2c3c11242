"""Paths as chains: one place after another, and how many took each."""

from dataclasses import dataclass

from tropa.domain.evidence import FEW_PERSONS
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.charts.pieces import at_right
from tropa.render.picture.pieces import SMALL, Block, Plate, Style, Words, column, flowing, paragraph
from tropa.stats.proportions import Proportion

_CHIP = 24.0
_FIGURES = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PathChain:
    """A path: its places, how many of how many took it, and one more fact about them, such as how many came on.

    `ended`: the last word is not a place but what came of it, such as «больше ничего».
    """

    places: tuple[Text, ...]
    share: Proportion
    ended: bool = False
    fact: Text | None = None
    role: str = "ink"


@dataclass(frozen=True, slots=True)
class PathChains:
    """Paths in the order given; a name above the first of its kind where there are several kinds."""

    chains: tuple[tuple[Text | None, PathChain], ...]

    def block(self, width: float, language: Language) -> Block:
        """One row a path: chips that go on in the next line, figures at the right."""
        rows = []
        for name, chain in self.chains:
            if name is not None:
                rows.append(paragraph(name.said_in(language), width, Style(size=12, ink="ink-2", bold=True)))
            rows.append(_row(chain, width, language))
        return column(rows, gap=8)


def _row(chain: PathChain, width: float, language: Language) -> Block:
    room = width - _FIGURES
    chips: list[Block] = []
    for place, text in enumerate(chain.places):
        last = place == len(chain.places) - 1
        chips.append(_chip(text.said_in(language), room, ended=last and chain.ended, goes_on=not last))
    way = flowing(chips, room, across=3, down=4)
    figures = _figures(chain, width, language)
    tall = max(way.height, *(one.y + 4 for one in figures))
    bar = Plate(width=max(1.0, width * chain.share.value), y=tall + 3, height=3, fill=chain.role, radius=1.5)
    ground = Plate(width=width, y=tall + 3, height=3, fill="sunken", radius=1.5)
    return Block(width=width, height=tall + 8, parts=(way, *figures, ground, bar))


def _chip(text: str, room: float, *, ended: bool, goes_on: bool) -> Block:
    said = paragraph(text, room - 40, Style(size=12, ink="ink-3" if ended else "ink", most=2))
    tall = max(_CHIP, said.height + 8)
    plate = Plate(
        width=said.width + 16,
        height=tall,
        fill=None if ended else "surface-2",
        border="line",
        radius=6,
        dashed=ended,
    )
    arrow = (Words(x=said.width + 20, y=tall / 2 + 5, text="›", size=14, ink="ink-3"),) if goes_on else ()
    return Block(
        width=said.width + 16 + (14 if goes_on else 0),
        height=tall,
        parts=(plate, said.at(8, (tall - said.height) / 2), *arrow),
    )


def _figures(chain: PathChain, width: float, language: Language) -> tuple[Words, ...]:
    share = chain.share
    first = words.whole(share.count, language)
    if share.of >= FEW_PERSONS:
        first = f"{first} · {words.percent(share.value, language)}"
    lines = [at_right(first, width, 14, size=12, bold=True)]
    if chain.fact is not None:
        lines.append(at_right(chain.fact.said_in(language), width, 28, size=SMALL, ink="ink-2"))
    return tuple(lines)
