"""Scenarios are read from YAML, and what they may not say is told with its place."""

import json
import re
from pathlib import Path

import pytest

from tropa.adapters.storage.scenario_read import scenario_from_text
from tropa.cli.app import run
from tropa.errors import ConfigError

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "scenarios.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[1]


@pytest.mark.parametrize(
    ("written", "instead", "place", "told"),
    [
        ("kind: drop_off", "kind: dropoff", (32, 6), "Did you mean “drop_off”"),
        ("at: basket, group: {device", "at: cart, group: {device", (32, 22), "There is no step “cart”"),
        ("city: [Leeds, York]", "city: [Leeds, Rome]", (32, 58), "has no value “Rome”"),
        ("goes_on: 85%", "goes_on: 185%", (9, 24), "from 0 to 1"),
        ("since: 2025-06-03", "since: 2026-06-03", (32, 80), "outside the period"),
        ("wait: 3m", "wait: soon", (9, 38), "is no duration"),
        ("people: 6000", "people: 6", (3, 1), "From 20"),
        ("language: en", "tongue: en", (2, 1), "There is no key “tongue”"),
        ("size: 2.5", "size: 0.5", (33, 59), "how many times"),
        ("goal: payment", "goal: party", (18, 1), "There is no step “party”"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_column(written, instead, place, told):
    assert EXAMPLE.count(written) == 1
    with pytest.raises(ConfigError) as caught:
        scenario_from_text(EXAMPLE.replace(written, instead), file="bakery.yaml")
    assert told in str(caught.value)
    assert (caught.value.place.file, caught.value.place.line, caught.value.place.column) == ("bakery.yaml", *place)


def test_the_command_writes_exports_and_keeps_the_truth_outside(tmp_path, capsys):
    (tmp_path / "bakery.yaml").write_text(EXAMPLE, encoding="utf-8")
    out = tmp_path / "data"
    assert run(["simulate", str(tmp_path / "bakery.yaml"), "--out", str(out), "--seed", "3", "--lang", "en"]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["changes.csv", "events.csv", "reviews.csv"]
    truth = json.loads((tmp_path / "data.truth.json").read_text(encoding="utf-8"))
    assert [one["kind"] for one in truth["planted"]] == ["drop_off", "slow"]
    assert "data.truth.json" in capsys.readouterr().err


def test_the_truth_may_not_lie_among_the_data(tmp_path, capsys):
    (tmp_path / "bakery.yaml").write_text(EXAMPLE, encoding="utf-8")
    out = tmp_path / "data"
    code = run(["simulate", str(tmp_path / "bakery.yaml"), "--out", str(out), "--truth", str(out / "truth.json")])
    assert code == 2
    assert "may not lie in the folder" in capsys.readouterr().err
    assert not out.exists()


def test_every_key_of_the_language_is_documented():
    from dataclasses import fields, is_dataclass

    from tropa.simulate import scenario

    kinds = [one for one in vars(scenario).values() if is_dataclass(one) and one.__module__ == scenario.__name__]
    names = {one.name for kind in kinds for one in fields(kind)}
    assert sorted(name for name in names if not re.search(rf"\b{name}\b", PAGE)) == []
