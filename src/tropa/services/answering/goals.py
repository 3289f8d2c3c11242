"""What counts as the result: the map's goal, or events that were named."""

from collections.abc import Sequence
from dataclasses import dataclass

from tropa.assembly.saying import in_both
from tropa.domain.text import Text
from tropa.errors import InvalidQueryError
from tropa.events.places import EventNames, PlaceRule
from tropa.events.staged import Matched
from tropa.services.answering.scope import Scope

_NAMED = 20


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was asked for: a rule whose place 0 it is, and what people call it."""

    rule: PlaceRule
    name: Text


def place_of(scope: Scope, events: str | Sequence[str]) -> Place:
    """Any of these event names; a name that the data never have is an error."""
    names = (events,) if isinstance(events, str) else tuple(events)
    known = set(scope.log.event.values)
    if missing := [name for name in names if name not in known]:
        raise InvalidQueryError(
            f"There is no event “{missing[0]}” in the data.",
            f"There are: {', '.join(scope.log.event.values[:_NAMED])}.",
        )
    said = scope.words_for(names)
    return Place(
        EventNames((names,)), in_both(lambda language: ", ".join(said[one].said_in(language) for one in names))
    )


def goal_of(scope: Scope, events: str | Sequence[str] | None = None) -> Place:
    """The events that were named, else the map's goal: the stage marked so, else the last."""
    if events:
        return place_of(scope, events)
    stages = scope.stages()
    if not stages:
        raise InvalidQueryError("The map has no stages, so it has no goal.", "Name the events of the goal with --goal.")
    stage = next((one for one in stages if one.goal), stages[-1])
    matches = tuple(one.match for one in stage.touchpoints if one.match is not None)
    return Place(Matched((matches,)), stage.name)
