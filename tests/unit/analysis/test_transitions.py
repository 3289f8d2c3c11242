from datetime import timedelta

import numpy as np
import pytest

from builders.people import a_person, population
from tropa.analysis import transitions as module
from tropa.analysis.transitions import TransitionQuery, transitions, transitions_by
from tropa.events.groups import CodedGroups
from tropa.events.places import EventNames, every_event_name

MINUTES = [timedelta(minutes=m) for m in range(10)]


def asked(log, *, collapse=False):
    return transitions(log, TransitionQuery(every_event_name(log), collapse))


def pair(log, result, source, target):
    return result.find(log.event.code_of(source), log.event.code_of(target))


def test_moves_count_events_and_people_apart():
    log = population(a_person("ann").did("a", "b", "a", "b"), a_person("bob").did("a", "b"))
    result = asked(log)
    row = pair(log, result, "a", "b")

    assert (result.events[row], result.persons[row]) == (3, 2)
    assert pair(log, result, "b", "b") is None
    assert (result.starts.tolist(), result.ends.tolist()) == ([2, 0], [0, 2])


def test_medians_are_exact():
    people = [a_person(f"p{m}").did("a").did("b", after=MINUTES[m]) for m in (1, 2, 5, 9)]
    log = population(*people)
    result = asked(log)

    assert result.median_seconds[0] == 3.5 * 60
    assert result.p90_seconds[0] == pytest.approx(np.quantile([60, 120, 300, 540], 0.9))


def test_collapsed_repeats_are_one_visit_timed_from_its_end():
    log = population(a_person("ann").did("a").did("a", after=MINUTES[5]).did("b", after=MINUTES[2]))
    result = asked(log, collapse=True)

    assert (len(result.source), result.events[0], result.median_seconds[0]) == (1, 1, 120.0)


def test_events_without_a_place_are_looked_through():
    log = population(a_person("ann").did("a").did("noise", after=MINUTES[1]).did("b", after=MINUTES[1]))
    result = transitions(log, TransitionQuery(EventNames((("a",), ("b",)))))

    assert (len(result.source), result.median_seconds[0]) == (1, 120.0)


def test_many_places_are_counted_as_few_are(monkeypatch):
    rng = np.random.default_rng(1)
    log = population(*(a_person(f"p{i}").did(*rng.choice(list("abcdef"), 20)) for i in range(50)))
    at_once = asked(log)
    monkeypatch.setattr(module, "AT_ONCE", 0)
    dense = asked(log)
    monkeypatch.setattr(module, "DENSE_UP_TO", 2)
    sparse = asked(log)

    for name in ("source", "target", "events", "persons", "median_seconds", "p90_seconds", "starts", "ends"):
        np.testing.assert_array_equal(getattr(at_once, name), getattr(sparse, name))
        np.testing.assert_array_equal(getattr(dense, name), getattr(sparse, name))


def test_beyond_the_most_frequent_pairs_no_time_is_claimed(monkeypatch):
    monkeypatch.setattr(module, "AT_ONCE", 0)
    monkeypatch.setattr(module, "TIMED_PAIRS", 1)
    log = population(a_person("ann").did("a", "b", "a", "b", "c"))
    result = asked(log)

    timed = ~np.isnan(result.median_seconds)
    assert timed.sum() == 1
    assert result.events[timed] == result.events.max()


@pytest.mark.parametrize("people", [[], [a_person("ann").did("a")]])
def test_no_moves_are_no_transitions(people):
    assert len(asked(population(*people)).source) == 0


def test_groups_are_counted_apart_and_add_up_to_all(monkeypatch):
    rng = np.random.default_rng(3)
    log = population(*(a_person(f"p{i}").did(*rng.choice(list("abcd"), 12)) for i in range(60)))
    query, groups = TransitionQuery(every_event_name(log)), CodedGroups(np.arange(60, dtype=np.int32) % 4 - 1, 3)
    dense = transitions_by(log, query, groups)
    monkeypatch.setattr(module, "DENSE_UP_TO", 2)
    sparse = transitions_by(log, query, groups)

    for one, other in zip(dense, sparse, strict=True):
        for name in ("source", "target", "events", "persons", "median_seconds", "starts", "ends"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert sum(int(one.events.sum()) for one in dense) == 45 * 11
    assert sum(int(one.starts.sum()) for one in dense) == 45
