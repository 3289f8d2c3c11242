"""Monotone cubic curves: smooth lines that never rise above or fall below what was measured.

F. N. Fritsch, R. E. Carlson, Monotone Piecewise Cubic Interpolation, SIAM J. Numer. Anal. 17 (1980).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import hypot

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """One cubic Bézier of a curve: from its start over two handles to its end."""

    start: Point
    first: Point
    second: Point
    end: Point

    def at(self, part: float) -> Point:
        """The point at this part (0–1) of the piece."""
        rest = 1 - part
        one, two, three, four = rest**3, 3 * rest * rest * part, 3 * rest * part * part, part**3
        return (
            one * self.start[0] + two * self.first[0] + three * self.second[0] + four * self.end[0],
            one * self.start[1] + two * self.first[1] + three * self.second[1] + four * self.end[1],
        )


def tangents(points: Sequence[Point]) -> list[float]:
    """Slopes at the points that keep the curve monotone between each two of them."""
    slopes = [(after[1] - before[1]) / (after[0] - before[0]) for before, after in pairwise(points)]
    if not slopes:
        return [0.0] * len(points)
    inner = [0.0 if left * right <= 0 else (left + right) / 2 for left, right in pairwise(slopes)]
    found = [slopes[0], *inner, slopes[-1]]
    for place, slope in enumerate(slopes):
        if slope == 0:
            found[place] = found[place + 1] = 0.0
            continue
        length = hypot(found[place] / slope, found[place + 1] / slope)
        if length > 3:
            found[place] *= 3 / length
            found[place + 1] *= 3 / length
    return found


def monotone(points: Sequence[Point]) -> tuple[Piece, ...]:
    """The curve through points of rising x; n points give n − 1 pieces."""
    slopes = tangents(points)
    made = []
    for place, (start, end) in enumerate(pairwise(points)):
        third = (end[0] - start[0]) / 3
        first = (start[0] + third, start[1] + third * slopes[place])
        second = (end[0] - third, end[1] - third * slopes[place + 1])
        made.append(Piece(start, first, second, end))
    return tuple(made)


def path(pieces: Sequence[Piece], *, turned: bool = False) -> str:
    """SVG path data of neighbouring pieces; `turned` swaps the axes for a curve that runs down the page."""
    if not pieces:
        return ""
    curves = (
        "C" + " ".join(_pair(point, turned=turned) for point in (piece.first, piece.second, piece.end))
        for piece in pieces
    )
    return f"M{_pair(pieces[0].start, turned=turned)}{''.join(curves)}"


def band(upper: Sequence[Point], lower: Sequence[Point], *, turned: bool = False) -> str:
    """SVG path data of the area between two monotone curves over the same x."""
    if len(upper) < 2:
        return ""
    there = monotone(upper)
    back = [Piece(one.end, one.second, one.first, one.start) for one in reversed(monotone(lower))]
    return f"{path(there, turned=turned)}L{path(back, turned=turned)[1:]}Z"


def sampled(pieces: Sequence[Piece], per_piece: int = 12) -> list[Point]:
    """Points along the curve, for questions such as what it passes under."""
    return [piece.at(step / per_piece) for piece in pieces for step in range(per_piece + 1)]


@lru_cache(maxsize=16_384)
def number(value: float) -> str:
    """A coordinate with one digit at most, as short as SVG allows."""
    return f"{round(value, 1):g}"


def _pair(point: Point, *, turned: bool) -> str:
    across, down = (point[1], point[0]) if turned else point
    return f"{number(across)} {number(down)}"
