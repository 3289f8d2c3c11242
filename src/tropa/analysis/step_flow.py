"""Step by step from an anchor: at which place units are, and where from each they go on."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import ONE_BY_ONE, Engine, Span
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import NOWHERE
from tropa.events.stretches import Stretch, StretchReader


class StepLink(NamedTuple):
    """Units that were at `source` at a step and at `target` at the next one.

    `source` None: their journey began with the target; `target` None: it ended with the source.
    """

    step: int
    source: int | None
    target: int | None
    persons: int


@dataclass(frozen=True, slots=True, eq=False)
class StepFlow:
    """`at[s]`: (place, units) at step s, most units first; steps go from `first` on, the anchor is step 0.

    `of`: units that have the anchor. Shape of `rows`: (links, 4): step, source, target (−1 for none), units.
    """

    first: int
    at: tuple[tuple[tuple[int, int], ...], ...]
    of: int
    rows: NDArray[np.int64]

    @property
    def links(self) -> tuple[StepLink, ...]:
        """From step s to s + 1, by step, most units first."""
        places: list[int | None] = [None, *range(int(self.rows[:, 1:3].max(initial=-1)) + 1)]
        return tuple(
            StepLink(step, places[source + 1], places[target + 1], persons)
            for step, source, target, persons in self.rows.tolist()
        )


def step_flow(log: EventLog, query: Stretch, engine: Engine = ONE_BY_ONE) -> StepFlow:
    """Count where units are at each step and between which places they move."""
    keys, counts = _LinkFold(query).together(engine.run(_LinkFold(query), log))
    side = query.places.count + 1
    rows = np.column_stack([keys // (side * side), keys // side % side - 1, keys % side - 1])
    order = np.lexsort((rows[:, 2], rows[:, 1], -counts, rows[:, 0]))
    links = np.column_stack([rows - [query.before, 0, 0], counts])[order]
    at = tuple(_at(step, rows, counts, query.width) for step in range(query.width))
    return StepFlow(-query.before, at, sum(persons for _, persons in at[query.before]), links)


def _at(step: int, rows: NDArray[np.int64], counts: NDArray[np.int64], width: int) -> tuple[tuple[int, int], ...]:
    """Places at a step: sources of the links from it, of the last step targets of the links to it."""
    link, side = (step, 1) if step < width - 1 else (step - 1, 2)
    here = (rows[:, 0] == link) & (rows[:, side] >= 0)
    places, place = np.unique(rows[here, side], return_inverse=True)
    total = np.zeros(len(places), dtype=np.int64)
    np.add.at(total, place, counts[here])
    order = np.lexsort((places, -total)).tolist()
    return tuple((int(places[i]), int(total[i])) for i in order)


_Counted = tuple[NDArray[np.int64], NDArray[np.int64]]
_DENSE = 1 << 20
_UNITS = 16_384  # looked at together: their rows stay in the processor's cache


@dataclass(frozen=True, slots=True)
class _LinkFold:
    """Counts links by key: (step · side + source + 1) · side + target + 1, where side = places + 1; −1 is no place.

    Few possible keys are counted in a table (keys empty), many are listed as they occur.
    """

    query: Stretch

    @property
    def keys(self) -> int:
        return (self.query.width - 1) * (self.query.places.count + 1) ** 2

    def zero(self) -> list[_Counted]:
        none = np.zeros(0, dtype=np.int64)
        return [(none, np.zeros(self.keys if self.keys <= _DENSE else 0, dtype=np.int64))]

    def on(self, log: EventLog) -> "_LinksAt":
        return _LinksAt(StretchReader(log, self.query), self.query.places.count + 1)

    def merge(self, one: list[_Counted], other: list[_Counted]) -> list[_Counted]:
        if self.keys <= _DENSE:
            np.add(one[0][1], other[0][1], out=one[0][1])
            return one
        return one + other

    def together(self, found: list[_Counted]) -> _Counted:
        """Each key that occurs once, ascending, with its count."""
        if self.keys <= _DENSE:
            keys = np.flatnonzero(found[0][1])
            return keys, found[0][1][keys]
        return _summed(found)


def _summed(found: list[_Counted]) -> _Counted:
    keys, counts = (np.concatenate(parts) for parts in zip(*found, strict=True))
    different, place = np.unique(keys, return_inverse=True)
    total = np.zeros(len(different), dtype=np.int64)
    np.add.at(total, place, counts)
    return different, total


@dataclass(frozen=True, slots=True, eq=False)
class _LinksAt:
    stretches: StretchReader
    side: int

    def add(self, span: Span, total: list[_Counted]) -> list[_Counted]:
        table = total[0][1]
        found = list(total)
        for first in range(span.first, span.last, _UNITS):
            rows = self.stretches.of(Span(first, min(first + _UNITS, span.last)))
            if len(table):
                _count_links(rows, self.side, table)
            else:
                found.append(self._listed(rows))
        return total if len(table) else [_summed(found)]

    def _listed(self, rows: NDArray[np.int32]) -> _Counted:
        source, target = rows[:, :-1].astype(np.int64), rows[:, 1:].astype(np.int64)
        step = np.arange(rows.shape[1] - 1, dtype=np.int64)
        keys = (step * self.side + source + 1) * self.side + target + 1
        keys, counts = np.unique(keys[(source != NOWHERE) | (target != NOWHERE)], return_counts=True)
        return keys, counts.astype(np.int64)


@kernel
def _count_links(rows: Codes, side: int, table: NDArray[np.int64]) -> None:
    for unit in range(rows.shape[0]):
        for step in range(rows.shape[1] - 1):
            source = rows[unit, step] + 1
            target = rows[unit, step + 1] + 1
            if source + target > 0:
                table[(step * side + source) * side + target] += 1
