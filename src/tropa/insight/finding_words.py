"""A finding in words: for whom, where, how many of how many, since when, and what is usual."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tropa.domain.finding import FindingKind
from tropa.domain.text import Language, Text
from tropa.insight.data_words import GROUP_WORDS, PLAIN_PROPERTIES
from tropa.insight.figures import Facts, Figure
from tropa.insight.questions import Asked, Question

MONTHS: Final = {
    Language.RU: "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    Language.EN: "January February March April May June July August September October November December".split(),
}
ALL: Final = {Language.RU: "Все", Language.EN: "Everybody"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is to be told."""

    kind: FindingKind
    question: Question
    segment: Mapping[str, str | Sequence[str]]
    start: Text
    end: Text
    facts: Facts
    since: date | None
    lasted: bool


def told(what: Told) -> Text:
    """The sentence in both languages."""
    return Text(ru=_sentence(what, Language.RU), en=_sentence(what, Language.EN))


def _sentence(what: Told, language: Language) -> str:
    who = group_words(what.segment, language)
    start, end = (quoted(one.said_in(language), language) for one in (what.start, what.end))
    ru = language is Language.RU
    figure = _figure(what.question.asked, what.facts.figure, language)
    match what.question.asked:
        case Asked.GOES_ON:
            claim = f"от шага {start} до шага {end} доходят {figure}" if ru else f"{figure} get from {start} to {end}"
        case Asked.WAITS:
            claim = (
                f"от {start} до {end} ждут обычно {figure}"
                if ru
                else f"the usual wait from {start} to {end} is {figure}"
            )
        case Asked.CIRCLES:
            claim = (
                f"ходят по кругу между {start} и {end}: возвращаются {figure}"
                if ru
                else f"they go round between {start} and {end}: back {figure}"
            )
        case Asked.RETURNS:
            term = window_words(what.question.window_ms, language)
            claim = f"снова приходят за {term} {figure}" if ru else f"{figure} come back within {term}"
        case Asked.MEETS:
            claim = f"после {start} шаг {end} бывает у {figure}" if ru else f"after {start}, {end} reaches {figure}"
        case Asked.NEEDS_HELP:
            claim = f"после {start} до {end} доходят {figure}" if ru else f"after {start}, {figure} turn to {end}"
    return f"{who}: {claim}{_when(what, language)}; {_compared(what, language)}"


def _figure(asked: Asked, figure: Figure, language: Language) -> str:
    ru = language is Language.RU
    match asked:
        case Asked.WAITS:
            people = f"{whole(figure.of, language)} чел." if ru else f"{whole(figure.of, language)} people"
            span = f"{duration(figure.low, language)} – {duration(figure.high, language)}"
            return f"{duration(figure.value, language)} ({people}; {span})"
        case Asked.CIRCLES:
            times = "раза" if ru else "times a person"
            people = f"{whole(figure.of, language)} чел." if ru else f"{whole(figure.of, language)} people"
            numbers = [decimal(one, 1, language) for one in (figure.value, figure.low, figure.high)]
            return f"{numbers[0]} {times} ({people}; {numbers[1]}–{numbers[2]})"
        case _:
            numbers = [decimal(100 * one, 1, language) for one in (figure.value, figure.low, figure.high)]
            of = "из" if ru else "of"
            count = f"{whole(figure.count or 0, language)} {of} {whole(figure.of, language)}"
            percent = "\u00a0%" if ru else "%"
            return f"{numbers[0]}{percent} ({count}; {numbers[1]}–{numbers[2]})"


def _short(asked: Asked, figure: Figure, language: Language) -> str:
    match asked:
        case Asked.WAITS:
            return duration(figure.value, language)
        case Asked.CIRCLES:
            return decimal(figure.value, 1, language) + (" раза" if language is Language.RU else " times")
        case _:
            of = "из" if language is Language.RU else "of"
            share = decimal(100 * figure.value, 1, language) + ("\u00a0%" if language is Language.RU else "%")
            return f"{share} ({whole(figure.count or 0, language)} {of} {whole(figure.of, language)})"


def _when(what: Told, language: Language) -> str:
    ru = language is Language.RU
    if what.since is not None:
        return f", с {day_words(what.since, language)}" if ru else f", since {day_words(what.since, language)}"
    if what.lasted:
        return ""
    start, end = (day_words(one, language) for one in (what.facts.period.start, what.facts.period.end))
    return f", {start} – {end}"


def _compared(what: Told, language: Language) -> str:
    short = _short(what.question.asked, what.facts.baseline, language)
    if what.facts.own_before:
        return f"раньше {short}" if language is Language.RU else f"before that {short}"
    return f"у остальных {short}" if language is Language.RU else f"the others {short}"


def group_words(segment: Mapping[str, str | Sequence[str]], language: Language) -> str:
    """The group as people would say it; a value that says little by itself is named with its property."""
    if not segment:
        return ALL[language]
    parts = []
    for name, given in segment.items():
        values = [given] if isinstance(given, str) else list(given)
        said = [GROUP_WORDS.get(value.casefold(), {}).get(language, value) for value in values]
        joined = (" и " if language is Language.RU else " and ").join(said) if len(said) < 3 else ", ".join(said)
        speaks = all(len(value) > 3 and not value.isdigit() for value in values) or name.casefold() in PLAIN_PROPERTIES
        parts.append(joined if speaks else f"{name} = {joined}")
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def quoted(words: str, language: Language) -> str:
    """A name in the language's quotation marks."""
    return f"«{words}»" if language is Language.RU else f"“{words}”"


def day_words(day: date, language: Language) -> str:
    """A day as people write it: 12 марта 2025."""
    return f"{day.day}\u00a0{MONTHS[language][day.month - 1]} {day.year}"


def whole(number: int, language: Language) -> str:
    """A whole number with its thousands apart."""
    return f"{number:,}".replace(",", "\u00a0" if language is Language.RU else ",")


def decimal(number: float, places: int, language: Language) -> str:
    """A number with so many decimals and the language's decimal mark."""
    text = f"{number:.{places}f}"
    return text.replace(".", ",") if language is Language.RU else text


_SPANS: Final = ((86_400, "д.", "d"), (3_600, "ч", "h"), (60, "мин", "min"), (1, "с", "s"))


def duration(seconds: float, language: Language) -> str:
    """A time in its largest fitting unit, to one decimal below ten."""
    for size, ru, en in _SPANS:
        if seconds >= size or size == 1:
            number = seconds / size
            text = decimal(number, 1 if number < 10 else 0, language)
            text = text.removesuffix(",0").removesuffix(".0")
            return f"{text}\u00a0{ru if language is Language.RU else en}"
    return ""


def window_words(milliseconds: int, language: Language) -> str:
    """A window as people say it."""
    return duration(milliseconds / 1000, language)
