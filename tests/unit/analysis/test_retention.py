from datetime import timedelta

import numpy as np
import pytest

from builders.people import MONDAY, a_person, population
from tropa.analysis.retention import RetentionQuery, retention
from tropa.errors import InvalidQueryError

DAY = timedelta(days=1)


def asked(log, term=30 * DAY, among=None):
    return retention(log, RetentionQuery(frozenset([log.event.code_of("buy")]), term), among)


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
    codes = [frozenset([log.event.code_of(name)]) for name in ("buy", "service")]

    assert retention(log, RetentionQuery(codes[0], 30 * DAY, codes[1])).returned.count == 1


def test_some_units_alone_can_be_looked_at():
    log = population(a_person("ann").did("buy", "buy"), a_person("bob").did("buy"), as_of=MONDAY + 60 * DAY)

    assert asked(log, among=np.array([False, True])).returned.of == 1


def test_nobody_began_so_nobody_returns():
    log = population(a_person("ann").did("view", "buy"), as_of=MONDAY + 60 * DAY)
    found = retention(log, RetentionQuery(frozenset(), DAY))

    assert (found.returned.of, found.to_return, found.not_returned) == (0, None, None)


def test_a_term_must_last():
    with pytest.raises(InvalidQueryError, match="must be positive"):
        RetentionQuery(frozenset(), timedelta(0))
