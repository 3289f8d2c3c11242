"""Cures side by side: by whose example, and what they bring."""

from datetime import timedelta

import pytest

from builders.people import MONDAY
from tropa.domain.journeymap import Match
from tropa.domain.project import Project, StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.errors import InvalidQueryError
from tropa.events.log import log_from_rows
from tropa.services.answering.questions import Questions
from tropa.services.answering.scope import Scope

HOUR = 3_600_000
START = int(MONDAY.timestamp() * 1000)


def stage(key: str, *, goal: bool = False) -> StageSpec:
    point = TouchpointSpec(key=key, name=Text(ru=key, en=key), match=Match(event=(key,)))
    return StageSpec(key=key, name=Text(ru=key, en=key), goal=goal, touchpoints=(point,))


def shop() -> Questions:
    """1,000 a device look; 500 of them put into the cart; on a desktop 400 of these pay, on a phone 200 (30 by card)."""
    rows, payment, amounts, device = [], [], [], {}
    for kind, payers in (("desktop", 400), ("phone", 200)):
        for n in range(1000):
            who = f"{kind}{n}"
            device[who] = kind
            for event, last in (("view", 1000), ("cart", 500), ("pay", payers)):
                if n < last:
                    rows.append((who, event, START + len(rows)))
                    payment.append("card" if event == "pay" else None)
                    amounts.append(50_000 if event == "pay" else None)
    log = log_from_rows(
        rows,
        properties={"payment": payment},
        unit_properties={"device": device},
        amounts=amounts,
        currency="RUB",
        as_of=START + int(timedelta(days=60).total_seconds() * 1000),
    )
    stages = (stage("view"), stage("cart"), stage("pay", goal=True))
    return Questions(Scope(project=Project(project="shop"), log=log, stages=lambda: stages))


def test_every_step_is_raised_to_the_best_own_example_never_to_all():
    document = shop().whatif(["view", "cart", "pay"]).document

    assert [(one["step"], one["target"]) for one in document["cures"]] == [("pay", 0.8)]
    assert document["cures"][0]["ceiling"]["who"]["en"].endswith("desktop")
    assert document["cures"][0]["more"]["value"] == 200
    assert document["cures"][0]["money"]["value"] == 200 * 50_000


def test_without_steps_the_maps_stages_are_the_way():
    assert shop().whatif().document["cures"][0]["step"] == "pay"


def test_a_target_above_the_ceiling_is_cut_to_it():
    answer = shop().whatif(["view", "cart", "pay"], raised={"pay": 0.95})

    assert answer.document["cures"][0]["target"] == 0.8
    assert "потолок" in (answer.chart.rows[0].below.ru or "")


def test_the_assumptions_are_written_out():
    notes = " ".join(note.en or "" for note in shop().whatif().notes)

    assert "go on as the others do" in notes
    assert "never 100%" in notes


def test_a_step_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(InvalidQueryError, match="no step “order” to raise"):
        shop().whatif(["view", "cart", "pay"], raised={"order": 0.9})
