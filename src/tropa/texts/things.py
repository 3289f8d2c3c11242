"""Things: the nouns that a clause praises, blames or asks for, and the adjectives that agree with them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tropa.texts.shipped import word_set
from tropa.texts.words import Reading, Word, english_stem, inflected, is_known, is_russian, readings

_CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
_GENDERS = frozenset({"masc", "femn", "neut"})
_NO_THING = frozenset({"Name", "Surn", "Patr", "Geox", "Abbr", "Init", "Orgn"})
_ADJECTIVES = frozenset({"ADJF", "PRTF", "ADJS", "PRTS"})
_FULL = frozenset({"ADJF", "PRTF"})
_LIKELY = 0.2
_DETERMINERS = frozenset({"the", "my", "our", "their", "your", "his", "her", "its", "a", "an", "this", "that", "no"})
_COPULAS = frozenset({"is", "was", "were", "are", "isn't", "wasn't", "weren't", "aren't", "arrived", "came", "keeps"})
_PLACES = frozenset({"in", "on", "at", "from", "with", "by", "to", "into", "near"})  # what stands behind is no subject
_NEAR = 4  # words between a noun and what is said of it


@dataclass(frozen=True, slots=True)
class Thing:
    """A noun: its dictionary form (with a noun in the genitive behind it where it needs one), at `place`."""

    lemma: str
    place: int
    plural: bool
    subject: bool  # it stands in the nominative; English nouns may all be subjects
    last: int

    def distance(self, places: Sequence[int]) -> int:
        """How many words away something is."""
        return min(min(abs(self.place - one), abs(self.last - one)) for one in places)


@dataclass(frozen=True, slots=True)
class Adjective:
    """An adjective in its dictionary form that agrees with the thing."""

    lemma: str
    place: int
    thing: Thing


def things_in(words: Sequence[Word], known: frozenset[str] = frozenset()) -> tuple[Thing, ...]:
    """The things of a clause, from left to right; English words of `known` are things wherever they stand."""
    return tuple(_things(words, known))


def _things(words: Sequence[Word], known: frozenset[str]) -> Iterator[Thing]:
    skip = -1
    for place, word in enumerate(words):
        if place <= skip or len(word.text) < 3 or word.text.isdigit():
            continue
        if is_russian(word.text):
            thing = _russian(words, place)
            if thing is not None:
                skip = thing.last
                yield thing
        elif (english := _english(words, place, known)) is not None:
            yield english


@lru_cache(maxsize=100_000)
def noun_of(word: str) -> Reading | None:
    """The reading as a thing's name; None for other words, for names of people and places, and for empty nouns."""
    if not is_russian(word):
        return None
    told = [one for one in readings(word) if one.score >= _LIKELY]
    if not told or told[0].part != "NOUN" or told[0].grammemes & _NO_THING:
        return None
    if any(one.part in {"NPRO", "PREP", "CONJ", "PRCL", "INTJ"} for one in told):
        return None
    return told[0]


def _russian(words: Sequence[Word], place: int) -> Thing | None:
    noun = noun_of(words[place].text)
    if noun is None or noun.lemma in word_set("themes", "no_things_ru"):
        return None
    lemma = noun.lemma if is_known(words[place].text) else words[place].text
    last = place
    if lemma in word_set("themes", "containers") and (behind := _genitive_after(words, place)) is not None:
        lemma, last = f"{lemma} {words[behind].text}", behind
    own = [one.grammemes for one in readings(words[place].text) if one.part == "NOUN" and one.lemma == noun.lemma]
    plural = "plur" in noun.grammemes
    return Thing(lemma, place, plural, any("nomn" in one for one in own), last)


def _genitive_after(words: Sequence[Word], place: int) -> int | None:
    after = place + 1
    if after >= len(words) or words[after].start - words[place].end > 1:
        return None
    noun = noun_of(words[after].text)
    if noun is None or noun.lemma in word_set("themes", "no_things_ru"):
        return None
    return after if any("gent" in one.grammemes for one in readings(words[after].text)) else None


