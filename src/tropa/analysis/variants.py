"""The typical paths: which sequences of places units take, and how many take each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Engine, Span, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule

HASH_BITS = (1 << 61) - 1
HASH_STEP = 1_000_003
HASH_START = 1_469_598_103
SPARE = 16  # hashes looked at beyond those asked for, should one turn out to stand for two paths


@dataclass(frozen=True, slots=True)
class VariantQuery:
    """The question: the `top` most common paths; events that are nowhere are looked through.

    With `collapse`, a place repeated in a row is named once.
    """

    places: PlaceRule
    top: int = 20
    collapse: bool = True

    def __post_init__(self) -> None:
        if self.top < 1:
            raise InvalidQueryError(told("At least one path must be asked for, got {top}.", top=self.top))


@dataclass(frozen=True, slots=True)
class Variant:
    """A path and the number of units that take exactly it; `unit` is the first of them in the log."""

    path: tuple[int, ...]
    persons: int
    unit: int


@dataclass(frozen=True, slots=True)
class VariantResult:
    """The most common paths (ties: whose first unit comes first), how many there are at all, and of how many units.

    `variants` are exact: their units were compared place by place. `different` counts hashes of 61 bits beyond those.
    """

    variants: tuple[Variant, ...]
    different: int
    of: int


def variants(log: EventLog, query: VariantQuery, engine: Engine = ONE_BY_ONE) -> VariantResult:
    """Count paths: first their hashes, then, of the most common ones, the paths themselves."""
    hashes = engine.run(_HashFold(query), log).together()
    order = np.lexsort((hashes.first, -hashes.persons))
    looked_at = min(query.top + SPARE, len(order))
    while True:
        chosen = order[:looked_at]
        paths = engine.run(_PathFold(query, np.sort(hashes.value[chosen])), log)
        found = sorted((Variant(path, *counted) for path, counted in paths.items()), key=lambda v: (-v.persons, v.unit))
        best = found[: query.top]
        if looked_at == len(order) or _none_is_missed(best, query.top, int(hashes.persons[order[looked_at]])):
            break
        looked_at = min(2 * looked_at, len(order))
    return VariantResult(tuple(best), len(order) - looked_at + len(found), int(hashes.persons.sum()))


def _none_is_missed(best: list[Variant], top: int, next_persons: int) -> bool:
    """The paths found are more common than any hash not looked at."""
    return len(best) == top and best[-1].persons > next_persons


@dataclass(frozen=True, slots=True, eq=False)
class _Hashes:
    """Hashes of paths, the units that have each, the first of them; equal shapes."""

    value: NDArray[np.int64]
    persons: NDArray[np.int64]
    first: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _HashSum:
    """What pieces found; a hash may be in several."""

    pieces: tuple[_Hashes, ...] = ()

    def together(self) -> _Hashes:
        """Each hash once, ascending."""
        none = np.zeros(0, dtype=np.int64)
        pieces = (_Hashes(none, none, none), *self.pieces)
        value, persons, first = (
            np.concatenate([getattr(one, name) for one in pieces]) for name in ("value", "persons", "first")
        )
        order = np.argsort(value, kind="stable")
        value, persons, first = value[order], persons[order], first[order]
        starts = np.flatnonzero(np.append(True, value[1:] != value[:-1])) if len(value) else none
        if not len(starts):
            return pieces[0]
        return _Hashes(value[starts], np.add.reduceat(persons, starts), np.minimum.reduceat(first, starts))


@dataclass(frozen=True, slots=True, eq=False)
class _Columns:
    offsets: NDArray[np.int64]
    codes: Codes
    table: Codes
    collapse: int
    first_unit: int

    @classmethod
    def of(cls, log: EventLog, query: VariantQuery) -> "_Columns":
        places = query.places.on(log)
        offsets = readable(log.offsets, np.int64)
        return cls(offsets, places.codes, places.table, int(query.collapse), log.first_unit)

    def path(self, unit: int) -> tuple[int, ...]:
        """The places of one unit in order."""
        places = self.table[self.codes[self.offsets[unit] : self.offsets[unit + 1]]]
        places = places[places >= 0]
        if self.collapse and len(places):
            places = places[np.append(True, places[1:] != places[:-1])]
        return tuple(places.tolist())


@dataclass(frozen=True, slots=True)
class _HashFold:
    """Counts the hashes of paths; units without a path are left out."""

    query: VariantQuery

    def zero(self) -> _HashSum:
        return _HashSum()

    def on(self, log: EventLog) -> "_HashStep":
        return _HashStep(_Columns.of(log, self.query))

    def merge(self, one: _HashSum, other: _HashSum) -> _HashSum:
        return _HashSum(one.pieces + other.pieces)


@dataclass(frozen=True, slots=True)
class _HashStep:
    columns: _Columns

    def add(self, span: Span, total: _HashSum) -> _HashSum:
        c = self.columns
        room = 1 << max(2 * (span.last - span.first), 2).bit_length()
        value, persons, first = (np.zeros(room, dtype=np.int64) for _ in range(3))
        _count_hashes(span.first, span.last, c.offsets, c.codes, c.table, c.collapse, value, persons, first)
        met = np.flatnonzero(persons)
        return _HashSum((*total.pieces, _Hashes(value[met], persons[met], first[met] + c.first_unit)))


_Paths = dict[tuple[int, ...], tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class _PathFold:
    """Path → (units, the first of them), of paths with one of the hashes (ascending)."""

    query: VariantQuery
    hashes: NDArray[np.int64]

    def zero(self) -> _Paths:
        return {}

    def on(self, log: EventLog) -> "_PathStep":
        return _PathStep(_Columns.of(log, self.query), readable(self.hashes, np.int64))

    def merge(self, one: _Paths, other: _Paths) -> _Paths:
        return _together(one, other)


def _together(one: _Paths, other: _Paths) -> _Paths:
    total = dict(one)
    for path, (persons, first) in other.items():
        counted, earliest = total.get(path, (0, first))
        total[path] = (counted + persons, min(earliest, first))
    return total


@dataclass(frozen=True, slots=True, eq=False)
class _PathStep:
    columns: _Columns
    hashes: NDArray[np.int64]

    def add(self, span: Span, total: _Paths) -> _Paths:
        c = self.columns
        number = np.empty(span.last - span.first, dtype=np.int64)
        example = np.full(len(self.hashes), -1, dtype=np.int64)
        persons = np.zeros(len(self.hashes), dtype=np.int64)
        data = (c.offsets, c.codes, c.table, c.collapse, self.hashes)
        strange = _count_paths(span.first, span.last, *data, example, persons, number)
        found: _Paths = {}
        for kind in np.flatnonzero(persons).tolist():
            unit = int(example[kind])
            found = _together(found, {c.path(unit): (int(persons[kind]), unit + c.first_unit)})
        for unit in number[:strange].tolist():
            found = _together(found, {c.path(unit): (1, unit + c.first_unit)})
        return _together(total, found)


@kernel
def _hash_of(first: int, last: int, codes: Codes, table: Codes, collapse: int) -> int:
    """The hash of the path over these events, −1 where it has no place."""
    value = HASH_START
    before = -1
    for i in range(first, last):
        here = table[codes[i]]
        if here < 0 or (here == before and collapse > 0):
            continue
        value = (((value ^ (here + 1)) * HASH_STEP) ^ (value >> 29)) & HASH_BITS
        before = here
    if before < 0:
        return -1
    return value


@kernel
def _count_hashes(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    collapse: int,
    value: NDArray[np.int64],
    persons: NDArray[np.int64],
    earliest: NDArray[np.int64],
) -> None:
    """An open-addressing table: a hash stands at its lower bits, or the next free row after."""
    for unit in range(first, last):
        here = _hash_of(offsets[unit], offsets[unit + 1], codes, table, collapse)
        if here < 0:
            continue
        row = here & (len(value) - 1)
        while persons[row] > 0 and value[row] != here:
            row = (row + 1) & (len(value) - 1)
        if persons[row] == 0:
            value[row] = here
            earliest[row] = unit
        persons[row] += 1


@kernel
def _count_paths(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    collapse: int,
    hashes: NDArray[np.int64],
    example: NDArray[np.int64],
    persons: NDArray[np.int64],
    strange: NDArray[np.int64],
) -> int:
    """Count the units whose path is that of their hash's example, list those whose path differs; says how many."""
    size = 0
    for unit in range(first, last):
        kind = _place_among(hashes, _hash_of(offsets[unit], offsets[unit + 1], codes, table, collapse))
        if kind < 0:
            continue
        if example[kind] < 0:
            example[kind] = unit
        if _same_path(unit, example[kind], offsets, codes, table, collapse) > 0:
            persons[kind] += 1
        else:
            strange[size] = unit
            size += 1
    return size


