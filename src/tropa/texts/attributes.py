"""The words of a clause that qualify what it speaks of."""

from collections.abc import Iterator, Sequence
from functools import cache

from tropa.texts.sentiment import is_polar
from tropa.texts.shipped import shipped
from tropa.texts.words import Word, folded, is_russian, readings

_QUALIFYING = frozenset({"ADJF", "ADJS", "ADVB", "PRTF", "PRTS", "COMP", "PRED"})
_NO_QUALITY = frozenset({"Apro", "Anum", "Dmns", "Ques", "Subx"})
_DENIED = frozenset({"не", "ни", "not", "isn't", "wasn't", "aren't", "weren't", "never"})
_MOST = 6


def attributes_of(words: Sequence[Word]) -> tuple[str, ...]:
    """Adjectives, participles and adverbs in the form of a dictionary («быстрый», «не вежливо»), in the text's order.

    Russian words are told by their part of speech; English ones are those that praise or blame. At most six.
    """
    found = dict.fromkeys(_qualities(words))
    return tuple(found)[:_MOST]


def _qualities(words: Sequence[Word]) -> Iterator[str]:
    for place, word in enumerate(words):
        quality = _quality(word.text)
        if quality is not None:
            denied = place > 0 and words[place - 1].text in _DENIED
            yield f"{words[place - 1].text} {quality}" if denied else quality


@cache
def _quality(word: str) -> str | None:
    if not is_russian(word):
        return word if len(word) > 2 and is_polar(word) else None
    first = readings(word)[0]
    if first.part not in _QUALIFYING or first.grammemes & _NO_QUALITY or first.lemma in _idle() or word in _idle():
        return None
    if first.part == "COMP":
        return word
    return first.lemma if first.part not in {"PRTF", "PRTS"} else _participle(word)


def _participle(word: str) -> str:
    """A participle's lemma is its verb: it stays as it was said."""
    return word


@cache
def _idle() -> frozenset[str]:
    return frozenset(folded(word) for word in shipped("statements")["no_attributes"])
