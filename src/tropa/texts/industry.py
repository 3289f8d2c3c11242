"""Which industry texts speak of, told by the words that only one pack has."""

from collections import Counter
from collections.abc import Iterable
from functools import cache

from tropa.texts.lexicon import Lexicon, lexicon_of
from tropa.texts.packs import pack, pack_names
from tropa.texts.polarity import charge_of
from tropa.texts.shipped import shipped
from tropa.texts.words import folded, words_of

_EVERYWHERE = "company"
_FEWEST = 2  # texts that must speak the industry's words
_SHARE = 0.08
_AHEAD = 1.4  # times as many as of the next industry


def industry_of(texts: Iterable[str]) -> str | None:
    """The pack that most texts speak for; None where they are few, or two packs are nearly even.

    A text speaks for the pack of which it holds the most own words: a restaurant's guest also names what a hotel has.
    """
    texts = tuple(texts)
    heard: Counter[str] = Counter()
    for text in texts:
        words = tuple(words_of(text))
        if _lexicon().knows_any(words):
            heard.update(_loudest(Counter(hit.entry.owner for hit in _lexicon().find(words))))
    (first, most), (_, next_most) = (*heard.most_common(2), ("", 0), ("", 0))[:2]
    enough = most >= max(_FEWEST, _SHARE * len(texts)) and most >= _AHEAD * next_most
    return first if enough else None


def _loudest(heard: Counter[str]) -> list[str]:
    most = max(heard.values(), default=0)
    return [pack for pack, count in heard.items() if count == most]


def _judges(word: str) -> bool:
    """A word that only says how a thing is («быстрый») is said in every industry."""
    return " " not in word and bool(charge_of(folded(word), folded(word)).value)


@cache
def _lexicon() -> Lexicon:
    said = {
        name: {folded(word) for one in pack(name) if one.key != _EVERYWHERE for word in one.words if not _judges(word)}
        for name in pack_names()
    }
    packs = Counter(word for words in said.values() for word in words)
    signs = shipped("synonyms")["signs"]
    return lexicon_of(
        [(name, [*signs.get(name, ()), *sorted(word for word in said[name] if packs[word] == 1)]) for name in said]
    )
