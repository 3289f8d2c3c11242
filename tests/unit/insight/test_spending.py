"""Money is put beside people by channel and by day; what does not meet is told."""

from datetime import date

import pytest

from tropa.domain.ledger import Cost, Ledger
from tropa.insight.spending import platform_of, spending

JANUARY = (date(2025, 1, 1), date(2025, 1, 31))


def day(number: int, amount: int, channel: str | None = "vk") -> Cost:
    return Cost(start=date(2025, 1, number), end=date(2025, 1, number), channel=channel, amount=amount)


def found(*costs: Cost, values=("vk / cpc", "yandex", "organic"), first=JANUARY[0], last=JANUARY[1]):
    made = spending(Ledger(costs=costs), values, first=first, last=last)
    assert made is not None
    return made


def test_channels_meet_under_the_names_of_cabinets_and_strangers_are_told():
    made = found(day(1, 100), day(1, 50, "Яндекс.Директ"), day(1, 7, "Радио"), day(1, 3, None))

    assert made.amounts == {"vk / cpc": 100, "yandex": 50}
    assert made.unmatched == {"Радио": 7}
    assert made.shared == 3
    assert made.total == 160


def test_two_values_of_one_platform_are_not_guessed_between():
    made = found(day(1, 100, "Яндекс"), day(1, 1, "vk"), values=("yandex.maps ads x", "yandex", "ya", "vk"))

    assert made.amounts == {"vk": 1}
    assert made.unmatched == {"Яндекс": 100}


def test_a_month_of_which_the_data_have_ten_days_gives_ten_days_of_its_money():
    month = Cost(start=date(2025, 1, 1), end=date(2025, 1, 31), amount=31_000)
    made = found(month, first=date(2025, 1, 22))

    assert (made.shared, made.outside) == (10_000, 21_000)
    assert (made.first, made.last) == (date(2025, 1, 22), date(2025, 1, 31))


def test_days_without_a_line_are_counted_where_a_channel_is_told_by_days():
    made = found(day(1, 10), day(2, 10), day(10, 10))

    assert made.days_missing == {"vk / cpc": 7}
    assert (made.first, made.last) == (date(2025, 1, 1), date(2025, 1, 10))


def test_a_week_covers_its_days():
    week = Cost(start=date(2025, 1, 3), end=date(2025, 1, 9), channel="vk", amount=70)

    assert found(day(1, 10), day(2, 10), day(10, 10), week).days_missing == {}


def test_money_without_days_is_of_the_whole_period():
    made = found(Cost(channel="vk", amount=90))

    assert (made.amounts, made.undated, made.outside) == ({"vk / cpc": 90}, 90, 0)


def test_costs_of_other_days_are_none():
    assert spending(Ledger(costs=(day(1, 10),)), ("vk",), first=date(2026, 1, 1), last=date(2026, 2, 1)) is None


@pytest.mark.parametrize(
    ("name", "platform"),
    [("yandex / cpc", "yandex"), ("ВКонтакте", "vk"), ("vk_ads", "vk"), ("Google Ads", "google"), ("organic", None)],
)
def test_a_platform_is_known_by_any_of_its_names(name, platform):
    assert platform_of(name) == platform
