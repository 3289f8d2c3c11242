from datetime import timedelta

import numpy as np
import pytest

from builders.people import MONDAY, a_person, population
from tropa.analysis.retention import RetentionQuery, retention, retention_by
from tropa.errors import InvalidQueryError
from tropa.events.groups import CodedGroups
from tropa.events.places import EventNames

DAY = timedelta(days=1)


BUY = EventNames((("buy",),))


def asked(log, term=30 * DAY):
    return retention(log, RetentionQuery(BUY, term))


def test_the_share_is_of_those_whose_term_has_come():
    log = population(
        a_person("back").did("buy").did("buy", after=30 * DAY),
        a_person("late").did("buy").did("buy", after=40 * DAY),
        a_person("once").did("view", "buy"),
        a_person("new", MONDAY + 50 * DAY).did("buy").did("buy", after=DAY),
        as_of=MONDAY + 60 * DAY,
    )
    found = asked(log)

    assert (found.returned.count, found.returned.of, found.not_yet_due) == (1, 3, 1)
    assert (found.to_return.of, found.to_return.median_seconds) == (3, 30 * 86_400)
    assert found.not_returned.at(20 * 86_400).value == pytest.approx(3 / 4)


def test_two_lines_of_one_order_are_no_return():
    log = population(a_person("ann").did("buy").did("buy", after=timedelta(0)), as_of=MONDAY + 60 * DAY)

    assert asked(log).returned.count == 0


def test_coming_back_may_be_another_event():
    log = population(a_person("ann").did("buy").did("service", after=DAY), as_of=MONDAY + 60 * DAY)
    query = RetentionQuery(EventNames((("buy",), ("service",))), 30 * DAY)

    assert retention(log, query).returned.count == 1


def test_groups_are_counted_apart():
    log = population(a_person("ann").did("buy", "buy"), a_person("bob").did("buy"), as_of=MONDAY + 60 * DAY)

    found = retention_by(log, RetentionQuery(BUY, 30 * DAY), CodedGroups(np.array([0, 1], np.int32), 2))
    assert [(one.returned.count, one.returned.of) for one in found] == [(1, 1), (0, 1)]


def test_nobody_began_so_nobody_returns():
    log = population(a_person("ann").did("view", "buy"), as_of=MONDAY + 60 * DAY)
    found = retention(log, RetentionQuery(EventNames(((),)), DAY))

    assert (found.returned.of, found.to_return, found.not_returned) == (0, None, None)


def test_a_term_must_last():
    with pytest.raises(InvalidQueryError, match="must be positive"):
        RetentionQuery(BUY, timedelta(0))


def test_coming_back_is_to_one_place():
    with pytest.raises(InvalidQueryError, match="one or two places"):
        RetentionQuery(EventNames(((), (), ())), DAY)
