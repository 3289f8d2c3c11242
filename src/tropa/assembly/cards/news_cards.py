"""Insights from words: what is new, what behaviour contradicts, what the marks go with."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from tropa.assembly.cards.card import a_card
from tropa.assembly.cards.theme_cards import named, short_key
from tropa.assembly.facts import Facts
from tropa.assembly.saying import in_both, share_of
from tropa.assembly.spoken import quotes_of
from tropa.domain.evidence import Baseline, Flag, Measurement, Unit
from tropa.domain.finding import Finding, FindingKind
from tropa.domain.hearing import Direction, Driver
from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.opinion import Sentiment
from tropa.domain.period import Period
from tropa.domain.text import Language, Text
from tropa.insight.afterwards_of_words import WINDOW_DAYS, SeenLess, seen_less
from tropa.render.words import counted, day, decimal
from tropa.texts.drivers import rating_drivers
from tropa.texts.hearing import day_of
from tropa.texts.voices import TouchpointVoices, touchpoint_praise

_MOST_NEWS = 2
_MOST_DRIVERS = 1
_SURE = 0.05
_PRAISED = 0.6  # of those who speak of a touchpoint
_FEWEST_PRAISES = 5
_WORSE = {FindingKind.SLOW, FindingKind.CHANGE, FindingKind.DROP_OFF, FindingKind.HANDOVER, FindingKind.DEAD_END}


def news_cards(facts: Facts) -> Iterator[Card]:
    """What a reader of last month's map does not know yet."""
    yield from _new_themes(facts)
    yield from _contradictions(facts)
    if facts.segment is None:
        yield from _driver_cards(facts)
        yield from _seen_less_cards(facts)


def _new_themes(facts: Facts) -> Iterator[Card]:
    new = [one for one in facts.themes if one.trend.direction is Direction.NEW and one.stage in facts.stage_keys]
    for one in new[:_MOST_NEWS]:
        last = one.trend.months[-1].month
        name = named(one)
        yield a_card(
            LaneKind.INSIGHT,
            f"new.{short_key(one.theme.key)}",
            one.stage,
            Text(
                ru=f"Новое с {day(last, Language.RU, short=False)}: «{name.ru}», раньше об этом не писали",
                en=f"New since {day(last, Language.EN, short=False)}: “{name.en}”; nobody wrote of it before",
            ),
            by=f"new:{one.theme.key}",
            evidence=[quotes_of(facts, one.theme.voices, one.of, one.quotes)],
        )


def _contradictions(facts: Facts) -> Iterator[Card]:
    """A touchpoint that most speakers praise while what customers do got worse at the same place."""
    names = {one.key: one.name for one in facts.figures.staged.touchpoints}
    for praise in touchpoint_praise(facts.feedback, facts.heard.mentions):
        worse = next((one for one in facts.findings if _speaks_against(one, praise)), None)
        if worse is None or praise.positive < _FEWEST_PRAISES or praise.positive < _PRAISED * praise.of:
            continue
        name = names[praise.touchpoint]
        card = a_card(
            LaneKind.INSIGHT,
            f"contradiction.{praise.touchpoint}",
            praise.stage,
            Text(
                ru=f"«{name.ru or name.en}» хвалят {praise.positive} из {praise.of}, "
                f"а поведение говорит другое: {_lowered(worse.text.ru)}",
                en=f"“{name.en or name.ru}” is praised by {praise.positive} of {praise.of}, "
                f"yet behaviour says otherwise: {_lowered(worse.text.en)}",
            ),
            by=f"contradiction:{praise.touchpoint}:{worse.code}",
            touchpoint=praise.touchpoint,
            evidence=[
                *worse.evidence[:1],
                replace(quotes_of(facts, praise.positive, praise.of, praise.quotes), key="said"),
            ],
            finding=worse.code,
        )
        yield replace(card, flags=tuple(sorted({*card.flags, Flag.CONTRADICTED})))


