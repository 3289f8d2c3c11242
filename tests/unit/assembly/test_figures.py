import numpy as np

from tropa.assembly.figures import count_path, later_stages
from tropa.assembly.path import mean_first_position, plan_steps
from tropa.domain.journeymap import Match
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.events.log import EventLog, log_from_rows
from tropa.events.staged import stage_events

HOUR = 3_600_000
AS_OF = 1_000 * HOUR * 24


def a_stage(key: str, *events: str) -> StageSpec:
    return StageSpec(
        key=key,
        name=Text(ru=key, en=key),
        touchpoints=tuple(
            TouchpointSpec(key=event, name=Text(ru=event), match=Match(event=(event,))) for event in events
        ),
    )


def a_log(*journeys: str) -> EventLog:
    rows = [
        (str(who), event, turn * HOUR) for who, path in enumerate(journeys) for turn, event in enumerate(path.split())
    ]
    return log_from_rows(rows, as_of=AS_OF)


def test_persons_and_losses_of_stages_are_counted() -> None:
    figures = count_path(
        stage_events(a_log("see buy", "see", "see see buy"), [a_stage("look", "see"), a_stage("pay", "buy")])
    )
    look, pay = figures.stages
    assert (look.persons, look.lost, pay.persons) == (3, 1, 2)
    assert look.went_on is not None
    assert (look.went_on.count, look.went_on.of) == (2, 3)


def test_asking_for_help_is_no_step_forward_and_nobody_is_lost_by_not_asking() -> None:
    stages = [a_stage("look", "see"), a_stage("pay", "buy"), a_stage("support", "chat")]
    staged = stage_events(a_log("see buy", "see chat", "see buy chat"), stages)
    figures = count_path(staged)
    look, pay, support = figures.stages
    assert later_stages(staged, 0) == (1,)
    assert look.went_on is not None
    assert (look.went_on.count, look.lost) == (2, 1)
    assert pay.went_on is None
    assert (support.persons, support.went_on, support.lost) == (2, None, 0)


def test_steps_stand_in_the_order_in_which_people_meet_them() -> None:
    staged = stage_events(
        a_log("home list item", "home item list item", "list item"), [a_stage("look", "item", "list", "home")]
    )
    plan = plan_steps(staged, people=[3, 3, 2])
    assert [step.spec.key for step in plan.steps] == ["home", "list", "item"]


def test_a_touchpoint_that_few_meet_gets_no_column() -> None:
    log = a_log(*["see"] * 99, "see rare")
    staged = stage_events(log, [a_stage("look", "see", "rare")])
    assert [step.spec.key for step in plan_steps(staged, people=[100, 1]).steps] == ["see"]


def test_a_place_that_nobody_meets_is_last() -> None:
    log = a_log("a b")
    assert mean_first_position(log, log.event.codes, 3).tolist() == [0.0, 1.0, np.inf]
