"""Whether a few words make an opinion of their own: «чисто», «упаковка мятая», “great food”."""

from collections.abc import Sequence
from functools import cache, lru_cache

from tropa.texts.sentiment import is_negative_of, is_polar
from tropa.texts.shipped import shipped
from tropa.texts.words import Word, folded, is_russian, readings

_ACTS = frozenset({"VERB", "PRTS"})
_STATES = frozenset({"PRED", "ADJS", "COMP"})
_QUALITY_ENDS = ("о", "е", "ски")
_SUBORDINATE = frozenset(
    "который которая которое которые которого которой которых которым которому что чтобы чтоб как какой когда если "
    "потому поскольку так где куда откуда чем ведь кто чей будто словно пока хоть ни то включая особенно например "
    "даже поэтому причем кроме благодаря из-за после до во в на с со у за при для без от по к "
    "which who that because since so as when if where what how after before for with to in on at including especially "
    "even like such".split()
)


def is_opinion(words: Sequence[Word]) -> bool:
    """Whether the words judge or tell something by themselves, without the words around them."""
    if not words or words[0].text in _SUBORDINATE:
        return False
    if not any(is_russian(word.text) for word in words):
        return len(words) > 1 and any(is_polar(word.text) for word in words)
    parts = [_part(word.text) for word in words]
    if "GRND" in parts[:2] or parts[0] == "PRTF":
        return False
    if any(part in _STATES or part == "QUALITY" for part in parts):
        return True
    has_noun = "SUBJECT" in parts
    return has_noun and any(part in _ACTS or part == "ADJF" for part in parts)


def has_own_subject(words: Sequence[Word]) -> bool:
    """Whether there is a noun in the nominative that an act or a quality in the same words belongs to."""
    parts = [_part(word.text) for word in words]
    return "SUBJECT" in parts if any(is_russian(word.text) for word in words) else len(words) > 1


def is_act(words: Sequence[Word]) -> bool:
    """Whether a verb stands in the words."""
    return any(_part(word.text) in _ACTS for word in words)


def is_thing_with_quality(words: Sequence[Word]) -> bool:
    """«Вкусная еда», «кухня отличная», “great food”: a thing and what it is like, without a verb."""
    if not any(is_russian(word.text) for word in words):
        return len(words) > 1 and any(is_polar(word.text) for word in words)
    parts = [_part(word.text) for word in words]
    if "SUBJECT" not in parts or words[0].text in _SUBORDINATE:
        return False
    return bool({"ADJF", "ADJS", "QUALITY", "COMP"} & set(parts)) or is_negative_of("", words) is not None


@lru_cache(maxsize=100_000)
def _part(word: str) -> str:
    """The part of speech; SUBJECT for a noun that may be nominative, QUALITY for an adverb that judges."""
    if not is_russian(word):
        return "LATN"
    first = readings(word)[0]
    if first.part == "NOUN":
        return "SUBJECT" if any(one.part == "NOUN" and "nomn" in one.grammemes for one in readings(word)) else "NOUN"
    if first.part in {"ADVB", "PRCL", "CONJ", "INTJ"}:
        judges = first.part == "ADVB" and word.endswith(_QUALITY_ENDS) and first.lemma not in _idle()
        return "QUALITY" if judges and word not in _idle() else first.part
    if first.part == "ADJF":
        return "APRO" if "Apro" in first.grammemes else "ADJF"
    return first.part


@cache
def _idle() -> frozenset[str]:
    return frozenset(folded(word) for word in shipped("statements")["no_attributes"])
