"""The touchpoints that many businesses share, and which of them an event or a stage of ours meets."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tropa.domain.journeymap import Match
from tropa.domain.project import TouchpointSpec
from tropa.domain.text import Text
from tropa.texts.event_names import holds, name_stems, stems_of
from tropa.texts.keys import free_key
from tropa.texts.shipped import shipped
from tropa.texts.wording import event_words
from tropa.texts.words import folded, is_russian

# Words that half of all event names hold: they tell little of where the customer is.
PALE = frozenset(
    {"close", "closed", "page", "view", "screen", "click", "open", "start", "new", "visit", "create", "site", "show"}
)
_PALE_WEIGHT = 0.3
NOTHING = ""  # the owner of turns of speech that speak of no touchpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTouchpoint:
    """A touchpoint of the shipped dictionary, of a pack or of people's own list.

    `stage` is the kind of stage where it usually stands; "" where nobody said.
    """

    key: str
    name: Text
    channel: str
    stage: str
    events: tuple[str, ...]
    words: tuple[str, ...]


@cache
def known_touchpoints() -> tuple[KnownTouchpoint, ...]:
    """The shipped dictionary, in its own order."""
    return tuple(
        KnownTouchpoint(
            key=one["key"],
            name=Text(ru=one["ru"], en=one["en"]),
            channel=one["channel"],
            stage=one["stage"],
            events=tuple(one["events"]),
            words=tuple(one["words"]),
        )
        for one in shipped("touchpoints")["touchpoint"]
    )


@cache
def idioms() -> tuple[str, ...]:
    """Turns of speech that hold a touchpoint's word and do not speak of it («lesson learned»)."""
    return tuple(shipped("touchpoints")["idioms"])


@cache
def known_by_key() -> Mapping[str, KnownTouchpoint]:
    """The shipped dictionary by key."""
    return {one.key: one for one in known_touchpoints()}


@lru_cache(maxsize=20_000)
def known_for_event(name: str) -> KnownTouchpoint | None:
    """The known touchpoint that an event's name speaks of: the pattern with most telling words wins."""
    stems = name_stems(name)
    best: tuple[float, float] = (0.0, 0.0)
    found: KnownTouchpoint | None = None
    for pattern, touchpoint in _candidates(stems):
        places = holds(stems, pattern)
        if places is None:
            continue
        score = (sum(_weight(part) for part in pattern), _place_score(name, places, len(stems)))
        if score > best:
            best, found = score, touchpoint
    return found


def known_for_spec(spec: TouchpointSpec) -> KnownTouchpoint | None:
    """The known touchpoint behind one of a map: by key, then by name, then by the events that meet it."""
    if (known := known_by_key().get(spec.key)) is not None:
        return known
    names = {folded(name) for name in (spec.name.ru, spec.name.en) if name}
    for one in known_touchpoints():
        if names & {folded(one.name.ru or ""), folded(one.name.en or "")}:
            return one
    events = [event.replace("*", " ") for event in spec.match.event] if spec.match else []
    return next((known for event in events if (known := known_for_event(event)) is not None), None)


def event_touchpoint(name: str) -> TouchpointSpec:
    """A touchpoint for one event: the known one's name, channel and words, else the event's own words."""
    known = known_for_event(name)
    if known is None:
        return TouchpointSpec(key=free_key(name, frozenset()), name=event_words(name), match=Match(event=(name,)))
    return TouchpointSpec(
        key=known.key, name=known.name, channel=known.channel, match=Match(event=(name,)), words=known.words
    )


def touchpoints_of(names: Sequence[str], *, taken: frozenset[str] = frozenset()) -> tuple[TouchpointSpec, ...]:
    """The touchpoints of a stage's events: events of one known touchpoint stand together; keys are free and unique."""
    groups: dict[str, list[str]] = defaultdict(list)
    first: dict[str, TouchpointSpec] = {}
    for name in names:
        one = event_touchpoint(name)
        group = one.key if known_for_event(name) else f"event:{name}"
        first.setdefault(group, one)
        groups[group].append(name)
    used = set(taken)
    made = []
    for group, events in groups.items():
        one = first[group]
        key = free_key(one.key, used)
        used.add(key)
        words = one.name if key == one.key else event_words(events[0])  # its own name stands in another stage
        made.append(
            TouchpointSpec(key=key, name=words, channel=one.channel, match=Match(event=tuple(events)), words=one.words)
        )
    return tuple(made)


@cache
def _patterns() -> Mapping[str, tuple[tuple[tuple[frozenset[str], ...], KnownTouchpoint], ...]]:
    """Patterns by each lemma of their first word."""
    index: dict[str, list[tuple[tuple[frozenset[str], ...], KnownTouchpoint]]] = defaultdict(list)
    for touchpoint in known_touchpoints():
        for words in touchpoint.events:
            pattern = stems_of(words)
            for form in pattern[0]:
                index[form].append((pattern, touchpoint))
    return {form: tuple(several) for form, several in index.items()}


def _candidates(stems: Sequence[frozenset[str]]) -> list[tuple[tuple[frozenset[str], ...], KnownTouchpoint]]:
    index = _patterns()
    return [one for stem in stems for form in sorted(stem) for one in index.get(form, ())]


def _weight(part: frozenset[str]) -> float:
    return _PALE_WEIGHT if part & PALE else 1.0


def _place_score(name: str, places: Sequence[int], length: int) -> float:
    """English names put what they speak of last, Russian ones first."""
    mean = sum(places) / len(places) / max(length, 1)
    return 1.0 - mean if is_russian(folded(name)) else 1.0 + mean
