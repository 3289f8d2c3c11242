"""Which kind of finding a discovery is: told by its question, its time, and where the people are when it happens."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tropa.domain.finding import FindingKind
from tropa.events.log import Codes, EventLog
from tropa.insight.data_words import DEPARTMENT_PROPERTIES
from tropa.insight.discovery import Discovery
from tropa.insight.groups import Property, is_by_channel
from tropa.insight.places import Places
from tropa.insight.questions import Asked

MOSTLY = 0.6
LED_ASTRAY = 0.3
FEW = 30


def kind_of(one: Discovery, log: EventLog, places: Places, properties: Sequence[Property]) -> FindingKind:
    """The kind; a wait between departments is a hand-over, a loss into a place where the path stops is a dead end."""
    question = one.trials.question
    if one.better:
        return FindingKind.UPSELL if question.asked is Asked.TAKES else FindingKind.OPPORTUNITY
    match question.asked:
        case Asked.WAITS:
            return FindingKind.HANDOVER if is_handed_over(one, log, places) else FindingKind.SLOW
        case Asked.CIRCLES:
            return FindingKind.LOOP
        case Asked.MEETS:
            return FindingKind.MISSING_STAGE
        case Asked.NEEDS_HELP if one.since is not None:
            return FindingKind.CHANGE
        case Asked.GOES_ON if dead_end_of(one, log, places) is not None:
            return FindingKind.DEAD_END
        case Asked.GOES_ON | Asked.RETURNS if one.since is not None:
            return FindingKind.DROP_OFF
        case _:
            return FindingKind.CHANNEL_GAP if is_by_channel(one.group, properties) else FindingKind.SEGMENT_GAP


def is_handed_over(one: Discovery, log: EventLog, places: Places) -> bool:
    """Whether mostly one department does the step where the wait begins, and another the one where it ends."""
    question = one.trials.question
    for name, column in sorted(log.properties.items()):
        if not name.casefold().startswith(DEPARTMENT_PROPERTIES):
            continue
        before, after = (_mostly(column.codes[places.codes == place]) for place in (question.start, question.end))
        if before is not None and after is not None and before != after:
            return True
    return False


def _mostly(codes: Codes) -> int | None:
    """The value that most of the known ones are."""
    known = codes[codes >= 0]
    if len(known) < FEW:
        return None
    counts = np.bincount(known)
    return int(counts.argmax()) if counts.max() >= MOSTLY * len(known) else None


def dead_end_of(one: Discovery, log: EventLog, places: Places) -> int | None:
    """The place off the way where clearly more of the lost stop for good than of the lost beside them; None of none."""
    lost, compared = one.inside & one.trials.hit, (one.beside | one.before) & one.trials.hit
    if min(int(lost.sum()), int(compared.sum())) < FEW:
        return None
    last = np.append(places.codes, -1)[np.maximum(log.offsets[1:] - 1, 0)]
    mine, theirs = (_shares(last[one.trials.unit[mask]], len(places)) for mask in (lost, compared))
    off_the_way = ~places.backbone & ~places.goal
    off_the_way[[one.trials.question.start, *one.trials.question.ends]] = False
    more = np.where(off_the_way, mine - theirs, 0.0)
    place = int(more.argmax())
    return place if more[place] >= LED_ASTRAY and _ends_there(last, places, place) else None


def _shares(codes: Codes, count: int) -> NDArray[np.float64]:
    return np.bincount(codes[codes >= 0], minlength=count) / max(len(codes), 1)


def _ends_there(last: Codes, places: Places, place: int) -> bool:
    """Most of those who ever come there end there."""
    return bool((last == place).sum() >= MOSTLY * max(int(places.units[place]), 1))
