"""Phrases of the report: its own words, shares with their denominators, people and months."""

from collections.abc import Callable
from datetime import date
from functools import partial

from tropa.domain.evidence import Unit
from tropa.domain.hearing import Share
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.data_labels import MONTHS
from tropa.render.data_voice import VOICE_WORDS
from tropa.render.page.markup import Markup, both, named, said

_MONTHS_ALONE = (
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
)


def voice_word(key: str, language: Language) -> str:
    """A word of the report."""
    return VOICE_WORDS[key][0 if language is Language.RU else 1]


def voice_text(key: str) -> Text:
    """A word of the report in both languages."""
    return Text(ru=VOICE_WORDS[key][0], en=VOICE_WORDS[key][1])


def term(key: str) -> Markup:
    """A word of the report as markup."""
    return said(voice_text(key))


def name_of(key: str) -> dict[str, str]:
    """An accessible name from the report's words."""
    return named(voice_text(key))


def in_each(ru: Callable[[], str], en: Callable[[], str]) -> Markup:
    """A sentence that is made anew for each language."""
    return both(lambda language: ru() if language is Language.RU else en())


def percent_or_count(share: Share, language: Language) -> str:
    """38 % from 30 people on, below «7 из 20»."""
    return (
        words.of_whole(share.count, share.of, language) if share.is_small else words.percent(share.value, language, 0)
    )


def full_share(share: Share, language: Language) -> str:
    """143 из 380 (38 %; 33–43 %): a share never stands without its denominator."""
    counts = words.of_whole(share.count, share.of, language)
    if share.is_small:
        return counts
    told = words.percent(share.value, language, 0)
    return f"{counts} ({told}; {interval_of(share, language)})"


def interval_of(share: Share, language: Language) -> str:
    """33–43 %."""
    low, high = round(share.low * 100) / 100, round(share.high * 100) / 100
    return words.interval(low, high, Unit.SHARE, language)


def month_name(month: date, language: Language, *, year: bool = True) -> str:
    """май 2026, May 2026."""
    name = _MONTHS_ALONE[month.month - 1] if language is Language.RU else MONTHS[language][0][month.month - 1]
    return f"{name}{words.NBSP}{month.year}" if year else name


def short_month(month: date, language: Language) -> str:
    """май, May; January with its year."""
    name = _MONTHS_ALONE[month.month - 1][:3] if language is Language.RU else MONTHS[language][1][month.month - 1]
    return f"{name}{words.NBSP}{month.year}" if month.month == 1 else name


def whole(count: float) -> Markup:
    """A whole number."""
    return both(partial(words.whole, count))


def mark(value: float, language: Language) -> str:
    """A mark with one digit after the point."""
    text = f"{abs(value):.1f}"
    return ("−" if value < -0.05 else "") + (text.replace(".", ",") if language is Language.RU else text)


def signed_mark(value: float, language: Language) -> str:
    """The same with its sign."""
    return f"{'+' if value >= 0.05 else ''}{mark(value, language)}"
