"""Two maps compared: which of their figures differ by more than chance, and by how much."""

from dataclasses import dataclass
from enum import StrEnum

from tropa.domain.diff import Change, ChangeKind, Figure, diff
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.journeymap import JourneyMap
from tropa.stats.differences import chance_of, interval_of_difference
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import Interval, proportion

SURE = 0.05


class Weight(StrEnum):
    """What a difference of two figures is worth."""

    BEYOND = "beyond_noise"
    WITHIN = "within_noise"
    FEW = "few_data"
    UNJUDGED = "not_judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A change; of figures with what it is worth, how far apart they are, and its corrected chance."""

    change: Change
    weight: Weight | None = None
    apart: Interval | None = None
    q_value: float | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """All changes between two maps; `overlap`: both rest on some of the same days, so the judgement is cautious."""

    changes: tuple[Difference, ...]
    overlap: bool


def differences(before: JourneyMap, after: JourneyMap) -> Differences:
    """Every change, figures judged together: all looks taken are corrected for (Benjamini–Hochberg)."""
    changes = diff(before, after)
    apart = [_apart(one) for one in changes]
    judged = [place for place, one in enumerate(apart) if one is not None and _weight(changes[place]) is None]
    chances = [chance_of(one) for place in judged if (one := apart[place]) is not None]
    q_values = dict(zip(judged, benjamini_hochberg(chances).tolist(), strict=True))
    made = tuple(
        Difference(change=one, weight=_told(one, q_values.get(place)), apart=apart[place], q_value=q_values.get(place))
        for place, one in enumerate(changes)
    )
    return Differences(made, _overlap(before, after))


def _told(change: Change, q_value: float | None) -> Weight | None:
    if change.kind is not ChangeKind.FIGURE:
        return None
    if q_value is None:
        return _weight(change) or Weight.UNJUDGED
    return Weight.BEYOND if q_value <= SURE else Weight.WITHIN


def _weight(change: Change) -> Weight | None:
    """What can be said of figures before any test; None where there is one."""
    sides = _sides(change)
    if sides is None:
        return Weight.UNJUDGED
    return Weight.FEW if min(one.of or 0 for one in sides) < FEW_PERSONS else None


def _apart(change: Change) -> Interval | None:
    """How far the newer figure lies above the older; None where either has no interval."""
    sides = _sides(change)
    return None if sides is None else interval_of_difference(*map(_interval, sides))


def _sides(change: Change) -> tuple[Figure, Figure] | None:
    was, now = change.before, change.after
    if not (isinstance(was, Figure) and isinstance(now, Figure)) or was.unit is not now.unit:
        return None
    return (was, now) if _has_ends(was) and _has_ends(now) else None


def _has_ends(one: Figure) -> bool:
    counted = one.unit is Unit.SHARE and one.count is not None and bool(one.of)
    return counted or (one.low is not None and one.high is not None)


def _interval(one: Figure) -> Interval:
    if one.low is not None and one.high is not None:
        return Interval(one.value, one.low, one.high)
    assert one.count is not None
    assert one.of is not None
    share = proportion(one.count, one.of)
    return Interval(share.value, share.low, share.high)


def _overlap(before: JourneyMap, after: JourneyMap) -> bool:
    was, now = (one.provenance.period if one.provenance else None for one in (before, after))
    return was is not None and now is not None and was.start <= now.end and now.start <= was.end
