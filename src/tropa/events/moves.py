"""Kernels over the moves of units between places: a pair is numbered (group · places + source) · places + target.

`first:last` are units of `offsets`; `table[codes[i]]` is the place of event i, negative where it is nowhere; units of a
negative group are left out. With `collapse` above 0, staying at a place is no move.
"""

import numpy as np
from numpy.typing import NDArray

from tropa.events.kernel import kernel
from tropa.events.log import Codes
from tropa.events.quantiles import bin_of


@kernel
def count_moves(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    groups: Codes,
    places: int,
    collapse: int,
    seen: Codes,
    events: NDArray[np.int64],
    persons: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> None:
    """Add moves by pair, the units that made each, starts and ends; `seen[pair]`: the last unit that made this move."""
    for unit in range(first, last):
        group = groups[unit]
        if group < 0:
            continue
        base = group * places
        before = -1
        for i in range(offsets[unit], offsets[unit + 1]):
            here = table[codes[i]]
            if here < 0:
                continue
            if before < 0:
                starts[base + here] += 1
            elif here != before or collapse == 0:
                pair = (base + before) * places + here
                events[pair] += 1
                if seen[pair] != unit:
                    seen[pair] = unit
                    persons[pair] += 1
            before = here
        if before >= 0:
            ends[base + before] += 1


@kernel
def time_moves(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    times: NDArray[np.int64],
    groups: Codes,
    places: int,
    collapse: int,
    seen: Codes,
    histogram: NDArray[np.int64],
    persons: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> None:
    """Add moves by pair and bin of their time (quantiles.bin_of), the units that made each, starts and ends.

    `seen[pair]`: the last unit that made this move.
    """
    for unit in range(first, last):
        group = groups[unit]
        if group < 0:
            continue
        base = group * places
        before = -1
        since = 0
        for i in range(offsets[unit], offsets[unit + 1]):
            here = table[codes[i]]
            if here < 0:
                continue
            if before < 0:
                starts[base + here] += 1
            elif here != before or collapse == 0:
                pair = (base + before) * places + here
                histogram[pair, bin_of(times[i] - since)] += 1
                if seen[pair] != unit:
                    seen[pair] = unit
                    persons[pair] += 1
            before = here
            since = times[i]
        if before >= 0:
            ends[base + before] += 1


@kernel
def list_moves(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    groups: Codes,
    places: int,
    collapse: int,
    pairs: NDArray[np.int64],
    units: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> int:
    """List pair and unit of each move, add starts and ends; says how many moves there were."""
    size = 0
    for unit in range(first, last):
        group = groups[unit]
        if group < 0:
            continue
        base = group * places
        before = -1
        for i in range(offsets[unit], offsets[unit + 1]):
            here = table[codes[i]]
            if here < 0:
                continue
            if before < 0:
                starts[base + here] += 1
            elif here != before or collapse == 0:
                pairs[size] = (base + before) * places + here
                units[size] = unit
                size += 1
            before = here
        if before >= 0:
            ends[base + before] += 1
    return size


@kernel
def list_times(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    times: NDArray[np.int64],
    groups: Codes,
    places: int,
    collapse: int,
    row_of: Codes,
    pairs: NDArray[np.int64],
    rows: Codes,
    values: NDArray[np.int64],
) -> int:
    """List row and time of each move of a wanted pair; says how many.

    The row of a pair stands in `row_of` where there is one, else it is looked for among the sorted `pairs`.
    """
    size = 0
    for unit in range(first, last):
        group = groups[unit]
        if group < 0:
            continue
        base = group * places
        before = -1
        since = 0
        for i in range(offsets[unit], offsets[unit + 1]):
            here = table[codes[i]]
            if here < 0:
                continue
            if before >= 0 and (here != before or collapse == 0):
                pair = (base + before) * places + here
                row = row_of[pair] if len(row_of) > 0 else _row_among(pairs, pair)
                if row >= 0:
                    rows[size] = row
                    values[size] = times[i] - since
                    size += 1
            before = here
            since = times[i]
    return size


@kernel
def _row_among(pairs: NDArray[np.int64], pair: int) -> int:
    low = 0
    high = len(pairs)
    while low < high:
        middle = (low + high) // 2
        if pairs[middle] < pair:
            low = middle + 1
        else:
            high = middle
    if low < len(pairs) and pairs[low] == pair:
        return low
    return -1
