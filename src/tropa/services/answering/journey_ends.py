"""How ways end without the result, and the stages that lead to it."""

from tropa.assembly.figures import ASIDE
from tropa.events.places import NOWHERE, EventNames, Renumbered
from tropa.services.answering.places import NamedPlaces, named_places
from tropa.services.answering.scope import Scope
from tropa.texts.names import kind_of_stage
from tropa.texts.touchpoints import known_for_event

_LOST_KINDS = frozenset({"refusal"})


def stages_on_the_way(scope: Scope) -> NamedPlaces:
    """The map's stages without those that stand aside, such as refusals."""
    every, specs = named_places(scope, "stages"), scope.stages()
    kept = [place for place, spec in enumerate(specs) if kind_of_stage(spec) not in ASIDE]
    numbers = tuple(kept.index(place) if place in kept else NOWHERE for place in range(len(specs)))
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
