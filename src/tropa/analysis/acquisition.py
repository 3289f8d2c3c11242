"""Whom each channel brought: how many came, asked, bought once and again, what they paid, and where the others left."""

import math
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added
from tropa.events.groups import GroupRule
from tropa.events.log import DAY_MS, NO_AMOUNT, Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.events.quantiles import chunks
from tropa.stats.proportions import Interval, Proportion, normal_quantile, proportion

_COUNTED = 6
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class AcquisitionQuery:
    """The question: of units whose first event lies in [since, until) UTC ms, by group, how far they came.

    `lead`, `goal`: place 0 of each. A second purchase is one on another day. Left at stage s: no purchase, s the
    furthest stage, and no event for `rest` before the end. `scale`: minor units in a major one.
    """

    groups: GroupRule
    stages: PlaceRule
    lead: PlaceRule
    goal: PlaceRule
    since: int
    until: int
    rest: timedelta = timedelta(days=30)
    scale: int = 100

    def __post_init__(self) -> None:
        if self.since >= self.until:
            raise InvalidQueryError(told("The days of the costs and those of the data do not meet."))


@dataclass(frozen=True, slots=True)
class Acquired:
    """One group. `money`: minor units of all purchases; `money_each`: a person's mean with its interval.

    `left`: one entry a stage, then those who were in none; `still_open`: no purchase, but seen within `rest`.
    """

    persons: int
    leads: Proportion
    first: Proportion
    second: Proportion
    money: int
    money_each: Interval
    left: tuple[int, ...]
    still_open: int


def acquired(log: EventLog, query: AcquisitionQuery, engine: Engine = ONE_BY_ONE) -> tuple[Acquired, ...]:
    """One entry a group, then one for those in no group."""
    counts, left = engine.run(_AcquisitionFold(query), log)
    return tuple(_finish(one, lost, query.scale) for one, lost in zip(counts.tolist(), left.tolist(), strict=True))


def _finish(counts: list[int], left: list[int], scale: int) -> Acquired:
    persons, leads, first, second, money, squares = counts
    mean = money / persons if persons else 0.0
    variance = max(0.0, squares * scale * scale / persons - mean * mean) if persons else 0.0
    half = normal_quantile(0.95) * math.sqrt(variance / persons) if persons else 0.0
    return Acquired(
        persons=persons,
        leads=proportion(leads, persons),
        first=proportion(first, persons),
        second=proportion(second, persons),
        money=money,
        money_each=Interval(mean, max(0.0, mean - half), mean + half),
        left=tuple(left[:-1]),
        still_open=left[-1],
    )


@dataclass(frozen=True, slots=True)
class _AcquisitionFold:
    """Adds up (group, six counts) and (group, stage left at)."""

    query: AcquisitionQuery

    @property
    def open_for(self) -> timedelta:
        """Whether somebody left is seen some time after the last event."""
        return self.query.rest

    def zero(self) -> Arrays:
        groups = self.query.groups.count + 1
        return np.zeros((groups, _COUNTED), np.int64), np.zeros((groups, self.query.stages.count + 2), np.int64)

    def on(self, log: EventLog) -> "_AcquisitionStep":
        query = self.query
        return _AcquisitionStep(
            log,
            query,
            query.groups.on(log),
            query.stages.on(log).of_events(),
            query.lead.on(log).of_events(),
            query.goal.on(log).of_events(),
        )

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True, eq=False)
class _AcquisitionStep:
    log: EventLog
    query: AcquisitionQuery
    group: Codes
    stage: Codes
    lead: Codes
    goal: Codes

    def add(self, span: Span, total: Arrays) -> Arrays:
        for chunk in chunks(self.log, span):
            self._add(chunk, *total)
        return total

    def _add(self, span: Span, counts: NDArray[np.int64], left: NDArray[np.int64]) -> None:
        edges = self.log.offsets[span.first : span.last + 1]
        here, size = slice(int(edges[0]), int(edges[-1])), span.last - span.first
        unit = np.repeat(np.arange(size), np.diff(edges))
        time, has = self.log.time[here], np.diff(edges) > 0
        began, ended = np.full(size, -1, np.int64), np.full(size, -1, np.int64)
        began[has], ended[has] = time[edges[:-1][has] - edges[0]], time[edges[1:][has] - edges[0] - 1]
        came = has & (began >= self.query.since) & (began < self.query.until)
        group = np.where(self.group[span.first : span.last] < 0, len(counts) - 1, self.group[span.first : span.last])
        bought = self.goal[here] == 0
        days = _days_with(unit[bought], time[bought] // DAY_MS, size)
        asked = np.zeros(size, bool)
        asked[unit[self.lead[here] == 0]] = True
        money, squares = self._money(unit[bought], here, bought, size)
        columns = (
            came,
            came & (asked | (days > 0)),
            came & (days > 0),
            came & (days > 1),
            money * came,
            squares * came,
        )
        for place, column in enumerate(columns):
            np.add.at(counts[:, place], group, column.astype(np.int64))
        self._leave(unit, here, came & (days == 0), ended, group, left)

    def _money(
        self, unit: NDArray[np.int64], here: slice, bought: NDArray[np.bool_], size: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Each unit's money in minor units, and the square of it in major ones, which fits 64 bits."""
        money = np.zeros(size, np.int64)
        if self.log.amount is not None:
            amount = self.log.amount[here][bought]
            np.add.at(money, unit, np.where(amount == NO_AMOUNT, 0, amount))
        return money, (money // self.query.scale) ** 2

    def _leave(
        self,
        unit: NDArray[np.int64],
        here: slice,
        without: NDArray[np.bool_],
        ended: NDArray[np.int64],
        group: NDArray[np.int64],
        left: NDArray[np.int64],
    ) -> None:
        furthest = np.full(len(without), -1, np.int64)
        np.maximum.at(furthest, unit, self.stage[here].astype(np.int64))
        over = ended + self.query.rest // _MS <= self.log.as_of
        last = left.shape[1] - 1
        place = np.where(over, np.where(furthest < 0, last - 1, furthest), last)
        np.add.at(left, (group[without], place[without]), 1)


def _days_with(unit: NDArray[np.int64], day: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """How many different days each unit has; a unit's days come in order."""
    fresh = np.ones(len(unit), bool)
    fresh[1:] = (unit[1:] != unit[:-1]) | (day[1:] != day[:-1])
    return np.bincount(unit[fresh], minlength=size).astype(np.int64)
