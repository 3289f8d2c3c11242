"""What the lost did next: the places that units came to after the step at which their way ends."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.chains import ChainQuery, ChainReader
from tropa.events.fold import ONE_BY_ONE, Engine, Span, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import NOWHERE, PlaceRule, Places
from tropa.events.quantiles import chunks
from tropa.events.stretches import rows_together

MOST_STEPS_AFTER = 10


@dataclass(frozen=True, slots=True)
class AfterwardsQuery:
    """The question: of units lost at each step, the next `depth` places, each named once where it repeats in a row."""

    chain: ChainQuery
    places: PlaceRule
    depth: int = 3

    def __post_init__(self) -> None:
        if not 1 <= self.depth <= MOST_STEPS_AFTER:
            raise InvalidQueryError(
                told(
                    "One to {most_steps_after} steps after a loss can be shown, got {depth}.",
                    most_steps_after=MOST_STEPS_AFTER,
                    depth=self.depth,
                )
            )


@dataclass(frozen=True, slots=True)
class LostPath:
    """Units lost at a step that went on over these places; fewer than asked for = they did nothing more after them."""

    step: int
    path: tuple[int, ...]
    persons: int


def what_lost_did(log: EventLog, query: AfterwardsQuery, engine: Engine = ONE_BY_ONE) -> tuple[LostPath, ...]:
    """The paths of the lost, step by step, most units first."""
    rows, counts = _together(engine.run(_AfterFold(query), log))
    order = np.lexsort((*rows.T[::-1], -counts, rows[:, 0])).tolist()
    return tuple(
        LostPath(int(rows[i, 0]), tuple(place for place in rows[i, 1:].tolist() if place >= 0), int(counts[i]))
        for i in order
    )


_Counted = tuple[NDArray[np.int32], NDArray[np.int64]]
_Sum = list[_Counted]


def _together(found: _Sum) -> _Counted:
    rows, counts = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return rows_together(rows, counts)


@dataclass(frozen=True, slots=True)
class _AfterFold:
    """Counts rows of (step, next places…)."""

    query: AfterwardsQuery

    def zero(self) -> _Sum:
        return [(np.zeros((0, self.query.depth + 1), dtype=np.int32), np.zeros(0, dtype=np.int64))]

    def on(self, log: EventLog) -> "_AfterAt":
        chain = self.query.chain
        places = self.query.places.on(log)
        return _AfterAt(log, ChainReader(log, chain), places, np.array(chain.required), self.query.depth)

    def merge(self, one: _Sum, other: _Sum) -> _Sum:
        return one + other


@dataclass(frozen=True, slots=True, eq=False)
class _AfterAt:
    log: EventLog
    chains: ChainReader
    places: Places
    required: NDArray[np.int64]
    depth: int

    def add(self, span: Span, total: _Sum) -> _Sum:
        offsets = readable(self.log.offsets, np.int64)
        found = list(total)
        for chunk in chunks(self.log, span):
            chains = self.chains.of(chunk)
            lost = np.flatnonzero((chains.far > 0) & (chains.far < len(self.required)) & (chains.is_open == 0))
            steps = self.required[chains.far[lost] - 1]
            rows = np.full((len(lost), self.depth + 1), NOWHERE, dtype=np.int32)
            rows[:, 0] = steps
            ends = np.ascontiguousarray(chains.at[lost, steps])
            _list_next(lost + chunk.first, ends, offsets, self.places.codes, self.places.table, rows)
            found.append((rows, np.ones(len(rows), dtype=np.int64)))
        return [_together(found)]


@kernel
def _list_next(
    units: NDArray[np.int64],
    ends: NDArray[np.int64],
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    rows: Codes,
) -> None:
    """Write the places after event `ends[k]` into `rows[k, 1:]`."""
    for k in range(len(units)):
        before = table[codes[ends[k]]]
        size = 1
        for i in range(ends[k] + 1, offsets[units[k] + 1]):
            here = table[codes[i]]
            if here < 0 or here == before:
                continue
            rows[k, size] = here
            before = here
            size += 1
            if size == rows.shape[1]:
                break
