"""Words of a text, and the form under which one word is known in all its forms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_RUSSIAN = re.compile(r"[а-я]")
_LONGEST = 60  # a longer run of letters is no word
_LIKELY = 0.1  # readings of a Russian word that are rarer than this are left out
_DOUBLED = re.compile(r"([^aeiouls])\1$")
_STEMS_KEPT = frozenset(
    {
        "this",
        "is",
        "was",
        "has",
        "less",
        "address",
        "business",
        "access",
        "express",
        "yes",
        "plus",
        "care",
        "note",
        "site",
        "made",
        "fine",
        "plane",
    }
)


class Word(NamedTuple):
    """A word in small letters with ё as е; `start:end` are code points of the text it was found in."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a Russian word: its lemma, part of speech and grammemes, and how probable it is."""

    lemma: str
    part: str
    grammemes: frozenset[str]
    score: float


def folded(text: str) -> str:
    """Small letters, ё as е; as many code points as before."""
    small = text.lower()
    if len(small) != len(text):  # a few letters of other scripts grow when made small
        small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return small.replace("ё", "е").replace("’", "'")


def words_of(text: str) -> Iterator[Word]:
    """The words and numbers of a text, from left to right; a hyphen parts two words."""
    for found in _WORD.finditer(folded(text)):
        yield Word(found.group(), *found.span())


@cache
def _analyzer() -> Any:
    import pymorphy3  # noqa: PLC0415 - a quarter of a second, paid only where Russian is read

    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=200_000)
def readings(word: str) -> tuple[Reading, ...]:
    """How a Russian word can be read, the likeliest first (pymorphy3, OpenCorpora's dictionary)."""
    if len(word) > _LONGEST:
        return (Reading(word, "NOUN", frozenset(), 1.0),)
    return tuple(
        Reading(folded(one.normal_form), str(one.tag.POS or ""), frozenset(one.tag.grammemes), float(one.score))
        for one in _analyzer().parse(word)
    )


@lru_cache(maxsize=200_000)
def is_known(word: str) -> bool:
    """Whether the Russian dictionary has the word, or it is not Russian."""
    return not is_russian(word) or (len(word) <= _LONGEST and bool(_analyzer().word_is_known(word)))


@lru_cache(maxsize=50_000)
def inflected(word: str, part: str, *grammemes: str) -> str | None:
    """A Russian word read as this part of speech, in the form that has these grammemes; None where it has none.

    The letter ё is written. Grammemes are OpenCorpora's («nomn», «plur», «femn»).
    """
    for one in _analyzer().parse(word):
        if part == one.tag.POS and (form := one.inflect(frozenset(grammemes))) is not None:
            return str(form.word)
    return None


def is_russian(word: str) -> bool:
    """Whether a folded word is written in Russian letters."""
    return bool(_RUSSIAN.search(word))


@lru_cache(maxsize=200_000)
def lemmas(word: str) -> frozenset[str]:
    """The forms under which a folded word is looked up: Russian lemmas, or one English stem."""
    if not is_russian(word):
        return frozenset({english_stem(word)})
    likely = [one.lemma for one in readings(word) if one.score >= _LIKELY]
    return frozenset(likely) or frozenset({word})


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """The likeliest of the lemmas of a folded word."""
    return readings(word)[0].lemma if is_russian(word) else english_stem(word)


def english_stem(word: str) -> str:
    """A light stem: plural, past and -ing endings off («deliveries» and «delivery» meet)."""
    word = word.removesuffix("'s")
    if len(word) <= 3 or word in _STEMS_KEPT:
        return word
    for ending, instead in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not (ending == "s" and word.endswith("ss")):
            cut = word.removesuffix(ending) + instead
            single = _DOUBLED.sub(r"\1", cut) if ending in {"ing", "ed"} and len(cut) > 3 else cut
            return _without_e(single)
    return _without_e(word)


def _without_e(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("e") else word
