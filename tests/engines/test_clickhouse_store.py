"""A company's events table in ClickHouse is read as an export of it would be, whatever happens on the way."""

from collections import Counter
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from builders.every_question import is_same
from tropa import bootstrap
from tropa.adapters.storage.project_read import project_from_text
from tropa.adapters.stores.clickhouse import client as clients
from tropa.adapters.stores.local.store import LocalStore
from tropa.analysis.transitions import TransitionQuery, transitions
from tropa.errors import ColumnMissingError, ConfigError, DatabaseError, SourceMissingError
from tropa.events.groups import UnitProperty
from tropa.events.places import every_event_name

pytestmark = pytest.mark.full
STORE = """
project: shop
timezone: Europe/Moscow
currency: RUB
store:
  kind: clickhouse
  table: shop.events
  columns: {person: user id, event: name, time: ts, channel: ch, amount: sum, properties: [time, city]}
"""
FILE = """
project: shop
timezone: Europe/Moscow
currency: RUB
sources:
  - file: events.csv
    kind: events
    columns: {person: user id, event: name, time: {column: ts, format: epoch_ms}, channel: ch, amount: sum, properties: [time, city]}
"""


@pytest.fixture(scope="module")
def database():
    pytest.importorskip("chdb", reason="needs chDB, which is ClickHouse in the process")
    connect = pytest.importorskip("clickhouse_connect", reason="needs the client: pip install 'tropa[clickhouse]'")
    opened = connect.get_client(interface="chdb")
    opened.command("CREATE DATABASE shop")
    return opened


@pytest.fixture
def table(database):
    """Events of 300 people; a property is called time, and somebody's id is missing."""
    database.command("DROP TABLE IF EXISTS shop.events")
    database.command(
        """CREATE TABLE shop.events (`user id` Nullable(UInt32), name LowCardinality(String), ts DateTime64(3, 'Asia/Tokyo'),
           ch Nullable(String), sum Nullable(Decimal(12, 2)), time String, city String)
           ENGINE = MergeTree ORDER BY ts"""
    )
    insert(database, 0, 5000)
    return "shop.events"


def insert(database, first, count):
    database.command(
        f"""INSERT INTO shop.events SELECT if(number % 999 = 7, NULL, cityHash64(number) % 300),
            ['view', 'cart', 'pay', 'return'][cityHash64(number, 1) % 4 + 1],
            toDateTime64('2025-03-01 00:00:00', 3, 'UTC') + number * 601, if(number % 3 = 0, NULL, 'web'),
            if(number % 5 = 0, number / 8, NULL), ['day', 'night'][number % 2 + 1],
            if(cityHash64(number) % 300 < 100, 'Perm', 'Tver') FROM numbers({first}, {count})"""
    )


class Line:
    """The connection to the database, which counts what is asked and drops when told to."""

    def __init__(self, database):
        self.database, self.asked, self.drops = database, [], Counter()

    def query(self, text, values):
        return self._answer(self.database.query, text, values)

    def query_arrow(self, text, values, **options):
        return self._answer(self.database.query_arrow, text, values, **options)

    def _answer(self, ask, text, values, **options):
        bucket = values.get("bucket")
        if self.drops[bucket] > 0:
            self.drops[bucket] -= 1
            raise ConnectionResetError("Connection reset by peer")
        self.asked.append(bucket)
        return ask(text, parameters=dict(values), **options)

    @property
    def buckets(self):
        return [one for one in self.asked if one is not None]


@pytest.fixture
def line(database, table, monkeypatch):
    line = Line(database)
    monkeypatch.setattr(bootstrap, "connector", lambda _spec: lambda: line)
    monkeypatch.setattr(clients.time, "sleep", lambda _seconds: None)
    monkeypatch.setattr(clients, "PATIENCE_SECONDS", 0)
    return line


@pytest.fixture
def shop(tmp_path):
    (tmp_path / "shop").mkdir()
    return bootstrap.Workshop(tmp_path / "shop")


def read(shop, text=STORE):
    report = shop.ingest(project_from_text(text))
    return report, LocalStore(shop.folder).load()


