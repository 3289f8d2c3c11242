"""Cards of what people said: emotions, pains, gains, quotes, touchpoints that nobody listed."""

from collections.abc import Iterator

from tropa.assembly.cards.card import a_card
from tropa.assembly.cards.finding_cards import step_of
from tropa.assembly.cards.job_cards import job_cards
from tropa.assembly.cards.mood_cards import mood_cards
from tropa.assembly.cards.news_cards import news_cards
from tropa.assembly.cards.score_cards import score_cards
from tropa.assembly.cards.theme_cards import theme_cards
from tropa.assembly.facts import Facts
from tropa.assembly.spoken import is_often_scolded, quotes_of
from tropa.domain.finding import FindingKind
from tropa.domain.hearing import ThemeKind
from tropa.domain.journeymap import Card, LaneKind, Severity
from tropa.domain.text import Text
from tropa.texts.hearing import people
from tropa.texts.hidden import HiddenTouchpoint
from tropa.texts.voices import StageVoice, TouchpointPain, touchpoint_voices, verbatim

_MOST_PAINS = 1
_FEWEST_FOR_PAIN = 2
_MOST_HIDDEN = 2
_PAIN_QUOTES = 2
_MOOD_QUOTES = 2
_MANY_WRITERS = 100
_FEWEST_OF_MANY = 5
_MOSTLY = 0.5  # of a touchpoint's complaints: one theme tells them all


def voice_cards(facts: Facts) -> Iterator[Card]:
    """All cards that rest on customers' words."""
    for voice in facts.voices.values():
        if voice.stage in facts.stage_keys and voice.voices:
            yield from _emotion_card(facts, voice)
            yield from _quote_cards(facts, voice)
    yield from _pain_cards(facts)
    yield from _hidden_cards(facts)
    yield from theme_cards(facts)
    yield from job_cards(facts)
    yield from news_cards(facts)
    yield from score_cards(facts)
    yield from mood_cards(facts)


def _emotion_card(facts: Facts, voice: StageVoice) -> Iterator[Card]:
    """Named only by words that were said; without a value the curve stays broken here."""
    if voice.value is None:
        return
    names = voice.names or (_mood(voice.value),)
    text = Text(
        ru=", ".join(name.ru or "" for name in names).capitalize(),
        en=", ".join(name.en or "" for name in names).capitalize(),
    )
    quotes = (
        (*voice.negative_quotes, *voice.positive_quotes)
        if voice.value < 0
        else (*voice.positive_quotes, *voice.negative_quotes)
    )
    yield a_card(
        LaneKind.EMOTION,
        voice.stage,
        voice.stage,
        text,
        by=f"emotion:{voice.stage}",
        value=round(voice.value, 4),
        low=voice.low,
        high=voice.high,
        voices=voice.rated,
        names=tuple(name.ru or "" for name in voice.names),
        points=voice.points,
        evidence=[quotes_of(facts, voice.voices, voice.of, quotes[: _MOOD_QUOTES if facts.segment is None else 1])],
    )


def _quote_cards(facts: Facts, voice: StageVoice) -> Iterator[Card]:
    """The most telling complaint and praise; on a segment's map the one that goes with its mood."""
    both = (("worst", voice.negative_quotes), ("best", voice.positive_quotes))
    sad = voice.negative * 2 >= voice.voices
    for key, chosen in both if facts.segment is None else both[:1] if sad else both[1:]:
        if chosen:
            yield a_card(
                LaneKind.QUOTE,
                f"{voice.stage}.{key}",
                voice.stage,
                verbatim(chosen[0]),
                by=f"quote:{voice.stage}:{key}",
                evidence=[quotes_of(facts, 1, voice.of, chosen[:1])],
            )


