"""What a stage is called in the customer's words, from the events that make it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt

from tropa.domain.project import StageSpec
from tropa.domain.text import Text
from tropa.texts.event_names import name_stems, stems_of
from tropa.texts.keys import free_key
from tropa.texts.shipped import shipped
from tropa.texts.touchpoints import known_for_event, known_for_spec
from tropa.texts.wording import event_names, event_words

__all__ = ["StageKind", "event_names", "event_words", "kind_of_stage", "name_stage", "stage_kinds"]

_BY_SIGN = 0.5  # a word that hints at a stage weighs half of a known touchpoint
_PLACE = 0.6  # how much standing at an unusual place of the path speaks against a kind
_ENOUGH = 0.3  # the second-best kind may name a stage if it has this share of the best one's weight


@dataclass(frozen=True, slots=True, kw_only=True)
class StageKind:
    """A kind of stage; `position` is where on the path (0–1) it usually stands."""

    key: str
    name: Text
    position: float
    signs: frozenset[str]


@cache
def stage_kinds() -> Mapping[str, StageKind]:
    """The shipped kinds of stages by key."""
    return {
        one["key"]: StageKind(
            key=one["key"],
            name=Text(ru=one["ru"], en=one["en"]),
            position=float(one["position"]),
            signs=frozenset(form for stem in stems_of(one["signs"]) for form in stem),
        )
        for one in shipped("stages")["stage"]
    }


def name_stage(events: Sequence[tuple[str, int]], position: float, taken: set[str]) -> tuple[str, Text]:
    """A key and a short name for a stage of (event name, count) pairs at this place of the path (0–1).

    The kind of stage that most of its events speak of names it; where that kind is taken or nothing is known, its most
    telling event does. Keys in `taken` are not given again.
    """
    weights = _kind_weights(events)
    placed = {key: weight * _fit(key, position) for key, weight in weights.items()}
    best = max(placed.values(), default=0.0)
    for key in sorted(placed, key=lambda one: (-placed[one], one)):
        if key not in taken and placed[key] >= best * _ENOUGH:
            return key, stage_kinds()[key].name
    telling = _telling_event(events)
    return free_key(telling, taken), event_words(telling)


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


def _kind_weights(events: Sequence[tuple[str, int]]) -> Mapping[str, float]:
    weights: dict[str, float] = defaultdict(float)
    for name, count in events:
        for key, weight in _kinds_of_event(name):
            weights[key] += weight * sqrt(max(count, 1))
    return weights


def _kinds_of_event(name: str) -> Iterator[tuple[str, float]]:
    if (known := known_for_event(name)) is not None:
        yield known.stage, 1.0
    forms = frozenset(form for stem in name_stems(name) for form in stem)
    for kind in stage_kinds().values():
        if forms & kind.signs:
            yield kind.key, _BY_SIGN


def _fit(key: str, position: float) -> float:
    return 1.0 - _PLACE * abs(position - stage_kinds()[key].position)


def _telling_event(events: Sequence[tuple[str, int]]) -> str:
    """The commonest event whose words are known, else the commonest."""
    ordered = sorted(events, key=lambda one: (-one[1], one[0]))
    return next((name for name, _ in ordered if known_for_event(name)), ordered[0][0] if ordered else "stage")
