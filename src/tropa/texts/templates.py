"""Ready stages for a kind of business: names where their touchpoints match, guesses where nothing is known yet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from tropa.domain.journeymap import Match
from tropa.domain.project import Project, StageSpec, TouchpointSpec
from tropa.domain.template import OwnTouchpoint, Template, TemplateStage
from tropa.errors import ConfigError, told
from tropa.mapfile.records import decode
from tropa.texts.event_names import name_stems
from tropa.texts.names import stage_kinds
from tropa.texts.packs import all_touchpoints, own_touchpoints
from tropa.texts.touchpoints import KnownTouchpoint, known_by_key, known_for_event

TEMPLATES = (
    *("b2c_ring", "b2b_line", "shop", "school", "travel", "saas", "dealer", "clinic"),
    *("bank", "restaurant", "hotel", "telecom", "generic"),
)
GENERIC = "generic"
SEVERAL = ("action", "job", "trigger", "expectation", "barrier", "kpi", "advice")


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
        raise no_template(key, TEMPLATES)
    text = files("tropa.texts").joinpath("data", "templates", f"{key}.yaml").read_text(encoding="utf-8")
    return decode(Template, with_lists(YAML(typ="safe", pure=True).load(text)))


def template_of(project: Project) -> Template | None:
    """The template that a project names: one of its own folder, else a shipped one; None where it names none."""
    prefix, _, name = project.stages_from.partition(":")
    if prefix != "template":
        return None
    return project.template or template(name)


def no_template(key: str, known: Sequence[str]) -> ConfigError:
    """What to say of a template that is not there."""
    return ConfigError(told("There is no template “{key}”.", key=key), told("Templates: {names}.", names=list(known)))


def with_lists(data: Any) -> Any:
    """A single guess stands for a list of one."""
    if not isinstance(data, Mapping) or not isinstance(data.get("stages"), list):
        return data
    return {**data, "stages": [_with_lists(stage) for stage in data["stages"]]}


def _with_lists(stage: Any) -> Any:
    if not isinstance(stage, Mapping):
        return stage
    return {name: [one] if name in SEVERAL and isinstance(one, Mapping) else one for name, one in stage.items()}


def stages_to_listen(of: Template) -> tuple[StageSpec, ...]:
    """The template's stages with all their touchpoints: for a folder that holds reviews only."""
    return tuple(
        StageSpec(key=one.key, name=one.name, goal=one.goal, touchpoints=touchpoints_at(of, one)) for one in of.stages
    )


def touchpoints_at(of: Template, stage: TemplateStage) -> tuple[TouchpointSpec, ...]:
    """What a stage's touchpoints are called, and the words that speak of them."""
    return tuple(_spec(one if isinstance(one, OwnTouchpoint) else _known(one, of.pack)) for one in stage.touchpoints)


def _known(key: str, pack: str | None) -> KnownTouchpoint:
    """A touchpoint by key: of the dictionary, of the industry's pack, else of any; packs are read only when needed."""
    if (common := known_by_key().get(key)) is not None:
        return common
    if pack is not None and (own := _own(pack).get(key)) is not None:
        return own
    return every_touchpoint()[key]


@cache
def _own(pack: str) -> Mapping[str, KnownTouchpoint]:
    return {one.key: one for one in own_touchpoints(pack)}


@cache
def every_touchpoint() -> Mapping[str, KnownTouchpoint]:
    """All touchpoints that ship, by key."""
    return {one.key: one for one in all_touchpoints()}


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
    stages = [_fitted_stage(of, stage, groups) for stage in of.stages]
    return Fitted(stages=tuple(stage for stage in stages if stage.touchpoints), unassigned=tuple(left))


def _fitted_stage(of: Template, stage: TemplateStage, groups: Mapping[tuple[str, str], Sequence[str]]) -> StageSpec:
    """The stage with what its events meet, under the template's own names."""
    own = {one.key: one for one in touchpoints_at(of, stage)}
    met = []
    for (home, key), names in groups.items():
        if home == stage.key:
            spec = own.get(key) or _spec(known_by_key()[key])
            met.append(replace(spec, match=Match(event=tuple(names))))
    return StageSpec(key=stage.key, name=stage.name, goal=stage.goal, touchpoints=tuple(met))


def _place_of(of: Template, name: str) -> tuple[str, str] | None:
    known = known_for_event(name)
    if known is None:
        return None
    for stage in of.stages:
        if known.key in stage.touchpoint_keys:
            return stage.key, known.key
    stage_of_kind = of.stage_for(known.stage) or _by_sign(of, name)
    return (stage_of_kind.key, known.key) if stage_of_kind else None


def _by_sign(of: Template, name: str) -> TemplateStage | None:
    forms = frozenset(form for stem in name_stems(name) for form in stem)
    kinds = (kind.key for kind in stage_kinds().values() if forms & kind.signs)
    return next((stage for kind in kinds if (stage := of.stage_for(kind)) is not None), None)


def _spec(known: KnownTouchpoint | OwnTouchpoint) -> TouchpointSpec:
    return TouchpointSpec(key=known.key, name=known.name, channel=known.channel, words=known.words)
