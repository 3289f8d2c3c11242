"""Which stages the map has: a person's map first, then tropa.yaml, then a template, then what the data show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tropa.analysis.stages import discover_stages
from tropa.assembly.deletions import Part, deleted
from tropa.assembly.figures import ASIDE
from tropa.assembly.merge import has_own_structure
from tropa.assembly.path import in_order_met
from tropa.domain.journeymap import JourneyMap, Match
from tropa.domain.project import Project, StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.events.cleaning import cleaned
from tropa.events.lifecycle import steps_only
from tropa.events.log import NO_AMOUNT, Codes, EventLog
from tropa.events.ordinal import ORDINAL, ORDINALS, with_ordinals
from tropa.events.staged import events_matching, stage_events, without
from tropa.texts.kinship import telling_words
from tropa.texts.names import NamedEvents, event_words, name_stage, name_stages, stage_kinds
from tropa.texts.templates import GENERIC, fitted, stages_to_listen, template, template_of
from tropa.texts.touchpoints import known_for_event, touchpoints_of

_SHOP = "shop"
_FOLDED = frozenset({"search", "cart"})
_MANY = 0.4
_WON = "deal_won"
_MOSTLY_PAID = 0.5
_MOST_REFUSALS = 12
"""No shop has so many names of refusals; looking names up costs a tenth of a second that every question would pay."""
_PURCHASES = frozenset({"order", "payment", "repeat_order"})
_OWN_EVENTS = 12
_OTHERS = Text(ru="Другие действия", en="Other actions")


_GOAL_KINDS = (
    frozenset({"payment", "purchase"}),
    frozenset({"contract", "booking", "trial", "decision"}),
    frozenset({"resolution", "registration", "lead"}),
)


class Origin(StrEnum):
    """Where the stages come from."""

    MAP = "map"
    WRITTEN = "written"
    TEMPLATE = "template"
    DISCOVERED = "discovered"


@dataclass(frozen=True, slots=True)
class Definition:
    """The stages in the path's order, and where they come from."""

    stages: tuple[StageSpec, ...]
    origin: Origin


def define_stages(
    log: EventLog, project: Project, current: JourneyMap | None = None, *, listens: bool = False
) -> Definition:
    """Choose the stages; events that none of them knows join the stage they happen next to.

    Where purchases are all that is known of behaviour and there is feedback (`listens`), the shop template lends the
    stages that customers speak of.
    """
    if current is not None and has_own_structure(current):
        return Definition(_with_strays(log, stages_of_map(current), project, current), Origin.MAP)
    if project.stages:
        return Definition(_with_strays(log, project.stages, project), Origin.WRITTEN)
    asked = template_of(project)
    if asked is not None or not log.size:
        chosen = asked or template(GENERIC)
        stages = fitted(chosen, log.event.values).stages if log.size else stages_to_listen(chosen)
        if stages:
            return Definition(_with_strays(log, stages, project), Origin.TEMPLATE)
    if listens and is_purchases_alone(log):
        return Definition(_stages_around_purchases(log), Origin.DISCOVERED)
    return Definition(discovered_stages(log), Origin.DISCOVERED)


def stages_of_map(journey: JourneyMap) -> tuple[StageSpec, ...]:
    """The stages and touchpoints as they stand in a map."""
    ordered = sorted(journey.stages, key=lambda one: (one.order, one.key))
    return tuple(
        StageSpec(
            key=stage.key,
            name=stage.name,
            goal=stage.goal,
            touchpoints=tuple(
                TouchpointSpec(
                    key=one.key, name=one.name, channel=one.channel, match=one.match, words=one.words, owner=one.owner
                )
                for one in sorted(stage.touchpoints, key=lambda one: (one.order, one.key))
            ),
        )
        for stage in ordered
    )


