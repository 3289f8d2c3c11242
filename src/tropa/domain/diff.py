"""What differs between two maps: added, gone, reworded, moved, and figures before and after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tropa.domain.evidence import Measurement
from tropa.domain.journeymap import Card, JourneyMap, Stage
from tropa.domain.text import Text


class ChangeKind(StrEnum):
    """How a record changed."""

    ADDED = "added"
    GONE = "gone"
    REWORDED = "reworded"
    MOVED = "moved"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference. `before` and `after` hold texts, places or figures, as the kind says."""

    kind: ChangeKind
    record: str
    key: str
    name: Text
    before: object = None
    after: object = None


def diff(before: JourneyMap, after: JourneyMap) -> tuple[Change, ...]:
    """Every difference that a reader would see, stages first, in the order of the newer map."""
    return (
        *_between("stage", before.stages, after.stages),
        *_between("card", before.cards, after.cards),
        *_between("hypothesis", before.hypotheses, after.hypotheses),
        *_between("persona", before.personas, after.personas),
    )


def _between(record: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
    old = {one.key: one for one in before}
    new = {one.key for one in after}
    for one in after:
        if one.key not in old:
            yield Change(kind=ChangeKind.ADDED, record=record, key=one.key, name=_name(one))
        else:
            yield from _within(record, old[one.key], one)
    for one in before:
        if one.key not in new:
            yield Change(kind=ChangeKind.GONE, record=record, key=one.key, name=_name(one))


def _within(record: str, old: Any, new: Any) -> Iterator[Change]:
    def change(kind: ChangeKind, before: object, after: object) -> Change:
        return Change(kind=kind, record=record, key=new.key, name=_name(new), before=before, after=after)

    if _name(old) != _name(new):
        yield change(ChangeKind.REWORDED, _name(old), _name(new))
    if _place(old) != _place(new):
        yield change(ChangeKind.MOVED, _place(old), _place(new))
    if _figure(old) != _figure(new):
        yield change(ChangeKind.FIGURE, _figure(old), _figure(new))


def _name(one: Any) -> Text:
    name: Text = one.name if hasattr(one, "name") else one.text
    return name


def _place(one: Any) -> tuple[str | None, ...]:
    match one:
        case Card():
            return (one.lane, one.stage, one.step)
        case Stage():
            return (one.order,)
    return ()


def _figure(one: Any) -> tuple[float | None, ...]:
    """What a reader would call the record's number: a stage's people and conversion, a card's first measurement."""
    match one:
        case Stage():
            return (one.persons, one.conversion.value if one.conversion else None)
        case Card():
            first = next((proof for proof in one.evidence if isinstance(proof, Measurement)), None)
            return (one.value, None, None) if first is None else (first.value, first.count, first.of)
    return ()
