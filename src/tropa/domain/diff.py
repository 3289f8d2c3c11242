"""What differs between two maps: added, gone, reworded, moved, and figures before and after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tropa.domain.evidence import Measurement, Unit
from tropa.domain.finding import Finding
from tropa.domain.journeymap import Card, Goal, JourneyMap, Stage, Step
from tropa.domain.text import Text


class ChangeKind(StrEnum):
    """How a record changed."""

    ADDED = "added"
    GONE = "gone"
    REWORDED = "reworded"
    MOVED = "moved"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that a record carries: `what` names it, `query` its question; ends and counts where they are known."""

    what: str
    unit: Unit
    value: float
    low: float | None = None
    high: float | None = None
    count: int | None = None
    of: int | None = None
    currency: str | None = None
    query: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference. `before` and `after` hold texts, places or figures, as the kind says; `stage` is where it is."""

    kind: ChangeKind
    record: str
    key: str
    name: Text
    stage: str | None = None
    before: object = None
    after: object = None


def diff(before: JourneyMap, after: JourneyMap) -> tuple[Change, ...]:
    """Every difference that a reader would see, the goal and stages first, in the order of the newer map.

    A figure that several records share (by its question) is told once.
    """
    found = (
        *_between("goal", _goal(before), _goal(after)),
        *_between("stage", before.stages, after.stages),
        *_between("step", _steps(before), _steps(after)),
        *_between("finding", before.findings, after.findings),
        *_between("card", before.cards, after.cards),
        *_between("hypothesis", before.hypotheses, after.hypotheses),
        *_between("persona", before.personas, after.personas),
    )
    return tuple(_told_once(found))


def _told_once(changes: Sequence[Change]) -> Iterator[Change]:
    seen: set[str] = set()
    for one in changes:
        query = next((side.query for side in (one.after, one.before) if isinstance(side, Figure)), None)
        if query is None or query not in seen:
            yield one
        if query is not None:
            seen.add(query)


def _goal(journey: JourneyMap) -> tuple[Goal, ...]:
    return () if journey.goal is None else (journey.goal,)


def _steps(journey: JourneyMap) -> tuple[Step, ...]:
    return tuple(step for stage in journey.stages for step in stage.steps)


def _between(record: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
    old = {_key(one): one for one in before}
    new = {_key(one) for one in after}
    for one in after:
        if _key(one) not in old:
            yield Change(kind=ChangeKind.ADDED, record=record, key=_key(one), name=_name(one), stage=_stage(one))
        else:
            yield from _within(record, old[_key(one)], one)
    for one in before:
        if _key(one) not in new:
            yield Change(kind=ChangeKind.GONE, record=record, key=_key(one), name=_name(one), stage=_stage(one))


def _within(record: str, old: Any, new: Any) -> Iterator[Change]:
    def change(kind: ChangeKind, before: object, after: object) -> Change:
        return Change(
            kind=kind, record=record, key=_key(new), name=_name(new), stage=_stage(new), before=before, after=after
        )

    # a finding's sentence is made of its figures, which are told by themselves
    if _name(old) != _name(new) and not isinstance(new, Finding):
        yield change(ChangeKind.REWORDED, _name(old), _name(new))
    if _place(old) != _place(new):
        yield change(ChangeKind.MOVED, _place(old), _place(new))
    was, now = ({one.what: one for one in _figures(record)} for record in (old, new))
    for what in dict.fromkeys((*now, *was)):
        if was.get(what) != now.get(what):
            yield change(ChangeKind.FIGURE, was.get(what), now.get(what))


def _key(one: Any) -> str:
    match one:
        case Finding():
            return one.code
        case Goal():
            return "goal"
    key: str = one.key
    return key


def _name(one: Any) -> Text:
    name: Text = one.name if hasattr(one, "name") else one.text
    return name


def _stage(one: Any) -> str | None:
    return one.key if isinstance(one, Stage) else getattr(one, "stage", None)


def _place(one: Any) -> tuple[str | None, ...]:
    match one:
        case Card():
            return (one.lane, one.stage, one.step)
        case Finding():
            return (one.stage,)
        case Stage():
            return (one.order,)
    return ()


def _figures(one: Any) -> Iterator[Figure]:
    """What a reader would call the record's numbers: people, those who go on and times; a card's first figure."""
    match one:
        case Stage() | Step():
            yield from _of_place(one)
        case Goal() if one.answer is not None:
            yield from _of_evidence(one.answer.evidence)
        case Finding():
            yield from _of_finding(one)
        case Card():
            yield from _of_card(one)


def _of_place(one: Stage | Step) -> Iterator[Figure]:
    if one.persons is not None:
        yield Figure(what="persons", unit=Unit.PERSONS, value=one.persons)
    went = one.conversion
    if went is not None:
        yield Figure(
            what="conversion",
            unit=Unit.SHARE,
            value=went.value,
            low=went.low,
            high=went.high,
            count=went.count,
            of=went.of,
        )
    if one.median_seconds_to_next is not None:
        yield Figure(what="median_time", unit=Unit.SECONDS, value=one.median_seconds_to_next)


def _of_evidence(evidence: Sequence[Any]) -> Iterator[Figure]:
    first = next((proof for proof in evidence if isinstance(proof, Measurement)), None)
    if first is not None:
        yield Figure(
            what=first.metric,
            unit=first.unit,
            value=first.value,
            low=first.low,
            high=first.high,
            count=first.count,
            of=first.of,
            currency=first.currency,
            query=first.query_hash,
        )


def _of_finding(one: Finding) -> Iterator[Figure]:
    measured = next(_of_evidence(one.evidence), None)
    if measured is not None:
        yield measured
        return
    low, high = one.interval or (None, None)
    yield Figure(what=one.metric, unit=one.unit, value=one.value, low=low, high=high, of=one.of)


def _of_card(one: Card) -> Iterator[Figure]:
    if one.value is not None:
        yield Figure(what="value", unit=Unit.SCORE, value=one.value, low=one.low, high=one.high, of=one.voices)
        return
    yield from _of_evidence(one.evidence)
