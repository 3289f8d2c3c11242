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
from tropa.events.log import Codes, Column, EventLog
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
    columns = [(one.property, unit_column(staged.log, one.property, one.at)) for one in segments]
    known = [(name, one) for name, one in columns if one is not None and 2 <= len(one.values) <= _MOST_VALUES]
    if not known:
        return ()
    met = _Met.of(staged)
    found = [
        one for pair in known for one in _of_property(met, pair, goal=goal, aside=aside, least=max(at_least, FEWEST))
    ]
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


@dataclass(frozen=True, slots=True, eq=False)
class _Met:
    """Which units were at each touchpoint and stage; shapes (touchpoints, units) and (stages, units)."""

    staged: StagedLog
    unit: NDArray[np.int32]
    touchpoints: NDArray[np.bool_]
    stages: NDArray[np.bool_]

    @classmethod
    def of(cls, staged: StagedLog) -> "_Met":
        """One pass over the events for each."""
        unit = staged.log.unit_of_event()
        return cls(
            staged,
            unit,
            _table(staged.touchpoint, unit, len(staged.touchpoints), staged.log.units),
            _table(staged.stage, unit, len(staged.stages), staged.log.units),
        )


def _table(codes: Codes, unit: NDArray[np.int32], places: int, units: int) -> NDArray[np.bool_]:
    there = codes >= 0
    table = np.zeros((places, units), dtype=bool)
    table[codes[there], unit[there]] = True
    return table


def _of_property(
    met: _Met, named: tuple[str, Column], *, goal: int, aside: frozenset[int], least: int
) -> Iterator[_Found]:
    name, column = named
    for stage in range(len(met.staged.stages)):
        if stage not in aside:
            things = list(_things(met, name, stage, goal=goal, aside=aside))
            yield from _compared(column.codes, column.values, met.stages[stage], things, stage, name, least)


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


def _things(met: _Met, name: str, stage: int, *, goal: int, aside: frozenset[int]) -> Iterator[_Thing]:
    """The stage's touchpoints, what its events say of themselves, help asked for, and what comes at the next stage."""
    staged = met.staged
    later = next((n for n in range(stage + 1, len(staged.stages)) if n not in aside), None)
    for number, touchpoint in enumerate(staged.touchpoints):
        taste = _taste(int(staged.stage_of_touchpoint[number]), stage, later, goal, aside)
        if taste is not None and not _is_error(touchpoint):
            yield _Thing(taste, touchpoint.key, None, touchpoint.name, met.touchpoints[number])
    taste = Taste.TAKES if stage == goal else Taste.VIEWS
    for other, column in sorted(staged.log.properties.items()):
        if not 2 <= len(column.values) <= _MOST_VALUES or not _is_looked_at(other) or _is_same(staged.log, name, other):
            continue
        codes = np.where(staged.stage == stage, column.codes, np.int32(-1))
        did = _table(codes, met.unit, len(column.values), staged.log.units)
        for code, value in enumerate(column.values):
            yield _Thing(taste, value, other, Text(ru=value, en=value), did[code])


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
