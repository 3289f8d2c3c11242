"""Everything that is counted for a map, before a word is said about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.analysis.flow import FlowQuery, Going, PlaceFlow, flow, stage_flow
from tropa.analysis.funnel import FunnelQuery, Step, run_funnel_by
from tropa.analysis.transitions import TransitionQuery, TransitionResult, transitions
from tropa.assembly.path import StepPlan, plan_steps
from tropa.domain.evidence import TrendPoint
from tropa.domain.period import Period
from tropa.events.days import date_of, day_numbers, local_date, month_starts, period_of, week_starts
from tropa.events.fold import ONE_BY_ONE, Engine
from tropa.events.groups import CodedGroups, GroupRule
from tropa.events.log import NO_AMOUNT, EventLog
from tropa.events.meetings import units_at
from tropa.events.places import NOWHERE, Renumbered
from tropa.events.staged import StagedLog
from tropa.texts.names import kind_of_stage

ASIDE = frozenset({"support", "problem", "refusal", "return"})
"""Kinds of stages that are no step forward."""
_WEEKS_UP_TO_DAYS = 190
_TREND_POINTS = 13
_FEW = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class PathFigures:
    """Counts of one group of people along the path.

    `stages`, `stage_trends` have one entry a stage; `steps` one a step of the plan; `met` and `events` one a touchpoint
    (units that met it, events there). `links` are moves between steps. `amount` is the median amount at the goal in
    minor units with how many had one.
    """

    staged: StagedLog
    plan: StepPlan
    persons: int
    period: Period | None
    as_of: date
    stages: tuple[PlaceFlow, ...]
    stage_trends: tuple[tuple[TrendPoint, ...], ...]
    steps: tuple[PlaceFlow, ...]
    met: tuple[int, ...]
    events: tuple[int, ...]
    links: TransitionResult | None
    amount: tuple[int, int] | None


def count_path(staged: StagedLog, *, plan: StepPlan | None = None, engine: Engine = ONE_BY_ONE) -> PathFigures:
    """Count everything; with a `plan` the columns are those of another map (for segments)."""
    log = staged.log
    met = units_met(log, staged.touchpoint, len(staged.touchpoints))
    plan = plan_steps(staged, people=met) if plan is None else plan_again(plan, staged)
    stages = main_path_flow(staged, engine)
    return PathFigures(
        staged=staged,
        plan=plan,
        persons=int(np.count_nonzero(np.diff(log.offsets))),
        period=period_of(log),
        as_of=local_date(log.as_of, log.timezone),
        stages=stages,
        stage_trends=tuple(_trend(staged, number, place, engine) for number, place in enumerate(stages)),
        steps=flow(log, FlowQuery(plan.places, repeats=True), engine) if plan.steps else (),
        met=met,
        events=tuple(np.bincount(staged.touchpoint + 1, minlength=len(staged.touchpoints) + 1)[1:].tolist()),
        links=transitions(log, TransitionQuery(plan.places, collapse=True), engine) if plan.steps else None,
        amount=_median_amount(staged),
    )


def main_path_flow(staged: StagedLog, engine: Engine = ONE_BY_ONE) -> tuple[PlaceFlow, ...]:
    """The flow over stages; asking for help or refusing is no step forward, so nobody is lost by not doing it."""
    aside = {number for number, spec in enumerate(staged.stages) if kind_of_stage(spec) in ASIDE}
    whole = stage_flow(staged, engine)
    if not aside or len(aside) > len(staged.stages) - 2:
        return whole
    main = [number for number in range(len(staged.stages)) if number not in aside]
    numbers = tuple(main.index(number) if number in main else NOWHERE for number in range(len(staged.stages)))
    walked = iter(flow(staged.log, FlowQuery(Renumbered(staged.at_stages, numbers, len(main))), engine))
    return tuple(
        _off_path(place) if number in aside else _numbered(next(walked), main) for number, place in enumerate(whole)
    )


def _off_path(place: PlaceFlow) -> PlaceFlow:
    return replace(place, went_on=None, window=None, censored=0, lost=0, went_to=(), lost_to=(), to_next=None)


def _numbered(place: PlaceFlow, numbers: Sequence[int]) -> PlaceFlow:
    """The flow with the stages' own numbers."""

    def going(one: Going) -> Going:
        return replace(one, to=None if one.to is None else numbers[one.to])

    return replace(
        place,
        went_to=tuple(going(one) for one in place.went_to),
        lost_to=tuple(going(one) for one in place.lost_to),
        returns=tuple(replace(one, to=None if one.to is None else numbers[one.to]) for one in place.returns),
    )


