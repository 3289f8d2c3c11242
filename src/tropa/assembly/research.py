"""Which guesses matter most, and how to find out: importance × how little is known."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tropa.domain.evidence import Basis, Flag
from tropa.domain.journeymap import Author, Card, JourneyMap, LaneKind, Stage
from tropa.domain.template import Template

MOST = 5
_A_STAGE = 2
_UNKNOWN: Mapping[LaneKind, float] = {
    LaneKind.BARRIER: 1.0,
    LaneKind.GOAL: 0.9,
    LaneKind.TRIGGER: 0.8,
    LaneKind.EXPECTATION: 0.8,
    LaneKind.EMOTION: 0.6,
    LaneKind.ACTION: 0.5,
}
"""How little is known of a guess by its kind: what people do is soon seen, what stops them is not."""
_LEFT: Mapping[Basis, float] = {Basis.GUESS: 1.0, Basis.REPORTED: 0.7, Basis.ANECDOTAL: 0.6}
"""How much of that is left with this evidence; five voices or a measurement leave nothing to ask."""
_OWNER_KNOWS = 0.9
_AGAINST = 1.2
_UNWEIGHED = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGuess:
    """A guess worth checking: `weight` 1–5 of its stage and why, and the product by which guesses are ranked."""

    card: Card
    kind: LaneKind
    stage: Stage
    weight: Card | None
    score: float


def open_guesses(journey: JourneyMap, most: int = MOST) -> tuple[OpenGuess, ...]:
    """The guesses that matter most, at most two a stage; the first of each kind in a cell before its others."""
    ranked = sorted(
        _candidates(journey),
        key=lambda one: (-one.score, not one.stage.goal, one.stage.order, one.card.order, one.card.key),
    )
    taken: Counter[str] = Counter()
    kinds: set[tuple[str, LaneKind]] = set()
    chosen = []
    for one in ranked:
        if taken[one.stage.key] < _A_STAGE and (one.stage.key, one.kind) not in kinds:
            taken[one.stage.key] += 1
            kinds.add((one.stage.key, one.kind))
            chosen.append(one)
    return tuple(chosen[:most])


def _candidates(journey: JourneyMap) -> Iterator[OpenGuess]:
    lanes = {lane.key: lane.kind for lane in journey.lanes}
    weights = {card.stage: card for card in journey.cards_of(LaneKind.IMPORTANCE)}
    stages = {stage.key: stage for stage in journey.stages}
    for card in journey.cards:
        kind = lanes.get(card.lane)
        unknown = _UNKNOWN.get(kind, 0.0) if kind else 0.0
        left = _LEFT.get(card.basis(b2b=journey.is_b2b), 0.0)
        if kind is None or card.stage not in stages or not unknown * left:
            continue
        weight = weights.get(card.stage)
        value = weight.value if weight is not None and weight.value is not None else _UNWEIGHED
        known = _OWNER_KNOWS if card.author is Author.PERSON else 1.0
        against = _AGAINST if Flag.CONTRADICTED in card.flags else 1.0
        yield OpenGuess(
            card=card,
            kind=kind,
            stage=stages[card.stage],
            weight=weight,
            score=value * unknown * left * known * against,
        )


def events_to_log(journey: JourneyMap, of: Template | None) -> tuple[tuple[Stage, tuple[str, ...]], ...]:
    """The events of each stage, named so that tropa puts them there when they come."""
    named = {one.key: one.log for one in of.stages} if of is not None else {}
    return tuple((stage, named[stage.key]) for stage in journey.stages if named.get(stage.key))
