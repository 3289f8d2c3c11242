"""The flow ribbon as geometry: how many go on, where they are lost, and who comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from tropa.domain.evidence import Unit
from tropa.domain.journeymap import Stage, Step
from tropa.render.curve import number
from tropa.render.headline import goal_figure
from tropa.render.sheet import Sheet
from tropa.render.theme import stage_role

MIDDLE = 22.0
ARCS = 24.0
_HEIGHT = 44.0
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
    y: float


@dataclass(frozen=True, slots=True)
class Aim:
    """The thickness that the ribbon would have at the goal's stage, had the target been reached."""

    x: float
    width: float
    half: float
    share: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """The ribbon's area, the gaps without events, and the wedges."""

    area: tuple[str, ...]
    gaps: tuple[tuple[float, float], ...]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Everything that the flow lane draws; the arcs stand above the ribbon where there are any."""

    stops: tuple[Stop, ...]
    ribbon: Ribbon
    arcs: tuple[Return, ...]
    aim: Aim | None

    @property
    def head(self) -> float:
        """The room above the ribbon."""
        return ARCS if self.arcs else 0.0

    @property
    def height(self) -> float:
        """The lane's height."""
        return _HEIGHT + self.head


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


def flow_of(sheet: Sheet) -> Flow | None:
    """The flow of a map; None without any counts."""
    stops = stops_of(sheet)
    shape = ribbon(stops)
    if not shape.area:
        return None
    most = max(stop.persons or 0 for stop in stops)
    return Flow(tuple(stops), shape, returns(backward(sheet), most), _aim(sheet, most))


def _aim(sheet: Sheet, most: int) -> Aim | None:
    """The target of a goal that is a share of people, at the first column of the stage where the goal is."""
    goal = sheet.journey.goal
    measured = goal_figure(goal) if goal else None
    if goal is None or goal.target is None or measured is None or measured.unit is not Unit.SHARE:
        return None
    column = next((one for one in sheet.columns if one.stage.goal), None)
    if column is None or column.record.persons is None:
        return None
    wide = float(sheet.column_width)
    half = min(_TALLEST, max(_THINNEST, _TALLEST * goal.target * measured.of / most)) / 2
    return Aim(column.place * wide, wide, half, goal.target)


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


def returns(flows: Sequence[tuple[float, float, int]], of: int, *, most: int = 3) -> tuple[Return, ...]:
    """The largest flows backwards, (from x, to x, persons), thickness by the square root of their share.

    Longer arcs pass above shorter ones.
    """
    kept = sorted((flow for flow in flows if flow[2] >= of * 0.01), key=lambda flow: -flow[2])[:most]
    spans = sorted((start - end for start, end, _ in kept), reverse=True)
    return tuple(
        Return(start, end, 1.2 + 1.6 * sqrt(persons / max(of, 1)), persons, 3.0 + 4.5 * spans.index(start - end))
        for start, end, persons in kept
    )


def _xy(x: float, y: float) -> str:
    return f"{number(x)} {number(y)}"
