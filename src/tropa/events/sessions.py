"""Sessions: a unit's events without a long pause between them."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import readable
from tropa.events.kernel import kernel
from tropa.events.log import EventLog

HALF_AN_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sessions in the order of the log: session s has events `offsets[s]:offsets[s+1]` and belongs to `unit[s]`.

    `length_ms` is from a session's first event to its last.
    """

    offsets: NDArray[np.int64]
    unit: NDArray[np.int32]
    length_ms: NDArray[np.int64]

    @property
    def count(self) -> int:
        """How many sessions."""
        return len(self.unit)

    @property
    def number(self) -> NDArray[np.int32]:
        """In which session each event is; one entry an event."""
        return np.repeat(np.arange(self.count, dtype=np.int32), np.diff(self.offsets))


def sessions_of(log: EventLog, *, pause: timedelta = HALF_AN_HOUR) -> Sessions:
    """Cut each unit's events where more than `pause` lies between two of them."""
    if pause <= timedelta(0):
        raise InvalidQueryError(
            told("The pause between sessions must be positive, got {pause}.", pause=pause), "30 minutes is usual."
        )
    columns = readable(log.offsets, np.int64), readable(log.time, np.int64), pause // timedelta(milliseconds=1)
    count = _cut(*columns, np.empty(0, np.int64), np.empty(0, np.int32))
    edges, unit = np.full(count + 1, log.size, dtype=np.int64), np.empty(count, dtype=np.int32)
    _cut(*columns, edges, unit)
    return Sessions(offsets=edges, unit=unit, length_ms=log.time[edges[1:] - 1] - log.time[edges[:-1]])


@kernel
def _cut(
    offsets: NDArray[np.int64],
    times: NDArray[np.int64],
    pause: int,
    edges: NDArray[np.int64],
    units: NDArray[np.int32],
) -> int:
    """Count sessions and, where there is room, write down where each begins and whose it is."""
    count = 0
    for unit in range(len(offsets) - 1):
        for i in range(offsets[unit], offsets[unit + 1]):
            if i == offsets[unit] or times[i] - times[i - 1] > pause:
                if len(units) > 0:
                    edges[count] = i
                    units[count] = unit
                count += 1
    return count
