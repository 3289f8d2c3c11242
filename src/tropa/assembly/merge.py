"""Fresh figures into a map that people edited: their words win, figures are replaced, conflicts become choices."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tropa.assembly.deletions import Part, deleted, kept_away
from tropa.assembly.ownership import Ownership, is_edited, merged_record
from tropa.domain.evidence import Evidence, Flag, Measurement
from tropa.domain.generated import Generated
from tropa.domain.hypothesis import HypothesisStatus
from tropa.domain.journeymap import (
    Ask,
    Card,
    Goal,
    JourneyMap,
    Minute,
    Persona,
    Proposal,
    Stage,
    Statement,
    Step,
    Touchpoint,
)
from tropa.domain.text import Text

STAGE = Ownership("name", own=("goal",))
STEP = Ownership("name", own=("touchpoints",))
TOUCHPOINT = Ownership("name", own=("owner", "words", "match", "channel"))
ASK = Ownership("question", based=(), own=("answer",))
LANE = Ownership("name", own=("hidden", "meaning"))
CARD = Ownership("text", based=("order", "lane", "stage", "step", "severity"), own=("owner", "spans"))
PERSONA = Ownership("name", own=())
HYPOTHESIS = Ownership("text", based=(), own=("owner", "impact", "confidence", "ease"))
_PERSONAS_OWN = ("name", "portrait", "goals", "fears", "context", "channels", "quote", "questions", "draft")

Remeasured = Mapping[str, Measurement | None]
"""Query hash → the figure now; None where the question can no longer be asked."""


def merge(
    current: JourneyMap,
    fresh: JourneyMap,
    *,
    remeasured: Remeasured | None = None,
) -> JourneyMap:
    """The map to write; `current` has a line in `removed` for everything that a person deleted."""
    current = replace(current, removed=kept_away(current, fresh))
    gone = deleted(current)
    proposals: list[Proposal] = []
    stages = _merged_stages(current, fresh, proposals)
    hidden = deleted(current, Part.LANE)
    lanes = _merged(current.lanes, fresh.lanes, LANE, hidden, proposals, keep_all=True)
    cards = tuple(
        _placed(card, stages)
        for card in _merged_cards(current, fresh, gone, proposals, remeasured or {})
        if card.lane not in hidden or is_edited(card, CARD)
    )
    hypotheses = _merged(current.hypotheses, fresh.hypotheses, HYPOTHESIS, gone, proposals)
    statuses = {one.key: one.status for one in current.hypotheses}
    return replace(
        fresh,
        title=_kept_words(current.title, current.generated, fresh.title),
        generated=_base_of_words(current.title, current.generated, fresh.generated),
        goal=_merged_goal(current.goal, fresh.goal),
        minute=_merged_minute(current.minute, fresh.minute),
        view=current.view,
        language=current.language,
        stages=stages,
        lanes=lanes,
        cards=cards,
        personas=_merged_personas(current.personas, fresh.personas, gone),
        hypotheses=tuple(replace(one, status=_status(statuses.get(one.key), one.status)) for one in hypotheses),
        dismissals=current.dismissals,
        proposals=_kept_proposals(current.proposals, proposals, cards),
        removed=current.removed,
        themes=current.themes,
        extra=current.extra,
    )


def _status(current: HypothesisStatus | None, fresh: HypothesisStatus) -> HypothesisStatus:
    """A person's word stands; what is still open follows an experiment's result."""
    if current in {HypothesisStatus.PROVED, HypothesisStatus.REFUTED} or fresh is HypothesisStatus.IDEA:
        return current or fresh
    return fresh


def has_own_structure(journey: JourneyMap) -> bool:
    """A person renamed, reordered, split, merged or deleted stages, or moved or deleted a touchpoint."""
    return any(
        is_edited(stage, STAGE)
        or any(is_edited(one, TOUCHPOINT) or _strayed(one, stage.key) for one in stage.touchpoints)
        for stage in journey.stages
    ) or bool(deleted(journey, Part.STAGE) or deleted(journey, Part.TOUCHPOINT))


def _strayed(record: Step | Touchpoint, stage: str) -> bool:
    return record.generated is not None and record.generated.stage not in {None, stage}


def _merged(
    current: Sequence[Any],
    fresh: Sequence[Any],
    ownership: Ownership,
    gone: Collection[str],
    proposals: list[Proposal],
    *,
    keep_all: bool = False,
) -> tuple[Any, ...]:
    before = {one.key: one for one in current}
    result = []
    for one in fresh:
        if one.key in before:
            record, proposal = merged_record(before[one.key], one, ownership)
            result.append(record)
            proposals.extend([proposal] if proposal else [])
        elif one.key not in gone:
            result.append(one)
    arrived = {one.key for one in fresh}
    left = [one for one in current if one.key not in arrived and (keep_all or is_edited(one, ownership))]
    return (*result, *left)


def _merged_stages(current: JourneyMap, fresh: JourneyMap, proposals: list[Proposal]) -> tuple[Stage, ...]:
    stages = _merged(current.stages, fresh.stages, STAGE, deleted(current, Part.STAGE), proposals)
    touchpoints = _merged_parts(current, fresh, Part.TOUCHPOINT, TOUCHPOINT, proposals)
    steps = _merged_parts(current, fresh, Part.STEP, STEP, proposals)
    asks = {stage.key: stage.asks for stage in current.stages}
    gone = deleted(current, Part.ASK)
    return tuple(
        replace(
            stage,
            touchpoints=touchpoints.get(stage.key, ()),
            steps=steps.get(stage.key, ()),
            asks=_merged_asks(asks.get(stage.key, ()), stage.asks, gone),
        )
        for stage in stages
    )


def _merged_asks(current: Sequence[Ask], fresh: Sequence[Ask], gone: Collection[str]) -> tuple[Ask, ...]:
    """A person's answers, questions of their own and questions said otherwise stay."""
    before = {one.key: one for one in current}
    merged = [
        merged_record(before[one.key], one, ASK)[0] if one.key in before else one
        for one in fresh
        if one.key in before or one.key not in gone
    ]
    arrived = {one.key for one in fresh}
    kept = (one for one in current if one.key not in arrived and (not one.is_open or is_edited(one, ASK)))
    return (*merged, *kept)


