"""The typical paths: which sequences of places units take, and how many take each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Engine, Span, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog

HASH_BITS = (1 << 61) - 1
HASH_STEP = 1_000_003
HASH_START = 1_469_598_103


@dataclass(frozen=True, slots=True)
class VariantQuery:
    """The question: the `top` most common paths over the places of a code column.

    `codes` has one entry an event, −1 = looked through; with `collapse`, a place repeated in a row is named once.
    """

    codes: Codes
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
    """The most common paths (ties: whose first unit comes first), how many there are at all, and of how many units."""

    variants: tuple[Variant, ...]
    different: int
    of: int


def variants(log: EventLog, query: VariantQuery, engine: Engine = ONE_BY_ONE) -> VariantResult:
    """Count paths exactly: equal hashes are compared event by event before they are taken for the same path."""
    fold = _HashFold(log, query)
    units, hashes = (np.concatenate(parts) for parts in zip(*engine.run(fold, log), strict=True))
    order = np.argsort(units, kind="stable")
    units, hashes = units[order], hashes[order]
    _, first, kind = np.unique(hashes, return_index=True, return_inverse=True)
    kind = _told_apart(fold, units, units[first], kind)
    found, first, persons = np.unique(kind, return_index=True, return_counts=True)
    best = np.lexsort((first, -persons))[: query.top]
    examples = units[first[best]].tolist()
    best_paths = tuple(
        Variant(fold.path(unit), count, unit) for unit, count in zip(examples, persons[best].tolist(), strict=True)
    )
    return VariantResult(best_paths, len(found), len(units))


def _told_apart(
    fold: "_HashFold", units: NDArray[np.int64], examples: NDArray[np.int64], kind: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Units whose path differs from their hash's example get kinds of their own."""
    shared = np.flatnonzero(np.bincount(kind)[kind] > 1) if len(kind) else np.zeros(0, dtype=np.int64)
    differs = np.zeros(len(shared), dtype=np.int64)
    fold.compare(units[shared], examples[kind[shared]], differs)
    strange = shared[np.flatnonzero(differs)]
    kinds: dict[tuple[int, ...], int] = {}
    for place in strange.tolist():
        path = fold.path(int(units[place]))
        kind[place] = kinds.setdefault(path, len(examples) + len(kinds))
    return kind


_Hashes = list[tuple[NDArray[np.int64], NDArray[np.int64]]]


class _HashFold:
    """Collects (unit, hash of its path) for units that have one."""

    def __init__(self, log: EventLog, query: VariantQuery) -> None:
        self._offsets = readable(log.offsets, np.int64)
        self._codes = readable(query.codes, np.int32)
        self._collapse = int(query.collapse)

    def zero(self) -> _Hashes:
        return [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))]

    def step(self, span: Span, total: _Hashes) -> _Hashes:
        units = np.empty(span.last - span.first, dtype=np.int64)
        hashes = np.empty(span.last - span.first, dtype=np.int64)
        size = _hash_paths(span.first, span.last, self._offsets, self._codes, self._collapse, units, hashes)
        return [*total, (units[:size], hashes[:size])]

    def merge(self, one: _Hashes, other: _Hashes) -> _Hashes:
        return one + other

    def path(self, unit: int) -> tuple[int, ...]:
        """The places of one unit in order."""
        codes = self._codes[self._offsets[unit] : self._offsets[unit + 1]]
        codes = codes[codes >= 0]
        if self._collapse and len(codes):
            codes = codes[np.concatenate([[True], codes[1:] != codes[:-1]])]
        return tuple(codes.tolist())

    def compare(self, units: NDArray[np.int64], examples: NDArray[np.int64], differs: NDArray[np.int64]) -> None:
        """Mark the units whose path is not their example's."""
        pairs = readable(units, np.int64), readable(examples, np.int64)
        _compare_paths(*pairs, self._offsets, self._codes, self._collapse, differs)


@kernel
def _hash_paths(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    collapse: int,
    units: NDArray[np.int64],
    hashes: NDArray[np.int64],
) -> int:
    size = 0
    for unit in range(first, last):
        value = HASH_START
        before = -1
        for i in range(offsets[unit], offsets[unit + 1]):
            here = codes[i]
            if here < 0 or (here == before and collapse > 0):
                continue
            value = (((value ^ (here + 1)) * HASH_STEP) ^ (value >> 29)) & HASH_BITS
            before = here
        if before >= 0:
            units[size] = unit
            hashes[size] = value
            size += 1
    return size


@kernel
def _compare_paths(
    units: NDArray[np.int64],
    examples: NDArray[np.int64],
    offsets: NDArray[np.int64],
    codes: Codes,
    collapse: int,
    differs: NDArray[np.int64],
) -> None:
    for k in range(len(units)):
        i = _next_place(offsets[units[k]], offsets[units[k] + 1], codes, -1, collapse)
        j = _next_place(offsets[examples[k]], offsets[examples[k] + 1], codes, -1, collapse)
        while i < offsets[units[k] + 1] and j < offsets[examples[k] + 1] and codes[i] == codes[j]:
            here = codes[i]
            i = _next_place(i + 1, offsets[units[k] + 1], codes, here, collapse)
            j = _next_place(j + 1, offsets[examples[k] + 1], codes, here, collapse)
        if i < offsets[units[k] + 1] or j < offsets[examples[k] + 1]:
            differs[k] = 1


@kernel
def _next_place(start: int, end: int, codes: Codes, before: int, collapse: int) -> int:
    """The next event at a place that counts, `end` where there is none."""
    i = start
    while i < end and (codes[i] < 0 or (codes[i] == before and collapse > 0)):
        i += 1
    return i
