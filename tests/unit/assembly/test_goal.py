from dataclasses import replace

import pytest

from builders.businesses import BOOKS, HELP_LINE, LOAN, MACHINES, SOFTWARE_TRIAL, Business, journeys
from builders.people import a_person, population
from tropa.assembly.definition import define_stages
from tropa.assembly.goal import fitting_goal
from tropa.domain.project import Project, UnitKind
from tropa.events.log import log_from_rows
from tropa.events.ordinal import with_ordinals


@pytest.mark.parametrize(
    ("business", "unit", "goal"),
    [
        (HELP_LINE, UnitKind.CASE, "solve_quickly"),
        (LOAN, UnitKind.CASE, "get_granted"),
        (SOFTWARE_TRIAL, UnitKind.PERSON, "stay_after_trial"),
        (MACHINES, UnitKind.CASE, "win_deals"),
        (BOOKS, UnitKind.PERSON, "visitors_to_clients"),
    ],
)
def test_the_question_asked_first_fits_the_business(business: Business, unit: UnitKind, goal: str) -> None:
    log = replace(journeys(business, people=60), unit=unit)
    assert fitting_goal(log, ()) == goal


def test_purchases_alone_ask_for_the_next_one() -> None:
    log = with_ordinals(population(*(a_person(f"p{i}").did("purchase", "purchase") for i in range(5))))
    assert fitting_goal(log, define_stages(log, Project(project="x")).stages) == "repeat_purchases"


@pytest.mark.parametrize(
    "statuses",
    [
        ("Новый", "Принят в обработку", "Оплачен", "Собран", "Доставлен", "Отменён"),
        ("new", "accepted", "approved", "dispatched", "delivered", "declined"),
    ],
)
def test_orders_are_neither_tickets_nor_deals(statuses: tuple[str, ...]) -> None:
    log = replace(population(*(a_person(f"p{i}").did(*statuses) for i in range(5))), unit=UnitKind.CASE)
    assert fitting_goal(log, ()) == "visitors_to_clients"


def test_payments_that_fail_are_not_the_goal() -> None:
    paths = [("signup", "invoice.paid", "invoice.payment_failed"), ("signup", "invoice.payment_failed")] * 5
    log = population(*(a_person(f"p{number}").did(*path) for number, path in enumerate(paths)))
    goal = next(one for one in define_stages(log, Project(project="x")).stages if one.goal)
    assert "invoice.paid" in [event for one in goal.touchpoints if one.match for event in one.match.event]


def test_applications_that_are_declined_are_no_lost_deals() -> None:
    people = (a_person(f"p{i}").did("A_SUBMITTED", "A_PREACCEPTED", "A_DECLINED") for i in range(5))
    assert fitting_goal(replace(population(*people), unit=UnitKind.CASE), ()) == "get_granted"


def test_what_brings_money_outweighs_what_is_called_an_order() -> None:
    rows, amounts = [], []
    for number in range(60):
        for step, event in enumerate(("visit", "trial", "membership", "order of towels", "tenth visit")):
            rows.append((f"p{number}", event, 1_700_000_000_000 + number * 86_400_000 + step * 3_600_000))
            amounts.append(2_500_000 if event == "membership" else None)
    log = log_from_rows(rows, amounts=amounts, currency="RUB")
    goal = next(one for one in define_stages(log, Project(project="x")).stages if one.goal)
    assert "membership" in [event for one in goal.touchpoints if one.match for event in one.match.event]
