"""A finding in words: for whom, where, how many of how many, since when, and what is usual."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tropa.domain.evidence import FEW_PERSONS, Baseline
from tropa.domain.text import Language, Text
from tropa.insight.data_words import GROUP_WORDS, PLAIN_PROPERTIES, PROPERTY_WORDS, VALUE_WORDS
from tropa.insight.figures import Facts, Figure
from tropa.insight.questions import Asked, Question
from tropa.insight.ranges import range_words
from tropa.render.words import day, decimal, duration, of_whole, percent, period, span_of, units, whole
from tropa.stats.proportions import Proportion

Segment = Mapping[str, str | Sequence[str]]
_SHORTEST = 3
_NOT_WORDS = re.compile(r"[\s_:.]+|(?<=[\s_:.])\d+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is to be told; `unit` is what the map follows."""

    question: Question
    segment: Segment
    start: Text
    end: Text
    facts: Facts
    since: date | None
    dated: bool
    unit: str


def told(what: Told) -> Text:
    """The sentence in both languages."""
    return Text(ru=_in_russian(what), en=_in_english(what))


def _in_russian(what: Told) -> str:
    start, end = f"«{what.start.said_in(Language.RU)}»", f"«{what.end.said_in(Language.RU)}»"
    figure = _figure(what, what.facts.figure, Language.RU)
    match what.question.asked:
        case Asked.GOES_ON:
            claim = f"после шага {start} до шага {end} доходят {figure}"
        case Asked.WAITS:
            claim = f"от шага {start} до шага {end} обычно ждут {figure}"
        case Asked.CIRCLES:
            claim = f"ходят по кругу между {start} и {end}: возвращаются в среднем {figure}"
        case Asked.RETURNS:
            claim = f"за {_window(what, Language.RU)} снова доходят до шага {end} {figure}"
        case Asked.MEETS:
            claim = f"после шага {start} шаг {end} бывает у {figure}"
        case Asked.TAKES:
            claim = f"после шага {start} берут ещё {end} {figure}"
        case Asked.NEEDS_HELP:
            claim = f"после шага {start} до шага {end} доходят {figure}"
    return (
        f"{group_words(what.segment, Language.RU)}: {claim}{_when(what, Language.RU)}; {_compared(what, Language.RU)}"
    )


def _in_english(what: Told) -> str:
    start, end = f"“{what.start.said_in(Language.EN)}”", f"“{what.end.said_in(Language.EN)}”"
    figure = _figure(what, what.facts.figure, Language.EN)
    match what.question.asked:
        case Asked.GOES_ON:
            claim = f"after {start}, {figure} go on to {end}"
        case Asked.WAITS:
            claim = f"the usual wait from {start} to {end} is {figure}"
        case Asked.CIRCLES:
            claim = f"they go round between {start} and {end}, coming back {figure}"
        case Asked.RETURNS:
            claim = f"within {_window(what, Language.EN)} {figure} come to {end} again"
        case Asked.MEETS:
            claim = f"after {start}, {end} follows for {figure}"
        case Asked.TAKES:
            claim = f"after {start}, {figure} also take {end}"
        case Asked.NEEDS_HELP:
            claim = f"after {start}, {figure} turn to {end}"
    return (
        f"{group_words(what.segment, Language.EN)}: {claim}{_when(what, Language.EN)}; {_compared(what, Language.EN)}"
    )


def pain_words(name: Text, share: Proportion, baseline: Baseline, since: date | None) -> Text:
    """A pain in both languages: who complains, of how many, since when, and what is usual."""
    return Text(
        ru=_pain(name, share, baseline, since, Language.RU), en=_pain(name, share, baseline, since, Language.EN)
    )


def _pain(name: Text, share: Proportion, baseline: Baseline, since: date | None, language: Language) -> str:
    place, ru = name.said_in(language), language is Language.RU
    counts = of_whole(share.count, share.of, language)
    figure = f"{percent(share.value, language)} ({counts}; {span_of(100 * share.low, 100 * share.high, language)})"
    figure = counts if share.of < FEW_PERSONS else figure
    usual = _usual_pain(baseline, language)
    if since is None:
        if ru:
            return f"«{place}»: жалуются {figure} из тех, кто об этом пишет; на другое — {usual}"
        return f"Of those who write of “{place}”, {figure} complain; of other things, {usual}"
    begun = day(since, language, year=True, short=False)
    if ru:
        return f"«{place}»: с {begun} жалуются {figure} написавших; раньше {usual}"
    return f"Since {begun}, {figure} of those who write complain about “{place}”; before that {usual}"


