"""The truth bench itself: what it keeps, what it counts, and one scenario from files to findings."""

import json

import pytest
from benchmarks import truth
from benchmarks.truth_report import report


def a_row(job):
    seed, planted = job
    problem = {
        "kind": "drop_off",
        "at": {"event": "basket", "to_event": "payment", "dead_end": None},
        "segment": {"device": ["mobile"]},
        "since": None,
        "loses": 0.0,
        "people": 3_000,
        "cost": 0.2,
        "strength": 12.0,
    }
    told = {"kind": "segment_gap", "at": {"event": "basket", "to_event": "payment"}, "segment": {"device": "mobile"}}
    return {
        "seed": seed,
        "planted": planted,
        "scenario": {"trade": "shop", "decoys": ["bots"]},
        "truth": {"path": ["basket", "payment"], "beside": {}, "planted": [problem] if planted else []},
        "findings": [{**told, "since": None}] if seed % 4 == 1 else [],
        "seconds": {"simulate": 0.1, "build": 0.4},
    }


@pytest.fixture
def run(monkeypatch, tmp_path):
    built = []

    def one(job):
        built.append(job)
        return a_row(job)

    monkeypatch.setattr(truth, "run_one", one)

    def go(*more):
        built.clear()
        truth.main(["--planted", "4", "--clean", "2", "--jobs", "1", "--results", str(tmp_path / "kept.jsonl"), *more])
        return list(built)

    return go


def test_odd_seeds_judge_and_even_ones_develop(run):
    assert run() == [(1, True), (3, True), (5, True), (7, True), (1, False), (3, False)]
    assert run("--seeds", "even")[:2] == [(0, True), (2, True)]


def test_a_broken_run_goes_on_where_it_stopped(run, tmp_path):
    run()
    kept = (tmp_path / "kept.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "kept.jsonl").write_text("\n".join([*kept[:3], kept[3][:50]]), encoding="utf-8")
    assert run() == [(7, True), (1, False), (3, False)]
    assert run() == []


def test_results_of_other_code_do_not_count(run, monkeypatch):
    run()
    monkeypatch.setattr(truth, "code_mark", lambda: "another")
    assert len(run()) == 6


def test_shares_and_intervals_are_counted_from_the_scores(run, capsys):
    run()
    told = capsys.readouterr().out
    assert "| recall | 0.50 (0.15–0.85; 2 of 4) | ≥ 0.95 |" in told
    assert "| precision | 1.00 (0.34–1.00; 2 of 2) | ≥ 0.95 |" in told
    assert "| false findings a clean scenario | 0.500 (1 in 2) | ≤ 0.05 |" in told


def test_a_scenario_that_breaks_the_build_is_counted_and_named():
    rows = [{**a_row((1, True)), "findings": [], "error": "ValueError: oh"}]
    told = report(rows, command="make bench-truth", code="x")
    assert "0.00 (0.00–0.79; 0 of 1)" in told
    assert "Not built: 1 ValueError: oh" in told


@pytest.mark.full
def test_a_random_scenario_is_understood_and_built_from_its_files():
    row = truth.run_one((28, True))
    assert "error" not in row
    assert all(set(one) == set(truth.KEEPS) for one in row["findings"])
    assert json.loads(json.dumps(row))["truth"]["planted"]
