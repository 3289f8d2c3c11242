"""Meeting a touchpoint or not, and coming to a goal: counted within strata, so that like is compared with like."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from tropa.events.arrivals import NEVER, ArrivalReader, Arrivals, beginnings_of
from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added
from tropa.events.groups import GroupRule
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.events.quantiles import chunks
from tropa.stats.proportions import Proportion, proportion


@dataclass(frozen=True, slots=True)
class PresenceQuery:
    """The question: of people who met a touchpoint and of those who did not, how many come to the goal.

    A person counts as having met what was met before the first event at the goal. Strata: the furthest stage reached
    before the goal (touchpoint t is of stage `stage_of[t]`), crossed with the group of `mix`. Touchpoints of the goal
    itself are not asked about. Who has had less than the term is left out.
    """

    touchpoints: PlaceRule
    stage_of: tuple[int, ...]
    stages: int
    goal: PlaceRule
    mix: GroupRule
    within: timedelta


@dataclass(frozen=True, slots=True)
class Presence:
    """Came to the goal, stratum by stratum, with the touchpoint and without."""

    met: tuple[Proportion, ...]
    without: tuple[Proportion, ...]


def presence(log: EventLog, query: PresenceQuery, engine: Engine = ONE_BY_ONE) -> tuple[Presence, ...]:
    """One entry a touchpoint."""
    counts = engine.run(_PresenceFold(query), log)[0].tolist()
    return tuple(
        Presence(*(tuple(proportion(came, of) for of, came in side) for side in (one[1], one[0]))) for one in counts
    )


@dataclass(frozen=True, slots=True)
class _PresenceFold:
    """Adds up (touchpoint, met or not, stratum, of and came)."""

    query: PresenceQuery

    def zero(self) -> Arrays:
        strata = (self.query.stages + 1) * (self.query.mix.count + 1)
        return (np.zeros((self.query.touchpoints.count, 2, strata, 2), dtype=np.int64),)

    def on(self, log: EventLog) -> "_PresenceStep":
        touched, goal = (
            Arrivals(rule, self.query.within).on(log) for rule in (self.query.touchpoints, self.query.goal)
        )
        return _PresenceStep(log, self.query, touched, goal, self.query.mix.on(log))

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True, eq=False)
class _PresenceStep:
    log: EventLog
    query: PresenceQuery
    touched: ArrivalReader
    goal: ArrivalReader
    mix: Codes

    def add(self, span: Span, total: Arrays) -> Arrays:
        stage_of = np.array(self.query.stage_of, dtype=np.int64)
        for chunk in chunks(self.log, span):
            began = beginnings_of(self.log, chunk)
            due = (began >= 0) & (began + self.touched.term <= self.log.as_of)
            touched, goal = self.touched.of(chunk), self.goal.of(chunk)[:, 0]
            met = (touched != NEVER) & ((goal == NEVER)[:, None] | (touched < goal[:, None]))
            came = goal != NEVER
            for place, own in enumerate(stage_of.tolist()):
                others = met & (np.arange(len(stage_of)) != place)
                furthest = np.where(others, stage_of + 1, 0).max(axis=1, initial=0)
                asked = due & (met[:, place] | (furthest > own))
                stratum = (
                    np.maximum(furthest, own + 1) * (self.query.mix.count + 1) + self.mix[chunk.first : chunk.last] + 1
                )
                for side in (0, 1):
                    mine = asked & (met[:, place] == bool(side))
                    for column, kept in enumerate((mine, mine & came)):
                        counts = np.bincount(stratum[kept], minlength=total[0].shape[2])
                        total[0][place, side, :, column] += counts
        return total
