"""A step flow as a Sankey diagram and as a step matrix: the largest places by name, the rest together."""

from collections.abc import Mapping

from tropa.analysis.step_flow import StepFlow, StepLink
from tropa.domain.text import Text
from tropa.events.stretches import Anchor
from tropa.render.charts.sankey import Node, Sankey, SankeyStep, Stream
from tropa.render.charts.step_matrix import StepMatrix
from tropa.render.theme import stage_role
from tropa.services.answering.places import NamedPlaces

ENDED = Text(ru="конец пути", en="the end")
OTHERS = Text(ru="другое", en="other")
_NODES = 7
_ROWS = 14
_ENDED, _OTHERS = "ended", "others"
_WORTH = 0.01


def step_names(flow: StepFlow, anchor: Anchor) -> tuple[Text, ...]:
    """«Шаг 1, 2…» from the start; «−1, последний» before the end; «−1, отсчёт, +1» around a place."""
    return tuple(_step_name(flow.first + number, anchor) for number in range(len(flow.at)))


def _step_name(step: int, anchor: Anchor) -> Text:
    if anchor is Anchor.START:
        return Text(ru=f"шаг {step + 1}", en=f"step {step + 1}")
    if step == 0:
        return Text(ru="последний", en="last") if anchor is Anchor.END else Text(ru="отсчёт", en="anchor")
    sign = "−" if step < 0 else "+"
    return Text(ru=f"{sign}{abs(step)}", en=f"{sign}{abs(step)}")


def sankey_of(flow: StepFlow, named: NamedPlaces, anchor: Anchor) -> Sankey:
    """At each step the seven largest places, then all others, then those whose journey has just ended."""
    kept = [[place for place, persons in at[:_NODES] if persons >= _WORTH * max(flow.of, 1)] for at in flow.at]
    said = named.words(sorted({place for places in kept for place in places}))
    roles = _roles(flow, kept)
    all_links = flow.links
    steps = []
    for number, (name, at) in enumerate(zip(step_names(flow, anchor), flow.at, strict=True)):
        step = flow.first + number
        nodes = [
            Node(_key(place), said[place], persons, roles[place]) for place, persons in at if place in kept[number]
        ]
        rest = sum(persons for place, persons in at if place not in kept[number])
        over = sum(one.persons for one in all_links if one.step == step - 1 and one.target is None)
        nodes += [Node(_OTHERS, OTHERS, rest, "ink-4", ended=True)] if rest else []
        nodes += [Node(_ENDED, ENDED, over, "line", ended=True)] if over else []
        links = [one for one in all_links if one.step == step]
        following = kept[number + 1] if number + 1 < len(kept) else []
        steps.append(SankeyStep(name, tuple(nodes), _streams(links, kept[number], following)))
    return Sankey(tuple(steps), anchor=-flow.first)


def _key(place: int) -> str:
    return f"place {place}"


def _roles(flow: StepFlow, kept: list[list[int]]) -> Mapping[int, str]:
    """A colour a place, the same at every step; the hues go to the places where most people are."""
    total: dict[int, int] = {}
    for at, places in zip(flow.at, kept, strict=True):
        for place, persons in at:
            if place in places:
                total[place] = total.get(place, 0) + persons
    order = sorted(total, key=lambda place: (-total[place], place))
    return {place: stage_role(rank) for rank, place in enumerate(order)}


def _streams(links: list[StepLink], here: list[int], there: list[int]) -> tuple[Stream, ...]:
    total: dict[tuple[str, str], int] = {}
    for one in links:
        if one.source is None:
            continue
        source = _key(one.source) if one.source in here else _OTHERS
        target = _ENDED if one.target is None else _key(one.target) if one.target in there else _OTHERS
        total[source, target] = total.get((source, target), 0) + one.persons
    return tuple(Stream(source, target, persons) for (source, target), persons in sorted(total.items()))


def matrix_of(flow: StepFlow, named: NamedPlaces, anchor: Anchor) -> StepMatrix:
    """The fourteen places with the largest share at any step; last, whose journey is over by then."""
    of = max(flow.of, 1)
    shares = [{place: persons / of for place, persons in at} for at in flow.at]
    top: dict[int, float] = {}
    for at in shares:
        for place, share in at.items():
            top[place] = max(top.get(place, 0.0), share)
    order = [place for place in sorted(top, key=lambda place: (-top[place], place)) if top[place] >= _WORTH][:_ROWS]
    said = named.words(order)
    rows = [tuple(at.get(place, 0.0) for at in shares) for place in order]
    links = flow.links
    over, ended = [], 0
    for number in range(len(flow.at)):
        ended += sum(one.persons for one in links if one.step == flow.first + number - 1 and one.target is None)
        over.append(ended / of)
    ends = max(over) >= _WORTH
    return StepMatrix(
        rows=(*(said[place] for place in order), *((ENDED,) if ends else ())),
        columns=step_names(flow, anchor),
        shares=(*rows, *((tuple(over),) if ends else ())),
        anchor=-flow.first,
    )
