"""Wall clocks of a time zone → UTC, for millions of times at once."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from tropa.events.log import DAY_MS

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = -70 * 365 * DAY_MS, 230 * 365 * DAY_MS  # 1900 to 2200: beyond, the offset of the end holds


def to_utc(wall: NDArray[np.int64], zone: str) -> NDArray[np.int64]:
    """Milliseconds of wall clocks → UTC. An hour that comes twice is its first; one that is left out counts on."""
    if zone == "UTC" or not len(wall):
        return wall
    place = ZoneInfo(zone)
    first, last = (min(max(int(end), _FIRST), _LAST) for end in (wall.min(), wall.max()))
    starts, offsets = _offsets(place, first, last)
    return wall - offsets[np.searchsorted(starts, wall, side="right")]


def _offsets(zone: tzinfo, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """From which wall clock on the next offset holds (one fewer than the offsets), in ms."""
    days = range(first // DAY_MS - 2, last // DAY_MS + 3)
    offsets = [_offset(zone, days[0] * DAY_MS)]
    starts: list[int] = []
    for day in days[1:]:
        moment, ahead = day * DAY_MS, _offset(zone, day * DAY_MS)
        if ahead != offsets[-1]:
            starts.append(_change(zone, moment - DAY_MS, moment) + max(ahead, offsets[-1]))
            offsets.append(ahead)
    return np.array(starts, dtype=np.int64), np.array(offsets, dtype=np.int64)


def _offset(zone: tzinfo, moment: int) -> int:
    ahead = (_EPOCH + timedelta(milliseconds=moment)).astimezone(zone).utcoffset() or timedelta()
    return round(ahead.total_seconds() * 1000)


def _change(zone: tzinfo, before: int, after: int) -> int:
    """The moment (UTC ms) of the change between two moments, to the second."""
    old = _offset(zone, before)
    while after - before > 1000:
        middle = (before + after) // 2000 * 1000
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after
