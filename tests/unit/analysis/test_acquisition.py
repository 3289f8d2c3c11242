"""Whom each channel brought, counted by hand."""

from datetime import timedelta

import pytest

from builders.people import MONDAY, millis
from tropa.analysis.acquisition import AcquisitionQuery, acquired
from tropa.errors import InvalidQueryError
from tropa.events.groups import UnitProperty
from tropa.events.log import log_from_rows
from tropa.events.places import EventNames

DAY = timedelta(days=1)
ROWS = (
    # who, event, day, channel, amount
    ("ann", "visit", 0, "ads", None), ("ann", "buy", 1, "ads", 300), ("ann", "buy", 1, "ads", 100), ("ann", "buy", 9, None, 600),
    ("bob", "visit", 0, "ads", None), ("bob", "ask", 2, None, None),
    ("cat", "visit", 50, "ads", None),
    ("dan", "visit", 0, None, None), ("dan", "buy", 3, None, 500),
    ("eve", "visit", -9, "ads", None), ("eve", "buy", 0, "ads", 900),
)  # fmt: skip
STAGES = EventNames((("visit",), ("ask",), ("buy",)))


def asked(first: int = 0, last: int = 60, rest: timedelta = 30 * DAY) -> AcquisitionQuery:
    return AcquisitionQuery(
        UnitProperty("channel", ("ads",)),
        STAGES,
        lead=EventNames((("ask",),)),
        goal=EventNames((("buy",),)),
        since=millis(MONDAY + first * DAY),
        until=millis(MONDAY + last * DAY),
        rest=rest,
    )


def the_log():
    return log_from_rows(
        [(who, event, millis(MONDAY + day * DAY)) for who, event, day, *_ in ROWS],
        properties={"channel": [channel for *_, channel, _ in ROWS]},
        amounts=[amount for *_, amount in ROWS],
        as_of=millis(MONDAY + 60 * DAY),
    )


def test_people_leads_purchases_and_money_are_those_counted_by_hand():
    ads, others = acquired(the_log(), asked())

    assert (ads.persons, ads.leads.count, ads.first.count, ads.second.count) == (3, 2, 1, 1)
    assert (ads.money, ads.money_each.value) == (1_000, pytest.approx(1_000 / 3))
    assert (others.persons, others.first.count, others.second.count, others.money) == (1, 1, 0, 500)


def test_who_left_stands_at_the_furthest_stage_and_who_may_still_come_at_none():
    ads, _ = acquired(the_log(), asked())

    assert (ads.left, ads.still_open) == ((0, 1, 0, 0), 1)
    assert acquired(the_log(), asked(rest=5 * DAY))[0].left == (1, 1, 0, 0)


def test_who_came_before_the_costs_is_not_counted():
    assert acquired(the_log(), asked(first=-20))[0].persons == 4


def test_no_days_are_no_question():
    with pytest.raises(InvalidQueryError, match="do not meet"):
        asked(first=5, last=5)
