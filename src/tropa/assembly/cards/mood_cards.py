"""Cards of complaints by month: of those who speak of a stage, how many complain, where months are full enough."""

from collections.abc import Iterator
from functools import partial

from tropa.assembly.cards.card import a_card
from tropa.assembly.facts import Facts
from tropa.assembly.saying import in_both
from tropa.domain.evidence import Measurement, TrendPoint, Unit
from tropa.domain.hearing import Direction, StageMood
from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.period import Period
from tropa.domain.text import Language, Text
from tropa.render.words import of_whole, percent, points
from tropa.texts.stage_moods import stage_moods
from tropa.texts.trends import calendar_of

_FEWEST_MONTHS = 4  # of thirty people or more: fewer make no line


def mood_cards(facts: Facts) -> Iterator[Card]:
    """One figure a stage with its months; a segment's map tells none of its own."""
    calendar = calendar_of(facts.heard.lines)
    if calendar is None or facts.segment is not None:
        return
    for one in stage_moods(facts.heard.lines, facts.heard.homes, calendar):
        history = _history(one)
        if one.stage in facts.stage_keys and len(history) >= _FEWEST_MONTHS:
            yield a_card(
                LaneKind.KPI,
                f"complaints.{one.stage}",
                one.stage,
                Text(ru="Недовольны, из написавших об этапе", en="Unhappy, of those who wrote of it"),
                by=f"complaints:{one.stage}",
                evidence=[_measured(one, history, Period(calendar.first, calendar.last))],
            )


def _history(one: StageMood) -> tuple[TrendPoint, ...]:
    return tuple(
        TrendPoint(
            start=month.month, value=month.share.value, of=month.share.of, low=month.share.low, high=month.share.high
        )
        for month in one.trend.months
        if not month.share.is_small
    )


def _measured(one: StageMood, history: tuple[TrendPoint, ...], period: Period) -> Measurement:
    share = one.negative
    return Measurement(
        key="e1",
        metric="complaint_share",
        unit=Unit.SHARE,
        value=share.value,
        low=share.low,
        high=share.high,
        count=share.count,
        of=share.of,
        period=period,
        trend=history,
        note=in_both(partial(_told, one)),
    )


def _told(one: StageMood, language: Language) -> str:
    share, trend = one.negative, one.trend
    russian = language is Language.RU
    counts = f"{of_whole(share.count, share.of, language)} ({percent(share.value, language)})"
    head = (
        f"Об этапе недовольны {counts} написавших о нём"
        if russian
        else f"{counts} of those who wrote of it are unhappy"
    )
    if trend.difference is None or trend.direction not in {Direction.RISING, Direction.FALLING}:
        return head
    moved = points(trend.difference[0], language)
    return f"{head}; за {trend.compared} мес. {moved}" if russian else f"{head}; {moved} in {trend.compared} months"
