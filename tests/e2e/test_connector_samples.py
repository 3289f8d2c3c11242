"""Exports of real services, by `init --yes` and `build` alone: what is what, and counts of an independent reader."""

import csv
import json
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from builders.command_line import read_json

SAMPLES = Path(__file__).parents[3] / "shared" / "reference" / "connectors" / "samples"
pytestmark = pytest.mark.full


def table(encoding: str = "utf-8", delimiter: str = ","):
    def read(place: Path) -> list[Mapping[str, Any]]:
        with place.open(encoding=encoding, newline="") as file:
            return list(csv.DictReader(file, delimiter=delimiter))

    return read


def records(*path: str):
    def read(place: Path) -> list[Mapping[str, Any]]:
        found = json.loads(place.read_text(encoding="utf-8"))
        for key in path:
            found = found[key]
        return found if isinstance(found, list) else [found]

    return read


def lines(place: Path) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines() if line.strip()]


def trace_events(place: Path) -> list[Any]:
    return [one for one in ET.parse(place).iter() if one.tag.rpartition("}")[2] == "event"]


@dataclass(frozen=True)
class Expected:
    """`said`: columns of tropa.yaml; `events` and `units`: counted from the records by these functions."""

    read: Callable[[Path], list[Any]]
    kind: str
    said: Mapping[str, Any]
    events: Callable[[list[Any]], int] = len
    units: Callable[[list[Any]], int] = lambda rows: 1
    unit: str = "person"
    rejected: int = 0
    dates: Mapping[str, str] = field(default_factory=dict)


def filled(*names: str) -> Callable[[list[Any]], int]:
    return lambda rows: sum(bool(row.get(name)) for row in rows for name in names)


def different(*path: str) -> Callable[[list[Any]], int]:
    def value(row: Any) -> Any:
        for key in path:
            row = row[int(key)] if isinstance(row, list) else row[key]
        return row

    return lambda rows: len({value(row) for row in rows})


