"""How journeys begin: the most common first places in order, and how many of each came to the goal."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Engine, Span
from tropa.events.groups import GroupRule
from tropa.events.log import Codes, EventLog
from tropa.events.places import NOWHERE
from tropa.events.quantiles import chunks
from tropa.events.stretches import Stretch, StretchReader, rows_together
from tropa.stats.proportions import Proportion, proportion


@dataclass(frozen=True, slots=True)
class BeginningsQuery:
    """The question: the `top` most common stretches, and for each how many units are in group 1 of `goal`."""

    stretch: Stretch
    goal: GroupRule
    top: int = 20

    def __post_init__(self) -> None:
        if self.top < 1:
            raise InvalidQueryError(told("At least one path must be asked for, got {top}.", top=self.top))


@dataclass(frozen=True, slots=True)
class Beginning:
    """A path: its places, its share of all units, and how many of its units came to the goal, ever."""

    path: tuple[int, ...]
    share: Proportion
    came: Proportion


@dataclass(frozen=True, slots=True)
class BeginningsResult:
    """The most common paths (ties: in order of places), how many there are at all, and everybody's share of coming."""

    paths: tuple[Beginning, ...]
    different: int
    came: Proportion


def beginnings(log: EventLog, query: BeginningsQuery, engine: Engine = ONE_BY_ONE) -> BeginningsResult:
    """Count paths exactly: whole rows of places are compared, not their hashes."""
    rows, counts = _together(engine.run(_PathFold(query.stretch, query.goal), log))
    everybody, came = counts.sum(axis=0).tolist()
    order = np.lexsort((*rows.T[::-1], -counts[:, 0]))[: query.top].tolist()
    paths = tuple(
        Beginning(
            tuple(place for place in rows[i].tolist() if place >= 0),
            proportion(int(counts[i, 0]), everybody),
            proportion(int(counts[i, 1]), int(counts[i, 0])),
        )
        for i in order
    )
    return BeginningsResult(paths, len(rows), proportion(came, everybody))


_Counted = tuple[NDArray[np.int32], NDArray[np.int64]]


def _together(found: list[_Counted]) -> _Counted:
    rows, counts = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return rows_together(rows, counts)


@dataclass(frozen=True, slots=True)
class _PathFold:
    """Counts stretches: units, and units that came to the goal."""

    stretch: Stretch
    goal: GroupRule

    def zero(self) -> list[_Counted]:
        return [(np.zeros((0, self.stretch.width), dtype=np.int32), np.zeros((0, 2), dtype=np.int64))]

    def on(self, log: EventLog) -> "_PathsAt":
        return _PathsAt(log, StretchReader(log, self.stretch), self.goal.on(log))

    def merge(self, one: list[_Counted], other: list[_Counted]) -> list[_Counted]:
        return one + other


@dataclass(frozen=True, slots=True, eq=False)
class _PathsAt:
    log: EventLog
    stretches: StretchReader
    goal: Codes

    def add(self, span: Span, total: list[_Counted]) -> list[_Counted]:
        found = list(total)
        for chunk in chunks(self.log, span):
            rows = self.stretches.of(chunk)
            kept = (rows != NOWHERE).any(axis=1)
            came = self.goal[chunk.first : chunk.last] == 1
            counts = np.column_stack([np.ones(len(rows), dtype=np.int64), came.astype(np.int64)])
            found.append(rows_together(rows[kept], counts[kept]))
        return [_together(found)]
