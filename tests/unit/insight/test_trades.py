import dataclasses

import pytest

from tropa.domain.journeymap import BusinessModel, Match
from tropa.domain.project import Project, StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.insight.trades import trade_of, trades

PROJECT = Project(project="p")


def a_path(*events: str) -> list[StageSpec]:
    touchpoint = TouchpointSpec(key="one", name=Text(ru="Шаг", en="Step"), match=Match(event=events))
    return [StageSpec(key="s", name=Text(ru="Этап", en="Stage"), touchpoints=(touchpoint,))]


@pytest.mark.parametrize(
    ("events", "trade"),
    [
        (("add_to_cart", "checkout", "order_shipped"), "shop"),
        (("Добавил в корзину", "Оформление", "Доставка"), "shop"),
        (("A_PREACCEPTED", "W_Completeren aanvraag", "O_SENT offerte"), "bank"),
        (("Assign seriousness", "Take in charge ticket", "Resolve ticket"), "support"),
        (("trial_started", "workspace_created", "integration_connected"), "saas"),
        (("Запись на приём", "Приём врача", "Анализы"), "clinic"),
        (("lesson_started", "homework_done", "quiz"), "school"),
        (("test drive", "dealer_visit", "vehicle_sold"), "auto"),
        (("Лид создан", "Коммерческое предложение", "Сделка выиграна"), "b2b"),
        (("menu_view", "dish_added", "courier_sent"), "food"),
        (("tour_view", "voucher_sent", "flight"), "travel"),
        (("hotel_view", "room_chosen", "checkin"), "hotel"),
    ],
)
def test_a_trade_is_told_by_the_words_of_its_path(events: tuple[str, ...], trade: str) -> None:
    assert trade_of(PROJECT, a_path(*events)) == trade


@pytest.mark.parametrize("events", [("visit", "page"), ("cart",), ("carton", "carpet"), ()])
def test_one_sign_or_none_tells_no_trade(events: tuple[str, ...]) -> None:
    assert trade_of(PROJECT, a_path(*events)) is None


def test_two_trades_with_as_many_signs_are_neither() -> None:
    assert trade_of(PROJECT, a_path("cart", "checkout", "lesson", "homework")) is None


def test_a_chosen_template_tells_the_trade_outright() -> None:
    shop = dataclasses.replace(PROJECT, stages_from="template:shop")
    assert trade_of(shop, a_path("lesson", "homework")) == "shop"
    assert trade_of(dataclasses.replace(PROJECT, stages_from="template:generic"), a_path("x")) is None


def test_a_map_of_deals_is_of_business_customers_unless_its_words_say_more() -> None:
    deals = dataclasses.replace(PROJECT, model=BusinessModel.B2B)
    assert trade_of(deals, a_path("x")) == "b2b"
    assert trade_of(deals, a_path("trial", "workspace")) == "saas"


def test_signs_are_written_small_and_once() -> None:
    for signs in trades().values():
        assert len(set(signs)) == len(signs)
        assert all(sign == sign.casefold() for sign in signs)
