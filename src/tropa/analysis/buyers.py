"""What each person has bought: how many times, how much, when first and last."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import ONE_BY_ONE, Engine, Span
from tropa.events.log import NO_AMOUNT, EventLog
from tropa.events.places import PlaceRule
from tropa.events.quantiles import chunks

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Buyers:
    """One entry a unit that bought: days with a purchase, minor units spent, first and last purchase in UTC ms.

    Several purchases of one day are one (as Fader, Hardie & Lee count); `repeat` holds the money of all but the first.
    """

    unit: Numbers
    times: Numbers
    money: Numbers
    repeat: Numbers
    first: Numbers
    last: Numbers


def buyers(log: EventLog, purchase: PlaceRule, day_ms: int, engine: Engine = ONE_BY_ONE) -> Buyers:
    """Gather the purchases at place 0, in order of units."""
    rows = np.concatenate(engine.run(_BuyerFold(purchase, day_ms), log))
    return Buyers(*rows[np.argsort(rows[:, 0], kind="stable")].T)


@dataclass(frozen=True, slots=True)
class _BuyerFold:
    """One row of six a buyer."""

    purchase: PlaceRule
    day_ms: int

    def zero(self) -> list[Numbers]:
        return [np.zeros((0, 6), dtype=np.int64)]

    def on(self, log: EventLog) -> "_BuyerStep":
        return _BuyerStep(log, self.purchase.on(log).of_events(), self.day_ms)

    def merge(self, one: list[Numbers], other: list[Numbers]) -> list[Numbers]:
        return one + other


@dataclass(frozen=True, slots=True, eq=False)
class _BuyerStep:
    log: EventLog
    place: NDArray[np.int32]
    day_ms: int

    def add(self, span: Span, total: list[Numbers]) -> list[Numbers]:
        return [*total, *(self._rows(chunk) for chunk in chunks(self.log, span))]

    def _rows(self, span: Span) -> Numbers:
        edges = self.log.offsets[span.first : span.last + 1]
        here = slice(int(edges[0]), int(edges[-1]))
        unit = np.repeat(np.arange(span.last - span.first), np.diff(edges))
        bought = self.place[here] == 0
        unit, time = unit[bought], self.log.time[here][bought]
        amount = np.zeros(len(unit), np.int64) if self.log.amount is None else self.log.amount[here][bought].copy()
        amount[amount == NO_AMOUNT] = 0
        who, start = np.unique(unit, return_index=True)
        if not len(who):
            return np.zeros((0, 6), dtype=np.int64)
        day = time // self.day_ms
        fresh = np.concatenate([[True], (unit[1:] != unit[:-1]) | (day[1:] != day[:-1])])
        end = np.append(start[1:], len(unit)) - 1
        money = np.add.reduceat(amount, start)
        on_first = np.add.reduceat(np.where(day == day[start][np.searchsorted(who, unit)], amount, 0), start)
        number = who + span.first + self.log.first_unit
        times = np.add.reduceat(fresh.astype(np.int64), start)
        return np.column_stack([number, times, money, money - on_first, time[start], time[end]])
