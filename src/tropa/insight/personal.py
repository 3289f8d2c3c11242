"""What each group of people views, takes and asks for more often than the others, stage by stage."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tropa.domain.project import SegmentSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.events.groups import unit_column
from tropa.events.log import Codes, EventLog
from tropa.events.staged import StagedLog
from tropa.insight.group_kinds import kinds_of_property
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import Proportion, proportion, two_proportions_p

FEWEST = 30
_SURE = 0.01
_LIFT, _POINTS = 1.25, 0.04
_MOST_VALUES = 24
_FEWEST_WITH = 0.05
_WORD = re.compile(r"[^\W\d_]+")
_ERRORS = frozenset(("error", "errors", "failure", "failed", "ошибка", "ошибки", "сбой", "отказ"))


class Taste(StrEnum):
    """What a group does more often."""

    VIEWS = "views"
    TAKES = "takes"
    ASKS = "asks"
    NEXT = "next"


class Adaptation(StrEnum):
    """What the group's property allows to adapt."""

    REGION = "region"
    LEVEL = "level"
    AGE = "age"
    GOAL = "goal"
    DEVICE = "device"
    CHANNEL = "channel"
    PRODUCT = "product"
    ACCOUNT = "account"
    OTHER = "other"


_ALLOWS = (
    ("region", Adaptation.REGION), ("age", Adaptation.AGE), ("topic", Adaptation.GOAL), ("device", Adaptation.DEVICE),
    ("experience", Adaptation.LEVEL), ("channel", Adaptation.CHANNEL), ("account", Adaptation.ACCOUNT),
    ("product", Adaptation.PRODUCT), ("plan", Adaptation.LEVEL), ("audience", Adaptation.GOAL),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """Of the group's people at a stage `own` do something, of the others `others`; `q_value` over all compared.

    `what` is a touchpoint's key, or a value of the property `of`.
    """

    stage: int
    property: str
    value: str
    taste: Taste
    what: str
    of: str | None
    name: Text
    own: Proportion
    others: Proportion
    q_value: float
    adaptation: Adaptation


def preferences(
    staged: StagedLog, segments: Sequence[SegmentSpec], *, goal: int, aside: frozenset[int], at_least: int
) -> tuple[Preference, ...]:
    """What sets groups apart surely and by enough to act on, the strongest first within a stage."""
    found = [one for spec in segments for one in _of_property(staged, spec, goal=goal, aside=aside, least=at_least)]
    chances = [two_proportions_p(a.count, a.of, b.count, b.of) for *_, a, b in found]
    q_values = benjamini_hochberg(chances).tolist() if chances else []
    told = [
        Preference(
            stage=stage,
            property=spec,
            value=value,
            taste=thing.taste,
            what=thing.key,
            of=thing.of,
            name=thing.name,
            own=own,
            others=others,
            q_value=q,
            adaptation=adaptation_for(spec),
        )
        for (stage, spec, value, thing, own, others), q in zip(found, q_values, strict=True)
        if q <= _SURE and own.value - others.value >= _POINTS and own.value >= _LIFT * others.value
    ]
    return tuple(sorted(told, key=lambda one: (one.stage, others_first(one), one.property, one.value, one.what)))


def others_first(one: Preference) -> float:
    """The clearer difference first: its size in spreads, negative."""
    return -abs(one.own.value - one.others.value) / max(one.own.high - one.own.low, 1e-9)


def adaptation_for(name: str) -> Adaptation:
    """What may be adapted to people told apart by this property."""
    kinds = kinds_of_property(name)
    return next((made for kind, made in _ALLOWS if kind in kinds), Adaptation.OTHER)


@dataclass(frozen=True, slots=True, eq=False)
class _Thing:
    """Something to do at a stage: which units did it."""

    taste: Taste
    key: str
    of: str | None
    name: Text
    did: NDArray[np.bool_]


_Found = tuple[int, str, str, _Thing, Proportion, Proportion]


def _of_property(
    staged: StagedLog, spec: SegmentSpec, *, goal: int, aside: frozenset[int], least: int
) -> Iterator[_Found]:
    column = unit_column(staged.log, spec.property, spec.at)
    if column is None or not 2 <= len(column.values) <= _MOST_VALUES:
        return
    unit = staged.log.unit_of_event()
    for stage in range(len(staged.stages)):
        if stage in aside:
            continue
        here = _units_with(staged.log, unit, staged.stage == stage)
        things = list(_things(staged, unit, spec.property, stage, goal=goal, aside=aside))
        yield from _compared(column.codes, column.values, here, things, stage, spec.property, max(least, FEWEST))


def _compared(
    codes: Codes,
    values: Sequence[str],
    here: NDArray[np.bool_],
    things: Sequence[_Thing],
    stage: int,
    name: str,
    least: int,
) -> Iterator[_Found]:
    known = here & (codes >= 0)
    size = np.bincount(codes[known], minlength=len(values))
    total = int(size.sum())
    for thing in things:
        with_it = np.bincount(codes[known & thing.did], minlength=len(values))
        every = int(with_it.sum())
        for code, value in enumerate(values):
            of, count = int(size[code]), int(with_it[code])
            if of < least or total - of < least or count < max(FEWEST, _FEWEST_WITH * of):
                continue
            yield stage, name, value, thing, proportion(count, of), proportion(every - count, total - of)


def _things(
    staged: StagedLog, unit: NDArray[np.int32], name: str, stage: int, *, goal: int, aside: frozenset[int]
) -> Iterator[_Thing]:
    """The stage's touchpoints, what its events say of themselves, help asked for, and what comes at the next stage."""
    later = next((n for n in range(stage + 1, len(staged.stages)) if n not in aside), None)
    for number, touchpoint in enumerate(staged.touchpoints):
        home = int(staged.stage_of_touchpoint[number])
        taste = _taste(home, stage, later, goal, aside)
        if taste is not None and not _is_error(touchpoint):
            did = _units_with(staged.log, unit, staged.touchpoint == number)
            yield _Thing(taste, touchpoint.key, None, touchpoint.name, did)
    at_stage = staged.stage == stage
    for other, column in sorted(staged.log.properties.items()):
        if not 2 <= len(column.values) <= _MOST_VALUES or not _is_looked_at(other) or _is_same(staged.log, name, other):
            continue
        for code, value in enumerate(column.values):
            did = _units_with(staged.log, unit, at_stage & (column.codes == code))
            yield _Thing(Taste.TAKES if stage == goal else Taste.VIEWS, value, other, Text(ru=value, en=value), did)


def _is_looked_at(name: str) -> bool:
    """A property of what people look at: a device or a region is theirs and is not viewed."""
    return adaptation_for(name) in {Adaptation.PRODUCT, Adaptation.GOAL}


def _is_same(log: EventLog, name: str, other: str) -> bool:
    """The group's own property, also under another table's name for it: product_type and “Product Type”."""
    columns = [log.properties.get(one) or log.unit_properties.get(one) for one in (name, other)]
    values = [{value.casefold() for value in one.values} if one else set() for one in columns]
    return bool(values[0] & values[1])


def _is_error(touchpoint: TouchpointSpec) -> bool:
    """Running into an error is no taste."""
    return bool(_ERRORS & set(_WORD.findall(f"{touchpoint.key} {touchpoint.name.ru} {touchpoint.name.en}".casefold())))


def _taste(home: int, stage: int, later: int | None, goal: int, aside: frozenset[int]) -> Taste | None:
    if home in aside:
        return Taste.ASKS
    if home == stage:
        return Taste.TAKES if stage == goal else Taste.VIEWS
    return Taste.NEXT if home == later else None


def _units_with(log: EventLog, unit: NDArray[np.int32], events: NDArray[np.bool_]) -> NDArray[np.bool_]:
    found = np.zeros(log.units, dtype=bool)
    found[unit[events]] = True
    return found


ADAPTED: Mapping[Adaptation, Text] = {
    Adaptation.REGION: Text(ru="подборка под регион", en="picks for the region"),
    Adaptation.LEVEL: Text(ru="под уровень и опыт", en="by level and experience"),
    Adaptation.AGE: Text(ru="примеры и тон под возраст", en="examples and tone by age"),
    Adaptation.GOAL: Text(ru="под цель человека", en="by what they are after"),
    Adaptation.DEVICE: Text(ru="под экран устройства", en="for the screen of the device"),
    Adaptation.CHANNEL: Text(ru="продолжение того, с чем пришли", en="going on from what brought them"),
    Adaptation.PRODUCT: Text(ru="подборка под выбранный товар", en="picks for the chosen product"),
    Adaptation.ACCOUNT: Text(ru="отдельно для гостей и своих", en="apart for guests and members"),
    Adaptation.OTHER: Text(ru="показать этой группе первым", en="show it to this group first"),
}
"""What to adapt, in a few words."""
