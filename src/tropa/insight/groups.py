"""Groups of people by what is known of them at the moment: the values of a few properties."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.events.log import Codes, Column, EventLog
from tropa.insight.data_words import CHANNEL_PROPERTIES
from tropa.insight.ranges import numbers_of, range_names, round_edges
from tropa.intake.data_lexicon import AFTERTHOUGHT
from tropa.intake.words import fits_any, words_of

MOST_VALUES = 24
MOST_PROPERTIES = 14
NOT_GROUPS = frozenset({"lifecycle"})
KNOWN_ENOUGH = 0.5
SAME_NAMES = 0.8
SAME_VALUES = 0.9
MOST_UNLIKE = 0.5


@dataclass(frozen=True, slots=True)
class Property:
    """A property to compare people by; values past the commonest 24 are one value, «other», that is never named.

    Numbers of more than twelve values are told in ranges.
    """

    name: str
    values: tuple[str, ...]
    of_unit: Codes | None
    of_event: Codes | None
    carried: Codes | None

    @property
    def size(self) -> int:
        """Named values and «other»."""
        return len(self.values) + 1

    def at(self, position: NDArray[np.int64], unit: NDArray[np.int64]) -> Codes:
        """The value at each moment, −1 unknown: the unit's, or the event's own, or the last one known before."""
        if self.of_unit is not None:
            return self.of_unit[unit]
        own = self.of_event[position] if self.of_event is not None else np.full(len(position), -1, dtype=np.int32)
        if np.count_nonzero(own >= 0) >= KNOWN_ENOUGH * len(own) or self.carried is None:
            return own
        return self.carried[position]


@dataclass(frozen=True, slots=True)
class Group:
    """For each of its properties (by number) the values (by code) that belong to it; everybody when empty."""

    parts: tuple[tuple[int, frozenset[int]], ...] = ()

    @property
    def properties(self) -> tuple[int, ...]:
        """The numbers of its properties, ascending."""
        return tuple(number for number, _ in self.parts)

    def having(self, number: int, values: frozenset[int]) -> "Group":
        """The group with these values of a property; none removes the property."""
        rest = [part for part in self.parts if part[0] != number]
        return Group(tuple(sorted([*rest, (number, values)] if values else rest, key=lambda part: part[0])))

    def holds(self, codes: Sequence[Codes]) -> NDArray[np.bool_]:
        """Which trials belong to the group."""
        inside = np.ones(len(codes[0]) if codes else 0, dtype=bool)
        for number, values in self.parts:
            inside &= np.isin(codes[number], list(values))
        return inside

    def known(self, codes: Sequence[Codes]) -> NDArray[np.bool_]:
        """Which trials are known to belong or not to belong."""
        sure = np.ones(len(codes[0]) if codes else 0, dtype=bool)
        for number, _ in self.parts:
            sure &= codes[number] >= 0
        return sure


def segment_of(group: Group, properties: Sequence[Property]) -> Mapping[str, str | Sequence[str]]:
    """The group in the names and values of the data."""
    found: dict[str, str | Sequence[str]] = {}
    for number, values in group.parts:
        names = [properties[number].values[code] for code in sorted(values)]
        found[properties[number].name] = names[0] if len(names) == 1 else tuple(names)
    return found


def holding(
    one: Property, values: Sequence[str], position: NDArray[np.int64], unit: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """At which moments the property has one of these values."""
    codes = [one.values.index(value) for value in values if value in one.values]
    return np.isin(one.at(position, unit), codes)


def is_by_channel(group: Group, properties: Sequence[Property]) -> bool:
    """Whether people are told apart by where they came from: such groups are unlike before they meet the company."""
    words = (word for number in group.properties for word in _NOT_LETTERS.split(properties[number].name.casefold()))
    return any(word.startswith(CHANNEL_PROPERTIES) for word in words if word)


_NOT_LETTERS = re.compile(r"[\W\d_]+")


def find_properties(log: EventLog) -> tuple[Property, ...]:
    """The properties that can tell people apart: two known values or more, each once under its best known name."""
    found: list[tuple[int, Property]] = []
    for name, column in sorted(log.unit_properties.items()):
        if _may_group(name) and (made := _of_units(log, name, column)) is not None:
            found.append((int(np.diff(log.offsets)[column.codes >= 0].sum()), made))
    for name, column in sorted(log.properties.items()):
        if _may_group(name) and name not in log.unit_properties and (made := _of_events(log, name, column)):
            found.append((int(np.count_nonzero(column.codes >= 0)), made))
    found.sort(key=lambda pair: (-pair[0], pair[1].name))
    kept: list[Property] = []
    for _, one in found:
        twin = next((n for n, other in enumerate(kept) if _is_twin(log, other, one)), None)
        if twin is None:
            kept.append(one)
        else:
            kept[twin] = _joined(log, kept[twin], one)
    return tuple(kept[:MOST_PROPERTIES])


def _may_group(name: str) -> bool:
    """Not a mark of the log itself, and nothing that is written down when all is over."""
    return name not in NOT_GROUPS and not fits_any(words_of(name), AFTERTHOUGHT)


def _is_twin(log: EventLog, one: Property, other: Property) -> bool:
    """The same property under two names, as when a site and an order book both write the carrier down."""
    if len(set(one.values) & set(other.values)) < SAME_NAMES * max(len(one.values), len(other.values)):
        return False
    mine, theirs = _by_event(log, one), _by_event(log, other)
    table = np.array([*(one.values.index(v) if v in one.values else -2 for v in other.values), -2, -1])
    both = (mine >= 0) & (theirs >= 0)
    return bool(both.any() and (mine[both] == table[theirs[both]]).mean() >= SAME_VALUES)


def _by_event(log: EventLog, one: Property) -> Codes:
    if one.of_unit is not None:
        return np.repeat(one.of_unit, np.diff(log.offsets))
    return one.carried if one.carried is not None else np.full(log.size, -1, dtype=np.int32)


def _joined(log: EventLog, one: Property, other: Property) -> Property:
    """One property that is known where either is; what never changes and is known to all stays the unit's."""
    if one.of_unit is not None or one.of_event is None:
        return one
    table = np.array(
        [*(one.values.index(v) if v in one.values else len(one.values) for v in other.values), len(one.values), -1]
    )
    theirs = other.of_event if other.of_event is not None else _by_event(log, other)
    if other.of_unit is not None:
        return one
    codes = np.where(one.of_event >= 0, one.of_event, table[theirs]).astype(np.int32)
    return Property(one.name, one.values, None, codes, _carried(log, codes))