@kernel
def _place_among(hashes: NDArray[np.int64], value: int) -> int:
    low = 0
    high = len(hashes)
    while low < high:
        middle = (low + high) // 2
        if hashes[middle] < value:
            low = middle + 1
        else:
            high = middle
    if low < len(hashes) and hashes[low] == value:
        return low
    return -1


@kernel
def _same_path(one: int, other: int, offsets: NDArray[np.int64], codes: Codes, table: Codes, collapse: int) -> int:
    i = _next_place(offsets[one], offsets[one + 1], codes, table, -1, collapse)
    j = _next_place(offsets[other], offsets[other + 1], codes, table, -1, collapse)
    while i < offsets[one + 1] and j < offsets[other + 1] and table[codes[i]] == table[codes[j]]:
        here = table[codes[i]]
        i = _next_place(i + 1, offsets[one + 1], codes, table, here, collapse)
        j = _next_place(j + 1, offsets[other + 1], codes, table, here, collapse)
    return 1 if i == offsets[one + 1] and j == offsets[other + 1] else 0


@kernel
def _next_place(start: int, end: int, codes: Codes, table: Codes, before: int, collapse: int) -> int:
    """The next event at a place that counts, `end` where there is none."""
    i = start
    while i < end and (table[codes[i]] < 0 or (table[codes[i]] == before and collapse > 0)):
        i += 1
    return i
