"""Random scenarios: sound, unlike one another, with what is planted really there."""

import json
from collections import Counter

import pytest

from tropa.domain.finding import FindingKind
from tropa.simulate.scenario_faults import scenario_faults
from tropa.simulate.scenario_random import described, random_scenario
from tropa.simulate.scenario_run import simulate_scenario


def test_they_have_no_faults_and_the_clean_ones_nothing_planted():
    for seed in range(60):
        planted, clean = random_scenario(seed, planted=True), random_scenario(seed, planted=False)
        assert list(scenario_faults(planted)) == []
        assert list(scenario_faults(clean)) == []
        assert planted.planted
        assert not clean.planted


def test_the_same_seed_gives_the_same_scenario():
    assert random_scenario(7, planted=True) == random_scenario(7, planted=True)


def test_they_differ_in_all_that_strangers_would_vary():
    scenarios = [random_scenario(seed, planted=True) for seed in range(200)]
    seen = [described(one) for one in scenarios]
    assert len({one["trade"] for one in seen}) >= 10
    assert {one["steps"] for one in seen} == set(range(4, 10))
    assert min(one["people"] for one in seen) < 3_000 < 20_000 < max(one["people"] for one in seen)
    assert len({one["language"] for one in seen}) == 2
    assert {one["properties"] for one in seen} >= {2, 3, 4, 5, 6}
    assert len({tuple(p.name for p in one.properties) for one in scenarios}) > 150
    assert len({(one.events.person, one.events.event, one.events.clock) for one in scenarios}) > 60
    kinds = Counter(one.kind for scenario in scenarios for one in scenario.planted)
    assert set(kinds) == set(FindingKind)
    assert {len(one.group) for scenario in scenarios for one in scenario.planted} == {0, 1, 2, 3}


@pytest.mark.parametrize("kind", list(FindingKind))
def test_what_is_planted_is_really_there(kind):
    scenario = next(
        one
        for seed in range(200)
        if (one := random_scenario(seed, planted=True, kind=kind)).people < 8_000
        and kind in {problem.kind for problem in one.planted[:1]}
    )
    found = json.loads(simulate_scenario(scenario, seed=1).truth)["planted"][0]
    assert found["people"] > 150
    assert found["harmed"] != pytest.approx(found["usual"], rel=0.02)
