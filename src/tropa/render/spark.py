"""A figure's history as a small line beside it, without axes."""

from collections.abc import Sequence
from itertools import pairwise

from tropa.domain.evidence import Measurement
from tropa.render.curve import Point, monotone, number, path
from tropa.render.evidence_words import is_worse_when_higher
from tropa.render.svg import line
from tropa.render.theme import Paint

SIZE = (38.0, 18.0)
TOLD_APART = 16
FEW_POINTS = 3
_PAD = 2.5


def has_spark(measured: Measurement) -> bool:
    """Whether there is enough history for a line."""
    return len(measured.trend) > FEW_POINTS


def draw_spark(measured: Measurement, paint: Paint) -> str:
    """The line with a dot at its end, coloured by whether it got better or worse."""
    wide, tall = SIZE
    points = _scaled([point.value for point in measured.trend], wide, tall)
    first, last = measured.trend[0].value, measured.trend[-1].value
    worse = (last > first) == is_worse_when_higher(measured.metric, measured.unit)
    ink = paint("bad" if worse else "good")
    x, y = points[-1]
    curve = path(monotone(points)) if len(points) <= TOLD_APART else straight(points)
    return f'{line(curve, ink, 1.6)}<circle cx="{number(x)}" cy="{number(y)}" r="2.2" fill="{ink}"/>'


def straight(points: Sequence[Point]) -> str:
    """Straight lines through whole pixels, each told from the one before: a year of weeks needs no more."""
    whole = [(round(x), round(y)) for x, y in points]
    steps = (f"{b[0] - a[0]}{'' if b[1] < a[1] else ' '}{b[1] - a[1]}" for a, b in pairwise(whole))
    return f"M{whole[0][0]} {whole[0][1]}l" + " ".join(steps).replace(" -", "-")


def _scaled(values: Sequence[float], wide: float, tall: float) -> list[Point]:
    low, high = min(values), max(values)
    gap = (wide - 2 * _PAD) / max(1, len(values) - 1)
    span = high - low or 1
    return [(_PAD + at * gap, _PAD + (high - value) / span * (tall - 2 * _PAD)) for at, value in enumerate(values)]
