"""The figures of a discovery: people, shares, medians, money, each with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.domain.evidence import Baseline, Measurement, TrendPoint, Unit
from tropa.domain.finding import Money
from tropa.domain.period import Period
from tropa.domain.query import hash_of
from tropa.events.log import NO_AMOUNT, EventLog
from tropa.insight.calendar import Calendar
from tropa.insight.discovery import Discovery
from tropa.insight.groups import Property, segment_of
from tropa.insight.places import Places
from tropa.insight.questions import Asked, Trials
from tropa.stats.durations import median_interval
from tropa.stats.proportions import proportion

Flags = NDArray[np.bool_]
WEEK = 7
FEW_IN_A_WEEK = 8
CLOSE = 0.34
HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value of so many people, with its interval; `count` for shares only."""

    value: float
    low: float
    high: float
    of: int
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is said of a discovery: the group's figure, what it is compared with, and whom it concerns."""

    figure: Figure
    baseline: Figure
    own_before: bool
    period: Period
    persons_affected: int
    money: Money | None


def unit_of_question(asked: Asked) -> Unit:
    """What a question's figure counts."""
    match asked:
        case Asked.WAITS:
            return Unit.SECONDS
        case Asked.CIRCLES:
            return Unit.RATIO
        case _:
            return Unit.SHARE


def first_of_unit(trials: Trials, mask: Flags) -> NDArray[np.int64]:
    """The first trial of each unit among those masked, so that people are counted once."""
    chosen = np.flatnonzero(mask)
    _, first = np.unique(trials.unit[chosen], return_index=True)
    return chosen[first]


def figure_of(trials: Trials, mask: Flags) -> Figure:
    """The figure of the people masked."""
    match trials.question.asked:
        case Asked.WAITS:
            chosen = first_of_unit(trials, mask)
            median = median_interval(np.sort(trials.value[chosen]))
            return Figure(value=median.value, low=median.low, high=median.high, of=len(chosen))
        case Asked.CIRCLES:
            chosen = first_of_unit(trials, mask)
            values = trials.value[chosen]
            mean, half = float(values.mean()), 1.96 * float(values.std()) / max(len(values), 1) ** 0.5
            return Figure(value=mean, low=max(0.0, mean - half), high=mean + half, of=len(chosen))
        case _:
            chosen = first_of_unit(trials, mask)
            share = proportion(int(trials.value[chosen].sum()), len(chosen))
            return Figure(value=share.value, low=share.low, high=share.high, of=share.of, count=share.count)


def facts_of(log: EventLog, one: Discovery, places: Places, calendar: Calendar) -> Facts:
    """Everything that is said of a discovery."""
    figure = figure_of(one.trials, one.inside)
    baseline, own_before = _baseline(one)
    affected = _affected(one, figure, baseline)
    days = one.days[one.inside]
    return Facts(
        figure=figure,
        baseline=baseline,
        own_before=own_before,
        period=Period(calendar.date_of(_first_day(one)), calendar.date_of(int(days.max()))),
        persons_affected=affected,
        money=_money(log, one, places, figure, baseline),
    )


def bears_out(facts: Facts, one: Discovery) -> bool:
    """Whether people, each counted once, show at least half of what was seen over all trials, on the same side."""
    asked = one.trials.question.asked
    gap = facts.baseline.value - facts.figure.value
    if asked in {Asked.WAITS, Asked.CIRCLES, Asked.NEEDS_HELP}:
        gap = -gap
    gap = -gap if one.better else gap
    if unit_of_question(asked) is not Unit.SHARE:
        return gap > 0
    return gap >= HALF * (one.rate - one.usual)


def _first_day(one: Discovery) -> int:
    return one.since.day if one.since is not None else int(one.days[one.inside].min())


def _baseline(one: Discovery) -> tuple[Figure, bool]:
    """The group's own earlier figure where a change is dated and no season is to blame, else that of the others."""
    others = figure_of(one.trials, one.beside) if one.beside.any() else None
    before = one.before
    if one.since is None or one.until is not None or not before.any():
        assert others is not None
        return others, False
    own = figure_of(one.trials, before)
    strange = abs(float(one.trials.hit[before].mean()) - one.usual) > CLOSE * abs(one.rate - one.usual)
    return (others, False) if strange and others is not None else (own, True)


def _affected(one: Discovery, figure: Figure, baseline: Figure) -> int:
    trials = one.trials
    if unit_of_question(trials.question.asked) is Unit.SHARE:
        return round(abs(baseline.value - figure.value) * figure.of)
    compared = one.beside if one.beside.any() else one.before
    others = trials.value[first_of_unit(trials, compared)]
    limit = float(np.quantile(others, 0.9)) if trials.question.asked is Asked.WAITS else float(np.median(others))
    mine = trials.value[first_of_unit(trials, one.inside)]
    extra = float((mine > limit).mean()) - float((others > limit).mean())
    return max(0, round(extra * len(mine)))


