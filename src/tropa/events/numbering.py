"""Identifiers that are whole numbers → 0, 1, 2… in order of first appearance."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import readable
from tropa.events.kernel import is_worth_loading, kernel
from tropa.events.log import Codes

_FIRST_ROOM = 1 << 12
_SPREAD = 0x4F1BBCDCBFA53E0B  # Knuth's multiplicative hashing: 2^63 divided by the golden ratio, odd


class Numbered(NamedTuple):
    """`codes`: one a value, 0 for the first that appeared. `values`: what each code stands for, of 64 bits."""

    codes: Codes
    values: NDArray[np.int64] | NDArray[np.uint64]


def numbered(values: NDArray[np.integer[Any]]) -> Numbered:
    """Number whole numbers of up to 64 bits."""
    if values.dtype == np.uint64:
        codes, known = numbered(values.view(np.int64))
        return Numbered(codes, known.view(np.uint64))
    low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    is_narrow = high - low <= max(len(values), _FIRST_ROOM)
    if not is_worth_loading(len(values)):
        return _sorted(values, low, high - low + 1 if is_narrow else None)
    codes = np.empty(len(values), dtype=np.int32)
    if is_narrow:
        room = np.full(high - low + 1, -1, dtype=np.int32)
        found = np.empty(len(room), dtype=np.int64)
        kind = np.int32 if values.dtype == np.int32 else np.int64
        found = found[: _number_by_place(readable(values, kind), low, room, found, codes)]
        return Numbered(codes, found)
    return Numbered(codes, _hashed(readable(values, np.int64), codes))


def in_order_of_appearance(codes: NDArray[np.integer[Any]], count: int) -> NDArray[np.int32]:
    """Which of the codes below `count` there are, the one that appears first at the front."""
    first = np.full(count, -1, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)  # of equal ones the last written counts
    there = np.flatnonzero(first >= 0)
    return there[np.argsort(first[there])].astype(np.int32)


def _sorted(values: NDArray[np.integer[Any]], low: int, width: int | None) -> Numbered:
    """Without loops: by their places in a narrow range, else by sorting."""
    if width is None:
        kinds, places = np.unique(values, return_inverse=True)
    else:
        kinds, places = np.arange(width, dtype=np.int64) + low, values.astype(np.int64) - low
    seen = in_order_of_appearance(places, len(kinds))
    rank = np.empty(len(kinds), dtype=np.int32)
    rank[seen] = np.arange(len(seen), dtype=np.int32)
    return Numbered(rank[places], kinds[seen].astype(np.int64))


def _hashed(values: NDArray[np.int64], codes: Codes) -> NDArray[np.int64]:
    """Fill in the codes; the table of what is known grows as it fills up."""
    room, start, known = _FIRST_ROOM, 0, np.zeros(0, dtype=np.int64)
    while True:
        slots, found = np.full(room, -1, dtype=np.int32), np.empty(room // 2, dtype=np.int64)
        found[: len(known)] = known
        state = np.array([start, len(known)], dtype=np.int64)
        _number_by_hash(values, slots, found, codes, state)
        start, known = int(state[0]), found[: int(state[1])]
        if start == len(values):
            return known.copy()
        room *= 4


@kernel
def _number_by_place(
    values: NDArray[np.integer[Any]], low: int, room: Codes, found: NDArray[np.int64], codes: Codes
) -> int:
    size = 0
    for i in range(len(values)):
        at = values[i] - low
        if room[at] < 0:
            room[at] = size
            found[size] = values[i]
            size += 1
        codes[i] = room[at]
    return size


@kernel
def _number_by_hash(
    values: NDArray[np.int64], slots: Codes, found: NDArray[np.int64], codes: Codes, state: NDArray[np.int64]
) -> None:
    """Go on from row state[0], where state[1] values are known, until all are numbered or the table is half full."""
    start, size = state[0], state[1]
    last = len(slots) - 1
    for number in range(size):
        slot = _slot(found[number]) & last
        while slots[slot] >= 0:
            slot = (slot + 1) & last
        slots[slot] = number
    for i in range(start, len(values)):
        slot = _slot(values[i]) & last
        while slots[slot] >= 0 and found[slots[slot]] != values[i]:
            slot = (slot + 1) & last
        if slots[slot] < 0:
            if size == len(found):
                state[0], state[1] = i, size
                return
            slots[slot] = size
            found[size] = values[i]
            size += 1
        codes[i] = slots[slot]
    state[0], state[1] = len(values), size


@kernel
def _slot(value: int) -> int:
    return ((value * _SPREAD) & 0x7FFFFFFFFFFFFFFF) >> 31
