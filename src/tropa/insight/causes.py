"""One cause, one finding: what is seen at several steps, or in a group and in its parts, is told once."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tropa.insight.discovery import Discovery
from tropa.insight.groups import Group
from tropa.insight.places import Places
from tropa.insight.questions import Asked

SAME_TIME_DAYS = 21
MAIN_ROAD = 1.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """The discovery that tells it best, its q-value, and what else is seen of it."""

    head: Discovery
    q_value: float
    signs: tuple[Discovery, ...] = ()


def causes_of(found: Sequence[tuple[Discovery, float]], places: Places) -> list[Cause]:
    """Gather discoveries by cause; the one nearest to money heads it, then the clearest."""
    slow = [one for one, _ in found if one.trials.question.asked is Asked.WAITS]
    told = [(one, q) for one, q in found if not any(_is_lateness(one, wait) for wait in slow)]
    left = sorted(told, key=lambda pair: (-_standing(pair[0], places), -_clearness(pair[0], places)))
    causes: list[Cause] = []
    for one, q in left:
        home = next((number for number, cause in enumerate(causes) if _belongs(one, cause, places)), None)
        if home is None:
            causes.append(Cause(head=one, q_value=q))
        else:
            cause = causes[home]
            causes[home] = Cause(head=cause.head, q_value=cause.q_value, signs=(*cause.signs, one))
    return causes


def growth_of(better: Sequence[tuple[Discovery, float]], causes: Sequence[Cause], places: Places) -> list[Cause]:
    """Growth points that are no mirror of a problem (the others of a harmed group fare better), each told once."""
    harmed = {number for cause in causes for one in (cause.head, *cause.signs) for number in one.group.properties}
    fresh = [(one, q) for one, q in better if not harmed & set(one.group.properties)]
    return sorted(causes_of(fresh, places), key=lambda cause: -cause.head.score)


def _is_lateness(one: Discovery, wait: Discovery) -> bool:
    """People who seem lost because they come after the window: the wait between the same places tells it better."""
    mine, theirs = one.trials.question, wait.trials.question
    return (
        mine.asked in {Asked.GOES_ON, Asked.MEETS}
        and mine.start == theirs.start
        and theirs.end in mine.ends
        and wait.score >= one.score
        and _same_people(one.group, wait.group)
        and _same_time(one, wait)
    )


def _standing(one: Discovery, places: Places) -> int:
    """What comes before money stands higher."""
    question = one.trials.question
    ahead = bool(places.goal[question.end] or (places.before[question.end][places.goal] >= 0.5).any())
    return int(question.asked is Asked.RETURNS or (question.asked is Asked.GOES_ON and ahead))


def _clearness(one: Discovery, places: Places) -> float:
    """The score, with a head start for what begins where nearly everybody passes."""
    start = places.backbone[one.trials.question.start]
    return one.score * (MAIN_ROAD if start else 1.0)


def _belongs(one: Discovery, cause: Cause, places: Places) -> bool:
    return any(
        _same_people(one.group, other.group) and _same_time(one, other) and _same_place(one, other, places)
        for other in (cause.head, *cause.signs)
    )


def _same_people(one: Group, other: Group) -> bool:
    """Everybody both times, or some property in common, and values in common in all that are."""
    mine, theirs = dict(one.parts), dict(other.parts)
    common = mine.keys() & theirs.keys()
    return (bool(common) or not (mine or theirs)) and all(mine[number] & theirs[number] for number in common)


def _same_time(one: Discovery, other: Discovery) -> bool:
    if one.since is None or other.since is None:
        return True
    return abs(one.since.day - other.since.day) <= SAME_TIME_DAYS or one.until is not None or other.until is not None


def _same_place(one: Discovery, other: Discovery, places: Places) -> bool:
    """Their stretches of the path overlap or touch."""
    (low, high), (start, end) = _stretch(one, places), _stretch(other, places)
    return low <= end and start <= high


def _stretch(one: Discovery, places: Places) -> tuple[float, float]:
    """From where to where on the path, as places' order from the start (0) to the end."""
    question = one.trials.question
    start, end = -float(places.rank[question.start]), -float(places.rank[question.end])
    if question.asked is Asked.RETURNS:
        return start, math.inf
    if question.asked is Asked.NEEDS_HELP:
        return start, start
    return min(start, end), max(start, end)
