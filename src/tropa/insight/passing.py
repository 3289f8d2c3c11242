"""What becomes of people who pass a place off the way: a dead end for everybody.

They are compared with those who began at the same step and did not pass it, in the same days.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from tropa.events.log import EventLog
from tropa.insight.calendar import Calendar
from tropa.insight.discoveries import SURE, field_of
from tropa.insight.discovery import Discovery, Flags
from tropa.insight.doubts import SMALLEST_STRAY, is_explained
from tropa.insight.groups import Group, Property
from tropa.insight.places import Places
from tropa.insight.questions import going_on_from
from tropa.insight.trials import Trials, led_to
from tropa.stats.proportions import two_proportions_p

GO_ON_STILL = 0.5


def dead_end_for_all(
    log: EventLog, places: Places, trials: Trials, properties: Sequence[Property], calendar: Calendar, *, least: int
) -> Iterator[Discovery]:
    """Those who came to the dead end that `trials` ask about, against those who did not: how many go on."""
    question = trials.question
    onward = going_on_from(log, places, question.start)
    if onward is None:
        return
    there = led_to(log, places.codes, len(places), onward, question.end)
    if there.sum() < max(least, SMALLEST_STRAY * len(there)) or (~there).sum() < least:
        return
    made = _compared(onward, there, question.end, calendar.day_of(log.time[onward.position]))
    if made.chance > SURE or 1 - made.rate > GO_ON_STILL * (1 - made.usual):
        return
    field = field_of(log, onward, properties, calendar, least=least)
    if not is_explained(field, made, made.beside):
        yield made


def _compared(trials: Trials, inside: Flags, through: int, days: np.ndarray) -> Discovery:
    """The trials that passed the place against the others, each unit counted once for the chance."""
    rate, usual = float(trials.hit[inside].mean()), float(trials.hit[~inside].mean())
    once = np.zeros(len(trials), dtype=bool)
    once[np.unique(trials.unit, return_index=True)[1]] = True
    own, others = trials.hit[inside & once], trials.hit[~inside & once]
    worse = rate > usual and len(own) > 0 and len(others) > 0
    chance = two_proportions_p(int(own.sum()), len(own), int(others.sum()), len(others)) / 2 if worse else 1.0
    spread = np.sqrt(max(rate * (1 - rate), 1e-4) / inside.sum() + usual * (1 - usual) / (~inside).sum())
    return Discovery(
        trials=trials,
        days=days,
        group=Group(),
        member=inside,
        inside=inside,
        beside=~inside,
        since=None,
        until=None,
        score=(rate - usual) / max(float(spread), 1e-9),
        chance=chance,
        rate=rate,
        usual=usual,
        through=through,
    )
