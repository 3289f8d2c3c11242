"""Whether a clause praises or complains: a small lexicon with negation, unsure where words are few or mixed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tropa.texts.lexicon import Lexicon, lexicon_of
from tropa.texts.shipped import shipped, word_set
from tropa.texts.words import Word, lemmas, words_of

_SIGN = {"+": 1, "-": -1, "wish": -1}
_REACH = 3  # a negator denies a polar word among the next three


@dataclass(frozen=True, slots=True)
class _Polar:
    sign: int
    places: tuple[int, ...]
    is_wish: bool = False


def is_negative(text: str) -> bool | None:
    """True for a complaint, False for praise, None where the words do not tell or tell both."""
    return is_negative_of(text, tuple(words_of(text)))


def is_polar(word: str) -> bool:
    """Whether a folded word alone praises or complains."""
    return _lexicon().knows_any((Word(word, 0, len(word)),))


def is_negative_of(text: str, words: Sequence[Word]) -> bool | None:
    """The same, for a text whose words are at hand."""
    signs = [*_word_signs(words), *_emoji_signs(text)]
    total = sum(signs)
    if total == 0 or (min(signs) < 0 < max(signs) and abs(total) < 2):
        return None
    return total < 0


def _word_signs(words: Sequence[Word]) -> Iterator[int]:
    polar = _polar_words(words)
    if any(one.is_wish for one in polar):
        yield from (-1 for one in polar if one.sign < 0)
        return
    used = {place for one in polar for place in one.places}
    for one in polar:
        denied = len(one.places) == 1 and _is_denied(words, one.places[0], used)
        yield -one.sign if denied else one.sign


def _polar_words(words: Sequence[Word]) -> list[_Polar]:
    return [
        _Polar(_SIGN[hit.entry.owner], hit.places, hit.entry.owner == "wish")
        for hit in _lexicon().find(words)
        if hit.entry.owner in _SIGN
    ]


def _is_denied(words: Sequence[Word], place: int, used: set[int]) -> bool:
    for before in range(place - 1, max(-1, place - 1 - _REACH), -1):
        word = words[before].text
        parted = words[before + 1].start - words[before].end > 1  # more than a space: a comma, a dash, a quote
        if parted or before in used or word in word_set("sentiment", "undoers"):
            break
        if word in word_set("sentiment", "negators"):
            return True
    return _is_denied_after(words, place, used)


def _is_denied_after(words: Sequence[Word], place: int, used: set[int]) -> bool:
    """«Претензий нет», «проблем пока не было»: nouns of complaint are denied from behind."""
    if lemmas(words[place].text).isdisjoint(word_set("sentiment", "deniable")):
        return False
    after = range(place + 1, min(len(words), place + 1 + _REACH))
    return any(i not in used and words[i].text in word_set("sentiment", "negators") for i in after)


def _emoji_signs(text: str) -> Iterator[int]:
    happy, sad = _signs()
    if happy.search(text):
        yield 1
    if sad.search(text):
        yield -1


@cache
def _signs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = shipped("sentiment")
    return re.compile(f"[{lists['happy_signs']}]"), re.compile(f"[{lists['sad_signs']}]")


@cache
def _lexicon() -> Lexicon:
    lists = shipped("sentiment")
    positive = [
        *str(lists["positive_words"]).split(),
        *str(lists["english_positive"]).split(),
        *lists["positive_phrases"],
    ]
    negative = [
        *str(lists["negative_words"]).split(),
        *str(lists["english_negative"]).split(),
        *lists["negative_phrases"],
    ]
    return lexicon_of(
        [("neutral", lists["neutral_phrases"]), ("wish", lists["wishes"]), ("-", negative), ("+", positive)]
    )
