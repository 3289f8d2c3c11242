"""What those who complained did afterwards, where review and journey are of one known person.

An association, never a cause: those who write may have left anyway.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from tropa.events.log import EventLog
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import Interval, Proportion, difference, proportion, two_proportions_p
from tropa.texts.document import Feedback, Mention
from tropa.texts.voices import customers_heard

WINDOW_DAYS = 90
FEWEST = 30
_FLUKES = 0.05
_DAY = 86_400_000
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLess:
    """Of those who complained of a touchpoint, and of the others who wrote, how many were seen again within 90 days."""

    touchpoint: str
    stage: str
    unhappy: Proportion
    others: Proportion
    gap: Interval
    q_value: float


def seen_less(log: EventLog, feedback: Sequence[Feedback], mentions: Sequence[Mention]) -> tuple[SeenLess, ...]:
    """The touchpoints whose complainers come back less than other writers, q ≤ .05 (Benjamini & Hochberg 1995).

    A person counts from their first dated text; those whose 90 days are not over at the log's `as_of` are left out, so
    are touchpoints with fewer than 30 people on either side.
    """
    again = _seen_again(log, feedback)
    complained: dict[tuple[str, str], set[int]] = defaultdict(set)
    units = {one.id: one.unit for one in customers_heard(feedback).values() if one.unit is not None}
    for one in mentions:
        unit = units.get(one.feedback)
        if one.negative is True and unit in again:
            complained[one.touchpoint, one.stage].add(unit)
    compared = []
    for place, own in sorted(complained.items()):
        if min(len(own), len(again) - len(own)) >= FEWEST:
            compared.append((place, _share(again, own), _share(again, again.keys() - own)))
    chances = [two_proportions_p(a.count, a.of, b.count, b.of) for _, a, b in compared]
    q_values = benjamini_hochberg(chances).tolist() if chances else []
    found = [
        SeenLess(touchpoint=key, stage=stage, unhappy=a, others=b, gap=difference(a, b), q_value=q)
        for ((key, stage), a, b), q in zip(compared, q_values, strict=True)
        if q <= _FLUKES and a.value < b.value
    ]
    return tuple(sorted(found, key=lambda one: (one.gap.value, one.touchpoint)))


def _share(again: Mapping[int, bool], units: set[int]) -> Proportion:
    return proportion(sum(again[unit] for unit in units), len(units))


def _seen_again(log: EventLog, feedback: Sequence[Feedback]) -> dict[int, bool]:
    """For each known writer whether an event of theirs follows within the window after the day they wrote."""
    first: dict[int, int] = {}
    for one in customers_heard(feedback).values():
        if one.unit is not None and one.written_at is not None:
            at = _millis(one.written_at)
            first[one.unit] = min(at, first.get(one.unit, at))
    seen: dict[int, bool] = {}
    for unit, at in first.items():
        if at + WINDOW_DAYS * _DAY > log.as_of or unit >= log.units:
            continue
        times = log.time[log.offsets[unit] : log.offsets[unit + 1]]
        seen[unit] = bool(np.any((times > at + _DAY) & (times <= at + WINDOW_DAYS * _DAY)))
    return seen


def _millis(moment: datetime) -> int:
    known = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return int((known - _FIRST).total_seconds() * 1000)
