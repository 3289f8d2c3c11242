"""How themes are called: a quality put around a thing in good grammar («мятая коробка», “late delivery”)."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from tropa.domain.hearing import ThemeKind
from tropa.texts.qualities import Quality, group_of
from tropa.texts.shipped import shipped, word_set
from tropa.texts.touchpoints import KnownTouchpoint as Place
from tropa.texts.words import inflected, is_russian, readings

_CHUNK = re.compile(r"\s+(?:и|в|and|the)\s+|[,(:]", re.IGNORECASE)
_WHOLE, _PEOPLE = "whole", "people"
_FULL = ("ADJF", "PRTF")


def quality_name(
    quality: Quality, thing: str, place: Place, *, russian: bool, adjective: str, plural: bool, own: bool
) -> str:
    """The quality of the thing; '' for a thing that nobody names: then the touchpoint's own, or the name alone.

    `adjective` is what people say most («мятый»), '' for the list's own word; `own`: the thing is the touchpoint.
    """
    side = 0 if russian else 1
    if "*" not in (quality.ru, quality.en)[side]:
        return (quality.ru, quality.en)[side]
    if own and thing and _names_nothing(quality, thing, place):
        thing = ""
    meant = thing or _meant(quality, place, side)
    listed = quality.thing is not None and meant == quality.thing[side] and not place_thing(place, side)
    if (
        not meant
        or (listed and quality.alone and not thing and quality.around_thing)
        or (quality.alone and not quality.alone_for.isdisjoint({meant, meant.split(" ")[0]}))
    ):
        return quality.alone[side] if quality.alone else (quality.ru, quality.en)[side].replace("*", "").strip()
    template = _template(quality, meant, place, side)
    if "*" not in template:
        return template
    if not russian:
        return _english_name(template, adjective, _english_number(meant, plural=plural and bool(thing)))
    number = (plural or quality.many) if thing else None
    if adjective and template == quality.ru:
        return adjective_name(adjective, meant, plural=number)
    if template.endswith("*р"):
        return f"{template.removesuffix('*р')}{genitive(meant, plural=number)}"
    if template.endswith(" *"):
        return adjective_name(template.removesuffix(" *"), meant, plural=number)
    return _predicate(template, meant, plural=number)


def _names_nothing(quality: Quality, thing: str, place: Place) -> bool:
    """Whether the touchpoint's own word is no thing that can be so: cleanliness is not dirty."""
    return "" in _place_things().get(place.key, ()) or _is_lent(quality, thing, place)


def _is_lent(quality: Quality, thing: str, place: Place) -> bool:
    """Whether it is said of something at the thing: a restaurant is not long and not missing, something there is."""
    by_kind = (group_of(place.key) or "") in quality.around
    return quality.of_parts or (quality.around_thing is not None and not by_kind and not _is_doing(thing))


def _is_doing(thing: str) -> bool:
    return thing.split(" ", maxsplit=1)[0] in word_set("themes", "doing_nouns")


def _template(quality: Quality, thing: str, place: Place, side: int) -> str:
    """The name around this thing: a wait is long for dishes, a delivery is long itself."""
    if (of_group := quality.around.get(group_of(place.key) or "")) is not None:
        return of_group[side]
    if quality.around_thing and not _is_doing(thing):
        return quality.around_thing[side]
    return (quality.ru, quality.en)[side]


def _english_name(template: str, adjective: str, thing: str) -> str:
    if adjective and template.endswith(" *") and template.count(" ") == 1:
        return f"{adjective} {thing}"
    return template.replace("*", thing)


def _meant(quality: Quality, place: Place, side: int) -> str:
    """What is meant where nobody names a thing: the touchpoint's own; of a whole company what the quality is of."""
    listed = quality.thing[side] if quality.thing else ""
    group = group_of(place.key)
    if quality.of_parts:
        return ""
    if group == _WHOLE and quality.of and not quality.generic:
        return listed if _PEOPLE in quality.of or not quality.alone else ""
    return (place_thing(place, side) if quality.fits(group) else "") or listed


def adjective_name(adjective: str, thing: str, *, plural: bool | None = None) -> str:
    """«мятый», «коробка» → «мятая коробка»; `plural` None keeps the thing's own number."""
    noun = _named(thing, plural=plural)
    many, gender = _number_and_gender(noun)
    wanted = ("nomn", "plur") if many else ("nomn", "sing", gender)
    agreed = next((form for part in _FULL if (form := inflected(adjective, part, *wanted))), adjective)
    return f"{agreed} {noun}"


def genitive(thing: str, *, plural: bool | None = None) -> str:
    """«чат поддержки» → «чата поддержки»."""
    noun = _named(thing, plural=plural)
    many, _ = _number_and_gender(noun)
    return _head_in("gent", noun, many=many)


