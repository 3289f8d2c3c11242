"""Who comes from one place to another, by when they set out and by group."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from builders.every_question import a_full_log
from builders.people import MONDAY, a_person, millis, population
from tropa.analysis.before_after import BeforeAfterQuery, came_in, came_to_each
from tropa.errors import InvalidQueryError
from tropa.events.groups import EVERYBODY
from tropa.events.log import EventLog
from tropa.events.places import EventNames

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CART, BUY = EventNames((("cart",),)), EventNames((("buy",),))


def window(first: int, last: int) -> tuple[int, int]:
    return millis(MONDAY + first * DAY), millis(MONDAY + last * DAY)


def asked(*windows, start=CART, end=BUY, within=2 * DAY, gap=timedelta(0)):
    return BeforeAfterQuery(start, end, windows, EVERYBODY, within=within, gap=gap)


def counts(log, query):
    return [(one[0].count, one[0].of) for one in came_in(log, query)]


def test_a_person_counts_once_a_window_by_the_first_time():
    log = population(
        a_person("ann").did("cart").did("cart", after=HOUR).did("buy", after=HOUR),
        a_person("bob").did("cart").did("buy", after=3 * DAY),
        a_person("cat", MONDAY + 5 * DAY).did("cart").did("buy", after=HOUR),
        as_of=MONDAY + 30 * DAY,
    )

    assert counts(log, asked(window(0, 5), window(5, 9), window(9, 12))) == [(1, 2), (1, 1), (0, 0)]


def test_whose_time_is_not_over_is_left_out():
    log = population(
        a_person("ann").did("cart"),
        a_person("bob", MONDAY + 4 * DAY).did("cart").did("buy", after=HOUR),
        as_of=MONDAY + 5 * DAY,
    )

    assert counts(log, asked(window(0, 9))) == [(0, 1)]


def test_between_halves_that_chance_made_who_may_still_come_counts():
    log = population(
        a_person("ann").did("cart"),
        a_person("bob", MONDAY + 4 * DAY).did("cart").did("buy", after=HOUR),
        as_of=MONDAY + 5 * DAY,
    )
    query = replace(asked(window(0, 9), within=90 * DAY), open_count=True)

    assert counts(log, query) == [(1, 2)]


def test_coming_back_needs_another_day():
    log = population(
        a_person("ann").did("buy").did("buy", after=HOUR),
        a_person("bob").did("buy").did("buy", after=25 * HOUR),
        a_person("cat").did("buy").did("buy", after=20 * DAY),
        as_of=MONDAY + 90 * DAY,
    )

    assert counts(log, asked(window(0, 1), start=BUY, within=10 * DAY, gap=DAY)) == [(1, 3)]


def test_a_gap_longer_than_the_time_is_no_question():
    with pytest.raises(InvalidQueryError, match="must be longer"):
        asked(window(0, 1), within=DAY, gap=DAY)


@pytest.mark.parametrize("gap", [timedelta(0), 5 * HOUR])
def test_each_place_is_counted_as_a_plain_loop_counts_it(gap):
    log = a_full_log(units=150)
    begin = int(log.time.min())
    ends = tuple((begin + n * 10 * 86_400_000, begin + (n + 1) * 10 * 86_400_000) for n in range(3))
    query = BeforeAfterQuery(EventNames((("a", "b"),)), EventNames((("c",), ("a",))), ends, EVERYBODY, 4 * DAY, gap)

    made = came_to_each(log, query)

    for place, names in enumerate((("c",), ("a",))):
        plain = [naive(log, ("a", "b"), names, one, query) for one in ends]
        assert [(one[0].count, one[0].of) for one in made[place]] == plain


def naive(log: EventLog, start: Sequence[str], end: Sequence[str], days: tuple[int, int], query: BeforeAfterQuery):
    names, of, came = np.array(log.event.values)[log.event.codes], 0, 0
    within, gap = (one // timedelta(milliseconds=1) for one in (query.within, query.gap))
    for unit in range(log.units):
        here = range(int(log.offsets[unit]), int(log.offsets[unit + 1]))
        first = next((i for i in here if names[i] in start and days[0] <= log.time[i] < days[1]), None)
        if first is None or log.time[first] + within > log.as_of:
            continue
        of += 1
        came += any(names[i] in end and gap <= log.time[i] - log.time[first] <= within and (i > first) for i in here)
    return came, of
