from datetime import date

from builders.said import said, silent_line

from tropa.domain.hearing import Direction, Trend
from tropa.domain.voice import VoiceLine
from tropa.texts.hearing import day_of, speaker_of
from tropa.texts.trends import calendar_of, trends_of

MONTH = 30


def trend(speaking: dict[int, int], quiet: int = 40, months: int = 6, *, news: bool = True) -> Trend:
    """A trend where in each month so many people say it and so many others only write."""
    lines: list[VoiceLine] = []
    told = []
    for month in range(months):
        day = month * MONTH + 5 + month
        some = [said(f"s{month}.{i}", "долго", "delivery", day=day) for i in range(speaking.get(month, 0))]
        told += [(speaker_of(one), when) for one in some if (when := day_of(one)) is not None]
        lines += [*some, *(silent_line(f"q{month}.{i}", day=day) for i in range(quiet))]
    return trends_of([told], calendar_of(lines), news=news)[0]


def test_a_month_has_its_denominator_and_wilsons_interval() -> None:
    first = trend({0: 10}).months[0]
    assert (first.month, first.share.count, first.share.of) == (date(2026, 1, 1), 10, 50)
    assert (round(first.share.low, 4), round(first.share.high, 4)) == (0.1124, 0.3304)


def test_more_people_say_it_than_before() -> None:
    rising = trend(dict.fromkeys(range(3), 3) | dict.fromkeys(range(3, 6), 20))
    assert rising.direction is Direction.RISING
    assert rising.compared == 3
    assert rising.difference is not None
    assert rising.difference[1] > 0


def test_fewer_people_say_it_than_before() -> None:
    assert trend(dict.fromkeys(range(3), 20) | dict.fromkeys(range(3, 6), 3)).direction is Direction.FALLING


def test_the_same_share_is_no_trend() -> None:
    assert trend(dict.fromkeys(range(6), 8)).direction is Direction.STEADY


def test_few_people_give_no_direction() -> None:
    assert trend(dict.fromkeys(range(3), 0) | dict.fromkeys(range(3, 6), 5), quiet=3).direction is Direction.FEW_DATA


def test_what_nobody_said_before_is_new() -> None:
    assert trend({5: 6}).direction is Direction.NEW
    assert trend({4: 1, 5: 6}).direction is not Direction.NEW


def test_two_people_are_no_news() -> None:
    assert trend({5: 2}).direction is not Direction.NEW


def test_a_month_that_has_not_ended_is_marked() -> None:
    months = trend(dict.fromkeys(range(6), 8)).months
    assert [one.whole for one in months] == [False, True, True, True, True, False]


def test_without_dates_there_is_no_trend() -> None:
    (told,) = trends_of([[]], calendar_of([said("ann", "долго", "delivery")]))
    assert (told.months, told.direction) == ((), Direction.FEW_DATA)


def test_many_lists_that_do_not_move_seldom_say_they_do() -> None:
    lines = [silent_line(f"p{i}", day=i % 180) for i in range(1_200)]
    told = [
        [(speaker_of(one), when) for one in lines[place::7][:80] if (when := day_of(one)) is not None]
        for place in range(60)
    ]
    moved = [one.direction for one in trends_of(told, calendar_of(lines), news=False)]
    assert sum(one is not Direction.STEADY for one in moved) <= 1
