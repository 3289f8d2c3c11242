"""Openings: each time somebody stands at the start of a step, and what came of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog

OPENINGS_PER_UNIT = 10
NEVER = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningQuery:
    """The question: from events of the starts, what happened until the first event of the ends.

    `starts` and `ends` say of each code whether it belongs there. A unit opens anew when `gap_ms` has passed since its
    last opening and, with `only_closed`, the last one has come to its end. A unit counts at most ten times, so that
    robots and dealers do not outvote customers.
    """

    starts: NDArray[np.bool_]
    ends: NDArray[np.bool_]
    gap_ms: int
    only_closed: bool = False


@dataclass(frozen=True, slots=True)
class Openings:
    """One entry an opening: the event it began with, the event it ended with (NEVER where none)."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.start)

    def milliseconds(self, log: EventLog) -> NDArray[np.int64]:
        """How long each took; −1 where it never ended."""
        return np.where(self.end >= 0, log.time[self.end] - log.time[self.start], -1)


def find_openings(log: EventLog, codes: Codes, query: OpeningQuery) -> Openings:
    """Every opening in the log's order; `codes` has one entry an event, −1 = looked through."""
    starts, ends = (readable(np.append(one, False), np.int8) for one in (query.starts, query.ends))
    room = int(np.count_nonzero(starts[codes]))
    start, end = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64)
    size = _follow(
        readable(log.offsets, np.int64),
        readable(codes, np.int32),
        readable(log.time, np.int64),
        starts,
        ends,
        query.gap_ms,
        int(query.only_closed),
        OPENINGS_PER_UNIT,
        start,
        end,
    )
    return Openings(start[:size].copy(), end[:size].copy())


@kernel
def _follow(
    offsets: NDArray[np.int64],
    codes: Codes,
    times: NDArray[np.int64],
    starts: NDArray[np.int8],
    ends: NDArray[np.int8],
    gap: int,
    closed_only: int,
    limit: int,
    start: NDArray[np.int64],
    end: NDArray[np.int64],
) -> int:
    """Write openings and their ends; says how many."""
    size = 0
    for unit in range(len(offsets) - 1):
        first_of_unit = size
        waiting = size
        for i in range(offsets[unit], offsets[unit + 1]):
            code = codes[i]
            if ends[code] and waiting < size:
                while waiting < size:
                    end[waiting] = i
                    waiting += 1
            if starts[code] and size - first_of_unit < limit:
                is_first = size == first_of_unit
                if is_first or (times[i] - times[start[size - 1]] >= gap and (waiting == size or not closed_only)):
                    start[size] = i
                    end[size] = -1
                    size += 1
    return size


def count_moves_within(
    log: EventLog, codes: Codes, openings: Openings, move: tuple[int, int], window_ms: int
) -> NDArray[np.int64]:
    """How often each opening's unit moved straight from one place to another within the window; shape of openings."""
    source, target = move
    came = np.zeros(log.size + 1, dtype=np.int64)
    hit = (codes[:-1] == source) & (codes[1:] == target)
    hit[log.offsets[1:-1][(log.offsets[1:-1] > 0) & (log.offsets[1:-1] < log.size)] - 1] = False
    np.cumsum(np.append(hit, False), out=came[1:])
    last = _last_within(log, openings, window_ms)
    return came[last] - came[openings.start]


def _last_within(log: EventLog, openings: Openings, window_ms: int) -> NDArray[np.int64]:
    """The last event of the same unit within the window; shape of openings."""
    last = np.empty(len(openings), dtype=np.int64)
    _find_last(
        readable(log.offsets, np.int64),
        readable(log.time, np.int64),
        readable(openings.start, np.int64),
        readable(unit_of(log, openings.start), np.int64),
        window_ms,
        last,
    )
    return last


@kernel
def _find_last(
    offsets: NDArray[np.int64],
    times: NDArray[np.int64],
    starts: NDArray[np.int64],
    units: NDArray[np.int64],
    window: int,
    last: NDArray[np.int64],
) -> None:
    for k in range(len(starts)):
        low = starts[k]
        high = offsets[units[k] + 1] - 1
        until = times[starts[k]] + window
        while low < high:
            middle = (low + high + 1) // 2
            if times[middle] <= until:
                low = middle
            else:
                high = middle - 1
        last[k] = low


def unit_of(log: EventLog, positions: NDArray[np.int64]) -> NDArray[np.int64]:
    """The unit of each event position."""
    return np.searchsorted(log.offsets, positions, side="right") - 1