def _pain_cards(facts: Facts) -> Iterator[Card]:
    """What is complained of, but for what a finding, or one theme for most of the complaints, says already."""
    told: dict[str, int] = {}
    found = {(one.stage, one.touchpoint) for one in facts.findings if one.kind is FindingKind.PAIN}
    names = _names(facts)
    own = {one.key for one in facts.figures.staged.touchpoints}
    fewest = _FEWEST_FOR_PAIN if len(facts.heard.lines) < _MANY_WRITERS else _FEWEST_OF_MANY
    pains = sorted((*facts.pains, *facts.pains_beside), key=lambda one: (-one.negative, one.touchpoint, one.stage))
    for pain in pains:
        if (pain.stage, pain.touchpoint) in found or _is_one_theme(facts, pain) or pain.negative < fewest:
            continue
        told[pain.stage] = told.get(pain.stage, 0) + 1
        if told[pain.stage] > _MOST_PAINS or pain.touchpoint not in names or pain.stage not in facts.stage_keys:
            continue
        name = names[pain.touchpoint]
        yield a_card(
            LaneKind.BARRIER,
            f"pain.{pain.touchpoint}",
            pain.stage,
            Text(ru=f"Жалуются: «{name.ru or name.en}»", en=f"Complaints about “{name.en or name.ru}”"),
            by=f"pain:{pain.touchpoint}",
            step=step_of(facts, pain.touchpoint),
            touchpoint=pain.touchpoint if pain.touchpoint in own else None,
            severity=Severity.MAJOR if is_often_scolded(pain) else Severity.MINOR,
            evidence=[quotes_of(facts, pain.negative, pain.of, pain.quotes[:_PAIN_QUOTES])],
        )


def _is_one_theme(facts: Facts, pain: TouchpointPain) -> bool:
    loudest = max(
        (
            one.theme.voices
            for one in facts.themes
            if one.theme.kind is ThemeKind.PAIN and (one.stage, one.theme.touchpoint) == (pain.stage, pain.touchpoint)
        ),
        default=0,
    )
    return loudest > _MOSTLY * pain.negative


def _names(facts: Facts) -> dict[str, Text]:
    beside = {one.key: one.name for one in facts.heard.touchpoints}
    return beside | {one.key: one.name for one in facts.figures.staged.touchpoints}


def _hidden_cards(facts: Facts) -> Iterator[Card]:
    """Touchpoints that customers speak of and the map does not have, most voices first."""
    found = {one.key: one for one in _beside(facts)}
    found |= {one.key: one for one in facts.hidden if one.known and one.key not in found}
    for one in sorted(found.values(), key=lambda one: (-one.voices, one.key))[:_MOST_HIDDEN]:
        yield a_card(
            LaneKind.INSIGHT,
            f"hidden.{one.key}",
            one.stage if one.stage in facts.stage_keys else facts.stage_keys[-1],
            Text(
                ru=f"В отзывах есть точка контакта «{one.name.ru}», а на карте её нет",
                en=f"Reviews speak of the touchpoint “{one.name.en}”; the map lacks it",
            ),
            by=f"hidden:{one.key}",
            evidence=[quotes_of(facts, one.voices, one.of, one.quotes[:_PAIN_QUOTES])],
        )


def _beside(facts: Facts) -> Iterator[HiddenTouchpoint]:
    """The shipped touchpoints that statements speak of and the map lacks; a segment's map tells none of its own."""
    if facts.segment is not None:
        return
    of = people(facts.heard.lines)
    known = {one.key: one for one in facts.heard.touchpoints}
    for praise in touchpoint_voices(facts.feedback, facts.heard.beside):
        one = known[praise.touchpoint]
        yield HiddenTouchpoint(
            key=one.key,
            name=one.name,
            channel=one.channel,
            stage=praise.stage,
            voices=praise.of,
            negative=praise.negative,
            of=of,
            words=one.words,
            quotes=praise.quotes,
            known=True,
        )


def _mood(value: float) -> Text:
    """What the marks alone tell, where no words name an emotion."""
    if value <= -1:
        return Text(ru="плохо", en="bad")
    if value < -0.25:
        return Text(ru="скорее плохо", en="rather bad")
    if value <= 0.25:
        return Text(ru="ровно", en="even")
    return Text(ru="хорошо", en="good") if value >= 1 else Text(ru="скорее хорошо", en="rather good")
