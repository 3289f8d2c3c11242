"""How a story's company would draw its own path: stages and touchpoints in the words of one telling."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from tropa.domain.journeymap import Match
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import text_in
from tropa.simulate.telling import Telling


def own_stages(story: str, telling: Telling) -> tuple[StageSpec, ...]:
    """The stages; none for a story that leaves them to be discovered."""
    path = resources.files("tropa.simulate").joinpath("data", story, telling.language.value, "telling.toml")
    found = tomllib.loads(path.read_text(encoding="utf-8")).get("stages", ())
    return tuple(
        StageSpec(
            key=one["key"],
            name=text_in(telling.language, one["name"]),
            goal=one.get("goal", False),
            touchpoints=tuple(_touchpoint(telling, touchpoint) for touchpoint in one["touchpoints"]),
        )
        for one in found
    )


def _touchpoint(telling: Telling, found: Mapping[str, Any]) -> TouchpointSpec:
    events = telling.names_of(found.get("step", found["key"]))
    where = {
        telling.heads[name]: tuple(telling.values[name][value] for value in values)
        for name, values in found.get("where", {}).items()
    }
    return TouchpointSpec(
        key=found["key"],
        name=text_in(telling.language, found["name"]),
        match=Match(event=events, where=where) if events else None,
        words=tuple(found.get("words", ())),
    )
