"""The typical paths: which sequences of places units take, and how many take each."""

from collections import defaultdict
from collections.abc import Iterator
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
    """Count paths by their hashes, telling paths of equal hashes apart; then look the most common ones up."""
    counted = engine.run(_HashFold(query), log).together()
    different = len(counted.persons)
    looked_at = min(query.top + SPARE, different)
    while True:
        most = counted.most_common(min(looked_at + 1, different))
        chosen = counted.rows_of(most[:looked_at])
        found = sorted(_paths(log, query, chosen, engine), key=lambda v: (-v.persons, v.unit))
        best = found[: query.top]
        if looked_at == different or _is_before(best[-1], counted, int(most[-1])):
            break
        looked_at = min(2 * looked_at, different)
    return VariantResult(tuple(best), different - looked_at + len(found), int(counted.persons.sum()))


def _is_before(last: Variant, counted: "_Counted", number: int) -> bool:
    """Whether no path of this hash, nor of any after it, can come before the last of the best."""
    return (-last.persons, last.unit) < (-int(counted.persons[number]), int(counted.first[number]))


def _paths(log: EventLog, query: VariantQuery, counted: "_Hashes", engine: Engine) -> Iterator[Variant]:
    """The paths of these rows, each once."""
    path_of = engine.run(_PathFold(query, np.sort(counted.first)), log)
    persons: dict[tuple[int, ...], int] = defaultdict(int)
    unit: dict[tuple[int, ...], int] = {}
    for first, count in zip(counted.first.tolist(), counted.persons.tolist(), strict=True):
        path = path_of[first]
        persons[path] += count
        unit[path] = min(first, unit.get(path, first))
    for path, count in persons.items():
        yield Variant(path, count, unit[path])


@dataclass(frozen=True, slots=True, eq=False)
class _Hashes:
    """Hashes of paths, the units that have each path, the first of them; equal shapes.

    In one row all units have the same path, place by place; two rows of one hash may hold two paths or one.
    """

    value: NDArray[np.int64]
    persons: NDArray[np.int64]
    first: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """Rows, the number of each row's hash, and of each hash the units that have it and the first of them."""

    rows: _Hashes
    number: NDArray[np.int64]
    persons: NDArray[np.int64]
    first: NDArray[np.int64]

    def most_common(self, size: int) -> NDArray[np.int64]:
        """The numbers of so many hashes, the commonest first, then whose first unit comes first."""
        if not size:
            return np.zeros(0, dtype=np.int64)
        at_least = np.cumsum(np.bincount(self.persons)[::-1])[::-1]  # hashes that so many units or more have
        maybe = np.flatnonzero(self.persons >= np.flatnonzero(at_least >= size)[-1])
        return maybe[np.lexsort((self.first[maybe], -self.persons[maybe]))[:size]]

    def rows_of(self, numbers: NDArray[np.int64]) -> _Hashes:
        """The rows of these hashes."""
        wanted = np.zeros(len(self.persons), dtype=bool)
        wanted[numbers] = True
        place = np.flatnonzero(wanted[self.number])
        return _Hashes(self.rows.value[place], self.rows.persons[place], self.rows.first[place])


@dataclass(frozen=True, slots=True, eq=False)
class _HashSum:
    """What pieces found."""

    pieces: tuple[_Hashes, ...] = ()

    def together(self) -> _Counted:
        """All rows, hash by hash."""
        none = np.zeros(0, dtype=np.int64)
        pieces = (_Hashes(none, none, none), *self.pieces)
        rows = _Hashes(
            *(np.concatenate([getattr(one, name) for one in pieces]) for name in ("value", "persons", "first"))
        )
        number, persons, first = (np.zeros(len(rows.value), dtype=np.int64) for _ in range(3))
        table = np.full(_room(len(rows.value)), -1, dtype=np.int64)
        size = _add_up(rows.value, rows.persons, rows.first, table, number, persons, first)
        return _Counted(rows, number, persons[:size], first[:size])


def _room(size: int) -> int:
    """Rows of an open-addressing table that holds so many: a power of two, at most half full."""
    return 1 << max(2 * size, 2).bit_length()


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
    """Counts paths, known by their hashes; units without a path are left out."""

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
        value, persons, first = (np.zeros(_room(span.last - span.first), dtype=np.int64) for _ in range(3))
        _count_paths(span.first, span.last, c.offsets, c.codes, c.table, c.collapse, value, persons, first)
        met = np.flatnonzero(persons)
        return _HashSum((*total.pieces, _Hashes(value[met], persons[met], first[met] + c.first_unit)))


_Paths = dict[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class _PathFold:
    """Unit → its path, of these units (ascending)."""

    query: VariantQuery
    units: NDArray[np.int64]

    def zero(self) -> _Paths:
        return {}

    def on(self, log: EventLog) -> "_PathStep":
        return _PathStep(_Columns.of(log, self.query), self.units)

    def merge(self, one: _Paths, other: _Paths) -> _Paths:
        return one | other


@dataclass(frozen=True, slots=True, eq=False)
class _PathStep:
    columns: _Columns
    units: NDArray[np.int64]

    def add(self, span: Span, total: _Paths) -> _Paths:
        c = self.columns
        first, last = np.searchsorted(self.units, (span.first + c.first_unit, span.last + c.first_unit))
        return total | {unit: c.path(unit - c.first_unit) for unit in self.units[first:last].tolist()}


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
def _count_paths(
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
    """An open-addressing table: a path stands at the lower bits of its hash, or the next free row after."""
    for unit in range(first, last):
        here = _hash_of(offsets[unit], offsets[unit + 1], codes, table, collapse)
        if here < 0:
            continue
        row = here & (len(value) - 1)
        while persons[row] > 0 and (
            value[row] != here or _same_path(unit, earliest[row], offsets, codes, table, collapse) == 0
        ):
            row = (row + 1) & (len(value) - 1)
        if persons[row] == 0:
            value[row] = here
            earliest[row] = unit
        persons[row] += 1


@kernel
def _add_up(
    value: NDArray[np.int64],
    counts: NDArray[np.int64],
    units: NDArray[np.int64],
    table: NDArray[np.int64],
    number: NDArray[np.int64],
    persons: NDArray[np.int64],
    first: NDArray[np.int64],
) -> int:
    """Number the different values; `table` holds a row of each. Says how many there are."""
    size = 0
    for row in range(len(value)):
        place = value[row] & (len(table) - 1)
        while table[place] >= 0 and value[table[place]] != value[row]:
            place = (place + 1) & (len(table) - 1)
        if table[place] < 0:
            table[place] = row
            number[row] = size
            first[size] = units[row]
            size += 1
        here = number[table[place]]
        number[row] = here
        persons[here] += counts[row]
        first[here] = min(first[here], units[row])
    return size


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
