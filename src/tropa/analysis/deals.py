"""Deals: how long won ones spent at each stage, how old open ones are, why others were lost, the first answers."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError
from tropa.events.deals import LOST, OPEN, WON, DealRules, Deals, deals_of
from tropa.events.fold import ONE_BY_ONE, Engine
from tropa.events.log import EventLog
from tropa.events.places import NOWHERE, PlaceRule
from tropa.events.spells import NEVER
from tropa.stats.durations import Timing, timing_of
from tropa.stats.proportions import Proportion, proportion

_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class DealsQuery:
    """The question about deals; place 0 of `rules.marks` is the first answer, the others are what asks for one.

    `reasons`: places that say why a deal was lost, one a reason; `bands`: bounds of the time to the first answer,
    ascending.
    """

    rules: DealRules
    reasons: PlaceRule
    bands: tuple[timedelta, ...]

    def __post_init__(self) -> None:
        if list(self.bands) != sorted(self.bands):
            raise InvalidQueryError("The bounds of the first answer have to ascend.")


@dataclass(frozen=True, slots=True)
class StageAge:
    """A stage: how long won deals spent there, how old the `open` ones at it are, `older` than nine in ten of the won.

    `lost`: of the deals that ended at it, how many were lost, by reason, the last entry without one.
    """

    won: Timing | None
    open: Timing | None
    older: int
    lost: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DealsResult:
    """`won`, `lost` and `open` deals; one StageAge a stage; the share won by the speed of the first answer.

    `answered[k]`: decided deals answered within band k and not within the one before; the last but one entry took
    longer than all bands, the last had no answer. `answer`: the time of all that had one.
    """

    won: int
    lost: int
    open: int
    stages: tuple[StageAge, ...]
    reasons: tuple[int, ...]
    answered: tuple[Proportion, ...]
    answer: Timing | None


def deals(log: EventLog, query: DealsQuery, engine: Engine = ONE_BY_ONE) -> DealsResult:
    """Count deals by stage, reason and first answer."""
    every = deals_of(log, query.rules, engine)
    reasoned = deals_of(log, DealRules(query.reasons, *_others(query.rules)), engine)
    ages = [_age(every, number, log.as_of) for number in range(len(every.stages))]
    lost = _reasons_by_stage(reasoned)
    wait = every.marks[0] - _asked_at(every)
    return DealsResult(
        won=int((every.outcome == WON).sum()),
        lost=int((every.outcome == LOST).sum()),
        open=int((every.outcome == OPEN).sum()),
        stages=tuple(StageAge(*age, tuple(reasons)) for age, reasons in zip(ages, lost[:-1].tolist(), strict=True)),
        reasons=tuple(lost.sum(axis=0).tolist()),
        answered=_answered(every, wait, query.bands),
        answer=_timing(wait[every.marks[0] != NEVER]),
    )


def _asked_at(every: Deals) -> NDArray[np.int64]:
    """When the first answer was asked for: at the last request before it, else when the deal began."""
    asked = np.where(every.marks[1:] <= every.marks[0], every.marks[1:], np.iinfo(np.int64).min)
    latest: NDArray[np.int64] = np.maximum(every.began, asked.max(axis=0, initial=np.iinfo(np.int64).min))
    return latest


def _others(rules: DealRules) -> tuple[PlaceRule, PlaceRule, PlaceRule, timedelta]:
    return rules.stages, rules.won, rules.lost, rules.term


def _age(every: Deals, stage: int, as_of: int) -> tuple[Timing | None, Timing | None, int]:
    came = every.stages[stage]
    later = np.where(every.stages > came, every.stages, NEVER).min(axis=0)
    left = np.minimum(later, np.where(every.won > came, every.won, NEVER))
    took = (left - came)[(every.outcome == WON) & (came < every.won) & (left != NEVER)]
    here, since = every.stage_at(every.last)
    ages = (as_of - since)[(every.outcome == OPEN) & (here == stage)]
    won = _timing(took)
    older = 0 if won is None else int((ages / 1000 > won.p90_seconds).sum())
    return won, _timing(ages), older


def _reasons_by_stage(every: Deals) -> NDArray[np.int64]:
    """Lost deals by the last stage (the last row: none) and reason (the last column: none)."""
    stages, reasons = len(every.stages), len(every.marks)
    lost = every.only(every.outcome == LOST)
    here, _ = lost.stage_at(lost.last)
    said = np.vstack([lost.marks, np.full((1, lost.count), NEVER - 1)])
    cell = np.where(here == NOWHERE, stages, here) * (reasons + 1) + said.argmin(axis=0)
    return np.bincount(cell, minlength=(stages + 1) * (reasons + 1)).reshape(stages + 1, reasons + 1)


def _answered(every: Deals, wait: NDArray[np.int64], bands: tuple[timedelta, ...]) -> tuple[Proportion, ...]:
    band = np.searchsorted(np.array([one // _MS for one in bands], dtype=np.int64), wait, side="left")
    band = np.where(every.marks[0] == NEVER, len(bands) + 1, band)
    rates = []
    for number in range(len(bands) + 2):
        of = every.decided & (band == number)
        rates.append(proportion(int((every.outcome[of] == WON).sum()), int(of.sum())))
    return tuple(rates)


def _timing(ms: NDArray[np.int64]) -> Timing | None:
    return timing_of(np.sort(np.maximum(ms, 0) / 1000))
