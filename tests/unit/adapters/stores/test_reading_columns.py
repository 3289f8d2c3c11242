from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.hand_tables import HandTables
from tropa.adapters.stores.local import sql
from tropa.adapters.stores.local.money import in_minor_units
from tropa.adapters.stores.local.rawtable import NO_TIME, RawTable
from tropa.adapters.stores.local.zones import to_utc
from tropa.domain.project import AmountColumn, EventColumns, EventSource, TimeColumn
from tropa.events.log import NO_AMOUNT
from tropa.intake.numbers import parse_number
from tropa.intake.times import parse_time


def a_column(cells, read):
    columns = EventColumns(person="x", event="x", time=TimeColumn(column="x"))
    with sql.opened() as connection:
        loaded = HandTables({"a.csv": [{"x": cell} for cell in cells]}).load(
            connection, EventSource(file="a.csv", columns=columns), "t"
        )
        return read(RawTable(connection, "t", loaded))


CELLS = {
    "iso": [
        "2025-03-12", "2025-03-12 10:11", "2025-03-12T10:11:12", "2025-03-12 10:11:12.345", "2025-03-12T10:11:12,345",
        "2025-03-12T10:11:12Z", "2025-03-12T10:11:12+03:00", "2025-03-12 10:11:12 +03:00", "2025-03-12T10:11:12-0530",
        "2025-03-12 10:11:12+03", "2025-03-12 10:11:12 UTC", " 2025-03-12 ", "2025-03-12T10:11:12.123456789Z",
        "2025-13-12", "12.03.2025", "soon", "2025-03-12T10:11:12.5Z", "2025-03-30 02:30:00", "2025-10-26 02:30:00",
    ],
    "%d.%m.%Y %H:%M:%S": ["12.03.2025 10:11:12", "1.3.2025 9:05:00", "12.03.2025 10:11", "12.03.2025", "31.02.2025", "x"],
    "%d.%m.%y": ["12.03.25", "01.01.68", "1.1.99"],
    "%m/%d/%Y %I:%M %p": ["3/12/2025 1:05 PM", "12/31/2025 12:00 AM", "3/12/2025 1:05 p.m."],
    "%d %B %Y": ["12 марта 2025", "1 мая 2025", "3 June 2025", "12 мартобря 2025"],
    "%Y-%m-%d %H:%M:%S %z": ["2025-03-12 10:11:12 +0300", "2025-03-12 10:11:12 +03:00", "2025-03-12 10:11:12 Z"],
    "%Y%m%d": ["20250312", "19970101", "2025031"],
    "epoch_s": ["1741774272", "1741774272.0", "1741774272.5", "0", "abc", "99999999999999999999"],
    "epoch_ms": ["1741774272123", "-5"],
    "epoch_us": ["1741774272123456"],
    "epoch_ns": ["1741774272123456789"],
    "excel": ["45728", "45728.5", "45728,25", "0", "abc"],
}  # fmt: skip


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Europe/Moscow", "Asia/Kolkata"])
@pytest.mark.parametrize("form", CELLS)
def test_times_are_read_as_the_reference_reads_them(form, zone):
    column = TimeColumn(column="x", format=form)
    read = a_column(CELLS[form], lambda table: table.moments(column, zone).ms).tolist()
    wanted = [parse_time(cell, column, zone) for cell in CELLS[form]]
    assert [None if one == NO_TIME else one for one in read] == wanted


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])
@given(minutes=st.lists(st.integers(0, 60 * 24 * 365 * 3), min_size=1, max_size=40))
def test_wall_clocks_are_told_by_the_zones_own_rules(zone, minutes):
    first = datetime(2023, 1, 1)
    texts = [(first + timedelta(minutes=one)).isoformat() for one in minutes]
    column = TimeColumn(column="x")
    walls = np.array([parse_time(text, column, "UTC") for text in texts], dtype=np.int64)
    assert to_utc(walls, zone).tolist() == [parse_time(text, column, zone) for text in texts]


@pytest.mark.parametrize("decimal", [".", ","])
def test_money_is_read_as_the_reference_reads_it(decimal):
    cells = [
        "12",
        "12.5",
        "12,5",
        "1 234,50 ₽",
        "$1,234.50",
        "1.234,5",
        "-3",
        "(12)",
        "0.005",
        "",
        "x",
        "9" * 30,
        "1,234",
    ]
    amounts, unread = a_column(cells, lambda table: table.amounts(AmountColumn(column="x", decimal=decimal), 2))
    numbers = [parse_number(cell, decimal) for cell in cells]
    wanted = [None if one is None else in_minor_units(one, 2) for one in numbers]
    assert [None if one == NO_AMOUNT else one for one in amounts.tolist()] == wanted
    assert unread == sum(one is None for one in wanted) - 1
