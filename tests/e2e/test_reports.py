"""report.json and findings.json: the contract's keys, and every row of every file accounted for."""

import csv
import gzip
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from builders.command_line import files_of, read_json

REPORT = [
    "version", "unit", "events", "persons", "feedback", "rejected", "duplicates", "repeats", "sources", "first", "last", "as_of",
    "unassigned", "late", "future", "warnings",
]  # fmt: skip
SOURCE = ["file", "rows", "accepted", "rejected", "duplicates"]
FINDING = {
    "code", "kind", "stage", "touchpoint", "at", "segment", "since", "metric", "unit", "value", "baseline", "interval", "of", "q_value",
    "persons_affected", "period", "money", "near_change", "evidence", "recommendation", "hypothesis", "text",
}  # fmt: skip
KINDS = {
    "drop_off",
    "slow",
    "loop",
    "dead_end",
    "pain",
    "missing_stage",
    "segment_gap",
    "channel_gap",
    "handover",
    "change",
    "opportunity",
    "upsell",
}


def of_shop(place):
    with gzip.open(place, "rt", encoding="utf-8") as file:
        rows = [tuple(row) for row in csv.reader(file)][1:]
    return rows, {row[0] for row in rows}, [datetime.fromisoformat(row[3]).replace(tzinfo=UTC) for row in rows]


def of_purchases(place):
    rows = [tuple(line.split()) for line in place.read_text().splitlines()[1:] if line.strip()]
    return rows, {row[0] for row in rows}, [datetime.strptime(row[1], "%Y%m%d").replace(tzinfo=UTC) for row in rows]


def of_cases(place):
    rows, cases, times = [], set(), []
    with gzip.open(place) as stream:
        for _, one in ET.iterparse(stream):
            if one.tag.endswith("trace"):
                case = next(fact.get("value") for fact in one if fact.get("key") == "concept:name")
                cases.add(case)
                for event in (child for child in one if len(child)):
                    facts = sorted((fact.get("key"), fact.get("value")) for fact in event)
                    rows.append((case, *facts))
                    times.append(datetime.fromisoformat(dict(facts)["time:timestamp"]))
                one.clear()
    return rows, cases, times


LOGS = {"ecom.csv.gz": of_shop, "helpdesk.xes.gz": of_cases, "cdnow.txt": of_purchases, "bpic2012.xes.gz": of_cases}


@pytest.mark.parametrize(
    "file",
    [
        "ecom.csv.gz",
        "helpdesk.xes.gz",
        *(pytest.param(one, marks=pytest.mark.full) for one in ("cdnow.txt", "bpic2012.xes.gz")),
    ],
)
def test_counts_of_real_logs_equal_an_independent_count(real, file):
    folder = real(file)
    report, journey = read_json(folder / "out" / "report.json"), read_json(folder / "out" / "map.cjm.json")
    rows, units, times = LOGS[file](folder / file)

    assert (report["events"], report["persons"], report["feedback"]) == (len(rows), len(units), 0)
    assert report["unit"] == ("case" if file.endswith("xes.gz") else "person")
    assert report["sources"] == [
        {"file": file, "rows": len(rows), "accepted": len(rows), "rejected": 0, "duplicates": 0}
    ]
    assert report["repeats"] == sum(count - 1 for count in Counter(rows).values())
    for key, moment in (("first", min(times)), ("last", max(times)), ("as_of", max(times))):
        assert abs(datetime.fromisoformat(report[key]) - moment) < timedelta(seconds=1)
    assert journey["persons"] == len(units)


def test_reports_have_the_contracts_keys_and_account_for_every_row(terminal, real, built_kiosk):
    for folder in (real("ecom.csv.gz"), real("helpdesk.xes.gz"), built_kiosk):
        report = read_json(folder / "out" / "report.json")
        assert list(report) == REPORT
        for one in report["sources"]:
            assert list(one) == SOURCE
            assert one["accepted"] + one["rejected"] + one["duplicates"] == one["rows"]


def test_findings_have_the_contracts_keys_and_order(real):
    findings = read_json(real("helpdesk.xes.gz") / "out" / "findings.json")

    assert findings
    for one in findings:
        assert set(one) >= FINDING
        assert set(one["at"]) == {"event", "to_event"}
        assert one["kind"] in KINDS
        assert one["text"]["ru"]
        assert one["text"]["en"]
        assert one["money"] is None or set(one["money"]) == {"amount", "low", "high", "currency"}
        assert one["interval"] is None or one["interval"][0] <= one["value"] <= one["interval"][1]
        assert one["evidence"]


def test_unusable_rows_are_set_aside_with_a_reason_and_repeats_are_kept(quick, kiosk):
    before = read_json(kiosk / "out" / "report.json")
    with (kiosk / "events.csv").open("a", encoding="utf-8") as file:
        file.write(
            "c1,visit,someday,mobile,north\n,visit,2025-03-04 10:00:00,mobile,north\nc1,,2025-03-04 10:00:00,mobile,north\n"
        )
        file.write("c1,visit,2025-03-04 10:00:00,mobile,north\n" * 2)
    quick.build(kiosk)
    report = read_json(kiosk / "out" / "report.json")
    events = next(one for one in report["sources"] if one["file"] == "events.csv")
    was = next(one for one in before["sources"] if one["file"] == "events.csv")

    assert (events["rows"], events["accepted"], events["rejected"]) == (was["rows"] + 5, was["accepted"] + 2, 3)
    assert report["repeats"] == before["repeats"] + 1
    with (kiosk / "rejects" / "events.csv").open(encoding="utf-8", newline="") as file:
        _head, *rows = csv.reader(file)
    assert len(rows) == 3
    assert [row[1] for row in rows] == ["bad_time", "no_person", "no_event"]
    assert all(row[2] for row in rows)


def test_the_same_file_twice_changes_nothing(quick, kiosk):
    before = read_json(kiosk / "out" / "report.json")
    (kiosk / "tropa.yaml").unlink()
    (kiosk / "events (copy).csv").write_bytes((kiosk / "events.csv").read_bytes())
    (kiosk / "orders (copy).csv").write_bytes((kiosk / "orders.csv").read_bytes())
    quick.build(kiosk)
    report = read_json(kiosk / "out" / "report.json")

    for name in ("events", "persons", "feedback", "repeats", "first", "last"):
        assert report[name] == before[name]
    assert report["duplicates"] == sum(one["rows"] for one in report["sources"] if "copy" in one["file"])


def test_no_identifier_of_a_person_reaches_the_results(built_kiosk):
    for name, content in files_of(built_kiosk / "out").items():
        assert b"c00007" not in content, name
