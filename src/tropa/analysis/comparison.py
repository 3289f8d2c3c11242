"""Two groups side by side: who comes where, how fast, with how much money, and of whom the groups are made."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.amounts import money_of
from tropa.events.arrivals import NEVER, ArrivalReader, Arrivals, beginnings_of
from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added
from tropa.events.groups import GroupRule
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.events.quantiles import Durations, chunks, exact_quantiles
from tropa.stats.durations import Timing, timing_shares
from tropa.stats.exact import Mean, exact_sums, mean_of
from tropa.stats.proportions import Proportion, proportion

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ComparisonQuery:
    """The question: groups 0 and 1 over the same term from each journey's start.

    `stage_of[t]` = the stage of touchpoint t, in the path's order. `mix`: groupings of people that are looked at inside
    both groups. Who has had less than the term until `as_of` is in no figure.
    """

    groups: GroupRule
    touchpoints: PlaceRule
    stage_of: tuple[int, ...]
    stages: int
    goal: PlaceRule
    within: timedelta
    mix: tuple[GroupRule, ...] = ()

    def __post_init__(self) -> None:
        if self.within <= timedelta(0):
            raise InvalidQueryError(told("The term must be positive, got {within}.", within=self.within))
        if len(self.stage_of) != self.touchpoints.count:
            raise InvalidQueryError(
                told(
                    "There are {count} stages for {places} touchpoints.",
                    count=len(self.stage_of),
                    places=self.touchpoints.count,
                )
            )


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """What is known of one group; `persons` have had the whole term, `open_ways` have not yet.

    `steps[i]`: of those at stage i, those whose first event of a later stage is no earlier; `times[i]` how long that
    took. `money`: minor units a person, None where the data have no money. `mix[m][v]`: of all, those in group v of
    mix m; `goal_by[m][v]`: of those, the ones who came to the goal.
    """

    persons: int
    open_ways: int
    goal: Proportion
    stages: tuple[Proportion, ...]
    steps: tuple[Proportion, ...]
    times: tuple[Timing | None, ...]
    touchpoints: tuple[Proportion, ...]
    money: Mean | None
    mix: tuple[tuple[Proportion, ...], ...]
    goal_by: tuple[tuple[Proportion, ...], ...]


def compare(log: EventLog, query: ComparisonQuery, engine: Engine = ONE_BY_ONE) -> tuple[GroupFigures, GroupFigures]:
    """The figures of both groups."""
    total = engine.run(_ComparisonFold(query), log)
    rows = 2 * max(query.stages - 1, 0)
    times = exact_quantiles(log, _Times(query), rows=rows, shares=timing_shares, engine=engine)
    timings = [
        Timing(int(count), *(float(one) for one in values / 1000)) if count else None
        for count, values in zip(times.counts, times.values, strict=True)
    ]
    half = max(query.stages - 1, 0)
    has_money = log.amount is not None
    one, other = (
        _figures(group, total, query, tuple(timings[group * half : (group + 1) * half]), has_money=has_money)
        for group in (0, 1)
    )
    return one, other


def _figures(
    group: int, total: Arrays, query: ComparisonQuery, times: tuple[Timing | None, ...], *, has_money: bool
) -> GroupFigures:
    people, stages, steps, touchpoints, mix, money = (part[group].tolist() for part in total)
    persons, still_open, came = people
    in_mix: list[tuple[Proportion, ...]] = []
    goal_by: list[tuple[Proportion, ...]] = []
    first = 0
    for one in query.mix:
        here = mix[first : first + one.count]
        in_mix.append(tuple(proportion(count, persons) for count, _ in here))
        goal_by.append(tuple(proportion(hit, count) for count, hit in here))
        first += one.count
    return GroupFigures(
        persons=persons,
        open_ways=still_open,
        goal=proportion(came, persons),
        stages=tuple(proportion(one, persons) for one in stages),
        steps=tuple(proportion(one, of) for one, of in zip(steps, stages[:-1], strict=True)),
        times=times,
        touchpoints=tuple(proportion(one, persons) for one in touchpoints),
        money=mean_of(money, persons) if has_money else None,
        mix=tuple(in_mix),
        goal_by=tuple(goal_by),
    )


@dataclass(frozen=True, slots=True)
class _ComparisonFold:
    """Adds up, by group: people (due, open, at the goal), stages, steps, touchpoints, mix (of, goal), money."""

    query: ComparisonQuery

    def zero(self) -> Arrays:
        asked = self.query
        mixed = sum(one.count for one in asked.mix)
        shapes = ((3,), (asked.stages,), (max(asked.stages - 1, 0),), (asked.touchpoints.count,), (mixed, 2), (4,))
        return tuple(np.zeros((2, *shape), dtype=np.int64) for shape in shapes)

    def on(self, log: EventLog) -> "_ComparisonStep":
        return _ComparisonStep(log, self.query, _Ways.at(log, self.query), tuple(one.on(log) for one in self.query.mix))

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """The units of a log with their group and their first arrivals."""

    log: EventLog
    group: Codes
    touched: ArrivalReader
    goal: ArrivalReader
    stage_of: NDArray[np.int64]
    stages: int

    @classmethod
    def at(cls, log: EventLog, query: ComparisonQuery) -> "_Ways":
        touched, goal = (Arrivals(rule, query.within).on(log) for rule in (query.touchpoints, query.goal))
        return cls(log, query.groups.on(log), touched, goal, np.array(query.stage_of, dtype=np.int64), query.stages)

    def due(self, span: Span) -> tuple[Codes, NDArray[np.bool_]]:
        """The group of each unit of the span (−1 without events), and whether its whole term is over."""
        began = beginnings_of(self.log, span)
        group = np.where(began >= 0, self.group[span.first : span.last], -1)
        return group, began + self.touched.term <= self.log.as_of

    def at_stages(self, touched: Numbers) -> Numbers:
        """First arrivals at stages from those at touchpoints; shape (units, stages)."""
        never = np.iinfo(np.int64).max
        times = np.full((len(touched), self.stages), never, dtype=np.int64)
        for touchpoint, stage in enumerate(self.stage_of.tolist()):
            arrived = np.where(touched[:, touchpoint] == NEVER, never, touched[:, touchpoint])
            np.minimum(times[:, stage], arrived, out=times[:, stage])
        times[times == never] = NEVER
        return times


def later(times: Numbers) -> Numbers:
    """From each stage's first arrival to the first no earlier one at a later stage; NEVER = none. Last stage left out.

    `times` (units, stages) holds first arrivals.
    """
    units, stages = times.shape
    found = np.full((units, max(stages - 1, 0)), NEVER, dtype=np.int64)
    for stage in range(stages - 1):
        here = times[:, stage][:, None]
        waits = np.where((here >= 0) & (times[:, stage + 1 :] >= here), times[:, stage + 1 :] - here, -1)
        best = np.where(waits < 0, np.iinfo(np.int64).max, waits).min(axis=1)
        found[:, stage] = np.where((waits >= 0).any(axis=1), best, NEVER)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _ComparisonStep:
    log: EventLog
    query: ComparisonQuery
    ways: _Ways
    mix: tuple[Codes, ...]

    def add(self, span: Span, total: Arrays) -> Arrays:
        for chunk in chunks(self.log, span):
            group, due = self.ways.due(chunk)
            touched, goal = self.ways.touched.of(chunk), self.ways.goal.of(chunk)[:, 0] != NEVER
            at_stages = self.ways.at_stages(touched)
            moved, money = later(at_stages) != NEVER, money_of(self.log, chunk, self.query.within)
            for side in (0, 1):
                total[0][side, 1] += np.count_nonzero((group == side) & ~due)
                mine = (group == side) & due
                total[0][side, [0, 2]] += [np.count_nonzero(mine), np.count_nonzero(mine & goal)]
                total[1][side] += (at_stages[mine] != NEVER).sum(axis=0)
                total[2][side] += moved[mine].sum(axis=0)
                total[3][side] += (touched[mine] != NEVER).sum(axis=0)
                total[4][side] += self._mixed(chunk, mine, goal)
                total[5][side] += exact_sums(money[mine])
        return total

    def _mixed(self, span: Span, mine: NDArray[np.bool_], goal: NDArray[np.bool_]) -> Numbers:
        parts = [np.zeros((0, 2), dtype=np.int64)]
        for rule, codes in zip(self.query.mix, self.mix, strict=True):
            here = codes[span.first : span.last]
            known = mine & (here >= 0)
            counts = (np.bincount(here[kept], minlength=rule.count) for kept in (known, known & goal))
            parts.append(np.column_stack(list(counts)))
        return np.concatenate(parts)


@dataclass(frozen=True, slots=True)
class _Times:
    """From stage to stage within each group; row = group · (stages − 1) + stage."""

    query: ComparisonQuery

    def on(self, log: EventLog) -> "_TimeReader":
        return _TimeReader(_Ways.at(log, self.query))


@dataclass(frozen=True, slots=True, eq=False)
class _TimeReader:
    ways: _Ways

    def durations(self, span: Span) -> Durations:
        group, due = self.ways.due(span)
        waits = later(self.ways.at_stages(self.ways.touched.of(span)))
        unit, stage = np.nonzero((waits != NEVER) & (due & (group >= 0))[:, None])
        rows = group[unit] * waits.shape[1] + stage
        return Durations(rows.astype(np.int32), waits[unit, stage])
