"""The share that has come back by each time since the first, in the band of its interval."""

from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from tropa.domain.text import Language
from tropa.render import words
from tropa.render.charts.pieces import at_right
from tropa.render.curve import number
from tropa.render.picture.pieces import SMALL, Art, Block, Piece, Plate, Words
from tropa.render.svg import line, tag
from tropa.render.theme import Paint

_TALL = 150.0
_LEFT = 44.0
_TICKS = 4


@dataclass(frozen=True, slots=True)
class ReturnCurve:
    """`points`: (seconds since the first, share back, low, high), in order of time, the last one at the right edge."""

    points: tuple[tuple[float, float, float, float], ...]

    def block(self, width: float, language: Language) -> Block:
        """Steps over an axis of time."""
        if not self.points or not self.points[-1][0]:
            return Block(width=width, height=0)
        until = self.points[-1][0]
        step = words.round_step(max(high for _, _, _, high in self.points) * 100) / 100
        ceiling = step * -(-max(high for _, _, _, high in self.points) // step)
        across = (width - _LEFT - 10) / until
        shape = [
            (
                _LEFT + time * across,
                _TALL * (1 - share / ceiling),
                _TALL * (1 - low / ceiling),
                _TALL * (1 - high / ceiling),
            )
            for time, share, low, high in self.points
        ]
        marks: list[Piece] = []
        for tick in range(round(ceiling / step) + 1):
            y = _TALL * (1 - tick * step / ceiling)
            marks.append(Plate(x=_LEFT, y=y, width=width - _LEFT, height=1, fill="hair"))
            marks.append(at_right(words.percent(tick * step, language), _LEFT - 6, y + 4, size=SMALL, ink="ink-3"))
        parts = (*marks, Art(draw=partial(_draw, shape)), *_times(until, across, width, language))
        return Block(width=width, height=_TALL + 22, parts=parts)


def _times(until: float, across: float, width: float, language: Language) -> list[Words]:
    shown = []
    for tick in range(_TICKS + 1):
        text = words.duration(until * tick / _TICKS, language) if tick else "0"
        said = Words(x=0, y=_TALL + 17, text=text, size=SMALL, ink="ink-3")
        x = min(_LEFT + until * tick / _TICKS * across - said.width / 2, width - said.width)
        shown.append(Words(x=x, y=_TALL + 17, text=text, size=SMALL, ink="ink-3"))
    return shown


def _draw(shape: list[tuple[float, float, float, float]], paint: Paint) -> str:
    high = _steps([(x, up) for x, _, _, up in shape])
    low = _steps([(x, down) for x, _, down, _ in shape])
    band = tag("path", d=f"M{'L'.join([*high, *reversed(low)])}Z", fill=paint("accent"), opacity=".14")
    way = "M" + "L".join(_steps([(x, y) for x, y, _, _ in shape]))
    return band + line(way, paint("accent"), 2.4, stroke_linejoin="round")


def _steps(spots: list[tuple[float, float]]) -> list[str]:
    """Each value holds until the next time."""
    made = [f"{number(spots[0][0])} {number(spots[0][1])}"]
    for (_, before), (x, y) in pairwise(spots):
        made += [f"{number(x)} {number(before)}", f"{number(x)} {number(y)}"]
    return made
