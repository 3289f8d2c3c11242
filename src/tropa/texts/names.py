"""What a stage is called in the customer's words, from the events that make it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt

from tropa.domain.project import StageSpec
from tropa.domain.text import Text
from tropa.texts.event_names import is_number, name_stems, prefix_of, spoken_words, stems_of
from tropa.texts.keys import free_key
from tropa.texts.shipped import shipped
from tropa.texts.touchpoints import known_for_event, known_for_spec
from tropa.texts.wording import event_names, event_words

__all__ = [
    "NamedEvents",
    "StageKind",
    "event_names",
    "event_words",
    "kind_of_stage",
    "name_stage",
    "name_stages",
    "nearest_stages",
    "stage_kinds",
]

_BY_SIGN = 0.5  # a word that hints at a stage weighs half of a known touchpoint
_PLACE = 0.6  # how much standing at an unusual place of the path speaks against a kind
_ENOUGH = 0.3  # the second-best kind may name a stage if it has this share of the best one's weight
_REFUSAL = "refusal"
_ALONE = 0.5  # a single event claims half, two three quarters, and so on
_LEAST = 0.05  # a kind that so little of a stage speaks of does not name it


@dataclass(frozen=True, slots=True, kw_only=True)
class StageKind:
    """A kind of stage; `position` is where on the path (0–1) it usually stands, `job` what the customer wants there."""

    key: str
    name: Text
    position: float
    signs: frozenset[str]
    job: Text | None = None


@cache
def stage_kinds() -> Mapping[str, StageKind]:
    """The shipped kinds of stages by key."""
    return {
        one["key"]: StageKind(
            key=one["key"],
            name=Text(ru=one["ru"], en=one["en"]),
            position=float(one["position"]),
            signs=frozenset(form for stem in stems_of(one["signs"]) for form in stem),
            job=Text(ru=one["job_ru"], en=one["job_en"]) if "job_ru" in one else None,
        )
        for one in shipped("stages")["stage"]
    }


@dataclass(frozen=True, slots=True)
class NamedEvents:
    """A stage without a name: its (event name, count) pairs, and its place on the path (0–1)."""

    events: Sequence[tuple[str, int]]
    position: float


def name_stages(stages: Sequence[NamedEvents], taken: Iterable[str] = ()) -> tuple[tuple[str, Text], ...]:
    """A key and a short name for each stage, all different; keys in `taken` are not given again.

    The kind of stage that most of a stage's events speak of names it; where several stages claim a kind, the one that
    speaks of it most does. A stage that no kind fits is named by its most telling event.
    """
    used = set(taken)
    initials = _initials([name for one in stages for name, _ in one.events])
    claims = [
        (claim, number, kind) for number, one in enumerate(stages) for kind, claim in _claims(one, initials).items()
    ]
    named: dict[int, tuple[str, Text]] = {}
    for _, number, kind in sorted(claims, key=lambda one: (-one[0], one[1], one[2])):
        if number not in named and kind not in used:
            named[number] = kind, stage_kinds()[kind].name
            used.add(kind)
    said = {text.ru for _, text in named.values()}
    for number, one in enumerate(stages):
        if number not in named:
            named[number] = _by_event(one, used, said)
            used.add(named[number][0])
            said.add(named[number][1].ru)
    return tuple(named[number] for number in range(len(stages)))


def name_stage(events: Sequence[tuple[str, int]], position: float, taken: Iterable[str]) -> tuple[str, Text]:
    """A key and a short name for one stage."""
    return name_stages([NamedEvents(events, position)], taken)[0]


def _claims(stage: NamedEvents, initials: Mapping[str, str]) -> Mapping[str, float]:
    """How much each kind may name the stage: its share of the stage's events, less where it stands oddly.

    Several events of a kind claim more than a single one. A kind far behind the best one of the stage names nothing,
    nor do refusals that are fewer than half of what happens there.
    """
    weights = _kind_weights(stage.events, initials)
    whole = sum(sqrt(max(count, 1)) for _, count in stage.events)
    names = {key: sum(key in dict(_kinds_of_event(name, initials)) for name, _ in stage.events) for key in weights}
    if 2 * sum(count for name, count in stage.events if _is_refusal(name)) < sum(count for _, count in stage.events):
        weights = {key: weight for key, weight in weights.items() if key != _REFUSAL}
    placed = {
        key: weight / whole * _fit(key, stage.position) * (1 - _ALONE ** names[key]) for key, weight in weights.items()
    }
    best = max(placed.values(), default=0.0)
    return {key: claim for key, claim in placed.items() if claim >= max(best * _ENOUGH, _LEAST)}


def _by_event(stage: NamedEvents, used: set[str], said: set[str | None]) -> tuple[str, Text]:
    """Named by its most telling event whose words are not taken."""
    ordered = _telling_events(stage.events)
    telling = next((name for name in ordered if event_words(name).ru not in said), ordered[0])
    words = event_words(telling)
    if words.ru in said:
        words = event_names([*ordered, *(name for name, _ in stage.events)])[telling]
    return free_key(telling if not is_number(telling) else f"step {telling}", used), words


def kind_of_stage(stage: StageSpec) -> str | None:
    """The kind of a stage of a map: by its key, else by what most of its touchpoints are, else by its name."""
    if stage.key in stage_kinds():
        return stage.key
    votes: dict[str, float] = defaultdict(float)
    for touchpoint in stage.touchpoints:
        if (known := known_for_spec(touchpoint)) is not None:
            votes[known.stage] += 1.0
    if not votes:
        for name in (stage.name.en, stage.name.ru, stage.key):
            if name and (known := known_for_event(name)) is not None:
                return known.stage
    return min(votes, key=lambda key: (-votes[key], key), default=None)


def nearest_stages(stages: Sequence[StageSpec], within: float = 1.0) -> Mapping[str, str]:
    """For each kind of stage the stage of the map that stands nearest on a usual path.

    "" where no kind is known, or none stands `within` this part of the path.
    """
    placed = [(one, stage.key) for stage in stages if (one := kind_of_stage(stage)) is not None]
    kinds = stage_kinds()
    found: dict[str, str] = {}
    for key, kind in kinds.items():
        far = [abs(kinds[one].position - kind.position) if one != key else -1.0 for one, _ in placed]
        nearest = min(range(len(placed)), key=far.__getitem__, default=None)
        found[key] = placed[nearest][1] if nearest is not None and far[nearest] <= within else ""
    return found


def _is_refusal(name: str) -> bool:
    known = known_for_event(name)
    return known is not None and known.stage == _REFUSAL


def _initials(names: Sequence[str]) -> Mapping[str, str]:
    """What the letter before a name stands for: «O_SENT» is of an offer where another name speaks of «offertes»."""
    letters = {letter.lower() for name in names if (letter := prefix_of(name))}
    found: dict[str, str] = {}
    for name in sorted(names):
        own = (prefix_of(name) or "").lower()
        for word in spoken_words(name):
            if word[0] in letters - {own} and len(word) > 1 and (kinds := _kinds_by_sign(word)):
                found.setdefault(word[0], kinds[0])
    return found


def _kind_weights(events: Sequence[tuple[str, int]], initials: Mapping[str, str]) -> Mapping[str, float]:
    weights: dict[str, float] = defaultdict(float)
    for name, count in events:
        for key, weight in _kinds_of_event(name, initials):
            weights[key] += weight * sqrt(max(count, 1))
    return weights


def _kinds_of_event(name: str, initials: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    known = known_for_event(name)
    if known is not None:
        yield known.stage, 1.0
    signed = _kinds_by_sign(name)
    yield from ((key, _BY_SIGN) for key in signed)
    letter = (prefix_of(name) or "").lower()
    if known is None and not signed and letter in initials:
        yield initials[letter], _BY_SIGN


def _kinds_by_sign(words: str) -> list[str]:
    forms = frozenset(form for stem in name_stems(words) for form in stem)
    return [kind.key for kind in stage_kinds().values() if forms & kind.signs]


def _fit(key: str, position: float) -> float:
    return 1.0 - _PLACE * abs(position - stage_kinds()[key].position)


def _telling_events(events: Sequence[tuple[str, int]]) -> list[str]:
    """The events from the most telling one: those whose words are known, then the commonest."""
    ordered = sorted(events, key=lambda one: (known_for_event(one[0]) is None, -one[1], one[0]))
    return [name for name, _ in ordered] or ["stage"]