def _money(log: EventLog, one: Discovery, places: Places, figure: Figure, baseline: Figure) -> Money | None:
    """People who would have paid at the baseline × the median payment of such people; a range from the interval.

    None where nothing is lost, as at a growth point.
    """
    question = one.trials.question
    if log.amount is None or log.currency is None or question.asked not in {Asked.GOES_ON, Asked.RETURNS}:
        return None
    chance = _pays_after(log, one, places)
    amount = _median_amount(log, one, places)
    if chance is None or amount is None:
        return None
    per_share = figure.of * chance * amount
    low, middle, high = (
        round(max(0.0, baseline.value - value) * per_share) for value in (figure.high, figure.value, figure.low)
    )
    return Money(amount=middle, low=low, high=high, currency=log.currency) if high else None


def _paid(log: EventLog, places: Places) -> NDArray[np.int64]:
    """Events that pay."""
    if log.amount is None:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.append(places.goal, False)[places.codes] & (log.amount != NO_AMOUNT))


def _pays_after(log: EventLog, one: Discovery, places: Places) -> float | None:
    """Of comparable people who went on, how many paid then or later; None where paying does not come after it."""
    if one.trials.question.asked is Asked.RETURNS:
        return 1.0
    paid = _paid(log, places)
    went = np.flatnonzero((one.beside | one.before) & (one.trials.value > 0))
    if not len(paid) or not len(went):
        return None
    last = np.full(log.units, -1, dtype=np.int64)
    unit = np.searchsorted(log.offsets, paid, side="right") - 1
    np.maximum.at(last, unit, paid)
    after = last[one.trials.unit[went]] > one.trials.position[went]
    return float(after.mean()) if after.mean() >= 0.02 and not places.goal[one.trials.question.start] else None


def _median_amount(log: EventLog, one: Discovery, places: Places) -> float | None:
    paid = _paid(log, places)
    if log.amount is None or not len(paid):
        return None
    unit = np.searchsorted(log.offsets, paid, side="right") - 1
    members = np.zeros(log.units, dtype=bool)
    members[one.trials.unit[one.inside]] = True
    own = paid[members[unit]]
    return float(np.median(log.amount[own if len(own) >= 30 else paid]))


def measurement_of(
    one: Discovery, facts: Facts, places: Places, properties: Sequence[Property], calendar: Calendar, unit: str
) -> Measurement:
    """The figure as evidence that can be asked again."""
    question = one.trials.question
    segment = segment_of(one.group, properties)
    base = facts.baseline
    before = one.days[one.before]
    earlier = (
        Period(calendar.date_of(int(before.min())), calendar.date_of(int(before.max()))) if facts.own_before else None
    )
    query = _query(one, places, calendar, segment, unit)
    return Measurement(
        key="e1",
        metric=question.asked.value,
        unit=unit_of_question(question.asked),
        value=facts.figure.value,
        low=facts.figure.low,
        high=facts.figure.high,
        count=facts.figure.count,
        of=facts.figure.of,
        period=facts.period,
        baseline=Baseline(
            value=base.value,
            of=base.of,
            period=earlier,
            segment=(segment or None) if facts.own_before else None,
            low=base.low,
            high=base.high,
        ),
        query=query,
        query_hash=hash_of(query),
        trend=trend_of(one, calendar),
    )


def _query(one: Discovery, places: Places, calendar: Calendar, segment: object, unit: str) -> dict[str, object]:
    """The question as it is asked again: of the same group, and of the same time or of the time since."""
    question = one.trials.question
    return {
        "analysis": "openings",
        "version": 1,
        "metric": question.asked.value,
        "steps": [
            {"events": sorted(places.names[question.start])},
            {"events": sorted(name for end in question.ends for name in places.names[end])},
        ],
        "semantics": "first_touch",
        "window_seconds": question.window_ms // 1000,
        "segment": segment or None,
        "unit": unit,
        "period": {
            "from": None if one.since is None else calendar.date_of(one.since.day).isoformat(),
            "to": None if one.until is None else calendar.date_of(one.until - 1).isoformat(),
        },
    }


def trend_of(one: Discovery, calendar: Calendar) -> tuple[TrendPoint, ...]:
    """The group's figure week by week, weeks of fewer than eight people left out."""
    monday = (one.days + calendar.first.weekday()) // WEEK
    mine = one.inside | one.before | one.later
    points = []
    for week in np.unique(monday[mine]).tolist():
        chosen = mine & (monday == week)
        if chosen.sum() < FEW_IN_A_WEEK:
            continue
        figure = figure_of(one.trials, chosen)
        start = calendar.first + timedelta(days=week * WEEK - calendar.first.weekday())
        points.append(TrendPoint(start=start, value=figure.value, of=figure.of, low=figure.low, high=figure.high))
    return tuple(points)
