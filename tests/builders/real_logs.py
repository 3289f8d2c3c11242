"""Public logs beside the repository, read by the shortest parsers that do."""

import csv
import gzip
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tropa.events.log import EventLog, log_from_rows

EVENTS = Path(__file__).parents[3] / "shared" / "data" / "events"


def _needs(file: str) -> Path:
    path = EVENTS / file
    if not path.exists():
        pytest.skip(f"needs the public log {file} in ../shared/data/events")
    return path


def shop_log() -> EventLog:
    with gzip.open(_needs("ecom.csv.gz"), "rt", encoding="utf-8") as file:
        return log_from_rows([(r["user_id"], r["event"], _ms(r["timestamp"])) for r in csv.DictReader(file)])


def process_log(file: str) -> EventLog:
    """COMPLETE events of an XES log, case by case."""
    rows = []
    with gzip.open(_needs(file)) as stream:
        for _, trace in ET.iterparse(stream):
            if trace.tag.rpartition("}")[2] != "trace":
                continue
            case = next(a.get("value") for a in trace if a.get("key") == "concept:name")
            for event in trace:
                facts = {a.get("key"): a.get("value") for a in event}
                if "concept:name" in facts and facts.get("lifecycle:transition", "complete").lower() == "complete":
                    rows.append((case, facts["concept:name"], _ms(facts["time:timestamp"])))
            trace.clear()
    return log_from_rows(rows)


def stage_labels(file: str) -> dict[str, str]:
    """Event → stage by hand; ambiguous events left out."""
    with _needs(file).open(encoding="utf-8") as stream:
        return {row["event"]: row["stage"] for row in csv.DictReader(stream) if row["stage"]}


def _ms(text: str) -> int:
    time = datetime.fromisoformat(text)
    return int((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp() * 1000)
