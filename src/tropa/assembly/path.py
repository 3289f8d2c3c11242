"""The columns of the map: which touchpoints of a stage get a step of their own, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.events.log import Codes, EventLog
from tropa.events.meetings import first_meetings
from tropa.events.places import Coded, PlaceRule
from tropa.events.staged import StagedLog, stage_events

MOST_STEPS = 4
_STEP_SHARE = 0.04
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """A step: one touchpoint of a stage. `touchpoint` is its number in the staged log."""

    stage: int
    touchpoint: int
    spec: TouchpointSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPlan:
    """The steps in the path's order; `codes` has the step of each event, −1 = in none. Shape N."""

    steps: tuple[PlannedStep, ...]
    codes: Codes

    @property
    def places(self) -> PlaceRule:
        """The steps as places."""
        return Coded(self.codes, len(self.steps))

    def of_stage(self, stage: int) -> tuple[int, ...]:
        """The numbers of a stage's steps."""
        return tuple(number for number, step in enumerate(self.steps) if step.stage == stage)


def plan_steps(staged: StagedLog, *, people: Sequence[int]) -> StepPlan:
    """The up to four most visited touchpoints of each stage, in the order in which people first meet them.

    `people` has one entry a touchpoint. A touchpoint that fewer than 4 % of its stage's people meet gets no column.
    """
    when = mean_first_position(staged.log, staged.touchpoint, len(staged.touchpoints))
    steps: list[PlannedStep] = []
    for stage in range(len(staged.stages)):
        own = [number for number, home in enumerate(staged.stage_of_touchpoint) if home == stage]
        most = max((people[number] for number in own), default=0)
        seen = sorted(own, key=lambda number: (-people[number], number))
        kept = [number for number in seen if people[number] and people[number] >= _STEP_SHARE * most][:MOST_STEPS]
        kept.sort(key=lambda number: (when[number], number))
        steps += [PlannedStep(stage=stage, touchpoint=number, spec=staged.touchpoints[number]) for number in kept]
    table = np.full(len(staged.touchpoints) + 1, -1, dtype=np.int32)
    for number, step in enumerate(steps):
        table[step.touchpoint] = number
    return StepPlan(steps=tuple(steps), codes=table[staged.touchpoint])


def in_order_met(log: EventLog, stages: Sequence[StageSpec]) -> tuple[StageSpec, ...]:
    """The stages with the touchpoints of each in the order in which people first meet them."""
    staged = stage_events(log, stages)
    when = mean_first_position(log, staged.touchpoint, len(staged.touchpoints))
    result, start = [], 0
    for stage in stages:
        places = when[start : start + len(stage.touchpoints)]
        start += len(stage.touchpoints)
        order = np.argsort(places, kind="stable")
        result.append(replace(stage, touchpoints=tuple(stage.touchpoints[int(i)] for i in order)))
    return tuple(result)


def mean_first_position(log: EventLog, codes: Codes, places: int) -> Floats:
    """Where in their journeys, from 0 to 1, units meet each place first, on average; inf where nobody does."""
    met = first_meetings(log, codes, places)
    lengths = np.maximum(np.diff(log.offsets) - 1, 1)
    position = (met.event - log.offsets[:-1][met.unit]) / lengths[met.unit]
    total = np.bincount(met.place, weights=position, minlength=places)
    count = np.bincount(met.place, minlength=places)
    return np.where(count > 0, total / np.maximum(count, 1), np.inf)
