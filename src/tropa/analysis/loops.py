"""Loops: the same place again, back to an earlier stage, to and fro; before the goal is reached."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Engine, Span, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.events.tally import EVENTS, FIRST, PERSONS, Tally, tallied
from tropa.stats.proportions import Proportion, proportion


class LoopKind(IntEnum):
    """AGAIN: the same event at a place in a row. BACK: to a stage before the furthest one. TO_AND_FRO: a, b, a."""

    AGAIN = 1
    BACK = 2
    TO_AND_FRO = 3


@dataclass(frozen=True, slots=True)
class LoopQuery:
    """The question: at which places do units go in circles before their first event at place 0 of `goal`.

    `stage_of[p]` is the stage of place p, in the path's order. Events that are at no place are looked through.
    """

    places: PlaceRule
    stage_of: tuple[int, ...]
    goal: PlaceRule

    def __post_init__(self) -> None:
        if len(self.stage_of) != self.places.count:
            raise InvalidQueryError(
                told("There are stages for {count} places of {of}.", count=len(self.stage_of), of=self.places.count)
            )


@dataclass(frozen=True, slots=True)
class Loop:
    """Units that loop at a place, of those who are there; `through`: the place between, where it goes to and fro.

    `events` loops took `seconds` in all: until the same place again; for BACK until the way was as far as before, where
    it ever was. `came` and `otherwise`: who reached the goal, of those who loop and of the others at the place.
    """

    kind: LoopKind
    place: int
    through: int | None
    persons: Proportion
    events: int
    seconds: float
    came: Proportion
    otherwise: Proportion


def loops(log: EventLog, query: LoopQuery, engine: Engine = ONE_BY_ONE) -> tuple[Loop, ...]:
    """Count loops, most people first."""
    tally = engine.run(_LoopFold(query), log)
    found = [_loop(int(key), tally, query.places.count) for key in tally.keys if key >= query.places.count**2]
    return tuple(sorted(found, key=lambda one: (-one.persons.count, one.kind, one.place, one.through or 0)))


def _loop(key: int, tally: Tally, places: int) -> Loop:
    rest, through = divmod(key, places)
    kind, place = divmod(rest, places)
    mine, all_there = tally.at(key), tally.at(place * places)
    persons, came = int(mine[PERSONS]), int(mine[FIRST + 1])
    return Loop(
        kind=LoopKind(kind),
        place=place,
        through=through if kind == LoopKind.TO_AND_FRO else None,
        persons=proportion(persons, int(all_there[PERSONS])),
        events=int(mine[EVENTS]),
        seconds=int(mine[FIRST]) / 1000,
        came=proportion(came, persons),
        otherwise=proportion(int(all_there[FIRST + 1]) - came, int(all_there[PERSONS]) - persons),
    )


@dataclass(frozen=True, slots=True)
class _LoopFold:
    """Adds up by (kind · places + place) · places + place between: persons, loops, ms, persons at the goal."""

    query: LoopQuery

    def zero(self) -> Tally:
        return Tally.none(2)

    def on(self, log: EventLog) -> "_LoopStep":
        places, goal = self.query.places.on(log), self.query.goal.on(log)
        stage_of = readable(np.array(self.query.stage_of, dtype=np.int32), np.int32)
        names = readable(log.event.codes, np.int32)
        columns = (names, places.codes, places.table, goal.codes, goal.table, readable(log.time, np.int64), stage_of)
        return _LoopStep(readable(log.offsets, np.int64), columns, self.query.places.count)

    def merge(self, one: Tally, other: Tally) -> Tally:
        return one + other


@dataclass(frozen=True, slots=True, eq=False)
class _LoopStep:
    offsets: NDArray[np.int64]
    columns: tuple[Codes, Codes, Codes, Codes, Codes, NDArray[np.int64], Codes]
    places: int

    def add(self, span: Span, total: Tally) -> Tally:
        room = 3 * int(self.offsets[span.last] - self.offsets[span.first])
        unit, key, took, came = (np.empty(room, dtype=np.int64) for _ in range(4))
        size = _list_loops(span.first, span.last, self.offsets, *self.columns, self.places, unit, key, took, came)
        return total + tallied(unit[:size], key[:size], (took[:size],), (came[:size],))


@kernel
def _list_loops(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    names: Codes,
    codes: Codes,
    table: Codes,
    goal_codes: Codes,
    goal_table: Codes,
    times: NDArray[np.int64],
    stage_of: Codes,
    places: int,
    unit_of: NDArray[np.int64],
    key: NDArray[np.int64],
    took: NDArray[np.int64],
    came: NDArray[np.int64],
) -> int:
    """`since`: when the stay at `here` was last seen; `left`: when the place before it, `before`, was."""
    size = 0
    for unit in range(first, last):
        start = size
        here, name, before, furthest, away, reached = -1, -1, -1, -1, -1, 0
        since, left = 0, 0
        for i in range(offsets[unit], offsets[unit + 1]):
            if goal_table[goal_codes[i]] == 0:
                reached, since = 1, times[i]
                break
            place = table[codes[i]]
            if place < 0:
                continue
            unit_of[size] = unit
            key[size] = place * places
            took[size] = 0
            size += 1
            stage = stage_of[place]
            if place == here:
                if names[i] == name:
                    unit_of[size] = unit
                    key[size] = (places + place) * places
                    took[size] = times[i] - since
                    size += 1
            else:
                if away >= 0 and stage >= furthest:
                    took[away] = times[i] - took[away]
                    away = -1
                elif away < 0 and stage < furthest:
                    away = size
                    unit_of[size] = unit
                    key[size] = (2 * places + place) * places
                    took[size] = since
                    size += 1
                if place == before:
                    unit_of[size] = unit
                    key[size] = (3 * places + place) * places + here
                    took[size] = times[i] - left
                    size += 1
                before, left, here = here, since, place
            furthest = max(furthest, stage)
            since, name = times[i], names[i]
        if away >= 0:
            took[away] = reached * (since - took[away])
        for k in range(start, size):
            came[k] = reached
    return size
