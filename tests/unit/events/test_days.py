"""Days and hours are those of the place where people live."""

from datetime import UTC, datetime

import numpy as np

from tropa.events.days import date_of, day_numbers, hours_of_day


def test_hours_and_days_are_local():
    late = int(datetime(2025, 3, 31, 22, 30, tzinfo=UTC).timestamp() * 1000)
    times = np.array([late, late + 2 * 3_600_000], dtype=np.int64)

    assert hours_of_day(times, "UTC").tolist() == [22, 0]
    assert hours_of_day(times, "Europe/Moscow").tolist() == [1, 3]
    assert [date_of(day).day for day in day_numbers(times, "Europe/Moscow").tolist()] == [1, 1]
    assert hours_of_day(times[:0], "Europe/Moscow").tolist() == []
