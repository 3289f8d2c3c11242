"""Holidays by the rules of four countries, changes and sales beside a date."""

from datetime import date

import pytest

from tropa.domain.project import ChangeSpec, Project
from tropa.domain.text import Text
from tropa.insight.holidays import country_of, holidays_between
from tropa.insight.near_changes import near_change, promo_on, promos_of


def named(day: date, country: str) -> list[str | None]:
    return [one.name.en for one in holidays_between(country, day, day)]


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        ("RU", date(2025, 1, 5), "New Year holidays"),
        ("RU", date(2025, 3, 8), "International Women's Day"),
        ("RU", date(2025, 11, 28), "Black Friday"),
        ("GB", date(2025, 4, 18), "Easter weekend"),
        ("GB", date(2025, 8, 25), "Summer bank holiday"),
        ("GB", date(2026, 4, 6), "Easter weekend"),
        ("DE", date(2025, 5, 29), "Ascension Day"),
        ("DE", date(2024, 5, 20), "Whit Monday"),
        ("US", date(2025, 11, 27), "Thanksgiving"),
        ("US", date(2026, 5, 25), "Memorial Day"),
        ("US", date(2025, 9, 1), "Labor Day"),
    ],
)
def test_a_holiday_falls_on_its_day(country, day, name):
    assert name in named(day, country)


def test_an_ordinary_day_and_an_unknown_country_have_none():
    assert named(date(2025, 7, 16), "RU") == []
    assert named(date(2025, 1, 1), "FR") == []


@pytest.mark.parametrize(
    ("settings", "country"),
    [
        ({"timezone": "Asia/Omsk"}, "RU"),
        ({"currency": "GBP"}, "GB"),
        ({"timezone": "Europe/Moscow", "country": "DE"}, "DE"),
        ({}, None),
    ],
)
def test_the_country_is_told_by_the_setting_the_zone_or_the_currency(settings, country):
    assert country_of(Project(project="shop", **settings)) == country


SALE = ChangeSpec(date=date(2025, 3, 6), until=date(2025, 3, 9), name=Text(ru="Минус 20 %", en="20% off"))
FORM = ChangeSpec(date=date(2025, 3, 12), name=Text(ru="Новая форма", en="New form"), place="Сайт", whom="Север")


def test_changes_are_candidates_nearest_first_and_a_holiday_after_them():
    project = Project(project="shop", changes=(SALE, FORM), timezone="Europe/Moscow")

    near = near_change(project, date(2025, 3, 10))
    assert near is not None
    assert near.ru == "Новая форма (Сайт, Север); Минус 20 %; 8 Марта"
    assert near_change(project, date(2025, 5, 25)) is None


def test_a_sale_is_what_ends_or_calls_itself_one():
    told = ChangeSpec(date=date(2025, 11, 28), name=Text(ru="Чёрная пятница"))
    move = ChangeSpec(date=date(2025, 1, 1), until=date(2025, 9, 1), name=Text(ru="Ремонт зала"))
    project = Project(project="shop", changes=(SALE, FORM, told, move))

    assert [one.start for one in promos_of(project)] == [SALE.date, told.date]
    assert promo_on(project, date(2025, 3, 8)) is not None
    assert promo_on(project, date(2025, 3, 14)) is None
