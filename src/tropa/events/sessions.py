"""Sessions: a unit's events without a long pause between them."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError
from tropa.events.log import EventLog

HALF_AN_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Sessions:
    """Sessions in the order of the log: session s has events `offsets[s]:offsets[s+1]` and belongs to `unit[s]`.

    `number` (one entry an event) says in which session an event is; `length_ms` is from first to last event.
    """

    offsets: NDArray[np.int64]
    unit: NDArray[np.int32]
    number: NDArray[np.int32]
    length_ms: NDArray[np.int64]

    @property
    def count(self) -> int:
        """How many sessions."""
        return len(self.unit)


def sessions_of(log: EventLog, *, pause: timedelta = HALF_AN_HOUR) -> Sessions:
    """Cut each unit's events where more than `pause` lies between two of them."""
    if pause <= timedelta(0):
        raise InvalidQueryError(f"The pause between sessions must be positive, got {pause}.", "30 minutes is usual.")
    starts = np.zeros(log.size, dtype=bool)
    starts[1:] = np.diff(log.time) > pause // timedelta(milliseconds=1)
    starts[log.offsets[:-1][np.diff(log.offsets) > 0]] = True
    edges = np.append(np.flatnonzero(starts), log.size).astype(np.int64)
    first, last = edges[:-1], edges[1:] - 1
    return Sessions(
        offsets=edges,
        unit=(np.searchsorted(log.offsets, first, side="right") - 1).astype(np.int32),
        number=(np.cumsum(starts) - 1).astype(np.int32),
        length_ms=log.time[last] - log.time[first],
    )
