"""Cards of themes: what hurts, what pleases and what is wished for, under names of things that one can mend."""

from collections.abc import Iterator
from zlib import crc32

from tropa.assembly.cards.card import a_card
from tropa.assembly.cards.finding_cards import step_of
from tropa.assembly.facts import Facts
from tropa.assembly.spoken import quotes_of
from tropa.domain.hearing import ThemeKind
from tropa.domain.journeymap import Card, LaneKind, Severity
from tropa.domain.text import Text
from tropa.texts.map_themes import StageTheme

_LANES = {ThemeKind.PAIN: LaneKind.BARRIER, ThemeKind.GAIN: LaneKind.GAIN, ThemeKind.NEED: LaneKind.EXPECTATION}
_MOST = {ThemeKind.PAIN: 1, ThemeKind.GAIN: 1, ThemeKind.NEED: 1}
_MOST_UNLISTED = 1
_LONGEST_KEY = 60
_MANY = 10
_MOSTLY = 0.3  # of those who speak of a touchpoint: a theme from here on is a major pain


def theme_cards(facts: Facts) -> Iterator[Card]:
    """The loudest themes of each stage; `touchpoint` where the map has it. Unlisted ones are insights, few in all."""
    told: dict[tuple[str, ThemeKind], int] = {}
    unlisted = [one for one in facts.themes if one.unlisted and one.stage in facts.stage_keys]
    yield from (_unlisted_card(facts, one) for one in unlisted[:_MOST_UNLISTED])
    own = {one.key for one in facts.figures.staged.touchpoints}
    for one in (theme for theme in facts.themes if not theme.unlisted):
        place = (one.stage, one.theme.kind)
        told[place] = told.get(place, 0) + 1
        if one.stage not in facts.stage_keys or told[place] > _MOST[one.theme.kind]:
            continue
        touchpoint = one.theme.touchpoint if one.theme.touchpoint in own else None
        yield a_card(
            _LANES[one.theme.kind],
            f"theme.{short_key(one.theme.key)}",
            one.stage,
            named(one),
            by=f"theme:{one.theme.key}",
            step=step_of(facts, touchpoint),
            touchpoint=touchpoint,
            severity=_severity(one) if one.theme.kind is ThemeKind.PAIN else None,
            evidence=[quotes_of(facts, one.theme.voices, one.of, one.quotes)],
        )


def _unlisted_card(facts: Facts, one: StageTheme) -> Card:
    name = named(one)
    return a_card(
        LaneKind.INSIGHT,
        f"unlisted.{short_key(one.theme.key)}",
        one.stage,
        Text(
            ru=f"Жалуются, а точки контакта на карте нет: «{name.ru}»",
            en=f"Complaints that no touchpoint of the map takes: “{name.en}”",
        ),
        by=f"theme:{one.theme.key}",
        evidence=[quotes_of(facts, one.theme.voices, one.of, one.quotes)],
    )


def named(one: StageTheme) -> Text:
    """The theme's name with a capital, in both languages: where people speak one, its words stand for both."""
    name = one.theme.name
    ru, en = name.ru or name.en or "", name.en or name.ru or ""
    return Text(ru=ru[:1].upper() + ru[1:], en=en[:1].upper() + en[1:])


def short_key(key: str) -> str:
    """A theme's key as a part of a record's key."""
    return key if len(key) <= _LONGEST_KEY else f"{key[:_LONGEST_KEY]}.{crc32(key.encode()):08x}"


def _severity(one: StageTheme) -> Severity:
    loud = one.theme.voices >= _MANY and one.theme.voices >= _MOSTLY * one.of
    return Severity.MAJOR if loud else Severity.MINOR
