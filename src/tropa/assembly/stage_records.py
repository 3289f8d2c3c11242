"""Stages, steps, touchpoints and links as records of the map."""

from collections.abc import Mapping, Sequence

from tropa.analysis.flow import PlaceFlow
from tropa.assembly.facts import Facts
from tropa.assembly.figures import ASIDE, later_stages
from tropa.assembly.measures import seconds
from tropa.domain.generated import Generated
from tropa.domain.journeymap import Ask, Conversion, Link, Loop, LostTo, Stage, Step, Touchpoint
from tropa.domain.order import orders
from tropa.domain.project import Semantics, StageSpec
from tropa.texts.forgotten import forgotten_at
from tropa.texts.names import kind_of_stage
from tropa.texts.touchpoints import known_for_spec

_MOST_LOST_TO = 4
_MOST_LOOPS = 3
_LINK_SHARE = 0.01


def stage_records(facts: Facts, moments: Mapping[int, bool] | None = None) -> tuple[Stage, ...]:
    """The stages with their figures; `moments` tells which are moments of truth."""
    staged = facts.figures.staged
    names = orders(len(staged.stages))
    records = []
    for number, spec in enumerate(staged.stages):
        place = facts.figures.stages[number] if facts.figures.persons and _is_seen(spec) else None
        timing = place.to_next if place else None
        records.append(
            Stage(
                key=spec.key,
                order=names[number],
                name=spec.name,
                goal=spec.goal,
                persons=place.persons if place else None,
                conversion=_conversion(place, [facts.stage_keys[n] for n in later_stages(staged, number)]),
                median_seconds_to_next=round(timing.median_seconds) if timing else None,
                p90_seconds_to_next=round(timing.p90_seconds) if timing else None,
                moment_of_truth=bool(moments and moments.get(number)),
                lost_to=_lost_to(place, facts.stage_keys),
                loops=_loops(place, facts.stage_keys),
                verdict=facts.verdicts[number] if number < len(facts.verdicts) else None,
                steps=_steps(facts, number),
                touchpoints=_touchpoints(facts, number),
                asks=_asks(facts, spec),
                generated=Generated(by=f"stage:{spec.key}", text=spec.name, order=names[number]),
            )
        )
    return tuple(records)


def link_records(facts: Facts) -> tuple[Link, ...]:
    """Moves between steps by at least 1 % of all people, the strongest first."""
    links, steps = facts.figures.links, facts.figures.plan.steps
    if links is None:
        return ()
    found = [
        Link(source=steps[int(a)].spec.key, target=steps[int(b)].spec.key, persons=int(persons), events=int(events))
        for a, b, persons, events in zip(links.source, links.target, links.persons, links.events, strict=True)
        if persons >= max(1, _LINK_SHARE * facts.figures.persons)
    ]
    return tuple(sorted(found, key=lambda one: (-one.persons, one.source, one.target)))


def _is_seen(spec: StageSpec) -> bool:
    """Events can meet the stage; others are only spoken of."""
    return any(one.match is not None for one in spec.touchpoints)


def _asks(facts: Facts, spec: StageSpec) -> tuple[Ask, ...]:
    """Questions about what no event, review or touchpoint of the map tells; a segment's map asks none of its own."""
    kind = kind_of_stage(spec)
    if kind is None or facts.segment is not None:
        return ()
    return tuple(
        Ask(
            key=(key := f"{spec.key}.{one.touchpoint}"),
            touchpoint=one.touchpoint,
            question=one.question,
            generated=Generated(by=f"ask:{key}", text=one.question),
        )
        for one in forgotten_at(kind, _met(facts))
    )


def _met(facts: Facts) -> frozenset[str]:
    """The touchpoints that the map has, by key or meaning, and those that customers speak of."""
    specs = facts.figures.staged.touchpoints
    known = {one.key for spec in specs if (one := known_for_spec(spec)) is not None}
    named = {one.key for one in facts.hidden} | {one.touchpoint for one in facts.heard.beside}
    return frozenset(known | named | {spec.key for spec in specs})


def _steps(facts: Facts, stage: int) -> tuple[Step, ...]:
    figures = facts.figures
    keys = tuple(step.spec.key for step in figures.plan.steps)
    numbers = figures.plan.of_stage(stage)
    ahead = [kind_of_stage(figures.staged.stages[step.stage]) not in ASIDE for step in figures.plan.steps]
    records = []
    for order, number in zip(orders(len(numbers)), numbers, strict=True):
        spec, place = figures.plan.steps[number].spec, figures.steps[number]
        timing = place.to_next
        later = keys[number + 1 :] if any(ahead[number + 1 :]) else ()  # asking for help is no step forward
        base = Generated(by=f"step:{spec.key}", text=spec.name, stage=facts.stage_keys[stage], order=order)
        records.append(
            Step(
                key=spec.key,
                order=order,
                name=spec.name,
                touchpoints=(spec.key,),
                persons=place.persons,
                events=place.events,
                conversion=_conversion(place, later),
                median_seconds_to_next=round(timing.median_seconds) if timing and later else None,
                p90_seconds_to_next=round(timing.p90_seconds) if timing and later else None,
                loops=_loops(place, keys),
                generated=base,
            )
        )
    return tuple(records)


def _touchpoints(facts: Facts, stage: int) -> tuple[Touchpoint, ...]:
    figures, staged = facts.figures, facts.figures.staged
    own = [number for number, home in enumerate(staged.stage_of_touchpoint) if home == stage]
    return tuple(
        Touchpoint(
            key=spec.key,
            order=order,
            name=spec.name,
            channel=spec.channel,
            match=spec.match,
            words=spec.words,
            owner=spec.owner,
            persons=figures.met[number] if figures.persons else None,
            events=figures.events[number] if figures.persons else None,
            mentions=facts.mentions.get(spec.key),
            generated=Generated(
                by=f"touchpoint:{spec.key}", text=spec.name, stage=facts.stage_keys[stage], order=order
            ),
        )
        for order, number in zip(orders(len(own)), own, strict=True)
        for spec in (staged.touchpoints[number],)
    )


def _conversion(place: PlaceFlow | None, later: Sequence[str]) -> Conversion | None:
    if place is None or place.went_on is None or not place.persons or not later:
        return None
    return Conversion(
        to=later[0],
        value=place.went_on.value,
        low=place.went_on.low,
        high=place.went_on.high,
        count=place.went_on.count,
        of=place.went_on.of,
        semantics=Semantics.ANY_START.value,
        window_seconds=seconds(place.window),
        censored=place.censored,
        or_later=len(later) > 1,
    )


def _lost_to(place: PlaceFlow | None, keys: tuple[str, ...]) -> tuple[LostTo, ...]:
    going = place.lost_to[:_MOST_LOST_TO] if place else ()
    return tuple(LostTo(to=None if one.to is None else keys[one.to], persons=one.persons) for one in going)


def _loops(place: PlaceFlow | None, keys: tuple[str, ...]) -> tuple[Loop, ...]:
    if place is None:
        return ()
    return tuple(
        Loop(to=None if one.to is None else keys[one.to], persons=one.persons, events=one.events, of=place.persons)
        for one in place.returns[:_MOST_LOOPS]
        if one.persons >= _LINK_SHARE * place.persons
    )