def test_the_table_is_read_as_its_export_would_be(line, shop, database, tmp_path):
    (tmp_path / "file").mkdir()
    rows = database.query(
        "SELECT toString(`user id`), name, toUnixTimestamp64Milli(ts), ch, toString(sum), time, city FROM shop.events"
    ).result_rows
    lines = [",".join("" if one is None else str(one) for one in row) for row in rows]
    (tmp_path / "file" / "events.csv").write_text("\n".join(["user id,name,ts,ch,sum,time,city", *lines]))

    ours, ours_log = read(shop)
    theirs, theirs_log = read(bootstrap.Workshop(tmp_path / "file"), FILE)

    assert (ours.events, ours.persons, ours.rejected) == (theirs.events, theirs.persons, theirs.rejected)
    assert ours.rejected == 5
    assert [one.file.partition("@")[0] for one in ours.sources] == ["shop.events"]
    assert (ours_log.currency, ours_log.as_of) == (theirs_log.currency, theirs_log.as_of)
    assert sorted(ours_log.unit_properties) == sorted(theirs_log.unit_properties) == ["city"]
    assert sorted(ours_log.properties) == sorted(theirs_log.properties)
    assert journeys(ours_log) == journeys(theirs_log)
    cities = UnitProperty("city", ("Perm", "Tver"))
    assert Counter(cities.on(ours_log).tolist()) == Counter(cities.on(theirs_log).tolist())
    assert is_same(*(transitions(log, TransitionQuery(every_event_name(log))) for log in (ours_log, theirs_log)))


def journeys(log):
    """How often each journey occurs, times, amounts and properties with it."""
    columns = [log.event.codes, log.time, log.amount, *(log.properties[name].codes for name in sorted(log.properties))]
    return Counter(
        tuple(zip(*(column[a:b].tolist() for column in columns), strict=True))
        for a, b in pairwise(log.offsets.tolist())
    )


def test_each_persons_events_come_in_one_of_64_questions(line, shop):
    read(shop)

    assert line.buckets == list(range(64))


def test_filters_are_the_databases_work(line, shop, database):
    narrow = STORE + "  where: {name: [view, pay], ch: [web]}\n  since: 2025-03-05\n  until: 2025-03-09\n"
    (expected,) = database.query(
        """SELECT count() FROM shop.events WHERE name IN ('view', 'pay') AND ch = 'web' AND `user id` IS NOT NULL
           AND toDate(ts, 'Europe/Moscow') BETWEEN '2025-03-05' AND '2025-03-09'"""
    ).result_rows

    report, log = read(shop, narrow)

    assert report.events == expected[0] > 0
    assert log.event.values == ("pay", "view")


def test_a_dropped_connection_is_taken_up_again(line, shop):
    line.drops.update({None: 1, 5: 2, 40: 3})

    assert read(shop)[0].events == 4995


def test_what_was_read_before_it_stopped_is_not_read_again(line, shop, database):
    line.drops[20] = 99
    with pytest.raises(DatabaseError, match="dropped 4 times") as told:
        read(shop)
    assert "reading goes on from there" in told.value.hint
    assert not (shop.folder / ".tropa" / "store" / "CURRENT").exists()
    before = line.buckets
    insert(database, 5000, 100)  # what happens meanwhile is not mixed in
    line.drops.clear()

    report, _ = read(shop)

    assert (before, line.buckets[len(before) :]) == (list(range(20)), list(range(20, 64)))
    assert report.events == 4995
    assert not (shop.folder / ".tropa" / "clickhouse").exists()


def test_a_failed_reading_leaves_the_events_that_were_there(line, shop, database):
    read(shop)
    insert(database, 5000, 100)
    line.drops[30] = 99

    with pytest.raises(DatabaseError):
        read(shop)

    assert LocalStore(shop.folder).load().size == 4995


def test_nothing_is_read_where_nothing_has_changed(line, shop, database):
    read(shop)
    line.asked.clear()
    read(shop)
    assert line.buckets == []

    database.command("DELETE FROM shop.events WHERE `user id` = 17")
    assert read(shop)[0].persons == 299
    assert len(line.buckets) == 64


def test_a_column_that_is_not_there_is_told_with_those_that_are(line, shop):
    with pytest.raises(ColumnMissingError, match="no column “cityy”") as told:
        read(shop, STORE.replace("city]", "cityy]"))

    assert told.value.hint == "Did you mean “city”? The columns are: user id, name, ts, ch, sum, time, city."


