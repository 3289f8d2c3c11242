"""Days, weeks and months of the calendar that people live by."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from tropa.domain.period import Period
from tropa.events.log import DAY_MS, EventLog

_EPOCH = date(1970, 1, 1)
_HOUR_MS = 3_600_000
Numbers = NDArray[np.int64]


def day_numbers(times: Numbers, timezone: str) -> Numbers:
    """The local day of each time in UTC ms, as days since 1970-01-01; same shape.

    The zone's offset is looked up once a UTC day (at its noon), which is exact but for the hours around a change of
    clocks.
    """
    if timezone == "UTC":
        return times // DAY_MS
    return (times + _offsets(times, timezone)) // DAY_MS


def hours_of_day(times: Numbers, timezone: str) -> Numbers:
    """The local hour (0 to 23) of each time in UTC ms; same shape, exact as the days are."""
    return (times + _offsets(times, timezone)) % DAY_MS // _HOUR_MS


def date_of(day: int) -> date:
    """The date of a day number."""
    return _EPOCH + timedelta(days=int(day))


def day_of(when: date) -> int:
    """The number of a date."""
    return (when - _EPOCH).days


def local_date(time_ms: int, timezone: str) -> date:
    """The local date of one time in UTC ms."""
    return date_of(int(day_numbers(np.array([time_ms], dtype=np.int64), timezone)[0]))


def period_of(log: EventLog) -> Period | None:
    """From the first event's day to the last's; None for no events."""
    if not log.size:
        return None
    return Period(local_date(int(log.time.min()), log.timezone), local_date(int(log.time.max()), log.timezone))


def week_starts(days: Numbers) -> Numbers:
    """The Monday of each day, as a day number; same shape."""
    return days - (days + 3) % 7


def month_starts(days: Numbers) -> Numbers:
    """The first day of each day's month, as a day number; same shape."""
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int64)


def _offsets(times: Numbers, timezone: str) -> Numbers:
    if timezone == "UTC" or not len(times):
        return np.zeros(len(times), dtype=np.int64)
    days, place = np.unique(times // DAY_MS, return_inverse=True)
    zone = ZoneInfo(timezone)
    offsets = np.array([_offset_ms(int(day), zone) for day in days], dtype=np.int64)
    return offsets[place]


def _offset_ms(day: int, zone: ZoneInfo) -> int:
    noon = datetime.fromtimestamp(day * 86_400 + 43_200, tz=UTC).astimezone(zone)
    offset = noon.utcoffset() or timedelta(0)
    return int(offset.total_seconds() * 1000)


def midnight_of(when: date, timezone: str) -> int:
    """When a local day begins, in UTC ms."""
    moment = datetime(when.year, when.month, when.day, tzinfo=ZoneInfo(timezone))
    return round(moment.timestamp()) * 1000
