"""Businesses written by hand, of other trades and shapes than the random ones: what is wrong is told, and nothing else."""

import json
from pathlib import Path

import pytest
from benchmarks.truth import built
from benchmarks.truth_score import score

from tropa.adapters.storage.scenario_read import read_scenario
from tropa.simulate.scenario_run import simulate_scenario

SCENARIOS = sorted((Path(__file__).parent / "scenarios").glob("*.yaml"))
SEED = 7


@pytest.mark.full
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_what_is_wrong_is_told_and_nothing_else(path, tmp_path):
    business = simulate_scenario(read_scenario(path), seed=SEED)
    for name, content in business.files.items():
        (tmp_path / name).write_bytes(content)
    truth = json.loads(business.truth)
    findings, names = built(tmp_path, truth)
    outcome = score(findings, {**truth, "names": names})
    told = [(one["kind"], one["at"], one["segment"], one["since"]) for one in findings]
    assert [one.why for one in outcome.planted if not one.right] == [], told
    assert outcome.false == 0, told