def test_a_table_that_is_not_there_is_told_with_those_that_are(line, shop):
    with pytest.raises(SourceMissingError, match=r"no table “shop\.event”") as told:
        read(shop, STORE.replace("shop.events", "shop.event"))

    assert told.value.hint == "There are: events."


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "Code: 516. DB::Exception: reader: Authentication failed: password is incorrect.",
            "does not let this user in",
        ),
        ("Code: 497. DB::Exception: reader: Not enough privileges. (ACCESS_DENIED)", "may not read the table"),
        ("Code: 241. DB::Exception: Memory limit exceeded", "did not answer the question"),
    ],
)
def test_what_the_server_refuses_is_told_at_once(line, shop, monkeypatch, said, told):
    tries = []

    def refused(_spec):
        def connect():
            tries.append(1)
            raise RuntimeError(said)

        return connect

    monkeypatch.setattr(bootstrap, "connector", refused)
    with pytest.raises(DatabaseError, match=told):
        read(shop)
    assert len(tries) == 1


def test_a_server_that_does_not_answer_is_told(shop, monkeypatch):
    pytest.importorskip("clickhouse_connect")
    monkeypatch.setattr(clients, "PATIENCE_SECONDS", 0)
    with pytest.raises(DatabaseError, match="connection to ClickHouse dropped 4 times"):
        read(shop, STORE + "  url: http://127.0.0.1:9\n")


def test_names_and_values_cannot_say_anything_else(line, shop, database):
    database.command("DROP TABLE IF EXISTS shop.`odd``; --`")
    database.command(
        "CREATE TABLE shop.`odd``; --` (`who``) OR 1=1 --` String, `e'v` String, t DateTime) ENGINE = MergeTree ORDER BY t"
    )
    database.command("INSERT INTO shop.`odd``; --` VALUES ('ann', 'view', 1740000000), ('bob', 'it''s', 1740000001)")
    odd = """
project: odd
store:
  kind: clickhouse
  table: "shop.odd`; --"
  columns: {person: "who`) OR 1=1 --", event: "e'v", time: t}
  where: {"e'v": ["it's", "' OR 1=1 --"]}
"""

    report, log = read(shop, odd)

    assert (report.events, log.event.values) == (1, ("it's",))
    assert database.query("SELECT count() FROM shop.events").result_rows[0][0] == 5000


@pytest.mark.parametrize(
    ("kind", "value", "format_", "expected"),
    [
        ("UInt64", "1740000000", "epoch_s", datetime(2025, 2, 19, 21, 20, tzinfo=UTC)),
        ("Int64", "1740000000123456", "epoch_us", datetime(2025, 2, 19, 21, 20, 0, 123000, tzinfo=UTC)),
        ("Nullable(Date)", "toDate('2025-02-19')", "iso", datetime(2025, 2, 18, 21, tzinfo=UTC)),
        ("String", "'2025-02-19 12:00:00'", "iso", datetime(2025, 2, 19, 9, tzinfo=UTC)),
    ],
)
def test_times_of_any_type_are_understood(line, shop, database, kind, value, format_, expected):
    database.command("DROP TABLE IF EXISTS shop.times")
    database.command(f"CREATE TABLE shop.times (who String, t {kind}) ENGINE = MergeTree ORDER BY who")
    database.command(f"INSERT INTO shop.times SELECT 'ann', {value}")
    times = """
project: times
timezone: Europe/Moscow
store:
  kind: clickhouse
  table: shop.times
  columns: {person: who, event: {value: seen}, time: {column: t, format: FORMAT}}
"""

    _, log = read(shop, times.replace("FORMAT", format_))

    assert log.time.tolist() == [int(expected.timestamp() * 1000)]


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        ("  table: shop.events\n", "which table"),
        (
            "  columns: {person: user id, event: name, time: ts, channel: ch, amount: sum, properties: [time, city]}\n",
            "columns of the table",
        ),
    ],
)
def test_what_tropa_yaml_lacks_is_told(lost, told):
    with pytest.raises(ConfigError, match=told):
        project_from_text(STORE.replace(lost, ""))


def test_days_are_written_as_days():
    assert project_from_text(STORE + "  since: 2025-03-05\n").store.since == date(2025, 3, 5)
