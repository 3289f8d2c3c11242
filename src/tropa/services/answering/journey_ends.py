"""How ways end without the result, and the stages that lead to it."""

from tropa.assembly.figures import ASIDE
from tropa.events.places import NOWHERE, EventNames, Renumbered
from tropa.services.answering.places import NamedPlaces, named_places
from tropa.services.answering.scope import Scope
from tropa.texts.names import kind_of_stage
from tropa.texts.touchpoints import known_for_event

_LOST_KINDS = frozenset({"refusal"})


def places_on_the_way(scope: Scope, kind: str) -> NamedPlaces:
    """The places of this kind without those of stages that stand aside, such as refusals."""
    every, specs = named_places(scope, kind), scope.stages()
    away = [spec for spec in specs if kind_of_stage(spec) in ASIDE]
    aside = {*(spec.key for spec in away), *(one.key for spec in away for one in spec.touchpoints)}
    kept = [place for place, key in enumerate(every.keys) if kind == "events" or key not in aside]
    numbers = tuple(kept.index(place) if place in kept else NOWHERE for place in range(len(every.keys)))
    said = every.words(kept)
    return NamedPlaces(
        Renumbered(every.rule, numbers, len(kept)),
        tuple(every.keys[place] for place in kept),
        tuple(said[place] for place in kept),
        scope,
    )


def lost_events(scope: Scope, names: str | None) -> EventNames:
    """The events that were named, else refusals that are known by name; one place."""
    if names is not None:
        return EventNames((tuple(part.strip() for part in names.split(",") if part.strip()),))
    known = {name: known_for_event(name) for name in scope.log.event.values}
    return EventNames((tuple(name for name, one in known.items() if one is not None and one.stage in _LOST_KINDS),))
