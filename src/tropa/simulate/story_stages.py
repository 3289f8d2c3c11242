"""How a story's company would draw its own path: stages and touchpoints in the words of one telling."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from importlib import resources
from typing import Any

from tropa.domain.journeymap import Match
from tropa.domain.project import GoalSpec, KpiMetric, KpiSpec, Project, Semantics, StageSpec, TouchpointSpec
from tropa.domain.text import Language, text_in
from tropa.simulate.telling import Telling, read_telling

_KPI = "goal"


def told_besides(story: str, language: Language) -> Mapping[str, Any]:
    """Everything that a telling's file says, also what only its own story reads."""
    path = resources.files("tropa.simulate").joinpath("data", story, language.value, "telling.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def in_own_words(project: Project, story: str, language: Language) -> Project:
    """The project with what the story's company would write itself: its question, its stages and its number."""
    if story == "plants":
        return project
    telling, besides = read_telling(story, language), told_besides(story, language)
    stages, kpi = own_stages(story, telling), besides.get("kpi")
    goal = GoalSpec(text=text_in(language, telling.goal), kpi=_KPI if kpi else None)
    if not stages:
        return replace(project, goal=goal)
    return replace(
        project,
        title=text_in(language, besides["title"]),
        goal=goal,
        kpis=(_kpi(kpi, language),) if kpi else (),
        stages=stages,
        stages_from="written",
        ignore=Match(event=tuple(besides["ignore"])) if "ignore" in besides else None,
    )


def _kpi(found: Mapping[str, Any], language: Language) -> KpiSpec:
    return KpiSpec(
        key=_KPI,
        name=text_in(language, found["name"]),
        metric=KpiMetric.CONVERSION,
        start=found["from"],
        end=found["to"],
        semantics=Semantics.FIRST_TOUCH if found.get("days") else Semantics.UNWINDOWED,
        window=timedelta(days=found["days"]) if found.get("days") else None,
        target=found.get("target"),
    )


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