def _usual_pain(baseline: Baseline, language: Language) -> str:
    if baseline.of < FEW_PERSONS:
        return of_whole(round(baseline.value * baseline.of), baseline.of, language)
    of = "из" if language is Language.RU else "of"
    return f"{percent(baseline.value, language)} {of} {whole(baseline.of, language)}"


def _window(what: Told, language: Language) -> str:
    return duration(what.question.window_ms / 1000, language)


def _figure(what: Told, figure: Figure, language: Language) -> str:
    """The value with its people and its interval."""
    people = units(figure.of, what.unit, language)
    match what.question.asked:
        case Asked.WAITS:
            low, high = duration(figure.low, language), duration(figure.high, language)
            span = "" if low == high else f"; {low} – {high}"
            return f"{duration(figure.value, language)} ({people}{span})"
        case Asked.CIRCLES:
            return f"{_times(figure, language)} ({people}; {span_of(figure.low, figure.high, language)})"
        case _:
            counts = of_whole(figure.count or 0, figure.of, language)
            span = span_of(100 * figure.low, 100 * figure.high, language)
            return f"{percent(figure.value, language)} ({counts}; {span})"


def _times(figure: Figure, language: Language) -> str:
    return f"{decimal(figure.value, language)} {'раза' if language is Language.RU else 'times each'}"


def _when(what: Told, language: Language) -> str:
    if what.since is not None:
        since = day(what.since, language, year=True, short=False)
        return f", с {since}" if language is Language.RU else f", since {since}"
    return f", {period(what.facts.period, language)}" if what.dated else ""


def _compared(what: Told, language: Language) -> str:
    figure, ru = what.facts.baseline, language is Language.RU
    match what.question.asked:
        case Asked.WAITS:
            short = duration(figure.value, language)
        case Asked.CIRCLES:
            short = _times(figure, language)
        case _:
            counts = of_whole(figure.count or 0, figure.of, language)
            short = f"{percent(figure.value, language)} ({counts})"
    if what.facts.own_before:
        return f"раньше {short}" if ru else f"before that {short}"
    return f"у остальных {short}" if ru else f"the others: {short}"


def group_words(segment: Segment, language: Language) -> str:
    """The group as people would say it; a value that says little by itself is named with its property."""
    if not segment:
        return "У всех" if language is Language.RU else "For everybody"
    words = "; ".join(value_words(name, given, language) for name, given in _places_first(segment))
    return words[:1].upper() + words[1:]


def _places_first(segment: Segment) -> list[tuple[str, str | Sequence[str]]]:
    """Values that read as a circumstance («с телефона») come last."""
    return sorted(segment.items(), key=lambda item: str(item[1]).casefold() in GROUP_WORDS)


def value_words(name: str, given: str | Sequence[str], language: Language) -> str:
    """The values of one property; those that say little by themselves («Value 1», «до 500») stand after its name."""
    values = [given] if isinstance(given, str) else list(given)
    ranges = [range_words(value, language) for value in values]
    if all(ranges):
        return f"{property_words(name, language)}: {', '.join(one for one in ranges if one)}"
    said = [GROUP_WORDS.get(value.casefold(), {}).get(language, value) for value in values]
    joined = ", ".join(said)
    speaks = all(_speaks(value) for value in values) or name.casefold() in PLAIN_PROPERTIES
    return joined if speaks else f"{property_words(name, language)}: {joined}"


def property_words(name: str, language: Language) -> str:
    """What a property is called: «support_section» → «отдел поддержки»; a name that no list knows keeps its words."""
    plain = _NOT_WORDS.sub(" ", name.removeprefix("case:")).strip()
    return PROPERTY_WORDS.get(plain.casefold(), {}).get(language) or plain or name


def named_value(value: str) -> Text:
    """A channel or device standing alone: «paid_search» → «Реклама в поиске»; others stay as they are written."""
    words = VALUE_WORDS.get(value.casefold(), {})
    return Text(ru=words.get(Language.RU, value), en=words.get(Language.EN, value))


def _speaks(value: str) -> bool:
    """A value is words; short ones and those with a number are a system's codes, but for those that we put in words."""
    return value.casefold() in GROUP_WORDS or (len(value) > _SHORTEST and not any(sign.isdigit() for sign in value))
