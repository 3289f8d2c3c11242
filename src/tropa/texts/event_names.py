"""What an event's name is made of: the words under camelCase, snake_case, dots and addresses."""

import re
from collections.abc import Sequence
from functools import lru_cache

from tropa.texts.words import folded, lemmas

_ADDRESS = re.compile(r"^(?:https?://[^/]+)?(/[^?#]*)")
_HOST_ONLY = re.compile(r"^https?://[^/]+/?$")
_CAMEL = re.compile(r"(?<=[a-zа-яё0-9])(?=[A-ZА-ЯЁ])|(?<=[A-ZА-ЯЁ])(?=[A-ZА-ЯЁ][a-zа-яё])")
_SPLIT = re.compile(r"[\s_.\-/:|>→,;()\[\]{}$#@+*=&?\"'«»]+")
_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_CODE = re.compile(r"^(?=.*\d)(?=.*[a-z])[0-9a-z]{6,}$|^\d{5,}$", re.IGNORECASE)
_PREFIX = re.compile(r"^([A-Z])_(?=\S{2})")
_PIPELINE = re.compile(r"^C(\d+):(?=\S)")  # Bitrix24 puts the pipeline before a status
_STATUS = re.compile(r"^\d{5,}$")
_ONE_WORD = frozenset({"youtube", "whatsapp", "linkedin", "tiktok", "instagram", "facebook", "appstore", "onlyoffice"})
_WRITTEN = re.compile(r"(?:[0-9A-Za-zА-Яа-яЁё№%,() «»–-]|: )+")
_IDLE = frozenset({"to", "the", "a", "an", "of", "from", "for", "in", "on", "at", "by", "and", "with", "event", "evt"})


def prefix_of(name: str) -> str | None:
    """The single capital letter that some systems put before an event's name («A_SUBMITTED»)."""
    found = _PREFIX.match(name)
    return found.group(1) if found else None


def pipeline_of(name: str) -> str | None:
    """The number of the pipeline that a CRM puts before a status («C1:NEW»)."""
    found = _PIPELINE.match(name)
    return found.group(1) if found else None


def is_number(name: str) -> bool:
    """The name is nothing but a system's number of a status."""
    return _STATUS.match(name.strip()) is not None


@lru_cache(maxsize=20_000)
def spoken_words(name: str) -> tuple[str, ...]:
    """The words of an event's name as a person would write them; ids and long numbers are left out."""
    plain = _EXTENSION.sub("", _path(name.strip()))
    plain = _PIPELINE.sub("", _PREFIX.sub("", plain))
    words = [word for part in _SPLIT.split(plain) for word in _parts(part) if word]
    kept = [word for word in words if not _CODE.match(word)] or words
    loud = plain.isupper()
    return tuple(word.lower() if loud or (word.isupper() and len(word) > 3) else word for word in kept)


def _parts(word: str) -> list[str]:
    return [word] if word.casefold() in _ONE_WORD else _CAMEL.split(word)


def as_written(name: str) -> str | None:
    """A name that people wrote in words, as it stands; None of what a program wrote."""
    plain = " ".join(name.split())
    is_loud = any(len(word) > 3 and word.isupper() for word in plain.split())
    is_coded = any(_CODE.match(word) for word in plain.split())
    return plain if _WRITTEN.fullmatch(plain) and not is_loud and not is_coded else None


@lru_cache(maxsize=20_000)
def name_stems(name: str) -> tuple[frozenset[str], ...]:
    """The lemmas of each telling word of an event's name, and the word as it stands, in order."""
    told = [folded(word) for word in spoken_words(name)]
    return tuple(lemmas(word) | {word} for word in told if word not in _IDLE)


def stems_of(words: str) -> tuple[frozenset[str], ...]:
    """The same for words of a list, written with spaces between."""
    told = [folded(word) for word in words.split()]
    return tuple(lemmas(word) | {word} for word in told if word not in _IDLE)


def holds(stems: Sequence[frozenset[str]], wanted: Sequence[frozenset[str]]) -> tuple[int, ...] | None:
    """At which places the wanted words stand among the stems, each at its own; None where one is missing."""
    places: list[int] = []
    for one in wanted:
        hit = next((i for i, stem in enumerate(stems) if i not in places and not one.isdisjoint(stem)), None)
        if hit is None:
            return None
        places.append(hit)
    return tuple(places)


def _path(name: str) -> str:
    if name == "/" or _HOST_ONLY.match(name):
        return "home"
    address = _ADDRESS.match(name)
    return address.group(1).strip("/") or "home" if address else name
