"""Segments by how people go: planted manners are found, counted and named; where there are none, it is said."""

import numpy as np
import pytest

from builders.piecewise import Piecewise
from tropa.adapters.engines.local import LocalEngine
from tropa.analysis.manners import MannersQuery, manners
from tropa.domain.journeymap import Match
from tropa.domain.project import Project, StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.errors import InvalidQueryError
from tropa.events.log import log_from_rows
from tropa.events.staged import StagedPlaces
from tropa.services.answering.questions import Questions
from tropa.services.answering.scope import Scope

WAYS = {
    "readers": (("blog", "guide", "news"), 0.0),
    "buyers": (("search", "cart", "pay"), 1.0),
    "askers": (("chat", "call", "chat"), 0.5),
}


def stage(key, *names, goal=False):
    points = tuple(TouchpointSpec(key=n, name=Text(ru=n, en=n), match=Match(event=(n,))) for n in names)
    return StageSpec(key=key, name=Text(ru=key, en=key), goal=goal, touchpoints=points)


STAGES = (
    stage("look", "blog", "guide", "news", "search"),
    stage("ask", "chat", "call"),
    stage("order", "cart", "pay", goal=True),
)


def planted(people=300, seed=3):
    rng = np.random.default_rng(seed)
    rows, truth = [], {}
    for number in range(people):
        manner = list(WAYS)[number % 3]
        truth[f"p{number}"] = manner
        time = int(rng.integers(10**9))
        names = list(WAYS[manner][0])
        if rng.random() < 0.05:
            names.append(str(rng.choice(["blog", "search", "chat"])))
        for name in names:
            rows.append((f"p{number}", name, time))
            time += int(rng.exponential(60_000))
    return rows


def mixed_up(people=300, seed=4):
    """Everybody draws from the same hat."""
    rng = np.random.default_rng(seed)
    names = [point.key for one in STAGES for point in one.touchpoints]
    rows = []
    for number in range(people):
        rows += [(f"p{number}", str(rng.choice(names)), step * 60_000) for step in range(8)]
    return rows


def questions(rows):
    return Questions(Scope(project=Project(project="shop"), log=log_from_rows(rows), stages=lambda: STAGES))


def test_planted_manners_are_found_with_their_sizes_goal_and_names():
    answer = questions(planted()).segments()

    found = answer.document["segments"]
    assert sorted(one["persons"] for one in found) == [100, 100, 100]
    assert sorted(one["goal"]["persons"] for one in found) == [0, 0, 100]
    assert len({one["en"] for one in found}) == 3
    buyers = next(one for one in found if one["goal"]["persons"] == 100)
    assert "pay" in buyers["en"] or "cart" in buyers["en"]
    assert buyers["ru"].startswith("Чаще: ")
    assert all(trait["q_value"] <= 0.05 for one in found for trait in one["known_by"])
    assert answer.document["stability"]["3"] > 0.9


def test_people_who_go_alike_are_not_parted():
    answer = questions(mixed_up()).segments()

    assert answer.document["segments"] == []
    assert "do not part" in answer.sentence.en
    assert "не делятся" in answer.sentence.ru


@pytest.mark.full
def test_the_same_segments_come_from_threads_and_from_pieces_of_the_log():
    log = log_from_rows(planted())
    homes = tuple(number for number, one in enumerate(STAGES) for _ in one.touchpoints)
    query = MannersQuery(StagedPlaces(STAGES), homes, 3, StagedPlaces(STAGES[2:]), log.units)

    assert manners(log, query, LocalEngine(2)) == manners(log, query, Piecewise())


def test_a_number_of_segments_that_cannot_be_is_refused():
    with pytest.raises(InvalidQueryError, match="Between 2 and 12"):
        questions(planted(30)).segments(most=1)
