"""The buying centre: when each class of buyers enters a deal, and how deals end with and without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.deals import WON, DealRules, Deals, deals_of
from tropa.events.fold import ONE_BY_ONE, Engine
from tropa.events.log import EventLog
from tropa.events.places import NOWHERE, PlaceRule
from tropa.events.spells import NEVER
from tropa.stats.durations import Timing, timing_of
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import Proportion, proportion, two_proportions_p


@dataclass(frozen=True, slots=True)
class BuyingCentreQuery:
    """The question: which of the `classes` (places) meet a deal when, at which of the `stages`, and does it matter.

    A deal is won at its first event at place 0 of `won`; lost at one of place 0 of `lost`, or when nothing was heard
    of it for `term`. Deals of which no class is known count nowhere.
    """

    classes: PlaceRule
    stages: PlaceRule
    won: PlaceRule
    lost: PlaceRule
    term: timedelta

    def __post_init__(self) -> None:
        if self.term <= timedelta(0):
            raise InvalidQueryError(told("The term must be positive, got {term}.", term=self.term))


@dataclass(frozen=True, slots=True)
class AtStage:
    """Decided deals that came to a stage: the share won of those that had met the class by then, and of the others.

    `q`: the chance of such a difference where there is none, corrected for all classes and stages (Benjamini &
    Hochberg 1995); None where one side is empty.
    """

    stage: int
    met: Proportion
    unmet: Proportion
    q: float | None


@dataclass(frozen=True, slots=True)
class ClassMet:
    """A class of buyers over all deals whose people are known.

    `met`: deals in which it took part; `entry`: how long after the deal's first event; `entered` (one count a stage,
    the last before any): where; `wait`: how long deals had stood at that stage; `won_with`, `won_without`: the share
    won of decided deals that ever met it and that never did (early losers meet fewer people); `at`: the same among
    deals that came equally far.
    """

    met: Proportion
    entry: Timing | None
    entered: tuple[int, ...]
    wait: Timing | None
    won_with: Proportion
    won_without: Proportion
    at: tuple[AtStage, ...]


@dataclass(frozen=True, slots=True)
class BuyingCentre:
    """`deals` whose people are known, `decided` of them won or lost; one ClassMet a class."""

    deals: int
    decided: int
    classes: tuple[ClassMet, ...]


def buying_centre(log: EventLog, query: BuyingCentreQuery, engine: Engine = ONE_BY_ONE) -> BuyingCentre:
    """Count who takes part in deals, when, and how those deals end."""
    rules = DealRules(query.classes, query.stages, query.won, query.lost, query.term)
    every = deals_of(log, rules, engine)
    deals = _Deals(every.only((every.marks != NEVER).any(axis=0)))
    found = [deals.of_class(times) for times in deals.of.marks]
    return BuyingCentre(deals.of.count, int(deals.of.decided.sum()), _corrected(found))


@dataclass(frozen=True, slots=True, eq=False)
class _Deals:
    """The deals of which somebody is known."""

    of: Deals

    def of_class(self, entry: NDArray[np.int64]) -> ClassMet:
        """The class that first took part at these times, NEVER where it did not."""
        met = entry != NEVER
        stage, since = self.of.stage_at(entry)
        where = np.where(stage == NOWHERE, len(self.of.stages), stage)
        return ClassMet(
            met=proportion(int(met.sum()), len(met)),
            entry=_timing((entry - self.of.began)[met]),
            entered=tuple(np.bincount(where[met], minlength=len(self.of.stages) + 1).tolist()),
            wait=_timing((entry - since)[met & (stage != NOWHERE)]),
            won_with=self._won(self.of.decided & met),
            won_without=self._won(self.of.decided & ~met),
            at=tuple(self._at(number, entry) for number in range(len(self.of.stages))),
        )

    def _at(self, stage: int, entry: NDArray[np.int64]) -> AtStage:
        came = self.of.stages[stage]
        there = (came != NEVER) & (came < self.of.won) & self.of.decided
        return AtStage(stage, self._won(there & (entry <= came)), self._won(there & (entry > came)), None)

    def _won(self, of: NDArray[np.bool_]) -> Proportion:
        return proportion(int((self.of.outcome[of] == WON).sum()), int(of.sum()))


def _timing(ms: NDArray[np.int64]) -> Timing | None:
    return timing_of(np.sort(np.maximum(ms, 0) / 1000))


def _corrected(classes: Sequence[ClassMet]) -> tuple[ClassMet, ...]:
    both = [(n, k) for n, one in enumerate(classes) for k, at in enumerate(one.at) if at.met.of and at.unmet.of]
    compared = [classes[n].at[k] for n, k in both]
    chances = [two_proportions_p(one.met.count, one.met.of, one.unmet.count, one.unmet.of) for one in compared]
    q = dict(zip(both, benjamini_hochberg(chances).tolist(), strict=True))
    return tuple(
        ClassMet(
            *(one.met, one.entry, one.entered, one.wait, one.won_with, one.won_without),
            tuple(AtStage(at.stage, at.met, at.unmet, q.get((n, k))) for k, at in enumerate(one.at)),
        )
        for n, one in enumerate(classes)
    )
