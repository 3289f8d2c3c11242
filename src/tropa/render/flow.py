"""The flow ribbon as geometry: how many go on, where they are lost, and who comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from tropa.domain.journeymap import Stage, Step
from tropa.render.curve import number
from tropa.render.sheet import Sheet
from tropa.render.theme import stage_role

HEIGHT = 46.0
MIDDLE = 26.0
_TALLEST = 32.0
_THINNEST = 1.4


@dataclass(frozen=True, slots=True)
class Stop:
    """A column of the ribbon; `persons` None where no events are recorded, `lost` the share that went no further."""

    x: float
    width: float
    persons: int | None
    role: str
    lost: float = 0.0


@dataclass(frozen=True, slots=True)
class Loss:
    """A red wedge between two columns: those who did not go on."""

    path: str
    share: float


@dataclass(frozen=True, slots=True)
class Return:
    """An arc above the ribbon from one column back to another."""

    start: float
    end: float
    thickness: float
    persons: int


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The ribbon's area, the gaps without events, and the wedges."""

    area: tuple[str, ...]
    gaps: tuple[tuple[float, float], ...]
    losses: tuple[Loss, ...]


def gone_after(record: Step | Stage) -> tuple[int, int] | None:
    """How many went no further from here, of those whose window is over; None where nobody can be lost.

    Fewer people in the next column are no loss: a step may be skipped.
    """
    conversion = record.conversion
    if conversion is None or conversion.of <= conversion.censored:
        return None
    over = conversion.of - conversion.censored
    return max(0, over - conversion.count), over


def lost_share(record: Step | Stage) -> float:
    """The share that went no further; 0 where nobody can be lost."""
    gone = gone_after(record)
    return gone[0] / gone[1] if gone else 0.0


def stops_of(sheet: Sheet) -> list[Stop]:
    """The columns of a map as stops of the ribbon."""
    wide = float(sheet.column_width)
    return [
        Stop(one.place * wide, wide, one.record.persons, stage_role(one.stage_place), lost_share(one.record))
        for one in sheet.columns
    ]


def backward(sheet: Sheet) -> list[tuple[float, float, int]]:
    """The flows from a column back to an earlier one: from x, to x, people."""
    columns = {column.key: column for column in sheet.columns}
    flows = []
    for link in sheet.journey.links:
        start, end = columns.get(link.source), columns.get(link.target)
        if start is not None and end is not None and end.place < start.place:
            flows.append((sheet.middle(start), sheet.middle(end), link.persons))
    if not flows:
        for column in sheet.columns:
            for loop in column.record.loops:
                target = columns.get(loop.to or "")
                if target is not None and target.place < column.place:
                    flows.append((sheet.middle(column), sheet.middle(target), loop.persons))
    return flows


def ribbon(stops: Sequence[Stop]) -> Ribbon:
    """Lay out the ribbon; its thickness is the share of the largest column."""
    most = max((stop.persons for stop in stops if stop.persons), default=0)
    if not most:
        return Ribbon((), (), ())
    halves = [None if stop.persons is None else max(_THINNEST, _TALLEST * stop.persons / most) / 2 for stop in stops]
    known = [(stop, half) for stop, half in zip(stops, halves, strict=True) if half is not None]
    gaps = tuple(
        (left.x + left.width, right.x)
        for (left, _), (right, _) in pairwise(known)
        if right.x - (left.x + left.width) > 1
    )
    losses = tuple(
        _loss(left, right, left_half)
        for (left, left_half), (right, _) in pairwise(known)
        if left.lost > 0 and right.x - (left.x + left.width) <= 1
    )
    return Ribbon(tuple(_areas(known)), gaps, losses)


def _areas(known: Sequence[tuple[Stop, float]]) -> list[str]:
    runs: list[list[tuple[Stop, float]]] = []
    for stop, half in known:
        if runs and stop.x - (runs[-1][-1][0].x + runs[-1][-1][0].width) <= 1:
            runs[-1].append((stop, half))
        else:
            runs.append([(stop, half)])
    return [_area(run) for run in runs]


def _area(run: Sequence[tuple[Stop, float]]) -> str:
    return f"{_edge(run, -1)}L{_edge(list(reversed(run)), 1)[1:]}Z"


def _edge(run: Sequence[tuple[Stop, float]], side: int) -> str:
    bend = 14.0
    parts = []
    for place, (stop, half) in enumerate(run):
        y = MIDDLE + side * half
        near, far = (stop.x, stop.x + stop.width) if side < 0 else (stop.x + stop.width, stop.x)
        inward = bend if side < 0 else -bend
        start = near + (inward if place else 0)
        end = far - (inward if place < len(run) - 1 else 0)
        if place:
            last = MIDDLE + side * run[place - 1][1]
            parts.append(f"C{_xy(near, last)} {_xy(near, y)} {_xy(start, y)}")
        else:
            parts.append(f"M{_xy(start, y)}")
        parts.append(f"L{_xy(end, y)}")
    return "".join(parts)


def _loss(left: Stop, right: Stop, left_half: float) -> Loss:
    right_half = left_half * (1 - left.lost)
    edge = right.x
    reach = edge + min(44.0, right.width * 0.4)
    pieces = []
    for side in (-1, 1):
        outer, inner = MIDDLE + side * left_half, MIDDLE + side * right_half
        pieces.append(
            f"M{_xy(edge - 14, outer)}L{_xy(reach, outer)}L{_xy(reach, inner)}L{_xy(edge + 14, inner)}"
            f"C{_xy(edge, inner)} {_xy(edge, outer)} {_xy(edge - 14, outer)}Z"
        )
    return Loss("".join(pieces), left.lost)


def returns(flows: Sequence[tuple[float, float, int]], of: int, *, most: int = 4) -> tuple[Return, ...]:
    """The largest flows backwards, (from x, to x, persons), thickness by the square root of their share."""
    kept = sorted((flow for flow in flows if flow[2] >= of * 0.01), key=lambda flow: -flow[2])[:most]
    return tuple(Return(start, end, 1.2 + 2.6 * sqrt(persons / max(of, 1)), persons) for start, end, persons in kept)


def _xy(x: float, y: float) -> str:
    return f"{number(x)} {number(y)}"
