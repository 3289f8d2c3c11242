"""The buying centre: when each class of buyers enters a deal, and how deals end with and without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Engine, Rows, Span, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import NOWHERE, PlaceRule
from tropa.events.spells import NEVER
from tropa.stats.durations import Timing, timing_of
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import Proportion, proportion, two_proportions_p

_MS = timedelta(milliseconds=1)
_OPEN, _WON, _LOST = 0, 1, 2


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
    columns = engine.run(_DealFold(query), log).columns()
    outcome, began, won = columns[:3]
    classes = np.stack(columns[3 : 3 + query.classes.count]) if query.classes.count else np.zeros((0, len(began)))
    stages = np.stack([np.full(len(began), NEVER), *columns[3 + query.classes.count :]])[1:]
    deals = _Deals(outcome, began, won, stages.reshape(query.stages.count, len(began)))
    found = [deals.of_class(times) for times in classes]
    return BuyingCentre(len(began), int((outcome != _OPEN).sum()), _corrected(found))


@dataclass(frozen=True, slots=True, eq=False)
class _Deals:
    """One entry a deal: how it ended, when it began and was won; `stages[s]`: when it first came to stage s."""

    outcome: NDArray[np.int64]
    began: NDArray[np.int64]
    won: NDArray[np.int64]
    stages: NDArray[np.int64]

    def of_class(self, entry: NDArray[np.int64]) -> ClassMet:
        """The class that first took part at these times, NEVER where it did not."""
        met = entry != NEVER
        stage, since = self._stage_at(entry)
        decided = self.outcome != _OPEN
        where = np.where(stage == NOWHERE, len(self.stages), stage)
        return ClassMet(
            met=proportion(int(met.sum()), len(met)),
            entry=_timing((entry - self.began)[met]),
            entered=tuple(np.bincount(where[met], minlength=len(self.stages) + 1).tolist()),
            wait=_timing((entry - since)[met & (stage != NOWHERE)]),
            won_with=self._won(decided & met),
            won_without=self._won(decided & ~met),
            at=tuple(self._at(number, entry) for number in range(len(self.stages))),
        )

    def _stage_at(self, moment: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The stage each deal had come to last by this moment, and when; NOWHERE where it had come to none."""
        if not len(self.stages):
            return np.full(len(moment), NOWHERE), moment
        come = np.where(self.stages <= moment, self.stages, np.iinfo(np.int64).min)
        stage = come.argmax(axis=0)
        since = np.take_along_axis(come, stage[None], axis=0)[0]
        nowhere = since == np.iinfo(np.int64).min
        return np.where(nowhere, NOWHERE, stage), np.where(nowhere, moment, since)

    def _at(self, stage: int, entry: NDArray[np.int64]) -> AtStage:
        came = self.stages[stage]
        there = (came != NEVER) & (came < self.won) & (self.outcome != _OPEN)
        met, unmet = self._won(there & (entry <= came)), self._won(there & (entry > came))
        return AtStage(stage, met, unmet, None)

    def _won(self, of: NDArray[np.bool_]) -> Proportion:
        return proportion(int((self.outcome[of] == _WON).sum()), int(of.sum()))


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


@dataclass(frozen=True, slots=True)
class _DealFold:
    """Collects for each deal with a known class: outcome, beginning, winning, first time of each class and stage."""

    query: BuyingCentreQuery

    @property
    def open_for(self) -> timedelta:
        """So long after its last event a deal is not lost yet."""
        return self.query.term

    def zero(self) -> Rows:
        return Rows.none(3 + self.query.classes.count + self.query.stages.count)

    def on(self, log: EventLog) -> "_DealStep":
        query = self.query
        rules = (query.classes.on(log), query.stages.on(log), query.won.on(log), query.lost.on(log))
        columns = tuple(part for one in rules for part in (one.codes, one.table))
        numbers = (query.classes.count, query.term // _MS, log.as_of)
        width = 3 + query.classes.count + query.stages.count
        return _DealStep(readable(log.offsets, np.int64), readable(log.time, np.int64), columns, numbers, width)

    def merge(self, one: Rows, other: Rows) -> Rows:
        return one + other


@dataclass(frozen=True, slots=True, eq=False)
class _DealStep:
    offsets: NDArray[np.int64]
    times: NDArray[np.int64]
    columns: tuple[Codes, ...]
    numbers: tuple[int, int, int]
    width: int

    def add(self, span: Span, total: Rows) -> Rows:
        noted = np.full((span.last - span.first, self.width), NEVER, dtype=np.int64)
        known = np.zeros(span.last - span.first, dtype=np.bool_)
        _note_deals(span.first, span.last, self.offsets, self.times, *self.columns, *self.numbers, noted, known)
        return total.and_these(*noted[known].T)


@kernel
def _note_deals(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    times: NDArray[np.int64],
    class_codes: Codes,
    class_table: Codes,
    stage_codes: Codes,
    stage_table: Codes,
    won_codes: Codes,
    won_table: Codes,
    lost_codes: Codes,
    lost_table: Codes,
    classes: int,
    term: int,
    as_of: int,
    noted: NDArray[np.int64],
    known: NDArray[np.bool_],
) -> None:
    for unit in range(first, last):
        row = unit - first
        start, end = offsets[unit], offsets[unit + 1]
        if start == end:
            continue
        outcome = 2 if times[end - 1] + term <= as_of else 0
        for i in range(start, end):
            place = class_table[class_codes[i]]
            if place >= 0:
                known[row] = True
                noted[row, 3 + place] = min(noted[row, 3 + place], times[i])
            stage = stage_table[stage_codes[i]]
            if stage >= 0:
                noted[row, 3 + classes + stage] = min(noted[row, 3 + classes + stage], times[i])
            if lost_table[lost_codes[i]] == 0:
                outcome = 2
            if won_table[won_codes[i]] == 0:
                noted[row, 2] = min(noted[row, 2], times[i])
        noted[row, 0] = 1 if noted[row, 2] < 9223372036854775807 else outcome
        noted[row, 1] = times[start]