def _speaks_against(finding: Finding, praise: TouchpointVoices) -> bool:
    measured = any(isinstance(one, Measurement) for one in finding.evidence)
    return measured and finding.kind in _WORSE and finding.touchpoint == praise.touchpoint


def _lowered(words: str | None) -> str:
    return (words or "")[:1].lower() + (words or "")[1:]


def _driver_cards(facts: Facts) -> Iterator[Card]:
    """The complaints that go with the worst marks: an association, said as one."""
    names = {one.key: one.name for one in facts.figures.staged.touchpoints}
    days = [written for one in facts.heard.lines if (written := day_of(one)) is not None]
    if not days:
        return
    period = Period(min(days), max(days))
    worst = [
        one
        for one in rating_drivers(facts.heard.lines)
        if one.touchpoint in names
        and one.sentiment is Sentiment.NEGATIVE
        and one.q_value <= _SURE
        and one.difference < 0
    ]
    for one in worst[:_MOST_DRIVERS]:
        text = in_both(partial(_driver_words, one, names[one.touchpoint]))
        yield a_card(
            LaneKind.INSIGHT,
            f"driver.{one.touchpoint}",
            facts.heard.homes[one.touchpoint],
            text,
            by=f"driver:{one.touchpoint}",
            touchpoint=one.touchpoint,
            evidence=[
                Measurement(
                    key="e1",
                    metric="mark_difference",
                    unit=Unit.SCORE,
                    value=one.difference,
                    low=one.low,
                    high=one.high,
                    of=one.of,
                    period=period,
                    note=text,
                )
            ],
        )


def _seen_less_cards(facts: Facts) -> Iterator[Card]:
    """Whose review and journey are both known: complainers that are seen again less than other writers."""
    names = {one.key: one.name for one in facts.figures.staged.touchpoints}
    period = facts.figures.period
    found = seen_less(facts.figures.staged.log, facts.feedback, facts.heard.mentions) if period is not None else ()
    for one in found[:_MOST_DRIVERS]:
        text = in_both(partial(_seen_less_words, one, names[one.touchpoint]))
        assert period is not None
        yield a_card(
            LaneKind.INSIGHT,
            f"seen_less.{one.touchpoint}",
            one.stage,
            text,
            by=f"seen_less:{one.touchpoint}",
            touchpoint=one.touchpoint,
            evidence=[
                Measurement(
                    key="e1",
                    metric="seen_again",
                    unit=Unit.SHARE,
                    value=one.unhappy.value,
                    low=one.unhappy.low,
                    high=one.unhappy.high,
                    count=one.unhappy.count,
                    of=one.unhappy.of,
                    period=period,
                    baseline=Baseline(
                        value=one.others.value, of=one.others.of, low=one.others.low, high=one.others.high
                    ),
                    note=text,
                )
            ],
        )


def _seen_less_words(one: SeenLess, name: Text, language: Language) -> str:
    unhappy, others = share_of(one.unhappy, language), share_of(one.others, language)
    if language is Language.RU:
        return (
            f"Кто пожаловался на «{name.said_in(language)}», за {WINDOW_DAYS} дней появился снова: {unhappy}; "
            f"остальные написавшие: {others}. Это связь, не причина"
        )
    return (
        f"Of those who complained of “{name.said_in(language)}”, seen again within {WINDOW_DAYS} days: {unhappy}; "
        f"of other writers: {others}. An association, not a cause"
    )


def _driver_words(one: Driver, name: Text, language: Language) -> str:
    low, high = sorted((abs(one.low), abs(one.high)))
    less = decimal(abs(one.difference), language)
    span = f"{decimal(low, language)}–{decimal(high, language)}"
    if language is Language.RU:
        return (
            f"Кто жалуется на «{name.said_in(language)}», ставит на {less} балла меньше ({span}); "
            f"{counted(one.people, 'voice', language)}. Это связь, не причина"
        )
    return (
        f"Those who complain of “{name.said_in(language)}” give {less} points less ({span}); "
        f"{counted(one.people, 'voice', language)}. An association, not a cause"
    )
