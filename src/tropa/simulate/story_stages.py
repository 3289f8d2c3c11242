"""How a story's company would draw its own path: stages and touchpoints in the words of one telling."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from tropa.domain.journeymap import Match
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import Language, text_in
from tropa.simulate.telling import Telling


def told_besides(story: str, language: Language) -> Mapping[str, Any]:
    """Everything that a telling's file says, also what only its own story reads."""
    path = resources.files("tropa.simulate").joinpath("data", story, language.value, "telling.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def own_stages(story: str, telling: Telling) -> tuple[StageSpec, ...]:
    """The stages; none for a story that leaves them to be discovered."""
    found = told_besides(story, telling.language).get("stages", ())
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
