"""«Где теряем» on people made by hand."""

from datetime import timedelta

import pytest

from builders.people import MONDAY, a_person, population
from tropa.domain.project import Project
from tropa.domain.text import Language
from tropa.errors import InvalidQueryError
from tropa.events.log import log_from_rows
from tropa.services.answering.questions import Questions
from tropa.services.answering.scope import Scope

MINUTE, DAY = 60_000, 86_400_000


def asked(log) -> Questions:
    return Questions(Scope(project=Project(project="shop"), log=log, stages=tuple))


def persons(answer) -> list[int]:
    return [one["persons"] for one in answer.document["steps"]]


def test_who_was_lost_and_what_they_did_instead():
    people = [a_person(f"b{n}").did("cart", "order") for n in range(5)]
    people += [a_person(f"h{n}").did("cart", "help", "help", "faq", "chat", "order") for n in range(3)]
    people += [a_person(f"l{n}").did("cart") for n in range(2)]
    log = population(*people, as_of=MONDAY + timedelta(days=30))
    answer = asked(log).funnel(["cart", "order"], window="2m")
    assert persons(answer) == [10, 5]
    assert answer.document["lost"] == [
        {"after": "cart", "then": ["help", "faq", "chat"], "persons": 3},
        {"after": "cart", "then": [], "persons": 2},
    ]


def test_an_event_on_the_way_breaks_it_off():
    people = [a_person("a").did("cart", "refund", "order"), a_person("b").did("cart", "order")]
    log = population(*people, as_of=MONDAY + timedelta(days=30))
    assert persons(asked(log).funnel(["cart", "order"])) == [2, 2]
    assert persons(asked(log).funnel(["cart", "order"], without=["refund"])) == [2, 1]


def test_the_same_product_all_the_way():
    rows = [("a", "view", 0), ("a", "order", 1), ("b", "view", 0), ("b", "order", 1)]
    log = log_from_rows(rows, properties={"product": ["fern", "rose", "fern", "fern"]})
    assert persons(asked(log).funnel(["view", "order"], hold="product")) == [2, 1]


def test_groups_by_people_and_by_the_steps_own_event():
    rows, devices, pays = [], {}, []
    for number in range(120):
        who = f"p{number}"
        devices[who] = "mobile" if number < 60 else "desktop"
        rows += [(who, "cart", 0), (who, "pay", MINUTE)]
        pays += [None, "card" if number % 2 else "cash"]
        if number >= 60 or number < 15:
            rows.append((who, "done", 2 * MINUTE))
            pays.append(None)
    log = log_from_rows(rows, properties={"pays": pays}, unit_properties={"device": devices}, as_of=30 * DAY)
    groups = asked(log).funnel(["cart", "pay", "done"], by="device").document["by"]["groups"]
    assert [(one["value"], one["persons"], one["came"]) for one in groups] == [
        ("desktop", 60, 60),
        ("mobile", 60, 15),
    ]
    assert all(one["q_value"] < 1e-6 for one in groups)
    by_step = asked(log).funnel(["cart", "pay", "done"], by="2:pays").document["by"]
    assert (by_step["of_step"], [(one["value"], one["persons"]) for one in by_step["groups"]]) == (
        2,
        [("card", 60), ("cash", 60)],
    )


def test_a_trend_counts_each_person_where_they_started_and_says_what_is_not_over():
    rows = [(f"p{n}", "cart", n // 40 * 7 * DAY) for n in range(120)]
    rows += [(f"p{n}", "order", n // 40 * 7 * DAY + MINUTE) for n in range(0, 120, 2)]
    log = log_from_rows(rows, as_of=15 * DAY)
    periods = asked(log).funnel(["cart", "order"], window="3d", trend="week").document["trend"]["periods"]
    assert [(one["start"], one["persons"], one["came"], one["is_open"]) for one in periods] == [
        ("1969-12-29", 40, 20, False),
        ("1970-01-05", 40, 20, False),
        ("1970-01-12", 40, 20, True),
    ]


def test_a_picture_shows_groups_times_and_paths_in_both_languages():
    people = [a_person(f"b{n}").did("cart", "order") for n in range(40)]
    people += [a_person(f"l{n}").did("cart", "help") for n in range(40)]
    log = population(*people, as_of=MONDAY + timedelta(days=30))
    answer = asked(log).funnel(["cart", "help; optional", "order"], window="7d", trend="day")
    for language, width in ((Language.RU, 390), (Language.EN, 1200)):
        picture = answer.picture(language, width=width)
        assert picture is not None
        assert ("больше ничего" if language is Language.RU else "nothing more") in picture.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"trend": "year"}, "no trend by “year”"),
        ({"by": "browser"}, "no property “browser”"),
        ({"by": "7:kind"}, "no step 7|no property"),
        ({"window": "soon"}, "no duration"),
        ({"semantics": "closed"}, "no semantics “closed”"),
        ({"then": 11}, "steps after a loss"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(options, said):
    log = population(a_person("a").did("cart", "order"))
    with pytest.raises(InvalidQueryError, match=said):
        asked(log).funnel(["cart", "order"], **options)