AMO_EVENT = {"case": "entity_id", "event": "type", "time": "created_at", "key": "id"}
BITRIX = {"case": "OWNER_ID", "event": "STAGE_ID", "time": "CREATED_TIME", "key": "ID"}
EXPECTED = {
    "amocrm_events_page1.json": Expected(
        records("_embedded", "events"), "events", AMO_EVENT, units=different("entity_id"), unit="case"
    ),
    "amocrm_events_page2.json": Expected(
        records("_embedded", "events"), "events", AMO_EVENT, units=different("entity_id"), unit="case"
    ),
    "amocrm_leads_page1.json": Expected(
        records("_embedded", "leads"),
        "entities",
        {"key": "id", "person": "_embedded.contacts.id", "status": "status_id", "amount": "price"},
        events=filled("created_at", "closed_at", "updated_at"),
        units=different("_embedded", "contacts", "0", "id"),
        dates={"lead_created": "created_at", "lead_closed": "closed_at", "status": "updated_at"},
    ),
    "bitrix24_stagehistory.json": Expected(
        records("result", "items"), "events", BITRIX, units=different("OWNER_ID"), unit="case"
    ),
    "bitrix24_batch_response.json": Expected(
        records("result", "result", "hist", "items"), "events", BITRIX, units=different("OWNER_ID"), unit="case"
    ),
    "calltouch_calls.json": Expected(
        records(), "events", {"person": "clientId", "event": {"value": "call"}, "time": "date", "channel": "source", "key": None}
    ),
    "comagic_get_calls_report.json": Expected(
        records("response", "result", "data"), "events", {"person": "visitor_id", "event": {"value": "call"}, "time": "start_time"}
    ),
    "ga4_events.jsonl": Expected(
        lines,
        "events",
        {"person": "user_pseudo_id", "event": "event_name", "time": "event_timestamp", "device": "device.category", "amount": "ecommerce.purchase_revenue"},
        units=different("user_pseudo_id"),
    ),
    "posthog_export.jsonl": Expected(
        lines,
        "events",
        {"person": "person_id", "event": "event", "time": "timestamp", "key": "uuid", "amount": "properties.revenue"},
        units=different("person_id"),
    ),
    "metrica_hits.tsv": Expected(
        table(delimiter="\t"),
        "events",
        {"person": "ym:pv:clientID", "time": "ym:pv:dateTime", "key": "ym:pv:watchID", "channel": "ym:pv:lastTrafficSource"},
        units=different("ym:pv:clientID"),
    ),
    "metrica_visits.tsv": Expected(
        table(delimiter="\t"),
        "events",
        {"person": "ym:s:clientID", "event": {"value": "visit"}, "time": "ym:s:dateTime", "key": "ym:s:visitID", "device": "ym:s:deviceCategory"},
        units=different("ym:s:clientID"),
    ),
    "metrica_simple_orders.csv": Expected(
        table(), "entities", {"key": "id", "person": "client_uniq_id", "status": "order_status", "amount": "revenue"}, dates={"order_created": "create_date_time"}
    ),
    "roistat_orders.json": Expected(
        records("data"),
        "entities",
        {"key": "id", "person": "client_id", "status": "status.name", "amount": "revenue"},
        events=filled("creation_date", "update_date"),
        dates={"order_created": "creation_date", "status": "update_date"},
    ),
    "omnidesk_cases.json": Expected(
        records("0", "case"),
        "entities",
        {"key": "case_id", "person": "user_id", "status": "status", "channel": "channel"},
        events=filled("created_at", "updated_at"),
        dates={"ticket_created": "created_at", "status": "updated_at"},
    ),
    "zendesk_incremental_cursor.json": Expected(
        records("tickets"),
        "entities",
        {"key": "id", "person": "requester_id", "status": "status", "channel": "via.channel"},
        events=filled("created_at", "updated_at"),
        dates={"ticket_created": "created_at", "status": "updated_at"},
    ),
    "zendesk_incremental_ticket_events.json": Expected(
        records("ticket_events"), "events", {"case": "ticket_id", "event": "child_events.status", "time": "timestamp"}, unit="case"
    ),
    "ocel2_sample.json": Expected(
        records("events"), "events", {"case": "deal", "person": "customer", "event": "type", "time": "time", "amount": "deal.amount"}, unit="case"
    ),
    "sample.xes": Expected(
        trace_events, "events", {"case": "case:concept:name", "event": "concept:name", "time": "time:timestamp"}, unit="case"
    ),
    "segment_batch.json": Expected(
        records("batch"), "events", {"person": "userId", "time": "timestamp", "key": "messageId"}, events=filled("userId"), rejected=1
    ),
    "notion_data_source_query_response.json": Expected(
        records("results"),
        "entities",
        {"key": "id", "status": "properties.Stage"},
        events=filled("created_time", "last_edited_time"),
        unit="case",
        dates={"record_created": "created_time", "status": "last_edited_time"},
    ),
    "appstore_rss.json": Expected(records("feed", "entry"), "feedback", {"text": "content.label", "rating": "im:rating.label", "time": "updated.label"}),
    "appstoreconnect_customerReviews.json": Expected(
        records("data"), "feedback", {"text": "attributes.body", "rating": "attributes.rating", "time": "attributes.createdDate"}
    ),
    "google_play_reviews_202601.csv": Expected(
        table("utf-16"), "feedback", {"text": "Review Text", "rating": "Star Rating", "time": "Review Submit Date and Time"}
    ),
    "otzovik_like.csv": Expected(table(), "feedback", {"text": ["advantages", "disadvantages", "text"], "rating": "rating", "time": "date"}),
    "reviews_generic_ru.csv": Expected(
        table("cp1251", ";"), "feedback", {"text": "Текст", "rating": "Оценка", "time": "Дата", "source": "Площадка"}
    ),
    "survey_google_forms.csv": Expected(
        table(), "feedback", {"text": "Комментарий", "rating": "Оцените лёгкость решения вопроса (1-7)", "time": "Timestamp", "person": "Email Address"}
    ),
    "survey_nps_typeform.csv": Expected(
        table(), "feedback", {"text": "Что нам улучшить?", "rating": "How likely are you to recommend us?", "time": "Start Date (UTC)"}
    ),
    "survey_yandex_forms.csv": Expected(
        table(), "feedback", {"text": "Комментарий", "rating": "Насколько вы довольны? (1-5)", "time": "Время создания"}
    ),
}  # fmt: skip
NO_PATH = {
    "amocrm_contacts_page1.json": "customers",
    "amocrm_error_400.json": "error",
    "amocrm_pipelines.json": "reference list",
    "bitrix24_error_401.json": "error",
    "metrica_error.json": "error",
    "metrica_logrequest_created.json": "no list of records",
    "survey_surveymonkey.csv": "marks only",
    "telegram_update.json": "no list of records",
    "amocrm_webhook_status_lead.form": ".form",
}
"""What holds no events, orders, deals or words of customers, and a word of the reason."""


