"""Which class of a buying centre a job title speaks of: who pays, who checks, who uses.

The buying centre and its roles: Webster & Wind, “A General Model for Understanding Organizational Buying Behavior”,
Journal of Marketing 36 (1972); economic, technical and user buyers after Miller & Heiman, “Strategic Selling” (1985).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tropa.domain.buying import ECONOMIC, TECHNICAL, USER, BuyingClassSpec
from tropa.domain.text import Text
from tropa.texts.shipped import shipped
from tropa.texts.words import words_of

NONE = "none"
"""The key of what tells no class; never a class itself."""
_TIERS = ("ranks", "titles", "sure", "own")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that a title has to hold; `tier` and the number of words say how much they weigh."""

    words: tuple[str, ...]
    key: str
    tier: int
    place: int

    @property
    def weight(self) -> tuple[int, int, int]:
        """How much it tells: its kind, its length, how high its class stands."""
        return self.tier, len(self.words), -self.place

    def is_told_by(self, words: Sequence[str]) -> bool:
        """Whether the title holds all its words."""
        return all(any(_alike(word, wanted) for word in words) for wanted in self.words)


def buying_class(title: str, own: Sequence[BuyingClassSpec] = ()) -> str | None:
    """The key of the class that a job title tells, None where it tells none («не определено»).

    `own`: a company's own classes and words, which come before those that ship.
    """
    words = tuple(_spelt_out(word.text) for word in words_of(title))
    told = [phrase for phrase in (*_own_phrases(own), *_shipped_phrases()) if phrase.is_told_by(words)]
    if not told:
        return None
    best = max(told, key=lambda phrase: phrase.weight)
    return None if best.key == NONE else best.key


def class_name(key: str, own: Sequence[BuyingClassSpec] = ()) -> Text:
    """What people call a class: as the company says, else as tropa does, else its key."""
    for one in own:
        if one.key == key and one.name is not None:
            return one.name
    for shipped_one in shipped("buying_centre")["class"]:
        if shipped_one["key"] == key and "name" in shipped_one:
            return Text(ru=shipped_one["name"]["ru"], en=shipped_one["name"]["en"])
    return Text(ru=key, en=key)


def class_order(keys: Iterable[str], own: Sequence[BuyingClassSpec] = ()) -> tuple[str, ...]:
    """Keys of classes as people read them: who pays, who checks, who uses, then the others."""
    ranks = [ECONOMIC, TECHNICAL, USER, *(one.key for one in own)]
    return tuple(sorted(keys, key=lambda key: (ranks.index(key) if key in ranks else len(ranks), key)))


def _spelt_out(word: str) -> str:
    """A shortened or misspelt word as it is meant."""
    whole, begun = _spelling()
    if word in whole:
        return whole[word]
    return next((right + word[len(wrong) :] for wrong, right in begun if word.startswith(wrong)), word)


@cache
def _spelling() -> tuple[Mapping[str, str], tuple[tuple[str, str], ...]]:
    pairs = shipped("buying_centre")["spelling"].items()
    begun = tuple((wrong[:-1], right) for wrong, right in pairs if wrong.endswith("*"))
    return {wrong: right for wrong, right in pairs if not wrong.endswith("*")}, begun


@cache
def _shipped_phrases() -> tuple[_Phrase, ...]:
    return tuple(
        phrase
        for place, one in enumerate(shipped("buying_centre")["class"])
        for name in _TIERS
        for phrase in _phrases(one.get(name, ()), one["key"], _TIERS.index(name), place)
    )


def _own_phrases(own: Sequence[BuyingClassSpec]) -> Iterable[_Phrase]:
    for place, one in enumerate(own):
        yield from _phrases(one.titles, one.key, _TIERS.index("own"), place)


def _phrases(texts: Iterable[str], key: str, tier: int, place: int) -> Iterable[_Phrase]:
    for text in texts:
        words = tuple(_pattern_words(text))
        if words:
            yield _Phrase(words, key, tier, place)


def _pattern_words(text: str) -> Iterable[str]:
    for part in text.split():
        found = [word.text for word in words_of(part)]
        yield from found[:-1]
        yield from (f"{word}*" if part.endswith("*") else word for word in found[-1:])


def _alike(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
