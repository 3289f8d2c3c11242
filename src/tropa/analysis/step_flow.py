"""Step by step from an anchor: at which place units are, and where from each they go on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import ONE_BY_ONE, Engine, Span
from tropa.events.log import EventLog
from tropa.events.places import NOWHERE
from tropa.events.quantiles import chunks
from tropa.events.stretches import Stretch, StretchReader, rows_together


@dataclass(frozen=True, slots=True)
class StepLink:
    """Units that were at `source` at a step and at `target` at the next one.

    `source` None: their journey began with the target; `target` None: it ended with the source.
    """

    step: int
    source: int | None
    target: int | None
    persons: int


@dataclass(frozen=True, slots=True)
class StepFlow:
    """`at[s]`: (place, units) at step s, most units first; steps go from `first` on, the anchor is step 0.

    `links` from step s to s + 1, by step, most units first. `of`: units that have the anchor.
    """

    first: int
    at: tuple[tuple[tuple[int, int], ...], ...]
    links: tuple[StepLink, ...]
    of: int


def step_flow(log: EventLog, query: Stretch, engine: Engine = ONE_BY_ONE) -> StepFlow:
    """Count where units are at each step and between which places they move: sparse, for any number of places."""
    rows, counts = _together(engine.run(_LinkFold(query), log))
    order = np.lexsort((rows[:, 2], rows[:, 1], -counts, rows[:, 0])).tolist()
    links = tuple(
        StepLink(int(rows[i, 0]) - query.before, _place(rows[i, 1]), _place(rows[i, 2]), int(counts[i])) for i in order
    )
    at = tuple(_at(step, rows, counts, query.width) for step in range(query.width))
    return StepFlow(-query.before, at, links, sum(persons for _, persons in at[query.before]))


def _place(code: int) -> int | None:
    return None if code < 0 else int(code)


def _at(step: int, rows: NDArray[np.int32], counts: NDArray[np.int64], width: int) -> tuple[tuple[int, int], ...]:
    """Places at a step: sources of the links from it, of the last step targets of the links to it."""
    link, side = (step, 1) if step < width - 1 else (step - 1, 2)
    here = (rows[:, 0] == link) & (rows[:, side] >= 0)
    places, place = np.unique(rows[here, side], return_inverse=True)
    total = np.zeros(len(places), dtype=np.int64)
    np.add.at(total, place, counts[here])
    order = np.lexsort((places, -total)).tolist()
    return tuple((int(places[i]), int(total[i])) for i in order)


_Counted = tuple[NDArray[np.int32], NDArray[np.int64]]


def _together(found: list[_Counted]) -> _Counted:
    rows, counts = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return rows_together(rows, counts)


@dataclass(frozen=True, slots=True)
class _LinkFold:
    """Counts rows of (step, source, target); −1 = not begun or ended."""

    query: Stretch

    def zero(self) -> list[_Counted]:
        return [(np.zeros((0, 3), dtype=np.int32), np.zeros(0, dtype=np.int64))]

    def on(self, log: EventLog) -> "_LinksAt":
        return _LinksAt(log, StretchReader(log, self.query))

    def merge(self, one: list[_Counted], other: list[_Counted]) -> list[_Counted]:
        return one + other


@dataclass(frozen=True, slots=True, eq=False)
class _LinksAt:
    log: EventLog
    stretches: StretchReader

    def add(self, span: Span, total: list[_Counted]) -> list[_Counted]:
        found = list(total)
        for chunk in chunks(self.log, span):
            rows = self.stretches.of(chunk)
            steps = np.arange(rows.shape[1] - 1, dtype=np.int32)
            links = np.stack(
                [np.broadcast_to(steps, (len(rows), len(steps))), rows[:, :-1], rows[:, 1:]], axis=2
            ).reshape(-1, 3)
            links = links[(links[:, 1:] != NOWHERE).any(axis=1)]
            found.append(rows_together(links, np.ones(len(links), dtype=np.int64)))
        return [_together(found)]
