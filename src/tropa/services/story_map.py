"""The map of a story as its company would lay it out: its own question, its stages in the customers' words."""

from dataclasses import replace

from tropa.domain.journeymap import Match
from tropa.domain.project import (
    FeedbackSource,
    GoalSpec,
    KpiMetric,
    KpiSpec,
    Project,
    SegmentSpec,
    Semantics,
    SourceSpec,
    StageSpec,
    TouchpointSpec,
)
from tropa.domain.text import text_in
from tropa.simulate.telling import NumberWords, StageWords, Telling, TouchpointWords
from tropa.texts.keys import free_key
from tropa.texts.touchpoints import known_by_key

_NUMBER = "goal"


def laid_out(project: Project, telling: Telling) -> Project:
    """The project with the story's goal and stages; the channel and the words of known touchpoints stay."""
    if not telling.stages:
        return project
    taken: set[str] = set()
    stages = tuple(_stage(one, telling, taken) for one in telling.stages)
    goal = GoalSpec(text=text_in(telling.language, telling.goal), kpi=_NUMBER if telling.number else None)
    return replace(
        project,
        title=text_in(telling.language, telling.title) if telling.title else project.title,
        goal=goal,
        kpis=(_kpi(telling.number, telling),) if telling.number else project.kpis,
        ignore=Match(event=telling.ignore) if telling.ignore else project.ignore,
        stages=stages,
        stages_from="written",
        segments=_segments(telling) or project.segments,
        sources=tuple(_with_roles(one, telling) for one in project.sources),
    )


def _kpi(number: NumberWords, telling: Telling) -> KpiSpec:
    return KpiSpec(
        key=_NUMBER,
        name=text_in(telling.language, number.name),
        metric=KpiMetric.CONVERSION,
        start=number.start,
        end=number.end,
        semantics=Semantics.UNWINDOWED,
        target=number.target,
    )


def _segments(telling: Telling) -> tuple[SegmentSpec, ...]:
    """Devices and channels have names of their own in every log."""
    return tuple(SegmentSpec(property=name if name == "device" else telling.heads[name]) for name in telling.segments)


def _with_roles(source: SourceSpec, telling: Telling) -> SourceSpec:
    if isinstance(source, FeedbackSource) and source.columns.speaker is not None:
        return replace(source, roles={**source.roles, **telling.roles})
    return source


def _stage(words: StageWords, telling: Telling, taken: set[str]) -> StageSpec:
    touchpoints = tuple(_touchpoint(one, telling, taken) for one in words.touchpoints)
    return StageSpec(
        key=words.key, name=text_in(telling.language, words.name), goal=words.goal, touchpoints=touchpoints
    )


def _touchpoint(words: TouchpointWords, telling: Telling, taken: set[str]) -> TouchpointSpec:
    known = known_by_key().get(words.known or "")
    events = tuple(event for step in words.events for event in telling.names_of(step))
    where = {
        telling.heads[name]: tuple(telling.values[name][value] for value in values)
        for name, values in words.where.items()
    }
    key = words.key or free_key(words.name, taken)
    taken.add(key)
    return TouchpointSpec(
        key=key,
        name=text_in(telling.language, words.name),
        channel=known.channel if known else None,
        match=Match(event=events, where=where) if events else None,
        words=(*words.words, *(known.words if known else ())),
    )
