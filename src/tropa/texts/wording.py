"""An event's name put into words that a customer would use, in Russian and English."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tropa.domain.text import Text
from tropa.texts.event_names import (
    as_written,
    holds,
    is_number,
    name_stems,
    pipeline_of,
    prefix_of,
    spoken_words,
    stems_of,
)
from tropa.texts.shipped import shipped
from tropa.texts.words import folded, is_russian

_PARTS = frozenset({"step", "stage"})
_FEMININE = (("а", "у"), ("я", "ю"))


@dataclass(frozen=True, slots=True)
class _Noun:
    ru: str
    gender: str
    en: str
    accusative: str


@dataclass(frozen=True, slots=True)
class _Parts:
    """What an event's name was read as; numbers of the name that nothing has read."""

    noun: _Noun | None = None
    other: _Noun | None = None
    action: tuple[str, str] | None = None
    state: tuple[str, str] | None = None


Stems = tuple[frozenset[str], ...]


@lru_cache(maxsize=20_000)
def event_words(name: str) -> Text:
    """The event in words: «add_to_cart» → «Кладёт в корзину» / "Adds to cart".

    Names written in words stay as they are; words that no list knows stay as cleaned words.
    """
    if is_number(name):
        return Text(ru=f"Этап {name}", en=f"Step {name}")
    plain = _sentence(" ".join(spoken_words(name)))
    if is_russian(folded(name)):
        state = _russian_states().get(folded(plain))
        plain = _sentence(as_written(name) or plain)
        return Text(ru=plain, en=_sentence(state) if state else plain)
    words, numbers = _without_numbers(name)
    said = _exactly(name) or _phrase(words) or _composed(words) or _partly(name)
    if said is None:
        return Text(ru=plain, en=plain)
    ending = f" {numbers[0]}" if numbers else ""
    return Text(ru=f"{said[0]}{ending}", en=f"{said[1]}{ending}")


def event_names(names: Sequence[str]) -> Mapping[str, Text]:
    """Words for all events of a log, each different from the others."""
    said = {name: event_words(name) for name in names}
    seen = Counter(text.ru for text in said.values())
    return {name: _told_apart(name, text) if seen[text.ru] > 1 else text for name, text in said.items()}


def _told_apart(name: str, text: Text) -> Text:
    """The words with what is unlike in the name: its letter, its pipeline, or its own words."""
    if (pipeline := pipeline_of(name)) is not None:
        return Text(ru=f"{text.ru} (воронка {pipeline})", en=f"{text.en} (pipeline {pipeline})")
    mark = prefix_of(name) or " ".join(spoken_words(name)).lower()
    return Text(ru=f"{text.ru} ({mark})", en=f"{text.en} ({mark})")


def _without_numbers(name: str) -> tuple[Stems, tuple[str, ...]]:
    stems = name_stems(name)
    numbers = tuple(word for word in spoken_words(name) if word.isdigit())
    if not numbers or len(stems) == len(numbers):
        return stems, ()
    return tuple(stem for stem in stems if not any(form.isdigit() for form in stem)), numbers


def _exactly(name: str) -> tuple[str, str] | None:
    """A whole name that the lists hold in this very form."""
    plain = folded(" ".join(spoken_words(name)))
    lists = shipped("events")
    if (said := lists["phrases"].get(plain)) is not None:
        return said[0], said[1]
    if (state := lists["states"].get(plain)) is not None:
        return _sentence(_agreed(state[0], "n")), _sentence(state[1])
    return None


def _phrase(stems: Stems) -> tuple[str, str] | None:
    for wanted, said in _phrases().get(len(stems), ()):
        if holds(stems, wanted) is not None:
            return said
    return None


def _composed(stems: Stems) -> tuple[str, str] | None:
    parts = _read(stems)
    if parts is None:
        return None
    match parts.noun, parts.other:
        case _Noun() as noun, _Noun() as other:
            return _of_two(noun, other, parts)
        case _Noun() as noun, _:
            return _of_one(noun, parts)
        case _:
            return _of_none(parts)


def _of_two(noun: _Noun, other: _Noun, parts: _Parts) -> tuple[str, str]:
    if parts.action:
        ru, en = parts.action
        return f"{ru} {noun.accusative} ({other.ru})", f"{en} {other.en} {noun.en}"
    if parts.state:
        ru, en = parts.state
        said = f"{noun.ru} {_agreed(ru, noun.gender)} ({other.ru})"
        return _sentence(said), _sentence(f"{other.en} {noun.en} {en}")
    if noun.en == "page":
        return f"Смотрит страницу: {other.ru}", f"Views the {other.en} page"
    if noun.en in _PARTS:
        return _sentence(f"{other.ru}: {noun.ru}"), _sentence(f"{other.en} {noun.en}")
    return _sentence(f"{noun.ru} ({other.ru})"), _sentence(f"{other.en} {noun.en}")


def _of_one(noun: _Noun, parts: _Parts) -> tuple[str, str]:
    if parts.state:
        ru, en = parts.state
        return _sentence(f"{noun.ru} {_agreed(ru, noun.gender)}"), _sentence(f"{noun.en} {en}")
    if parts.action:
        return f"{parts.action[0]} {noun.accusative}", f"{parts.action[1]} {noun.en}"
    return _sentence(noun.ru), _sentence(noun.en)


