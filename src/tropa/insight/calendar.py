"""The days of a log, in its time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from tropa.events.log import DAY_MS, EventLog


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Days of the log in its time zone; day 0 is the first event's day."""

    first: date
    days: int
    shift_ms: int

    @classmethod
    def of(cls, log: EventLog) -> "Calendar":
        """The calendar of a log."""
        begin, end = int(log.time.min(initial=log.as_of)), max(log.as_of, int(log.time.max(initial=log.as_of)))
        middle = datetime.fromtimestamp((begin + end) / 2000, tz=UTC).astimezone(ZoneInfo(log.timezone))
        offset = middle.utcoffset()
        shift = int(offset.total_seconds() * 1000) if offset else 0
        first = (begin + shift) // DAY_MS
        return cls(first=_date(first), days=(end + shift) // DAY_MS - first + 1, shift_ms=shift)

    def day_of(self, time: NDArray[np.int64]) -> NDArray[np.int64]:
        """The day of each time."""
        days: NDArray[np.int64] = (time + self.shift_ms) // DAY_MS - self.first.toordinal() + _EPOCH
        return days

    def date_of(self, day: int) -> date:
        """The date of a day."""
        return date.fromordinal(self.first.toordinal() + day)


_EPOCH = date(1970, 1, 1).toordinal()


def _date(day: int) -> date:
    return date.fromordinal(_EPOCH + day)
