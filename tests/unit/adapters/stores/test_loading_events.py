import csv
import json
from datetime import date

import numpy as np
import pytest

from builders.hand_tables import ingested, paths_of
from tropa.domain.project import (
    AmountColumn,
    EventColumns,
    EventSource,
    FixedValue,
    Precision,
    Project,
    TimeColumn,
    UnitKind,
)
from tropa.domain.text import Language
from tropa.errors import ColumnMissingError, ConfigError, NothingToReadError
from tropa.events.lifecycle import steps_only
from tropa.events.log import NO_AMOUNT

TIME = TimeColumn(column="time")
COLUMNS = EventColumns(person="who", event="what", time=TIME)


def a_project(*sources, **settings):
    return Project(project="shop", sources=sources, **settings)


def events(columns=COLUMNS, file="events.csv"):
    return EventSource(file=file, columns=columns)


def row(who, what, time, **more):
    return {"who": who, "what": what, "time": time, **more}


def ms(text):
    return int(np.datetime64(text, "ms").astype(np.int64))


def test_each_persons_events_stand_in_order_of_time_then_source(tmp_path):
    rows = [
        row("ann", "cart", "2025-01-02"),
        row("bob", "view", "2025-01-01"),
        row("ann", "view", "2025-01-01T10:00"),
        row("ann", "zoom", "2025-01-01 10:00:00"),
    ]
    store, report = ingested(tmp_path, a_project(events()), {"events.csv": rows})
    assert paths_of(store) == [
        [("view", ms("2025-01-01T10:00")), ("zoom", ms("2025-01-01T10:00")), ("cart", ms("2025-01-02"))],
        [("view", ms("2025-01-01"))],
    ]
    assert (report.events, report.persons, report.rejected) == (4, 2, 0)
    assert store.load().sequence.tolist() == [2, 3, 0, 1]


