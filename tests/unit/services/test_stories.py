"""Stories are chosen by a rule that anybody can check, and name nobody."""

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


def shop(last_days: int = 90) -> Questions:
    """Ten see, cart and pay in 1 to 10 hours; four see, cart and go; one sees twice and goes."""
    rows = []
    for n in range(10):
        rows += [(f"b{n}", "see", START), (f"b{n}", "cart", START + HOUR), (f"b{n}", "pay", START + (2 + n) * HOUR)]
    for n in range(4):
        rows += [(f"l{n}", "see", START), (f"l{n}", "cart", START + HOUR)]
    rows += [("twice", "see", START), ("twice", "see", START + HOUR)]
    as_of = START + int(timedelta(days=last_days).total_seconds() * 1000)
    log = log_from_rows(rows, as_of=as_of)
    stages = (stage("see"), stage("cart"), stage("pay", goal=True))
    return Questions(Scope(project=Project(project="shop"), log=log, stages=lambda: stages))


def walked(story: dict) -> list[tuple[str, int]]:
    return [(step["stage"], step["times"]) for step in story["steps"]]


def test_a_stage_has_a_typical_a_happy_and_a_lost_story():
    document = shop().stories(stage="cart").document
    told = {one["role"]: one for one in document["stories"]}

    assert document["met"] == 14
    assert walked(told["typical"]) == [("see", 1), ("cart", 1), ("pay", 1)]
    assert told["typical"]["steps"][-1]["seconds"] in {6 * 3600, 7 * 3600}
    assert told["happy"]["steps"][-1]["seconds"] == 3 * 3600
    assert walked(told["lost"]) == [("see", 1), ("cart", 1)]


def test_without_a_stage_the_fullest_one_before_the_goal_is_told():
    assert shop().stories().document["stage"] == "see"


def test_whose_way_may_still_go_on_is_not_lost():
    roles = [one["role"] for one in shop(last_days=10).stories(stage="cart").document["stories"]]

    assert roles == ["typical", "happy"]


def test_one_persons_way_is_opened_by_its_number_and_repeats_are_folded():
    asked = shop()
    numbers = range(1, asked.scope.log.units + 1)

    ways = [walked(asked.stories(person=number).document["stories"][0]) for number in numbers]

    assert [("see", 2)] in ways
    with pytest.raises(InvalidQueryError, match="no person 99 of 15"):
        asked.stories(person=99)
    with pytest.raises(InvalidQueryError, match="no stage “shelf”"):
        asked.stories(stage="shelf")


def test_stories_say_by_which_rule_and_name_nobody():
    answer = shop().stories(stage="cart")

    assert "commonest order" in " ".join(note.en or "" for note in answer.notes)
    assert "b0" not in str(answer.as_document())