def _english(words: Sequence[Word], place: int, known: frozenset[str]) -> Thing | None:
    """A noun by its neighbours: after a determiner (an adjective may stand between), or before is, was, arrived."""
    word = words[place].text
    stem = english_stem(word)
    if not {word, stem}.isdisjoint(word_set("themes", "no_things_en")) or word in _DETERMINERS or len(word) < 3:
        return None
    after = words[place + 1].text if place + 1 < len(words) else ""
    ends = place + 1 >= len(words) or words[place + 1].start - words[place].end > 1
    before = [words[one].text for one in range(max(0, place - 2), place)]
    verb = after in _COPULAS
    alone = place == 0 or words[place].start - words[place - 1].end > 1 or ends
    behind = bool(before) and (before[-1] in _DETERMINERS or (len(before) == 2 and before[0] in _DETERMINERS))
    if not (
        verb
        or (word in known and (alone or behind))
        or (behind and (ends or after in word_set("themes", "after_things_en") or after in _COPULAS))
    ):
        return None
    if word.endswith(("ly", "ing", "ed")):
        return None
    one = _singular(word)
    within = not _PLACES.isdisjoint(words[one].text for one in range(max(0, place - 3), place))
    return Thing(one, place, plural=one != word, subject=verb or not within, last=place)


def _singular(word: str) -> str:
    """«boxes» → «box», «ponies» → «pony», «pictures» → «picture»."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("shes", "ches", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@lru_cache(maxsize=100_000)
def _adjective(word: str) -> Reading | None:
    told = [one for one in readings(word) if one.score >= _LIKELY]
    found = next((one for one in told if one.part in _ADJECTIVES), None)
    if found is None or "Apro" in found.grammemes or "Anum" in found.grammemes:
        return None
    return None if found.lemma in word_set("themes", "no_adjectives") else found


def adjectives_in(words: Sequence[Word], things: Sequence[Thing]) -> tuple[Adjective, ...]:
    """Russian adjectives and participles with the things they agree with in gender, number and case."""
    found = []
    for place, word in enumerate(words):
        if len(word.text) < 4 or not is_russian(word.text) or _adjective(word.text) is None:
            continue
        forms = [one for one in readings(word.text) if one.part in _ADJECTIVES]
        fitting = [one for one in things if one.distance((place,)) <= _NEAR and _agrees(words, forms, place, one)]
        if fitting:
            nearest = min(fitting, key=lambda one: (one.distance((place,)), one.place < place))
            found.append(Adjective(adjective_lemma(forms[0], word.text), place, nearest))
    return tuple(found)


def adjective_lemma(reading: Reading, word: str) -> str:
    """The full form in the masculine: of «помята» «помятый», not «помять»."""
    if reading.part not in {"PRTF", "PRTS"}:
        return reading.lemma
    return inflected(word, reading.part, "PRTF", "masc", "sing", "nomn") or word


def _agrees(words: Sequence[Word], forms: Sequence[Reading], place: int, thing: Thing) -> bool:
    """Full forms agree in case and gender, short ones with a subject in gender; no punctuation may part them."""
    if place == thing.place:
        return False
    low, high = sorted((place, thing.place))
    if any(words[one + 1].start - words[one].end > 2 for one in range(low, high)):
        return False
    if thing.place - place > 2:
        return False
    nouns = [one.grammemes for one in readings(words[thing.place].text) if one.part == "NOUN"]
    return any(_fit(adjective.grammemes, noun, adjective.part in _FULL) for adjective in forms for noun in nouns)


def _fit(adjective: frozenset[str], noun: frozenset[str], full: bool) -> bool:  # noqa: FBT001 - a property, no switch
    if ("plur" in adjective) != ("plur" in noun):
        return False
    if "plur" not in noun and not adjective & noun & _GENDERS:
        return False
    return bool(adjective & noun & _CASES) if full else "nomn" in noun
