"""Who comes back, waits, loops, stops, hesitates and is handed over: answers about journeys known by heart."""

import pytest

from builders.people import MONDAY
from tropa.domain.journeymap import Match
from tropa.domain.project import Project, StageSpec, TouchpointSpec
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError
from tropa.events.lifecycle import steps_only
from tropa.events.log import log_from_rows
from tropa.services.answering.questions import Questions
from tropa.services.answering.scope import Scope

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
START = int(MONDAY.timestamp() * 1000)


def stage(key: str, *events: str, goal: bool = False) -> StageSpec:
    points = tuple(
        TouchpointSpec(key=one, name=Text(ru=one, en=one), match=Match(event=(one,))) for one in (events or (key,))
    )
    return StageSpec(key=key, name=Text(ru=key, en=key), goal=goal, touchpoints=points)


STAGES = (stage("look", "view", "info"), stage("cart", "cart", "error"), stage("pay", goal=True))


def shop() -> Questions:
    """Of 200 who look, 100 meet an error in the cart, of whom 80 stop; of the other 100 90 pay, 40 of them twice.

    Every other one looks at the information and back before that. All is looked at by the team „a“, then by „b“.
    """
    rows, team = [], []

    def did(who: int, event: str, after: int, by: str) -> None:
        rows.append((f"p{who}", event, START + who * HOUR + after))
        team.append(by)

    for who in range(200):
        did(who, "view", 0, "a")
        if who % 2:
            did(who, "info", MINUTE, "a")
            did(who, "view", 2 * MINUTE, "a")
        fails = who < 100
        did(who, "error" if fails else "cart", 10 * MINUTE, "b")
        if (fails and who >= 80) or (not fails and who < 190):
            did(who, "pay", 2 * HOUR, "b")
        if 100 <= who < 140:
            did(who, "pay", 10 * DAY, "b")
    log = log_from_rows(rows, properties={"team": team}, as_of=START + 90 * DAY)
    return Questions(Scope(project=Project(project="shop"), log=log, stages=lambda: STAGES))


def test_who_comes_back_is_counted_of_those_whose_term_is_over():
    answer = shop().retention(event="pay")
    document = answer.document

    assert (document["returned"]["persons"], document["returned"]["of"], document["not_yet_due"]) == (40, 110, 0)
    assert document["median_seconds"] is None
    assert [one["back"]["conversion"] for one in document["terms"]][1:] == [0.0]
    assert "40 (36,4" in answer.sentence.said_in(Language.RU)


def test_a_cohort_shows_only_terms_that_are_over_for_all_of_it():
    cohorts = shop().retention(event="pay", by="week").document["cohorts"]

    assert sum(one["persons"] for one in cohorts) == 110
    assert [len(one["back"]) for one in cohorts] == [2, 2]


def test_a_wait_counts_those_who_have_not_got_there():
    document = shop().waiting(start="cart", to="pay", limit="1h").document
    wait = document["waits"][0]

    assert (wait["begun"], wait["waiting"], wait["seconds"]["of"]) == (100, 10, 90)
    assert wait["seconds"]["median"] == 110 * 60
    assert wait["longer"]["share"] == 1
    assert sum(one["begun"] for one in document["hours"]) == 100
    assert {one["name"] for one in document["weekdays"]} <= {str(day) for day in range(1, 8)}


def test_without_ends_waits_are_between_the_maps_stages():
    names = [one["name"] for one in shop().waiting().document["waits"]]

    assert names == ["cart>pay", "look>cart"]
    with pytest.raises(InvalidQueryError, match="two ends"):
        shop().waiting(start="cart")


def test_work_is_told_apart_from_waiting_where_the_data_say_when_it_began():
    rows = [("one", "check", START), ("one", "check", START + HOUR), ("one", "done", START + DAY)]
    events = log_from_rows(rows, properties={"lifecycle": ["START", "COMPLETE", "COMPLETE"]}, as_of=START + 9 * DAY)
    stages = (stage("check"), stage("done", goal=True))
    scope = Scope(project=Project(project="bank"), log=steps_only(events), stages=lambda: stages, work=events)
    work = Questions(scope).waiting().document["work"]

    assert [(one["name"], one["of"], one["median"]) for one in work] == [("check", 1, 3600)]


def test_loops_are_told_with_those_who_do_not_loop_beside_them():
    found = {one["name"]: one for one in shop().loops().document["loops"]}
    to_and_fro = found["view>info>view"]

    assert (to_and_fro["persons"], to_and_fro["of"], to_and_fro["seconds_per_person"]) == (100, 200, 120)
    assert (to_and_fro["came"]["of"], to_and_fro["otherwise"]["of"]) == (100, 100)


def test_a_dead_end_stops_more_people_than_its_neighbours():
    answer = shop().deadends()
    first = answer.document["places"][0]

    assert (first["name"], first["stopped"], first["of"], first["dead_end"], first["failure"]) == (
        "error", 80, 100, True, True,
    )  # fmt: skip
    assert first["others"]["conversion"] == 0.1
    assert first["lift"]["value"] == 8
    assert "80 (80" in answer.sentence.said_in(Language.EN)


def test_who_may_yet_go_on_has_not_stopped():
    assert shop().deadends(term="365d").document["places"] == []


def test_signs_of_hesitation_are_signs_and_no_feelings():
    answer = shop().hesitation(pause="5m")
    view = next(one for one in answer.document["places"] if one["name"] == "view")

    assert view["signs"]["to_and_fro"]["persons"] == 100
    assert view["signs"]["pause"]["persons"] == 200
    assert any("не чувства" in note.said_in(Language.RU) for note in answer.notes)


def test_hand_overs_tell_what_goes_no_further():
    document = shop().handovers(by="team").document

    assert [(one["from"], one["to"], one["persons"]) for one in document["handovers"]] == [("a", "b", 200)]
    assert document["handovers"][0]["lost"]["persons"] == 90
    assert document["handovers"][0]["returned"]["persons"] == 0
    assert shop().handovers().document["by"] == "team"
    with pytest.raises(InvalidQueryError, match="no property"):
        shop().handovers(by="nobody")


@pytest.mark.parametrize("question", ["retention", "waiting", "loops", "deadends", "hesitation"])
def test_every_answer_has_a_picture_in_both_languages_at_any_width(question):
    answer = getattr(shop(), question)()

    for language in Language:
        for width in (390, 1200):
            assert answer.picture(language, width=width).startswith("<svg")
