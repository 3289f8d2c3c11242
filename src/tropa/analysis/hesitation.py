"""Signs of hesitation at each place: to and fro, a long pause, seen again and again; before the goal."""

from dataclasses import dataclass
from datetime import timedelta
from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.events.quantiles import Durations, exact_quantiles
from tropa.stats.proportions import Proportion, proportion

OFTEN = 3
_MS = timedelta(milliseconds=1)
_EVERY = 8


class Sign(IntFlag):
    """TO_AND_FRO: from the place to another and straight back. PAUSE: a long one after it. OFTEN: seen three times."""

    TO_AND_FRO = 1
    PAUSE = 2
    OFTEN = 4


@dataclass(frozen=True, slots=True)
class HesitationQuery:
    """The question: which signs units show at each place before their first event at place 0 of `goal`.

    A pause is long from `pause` on; one longer than `visit` ends the visit and is no sign (None: no such end).
    """

    places: PlaceRule
    goal: PlaceRule
    pause: timedelta
    visit: timedelta | None = None

    def __post_init__(self) -> None:
        if self.pause <= timedelta(0):
            raise InvalidQueryError(told("A pause must be positive, got {pause}.", pause=self.pause))


@dataclass(frozen=True, slots=True)
class SignShares:
    """A place: the share of its units with each sign and with any; who reached the goal with each, any and none."""

    signs: dict[Sign, Proportion]
    any: Proportion
    came: dict[Sign, Proportion]
    came_with: Proportion
    came_without: Proportion


def hesitation(log: EventLog, query: HesitationQuery, engine: Engine = ONE_BY_ONE) -> tuple[SignShares, ...]:
    """Count signs, one entry a place."""
    (counts,) = engine.run(_SignFold(query), log)
    return tuple(_shares(of_place) for of_place in counts.reshape(-1, _EVERY, 2))


def pauses(
    log: EventLog, share: float, visit: timedelta | None = None, engine: Engine = ONE_BY_ONE
) -> timedelta | None:
    """The pause that `share` of all pauses between events are no longer than; those that end a visit left out."""
    limit = None if visit is None else visit // _MS
    found = exact_quantiles(log, _Pauses(limit), rows=1, shares=lambda _: (share,), engine=engine)
    return timedelta(milliseconds=round(float(found.values[0, 0]))) if found.counts[0] else None


def _shares(counts: NDArray[np.int64]) -> SignShares:
    everybody = int(counts.sum())
    masks = np.arange(_EVERY)
    by_sign = {sign: counts[(masks & sign) > 0].sum(axis=0).tolist() for sign in Sign}
    shown, not_shown = counts[1:].sum(axis=0).tolist(), counts[0].tolist()
    return SignShares(
        signs={sign: proportion(sum(one), everybody) for sign, one in by_sign.items()},
        any=proportion(sum(shown), everybody),
        came={sign: proportion(one[1], sum(one)) for sign, one in by_sign.items()},
        came_with=proportion(shown[1], sum(shown)),
        came_without=proportion(not_shown[1], sum(not_shown)),
    )


@dataclass(frozen=True, slots=True)
class _Pauses:
    """From each event to the next of the same unit."""

    limit: int | None

    def on(self, log: EventLog) -> "_PauseReader":
        return _PauseReader(log.offsets, log.time, self.limit)


@dataclass(frozen=True, slots=True, eq=False)
class _PauseReader:
    offsets: NDArray[np.int64]
    times: NDArray[np.int64]
    limit: int | None

    def durations(self, span: Span) -> Durations:
        start, end = int(self.offsets[span.first]), int(self.offsets[span.last])
        if end - start < 2:
            return Durations(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int64))
        values = np.diff(self.times[start:end])
        within = np.ones(len(values), dtype=bool)
        edges = self.offsets[span.first + 1 : span.last] - start - 1
        within[edges[(edges >= 0) & (edges < len(values))]] = False
        if self.limit is not None:
            within &= values <= self.limit
        values = values[within]
        return Durations(np.zeros(len(values), dtype=np.int32), values)


@dataclass(frozen=True, slots=True)
class _SignFold:
    """Adds up units by (place, signs together, at the goal)."""

    query: HesitationQuery

    def zero(self) -> Arrays:
        return (np.zeros(self.query.places.count * _EVERY * 2, dtype=np.int64),)

    def on(self, log: EventLog) -> "_SignStep":
        places, goal = self.query.places.on(log), self.query.goal.on(log)
        columns = (places.codes, places.table, goal.codes, goal.table, readable(log.time, np.int64))
        visit = int(np.iinfo(np.int64).max) if self.query.visit is None else self.query.visit // _MS
        bounds = (self.query.pause // _MS, visit)
        return _SignStep(readable(log.offsets, np.int64), columns, bounds, self.query.places.count)

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True, eq=False)
class _SignStep:
    offsets: NDArray[np.int64]
    columns: tuple[Codes, Codes, Codes, Codes, NDArray[np.int64]]
    bounds: tuple[int, int]
    places: int

    def add(self, span: Span, total: Arrays) -> Arrays:
        sizes = np.diff(self.offsets[span.first : span.last + 1])
        met = np.empty(int(sizes.max(initial=0)), dtype=np.int32)
        visits, signs = (np.zeros(self.places, dtype=np.int32) for _ in range(2))
        _count_signs(
            span.first, span.last, self.offsets, *self.columns, *self.bounds, OFTEN, met, visits, signs, *total
        )
        return total


@kernel
def _count_signs(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    goal_codes: Codes,
    goal_table: Codes,
    times: NDArray[np.int64],
    pause: int,
    visit: int,
    often: int,
    met: Codes,
    visits: Codes,
    signs: Codes,
    counts: NDArray[np.int64],
) -> None:
    """`met`: the unit's places; `visits` and `signs` hold a place's while the unit is looked at, and 0 after it."""
    for unit in range(first, last):
        here, before, size, reached = -1, -1, 0, 0
        for i in range(offsets[unit], offsets[unit + 1]):
            if goal_table[goal_codes[i]] == 0:
                reached = 1
                break
            place = table[codes[i]]
            if place < 0:
                continue
            if visits[place] == 0:
                met[size] = place
                size += 1
            visits[place] += 1
            if visits[place] == often:
                signs[place] |= 4
            if i + 1 < offsets[unit + 1] and pause <= times[i + 1] - times[i] <= visit:
                signs[place] |= 2
            if place != here:
                if place == before:
                    signs[place] |= 1
                before, here = here, place
        for k in range(size):
            place = met[k]
            counts[(place * 8 + signs[place]) * 2 + reached] += 1
            visits[place] = 0
            signs[place] = 0
