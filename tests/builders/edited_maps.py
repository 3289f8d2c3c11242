"""Maps as people edit them in a file, and what their figures have to be."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from builders.command_line import read_json
from builders.growing_shop import recount

Map = dict[str, Any]


def map_of(folder: Path) -> Map:
    return read_json(folder / "out" / "map.cjm.json")


def edit_map(folder: Path, change: Callable[[Map], object]) -> Map:
    journey = map_of(folder)
    change(journey)
    (folder / "out" / "map.cjm.json").write_text(json.dumps(journey, ensure_ascii=False), encoding="utf-8")
    return journey


def touchpoints(journey: Map) -> dict[str, Map]:
    return {one["key"]: one for stage in journey["stages"] for one in stage.get("touchpoints", [])}


def cards(journey: Map, lane: str) -> list[Map]:
    return [card for card in journey["cards"] if card["lane"] == lane]


def assert_figures_are_of(folder: Path, journey: Map) -> None:
    """Every touchpoint's and every stage's people and events, counted from the raw files."""
    raw = recount(folder)
    assert (journey["persons"], read_json(folder / "out" / "report.json")["events"]) == (raw.persons, raw.events)
    assert touchpoints(journey)
    for one in touchpoints(journey).values():
        assert (one["persons"], one["events"]) == raw.met(one["match"]["event"]), one["key"]
    for stage in journey["stages"]:
        names = [name for one in stage["touchpoints"] for name in one["match"]["event"]]
        assert stage["persons"] == raw.met(names)[0], stage["key"]
