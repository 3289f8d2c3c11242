import numpy as np
import pytest

from builders.hand_tables import ingested, paths_of
from tropa.domain.project import (
    AmountColumn,
    EntityColumns,
    EntitySource,
    EventColumns,
    EventSource,
    Project,
    TimeColumn,
    UnitKind,
)
from tropa.events.log import NO_AMOUNT


def ms(text):
    return int(np.datetime64(text, "ms").astype(np.int64))


def orders(file="orders.csv", **more):
    columns = EntityColumns(key="id", person="who", status="status", amount=AmountColumn(column="sum", currency="RUB"))
    dates = {name: TimeColumn(column=name) for name in ("order_created", "order_paid")}
    settings = {"status_time": TimeColumn(column="changed"), "cancelled": ("Отменён",), **more}
    return EntitySource(file=file, columns=columns, dates=dates, **settings)


def order(number, who, created, *, paid="", status="", changed="", price="100"):
    times = {"order_created": created, "order_paid": paid, "changed": changed}
    return {"id": number, "who": who, **times, "status": status, "sum": price}


def a_project(*sources, **settings):
    return Project(project="shop", sources=sources, **settings)


def test_each_date_of_a_row_is_an_event_and_the_status_is_one_too(tmp_path):
    rows = [order("1", "ann", "2025-01-01", paid="2025-01-02", status="Доставлен", changed="2025-01-05")]
    store, report = ingested(tmp_path, a_project(orders()), {"orders.csv": rows})
    assert paths_of(store) == [
        [("order_created", ms("2025-01-01")), ("order_paid", ms("2025-01-02")), ("Доставлен", ms("2025-01-05"))]
    ]
    assert (report.events, report.sources[0].accepted) == (3, 1)


def test_the_sum_stands_at_the_payment(tmp_path):
    rows = [order("1", "ann", "2025-01-01", paid="2025-01-02", price="99.90"), order("2", "ann", "2025-01-03")]
    store, _ = ingested(tmp_path, a_project(orders()), {"orders.csv": rows})
    assert store.load().amount.tolist() == [NO_AMOUNT, 9990, NO_AMOUNT]


def test_a_cancelled_order_is_no_purchase(tmp_path):
    rows = [order("1", "ann", "2025-01-01", paid="2025-01-02", status="отменён ", changed="2025-01-03")]
    store, report = ingested(tmp_path, a_project(orders()), {"orders.csv": rows})
    assert paths_of(store) == [[("отменён", ms("2025-01-03"))]]
    assert store.load().amount.tolist() == [NO_AMOUNT]
    assert report.rejected == 0


def test_a_cancelled_order_without_a_date_of_its_status_is_dated_by_what_it_knows(tmp_path):
    rows = [order("1", "ann", "2025-01-01", paid="2025-01-02", status="Отменён")]
    store, _ = ingested(tmp_path, a_project(orders(status_time=None)), {"orders.csv": rows})
    assert paths_of(store) == [[("Отменён", ms("2025-01-02"))]]


@pytest.mark.parametrize(("listed", "bought"), [(None, 1), ((), 2), (("new",), 1)])
def test_statuses_that_say_so_cancel_unless_a_person_listed_others(tmp_path, listed, bought):
    rows = [
        order("1", "ann", "2025-01-01", status="Аннулирован клиентом"),
        order("2", "bob", "2025-01-02", status="new"),
    ]
    store, report = ingested(tmp_path, a_project(orders(cancelled=listed)), {"orders.csv": rows})
    assert sum(event == "order_created" for path in paths_of(store) for event, _ in path) == bought
    assert any("Аннулирован клиентом" in one.ru for one in report.warnings) == (listed is None)


def test_an_order_without_any_time_is_rejected_and_one_bad_date_is_said(tmp_path):
    rows = [order("1", "ann", ""), order("2", "bob", "нет"), order("3", "eve", "2025-01-01", paid="скоро")]
    store, report = ingested(tmp_path, a_project(orders()), {"orders.csv": rows})
    assert (report.rejected, report.events) == (2, 1)
    assert any("«order_paid»" in one.ru for one in report.warnings)
    text = (tmp_path / "rejects" / "orders.csv").read_text(encoding="utf-8")
    assert ",no_time," in text
    assert ",bad_time," in text
    assert store.load().units == 1


def test_the_newest_version_of_an_order_wins(tmp_path):
    old = [order("1", "ann", "2025-01-01", status="Новый", changed="2025-01-01"), order("2", "bob", "2025-01-02")]
    new = [order("1", "ann", "2025-01-01", status="Возвращён", changed="2025-01-09", price="0")]
    tables = {"orders 10.csv": new, "orders 9.csv": old}
    store, report = ingested(tmp_path, a_project(orders("orders *.csv")), tables)
    assert [path[-1][0] for path in paths_of(store)] == ["Возвращён", "order_created"]
    assert {one.file: (one.accepted, one.duplicates) for one in report.sources} == {
        "orders 10.csv": (1, 0),
        "orders 9.csv": (1, 1),
    }