def later_stages(staged: StagedLog, stage: int) -> tuple[int, ...]:
    """The stages that going on from this one leads to: the later ones of the main path."""
    return tuple(n for n in range(stage + 1, len(staged.stages)) if kind_of_stage(staged.stages[n]) not in ASIDE)


def plan_again(plan: StepPlan, staged: StagedLog) -> StepPlan:
    """The same columns over another log."""
    table = np.full(len(staged.touchpoints) + 1, -1, dtype=np.int32)
    for number, step in enumerate(plan.steps):
        table[step.touchpoint] = number
    return replace(plan, codes=table[staged.touchpoint])


def units_met(log: EventLog, codes: NDArray[np.int32], places: int) -> tuple[int, ...]:
    """How many units have an event at each place."""
    return tuple(units_at(log, codes, places).tolist())


def going_on_by(
    staged: StagedLog, stage: int, window: timedelta, groups: GroupRule, engine: Engine = ONE_BY_ONE
) -> tuple[tuple[int, int, int], ...]:
    """For each group: units at the stage, those that went on to a later one within the window, and open ones."""
    here = Step("here", staged.at_stages, frozenset({stage}))
    later = Step("later", staged.at_stages, frozenset(later_stages(staged, stage)))
    results = run_funnel_by(staged.log, FunnelQuery((here, later), window), groups, engine)
    return tuple((one.steps[0].persons, one.steps[1].persons, one.steps[0].censored) for one in results)


def _trend(staged: StagedLog, stage: int, place: PlaceFlow, engine: Engine) -> tuple[TrendPoint, ...]:
    """Going on by week (by month for long periods) of the first event at the stage; periods still open are left out."""
    if place.window is None or place.persons < _FEW:
        return ()
    starts = _first_day_at(staged, stage)
    there = starts >= 0
    span = int(np.ptp(starts[there])) if there.any() else 0
    binned = week_starts(starts) if span <= _WEEKS_UP_TO_DAYS else month_starts(starts)
    bins, codes = np.unique(binned[there], return_inverse=True)
    groups = np.full(staged.log.units, -1, dtype=np.int32)
    groups[there] = codes
    counts = going_on_by(staged, stage, place.window, CodedGroups(groups, len(bins)), engine)
    points = [
        TrendPoint(start=date_of(int(day)), value=later / here, of=here)
        for day, (here, later, still_open) in zip(bins.tolist(), counts, strict=True)
        if here >= _FEW and still_open == 0
    ]
    return tuple(points[-_TREND_POINTS:])


def _first_day_at(staged: StagedLog, stage: int) -> NDArray[np.int64]:
    """The local day of each unit's first event at the stage, −1 where it was never there. Shape U."""
    log = staged.log
    here = np.flatnonzero(staged.stage == stage)
    units = log.unit_of_event()[here]
    days = np.full(log.units, -1, dtype=np.int64)
    days[units[::-1]] = day_numbers(log.time[here], log.timezone)[::-1]
    return days


def _median_amount(staged: StagedLog) -> tuple[int, int] | None:
    amount = staged.log.amount
    if amount is None:
        return None
    known = amount[(amount != NO_AMOUNT) & (amount > 0)]
    return (int(np.median(known)), len(known)) if len(known) else None