def _merged_parts(
    current: JourneyMap, fresh: JourneyMap, part: Part, ownership: Ownership, proposals: list[Proposal]
) -> dict[str, tuple[Any, ...]]:
    inside = f"{part}s"
    home_now = {one.key: stage.key for stage in current.stages for one in getattr(stage, inside)}
    home = {one.key: stage.key for stage in fresh.stages for one in getattr(stage, inside)}
    before = [one for stage in current.stages for one in getattr(stage, inside)]
    after = [one for stage in fresh.stages for one in getattr(stage, inside)]
    bases = {one.key: one.generated for one in before}
    grouped: dict[str, list[Any]] = {}
    for one in _merged(before, after, ownership, deleted(current, part), proposals):
        base = bases.get(one.key)
        moved = one.key in home_now and (base is None or base.stage not in {None, home_now[one.key]})
        stage = home_now[one.key] if moved else home.get(one.key, home_now.get(one.key, ""))
        if moved and base is not None and one.generated is not None:
            one = replace(one, generated=replace(one.generated, stage=base.stage))  # noqa: PLW2901  still the same record
        grouped.setdefault(stage, []).append(one)
    return {stage: tuple(parts) for stage, parts in grouped.items()}


def _merged_cards(
    current: JourneyMap,
    fresh: JourneyMap,
    gone: Collection[str],
    proposals: list[Proposal],
    remeasured: Remeasured,
) -> tuple[Card, ...]:
    arrived = {one.key for one in fresh.cards}
    cards = []
    for card in _merged(current.cards, fresh.cards, CARD, gone, proposals):
        if card.key in arrived and card.generated is not None:
            cards.append(card)
        else:
            cards.append(_asked_again(card, remeasured, lost_fact=card.generated is not None))
    return tuple(cards)


