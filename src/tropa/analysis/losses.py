"""Where units are lost on the way through steps: how many, in which groups, and how fast the others go on."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tropa.domain.project import Semantics
from tropa.events.chains import ChainQuery, ChainReader, Chains
from tropa.events.days import day_numbers
from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added
from tropa.events.groups import EVERYBODY, GroupRule
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule, Places
from tropa.events.quantiles import Durations, chunks, exact_quantiles
from tropa.stats.durations import Timing, timing_shares
from tropa.stats.proportions import Proportion, proportion

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
TIME_EDGES = (
    *(_MINUTE * minutes for minutes in (1, 5, 15, 30)),
    *(_HOUR * hours for hours in (1, 3, 6, 12)),
    *(_DAY * days for days in (1, 2, 3, 7, 14, 30, 60, 90, 180, 365)),
)


class ReadGroups(Protocol):
    """Groups of units at one log, told from the ways they took."""

    def of(self, span: Span, chains: Chains) -> Codes:
        """The group of each unit of the span, −1 = in none."""
        ...


class Breakdown(Protocol):
    """By what the counts are told apart; holds no events."""

    @property
    def count(self) -> int:
        """How many groups there are."""
        ...

    def on(self, log: EventLog) -> ReadGroups:
        """The groups at this log."""
        ...


@dataclass(frozen=True, slots=True)
class OfUnits:
    """By groups of units."""

    rule: GroupRule = EVERYBODY

    @property
    def count(self) -> int:
        """How many groups there are."""
        return self.rule.count

    def on(self, log: EventLog) -> "_UnitGroups":
        """The groups at this log."""
        return _UnitGroups(self.rule.on(log))


@dataclass(frozen=True, slots=True)
class OfStep:
    """By what the event is that fills a step; units that did not take the step are in no group."""

    step: int
    rule: PlaceRule

    @property
    def count(self) -> int:
        """How many groups there are."""
        return self.rule.count

    def on(self, log: EventLog) -> "_StepGroups":
        """The groups at this log."""
        return _StepGroups(self.step, self.rule.on(log))


@dataclass(frozen=True, slots=True)
class OfStart:
    """By the day of the way's start, in the time zone of the log: group k begins at day number `starts[k]`."""

    starts: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self.starts)

    def on(self, log: EventLog) -> "_StartGroups":
        """The groups at this log."""
        return _StartGroups(np.array(self.starts, dtype=np.int64), log.time, log.timezone)


@dataclass(frozen=True, slots=True)
class LossStep:
    """How many came to a step.

    `conversion` is of those at the first step, `from_previous` of those at the last step before that cannot be
    skipped. `censored`: came here, not further, and still may; `lost`: came here, not further, and the time is up. Of a
    step that may be skipped nobody is lost.
    """

    persons: int
    conversion: Proportion
    from_previous: Proportion
    censored: int
    lost: int
    optional: bool


@dataclass(frozen=True, slots=True)
class LossResult:
    """The answer for one group; `window_seconds` None for no window."""

    semantics: Semantics
    window_seconds: int | None
    steps: tuple[LossStep, ...]

    @property
    def conversion(self) -> Proportion:
        """Of those at the first step, how many came to the last that cannot be skipped."""
        return next(one for one in reversed(self.steps) if not one.optional).conversion


def find_losses(log: EventLog, query: ChainQuery, engine: Engine = ONE_BY_ONE) -> LossResult:
    """Count the ways of all units."""
    return find_losses_by(log, query, OfUnits(), engine)[0]


def find_losses_by(
    log: EventLog, query: ChainQuery, by: Breakdown, engine: Engine = ONE_BY_ONE
) -> tuple[LossResult, ...]:
    """Count the ways in each group, in one pass."""
    came, still_open = engine.run(_LossFold(query, by), log)
    return tuple(_finish(query, came[group].tolist(), still_open[group].tolist()) for group in range(by.count))


def _finish(query: ChainQuery, came: list[int], still_open: list[int]) -> LossResult:
    steps = []
    for number, step in enumerate(query.steps):
        before = max((one for one in query.required if one < number), default=0)
        after = min((one for one in query.required if one > number), default=None)
        goes_on = not step.optional and after is not None
        censored = still_open[number] if goes_on else 0
        steps.append(
            LossStep(
                persons=came[number],
                conversion=proportion(came[number], came[0]),
                from_previous=proportion(came[number], came[before]),
                censored=censored,
                lost=came[number] - came[after] - censored if goes_on and after is not None else 0,
                optional=step.optional,
            )
        )
    seconds = None if query.window is None else query.window // timedelta(seconds=1)
    return LossResult(query.semantics, seconds, tuple(steps))


def step_times(log: EventLog, query: ChainQuery, engine: Engine = ONE_BY_ONE) -> tuple[tuple[Timing | None, ...], ...]:
    """How long units took to each step: from the first step, and from the last before that cannot be skipped.

    Exact medians with their intervals, and nine in ten, of all units that came to the step; None where nobody did.
    """
    steps = len(query.steps)
    found = exact_quantiles(log, _StepTimes(query), rows=2 * steps, shares=timing_shares, engine=engine)
    timings = [
        Timing(int(count), *(float(one) / 1000 for one in row)) if count else None
        for count, row in zip(found.counts, found.values, strict=True)
    ]
    return tuple((timings[number], timings[steps + number]) for number in range(steps))