def without_hindsight(codes: Codes, hit: NDArray[np.bool_]) -> Codes:
    """The codes, or all unknown where knowing the value at all goes with the answer: it was written down afterwards."""
    unknown = codes < 0
    missing = int(unknown.sum())
    if missing > (1 - KNOWN_ENOUGH) * len(codes):
        return np.full_like(codes, -1)
    if missing < 30:
        return codes
    one, other = float(hit[unknown].mean()), float(hit[~unknown].mean())
    share = float(hit.mean())
    noise = np.sqrt(share * (1 - share) * (1 / missing + 1 / max(len(codes) - missing, 1)))
    return np.full_like(codes, -1) if abs(one - other) > 3 * noise else codes


def _shortened(column: Column, weight: NDArray[np.int64]) -> tuple[tuple[str, ...], Codes] | None:
    """The commonest values, in the order of their names, and the table from old codes to new ones."""
    counts = np.bincount(column.codes[column.codes >= 0], weight[column.codes >= 0], minlength=len(column.values))
    if (ranged := _ranged(column, counts.astype(np.int64))) is not None:
        return ranged
    present = np.flatnonzero(counts)
    if len(present) < 2 or len(present) > 0.2 * counts.sum():
        return None
    kept = sorted(
        sorted(present.tolist(), key=lambda code: (-counts[code], column.values[code]))[:MOST_VALUES],
        key=lambda code: column.values[code],
    )
    table = np.full(len(column.values) + 1, len(kept), dtype=np.int32)
    table[kept] = np.arange(len(kept))
    table[-1] = -1
    return tuple(column.values[code] for code in kept), table


def _ranged(column: Column, counts: NDArray[np.int64]) -> tuple[tuple[str, ...], Codes] | None:
    """Numbers of many values as ranges; None of anything else, nor where nearly each is another: those are ids."""
    present = np.flatnonzero(counts)
    if len(present) > MOST_UNLIKE * counts.sum():
        return None
    numbers = numbers_of([column.values[code] for code in present.tolist()])
    edges = round_edges(numbers, counts[present]) if numbers is not None else ()
    if numbers is None or not edges:
        return None
    table = np.full(len(column.values) + 1, -1, dtype=np.int32)
    table[present] = np.searchsorted(np.array(edges), numbers, side="right")
    return range_names(edges), table


def _of_units(log: EventLog, name: str, column: Column) -> Property | None:
    short = _shortened(column, np.ones(log.units, dtype=np.int64))
    return None if short is None else Property(name, short[0], short[1][column.codes], None, None)


def _of_events(log: EventLog, name: str, column: Column) -> Property | None:
    short = _shortened(column, np.ones(log.size, dtype=np.int64))
    if short is None:
        return None
    codes = short[1][column.codes]
    return Property(name, short[0], None, codes, _carried(log, codes))


def _carried(log: EventLog, codes: Codes) -> Codes:
    """The last value known to each unit up to each event."""
    last = np.maximum.accumulate(np.where(codes >= 0, np.arange(log.size), -1))
    begin = np.repeat(log.offsets[:-1], np.diff(log.offsets))
    known = last >= begin
    return np.where(known, codes[np.where(known, last, 0)], -1).astype(np.int32)
