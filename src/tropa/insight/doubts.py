"""Doubts: reasons to keep silent about a difference, however unlikely it is to be a fluke."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.analysis.excess import common_excess, excess_at_par
from tropa.events.log import Codes
from tropa.insight.discovery import Discovery, Flags
from tropa.insight.groups import Group
from tropa.insight.questions import Asked, Trials
from tropa.insight.search import Field
from tropa.stats.changes import level_score

CLEAR_MAJORITY = 1.4
SMALLEST_SHARE = 0.03
SMALLEST_RATIO = 0.12
SMALLEST_LOSS = 0.04
"""The least part of those who would go on that is worth telling."""
LONGER = 1.4
OFTENER = 1.4
SLOW_SECONDS = 600
STILL_THERE = 0.5
STILL_SURE = 3.5
NEIGHBOURHOOD_DAYS = 28
FEW_AFTER = 20
LEAST_INFORMATION = 5


def share_of(field: Field, mask: Flags) -> float:
    """The share of unwelcome answers among the trials masked; NaN of none."""
    return float(field.hit[mask].mean()) if mask.any() else float("nan")


def is_nearly_all(field: Field, group: Group, inside: Flags, beside: Flags) -> bool:
    """Most values of a property and most people, or half and far more people: then the few others are unlike."""
    named = max((2 * len(values) - (field.sizes[number] - 1) for number, values in group.parts), default=-1)
    majority = 1.0 if named > 0 else CLEAR_MAJORITY
    return named >= 0 and bool(inside.sum() > majority * beside.sum())


def has_ended(field: Field, inside: Flags, start: int, until: int) -> bool:
    """Whether enough trials came after the spell, and they fare clearly better than those in it."""
    after = inside & (field.day >= until)
    before, during = (
        share_of(field, inside & mask) for mask in (field.day < start, (field.day >= start) & (field.day < until))
    )
    return int(after.sum()) >= FEW_AFTER and share_of(field, after) < before + STILL_THERE * (during - before)


def is_material(trials: Trials, inside: Flags, compared: Flags, rate: float, usual: float) -> bool:
    """Enough points, enough in proportion to what is left to lose; and for times, clearly longer ones."""
    gap = rate - usual
    if trials.question.asked in {Asked.GOES_ON, Asked.RETURNS}:
        return gap >= SMALLEST_LOSS * (1 - usual)
    if gap < SMALLEST_SHARE or gap < SMALLEST_RATIO * min(max(1 - usual, usual), max(usual, 0.25)):
        return False
    if trials.question.asked is Asked.WAITS and compared.any():
        own, others = (_median(trials, mask) for mask in (inside, compared))
        return own >= max(LONGER * others, SLOW_SECONDS)
    if trials.question.asked is Asked.CIRCLES and compared.any():
        return float(trials.value[inside].mean()) >= OFTENER * float(trials.value[compared].mean())
    return True


def _median(trials: Trials, mask: Flags) -> float:
    """The median of the first trial of each unit."""
    chosen = np.flatnonzero(mask)
    _, first = np.unique(trials.unit[chosen], return_index=True)
    return float(np.median(trials.value[chosen[first]]))


def lasts(made: Discovery) -> bool:
    """Both halves and the last fifth of the time since keep at least half of the difference."""
    assert made.since is not None
    order = np.flatnonzero(made.inside)
    order = order[np.argsort(made.days[order], kind="stable")]
    need = made.usual + STILL_THERE * (made.rate - made.usual)
    pieces = [order[: len(order) // 2], order[len(order) // 2 :], order[-max(len(order) // 5, 20) :]]
    return all(
        made.trials.hit[piece].mean() >= need - 1.6 * np.sqrt(made.rate * (1 - made.rate) / max(len(piece), 1))
        for piece in pieces
    )


def got_worse(field: Field, other: Flags, made: Discovery) -> bool:
    """The group itself is worse than at other times, or than just before: not only the others better."""
    enough = STILL_THERE * (made.rate - made.usual)
    if made.rate - share_of(field, other) >= enough:
        return True
    step = _step(field, made.member, made)
    return step is not None and step.size >= enough - step.noise


def is_abrupt(field: Field, inside: Flags, beside: Flags, made: Discovery) -> bool:
    """Within four weeks on either side of its day, most of the change is there: seasons come slowly."""
    own, others = _step(field, inside, made), _step(field, beside, made)
    if own is None:
        return True
    size = own.size - (others.size if others is not None else 0.0)
    return size >= STILL_THERE * (made.rate - made.usual) - own.noise


@dataclass(frozen=True, slots=True)
class _Step:
    """How a rate changed from just before a day to just after it, and by how much chance alone may move it."""

    size: float
    noise: float


def _step(field: Field, members: Flags, made: Discovery) -> _Step | None:
    """The step on the discovery's day; None where too few were there."""
    assert made.since is not None
    start = made.since.day
    before = members & (field.day >= start - NEIGHBOURHOOD_DAYS) & (field.day < start)
    after = members & (field.day >= start) & (field.day < start + NEIGHBOURHOOD_DAYS)
    counts = int(before.sum()), int(after.sum())
    if min(counts) < FEW_AFTER:
        return None
    noise = float(np.sqrt(made.rate * (1 - made.rate) * (1 / counts[0] + 1 / counts[1])))
    return _Step(share_of(field, after) - share_of(field, before), noise)


def is_explained(field: Field, made: Discovery, own_other: Flags) -> bool:
    """Whether within the values of some other property less than half of the difference is left (Simpson 1951)."""
    always = made.since is None
    against = made.beside if always else own_other
    period = field.day // 30 if always else np.zeros_like(field.day)
    others = [codes for number, codes in enumerate(field.groups) if number not in made.group.properties]
    for codes in [*others, made.trials.history]:
        left = _left(field, made.inside, against, codes, period)
        whole = _left(field, made.inside, against, np.where(codes >= 0, 0, -1), period)
        if left is None or whole is None:
            continue
        if left.log_odds < STILL_THERE * whole.log_odds or left.score < min(STILL_SURE, 0.7 * whole.score):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left of a difference within strata."""

    log_odds: float
    score: float


def _left(field: Field, one: Flags, other: Flags, codes: Codes, period: NDArray[np.int64]) -> _Left | None:
    """Compare two sets of trials within strata of codes and periods; None where nothing can be compared."""
    stratum = (codes.astype(np.int64) + 1) * (int(period.max(initial=0)) + 1) + period
    known = codes >= 0
    count = int(stratum.max(initial=0)) + 1

    def counted(mask: Flags) -> NDArray[np.float64]:
        return np.bincount(stratum[mask & known], minlength=count).astype(np.float64)

    of, hits = counted(one), counted(one & field.hit)
    all_of, all_hits = of + counted(other), hits + counted(other & field.hit)
    table = (hits[None], of[None], all_hits[None], all_of[None])
    found, par = common_excess(*table), excess_at_par(*table)
    if found.variance.sum() <= LEAST_INFORMATION:
        return None
    return _Left(float(found.log_odds[0]), float(level_score(par.excess, par.variance)[0]))