def discovered_stages(log: EventLog) -> tuple[StageSpec, ...]:
    """Stages that the data show, named in words; a log with one event name gets first, second, later."""
    if is_purchases_alone(log):
        return _stages_by_ordinal(log)
    found = discover_stages(log, kin=[telling_words(name) for name in log.event.values])
    counts = np.bincount(log.event.codes, minlength=len(log.event.values))
    groups = _won_and_lost_apart([[log.event.values[code] for code in group] for group in found.groups])
    met = dict(zip(log.event.values, counts.tolist(), strict=True))
    events = [[(name, met[name]) for name in group] for group in groups]
    last = max(1, len(events) - 1)
    names = name_stages([NamedEvents(group, place / last) for place, group in enumerate(events)])
    taken: set[str] = set()
    stages = [
        StageSpec(key=key, name=name, touchpoints=_touchpoints(group, taken))
        for (key, name), group in zip(names, events, strict=True)
    ]
    return in_order_met(log, _with_goal(tuple(stages), log, counts))


def _won_and_lost_apart(groups: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """Deals that end at one time as won or as lost do not end in one stage: those that are lost stand aside."""
    parted: list[Sequence[str]] = []
    refused: list[str] = []
    for group in groups:
        known = {name: known_for_event(name) for name in group}
        aside = [name for name, one in known.items() if one is not None and one.stage in ASIDE]
        is_won = any(one is not None and one.key == _WON for one in known.values())
        parted.append([name for name in group if not (is_won and name in aside)])
        refused += aside if is_won else []
    return [*parted, refused] if refused else parted


def seen_by_map(project: Project, log: EventLog) -> EventLog:
    """The log of completed steps, cleaned, nothing ignored; where purchases are all there is, each with its number."""
    seen = without(cleaned(steps_only(log), project.cleaning), project.ignore)
    return with_ordinals(seen) if is_purchases_alone(seen) else seen


def is_purchases_alone(log: EventLog) -> bool:
    """One kind of event is all there is, but for refusals: then the how-manieth matters, not the order of names."""
    if log.size == 0 or len(np.unique(log.event.codes)) > _MOST_REFUSALS:
        return False
    return len(_names_but_refusals(log)) == 1


def _names_but_refusals(log: EventLog) -> list[str]:
    names = [log.event.values[code] for code in np.unique(log.event.codes)]
    return [name for name in names if not ((known := known_for_event(name)) and known.stage in ASIDE)]


def _refusal_stage(log: EventLog, taken: set[str]) -> tuple[StageSpec, ...]:
    others = [log.event.values[code] for code in np.unique(log.event.codes)]
    others = [name for name in others if name not in _names_but_refusals(log)]
    if not others:
        return ()
    key, name = name_stage([(one, 1) for one in others], 1.0, taken)
    return (StageSpec(key=key, name=name, touchpoints=touchpoints_of(others, taken=frozenset(taken))),)


def _stages_around_purchases(log: EventLog) -> tuple[StageSpec, ...]:
    """The shop template, with the first purchase where people buy and later ones where they come back."""
    (event,) = _names_but_refusals(log)
    chosen = template(_SHOP)
    matches = {
        chosen_stage.key: nth
        for kind, nth in (("purchase", ORDINALS[:1]), ("loyalty", ORDINALS[1:]))
        if (chosen_stage := chosen.stage_for(kind)) is not None
    }
    stages = []
    for stage in _fewer(stages_to_listen(chosen)):
        nth = matches.get(stage.key)
        if nth is None:
            stages.append(stage)
            continue
        home = _where_bought(stage, event)
        here = Match(event=(event,), where={ORDINAL: nth})
        met = tuple(replace(one, match=here) if one is home else one for one in stage.touchpoints)
        stages.append(replace(stage, touchpoints=met, goal=ORDINALS[0] in nth))
    taken = {one.key for stage in stages for one in stage.touchpoints} | {stage.key for stage in stages}
    return (*stages, *_refusal_stage(log, taken))


def _where_bought(stage: StageSpec, event: str) -> TouchpointSpec:
    """The touchpoint that the event's name speaks of, else any at which people buy."""
    known = known_for_event(event)
    own = next((one for one in stage.touchpoints if known is not None and one.key == known.key), None)
    return own or next((one for one in stage.touchpoints if one.key in _PURCHASES), stage.touchpoints[0])


def _fewer(stages: Sequence[StageSpec]) -> list[StageSpec]:
    """The template's stages with those folded into the next that a list of purchases cannot tell from it."""
    kept: list[StageSpec] = []
    waiting: tuple[TouchpointSpec, ...] = ()
    for stage in stages:
        if stage.key in _FOLDED:
            waiting += stage.touchpoints
            continue
        kept.append(replace(stage, touchpoints=(*waiting, *stage.touchpoints)))
        waiting = ()
    return kept


def _stages_by_ordinal(log: EventLog) -> tuple[StageSpec, ...]:
    (event,) = _names_but_refusals(log)
    names = _first_second_later(event)
    keys = ("first", "second", "later")
    stages = tuple(
        StageSpec(
            key=key,
            name=name,
            goal=key == "second",
            touchpoints=(
                TouchpointSpec(key=f"{key}_time", name=name, match=Match(event=(event,), where={ORDINAL: (ordinal,)})),
            ),
        )
        for key, name, ordinal in zip(keys, names, ORDINALS, strict=True)
    )
    return (*stages, *_refusal_stage(log, {*keys, *(f"{key}_time" for key in keys)}))


def _first_second_later(event: str) -> tuple[Text, Text, Text]:
    """«Покупаю впервые» where it is known what customers do there; else the event's own words."""
    known = known_for_event(event)
    if known is not None:
        does = stage_kinds()[known.stage].name
        return (
            Text(ru=f"{does.ru} впервые", en=f"{does.en} for the first time"),
            Text(ru=f"{does.ru} второй раз", en=f"{does.en} a second time"),
            Text(ru=f"{does.ru} снова и снова", en=f"{does.en} again and again"),
        )
    what = event_words(event)
    return (
        Text(ru=f"{what.ru}: первый раз", en=f"{what.en}: first"),
        Text(ru=f"{what.ru}: второй раз", en=f"{what.en}: second"),
        Text(ru=f"{what.ru}: снова и снова", en=f"{what.en}: again and again"),
    )


def _touchpoints(events: Sequence[tuple[str, int]], taken: set[str]) -> tuple[TouchpointSpec, ...]:
    """The touchpoints of a stage's events; the rarest events of a long stage share one."""
    ordered = sorted(events, key=lambda one: (-one[1], one[0]))
    kept = ordered[:_OWN_EVENTS] if len(ordered) > _OWN_EVENTS + 1 else ordered
    made = list(touchpoints_of([event for event, _ in kept], taken=frozenset(taken)))
    taken |= {one.key for one in made}
    rest = tuple(event for event, _ in ordered[len(kept) :])
    if rest:
        key = next(f"other_{number}" for number in range(1, 1000) if f"other_{number}" not in taken)
        taken.add(key)
        made.append(TouchpointSpec(key=key, name=_OTHERS, match=Match(event=rest)))
    return tuple(made)


def _with_goal(stages: tuple[StageSpec, ...], log: EventLog, counts: NDArray[np.int64]) -> tuple[StageSpec, ...]:
    """Mark the stage at which a person has become a customer: where payments are, else agreements, else ends.

    What brings money outweighs what is called a purchase. The latest of the stages that have many of them: a repeat or
    two among later events does not move the goal.
    """
    met = {name: int(counts[code]) for code, name in enumerate(log.event.values)}
    paid = _paying(log, met)
    for kinds in _GOAL_KINDS:
        named = [_events_of_kinds(stage, kinds, met) for stage in stages]
        weights = [_events_of_kinds(stage, kinds, paid) for stage in stages]
        if not any(weights):
            weights = [_events_of(stage, paid) for stage in stages]
        if any(weights) or any(named):
            weights = weights if any(weights) else named
            goal = max(number for number, weight in enumerate(weights) if weight >= _MANY * max(weights))
            return tuple(replace(stage, goal=number == goal) for number, stage in enumerate(stages))
    return stages


def _paying(log: EventLog, counts: Mapping[str, int]) -> dict[str, int]:
    """Events that mostly carry a sum, with how often they happen."""
    if log.amount is None:
        return {}
    carried = np.bincount(log.event.codes[log.amount != NO_AMOUNT], minlength=len(log.event.values))
    return {
        name: count
        for code, (name, count) in enumerate(counts.items())
        if count and carried[code] >= _MOSTLY_PAID * count
    }


def _events_of(stage: StageSpec, counts: Mapping[str, int]) -> int:
    return sum(counts.get(event, 0) for one in stage.touchpoints if one.match for event in one.match.event)


def _events_of_kinds(stage: StageSpec, kinds: frozenset[str], counts: Mapping[str, int]) -> int:
    """How many of a stage's events are at touchpoints of these kinds, all where the stage itself is of such a kind.

    Errors of paying are no payments.
    """
    events = [event for one in stage.touchpoints if one.match for event in one.match.event]
    known = {event: known_for_event(event) for event in events}
    of_kind = stage.key in kinds
    return sum(
        counts.get(event, 0)
        for event, one in known.items()
        if (of_kind or (one and one.stage in kinds)) and not (one and one.key.endswith("error"))
    )


def _with_strays(
    log: EventLog, stages: Sequence[StageSpec], project: Project, current: JourneyMap | None = None
) -> tuple[StageSpec, ...]:
    """Events in no stage, and not ignored on purpose, join the stage in which people are just before them.

    The events of a touchpoint that a person deleted from the map stay out.
    """
    staged = stage_events(log, stages)
    if project.stages_from == "written" or not stages:
        return tuple(stages)
    away = frozenset() if current is None else deleted(current, Part.TOUCHPOINT)
    lost = np.unique(log.event.codes[(staged.stage < 0) & ~_met_at(log, project, away)])
    if len(lost) == 0:
        return tuple(stages)
    homes = _nearest_stages(log, staged.stage, lost, len(stages))
    counts = np.bincount(log.event.codes, minlength=len(log.event.values))
    taken = {one.key for stage in stages for one in stage.touchpoints}
    joined: dict[int, list[tuple[str, int]]] = {}
    for code, home in homes.items():
        joined.setdefault(home, []).append((log.event.values[code], int(counts[code])))
    return tuple(
        replace(
            stage,
            touchpoints=(
                *stage.touchpoints,
                *(one for one in _touchpoints(joined.get(number, ()), taken) if one.key not in away),
            ),
        )
        for number, stage in enumerate(stages)
    )


def _met_at(log: EventLog, project: Project, touchpoints: frozenset[str]) -> NDArray[np.bool_]:
    """Which events meet touchpoints of tropa.yaml with these keys. Shape N."""
    met = np.zeros(log.size, dtype=bool)
    for one in (one for stage in project.stages for one in stage.touchpoints):
        if one.key in touchpoints and one.match is not None:
            met |= events_matching(log, one.match)
    return met


def _nearest_stages(log: EventLog, stage: Codes, lost: Codes, stages: int) -> Mapping[int, int]:
    """For each lost event code the stage most often seen next to it in the same unit; the first one when never."""
    votes = np.zeros((len(log.event.values), stages), dtype=np.int64)
    units = log.unit_of_event()
    same = units[1:] == units[:-1]
    for here, there in ((slice(1, None), slice(None, -1)), (slice(None, -1), slice(1, None))):
        pair = same & (stage[here] < 0) & (stage[there] >= 0)
        np.add.at(votes, (log.event.codes[here][pair], stage[there][pair]), 1)
    return {int(code): int(votes[code].argmax()) for code in lost}
