"""Funnels counted in the plainest way, from the contract's sentences alone, on logs read line by line."""

import csv
import gzip
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

Path_ = Sequence[tuple[datetime, str]]


def paths_of_csv(place: Path, *, person: str, event: str, time: str) -> Mapping[str, Path_]:
    paths: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    with gzip.open(place, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            paths[row[person]].append((_moment(row[time]), row[event]))
    return _in_order(paths)


def paths_of_xes(place: Path) -> Mapping[str, Path_]:
    """COMPLETE events where the log tells lifecycles, else all."""
    paths: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    with gzip.open(place) as stream:
        for _, trace in ET.iterparse(stream):
            if not trace.tag.endswith("trace"):
                continue
            told = [{fact.get("key"): fact.get("value") for fact in child} for child in trace if len(child)]
            case = next(fact.get("value") for fact in trace if fact.get("key") == "concept:name")
            for one in told:
                if one.get("lifecycle:transition", "complete").lower() == "complete":
                    paths[case].append((_moment(one["time:timestamp"]), one["concept:name"]))
            trace.clear()
    return _in_order(paths)


def _moment(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _in_order(paths: Mapping[str, list[tuple[datetime, str]]]) -> Mapping[str, Path_]:
    return {who: sorted(path, key=lambda one: one[0]) for who, path in paths.items()}


def reached(path: Path_, steps: Sequence[set[str]], *, semantics: str, seconds: float | None) -> int:
    """How many steps one unit gets through."""
    starts = [number for number, (_, event) in enumerate(path) if event in steps[0]]
    if semantics != "any_start":
        starts = starts[:1]
    return max((_from(path, start, steps, seconds) for start in starts), default=0)


def _from(path: Path_, start: int, steps: Sequence[set[str]], seconds: float | None) -> int:
    began, done = path[start][0], 1
    for at, event in path[start + 1 :]:
        if seconds is not None and (at - began).total_seconds() > seconds:
            break
        if done < len(steps) and event in steps[done]:
            done += 1
    return done


def counts(
    paths: Mapping[str, Path_], steps: Sequence[set[str]], *, semantics: str, seconds: float | None
) -> list[int]:
    """Units at each step."""
    far = [reached(path, steps, semantics=semantics, seconds=seconds) for path in paths.values()]
    return [sum(one > number for one in far) for number in range(len(steps))]
