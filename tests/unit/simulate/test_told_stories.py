"""The told stories' files: believable, the truth outside them, what is planted and cured in them."""

import json
from collections import Counter
from dataclasses import replace
from statistics import mean

import pytest

from builders.story_files import StoryFiles, read_story, times_as_many
from tropa.domain.text import Language
from tropa.simulate.scenario_faults import scenario_faults
from tropa.simulate.story import TOLD_STORIES, simulate
from tropa.simulate.story_facts import ASSIGNED, CURED, Delivery

SMALL = [(story, language) for story in TOLD_STORIES for language in Language]


@pytest.fixture(scope="module", params=SMALL, ids=lambda one: f"{one[0]}-{one[1]}")
def small(request) -> StoryFiles:
    story, language = request.param
    return read_story(story, language, seed=3, scale=0.05)


@pytest.mark.parametrize("story", TOLD_STORIES)
def test_the_path_of_a_story_obeys_the_rules_of_scenarios(story):
    facts = TOLD_STORIES[story]
    planted = tuple(work for problem in facts.problems for work in problem.works)
    assert list(scenario_faults(replace(facts.scenario, planted=planted))) == []


def test_the_same_seed_gives_the_same_bytes(small):
    story = json.loads(small.truth)["story"]
    again = simulate(story, language=small.telling.language, seed=3, scale=0.05)
    assert dict(again.files) == small.files
    assert again.truth == small.truth


def test_six_interviews_and_a_diary_of_what_where_for_whom_come_with_it(small):
    assert len([name for name in small.files if name.startswith("interview_")]) == 6
    diary = small.table("changes")
    assert len(diary) >= 6
    assert all(all(row.values()) and len(row) == 4 for row in diary)


def test_the_truth_is_not_among_the_files_and_names_what_is_in_them(small):
    assert not any("truth" in name for name in small.files)
    names = {row[small.telling.log.heads["event"]] for row in small.log}
    dated = {name for several in small.telling.dates.values() for name in several}
    for planted in json.loads(small.truth)["planted"]:
        assert {*planted["at"]["event"], *planted["at"]["to_event"]} <= names | dated
        for head, words in planted["segment"].items():
            name = next(key for key, one in small.telling.heads.items() if one == head)
            assert set(words) <= set(small.telling.values[name].values())


def test_every_event_of_the_log_has_a_place_on_the_map_of_its_company(small):
    placed = {
        name
        for stage in small.telling.stages
        for touchpoint in stage.touchpoints
        for step in touchpoint.events
        for name in small.telling.names_of(step)
    }
    assert {row[small.telling.log.heads["event"]] for row in small.log} <= placed


@pytest.fixture(scope="module")
def school() -> StoryFiles:
    return read_story("school", Language.RU, seed=1)


def test_fewer_than_one_in_ten_finish_the_free_lesson(school):
    events, level = school.events(), school.values("level")
    finished = {one for one, names in events.items() if school.telling.events["finished"] in names}
    assert len(events) == pytest.approx(19_000, abs=20)
    assert len(finished) / len(events) == pytest.approx(0.091, abs=0.006)
    by_level = {word: mean(one in finished for one in events if level[one] == word) for word in set(level.values())}
    assert by_level[school.telling.values["level"]["zero"]] == pytest.approx(0.038, abs=0.006)
    assert by_level[school.telling.values["level"]["good"]] == pytest.approx(0.149, abs=0.015)


def test_of_the_rare_language_37_sign_up_and_hardly_anybody_finishes(school):
    rare = school.telling.values["subject"]["french"]
    people = {row["user_id"] for row in school.table("deals") if row[school.telling.heads["subject"]] == rare}
    assert len(people) == 37


def test_the_school_s_cure_shows_between_the_random_halves():
    after = read_story("school", Language.RU, seed=1, delivery=Delivery.AFTER)
    events, half = after.events(), after.values(ASSIGNED)
    cured = [one for one in events if half[one] == after.telling.values[ASSIGNED][CURED]]
    usual = [one for one in events if half[one] != after.telling.values[ASSIGNED][CURED]]
    assert len(cured) == pytest.approx(len(usual), rel=0.05)
    finished = {one for one, names in events.items() if after.telling.events["finished"] in names}
    _, low, high = times_as_many(cured, usual, finished)
    assert low < 1.57 < high
    paid = {row["user_id"] for row in after.table("payments")}
    renewed = {one for one, names in events.items() if after.telling.events["extended"] in names}
    _, low, high = times_as_many([one for one in cured if one in paid], [one for one in usual if one in paid], renewed)
    assert low < 2.1 < high


def test_the_agency_s_cure_brings_more_back_and_nps_moves_within_the_noise():
    before = read_story("travel", Language.EN, seed=1)
    after = read_story("travel", Language.EN, seed=1, delivery=Delivery.AFTER)
    trips = Counter(row["Customer ID"] for row in after.table("payments"))
    half = after.values(ASSIGNED)
    word = after.telling.values[ASSIGNED][CURED]
    again = {one for one, count in trips.items() if count > 1}
    _, low, high = times_as_many(
        [one for one in trips if half[one] == word], [one for one in trips if half[one] != word], again
    )
    assert low < 1.38 < high
    assert len(before.table("payments")) == pytest.approx(7_400, rel=0.04)
    waves = [
        [int(str(row[one.telling.tables["survey"].heads["mark"]])) for row in one.table("survey")]
        for one in (before, after)
    ]
    assert [len(marks) for marks in waves] == [900, 900]
    nps = [100 * (sum(mark >= 9 for mark in marks) - sum(mark <= 6 for mark in marks)) / 900 for marks in waves]
    assert nps[1] - nps[0] == pytest.approx(2.7, abs=1.0)