def topic_name(kind: ThemeKind, thing: str, adjective: str, *, russian: bool, plural: bool) -> str:
    """A thing without a quality: what people complain of, praise, or ask for."""
    if not russian:
        noun = _english_number(thing, plural=plural)
        return {ThemeKind.PAIN: f"complaints about {noun}", ThemeKind.GAIN: f"praise for {noun}"}.get(kind, noun)
    noun = adjective_name(adjective, thing, plural=plural) if adjective else _named(thing, plural=plural)
    many, _ = _number_and_gender(_named(thing, plural=plural))
    if kind is ThemeKind.PAIN and not adjective:
        return f"претензии: {noun}"
    if kind is ThemeKind.GAIN and not adjective:
        return f"хвалят {_head_in('accs', noun, many=many)}"
    return noun


def thing_name(thing: str) -> str:
    """A thing in the nominative, as a dictionary writes it."""
    return _named(thing, plural=False)


@lru_cache(maxsize=20_000)
def _named(thing: str, *, plural: bool | None) -> str:
    """The thing in the nominative and in this number, with ё; a word that has no such form stays as it is."""
    head, _, tail = thing.partition(" ")
    if plural is None:
        return thing
    if not _is_noun(head):
        return thing
    form = inflected(head, "NOUN", "nomn", "plur" if plural else "sing") or inflected(head, "NOUN", "nomn") or head
    return f"{form} {tail}".strip()


def _is_noun(word: str) -> bool:
    return is_russian(word) and any(one.part == "NOUN" for one in readings(word.lower().replace("ё", "е")))


@lru_cache(maxsize=20_000)
def _number_and_gender(noun: str) -> tuple[bool, str]:
    """Whether the phrase's noun is plural, and its gender; masculine where nothing tells."""
    for word in noun.lower().replace("ё", "е").split(" "):
        for one in readings(word):
            if one.part == "NOUN" and "nomn" in one.grammemes:
                gender = next((g for g in ("masc", "femn", "neut") if g in one.grammemes), "masc")
                return "plur" in one.grammemes, gender
    return False, "masc"


@lru_cache(maxsize=20_000)
def _head_in(case: str, noun: str, *, many: bool) -> str:
    """A noun phrase in a case: its adjectives and its first noun change, what stands behind stays."""
    made: list[str] = []
    words = noun.split(" ")
    number = "plur" if many else "sing"
    animate = case == "accs"
    for place, word in enumerate(words):
        if (form := inflected(word, "NOUN", case, number)) is not None:
            return " ".join([*made, form, *words[place + 1 :]])
        _, gender = _number_and_gender(noun)
        wanted = (case, number) if many else (case, number, gender)
        if animate and gender == "femn":
            wanted = (case, number, gender)
        made.append(next((form for part in _FULL if (form := inflected(word, part, *wanted))), word))
    return noun


def _predicate(template: str, thing: str, *, plural: bool | None) -> str:
    """«* не отвечает|не отвечают»."""
    noun = _named(thing, plural=plural)
    one, _, several = template.removeprefix("* ").partition("|")
    many, _ = _number_and_gender(noun)
    return f"{noun} {several if many and several else one}"


def _english_number(thing: str, *, plural: bool) -> str:
    if not plural or thing.endswith("s"):
        return thing
    if thing.endswith("y") and thing[-2:-1] not in {"a", "e", "o", "u"}:
        return f"{thing[:-1]}ies"
    return f"{thing}es" if thing.endswith(("sh", "ch", "x", "z")) else f"{thing}s"


@cache
def _place_things() -> Mapping[str, Sequence[str]]:
    told: Mapping[str, Sequence[str]] = shipped("themes")["place_things"]
    return told


def place_thing(place: Place, side: int) -> str:
    """What a touchpoint's customers meet: from the list, else its name where it is a plain noun phrase."""
    told = _place_things().get(place.key)
    return told[side] if told is not None else _own_name(place, side)


def _own_name(place: Place, side: int) -> str:
    """The first part of the touchpoint's name, where it is a plain noun phrase."""
    name = (place.name.ru if side == 0 else place.name.en) or ""
    chunk = _CHUNK.split(name)[0].strip()
    small = (chunk[:1].lower() + chunk[1:]).removeprefix("the ")
    if side == 0:
        return small if _is_noun_phrase(small) else ""
    return small if small and len(small.split()) <= 2 else ""


def _is_noun_phrase(words: str) -> bool:
    """Whether a Russian name begins with a noun in the nominative, adjectives before it."""
    for word in words.lower().replace("ё", "е").split(" "):
        told = readings(word)
        if told[0].part == "NOUN":
            return "nomn" in told[0].grammemes
        if told[0].part not in _FULL or "Apro" in told[0].grammemes:
            return False
    return False
