"""Deals as a table: how each ended, when it came to its stages, and when it first met what is asked about."""

from dataclasses import dataclass, fields, replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import Engine, Rows, Span, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import NOWHERE, PlaceRule
from tropa.events.spells import NEVER

OPEN, WON, LOST = 0, 1, 2
_MS = timedelta(milliseconds=1)
_OWN = 4  # outcome, beginning, last event, winning


@dataclass(frozen=True, slots=True)
class DealRules:
    """What is noted of each unit: the first time at each place of `marks` and of `stages`.

    A deal is won at its first event at place 0 of `won`; lost at one of place 0 of `lost`, or when nothing was heard
    of it for `term`.
    """

    marks: PlaceRule
    stages: PlaceRule
    won: PlaceRule
    lost: PlaceRule
    term: timedelta


@dataclass(frozen=True, slots=True, eq=False)
class Deals:
    """One entry a deal, times in UTC ms, NEVER where it did not happen; shapes N, (marks, N), (stages, N)."""

    outcome: NDArray[np.int64]
    began: NDArray[np.int64]
    last: NDArray[np.int64]
    won: NDArray[np.int64]
    marks: NDArray[np.int64]
    stages: NDArray[np.int64]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.outcome)

    @property
    def decided(self) -> NDArray[np.bool_]:
        """Those won or lost."""
        decided: NDArray[np.bool_] = self.outcome != OPEN
        return decided

    def only(self, keep: NDArray[np.bool_]) -> "Deals":
        """Some of them."""
        return replace(self, **{one.name: getattr(self, one.name)[..., keep] for one in fields(self)})

    def stage_at(self, moment: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The stage each deal had come to last by this moment, and when; NOWHERE where it had come to none."""
        if not len(self.stages):
            return np.full(len(moment), NOWHERE), moment
        come = np.where(self.stages <= moment, self.stages, np.iinfo(np.int64).min)
        stage = come.argmax(axis=0)
        since = np.take_along_axis(come, stage[None], axis=0)[0]
        nowhere = since == np.iinfo(np.int64).min
        return np.where(nowhere, NOWHERE, stage), np.where(nowhere, moment, since)


def deals_of(log: EventLog, rules: DealRules, engine: Engine) -> Deals:
    """The units of a log as deals, in any order."""
    columns = engine.run(_DealFold(rules), log).columns()
    outcome, began, last, won = columns[:_OWN]
    marks, size = rules.marks.count, len(outcome)
    return Deals(
        outcome,
        began,
        last,
        won,
        np.array(columns[_OWN : _OWN + marks], dtype=np.int64).reshape(marks, size),
        np.array(columns[_OWN + marks :], dtype=np.int64).reshape(rules.stages.count, size),
    )


@dataclass(frozen=True, slots=True)
class _DealFold:
    """Collects the columns of Deals, one row a unit with events."""

    rules: DealRules

    @property
    def open_for(self) -> timedelta:
        """So long after its last event a deal is not lost yet."""
        return self.rules.term

    def zero(self) -> Rows:
        return Rows.none(self._width)

    @property
    def _width(self) -> int:
        return _OWN + self.rules.marks.count + self.rules.stages.count

    def on(self, log: EventLog) -> "_DealStep":
        rules = self.rules
        marks, stages, won, lost = (one.on(log) for one in (rules.marks, rules.stages, rules.won, rules.lost))
        columns = (
            *(marks.codes, marks.table, stages.codes, stages.table),
            *(won.codes, won.table, lost.codes, lost.table),
        )
        numbers = (rules.marks.count, rules.term // _MS, log.as_of, NEVER)
        return _DealStep(readable(log.offsets, np.int64), readable(log.time, np.int64), columns, numbers, self._width)

    def merge(self, one: Rows, other: Rows) -> Rows:
        return one + other


@dataclass(frozen=True, slots=True, eq=False)
class _DealStep:
    offsets: NDArray[np.int64]
    times: NDArray[np.int64]
    columns: tuple[Codes, Codes, Codes, Codes, Codes, Codes, Codes, Codes]
    numbers: tuple[int, int, int, int]
    width: int

    def add(self, span: Span, total: Rows) -> Rows:
        noted = np.full((span.last - span.first, self.width), NEVER, dtype=np.int64)
        _note_deals(span.first, span.last, self.offsets, self.times, *self.columns, *self.numbers, noted)
        return total.and_these(*noted[np.diff(self.offsets[span.first : span.last + 1]) > 0].T)


@kernel
def _note_deals(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    times: NDArray[np.int64],
    mark_codes: Codes,
    mark_table: Codes,
    stage_codes: Codes,
    stage_table: Codes,
    won_codes: Codes,
    won_table: Codes,
    lost_codes: Codes,
    lost_table: Codes,
    marks: int,
    term: int,
    as_of: int,
    never: int,
    noted: NDArray[np.int64],
) -> None:
    for unit in range(first, last):
        row = unit - first
        start, end = offsets[unit], offsets[unit + 1]
        if start == end:
            continue
        outcome = 2 if times[end - 1] + term <= as_of else 0
        for i in range(start, end):
            mark = mark_table[mark_codes[i]]
            if mark >= 0:
                noted[row, 4 + mark] = min(noted[row, 4 + mark], times[i])
            stage = stage_table[stage_codes[i]]
            if stage >= 0:
                noted[row, 4 + marks + stage] = min(noted[row, 4 + marks + stage], times[i])
            if lost_table[lost_codes[i]] == 0:
                outcome = 2
            if won_table[won_codes[i]] == 0:
                noted[row, 3] = min(noted[row, 3], times[i])
        noted[row, 0] = 1 if noted[row, 3] < never else outcome
        noted[row, 1] = times[start]
        noted[row, 2] = times[end - 1]
