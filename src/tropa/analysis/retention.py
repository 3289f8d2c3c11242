"""Who comes back: the share of those whose term has come, and how long it takes."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.log import EventLog
from tropa.stats.durations import Survival, Timing, kaplan_meier, timing_of
from tropa.stats.proportions import Proportion, proportion


@dataclass(frozen=True, slots=True)
class RetentionQuery:
    """The question: who, after a first event among `codes`, does one again within `term`.

    `returning` says which events count as coming back (the same ones where None). Again means later in time: two lines
    of one order are one purchase.
    """

    codes: frozenset[int]
    term: timedelta
    returning: frozenset[int] | None = None

    def __post_init__(self) -> None:
        if self.term <= timedelta(0):
            raise InvalidQueryError(told("The term to come back in must be positive, got {term}.", term=self.term))


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


def retention(log: EventLog, query: RetentionQuery, among: NDArray[np.bool_] | None = None) -> RetentionResult:
    """Count returns, once a unit; `among` keeps some units only (one flag a unit)."""
    began = _first_time(log, query.codes, np.full(log.units, np.iinfo(np.int64).min))
    started = began < _NEVER
    if among is not None:
        started &= among
    back = _first_time(log, query.returning or query.codes, np.where(started, began, _NEVER))[started]
    began = began[started]
    returned = back < _NEVER
    took = np.where(returned, back, log.as_of) - began
    term = query.term // timedelta(milliseconds=1)
    due = began + term <= log.as_of
    times = np.sort(took[returned] / 1000)
    return RetentionResult(
        returned=proportion(int((due & returned & (took <= term)).sum()), int(due.sum())),
        not_yet_due=int((~due).sum()),
        to_return=timing_of(times),
        not_returned=kaplan_meier(np.maximum(took / 1000, 0.0), returned) if len(took) else None,
    )


_NEVER = np.iinfo(np.int64).max


def _first_time(log: EventLog, codes: frozenset[int], later_than: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each unit the time of its first event among `codes` later than the time given; _NEVER where none."""
    wanted = np.zeros(len(log.event.values) + 1, dtype=bool)
    wanted[list(codes)] = True
    places = np.flatnonzero(wanted[log.event.codes])
    unit = np.searchsorted(log.offsets, places, side="right") - 1
    places = places[log.time[places] > later_than[unit]]
    unit = np.searchsorted(log.offsets, places, side="right") - 1
    units, first = np.unique(unit, return_index=True)
    found = np.full(log.units, _NEVER, dtype=np.int64)
    found[units] = log.time[places[first]]
    return found
