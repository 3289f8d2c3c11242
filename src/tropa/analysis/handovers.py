"""Hand-overs: who passes the work to whom, how often it comes straight back, and where it goes no further."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Engine, Span, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.events.tally import EVENTS, FIRST, PERSONS, Tally, tallied
from tropa.stats.proportions import Proportion, proportion

_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class HandoverQuery:
    """The question: between which places units pass, and after which passing they never reach place 0 of `goal`.

    A unit is lost after its last hand-over where it has not reached the goal at all and nothing was heard of it for
    `term` since its last event.
    """

    places: PlaceRule
    goal: PlaceRule
    term: timedelta

    def __post_init__(self) -> None:
        if self.term <= timedelta(0):
            raise InvalidQueryError(told("The term must be positive, got {term}.", term=self.term))


@dataclass(frozen=True, slots=True)
class Handover:
    """From one place to another: `persons` units, `events` times; how many were given straight back, how many lost."""

    source: int
    target: int
    events: int
    returned: Proportion
    lost: Proportion

    @property
    def persons(self) -> int:
        """How many units."""
        return self.returned.of


def handovers(log: EventLog, query: HandoverQuery, engine: Engine = ONE_BY_ONE) -> tuple[Handover, ...]:
    """Count hand-overs, most units first."""
    tally = engine.run(_HandoverFold(query), log)
    found = [
        Handover(
            *divmod(int(key), query.places.count),
            int(sums[EVENTS]),
            proportion(int(sums[FIRST]), int(sums[PERSONS])),
            proportion(int(sums[FIRST + 1]), int(sums[PERSONS])),
        )
        for key, sums in zip(tally.keys, tally.sums, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-one.persons, one.source, one.target)))


@dataclass(frozen=True, slots=True)
class _HandoverFold:
    """Adds up by source · places + target: units, times, units given straight back, units lost."""

    query: HandoverQuery

    @property
    def open_for(self) -> timedelta:
        """So long after its last event a unit may yet go on."""
        return self.query.term

    def zero(self) -> Tally:
        return Tally.none(2)

    def on(self, log: EventLog) -> "_HandoverStep":
        places, goal = self.query.places.on(log), self.query.goal.on(log)
        columns = (places.codes, places.table, goal.codes, goal.table, readable(log.time, np.int64))
        numbers = (self.query.places.count, self.query.term // _MS, log.as_of)
        return _HandoverStep(readable(log.offsets, np.int64), columns, numbers)

    def merge(self, one: Tally, other: Tally) -> Tally:
        return one + other


@dataclass(frozen=True, slots=True, eq=False)
class _HandoverStep:
    offsets: NDArray[np.int64]
    columns: tuple[Codes, Codes, Codes, Codes, NDArray[np.int64]]
    numbers: tuple[int, int, int]

    def add(self, span: Span, total: Tally) -> Tally:
        room = int(self.offsets[span.last] - self.offsets[span.first])
        unit, key, returned, lost = (np.zeros(room, dtype=np.int64) for _ in range(4))
        size = _list_handovers(
            span.first, span.last, self.offsets, *self.columns, *self.numbers, unit, key, returned, lost
        )
        return total + tallied(unit[:size], key[:size], (), (returned[:size], lost[:size]))


@kernel
def _list_handovers(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    goal_codes: Codes,
    goal_table: Codes,
    times: NDArray[np.int64],
    places: int,
    term: int,
    as_of: int,
    unit_of: NDArray[np.int64],
    key: NDArray[np.int64],
    returned: NDArray[np.int64],
    lost: NDArray[np.int64],
) -> int:
    size = 0
    for unit in range(first, last):
        start, end = size, offsets[unit + 1]
        here, before, reached = -1, -1, 0
        for i in range(offsets[unit], end):
            if goal_table[goal_codes[i]] == 0:
                reached = 1
            place = table[codes[i]]
            if place < 0 or place == here:
                continue
            if here >= 0:
                unit_of[size] = unit
                key[size] = here * places + place
                returned[size] = 0
                lost[size] = 0
                if place == before:
                    returned[size - 1] = 1
                size += 1
            before, here = here, place
        if size > start and reached == 0 and times[end - 1] + term <= as_of:
            lost[size - 1] = 1
    return size
