"""Facts said in both languages at once."""

from collections.abc import Callable

from tropa.domain.evidence import FEW_PERSONS
from tropa.domain.text import Language, Text
from tropa.render.words import decimal, percent, units, whole
from tropa.stats.proportions import Proportion

_GENITIVES = {"person": ("клиента", "клиентов"), "case": ("заявки", "заявок"), "deal": ("сделки", "сделок")}


def in_both(say: Callable[[Language], str]) -> Text:
    """The same thing said in Russian and in English."""
    return Text(ru=say(Language.RU), en=say(Language.EN))


def of_units(count: int, unit: str, language: Language) -> str:
    """«из 6 412 клиентов», “of 6,412 customers”."""
    if language is Language.EN:
        return f"of {units(count, unit, language)}"
    one, many = _GENITIVES.get(unit, _GENITIVES["person"])
    return f"из {whole(count, language)} {one if count % 10 == 1 and count % 100 != 11 else many}"


def count_with_share(share: Proportion, language: Language) -> str:
    """«962 (15,0 %; 14,1–15,9)»; below 30 people the count alone."""
    count = whole(share.count, language)
    if share.of < FEW_PERSONS:
        return count
    low, high = (decimal(edge * 100, language) for edge in (share.low, share.high))
    return f"{count} ({percent(share.value, language)}; {low}–{high})"


def share_of(share: Proportion, language: Language) -> str:
    """«15,0 % (962 из 6 412)»; below 30 people «7 из 20»."""
    counts = f"{whole(share.count, language)} {'из' if language is Language.RU else 'of'} {whole(share.of, language)}"
    return counts if share.of < FEW_PERSONS else f"{percent(share.value, language)} ({counts})"


def full_stop(sentence: str) -> str:
    """The sentence with its full stop, one also after a shortened word: «за 5 мес.»."""
    return sentence if sentence.endswith(".") else f"{sentence}."


def lower_first(words: str) -> str:
    """A sentence that goes on after a colon."""
    return words if words[:2].isalpha() and words[:2].isupper() else words[:1].lower() + words[1:]
