"""A graded lexicon of polarity and emotion: words and phrases with a value −2…+2 and the feelings they carry."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tropa.domain.opinion import EMOTIONS
from tropa.texts.words import is_russian, lemma, words_of

_LETTERS = {emotion[0]: emotion for emotion in EMOTIONS if emotion != "surprise"} | {"u": "surprise"}


@dataclass(frozen=True, slots=True)
class Charge:
    """How a word feels by itself: −2…+2, and the emotions it names."""

    value: float = 0.0
    emotions: tuple[str, ...] = ()


_NOTHING = Charge()


def charge_of(word: str, basic: str) -> Charge:
    """The charge of a folded word by its form, then by its lemma."""
    known = _lexicon().words
    return known.get(word) or known.get(basic) or _NOTHING


def phrase_charges(lemmas: Sequence[str]) -> Iterator[tuple[tuple[int, ...], Charge]]:
    """Known phrases among lemmas in their order: the places of their words, and the charge."""
    starts = _lexicon().phrases
    place = 0
    while place < len(lemmas):
        for phrase, charge in starts.get(lemmas[place], ()):
            if tuple(lemmas[place : place + len(phrase)]) == phrase:
                yield tuple(range(place, place + len(phrase))), charge
                place += len(phrase) - 1
                break
        place += 1


@dataclass(frozen=True, slots=True)
class _Polarity:
    words: Mapping[str, Charge]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Charge], ...]]


@cache
def _lexicon() -> _Polarity:
    """data/polarity.txt: lines of «value letters: word, word, a phrase of words»."""
    words: dict[str, Charge] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Charge]]] = defaultdict(list)
    written = files("tropa.texts").joinpath("data", "polarity.txt").read_text(encoding="utf-8")
    for line in written.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        head, _, listed = line.partition(":")
        value, _, letters = head.strip().partition(" ")
        charge = Charge(float(value), tuple(_LETTERS[letter] for letter in letters))
        for said in listed.split(","):
            forms = [word.text for word in words_of(said)]
            if len(forms) == 1:
                words.setdefault(forms[0] if is_russian(forms[0]) else lemma(forms[0]), charge)
                words.setdefault(lemma(forms[0]), charge)
            elif forms:
                parts = tuple(lemma(form) for form in forms)
                phrases[parts[0]].append((parts, charge))
    longest_first = {first: tuple(sorted(several, key=lambda one: -len(one[0]))) for first, several in phrases.items()}
    return _Polarity(words, longest_first)
