"""Monthly shares of people who said something, and where they go."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tropa.domain.hearing import FEW_ANSWERS, Direction, MonthShare, Share, Trend
from tropa.domain.voice import VoiceLine
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import difference, proportion, two_proportions_p
from tropa.texts.hearing import day_of, speaker_of

_COMPARED = 3  # months on either side
_FLUKES = 0.05  # the share of reported changes that may be flukes
_NEW_FROM = 3  # people, of whom none said it before


def share_of(count: int, of: int) -> Share:
    """A share with its Wilson score interval (Wilson 1927)."""
    told = proportion(count, of)
    return Share(count, of, told.low, told.high)


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The months that the data cover, none left out, and who wrote in each; `last` is the newest day."""

    months: tuple[date, ...]
    wrote: Mapping[date, frozenset[str]]
    first: date
    last: date

    def is_whole(self, month: date) -> bool:
        """Whether all days of the month are in the data."""
        return month >= self.first and _next(month) - timedelta(days=1) <= self.last


def calendar_of(lines: Iterable[VoiceLine]) -> Calendar | None:
    """The months of dated lines; None of none."""
    wrote: dict[date, set[str]] = defaultdict(set)
    days = []
    for one in lines:
        if (day := day_of(one)) is not None:
            wrote[month_of(day)].add(speaker_of(one))
            days.append(day)
    if not days:
        return None
    months = [month_of(min(days))]
    while months[-1] < month_of(max(days)):
        months.append(_next(months[-1]))
    held = {month: frozenset(wrote[month]) for month in months}
    return Calendar(tuple(months), held, min(days), max(days))


def trends_of(
    said: Sequence[Iterable[tuple[str, date]]],
    calendar: Calendar | Sequence[Calendar | None] | None,
    *,
    news: bool = True,
) -> tuple[Trend, ...]:
    """A trend for each list of (speaker, day), in the order given; `calendar` is of all, or one for each list.

    A month's share is people who said it of people who wrote in that month. The last three months (or half of the
    months there are) stand against as many before: the test of two shares, q ≤ .05 after Benjamini & Hochberg (1995)
    over all lists; fewer than 30 people on either side give no direction. `new`: three or more people in the newest
    month, nobody before, and p ≤ .05 against the months before.
    """
    calendars = [calendar] * len(said) if calendar is None or isinstance(calendar, Calendar) else calendar
    dated = [one for one in calendars if one is not None]
    if not dated:
        return tuple(Trend(months=(), direction=Direction.FEW_DATA) for _ in said)
    counted = [_monthly(one, own) for one, own in zip(said, dated, strict=True)]
    compared = min(_COMPARED, len(dated[0].months) // 2)
    sides = [_sides(one, compared) for one in counted]
    chances = [two_proportions_p(*last, *before) for last, before in sides]
    q_values = benjamini_hochberg(chances)
    return tuple(
        _trend(months, compared, side, float(q), news=news)
        for months, side, q in zip(counted, sides, q_values, strict=True)
    )


def _monthly(said: Iterable[tuple[str, date]], calendar: Calendar) -> tuple[MonthShare, ...]:
    speakers: dict[date, set[str]] = defaultdict(set)
    for speaker, day in said:
        speakers[month_of(day)].add(speaker)
    return tuple(
        MonthShare(month, share_of(len(speakers[month]), len(calendar.wrote[month])), calendar.is_whole(month))
        for month in calendar.months
    )


_Side = tuple[int, int]


def _sides(months: Sequence[MonthShare], compared: int) -> tuple[_Side, _Side]:
    def added(some: Sequence[MonthShare]) -> _Side:
        return sum(one.share.count for one in some), sum(one.share.of for one in some)

    if not compared:
        return (0, 0), (0, 0)
    return added(months[-compared:]), added(months[-2 * compared : -compared])


def _trend(
    months: tuple[MonthShare, ...], compared: int, sides: tuple[_Side, _Side], q_value: float, *, news: bool
) -> Trend:
    (count, of), (count_before, of_before) = sides
    if news and _is_new(months):
        return Trend(months=months, direction=Direction.NEW, compared=compared)
    if min(of, of_before) < FEW_ANSWERS:
        return Trend(months=months, direction=Direction.FEW_DATA, compared=compared)
    moved = difference(proportion(count, of), proportion(count_before, of_before))
    direction = Direction.STEADY
    if q_value <= _FLUKES:
        direction = Direction.RISING if moved.value > 0 else Direction.FALLING
    told = (moved.value, moved.low, moved.high)
    return Trend(months=months, direction=direction, compared=compared, difference=told)


def _is_new(months: Sequence[MonthShare]) -> bool:
    if len(months) < 2:
        return False
    *before, last = months
    of_before = sum(one.share.of for one in before)
    said_before = sum(one.share.count for one in before)
    if said_before or last.share.count < _NEW_FROM or of_before < FEW_ANSWERS:
        return False
    return two_proportions_p(last.share.count, last.share.of, 0, of_before) <= _FLUKES