def _asked_again(card: Card, remeasured: Remeasured, *, lost_fact: bool) -> Card:
    stale = lost_fact
    evidence: list[Evidence] = []
    for one in card.evidence:
        figure = remeasured.get(one.query_hash or "") if isinstance(one, Measurement) else None
        if isinstance(one, Measurement) and one.query_hash in remeasured:
            stale = stale or figure is None
        evidence.append(replace(figure, key=one.key) if figure is not None else one)
    flags = tuple(
        sorted({*card.flags, Flag.STALE} if stale else {*card.flags} - {Flag.STALE} if evidence else {*card.flags})
    )
    return replace(card, evidence=tuple(evidence), flags=flags)


def _placed(card: Card, stages: Sequence[Stage]) -> Card:
    """A card whose stage is gone moves to the stage that holds its touchpoint, else to the first."""
    here = next((stage for stage in stages if stage.key == card.stage), None)
    if here is not None:
        there = card.step is None or any(step.key == card.step for step in here.steps)
        return card if there else replace(card, step=None)
    if not stages:
        return card
    homes = Counter(stage.key for stage in stages for one in stage.touchpoints if one.key == card.touchpoint)
    return replace(card, stage=homes.most_common(1)[0][0] if homes else stages[0].key, step=None)


def _merged_personas(
    current: Sequence[Persona], fresh: Sequence[Persona], gone: Collection[str]
) -> tuple[Persona, ...]:
    before = {one.key: one for one in current}
    result = []
    for one in fresh:
        was = before.get(one.key)
        if was is None and one.key in gone:
            continue
        if was is not None and (not was.draft or is_edited(was, PERSONA)):
            words = {name: getattr(was, name) for name in _PERSONAS_OWN}
            one = replace(one, **words, order=was.order, generated=was.generated, extra=was.extra)  # noqa: PLW2901  the person's words
        result.append(one)
    arrived = {one.key for one in fresh}
    return (*result, *(one for one in current if one.key not in arrived and (not one.draft or is_edited(one, PERSONA))))


def _merged_goal(current: Goal | None, fresh: Goal | None) -> Goal | None:
    if current is None or fresh is None:
        return current or fresh
    return replace(
        fresh,
        text=_kept_words(current.text, current.generated, fresh.text),
        generated=_base_of_words(current.text, current.generated, fresh.generated),
        answer=_merged_statement(current.answer, fresh.answer),
    )


def _kept_words(words: Text, base: Generated | None, fresh: Text) -> Text:
    return fresh if base is not None and words == base.text else words


def _base_of_words(words: Text, base: Generated | None, fresh: Generated | None) -> Generated | None:
    return fresh if base is not None and words == base.text else base


def _merged_minute(current: Minute | None, fresh: Minute | None) -> Minute | None:
    if current is None or fresh is None:
        return fresh or current
    return Minute(
        want=_merged_statement(current.want, fresh.want),
        loss=_merged_statement(current.loss, fresh.loss),
        action=_merged_statement(current.action, fresh.action),
    )


def _merged_statement(current: Statement | None, fresh: Statement | None) -> Statement | None:
    if current is None or fresh is None:
        return fresh if current is None or current.generated is not None else current
    edited = current.generated is None or current.text != current.generated.text
    return replace(fresh, text=current.text, generated=current.generated) if edited else fresh


def _kept_proposals(
    current: Sequence[Proposal], new: Sequence[Proposal], cards: Sequence[Card]
) -> tuple[Proposal, ...]:
    alive = {card.key for card in cards}
    waiting = {one.key: one for one in current if one.record in alive or one.field != "text"}
    for one in new:
        old = waiting.get(one.key)
        waiting[one.key] = replace(one, old=old.old) if old is not None else one
    return tuple(waiting.values())