def test_units_are_bucketed_by_their_number_of_first_appearance(tmp_path):
    rows = [row(f"p{n}", f"e{n}", "2025-01-01") for n in range(70)]
    store, _ = ingested(tmp_path, a_project(events()), {"events.csv": rows})
    log = store.load()
    names = [path[0][0] for path in paths_of(store)]
    assert names[:4] == ["e0", "e64", "e1", "e65"]
    assert log.buckets[-1] == 70
    assert np.diff(log.buckets).tolist() == [2] * 6 + [1] * 58


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (row("", "view", "2025-01-01"), "no_person"),
        (row("NULL", "view", "2025-01-01"), "no_person"),
        (row("00000000-0000-0000-0000-000000000000", "view", "2025-01-01"), "no_person"),
        (row("ann", " ", "2025-01-01"), "no_event"),
        (row("ann", "view", ""), "no_time"),
        (row("ann", "view", "0000-00-00 00:00:00"), "no_time"),
        (row("ann", "view", "позавчера"), "bad_time"),
        (row("ann", "view", "2025-02-30"), "bad_time"),
        (row("ann", "view", "1970-01-01"), "impossible_time"),
        (row("ann", "view", "9999-12-31"), "impossible_time"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_reason(tmp_path, given, reason):
    rows = [row("bob", "view", "2025-01-01"), given]
    _, report = ingested(tmp_path, a_project(events()), {"events.csv": rows})
    (source,) = report.sources
    assert (source.rows, source.accepted, source.rejected, source.duplicates) == (2, 1, 1, 0)
    with (tmp_path / "rejects" / "events.csv").open(encoding="utf-8", newline="") as file:
        (reject,) = list(csv.DictReader(file))
    assert (reject["строка"], reject["код"], reject["what"]) == ("3", reason, given["what"])
    assert reject["что не так"].endswith(".")


def test_rows_that_the_reader_refused_stand_among_the_rejects(tmp_path):
    rows = [row("bob", "view", "2025-01-01"), row("", "view", "2025-01-01")]
    broken = {"events.csv": [(3, "broken_quotes", '=bob,"view')]}
    project = a_project(events(), language=Language.EN)
    _, report = ingested(tmp_path, project, {"events.csv": rows}, broken=broken)
    (source,) = report.sources
    assert (source.rows, source.accepted, source.rejected) == (3, 1, 2)
    lines = list(csv.reader((tmp_path / "rejects" / "events.csv").open(encoding="utf-8", newline="")))
    assert [line[:2] for line in lines[1:]] == [["3", "broken_quotes"], ["4", "no_person"]]
    assert lines[1][3] == "'=bob,\"view"


def test_formulas_in_rejected_cells_are_harmless(tmp_path):
    bad = row("", "=1+1", "2025-01-01", sum="-5")
    ingested(tmp_path, a_project(events()), {"events.csv": [bad, row("a", "b", "2025-01-01")]})
    with (tmp_path / "rejects" / "events.csv").open(encoding="utf-8", newline="") as file:
        (reject,) = list(csv.DictReader(file))
    assert (reject["what"], reject["sum"]) == ("'=1+1", "-5")


def test_rejects_of_an_earlier_reading_do_not_stay(tmp_path):
    ingested(tmp_path, a_project(events()), {"events.csv": [row("", "view", "2025-01-01")]})
    assert (tmp_path / "rejects").exists()
    ingested(tmp_path, a_project(events()), {"events.csv": [row("ann", "view", "2025-01-01")]})
    assert not (tmp_path / "rejects").exists()


def test_a_naive_time_is_a_wall_clock_of_the_projects_zone_and_a_zoned_one_is_not(tmp_path):
    rows = [row("ann", "naive", "2025-07-01 12:00"), row("ann", "zoned", "2025-07-01T12:00:00+05:00")]
    store, _ = ingested(tmp_path, a_project(events(), timezone="Europe/Moscow"), {"events.csv": rows})
    assert paths_of(store) == [[("zoned", ms("2025-07-01T07:00")), ("naive", ms("2025-07-01T09:00"))]]


def test_money_is_exact_in_minor_units(tmp_path):
    cells = ["0,29", "1 234,50 ₽", "", "12 345 678,01", "даром", "1,005"]
    columns = EventColumns(
        person="who",
        event="what",
        time=TIME,
        amount=AmountColumn(column="sum", decimal=",", currency="RUB"),
    )
    rows = [row("ann", "buy", f"2025-01-0{n + 1}", sum=cell) for n, cell in enumerate(cells)]
    store, report = ingested(tmp_path, a_project(events(columns)), {"events.csv": rows})
    log = store.load()
    assert log.amount.tolist() == [29, 123_450, NO_AMOUNT, 1_234_567_801, NO_AMOUNT, 101]
    assert log.currency == "RUB"
    assert [one.en for one in report.warnings] == ["Amounts not read in column “sum”: 1."]


def test_yen_have_no_minor_unit_and_dinars_have_three_digits(tmp_path):
    for currency, minor in (("JPY", 12), ("KWD", 12_000), ("USD", 1200)):
        folder = tmp_path / currency
        folder.mkdir()
        columns = EventColumns(
            person="who", event="what", time=TIME, amount=AmountColumn(column="sum", currency=currency)
        )
        rows = [row("ann", "buy", "2025-01-01", sum="12.00")]
        store, _ = ingested(folder, a_project(events(columns)), {"events.csv": rows})
        assert store.load().amount.tolist() == [minor]


def test_amounts_in_another_currency_are_not_added_up(tmp_path):
    amount = AmountColumn(column="sum", currency_column="cur")
    columns = EventColumns(person="who", event="what", time=TIME, amount=amount)
    rows = [row("ann", "buy", f"2025-01-0{n}", sum="10", cur=cur) for n, cur in enumerate(["руб.", "USD", "RUB"], 1)]
    store, report = ingested(tmp_path, a_project(events(columns)), {"events.csv": rows})
    assert store.load().currency == "RUB"
    assert store.load().amount.tolist() == [1000, NO_AMOUNT, 1000]
    assert any("another currency" in one.en for one in report.warnings)


def test_a_property_that_never_changes_is_the_units_and_one_that_changes_is_the_events(tmp_path):
    columns = EventColumns(person="who", event="what", time=TIME, device="device", properties=("region", "payment"))
    rows = [
        row("ann", "view", "2025-01-01", device="ios", region="Урал", payment=""),
        row("ann", "buy", "2025-01-02", device="ios", region="Урал", payment="card"),
        row("bob", "view", "2025-01-01", device="web", region="Юг", payment=""),
    ]
    store, _ = ingested(tmp_path, a_project(events(columns)), {"events.csv": rows})
    log = store.load()
    assert set(log.properties) == {"device", "payment"}
    region = log.unit_properties["region"]
    assert [region.values[code] for code in region.codes] == ["Урал", "Юг"]
    assert log.properties["payment"].codes.tolist() == [-1, 0, -1]


def test_a_property_with_too_many_values_is_left_out_and_said(tmp_path):
    columns = EventColumns(person="who", event="what", time=TIME, properties=("url",))
    rows = [row("ann", "view", "2025-01-01", url=f"/{n}") for n in range(501)]
    store, report = ingested(tmp_path, a_project(events(columns)), {"events.csv": rows})
    assert not store.load().properties
    assert "«url»" in report.warnings[0].ru


def test_personal_data_do_not_become_values_of_properties(tmp_path):
    columns = EventColumns(person="who", event="what", time=TIME, properties=("manager",))
    rows = [row("ann", "call +7 916 123-45-67", "2025-01-01", manager="ivan@example.com")]
    store, _ = ingested(tmp_path, a_project(events(columns)), {"events.csv": rows})
    stored = b"".join(one.read_bytes() for one in (tmp_path / ".tropa").rglob("*") if one.is_file())
    assert b"example.com" not in stored
    assert b"123-45-67" not in stored
    assert b"ann" not in stored
    assert store.load().size == 1


def test_one_phone_is_one_person_however_it_is_written(tmp_path):
    phones = ["+7 (916) 123-45-67", "8 916 123 45 67", "79161234567", "9161234567"]
    rows = [row(phone, "call", f"2025-01-0{n}") for n, phone in enumerate(phones, 1)]
    rows += [row(mail, "mail", "2025-01-01") for mail in ("Ann@Example.com ", "ann@example.com")]
    _, report = ingested(tmp_path, a_project(events()), {"events.csv": rows})
    assert report.persons == 2


def test_long_numbers_are_names_and_not_numbers(tmp_path):
    rows = [row("1234567890123456789", "a", "2025-01-01"), row("1234567890123456788", "a", "2025-01-01")]
    _, report = ingested(tmp_path, a_project(events()), {"events.csv": rows})
    assert report.persons == 2


def test_cases_are_followed_where_the_project_says_so(tmp_path):
    columns = EventColumns(person="who", case="deal", event="what", time=TIME)
    rows = [row("ann", "open", f"2025-01-0{n}", deal=f"d{n}") for n in (1, 2)]
    for unit, count in ((UnitKind.PERSON, 1), (UnitKind.CASE, 2)):
        _, report = ingested(tmp_path, a_project(events(columns), unit=unit), {"events.csv": rows})
        assert (report.unit, report.persons) == (unit, count)


def test_steps_are_complete_events_where_a_log_tells_them_apart(tmp_path):
    columns = EventColumns(case="who", event="what", time=TIME, lifecycle="state")
    rows = [
        row("c1", "check", "2025-01-01T10:00", state="start"),
        row("c1", "check", "2025-01-01T11:00", state="complete"),
    ]
    store, report = ingested(tmp_path, a_project(events(columns), unit=UnitKind.CASE), {"events.csv": rows})
    assert report.events == 2
    assert steps_only(store.load()).time.tolist() == [ms("2025-01-01T11:00")]


def test_an_event_can_be_the_same_for_a_whole_file(tmp_path):
    columns = EventColumns(
        person="who",
        event=FixedValue(value="purchase"),
        time=TimeColumn(column="time", format="%Y%m%d", precision=Precision.DAY),
        channel=FixedValue(value="shop"),
    )
    store, _ = ingested(tmp_path, a_project(events(columns)), {"events.csv": [row("1", "", "19970112")]})
    assert paths_of(store) == [[("purchase", ms("1997-01-12"))]]
    assert store.load().properties["channel"].values == ("shop",)


def test_today_is_the_last_event_but_not_one_from_2099(tmp_path):
    rows = [row("ann", "view", f"2025-01-{n:02d}") for n in range(1, 31)] + [row("ann", "view", "2098-05-05")]
    store, report = ingested(tmp_path, a_project(events()), {"events.csv": rows})
    assert store.load().as_of == report.as_of == ms("2025-01-30")
    assert report.future == 1
    assert report.events == 31


def test_today_can_be_configured_and_lasts_until_midnight_of_the_zone(tmp_path):
    rows = [row("ann", "view", "2025-01-01T20:59"), row("ann", "view", "2025-01-01T21:00:00Z")]
    project = a_project(events(), timezone="Europe/Moscow", as_of=date(2025, 1, 1))
    _, report = ingested(tmp_path, project, {"events.csv": rows})
    assert report.as_of == ms("2025-01-01T21:00") - 1
    assert report.future == 1


def test_late_rows_are_counted_in_a_file_that_goes_by_time(tmp_path):
    days = [f"2025-{1 + n // 28:02d}-{1 + n % 28:02d}" for n in range(56)]
    rows = [row(f"p{n}", "view", day) for n, day in enumerate([*days, "2025-01-05"])]
    _, report = ingested(tmp_path, a_project(events()), {"events.csv": rows})
    assert report.late == 1


def test_a_file_that_goes_by_person_has_no_late_rows(tmp_path):
    rows = [row(f"p{n}", "view", f"2025-01-{day:02d}") for n in range(10) for day in (1, 9, 20)]
    _, report = ingested(tmp_path, a_project(events()), {"events.csv": rows})
    assert report.late == 0


def test_a_missing_column_is_named_with_the_nearest_one(tmp_path):
    columns = EventColumns(person="whom", event="what", time=TIME)
    with pytest.raises(ColumnMissingError, match="Did you mean “who”"):
        ingested(tmp_path, a_project(events(columns)), {"events.csv": [row("ann", "view", "2025-01-01")]})


def test_a_source_must_say_whose_path_it_tells(tmp_path):
    with pytest.raises(ConfigError, match="whose path"):
        ingested(
            tmp_path, a_project(events(EventColumns(event="what", time=TIME))), {"events.csv": [row("a", "b", "c")]}
        )
    with pytest.raises(NothingToReadError):
        ingested(tmp_path, a_project(), {})


def test_a_file_without_usable_rows_makes_an_empty_log(tmp_path):
    store, report = ingested(tmp_path, a_project(events()), {"events.csv": [row("", "", "")]})
    assert (report.events, report.rejected, report.first, report.as_of) == (0, 1, None, None)
    log = store.load()
    assert (log.units, log.size, len(log.buckets)) == (0, 0, 65)


def test_the_report_has_the_fields_that_others_read(tmp_path):
    _, report = ingested(tmp_path, a_project(events()), {"events.csv": [row("ann", "view", "2025-01-01T10:00:00.250")]})
    document = json.loads(report.to_json())
    assert list(document) == [
        "version", "unit", "events", "persons", "feedback", "rejected", "duplicates", "repeats", "sources", "first",
        "last", "as_of", "unassigned", "late", "future", "warnings",
    ]  # fmt: skip
    assert document["sources"] == [{"file": "events.csv", "rows": 1, "accepted": 1, "rejected": 0, "duplicates": 0}]
    assert document["first"] == "2025-01-01T10:00:00.250Z"


def test_a_measure_of_very_many_values_keeps_its_first_digits_and_an_id_is_left_out(tmp_path):
    rows = [
        row(f"u{n}", "ask", f"2025-01-{1 + n % 28:02d}", sum=str(10_000 + 7 * n), order_id=str(5_000_000 + n))
        for n in range(1200)
    ]
    columns = EventColumns(person="who", event="what", time=TIME, properties=("sum", "order_id"))

    store, report = ingested(tmp_path, a_project(events(columns)), {"events.csv": rows})

    log = store.load()
    sums = log.unit_properties.get("sum") or log.properties["sum"]
    assert {"10000", "18400"} <= set(sums.values)
    assert len(sums.values) <= 500
    assert "order_id" not in {*log.properties, *log.unit_properties}
    assert any("order_id" in (one.en or "") for one in report.warnings)
