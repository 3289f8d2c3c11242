"""What counts as the result: the map's goal, or events that were named."""

from collections.abc import Sequence
from dataclasses import dataclass

from tropa.domain.journeymap import BusinessModel
from tropa.domain.text import Text
from tropa.errors import InvalidQueryError
from tropa.events.places import PlaceRule
from tropa.events.staged import Matched
from tropa.services.answering.scope import Scope
from tropa.services.answering.steps import read_step, step_words
from tropa.texts.touchpoints import known_for_event

_WINNING = frozenset({"deal_won", "payment"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was asked for: a rule whose place 0 it is, and what people call it."""

    rule: PlaceRule
    name: Text


def place_of(scope: Scope, events: str | Sequence[str]) -> Place:
    """An event as a step of a funnel is written, or any of a list of event names."""
    written = read_step(scope.log, events)
    return Place(Matched((written.step.any_of,)), step_words(scope, written))


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


def won_of(scope: Scope, events: str | Sequence[str] | None = None) -> Place:
    """What wins a deal: the events that were named, else those known to, else the map's goal."""
    if events or scope.project.model is not BusinessModel.B2B:
        return goal_of(scope, events)
    known = [name for name in scope.log.event.values if (one := known_for_event(name)) and one.key in _WINNING]
    return place_of(scope, known) if known else goal_of(scope)
