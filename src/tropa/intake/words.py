"""Column names as words, and how well they fit what a lexicon says."""

import re
from collections.abc import Sequence
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-zа-яё\d])(?=[A-ZА-ЯЁ])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[a-zа-яё]+|\d+|[#№₽$€]")
_PREFIXES = (("ym", "s"), ("ym", "pv"))
_GLUED = re.compile(
    r"(client|customer|user|person|visitor|visit|order|request|deal|lead|ticket|session|call|tran|transaction|event|product|"
    r"contact|account|device|message|payment|invoice|review|member|cookie|case|booking|form|campaign)(id|name|date|number|type|status)"
)
_SYNONYM = {"№": "номер", "#": "номер", "ё": "е", "number": "number", "no": "no"}


@lru_cache(maxsize=8192)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in lower case: "ym:s:clientID" → client, id; «Дата создания» → дата, создания."""
    plain = name.replace("ё", "е").replace("Ё", "Е")
    plain = re.sub(r"([A-Z]{2,})s\b", r"\1", plain)
    found = _WORD.findall(_CAMEL.sub(" ", plain).lower())
    words = [_SYNONYM.get(part, part) for word in found for part in _parted(word)]
    for prefix in _PREFIXES:
        if tuple(words[: len(prefix)]) == prefix and len(words) > len(prefix):
            words = words[len(prefix) :]
    return tuple(words)


def _parted(word: str) -> tuple[str, ...]:
    """Words that exports glue together: orderid → order, id."""
    glued = _GLUED.fullmatch(word)
    return (glued[1], glued[2]) if glued else (word,)


@lru_cache(maxsize=65536)
def fits(words: tuple[str, ...], phrase: str) -> bool:
    """Whether the phrase's words stand in a row somewhere in the name; a trailing * lets a word end in any way."""
    wanted = phrase.split()
    return any(_same(words[start : start + len(wanted)], wanted) for start in range(len(words) - len(wanted) + 1))


@lru_cache(maxsize=65536)
def fit(words: tuple[str, ...], phrases: tuple[str, ...], *, filler: frozenset[str] = frozenset()) -> float:
    """How much of a name the best phrase covers: 1 = the whole name, 0 = no phrase stands in it.

    `filler` words of the name do not count against it.
    """
    best = 0.0
    for phrase in phrases:
        if fits(words, phrase):
            wanted = phrase.split()
            other = [word for word in words if word not in filler and not any(_alike(word, one) for one in wanted)]
            best = max(best, len(wanted) / (len(wanted) + 0.7 * len(other)))
    return best


@lru_cache(maxsize=65536)
def fits_any(words: tuple[str, ...], phrases: tuple[str, ...]) -> bool:
    """Whether any of the phrases stands in the name."""
    return any(fits(words, phrase) for phrase in phrases)


def _same(words: Sequence[str], wanted: Sequence[str]) -> bool:
    return all(_alike(word, one) for word, one in zip(words, wanted, strict=True))


def _alike(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
