"""Who comes back: the share of those whose term has come, and how long it takes."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Engine, Rows, Span, readable
from tropa.events.groups import EVERYBODY, GroupRule
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.stats.durations import Survival, Timing, kaplan_meier, timing_of
from tropa.stats.proportions import Proportion, proportion

_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class RetentionQuery:
    """The question: who, after a first event at place 0, does one again within `term`.

    Coming back is an event at place 1 where the rule has one, else at place 0. Again means later in time: two lines of
    one order are one purchase.
    """

    places: PlaceRule
    term: timedelta

    def __post_init__(self) -> None:
        if self.term <= timedelta(0):
            raise InvalidQueryError(told("The term to come back in must be positive, got {term}.", term=self.term))
        if self.places.count not in {1, 2}:
            raise InvalidQueryError(
                told("Coming back is between one or two places, got {count}.", count=self.places.count),
                "Say what is done first and, where it differs, what counts as coming back.",
            )


@dataclass(frozen=True, slots=True)
class RetentionResult:
    """`returned`: of those whose term has come («из тех, у кого срок наступил»), who came back within it.

    `not_yet_due` began too lately to tell and are in neither count. `to_return` times all returns within any time;
    `not_returned` is the share not back after any time, open ones included; None where nobody began.
    """

    returned: Proportion
    not_yet_due: int
    to_return: Timing | None
    not_returned: Survival | None


def retention(log: EventLog, query: RetentionQuery, engine: Engine = ONE_BY_ONE) -> RetentionResult:
    """Count returns, once a unit."""
    return retention_by(log, query, EVERYBODY, engine)[0]


def retention_by(
    log: EventLog, query: RetentionQuery, groups: GroupRule, engine: Engine = ONE_BY_ONE
) -> tuple[RetentionResult, ...]:
    """The same question of each group, in one pass."""
    group, began, back = engine.run(_ReturnFold(query, groups), log).in_order()
    edges = np.searchsorted(group, np.arange(groups.count + 1))
    return tuple(_finish(query, log.as_of, began[a:b], back[a:b]) for a, b in pairwise(edges.tolist()))


def _finish(query: RetentionQuery, as_of: int, began: NDArray[np.int64], back: NDArray[np.int64]) -> RetentionResult:
    returned = back < _NEVER
    took = np.where(returned, back, as_of) - began
    term = query.term // _MS
    due = began + term <= as_of
    return RetentionResult(
        returned=proportion(int((due & returned & (took <= term)).sum()), int(due.sum())),
        not_yet_due=int((~due).sum()),
        to_return=timing_of(np.sort(took[returned] / 1000)),
        not_returned=kaplan_meier(np.maximum(took / 1000, 0.0), returned) if len(took) else None,
    )


_NEVER = int(np.iinfo(np.int64).max)


@dataclass(frozen=True, slots=True)
class _ReturnFold:
    """Collects (group, when it began, when it came back) of each unit that began: three numbers a unit."""

    query: RetentionQuery
    groups: GroupRule

    @property
    def open_for(self) -> timedelta:
        """Whether the term has come is seen at the end."""
        return timedelta(0)

    def zero(self) -> Rows:
        return Rows.none(3)

    def on(self, log: EventLog) -> "_ReturnStep":
        places = self.query.places.on(log)
        columns = (readable(log.offsets, np.int64), places.codes, places.table, readable(log.time, np.int64))
        return _ReturnStep(columns, self.groups.on(log), self.query.places.count - 1)

    def merge(self, one: Rows, other: Rows) -> Rows:
        return one + other


@dataclass(frozen=True, slots=True, eq=False)
class _ReturnStep:
    columns: tuple[NDArray[np.int64], Codes, Codes, NDArray[np.int64]]
    groups: Codes
    returning: int

    def add(self, span: Span, total: Rows) -> Rows:
        group, began, back = (np.empty(span.last - span.first, dtype=np.int64) for _ in range(3))
        found = (group, began, back)
        size = _list_returns(span.first, span.last, *self.columns, self.groups, self.returning, _NEVER, *found)
        return total.and_these(group[:size], began[:size], back[:size])


@kernel
def _list_returns(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    times: NDArray[np.int64],
    groups: Codes,
    returning: int,
    never: int,
    group: NDArray[np.int64],
    began: NDArray[np.int64],
    back: NDArray[np.int64],
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
                    back[size] = never
                    size += 1
            elif here == returning and times[i] > began[size - 1]:
                back[size - 1] = times[i]
                break
    return size
