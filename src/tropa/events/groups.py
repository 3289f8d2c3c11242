"""Groups of people: rules that say in which group each unit of any piece of the log is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tropa.domain.project import Moment
from tropa.errors import InvalidQueryError, told
from tropa.events.fold import readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, Column, EventLog
from tropa.events.places import NOWHERE, PlaceRule


class GroupRule(Protocol):
    """Puts units into groups 0, 1, … `count` − 1, the same ones in every piece of the log."""

    @property
    def count(self) -> int:
        """How many groups there are."""
        ...

    def on(self, log: EventLog) -> Codes:
        """The group of each unit, −1 = in none; shape U, as kernels read it."""
        ...


@dataclass(frozen=True, slots=True)
class Everybody:
    """One group that all are in."""

    @property
    def count(self) -> int:
        """How many groups there are."""
        return 1

    def on(self, log: EventLog) -> Codes:
        """The group of each unit."""
        return readable(np.zeros(log.units, dtype=np.int32), np.int32)


EVERYBODY = Everybody()


@dataclass(frozen=True, slots=True)
class UnitProperty:
    """Group k = the units of which a property says `values[k]` at a moment, the journey's start unless told."""

    name: str
    values: tuple[str, ...]
    at: Moment = Moment.JOURNEY_START

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self.values)

    def on(self, log: EventLog) -> Codes:
        """The group of each unit."""
        column = unit_column(log, self.name, self.at)
        if column is None:
            return readable(np.full(log.units, NOWHERE, dtype=np.int32), np.int32)
        group = {value: number for number, value in enumerate(self.values)}
        table = np.array([*(group.get(value, NOWHERE) for value in column.values), NOWHERE], dtype=np.int32)
        return readable(table[column.codes], np.int32)


@dataclass(frozen=True, slots=True)
class Reached:
    """Group 1 = the units that were at any of these places, group 0 = all others."""

    rule: PlaceRule
    places: frozenset[int] = frozenset({0})

    @property
    def count(self) -> int:
        """How many groups there are."""
        return 2

    def on(self, log: EventLog) -> Codes:
        """The group of each unit."""
        places = self.rule.on(log)
        wanted = readable(np.isin(places.table, list(self.places)), np.int8)
        met = np.zeros(log.units, dtype=np.int32)
        _mark_met(readable(log.offsets, np.int64), places.codes, wanted, met)
        return readable(met, np.int32)


@dataclass(frozen=True, slots=True)
class Crossed:
    """Every combination of two groupings: group i · (groups of the second) + j."""

    one: GroupRule
    other: GroupRule

    @property
    def count(self) -> int:
        """How many groups there are."""
        return self.one.count * self.other.count

    def on(self, log: EventLog) -> Codes:
        """The group of each unit."""
        one, other = self.one.on(log), self.other.on(log)
        return readable(np.where((one < 0) | (other < 0), NOWHERE, one * self.other.count + other), np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class CodedGroups:
    """Groups that were worked out already, of a log that is whole: one entry a unit, −1 = in none."""

    codes: Codes
    count: int

    def on(self, log: EventLog) -> Codes:
        """The group of each unit."""
        if len(self.codes) != log.units:
            raise InvalidQueryError(
                told("There are groups of {count} units for a log of {units}.", count=len(self.codes), units=log.units)
            )
        return readable(self.codes, np.int32)


def unit_column(log: EventLog, name: str, at: Moment = Moment.JOURNEY_START) -> Column | None:
    """The property's code for each unit (shape U, −1 where unknown); None where the log has no such property."""
    if (fixed := log.unit_properties.get(name)) is not None:
        return fixed
    column = log.properties.get(name)
    if column is None:
        return None
    known = np.flatnonzero(column.codes >= 0)
    units = log.unit_of_event()[known]
    codes = np.full(log.units, -1, dtype=np.int32)
    match at:
        case Moment.JOURNEY_START:
            codes[units[::-1]] = column.codes[known][::-1]
        case Moment.LAST:
            codes[units] = column.codes[known]
        case Moment.MOST_FREQUENT:
            codes = _most_frequent(units, column.codes[known], log.units, column.values)
    return Column(codes, column.values)


def _most_frequent(units: NDArray[np.int32], codes: NDArray[np.int32], count: int, values: Sequence[str]) -> Codes:
    """The commonest code of each unit, the value that comes first in the alphabet where two are as common."""
    size = max(len(values), 1)
    by_name = np.array(sorted(range(len(values)), key=values.__getitem__), dtype=np.int32)
    rank = np.argsort(by_name)
    pairs, times = np.unique(units.astype(np.int64) * size + rank[codes], return_counts=True)
    order = np.lexsort((-pairs, times))
    result = np.full(count, -1, dtype=np.int32)
    result[pairs[order] // size] = by_name[pairs[order] % size]
    return result


def only_units(log: EventLog, keep: NDArray[np.bool_]) -> EventLog:
    """The log of the units kept (shape U), numbered anew."""
    sizes = np.diff(log.offsets)
    cut = log.where(np.repeat(keep, sizes))
    before = np.concatenate([[0], np.cumsum(keep)])
    return replace(
        cut,
        offsets=np.concatenate([[0], np.cumsum(sizes[keep])]).astype(np.int64),
        buckets=before[log.buckets].astype(np.int64),
        unit_properties={
            name: Column(column.codes[keep], column.values) for name, column in log.unit_properties.items()
        },
    )


@kernel
def _mark_met(offsets: NDArray[np.int64], codes: Codes, wanted: NDArray[np.int8], met: Codes) -> None:
    for unit in range(len(met)):
        for i in range(offsets[unit], offsets[unit + 1]):
            if wanted[codes[i]]:
                met[unit] = 1
                break
