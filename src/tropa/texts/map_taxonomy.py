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

    `homes`: the stage of the map where each touchpoint stands, of those beside the one nearest to its usual place.
    """

    taxonomy: Taxonomy
    homes: Mapping[str, str]
    own: frozenset[str]


def taxonomy_of_stages(stages: Sequence[StageSpec], industry: str | None = None) -> MapTaxonomy:
    """The map's touchpoints, and those of the industry's pack that none of them is.

    A touchpoint of the dictionary has the words and the topic of it alone; another one those that its name means. One in
    several stages belongs to the first. `industry` None: the touchpoints of any business.
    """
    specs = _specs(stages)
    known = {key: one.key for key, (spec, _) in specs.items() if (one := known_for_spec(spec)) is not None}
    usual = common_touchpoints() if industry is None else pack(industry)
    shipped = {one.key: one for one in (*common_touchpoints(), *usual)}
    own = {key: _own(spec, shipped.get(known.get(key, "")), kind) for key, (spec, kind) in specs.items()}
    unknown = tuple(one for key, one in own.items() if key not in known)
    blocked = tuple(replace(shipped[topic], key=topic) for topic in dict.fromkeys(known.values()) if topic in shipped)
    topics = dict(taxonomy_of(unknown, beside=blocked, industry=industry).topics)
    taken = {topic for key in (one.key for one in unknown) for topic in topics[key]} | {*known.values(), *own}
    nearest = nearest_stages(stages, within=_NEAR)
    beside = [one for one in usual if one.key not in taken and one.key not in _NOWHERE and nearest.get(one.stage)]
    whole = taxonomy_of(unknown, beside=(*(own[key] for key in own if key in known), *beside), industry=industry)
    first = {topic: key for key, topic in reversed(known.items())}
    homes = {one.key: nearest[one.stage] for one in beside}
    homes |= {touchpoint.key: stage.key for stage in reversed(stages) for touchpoint in stage.touchpoints}
    of_known = {key: (topic,) if first[topic] == key else () for key, topic in known.items()}
    usable = {key: tuple(one for one in several if one in shipped) for key, several in whole.topics.items()}
    return MapTaxonomy(replace(whole, topics={**usable, **of_known}), homes, frozenset(own))


def _specs(stages: Sequence[StageSpec]) -> dict[str, tuple[TouchpointSpec, str]]:
    found: dict[str, tuple[TouchpointSpec, str]] = {}
    for stage in stages:
        kind = kind_of_stage(stage) or ""
        for touchpoint in stage.touchpoints:
            found.setdefault(touchpoint.key, (touchpoint, kind))
    return found


def _own(spec: TouchpointSpec, known: KnownTouchpoint | None, kind: str) -> KnownTouchpoint:
    words = spec.words if known is None else dict.fromkeys((*spec.words, *known.words, *names_of_events(spec)))
    return KnownTouchpoint(
        key=spec.key, name=spec.name, channel=spec.channel or "", stage=kind, events=(), words=tuple(words)
    )