def _of_none(parts: _Parts) -> tuple[str, str] | None:
    if parts.state:
        return _sentence(_agreed(parts.state[0], "n")), _sentence(parts.state[1])
    return parts.action


def _partly(name: str) -> tuple[str, str] | None:
    """A name of which only the action or the head noun is known: the rest stays as it is written."""
    words = [word for word in spoken_words(name) if not word.isdigit()]
    left = list(name_stems(" ".join(words)))
    if len(words) < 2 or len(left) != len(words):
        return None
    if len(left) == 2 and (action := _taken(tail := left[1:], _actions())) is not None and not tail:
        ru = action[0].removesuffix(" на").removesuffix(" в").rstrip(": ")
        return f"{ru}: {words[0]}", f"{action[1]} {words[0]}"
    noun = _noun(left)
    if noun is None or not left:
        return None
    rest = " ".join(words[: len(left)])
    return _sentence(f"{noun.ru}: {rest}"), _sentence(f"{rest} {noun.en}")


def _read(stems: Stems) -> _Parts | None:
    """The name as noun, second noun, action or state; None where a word is left that no list knows."""
    left = list(stems)
    state = _taken(left, _states())
    action = None if state else _taken(left, _actions(), needs_more=True)
    nouns: list[_Noun] = []
    while left and len(nouns) < 2 and (noun := _noun(left)) is not None:
        nouns.append(noun)
    if left:
        return None
    if len(nouns) == 2 and nouns[1].en == "page":
        nouns.reverse()
    return _Parts(nouns[0] if nouns else None, nouns[1] if len(nouns) == 2 else None, action, state)


def _taken(
    left: list[frozenset[str]], words: Mapping[str, tuple[str, str]], *, needs_more: bool = False
) -> tuple[str, str] | None:
    if needs_more and len(left) < 2:
        return None
    for place in (len(left) - 1, *range(len(left) - 1)):
        if place >= 0 and (form := next((form for form in left[place] if form in words), None)) is not None:
            del left[place]
            return words[form]
    return None


def _noun(left: list[frozenset[str]]) -> _Noun | None:
    """The noun at the end: the head of an English name."""
    for length in (2, 1):
        tail = tuple(left[-length:])
        fitting = [
            (wanted, noun)
            for wanted, noun in _nouns().get(length, ())
            if len(tail) == length and all(not a.isdisjoint(b) for a, b in zip(tail, wanted, strict=True))
        ]
        if fitting:  # «reviews» is nearer to «reviews» than to «review»
            del left[-length:]
            return max(fitting, key=lambda one: len(one[0][-1] & tail[-1]))[1]
    return None


def _agreed(state: str, gender: str) -> str:
    if state == "не прошёл":
        return {"m": state, "f": "не прошла", "n": "не прошло", "p": "не прошли"}[gender]
    ending = {"m": "", "f": "а", "n": "о", "p": "ы"}[gender]
    first, _, rest = state.partition(" ")
    if ending:
        first = first.removesuffix("ён") + "ен" if first.endswith("ён") else first
    return f"{first}{ending} {rest}".strip()


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


@cache
def _phrases() -> Mapping[int, tuple[tuple[Stems, tuple[str, str]], ...]]:
    found: dict[int, list[tuple[Stems, tuple[str, str]]]] = {}
    for words, (ru, en) in shipped("events")["phrases"].items():
        stems = stems_of(words)
        found.setdefault(len(stems), []).append((stems, (ru, en)))
    return {length: tuple(several) for length, several in found.items()}


@cache
def _states() -> Mapping[str, tuple[str, str]]:
    """States by the very form of the word: «started» is a state, «start» an action."""
    return {word: (ru, en) for word, (ru, en) in shipped("events")["states"].items()}


@cache
def _russian_states() -> Mapping[str, str]:
    """English words for a state that stands alone in Russian: statuses of orders become events («Отменён»)."""
    said: dict[str, str] = {}
    for ru, en in _states().values():
        for gender in "mfnp":
            said.setdefault(folded(_agreed(ru, gender)), en)
    return said


@cache
def _actions() -> Mapping[str, tuple[str, str]]:
    return {form: (ru, en) for word, (ru, en) in shipped("events")["actions"].items() for form in stems_of(word)[0]}


@cache
def _nouns() -> Mapping[int, tuple[tuple[Stems, _Noun], ...]]:
    found: dict[int, list[tuple[Stems, _Noun]]] = {}
    for words, (ru, gender, en, *rest) in shipped("events")["nouns"].items():
        stems = stems_of(words)
        noun = _Noun(ru, gender, en, rest[0] if rest else _accusative(ru, gender))
        found.setdefault(len(stems), []).append((stems, noun))
    return {length: tuple(several) for length, several in found.items()}


def _accusative(noun: str, gender: str) -> str:
    if gender != "f":
        return noun
    for ending, instead in _FEMININE:
        if noun.endswith(ending):
            return noun.removesuffix(ending) + instead
    return noun
