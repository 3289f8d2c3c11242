"""Which words of an event's name tell what it is about: names that share one are kin."""

from functools import cache, lru_cache

from tropa.texts.event_names import spoken_words
from tropa.texts.shipped import shipped
from tropa.texts.touchpoints import PALE
from tropa.texts.words import folded, is_russian, lemmas, readings

_SHORTEST = 3
_NOUN = "NOUN"


@lru_cache(maxsize=20_000)
def telling_words(name: str) -> frozenset[str]:
    """The things that a name speaks of; what was done to them («создан», “viewed”) says nothing of the stage."""
    found = set()
    for spoken in spoken_words(name):
        word = folded(spoken)
        if len(word) < _SHORTEST or any(sign.isdigit() for sign in word):
            continue
        if is_russian(word):
            reading = readings(word)[0]
            found |= {reading.lemma} if reading.part == _NOUN else set()
            continue
        forms = lemmas(word) | {word}
        if forms.isdisjoint(PALE) and forms.isdisjoint(_doings()):
            found.add(min(forms, key=lambda form: (len(form), form)))
    return frozenset(found)


@cache
def _doings() -> frozenset[str]:
    lists = shipped("events")
    return frozenset(lists["actions"]) | frozenset(lists["states"])
