"""Groups of people: rules that say in which group each unit of any piece of the log is."""

from dataclasses import dataclass, replace
from typing import Any, Protocol

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
class Among:
    """Group 0 = the units of which a property says one of these values, group 1 = those of which it says another."""

    name: str
    values: tuple[str, ...]
    at: Moment = Moment.JOURNEY_START

    @property
    def count(self) -> int:
        """How many groups there are."""
        return 2

    def on(self, log: EventLog) -> Codes:
        """The group of each unit."""
        column = unit_column(log, self.name, self.at)
        if column is None:
            return readable(np.full(log.units, NOWHERE, dtype=np.int32), np.int32)
        table = np.array([*(0 if value in self.values else 1 for value in column.values), NOWHERE], dtype=np.int32)
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
    found = np.full(log.units, -1, dtype=np.int32)
    where = readable(log.offsets, np.int64), readable(column.codes, np.int32)
    match at:
        case Moment.JOURNEY_START:
            _take_first(*where, found)
        case Moment.LAST:
            _take_last(*where, found)
        case Moment.MOST_FREQUENT:
            by_name = np.array(sorted(range(len(column.values)), key=column.values.__getitem__), dtype=np.int32)
            rank = readable(np.argsort(by_name), np.int32)
            _take_commonest(*where, rank, np.zeros(len(by_name), dtype=np.int32), found)
    return Column(found, column.values)


def only_units(log: EventLog, keep: NDArray[np.bool_]) -> EventLog:
    """The log of the units kept (shape U), numbered anew."""
    kept = np.flatnonzero(keep)
    offsets = np.concatenate([[0], np.cumsum(np.diff(log.offsets)[kept])]).astype(np.int64)
    picked = readable(kept, np.int64), readable(log.offsets, np.int64), readable(offsets, np.int64)

    def codes_of(column: Column) -> Column:
        codes = np.empty(int(offsets[-1]), dtype=np.int32)
        _copy_units(*picked, readable(column.codes, np.int32), codes)
        return Column(codes, column.values)

    def numbers_of(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        copies = np.empty(int(offsets[-1]), dtype=np.int64)
        _copy_units(*picked, readable(numbers, np.int64), copies)
        return copies

    return replace(
        log,
        offsets=offsets,
        buckets=np.concatenate([[0], np.cumsum(keep)])[log.buckets].astype(np.int64),
        event=codes_of(log.event),
        time=numbers_of(log.time),
        sequence=codes_of(Column(log.sequence, ())).codes,
        properties={name: codes_of(column) for name, column in log.properties.items()},
        unit_properties={
            name: Column(column.codes[keep], column.values) for name, column in log.unit_properties.items()
        },
        amount=None if log.amount is None else numbers_of(log.amount),
    )


@kernel
def _copy_units(
    kept: NDArray[np.int64],
    offsets: NDArray[np.int64],
    fresh: NDArray[np.int64],
    column: NDArray[Any],
    copy: NDArray[Any],
) -> None:
    """The entries of the events of some units, one after another; `fresh`: their offsets there."""
    for place in range(len(kept)):
        start, to = offsets[kept[place]], fresh[place]
        for i in range(fresh[place + 1] - to):
            copy[to + i] = column[start + i]


@kernel
def _take_first(offsets: NDArray[np.int64], codes: Codes, found: Codes) -> None:
    for unit in range(len(found)):
        for i in range(offsets[unit], offsets[unit + 1]):
            if codes[i] >= 0:
                found[unit] = codes[i]
                break


@kernel
def _take_last(offsets: NDArray[np.int64], codes: Codes, found: Codes) -> None:
    for unit in range(len(found)):
        for i in range(offsets[unit + 1] - 1, offsets[unit] - 1, -1):
            if codes[i] >= 0:
                found[unit] = codes[i]
                break


@kernel
def _take_commonest(offsets: NDArray[np.int64], codes: Codes, rank: Codes, times: Codes, found: Codes) -> None:
    """The commonest code of each unit, of equally common ones that of the lowest rank; `times`: all zero, and again."""
    for unit in range(len(found)):
        for i in range(offsets[unit], offsets[unit + 1]):
            if codes[i] >= 0:
                times[codes[i]] += 1
        best, most = -1, 0
        for i in range(offsets[unit], offsets[unit + 1]):
            code = codes[i]
            if code >= 0 and times[code] > 0:
                if times[code] > most or (times[code] == most and rank[code] < rank[best]):
                    best, most = code, times[code]
                times[code] = 0
        found[unit] = best


@kernel
def _mark_met(offsets: NDArray[np.int64], codes: Codes, wanted: NDArray[np.int8], met: Codes) -> None:
    for unit in range(len(met)):
        for i in range(offsets[unit], offsets[unit + 1]):
            if wanted[codes[i]]:
                met[unit] = 1
                break
