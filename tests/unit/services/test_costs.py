"""«Во что обходится» against a table counted by hand."""

from datetime import date, timedelta

import pytest

from builders.people import MONDAY
from tropa.domain.journeymap import Match
from tropa.domain.ledger import Cost, Ledger
from tropa.domain.project import GoalSpec, Project, StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.errors import InvalidQueryError
from tropa.events.log import log_from_rows
from tropa.services.answering.questions import Questions
from tropa.services.answering.scope import Scope

DAY = 86_400_000
START = int(MONDAY.timestamp() * 1000)
MONTH = Cost(start=date(2025, 3, 1), end=date(2025, 3, 31), channel="ads", amount=31_000_00)


def stages():
    def stage(key, event, *, goal=False):
        point = TouchpointSpec(key=event, name=Text(en=event), match=Match(event=(event,)))
        return StageSpec(key=key, name=Text(ru=key, en=key), goal=goal, touchpoints=(point,))

    return (stage("entry", "visit"), stage("cart", "basket"), stage("checkout", "buy", goal=True))


def shop(*costs: Cost, amounts: bool = True, project: Project | None = None) -> Questions:
    """From ads 100 come: 40 fill a basket, 20 buy for 1 000, 5 of them again ten days later. By mail 50 come, 10 buy."""
    rows, channels, regions, money = [], [], {}, []

    def does(who, event, day, channel, amount=None):
        rows.append((who, event, START + day * DAY))
        channels.append(channel)
        money.append(amount)

    for n in range(150):
        who, channel = f"p{n}", "ads" if n < 100 else "mail"
        place = n % 100
        regions[who] = "north" if n % 2 else "south"
        does(who, "visit", 0, channel)
        if place < (40 if channel == "ads" else 10):
            does(who, "basket", 1, channel)
        if place < (20 if channel == "ads" else 10):
            does(who, "buy", 2, channel, 100_000)
        if channel == "ads" and place < 5:
            does(who, "buy", 12, channel, 100_000)
    log = log_from_rows(
        rows,
        properties={"channel": channels},
        unit_properties={"region": regions},
        amounts=money if amounts else None,
        currency="RUB" if amounts else None,
        as_of=START + int(timedelta(days=60) / timedelta(milliseconds=1)),
    )
    scope = Scope(
        project=project or Project(project="shop", currency="RUB"),
        log=log,
        stages=stages,
        ledger=Ledger(costs=costs, currency="RUB"),
    )
    return Questions(scope)


def test_costs_of_results_are_those_counted_by_hand():
    made = shop(MONTH).costs().document
    ads = next(one for one in made["channels"] if one["name"] == "ads")

    # the data begin on 3 March: 29 of 31 days of the month
    assert made["period"] == {"from": "2025-03-03", "to": "2025-03-31"}
    assert (ads["spent"], made["outside"]) == (29_000_00, 2_000_00)
    assert (ads["persons"], ads["leads"], ads["first"], ads["second"]) == (100, 40, 20, 5)
    assert ads["per_visitor"] == 29_000
    assert ads["per_lead"]["value"] == 72_500
    assert ads["per_first"]["value"] == 145_000
    assert ads["per_second"]["value"] == 580_000
    assert ads["per_first"]["low"] < 145_000 < ads["per_first"]["high"]
    assert ads["income"] == 25 * 100_000
    assert ads["romi"]["value"] == pytest.approx(25 / 29 - 1, abs=1e-4)
    assert ads["cost_share"]["value"] == pytest.approx(29 / 25, abs=1e-4)
    assert made["total"]["first"] == 30


def test_money_on_those_who_left_is_what_a_person_of_the_channel_cost():
    left = {one["en"]: (one["persons"], one["spent"]) for one in shop(MONTH).costs().document["left"]}

    assert left == {"entry": (60, 60 * 29_000), "cart": (20, 20 * 29_000), "checkout": (0, 0)}


def test_a_segment_carries_the_money_of_its_people():
    made = shop(MONTH).costs(segment="region").document["segments"]

    assert {one["name"]: (one["persons"], one["spent"]) for one in made} == {
        "north": (50, 1_450_000),
        "south": (50, 1_450_000),
    }


def test_what_does_not_meet_is_in_the_total_and_told():
    answer = shop(MONTH, Cost(start=MONTH.start, end=MONTH.end, channel="radio", amount=3_100_00)).costs()

    assert answer.document["unmatched"] == {"radio": 2_900_00}
    assert answer.document["total"]["spent"] == 29_000_00 + 2_900_00
    assert any("radio" in (note.ru or "") for note in answer.notes)
    assert any("mail" in (note.ru or "") for note in answer.notes)


def test_without_amounts_the_owner_says_what_a_result_is_worth():
    worth = Project(project="shop", currency="RUB", goal=GoalSpec(text=Text(en="?"), value=2_000))

    assert shop(MONTH, amounts=False).costs().document["total"]["romi"] is None
    total = shop(MONTH, amounts=False, project=worth).costs().document["total"]
    assert total["income"] == 30 * 200_000


def test_attribution_takes_the_folders_costs():
    made = shop(MONTH).attribution(goal="buy").document["channels"]

    ads = next(one for one in made if one["name"] == "ads")
    assert ads["cost_by_model"]["last"] == 29_000_00 / ads["credit"]["last"]


def test_without_costs_or_in_other_days_it_says_what_to_do():
    with pytest.raises(InvalidQueryError, match="Nobody has said what marketing cost"):
        shop().costs()
    with pytest.raises(InvalidQueryError, match="do not meet"):
        shop(Cost(start=date(2030, 1, 1), end=date(2030, 1, 2), amount=5)).costs()


def test_a_channel_of_fewer_than_thirty_has_counts_and_no_price():
    few = shop(MONTH).only(region="north").costs(by="channel").document["channels"]

    mail = next(one for one in few if one["name"] == "mail")
    assert (mail["persons"], mail["per_first"]) == (25, None)
