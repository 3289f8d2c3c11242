"""Places that questions about ways look at: event names, the map's touchpoints, or its stages."""

from collections.abc import Sequence
from dataclasses import dataclass

from tropa.domain.text import Text
from tropa.errors import InvalidQueryError, told
from tropa.events.places import PlaceRule, every_event_name
from tropa.events.staged import StagedPlaces, at_stages
from tropa.services.answering.scope import Scope

KINDS = ("events", "touchpoints", "stages")


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """A rule and, for each of its places, the key for machines; words are made for those that are shown."""

    rule: PlaceRule
    keys: tuple[str, ...]
    names: tuple[Text, ...] | None
    scope: Scope

    def words(self, places: Sequence[int]) -> dict[int, Text]:
        """The names of some places."""
        if self.names is not None:
            return {place: self.names[place] for place in places}
        said = self.scope.words_for([self.keys[place] for place in places])
        return {place: said[self.keys[place]] for place in places}

    def find(self, name: str) -> int:
        """The place of this key, or of this name in either language."""
        for place, key in enumerate(self.keys):
            if key == name or (self.names is not None and name in {self.names[place].ru, self.names[place].en}):
                return place
        raise InvalidQueryError(
            told("There is no “{name}” among them.", name=name), told("There are: {names}.", names=self.keys[:20])
        )


def named_places(scope: Scope, kind: str) -> NamedPlaces:
    """The places of this kind."""
    match kind:
        case "events":
            return NamedPlaces(every_event_name(scope.log), scope.log.event.values, None, scope)
        case "touchpoints":
            stages = scope.stages()
            met = [one for stage in stages for one in stage.touchpoints]
            return NamedPlaces(StagedPlaces(stages), tuple(x.key for x in met), tuple(x.name for x in met), scope)
        case "stages":
            stages = scope.stages()
            rule = at_stages(stages)
            return NamedPlaces(rule, tuple(x.key for x in stages), tuple(x.name for x in stages), scope)
        case _:
            raise InvalidQueryError(
                told("There are no places of the kind “{kind}”.", kind=kind),
                told("Allowed: {names}.", names=list(KINDS)),
            )
