"""Where signs of trouble are looked for: the map's touchpoints with their stages, or events; and the goal."""

from tropa.services.answering.goals import Place, goal_of
from tropa.services.answering.places import NamedPlaces, named_places
from tropa.services.answering.scope import Scope

Spots = tuple[NamedPlaces, tuple[int, ...], Place]


def spots_of(scope: Scope, places: str | None, goal: str | None) -> Spots:
    """Places of this kind (touchpoints where the map has stages), the stage of each, and the goal.

    Events have no stages of their own: they are all in one.
    """
    stages = scope.stages()
    named = named_places(scope, places or ("touchpoints" if stages else "events"))
    if named.keys == tuple(point.key for stage in stages for point in stage.touchpoints):
        stage_of = tuple(number for number, stage in enumerate(stages) for _ in stage.touchpoints)
    else:
        stage_of = tuple(range(len(stages))) if places == "stages" else (0,) * len(named.keys)
    return named, stage_of, goal_of(scope, goal)