def time_histogram(log: EventLog, query: ChainQuery, engine: Engine = ONE_BY_ONE) -> tuple[int, ...]:
    """How many units took how long from the first step to the last that cannot be skipped.

    Entry k: less than `TIME_EDGES[k]` seconds and not less than the edge before; the last entry: longer.
    """
    return tuple(engine.run(_HistogramFold(query), log)[0].tolist())


@dataclass(frozen=True, slots=True)
class _LossFold:
    """(groups, K) counts: units that came to each step, and those whose way ends there and is open."""

    query: ChainQuery
    by: Breakdown

    @property
    def open_for(self) -> timedelta:
        """Until the time for every step is up."""
        return self.query.open_for

    def zero(self) -> Arrays:
        shape = (self.by.count, len(self.query.steps))
        return np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)

    def on(self, log: EventLog) -> "_LossAt":
        return _LossAt(log, ChainReader(log, self.query), self.by.on(log), np.array(self.query.required))

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True, eq=False)
class _LossAt:
    log: EventLog
    chains: ChainReader
    groups: ReadGroups
    required: NDArray[np.int64]

    def add(self, span: Span, total: Arrays) -> Arrays:
        for chunk in chunks(self.log, span):
            found = self.chains.of(chunk)
            group = self.groups.of(chunk, found)
            kept = np.flatnonzero((group >= 0) & (found.far > 0))
            unit, step = np.nonzero(found.at[kept] >= 0)
            np.add.at(total[0], (group[kept][unit], step), 1)
            waiting = kept[found.is_open[kept] > 0]
            np.add.at(total[1], (group[waiting], self.required[found.far[waiting] - 1]), 1)
        return total


@dataclass(frozen=True, slots=True, eq=False)
class _UnitGroups:
    codes: Codes

    def of(self, span: Span, chains: Chains) -> Codes:
        del chains
        return self.codes[span.first : span.last]


@dataclass(frozen=True, slots=True, eq=False)
class _StepGroups:
    step: int
    places: Places

    def of(self, span: Span, chains: Chains) -> Codes:
        del span
        event = chains.at[:, self.step]
        there = event >= 0
        codes = np.full(len(event), -1, dtype=np.int32)
        codes[there] = self.places.table[self.places.codes[event[there]]]
        return codes


@dataclass(frozen=True, slots=True, eq=False)
class _StartGroups:
    starts: NDArray[np.int64]
    time: NDArray[np.int64]
    timezone: str

    def of(self, span: Span, chains: Chains) -> Codes:
        del span
        there = np.flatnonzero(chains.at[:, 0] >= 0)
        codes = np.full(len(chains.far), -1, dtype=np.int32)
        days = day_numbers(self.time[chains.at[there, 0]], self.timezone)
        codes[there] = np.searchsorted(self.starts, days, side="right") - 1
        return codes


@dataclass(frozen=True, slots=True)
class _StepTimes:
    query: ChainQuery

    @property
    def open_for(self) -> timedelta:
        """Until the time for every step is up."""
        return self.query.open_for

    def on(self, log: EventLog) -> "_StepTimesAt":
        before = [max((one for one in self.query.required if one < k), default=0) for k in range(len(self.query.steps))]
        return _StepTimesAt(ChainReader(log, self.query), log.time, np.array(before))


@dataclass(frozen=True, slots=True, eq=False)
class _StepTimesAt:
    chains: ChainReader
    time: NDArray[np.int64]
    before: NDArray[np.int64]

    def durations(self, span: Span) -> Durations:
        """Row k: from the first step to step k; row K + k: from the step before."""
        at = self.chains.of(span).at
        unit, step = np.nonzero(at[:, 1:] >= 0)
        step += 1
        then = self.time[at[unit, step]]
        from_first, from_before = then - self.time[at[unit, 0]], then - self.time[at[unit, self.before[step]]]
        rows = np.concatenate([step, step + at.shape[1]]).astype(np.int32)
        return Durations(rows, np.concatenate([from_first, from_before]))


@dataclass(frozen=True, slots=True)
class _HistogramFold:
    query: ChainQuery

    @property
    def open_for(self) -> timedelta:
        """Until the time for every step is up."""
        return self.query.open_for

    def zero(self) -> Arrays:
        return (np.zeros(len(TIME_EDGES) + 1, dtype=np.int64),)

    def on(self, log: EventLog) -> "_HistogramAt":
        return _HistogramAt(log, ChainReader(log, self.query), self.query.required[-1])

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True, eq=False)
class _HistogramAt:
    log: EventLog
    chains: ChainReader
    end: int

    def add(self, span: Span, total: Arrays) -> Arrays:
        edges = np.array(TIME_EDGES, dtype=np.int64) * 1000
        for chunk in chunks(self.log, span):
            at = self.chains.of(chunk).at
            done = at[at[:, self.end] >= 0]
            took = self.log.time[done[:, self.end]] - self.log.time[done[:, 0]]
            total[0][:] += np.bincount(np.searchsorted(edges, took, side="right"), minlength=len(edges) + 1)
        return total
