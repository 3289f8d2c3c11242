"""A share over time as a line in the band of its interval; what is not over yet is drawn thin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from tropa.domain.evidence import FEW_PERSONS
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.charts.pieces import at_right
from tropa.render.curve import number
from tropa.render.picture.pieces import SMALL, Art, Block, Piece, Plate, Words
from tropa.render.svg import line, tag
from tropa.render.theme import Paint
from tropa.stats.proportions import Proportion

_TALL = 150.0
_LEFT = 44.0


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The share of those who started in the stretch that begins on this day; `is_open`: some may yet go on."""

    start: date
    share: Proportion
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class TrendLine:
    """Points in order of time; those of fewer than 30 people are not drawn."""

    points: tuple[TrendPoint, ...]

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
        marks: list[Piece] = []
        for tick in range(round(ceiling / step) + 1):
            y = _TALL * (1 - tick * step / ceiling)
            marks.append(Plate(x=_LEFT, y=y, width=width - _LEFT, height=1, fill="hair"))
            marks.append(at_right(words.percent(tick * step, language), _LEFT - 6, y + 4, size=SMALL, ink="ink-3"))
        days = self._days(width, across, language)
        return Block(width=width, height=_TALL + 22, parts=(*marks, Art(draw=partial(_draw, shape)), *days))

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
