"""Which events of the goal's stage are the purchase itself: a second of these is a purchase again."""

from collections.abc import Sequence

import numpy as np

from tropa.domain.journeymap import Match
from tropa.domain.project import StageSpec
from tropa.events.log import NO_AMOUNT, EventLog
from tropa.events.places import PlaceRule
from tropa.events.staged import Matched, events_matching

_MOSTLY = 0.5


def goal_of_stages(stages: Sequence[StageSpec]) -> int:
    """The stage marked as the goal, else the last."""
    return next((place for place, one in enumerate(stages) if one.goal), len(stages) - 1)


def place_of_stage(stage: StageSpec) -> PlaceRule:
    """A stage as place 0: any of its touchpoints."""
    return Matched((tuple(one.match for one in stage.touchpoints if one.match is not None),))


def purchases(log: EventLog, stages: Sequence[StageSpec]) -> PlaceRule:
    """The events of the goal's stage that carry money; where none does, the commonest of them.

    What else happens there on another day (papers, a reminder) is no second purchase.
    """
    stage = stages[goal_of_stages(stages)]
    here = np.zeros(log.size, dtype=bool)
    for touchpoint in stage.touchpoints:
        if touchpoint.match is not None:
            here |= events_matching(log, touchpoint.match)
    names = len(log.event.values)
    counts = np.bincount(log.event.codes[here], minlength=names)
    if not counts.any():
        return place_of_stage(stage)
    paid = np.zeros(names, dtype=np.int64)
    if log.amount is not None:
        paid = np.bincount(log.event.codes[here & (log.amount != NO_AMOUNT)], minlength=names)
    paying = np.flatnonzero((counts > 0) & (paid >= _MOSTLY * counts) & (paid > 0))
    chosen = paying.tolist() or [int(counts.argmax())]
    named = frozenset(log.event.values[code] for code in chosen)
    return Matched((tuple(_narrowed(stage, named)),))


def _narrowed(stage: StageSpec, names: frozenset[str]) -> list[Match]:
    """The stage's matches with their conditions, for these events only."""
    found = []
    for touchpoint in stage.touchpoints:
        if touchpoint.match is not None:
            found += [Match(event=(name,), where=touchpoint.match.where) for name in sorted(names)]
    return found
