"""The funnel as bars: how many came to each step, and in red how many of the step before did not."""

from dataclasses import dataclass

from tropa.domain.evidence import FEW_PERSONS
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.charts.pieces import at_right
from tropa.render.picture.pieces import SMALL, Block, Plate, Style, Words, column, flowing, paragraph

_BAR = 20.0
_THINNEST = 2.0
_LABELS = {
    "of_first": Text(ru="от первого шага", en="of the first step"),
    "lost": Text(ru="не пошли дальше", en="went no further"),
    "open": Text(ru="ещё могут: срок не вышел", en="still may: time not yet up"),
    "optional": Text(ru="шаг можно пропустить", en="may be skipped"),
    "half": Text(ru="от шага выше половина – за", en="half come from above within"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelBar:
    """A step: how many came, how many went no further (`lost`) or still may (`censored`).

    `median_seconds`: half of those who came did so within this time of the step above. `last`: the goal of the way.
    """

    name: Text
    persons: int
    lost: int
    censored: int
    median_seconds: float | None = None
    optional: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class FunnelBars:
    """The steps from the first to the last."""

    bars: tuple[FunnelBar, ...]

    def block(self, width: float, language: Language) -> Block:
        """One row a step: name and figures, the bar, then who went no further."""
        first = max((bar.persons for bar in self.bars), default=0)
        before = first
        rows = []
        for bar in self.bars:
            rows.append(_row(bar, first=first, before=before, width=width, language=language))
            before = before if bar.optional else bar.persons
        return column(rows, gap=14)


def _row(bar: FunnelBar, *, first: int, before: int, width: float, language: Language) -> Block:
    head = _head(bar, first=first, width=width, language=language)
    scale = width / max(first, 1)
    came, there = max(_THINNEST, bar.persons * scale), max(_THINNEST, before * scale)
    gone = () if bar.optional else (Plate(width=there, height=_BAR, fill="bad-line", radius=4),)
    fill = "accent-line" if bar.optional else "accent"
    plates = (
        Plate(width=width, height=_BAR, fill="sunken", radius=4),
        *gone,
        Plate(width=came, height=_BAR, fill=fill, radius=4),
    )
    told = _below(bar, language)
    below = [paragraph(text, width, Style(size=SMALL, ink=ink)) for text, ink in told]
    parts = [head, Block(width=width, height=_BAR, parts=plates)]
    return column([*parts, *([flowing(below, width, across=16, down=2)] if below else [])], gap=5)


def _head(bar: FunnelBar, *, first: int, width: float, language: Language) -> Block:
    count = words.whole(bar.persons, language)
    if first >= FEW_PERSONS:
        count = f"{count} · {words.percent(bar.persons / first, language)}"
    figures = Words(x=0, y=13, text=count, size=13, bold=True)
    name = bar.name.said_in(language)
    if bar.optional:
        name = f"{name} ({_LABELS['optional'].said_in(language)})"
    said = paragraph(name, width - figures.width - 16, Style(size=13, bold=not bar.optional, most=2))
    return Block(width=width, height=max(said.height, 17), parts=(said, at_right(count, width, 13, size=13, bold=True)))


def _below(bar: FunnelBar, language: Language) -> list[tuple[str, str]]:
    told = []
    if not bar.last and not bar.optional and bar.lost:
        gone = words.whole(bar.lost, language)
        if bar.persons - bar.censored >= FEW_PERSONS:
            gone = f"{gone} ({words.percent(bar.lost / (bar.persons - bar.censored), language)})"
        told.append((f"{words.MINUS} {gone} {_LABELS['lost'].said_in(language)}", "bad-text"))
    if not bar.last and bar.censored:
        told.append((f"{words.whole(bar.censored, language)} {_LABELS['open'].said_in(language)}", "ink-3"))
    if bar.median_seconds is not None:
        time = words.duration(bar.median_seconds, language)
        told.append((f"{_LABELS['half'].said_in(language)} {time}", "ink-2"))
    return told
