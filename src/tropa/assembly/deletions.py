"""What a person took away from a map, with a note or without: it stays away."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from tropa.domain.journeymap import JourneyMap, Removed


class Part(StrEnum):
    """The parts of a map that cards hang on."""

    STAGE = "stage"
    STEP = "step"
    TOUCHPOINT = "touchpoint"
    LANE = "lane"
    ASK = "ask"


def generated_records(journey: JourneyMap) -> tuple[Removed, ...]:
    """Everything tropa wrote that a person can delete, each as the line that its deletion leaves."""
    lines = [Removed(key=one.key, by=one.generated.by) for _, one in _records(journey) if one.generated is not None]
    return tuple(sorted(lines, key=lambda one: (one.key, one.by)))


def with_deletions_noted(current: JourneyMap, written: Sequence[Removed]) -> JourneyMap:
    """The map with a line in `removed` for each record that was written and is gone; what is back has no line."""
    present = {(part, one.key) for part, one in _records(current)}
    noted = {_identity(one): one for one in (*written, *current.removed)}
    return replace(current, removed=tuple(line for identity, line in noted.items() if identity not in present))


def deleted(journey: JourneyMap, part: Part | None = None) -> frozenset[str]:
    """The keys of deleted parts of a kind; without a kind, of cards, personas and hypotheses."""
    return frozenset(key for kind, key in map(_identity, journey.removed) if kind is part)


def kept_away(current: JourneyMap, fresh: JourneyMap) -> tuple[Removed, ...]:
    """The deletions that hold: a card comes back when its fact has changed."""
    facts: dict[tuple[Part | None, str], str | None] = {
        (part, one.key): one.generated.fact for part, one in _records(fresh) if one.generated
    }
    lines = []
    for one in current.removed:
        fact = facts.get(_identity(one), one.fact)
        if one.fact is None or one.fact == fact:
            lines.append(replace(one, fact=fact))
    return tuple(lines)


def _records(journey: JourneyMap) -> Iterator[tuple[Part | None, Any]]:
    for one in (*journey.cards, *journey.personas, *journey.hypotheses):
        yield None, one
    for lane in journey.lanes:
        yield Part.LANE, lane
    for stage in journey.stages:
        yield Part.STAGE, stage
        yield from ((Part.STEP, one) for one in stage.steps)
        yield from ((Part.TOUCHPOINT, one) for one in stage.touchpoints)
        yield from ((Part.ASK, one) for one in stage.asks)


def _identity(line: Removed) -> tuple[Part | None, str]:
    """A part is told by its kind before its key; a card about a touchpoint has a key of its own."""
    return next((part for part in Part if line.by == f"{part}:{line.key}"), None), line.key
