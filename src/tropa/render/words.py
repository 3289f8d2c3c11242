"""Numbers, times, dates and texts as readers of each language write them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from math import floor, log10

from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.period import Period
from tropa.domain.text import Language, Text
from tropa.render.data_labels import CURRENCY_DIGITS, CURRENCY_SIGNS, LABELS, MONTHS, PLURALS, UNIT_NOUNS

_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
NBSP = "\u00a0"
MINUS = "−"
_MILLION = 1_000_000
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
# a space that no line ends with: before thousands, units and dashes, after № and after words of one or two letters
_TIED = re.compile(
    r" (?:(?<=\d )(?=\d{3}(?:\D|$)|[%₽€$£]|п\.п\.|млн|тыс|млрд|чел)|(?<=[№§] )(?=\d)|(?=[—–·›] )"
    r"|(?<=(?<![\w\u00a0])[а-яёА-ЯЁ] )(?=\S)|(?<=(?<![\w\u00a0])[а-яёА-ЯЁ]{2} )(?=\S))"
)


def label(key: str, language: Language) -> str:
    """A word of the interface."""
    return LABELS[key][0 if language is Language.RU else 1]


def label_text(key: str) -> Text:
    """A word of the interface in both languages."""
    return Text(ru=LABELS[key][0], en=LABELS[key][1])


@lru_cache(maxsize=4_096)
def fine(words: str) -> str:
    """The words with no-break spaces where a line must not end."""
    return _TIED.sub(NBSP, words)


# Golos Text has no arrows, and signs from another font look foreign
_FOREIGN = str.maketrans({"→": "›", "⇒": "›", "←": "‹", "⇐": "‹", "↔": "–", "⟶": "›", "≈": "~"})


def in_quotes(words: str) -> str:
    """The words in the quotes of their own language, with those inside them as quotes of the second order."""
    first, second = (("«", "»"), ("„", "“")) if _CYRILLIC.search(words) else (("“", "”"), ("‘", "’"))
    inside = words.replace(first[0], second[0]).replace(first[1], second[1])
    return f"{first[0]}{inside}{first[1]}"


def drawable(words: str) -> str:
    """The words with signs that our font has in place of those that it lacks."""
    return words.translate(_FOREIGN)


def whole(value: float, language: Language) -> str:
    """A whole number: 41 208 in Russian (from 10 000 on and below alike), 41,208 in English."""
    grouped = f"{abs(round(value)):,}"
    sign = MINUS if round(value) < 0 else ""
    return sign + (grouped.replace(",", NBSP) if language is Language.RU else grouped)


def decimal(value: float, language: Language, digits: int = 1) -> str:
    """A number with so many digits after the point, none where they are zero."""
    rounded = round(abs(value), digits)
    if rounded == floor(rounded) or digits == 0:
        return whole(value, language)
    head = whole(floor(rounded), language)
    tail = f"{rounded:.{digits}f}".split(".")[1]
    sign = MINUS if value < 0 else ""
    return f"{sign}{head}{',' if language is Language.RU else '.'}{tail}"


def signed(value: float, language: Language) -> str:
    """A number with its sign, such as an emotion from −2 to +2."""
    return f"{'+' if value > 0 else ''}{decimal(value, language)}"


def _tenths(value: float, language: Language) -> str:
    """One digit after the point, zero too."""
    sign = MINUS if round(value, 1) < 0 else ""
    head, tail = f"{abs(value):.1f}".split(".")
    return f"{sign}{whole(int(head), language)}{',' if language is Language.RU else '.'}{tail}"


def span_of(low: float, high: float, language: Language) -> str:
    """Two ends of an interval with the same number of digits: 35,0–38,6."""
    if round(low, 1) == round(low) and round(high, 1) == round(high):
        return f"{whole(low, language)}–{whole(high, language)}"
    return f"{_tenths(low, language)}–{_tenths(high, language)}"


def percent(share: float, language: Language, digits: int = 1) -> str:
    """A share as per cent; its denominator stands beside it, always."""
    gap = NBSP if language is Language.RU else ""
    return f"{decimal(share * 100, language, digits)}{gap}%"


def points(difference: float, language: Language) -> str:
    """A difference of two shares in percentage points, with its sign."""
    sign = "+" if difference > 0 else ""
    return f"{sign}{decimal(difference * 100, language)}{NBSP}{'п.п.' if language is Language.RU else 'pp'}"


def of_whole(count: float, of: float, language: Language) -> str:
    """So many of so many: 2 094 из 5 236."""
    return f"{whole(count, language)} {label('of', language)}{NBSP}{whole(of, language)}"


def share(count: int, of: int, language: Language, digits: int = 1) -> str:
    """A share in words: per cent with its denominator, only the counts below 30 people."""
    counts = of_whole(count, of, language)
    return counts if of < FEW_PERSONS else f"{percent(count / of, language, digits)}, {counts}"


def plural(count: float, key: str, language: Language) -> str:
    """The form of a counted word that fits the number."""
    russian, english = PLURALS[key]
    if language is Language.EN:
        return english[0] if count == 1 else english[1]
    if count != floor(count):
        return russian[1]
    tens, ones = int(count) % 100, int(count) % 10
    if ones == 1 and tens != 11:
        return russian[0]
    return russian[1] if 2 <= ones <= 4 and not 12 <= tens <= 14 else russian[2]


def counted(count: float, key: str, language: Language) -> str:
    """A number with its word: 143 голоса."""
    return f"{whole(count, language)}{NBSP}{plural(count, key, language)}"


def units(count: float, unit: str, language: Language) -> str:
    """So many of what the map follows: people or cases."""
    return counted(count, UNIT_NOUNS.get(unit, "person"), language)


def duration(seconds: float, language: Language) -> str:
    """A time in round words: 30 с, 6 мин, 9 ч, 5,2 дня, 4 мес."""
    if seconds < 90:
        return f"{whole(seconds, language)}{NBSP}{label('unit.second', language)}"
    if seconds < 90 * _MINUTE:
        return f"{whole(seconds / _MINUTE, language)}{NBSP}{label('unit.minute', language)}"
    if seconds < 36 * _HOUR:
        hours = seconds / _HOUR
        return f"{decimal(hours, language, 0 if hours >= 10 else 1)}{NBSP}{label('unit.hour', language)}"
    days = seconds / _DAY
    if days < 120:
        shown = round(days, 0 if days >= 10 else 1)
        return f"{decimal(shown, language)}{NBSP}{plural(shown, 'day', language)}"
    return f"{whole(days / 30.44, language)}{NBSP}{label('unit.month', language)}"


def money(minor: float, currency: str | None, language: Language) -> str:
    """An amount of money from minor units: 1 480 ₽, 1,26 млн ₽."""
    amount = minor / 10 ** CURRENCY_DIGITS.get(currency or "", 2)
    sign = CURRENCY_SIGNS.get(currency or "", currency or "")
    if abs(amount) >= _MILLION:
        number, scale = decimal(amount / _MILLION, language, 2), NBSP + label("million", language)
    else:
        number, scale = whole(amount, language), ""
    if language is Language.EN and len(sign) == 1:
        return f"{MINUS if amount < 0 else ''}{sign}{number.lstrip(MINUS)}{scale}"
    return f"{number}{scale}{NBSP}{sign}".rstrip(NBSP)


def amount(value: float, unit: Unit, language: Language, currency: str | None = None) -> str:
    """A figure in its unit."""
    match unit:
        case Unit.SHARE:
            return percent(value, language)
        case Unit.SECONDS:
            return duration(value, language)
        case Unit.MONEY:
            return money(value, currency, language)
        case Unit.PERSONS | Unit.EVENTS:
            return whole(value, language)
        case Unit.SCORE | Unit.RATIO:
            return decimal(value, language, 2 if abs(value) < 10 else 1)


def interval(low: float, high: float, unit: Unit, language: Language, currency: str | None = None) -> str:
    """An interval: 38,7–41,3 %."""
    if unit is Unit.SHARE:
        gap = NBSP if language is Language.RU else ""
        return f"{span_of(low * 100, high * 100, language)}{gap}%"
    return f"{amount(low, unit, language, currency)} – {amount(high, unit, language, currency)}"


def day(value: date, language: Language, *, year: bool = False, short: bool = True) -> str:
    """A date: 14 окт, 14 октября 2025."""
    names = MONTHS[language][1 if short else 0]
    tail = f"{NBSP}{value.year}" if year else ""
    return f"{value.day}{NBSP}{names[value.month - 1]}{tail}"


def period(value: Period, language: Language, *, short: bool = True) -> str:
    """Two days and the years they need: 1 авг – 31 окт 2025."""
    last = day(value.end, language, year=True, short=short)
    if value.start == value.end:
        return last
    if (value.start.year, value.start.month) == (value.end.year, value.end.month):
        return f"{value.start.day}–{last}"
    first = day(value.start, language, year=value.start.year != value.end.year, short=short)
    return f"{first} – {last}"


def group(segment: Mapping[str, str | Sequence[str]] | None, language: Language) -> str:
    """A segment in words: its values, joined."""
    if not segment:
        return label("everybody", language)
    values = [[value] if isinstance(value, str) else list(value) for value in segment.values()]
    return " × ".join(", ".join(_group_name(one, language) for one in value) for value in values)


def _group_name(value: str, language: Language) -> str:
    """A class of buyers as people call it, anything else as the data do."""
    return label(f"buyer.{value}", language) if f"buyer.{value}" in LABELS else value


def round_step(span: float) -> float:
    """A round distance (1, 2 or 5 times a power of ten) that cuts the span into two to five parts."""
    if span <= 0:
        return 1.0
    power = float(10 ** floor(log10(span / 2)))
    return next((step * power for step in (1, 2, 5, 10) if span / (step * power) <= 5), 10 * power)
