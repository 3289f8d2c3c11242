"""From a unit's first event at one place to its next event at another: who began when, and when it was over."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import Rows, Span, readable
from tropa.events.groups import GroupRule
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule

NEVER = int(np.iinfo(np.int64).max)


@dataclass(frozen=True, slots=True)
class SpellFold:
    """Collects (group, began, ended) of each unit with an event at place 0: three numbers a unit, times in UTC ms.

    `ended`: the first event at place `to` after the beginning, NEVER where there is none; `later`: it must be later in
    time, not only in order.
    """

    places: PlaceRule
    groups: GroupRule
    to: int
    later: bool

    @property
    def open_for(self) -> timedelta:
        """What has not ended is seen at the end."""
        return timedelta(0)

    def zero(self) -> Rows:
        """Nobody yet."""
        return Rows.none(3)

    def on(self, log: EventLog) -> "_SpellStep":
        """The fold at this log."""
        places = self.places.on(log)
        columns = (readable(log.offsets, np.int64), places.codes, places.table, readable(log.time, np.int64))
        return _SpellStep(columns, self.groups.on(log), self.to, int(self.later))

    def merge(self, one: Rows, other: Rows) -> Rows:
        """All rows of both."""
        return one + other


@dataclass(frozen=True, slots=True, eq=False)
class _SpellStep:
    columns: tuple[NDArray[np.int64], Codes, Codes, NDArray[np.int64]]
    groups: Codes
    to: int
    later: int

    def add(self, span: Span, total: Rows) -> Rows:
        group, began, ended = (np.empty(span.last - span.first, dtype=np.int64) for _ in range(3))
        rule = (self.groups, self.to, self.later, NEVER)
        size = _list_spells(span.first, span.last, *self.columns, *rule, group, began, ended)
        return total.and_these(group[:size], began[:size], ended[:size])


@kernel
def _list_spells(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    times: NDArray[np.int64],
    groups: Codes,
    to: int,
    later: int,
    never: int,
    group: NDArray[np.int64],
    began: NDArray[np.int64],
    ended: NDArray[np.int64],
) -> int:
    size = 0
    for unit in range(first, last):
        if groups[unit] < 0:
            continue
        has_begun = 0
        for i in range(offsets[unit], offsets[unit + 1]):
            here = table[codes[i]]
            if has_begun == 0:
                if here == 0:
                    has_begun = 1
                    group[size] = groups[unit]
                    began[size] = times[i]
                    ended[size] = never
                    size += 1
            elif here == to and (later == 0 or times[i] > began[size - 1]):
                ended[size - 1] = times[i]
                break
    return size
