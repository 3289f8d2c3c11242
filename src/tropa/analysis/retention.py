"""Who comes back: the share of those whose term has come, and how long it takes."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Engine
from tropa.events.groups import EVERYBODY, GroupRule
from tropa.events.log import EventLog
from tropa.events.places import PlaceRule
from tropa.events.spells import NEVER, SpellFold
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
    group, began, back = engine.run(SpellFold(query.places, groups, query.places.count - 1, later=True), log).in_order()
    edges = np.searchsorted(group, np.arange(groups.count + 1))
    return tuple(_finish(query, log.as_of, began[a:b], back[a:b]) for a, b in pairwise(edges.tolist()))


def _finish(query: RetentionQuery, as_of: int, began: NDArray[np.int64], back: NDArray[np.int64]) -> RetentionResult:
    returned = back < NEVER
    took = np.where(returned, back, as_of) - began
    term = query.term // _MS
    due = began + term <= as_of
    return RetentionResult(
        returned=proportion(int((due & returned & (took <= term)).sum()), int(due.sum())),
        not_yet_due=int((~due).sum()),
        to_return=timing_of(np.sort(took[returned] / 1000)),
        not_returned=kaplan_meier(np.maximum(took / 1000, 0.0), returned) if len(took) else None,
    )
