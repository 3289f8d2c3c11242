"""Costs, queries and changes are read beside the path: every row a line, or set aside with the reason."""

import csv
from datetime import date

from builders.hand_tables import ingested
from tropa.domain.ledger import Cost, Query
from tropa.domain.project import (
    AmountColumn,
    ChangeColumns,
    ChangeSource,
    CostColumns,
    CostSource,
    EventColumns,
    EventSource,
    Precision,
    Project,
    QueryColumns,
    QuerySource,
    TimeColumn,
)

EVENTS = EventSource(
    file="events.csv",
    columns=EventColumns(person="who", event="what", time=TimeColumn(column="at"), amount=AmountColumn(column="sum")),
)
VISITS = [{"who": f"p{n}", "what": "visit", "at": f"2025-01-{1 + n:02}", "sum": "10"} for n in range(5)]
DAY = TimeColumn(column="day", format="%d.%m.%Y", precision=Precision.DAY)


def read(folder, source, rows):
    project = Project(project="shop", sources=(EVENTS, source), currency="RUB")
    store, report = ingested(folder, project, {"events.csv": VISITS, source.file: rows})
    return store.ledger(), report


def rejects_of(folder, file):
    with (folder / "rejects" / file).open(encoding="utf-8", newline="") as lines:
        return [row[1] for row in csv.reader(lines)][1:]


def costs(**columns):
    spent = AmountColumn(column="spent", decimal=",")
    return CostSource(file="ads.csv", columns=CostColumns(**{"time": DAY, "amount": spent} | columns))


def test_a_line_is_money_of_some_days_and_a_line_of_totals_is_none(tmp_path):
    rows = [
        {"day": "01.01.2025", "channel": "vk", "spent": "1 200,50", "clicks": "20"},
        {"day": "02.01.2025", "channel": "vk", "spent": "100", "clicks": "1"},
        {"day": "02.01.2025", "channel": "vk", "spent": "50", "clicks": "2"},
        {"day": "Итого", "channel": "", "spent": "1 350,50", "clicks": "23"},
    ]
    ledger, report = read(tmp_path, costs(channel="channel", clicks="clicks"), rows)

    assert ledger.costs == (
        Cost(start=date(2025, 1, 1), end=date(2025, 1, 1), channel="vk", amount=120_050, clicks=20),
        Cost(start=date(2025, 1, 2), end=date(2025, 1, 2), channel="vk", amount=15_000, clicks=3),
    )
    counted = report.sources[-1]
    assert (counted.rows, counted.accepted, counted.rejected) == (4, 4, 0)


def test_rows_that_cannot_be_used_are_set_aside_with_the_reason(tmp_path):
    rows = [
        {"day": "01.01.2025", "spent": "100"},
        {"day": "32.01.2025", "spent": "100"},
        {"day": "", "spent": "100"},
        {"day": "03.01.2025", "spent": ""},
        {"day": "03.01.2025", "spent": "=1+1"},
        {"day": "03.01.2025", "spent": "-5"},
        {"day": "03.01.2025", "spent": "9" * 50},
    ]
    ledger, report = read(tmp_path, costs(), rows)

    assert [one.amount for one in ledger.costs] == [10_000]
    assert rejects_of(tmp_path, "ads.csv") == [
        "bad_time",
        "no_time",
        "no_amount",
        "bad_amount",
        "negative_amount",
        "bad_amount",
    ]
    assert report.rejected == 6


def test_another_currency_is_left_out_and_said(tmp_path):
    source = costs(amount=AmountColumn(column="spent", currency_column="code"))
    rows = [
        {"day": "01.01.2025", "spent": "100", "code": "RUB"},
        {"day": "01.01.2025", "spent": "7", "code": "USD"},
        {"day": "01.01.2025", "spent": "5", "code": ""},
    ]
    ledger, report = read(tmp_path, source, rows)

    assert sum(one.amount for one in ledger.costs) == 10_500
    assert ledger.foreign == {"USD": 1}
    assert "USD" in str(report.warnings[-1].en)


def test_a_channel_has_the_name_that_tropa_yaml_gives_it(tmp_path):
    source = CostSource(
        file="ads.csv",
        columns=CostColumns(amount=AmountColumn(column="spent"), channel="place"),
        names={"sp": "yandex"},
    )
    ledger, _ = read(tmp_path, source, [{"place": "sp", "spent": "5"}])

    assert ledger.costs == (Cost(channel="yandex", amount=500),)


def test_a_query_is_one_line_whatever_its_case_and_hides_personal_data(tmp_path):
    source = QuerySource(file="q.csv", columns=QueryColumns(query="q", shows="n"))
    rows = [
        {"q": "Семена", "n": "10"},
        {"q": "семена", "n": "5"},
        {"q": "+7 912 345-67-89 чей", "n": "1"},
        {"q": "", "n": "9"},
    ]
    ledger, _ = read(tmp_path, source, rows)

    assert ledger.queries[0] == Query(text="Семена", shows=15)
    assert "912" not in ledger.queries[1].text
    assert rejects_of(tmp_path, "q.csv") == ["no_query"]


def test_a_change_knows_its_days_place_and_people(tmp_path):
    columns = ChangeColumns(
        time=DAY, until=TimeColumn(column="till", format="%d.%m.%Y"), name="what", place="where", whom="whom"
    )
    rows = [
        {"day": "06.03.2025", "till": "09.03.2025", "what": "Скидка", "where": "Каталог", "whom": "все"},
        {"day": "01.02.2025", "till": "", "what": "Форма", "where": "", "whom": "Север"},
    ]
    ledger, _ = read(tmp_path, ChangeSource(file="c.csv", columns=columns), rows)

    form, sale = ledger.changes
    assert (form.date, form.until, form.name.ru, form.place, form.whom) == (
        date(2025, 2, 1),
        None,
        "Форма",
        None,
        "Север",
    )
    assert (sale.until, sale.place) == (date(2025, 3, 9), "Каталог")
