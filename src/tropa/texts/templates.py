"""Ready stages for a kind of business: names where their touchpoints match, guesses where nothing is known yet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tropa.domain.journeymap import Match
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.errors import ConfigError, told
from tropa.texts.event_names import name_stems
from tropa.texts.names import stage_kinds
from tropa.texts.shipped import shipped
from tropa.texts.touchpoints import KnownTouchpoint, known_by_key, known_for_event

TEMPLATES = ("generic", "shop")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateStage:
    """A stage of a template. What it says of action, job, trigger, expectation and worry is a guess."""

    key: str
    name: Text
    kinds: tuple[str, ...]
    touchpoints: tuple[TouchpointSpec, ...]
    action: Text
    job: Text
    trigger: Text
    expectation: Text
    worry: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Stages that a kind of business usually has."""

    key: str
    name: Text
    stages: tuple[TemplateStage, ...]

    def stage_for(self, kind: str) -> TemplateStage | None:
        """The stage that takes this kind of stages: whose guesses fit a discovered stage of the kind."""
        return next((stage for stage in self.stages if kind == stage.key or kind in stage.kinds), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A template on a log: stages with the events that match, in the template's order, and the names that nothing took.

    A stage that no event meets is left out.
    """

    stages: tuple[StageSpec, ...]
    unassigned: tuple[str, ...]


@cache
def template(key: str) -> Template:
    """A shipped template by key; a ConfigError names those there are."""
    if key not in TEMPLATES:
        raise ConfigError(
            told("There is no template “{key}”.", key=key), told("Templates: {names}.", names=list(TEMPLATES))
        )
    data = shipped(f"templates/{key}")
    return Template(key=key, name=_text(data), stages=tuple(_stage(one) for one in data["stage"]))


def stages_to_listen(of: Template) -> tuple[StageSpec, ...]:
    """The template's stages with all their touchpoints: for a folder that holds reviews only."""
    return tuple(StageSpec(key=one.key, name=one.name, touchpoints=one.touchpoints) for one in of.stages)


def fitted(of: Template, events: Sequence[str]) -> Fitted:
    """Put each event into the template's touchpoint that it speaks of, else into the stage of its kind."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    left = []
    for name in events:
        place = _place_of(of, name)
        if place is None:
            left.append(name)
        else:
            groups[place].append(name)
    stages = [_fitted_stage(stage, groups) for stage in of.stages]
    return Fitted(stages=tuple(stage for stage in stages if stage.touchpoints), unassigned=tuple(left))


def _fitted_stage(stage: TemplateStage, groups: Mapping[tuple[str, str], Sequence[str]]) -> StageSpec:
    met = []
    for (home, key), names in groups.items():
        if home == stage.key:
            known = known_by_key()[key]
            met.append(_touchpoint(known, Match(event=tuple(names))))
    return StageSpec(key=stage.key, name=stage.name, touchpoints=tuple(met))


def _place_of(of: Template, name: str) -> tuple[str, str] | None:
    known = known_for_event(name)
    if known is None:
        return None
    for stage in of.stages:
        if any(touchpoint.key == known.key for touchpoint in stage.touchpoints):
            return stage.key, known.key
    stage_of_kind = of.stage_for(known.stage) or _by_sign(of, name)
    return (stage_of_kind.key, known.key) if stage_of_kind else None


def _by_sign(of: Template, name: str) -> TemplateStage | None:
    forms = frozenset(form for stem in name_stems(name) for form in stem)
    kinds = (kind.key for kind in stage_kinds().values() if forms & kind.signs)
    return next((stage for kind in kinds if (stage := of.stage_for(kind)) is not None), None)


def _stage(data: Mapping[str, Any]) -> TemplateStage:
    return TemplateStage(
        key=data["key"],
        name=_text(data),
        kinds=tuple(data["kinds"]),
        touchpoints=tuple(_touchpoint(known_by_key()[key], None) for key in data["touchpoints"]),
        action=_text(data["action"]),
        job=_text(data["job"]),
        trigger=_text(data["trigger"]),
        expectation=_text(data["expectation"]),
        worry=_text(data["worry"]),
    )


def _touchpoint(known: KnownTouchpoint, match: Match | None) -> TouchpointSpec:
    return TouchpointSpec(key=known.key, name=known.name, channel=known.channel, match=match, words=known.words)


def _text(data: Mapping[str, Any]) -> Text:
    return Text(ru=data["ru"], en=data["en"])