def put(tmp_path: Path, *names: str) -> Path:
    for name in names:
        if not (SAMPLES / name).exists():
            pytest.skip(f"needs {name} in ../shared/reference/connectors/samples")
        shutil.copy(SAMPLES / name, tmp_path)
    return tmp_path


def column_of(written: Any) -> Any:
    return written["column"] if isinstance(written, dict) and "column" in written else written


@pytest.mark.parametrize("name", EXPECTED)
def test_an_export_of_a_service_is_understood_and_counted(near, tmp_path, name):
    folder, expected = put(tmp_path, name), EXPECTED[name]
    assert near.tropa("init", folder, "--yes").code == 0
    near.build(folder)
    report = read_json(folder / "out" / "report.json")
    (source,) = YAML(typ="safe").load((folder / "tropa.yaml").read_text(encoding="utf-8"))["sources"]
    rows = expected.read(folder / name)

    assert source["kind"] == expected.kind
    assert {role: column_of(source["columns"].get(role)) for role in expected.said} == expected.said
    dates = {event: column_of(one) for event, one in source.get("dates", {}).items()}
    if "status_time" in source:
        dates["status"] = column_of(source["status_time"])
    assert dates == expected.dates
    counts = {
        "rows": len(rows),
        "accepted": len(rows) - expected.rejected,
        "rejected": expected.rejected,
        "duplicates": 0,
    }
    assert report["sources"] == [{"file": name, **counts}]
    if expected.kind == "feedback":
        assert (report["events"], report["persons"], report["feedback"]) == (0, 0, len(rows))
    else:
        assert (report["events"], report["persons"]) == (expected.events(rows), expected.units(rows))
        assert report["unit"] == expected.unit


@pytest.mark.parametrize("name", NO_PATH)
def test_what_tells_no_path_is_left_aside_with_the_reason(near, tmp_path, name):
    answer = near.tropa("build", put(tmp_path, name))
    assert answer.code == 2
    assert NO_PATH[name] in answer.err
    assert "Traceback" not in answer.err


def test_codes_of_statuses_are_said_by_the_list_that_lies_beside(near, tmp_path):
    folder = put(tmp_path, "amocrm_leads_page1.json", "amocrm_pipelines.json", "amocrm_contacts_page1.json")
    near.build(folder)
    stages = near.tropa("stages", folder, "--json").document()["stages"]
    events = {name for one in stages for name in one["events"]}

    assert {"Успешно реализовано", "Закрыто и не реализовано", "Переговоры", "lead_created"} <= events
    assert not any(name.isdigit() for name in events)
    bought = next(one for one in stages if "Успешно реализовано" in one["events"])
    assert bought["key"] == "purchase"


def test_two_pages_of_one_export_are_one_log(near, tmp_path):
    folder = put(tmp_path, "amocrm_events_page1.json", "amocrm_events_page2.json")
    near.build(folder)
    pages = [records("_embedded", "events")(folder / f"amocrm_events_page{page}.json") for page in (1, 2)]
    report = read_json(folder / "out" / "report.json")

    assert report["events"] == len({row["id"] for page in pages for row in page})
    assert report["persons"] == len({row["entity_id"] for page in pages for row in page})
