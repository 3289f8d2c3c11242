"""The touchpoints of a map as a taxonomy: people's words first, then the dictionary's and the packs', then the name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.texts.names import kind_of_stage, nearest_stages
from tropa.texts.packs import common_touchpoints, pack
from tropa.texts.taxonomy import Taxonomy, taxonomy_of
from tropa.texts.touchpoints import KnownTouchpoint, known_for_spec, names_of_events

_NEAR = 0.08  # of the usual path
_NOWHERE = frozenset({"company"})  # a judgement of all, at no stage


@dataclass(frozen=True, slots=True)
class MapTaxonomy:
    """What the map's touchpoints are known by, with shipped ones beside them that the map lacks.

    `homes`: the stage of the map where each touchpoint stands, of those beside the one nearest to its usual place;
    `own`: the map's; `by_topic`: those of them that the model knows.
    """

    taxonomy: Taxonomy
    homes: Mapping[str, str]
    own: frozenset[str]
    by_topic: frozenset[str]


def taxonomy_of_stages(stages: Sequence[StageSpec], industry: str | None = None) -> MapTaxonomy:
    """The map's touchpoints, and those of the industry's pack that none of them is.

    A touchpoint of the dictionary has its words behind people's own, and the model's topic; another one people's words
    alone, else its name. One in several stages belongs to the first. `industry` None: the touchpoints of any business.
    """
    specs = _specs(stages)
    known = {key: one.key for key, (spec, _) in specs.items() if (one := known_for_spec(spec)) is not None}
    usual = common_touchpoints() if industry is None else pack(industry)
    shipped = {one.key: one for one in (*common_touchpoints(), *usual)}
    own = {key: _own(spec, shipped.get(known.get(key, "")), kind) for key, (spec, kind) in specs.items()}
    nearest = nearest_stages(stages, within=_NEAR)
    taken = {*known.values(), *own, *_NOWHERE}
    beside = [one for one in usual if one.key not in taken and nearest.get(one.stage)]
    homes = {one.key: nearest[one.stage] for one in beside}
    homes |= {touchpoint.key: stage.key for stage in reversed(stages) for touchpoint in stage.touchpoints}
    first = {topic: key for key, topic in reversed(known.items())}
    topics = {key: (known[key],) if key in known and first[known[key]] == key else () for key in own}
    whole = taxonomy_of((), beside=(*own.values(), *beside), industry=industry)
    by_topic = frozenset(key for key, several in topics.items() if several)
    return MapTaxonomy(replace(whole, topics={**whole.topics, **topics}), homes, frozenset(own), by_topic)


def _specs(stages: Sequence[StageSpec]) -> dict[str, tuple[TouchpointSpec, str]]:
    found: dict[str, tuple[TouchpointSpec, str]] = {}
    for stage in stages:
        kind = kind_of_stage(stage) or ""
        for touchpoint in stage.touchpoints:
            found.setdefault(touchpoint.key, (touchpoint, kind))
    return found


def _own(spec: TouchpointSpec, known: KnownTouchpoint | None, kind: str) -> KnownTouchpoint:
    words = spec.words if known is None else dict.fromkeys((*spec.words, *known.words, *names_of_events(spec)))
    names = tuple(name for name in (spec.name.ru, spec.name.en) if name)
    return KnownTouchpoint(
        key=spec.key, name=spec.name, channel=spec.channel or "", stage=kind, events=(), words=tuple(words) or names
    )
