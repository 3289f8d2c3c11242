import gzip
from collections import Counter
from pathlib import Path

import pytest

from builders.hand_tables import KEY
from tropa.adapters.sources.folder import FolderSource
from tropa.adapters.stores.local.store import LocalStore
from tropa.domain.project import (
    AmountColumn,
    EventColumns,
    EventSource,
    FixedValue,
    Precision,
    Project,
    TimeColumn,
)
from tropa.ports import silent

LOGS = Path(__file__).parents[5] / "shared" / "data" / "events"
pytestmark = pytest.mark.skipif(not LOGS.is_dir(), reason="needs the public event logs of ../shared/data")


def read(folder, file, columns):
    (folder / file).write_bytes((LOGS / file).read_bytes())
    store = LocalStore(folder)
    project = Project(project="log", sources=(EventSource(file=file, columns=columns),))
    return store.load, store.ingest(project, FolderSource(folder), KEY, silent)


def test_a_shops_log_is_counted_as_its_lines_are(tmp_path):
    columns = EventColumns(
        person="user_id",
        event="event",
        time=TimeColumn(column="timestamp"),
        device="platform",
        properties=("user_cohort",),
    )
    load, report = read(tmp_path, "ecom.csv.gz", columns)
    head, *lines = gzip.decompress((LOGS / "ecom.csv.gz").read_bytes()).decode().splitlines()
    names = head.split(",")
    cells = [dict(zip(names, line.split(","), strict=True)) for line in lines]
    assert (report.events, report.persons) == (len(lines), len({one["user_id"] for one in cells}))
    assert report.repeats == len(lines) - len(set(lines))
    log = load()
    counts = {log.event.values[code]: n for code, n in Counter(log.event.codes.tolist()).items()}
    assert counts == Counter(one["event"] for one in cells)


def test_purchases_and_their_money_are_counted_to_the_cent(tmp_path):
    columns = EventColumns(
        person="customer_id",
        event=FixedValue(value="purchase"),
        time=TimeColumn(column="date", format="%Y%m%d", precision=Precision.DAY),
        amount=AmountColumn(column="dollar_value", currency="USD"),
    )
    load, report = read(tmp_path, "cdnow.txt", columns)
    rows = [line.split() for line in (LOGS / "cdnow.txt").read_text().splitlines()[1:]]
    assert (report.events, report.persons) == (len(rows), len({row[0] for row in rows}))
    assert int(load().amount.sum()) == sum(int(row[3].replace(".", "")) for row in rows)
    assert report.repeats == len(rows) - len({tuple(row) for row in rows})
