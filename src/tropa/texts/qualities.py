"""Qualities: how a thing can be well or badly («долгий», “rude”), found in words of either language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tropa.texts.lexicon import Found, Lexicon, lexicon_of
from tropa.texts.shipped import shipped, word_set
from tropa.texts.words import Word

_REACH = 3  # a denial reaches so many words
_RUSSIAN_DENIALS = frozenset({"не", "ни", "без", "нет"})
_ENGLISH_DENIALS = frozenset(
    {"not", "no", "never", "without", "isn't", "wasn't", "weren't", "don't", "doesn't", "didn't", "aren't", "hardly"}
)
PAIN, GAIN = "pain", "gain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """A quality as the shipped list has it: see data/qualities.toml."""

    key: str
    mood: str
    opposite: str | None
    ru: str
    en: str
    thing: tuple[str, str] | None
    alone: tuple[str, str] | None
    alone_for: frozenset[str]
    not_for: frozenset[str]
    generic: bool
    of: tuple[str, ...]
    around_thing: tuple[str, str] | None
    around: Mapping[str, tuple[str, str]]
    many: bool
    of_parts: bool
    of_whole: bool

    def fits(self, group: str | None) -> bool:
        """Whether it can be said of a touchpoint of this group; any quality of one that is in no group."""
        return group is None or not self.of or group in self.of


@dataclass(frozen=True, slots=True)
class Met:
    """A quality in a clause, at `places` of its words."""

    quality: Quality
    places: tuple[int, ...]
    turned: bool  # it was its opposite that was said, and denied


@cache
def qualities() -> Mapping[str, Quality]:
    """The shipped list by key."""
    return {one["key"]: _quality(one) for one in shipped("qualities")["quality"]}


def _quality(one: Mapping[str, object]) -> Quality:
    thing, alone = one.get("thing"), one.get("alone")
    return Quality(
        key=str(one["key"]),
        mood=str(one["mood"]),
        opposite=str(one["opposite"]) if "opposite" in one else None,
        ru=str(one["ru"]),
        en=str(one["en"]),
        thing=_pair(thing),
        alone=_pair(alone),
        alone_for=frozenset(_strings(one.get("alone_for"))),
        not_for=frozenset(_strings(one.get("not_for"))),
        generic=bool(one.get("generic")),
        of=_strings(one.get("of")),
        around_thing=_pair([one["ru_thing"], one["en_thing"]]) if "ru_thing" in one else None,
        around=_by_group(one.get("around")),
        many=bool(one.get("many")),
        of_parts=bool(one.get("of_parts")),
        of_whole=bool(one.get("of_whole")),
    )


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _by_group(value: object) -> Mapping[str, tuple[str, str]]:
    told = value if isinstance(value, dict) else {}
    return {str(group): pair for group, names in told.items() if (pair := _pair(names)) is not None}


def _pair(value: object) -> tuple[str, str] | None:
    told = _strings(value)
    return (told[0], told[1]) if len(told) == 2 else None


@cache
def group_of(touchpoint: str) -> str | None:
    """What kind of touchpoint it is; None for one that no group has."""
    groups: Mapping[str, Sequence[str]] = shipped("themes")["groups"]
    return next((group for group, keys in groups.items() if touchpoint in keys), None)


@cache
def _lexicon() -> Lexicon:
    return lexicon_of([(one["key"], one["words"]) for one in shipped("qualities")["quality"]])


def qualities_in(words: Sequence[Word], mood: str | None) -> Iterator[Met]:
    """What is said of the mood («pain» or «gain»; None for either), denied qualities as their opposites.

    A quality of the other mood that nothing denies is irony or another thing's: it is left out.
    """
    for hit in _lexicon().find(words):
        quality = qualities()[hit.entry.owner]
        opposite = qualities().get(quality.opposite or "")
        denied = opposite is not None and _is_denied(words, hit)
        meant = opposite if denied and opposite is not None else quality
        if mood in {None, meant.mood}:
            yield Met(meant, hit.places, turned=denied)


def _is_denied(words: Sequence[Word], hit: Found) -> bool:
    """Whether a negation stands before a single word, with nothing parting them."""
    if len(hit.places) > 1:
        return False
    place = hit.places[0]
    for before in range(place - 1, max(-1, place - 1 - _REACH), -1):
        word = words[before].text
        if words[before + 1].start - words[before].end > 1 or word in word_set("sentiment", "undoers"):
            return False
        if word in _RUSSIAN_DENIALS or word in _ENGLISH_DENIALS:
            return True
    return False
