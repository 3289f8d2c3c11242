"""A share over time as a line in the band of its interval; what is not over yet is drawn thin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from tropa.domain.evidence import FEW_PERSONS
from tropa.domain.period import Period
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.charts.pieces import at_right
from tropa.render.curve import number
from tropa.render.picture.pieces import SMALL, Art, Block, Piece, Plate, Style, Words, column, paragraph
from tropa.render.svg import line, tag
from tropa.render.theme import Paint
from tropa.stats.proportions import Proportion

_TALL = 150.0
_NAMED = 6
_MARKED = Text(ru="На светлом – дни акций", en="On a pale ground: days of sales")
_LEFT = 44.0


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The share of those who started in the stretch that begins on this day; `is_open`: some may yet go on."""

    start: date
    share: Proportion
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class TrendMark:
    """Days that explain themselves, such as a sale; both included."""

    start: date
    end: date
    name: Text


@dataclass(frozen=True, slots=True)
class TrendLine:
    """Points in order of time, those of fewer than 30 people are not drawn; marked days stand on a pale ground."""

    points: tuple[TrendPoint, ...]
    marks: tuple[TrendMark, ...] = ()

    def block(self, width: float, language: Language) -> Block:
        """The line with its axis, the first and the last day and some between."""
        drawn = [(place, one) for place, one in enumerate(self.points) if one.share.of >= FEW_PERSONS]
        if not drawn:
            return Block(width=width, height=0)
        top = max(one.share.high for _, one in drawn)
        step = words.round_step(top * 100) / 100
        ceiling = step * -(-top // step)
        across = (width - _LEFT - 10) / max(len(self.points) - 1, 1)
        shape = []
        for place, one in drawn:
            y, low, high = (_TALL * (1 - value / ceiling) for value in _values(one.share))
            shape.append(_Spot(_LEFT + place * across, y, low, high, one.is_open))
        shown = self._shown()
        marks: list[Piece] = [self._ground(one, across, width) for one in shown]
        for tick in range(round(ceiling / step) + 1):
            y = _TALL * (1 - tick * step / ceiling)
            marks.append(Plate(x=_LEFT, y=y, width=width - _LEFT, height=1, fill="hair"))
            marks.append(at_right(words.percent(tick * step, language), _LEFT - 6, y + 4, size=SMALL, ink="ink-3"))
        days = self._days(width, across, language)
        chart = Block(width=width, height=_TALL + 22, parts=(*marks, Art(draw=partial(_draw, shape)), *days))
        return column([chart, *_legend(shown, width, language)], gap=4)

    def _shown(self) -> list[TrendMark]:
        first, last = self.points[0].start, self.points[-1].start
        return [one for one in self.marks if one.start <= last and one.end >= first]

    def _ground(self, mark: TrendMark, across: float, width: float) -> Plate:
        """A pale stretch behind the marked days, wide enough to be seen."""
        left, right = (self._place_of(day) * across for day in (mark.start, mark.end))
        start = _LEFT + max(0.0, left - 2)
        return Plate(x=start, y=0, width=min(max(4.0, right - left + 4), width - start), height=_TALL, fill="warn-line")

    def _place_of(self, day: date) -> float:
        """Where a day stands between the points."""
        starts = [one.start for one in self.points]
        after = next((place for place, one in enumerate(starts) if one > day), len(starts))
        if after in {0, len(starts)}:
            return float(max(0, min(after, len(starts) - 1)))
        before = starts[after - 1]
        return after - 1 + (day - before).days / (starts[after] - before).days

    def _days(self, width: float, across: float, language: Language) -> list[Words]:
        many = max(1, round(70 / across)) if across else 1
        last = len(self.points) - 1
        shown: list[Words] = []
        for place in range(0, last + 1, many):
            told = words.day(self.points[place].start, language, year=place == 0)
            x = _LEFT + place * across
            word = Words(x=x, y=_TALL + 17, text=told, size=SMALL, ink="ink-3")
            if x + word.width <= width and (not shown or shown[-1].x + shown[-1].width + 8 < x):
                shown.append(word)
        return shown


def _legend(marks: Sequence[TrendMark], width: float, language: Language) -> list[Block]:
    """What the pale stretches are; named, so that nobody takes a sale for a change."""
    if not marks:
        return []
    told = [
        f"{words.in_quotes(one.name.said_in(language))} {words.period(Period(one.start, one.end), language)}"
        for one in marks[:_NAMED]
    ]
    return [paragraph(f"{_MARKED.said_in(language)}: {', '.join(told)}", width, Style(size=SMALL, ink="ink-3"))]


class _Spot(NamedTuple):
    x: float
    y: float
    low: float
    high: float
    is_open: bool


def _values(share: Proportion) -> tuple[float, float, float]:
    return share.value, share.low, share.high


def _draw(shape: Sequence[_Spot], paint: Paint) -> str:
    up = [f"{number(one.x)} {number(one.high)}" for one in shape]
    down = [f"{number(one.x)} {number(one.low)}" for one in reversed(shape)]
    band = tag("path", d=f"M{'L'.join([*up, *down])}Z", fill=paint("accent"), opacity=".14")
    over = [one for one in shape if not one.is_open]
    drawn = band
    if len(shape) > len(over):
        drawn += line(_path(shape), paint("accent"), 1.2, stroke_dasharray="2 4")
    if over:
        drawn += line(_path(over), paint("accent"), 2.4, stroke_linejoin="round")
    dots = [
        tag(
            "circle",
            cx=one.x,
            cy=one.y,
            r=3.0,
            fill=paint("surface") if one.is_open else paint("accent"),
            stroke=paint("accent"),
            stroke_width=1.4,
        )
        for one in shape
    ]
    return drawn + "".join(dots if len(dots) <= 60 else ())


def _path(shape: Sequence[_Spot]) -> str:
    return "M" + "L".join(f"{number(one.x)} {number(one.y)}" for one in shape)
