"""Folders as they lie on a disk: read by the readers, then understood."""

import shutil
from pathlib import Path

import pytest

from tropa.adapters.sources.folder import FolderSource
from tropa.adapters.storage.project_file import read_project, write_project
from tropa.domain.project import EntitySource, EventSource, FeedbackSource, FixedValue, UnitKind
from tropa.intake.understanding import Understanding, understand

SHARED = Path(__file__).parents[3] / "shared"
EVENTS = SHARED / "data" / "events"
SAMPLES = SHARED / "reference" / "connectors" / "samples"


def look(folder: Path) -> Understanding:
    return understand(FolderSource(folder).find().tables, project_key="folder")


def copied(folder: Path, *files: Path) -> Path:
    for file in files:
        if not file.exists():
            pytest.skip(f"{file.name} is not here: ../shared is needed")
        shutil.copy(file, folder)
    return folder


def test_a_clickstream_and_purchases(tmp_path: Path) -> None:
    result = look(copied(tmp_path, EVENTS / "ecom.csv.gz", EVENTS / "cdnow.txt", EVENTS / "ecom.stages.csv"))
    sources = {one.file: one for one in result.project.sources}
    assert set(sources) == {"ecom.csv.gz", "cdnow.txt"}
    shop, cds = sources["ecom.csv.gz"], sources["cdnow.txt"]
    assert isinstance(shop, EventSource)
    assert isinstance(cds, EventSource)
    assert (shop.columns.person, shop.columns.event, shop.columns.time.column) == ("user_id", "event", "timestamp")
    assert (shop.columns.channel, shop.columns.device) == ("acquisition_channel", "platform")
    assert "session_id" not in shop.columns.properties
    assert (cds.columns.person, cds.columns.event) == ("customer_id", FixedValue(value="purchase"))
    assert cds.columns.time.format == "%Y%m%d"
    assert result.project.unit is UnitKind.PERSON


def test_a_log_of_tickets_is_counted_by_ticket(tmp_path: Path) -> None:
    project = look(copied(tmp_path, EVENTS / "helpdesk.xes.gz")).project
    source = project.sources[0]
    assert isinstance(source, EventSource)
    assert (source.columns.case, source.columns.event) == ("case:concept:name", "concept:name")
    assert project.unit is UnitKind.CASE


@pytest.mark.parametrize(
    ("file", "kind", "person"),
    [
        ("metrica_visits.tsv", EventSource, "ym:s:clientID"),
        ("metrica_hits.tsv", EventSource, "ym:pv:clientID"),
        ("ga4_events.jsonl", EventSource, "user_pseudo_id"),
        ("posthog_export.jsonl", EventSource, "person_id"),
        ("ocel2_sample.json", EventSource, "customer"),
        ("bitrix24_stagehistory.json", EventSource, None),
        ("omnidesk_cases.json", EntitySource, "user_id"),
        ("roistat_orders.json", EntitySource, "client_id"),
        ("metrica_simple_orders.csv", EntitySource, "client_uniq_id"),
        ("otzovik_like.csv", FeedbackSource, None),
        ("reviews_generic_ru.csv", FeedbackSource, None),
        ("google_play_reviews_202601.csv", FeedbackSource, None),
        ("appstore_rss.json", FeedbackSource, None),
        ("survey_nps_typeform.csv", FeedbackSource, None),
        ("survey_google_forms.csv", FeedbackSource, "Email Address"),
    ],
)
def test_sample_exports_of_vendors(tmp_path: Path, file: str, kind: type, person: str | None) -> None:
    sources = look(copied(tmp_path, SAMPLES / file)).project.sources
    assert [type(one) for one in sources] == [kind]
    assert sources[0].columns.person == person


def test_forty_orders_and_fifteen_reviews(tmp_path: Path) -> None:
    orders = ["Номер;Дата заказа;Клиент;Телефон;Сумма;Статус"]
    orders += [
        f"{101 + i};{1 + i % 28:02}.02.2026;Клиент {i % 30};+7916000{i % 30:04};{500 + 10 * i},00;{'Отменён' if i % 9 == 0 else 'Выполнен'}"
        for i in range(40)
    ]
    reviews = ["Дата;Оценка;Отзыв"]
    reviews += [f"{1 + i:02}.03.2026;{1 + i % 5};Заказ номер {i} пришёл вовремя, но коробка мятая" for i in range(15)]
    (tmp_path / "заказы.csv").write_bytes("\r\n".join(orders).encode("cp1251"))
    (tmp_path / "отзывы.csv").write_bytes("\r\n".join(reviews).encode("cp1251"))
    project = look(tmp_path).project
    by_kind = {type(one): one for one in project.sources}
    order, review = by_kind[EntitySource], by_kind[FeedbackSource]
    assert isinstance(order, EntitySource)
    assert isinstance(review, FeedbackSource)
    assert (order.columns.key, order.columns.person, order.columns.status) == ("Номер", "Телефон", "Статус")
    assert order.cancelled is None, "left to the statuses' own words, so that a new one counts too"
    assert list(order.dates) == ["order_created"]
    assert (order.format.encoding, order.format.delimiter) == ("cp1251", ";")
    assert review.columns.rating is not None
    write_project(tmp_path / "tropa.yaml", project)
    assert read_project(tmp_path / "tropa.yaml") == project