def test_the_later_row_wins_where_nothing_else_tells(tmp_path):
    rows = [order("1", "ann", "2025-01-01", price="1"), order("1", "ann", "2025-01-01", price="2")]
    store, report = ingested(tmp_path, a_project(orders()), {"orders.csv": rows})
    assert (report.duplicates, report.repeats) == (1, 0)
    assert paths_of(store) == [[("order_created", ms("2025-01-01"))]]


def test_a_later_file_is_the_one_that_knows_the_later_day(tmp_path):
    first = [order("1", "ann", "2025-01-01", paid="2025-01-02"), order("2", "bob", "2025-02-01")]
    later = [order("1", "ann", "2025-01-01"), order("3", "eve", "2025-03-01")]
    project = a_project(orders("o*.csv", status_time=None))
    store, _ = ingested(tmp_path, project, {"o1 late.csv": later, "o2 early.csv": first})
    assert paths_of(store)[0] == [("order_created", ms("2025-01-01"))]


def test_a_column_of_changes_tells_versions_apart(tmp_path):
    rows = [
        {**order("1", "ann", "2025-01-05"), "Дата изменения": "2025-02-02"},
        {**order("1", "ann", "2025-01-01"), "Дата изменения": "2025-01-01"},
    ]
    store, _ = ingested(tmp_path, a_project(orders()), {"orders.csv": rows})
    assert paths_of(store) == [[("order_created", ms("2025-01-05"))]]


def test_a_second_line_of_an_order_does_not_undo_its_sum(tmp_path):
    rows = [
        order("1", "ann", "2025-01-01", paid="2025-01-01", status="paid"),
        order("1", "ann", "2025-01-01", price=""),
    ]
    store, _ = ingested(tmp_path, a_project(orders(status_time=None)), {"orders.csv": rows})
    assert store.load().amount.tolist() == [NO_AMOUNT, 10_000]


def test_orders_and_deals_with_the_same_numbers_are_different_things(tmp_path):
    deals = EntitySource(
        file="deals.csv",
        columns=EntityColumns(key="id", person="client"),
        dates={"deal_opened": TimeColumn(column="opened")},
    )
    tables = {
        "orders.csv": [order("1", "ann", "2025-01-01")],
        "deals.csv": [{"id": "1", "client": "ann", "opened": "2025-01-02"}],
    }
    store, report = ingested(tmp_path, a_project(orders(), deals), tables)
    assert report.duplicates == 0
    assert paths_of(store) == [[("order_created", ms("2025-01-01")), ("deal_opened", ms("2025-01-02"))]]


def test_an_entity_is_a_case_by_its_key_and_meets_its_events(tmp_path):
    calls = EventSource(
        file="calls.csv", columns=EventColumns(case="deal", event="what", time=TimeColumn(column="time"))
    )
    tables = {
        "orders.csv": [order("7", "ann", "2025-01-01")],
        "calls.csv": [{"deal": "7", "what": "call", "time": "2025-01-02"}],
    }
    store, report = ingested(tmp_path, a_project(orders(), calls, unit=UnitKind.CASE), tables)
    assert report.persons == 1
    assert [name for name, _ in paths_of(store)[0]] == ["order_created", "call"]


def a_deal(number, created, *, status="", closed="", price="100"):
    return {"id": number, "created": created, "closed": closed, "status": status, "sum": price}


def deals(**more):
    columns = EntityColumns(key="id", status="status", amount=AmountColumn(column="sum", currency="RUB"))
    return EntitySource(file="deals.csv", columns=columns, dates={"deal_created": TimeColumn(column="created")}, **more)


def test_the_sum_of_a_deal_stands_at_the_status_that_says_it_was_won(tmp_path):
    rows = [
        a_deal("1", "2025-01-01", status="Успешно реализовано", closed="2025-02-01"),
        a_deal("2", "2025-01-01", status="Закрыто и не реализовано", closed="2025-02-01"),
    ]
    project = a_project(deals(status_time=TimeColumn(column="closed")), unit=UnitKind.CASE)
    log = ingested(tmp_path, project, {"deals.csv": rows})[0].load()
    paid = {log.event.values[log.event.codes[i]] for i in range(log.size) if log.amount[i] != NO_AMOUNT}
    assert paid == {"Успешно реализовано"}


def test_a_status_without_a_time_takes_no_sum_from_the_dates(tmp_path):
    rows = [a_deal("1", "2025-01-01", status="Won"), a_deal("2", "2025-01-02", status="In work")]
    log = ingested(tmp_path, a_project(deals(), unit=UnitKind.CASE), {"deals.csv": rows})[0].load()
    assert log.amount.tolist() == [10000, 10000]
