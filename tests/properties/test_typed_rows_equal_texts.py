"""Rows that stay in their Parquet file give the same store, byte for byte, as the same rows landed as text."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.hand_tables import KEY
from tropa.adapters.sources import landing
from tropa.adapters.sources.folder import FolderSource
from tropa.adapters.stores import coding
from tropa.adapters.stores.local.rows import Identities
from tropa.adapters.stores.local.store import LocalStore
from tropa.domain.project import AmountColumn, EventColumns, EventSource, Project, TimeColumn
from tropa.errors import UnreadableFileError
from tropa.events import clustering
from tropa.events.numbering import Numbered
from tropa.ports import silent

IDS = {
    "INTEGER": st.integers(-3, 3) | st.sampled_from([2**31 - 1, -(2**31)]),
    "BIGINT": st.sampled_from([-1, 0, 1, 2**40, -(2**63), 2**63 - 1, 9_161_234_567, 89_161_234_567, 79_161_234_567]),
    "UBIGINT": st.sampled_from([0, 5, 2**64 - 1, 2**64 - 2, 2**63]),
    "UTINYINT": st.integers(0, 3),
    "HUGEINT": st.sampled_from([0, 7, 2**100]),
    "DOUBLE": st.sampled_from([0.0, -0.0, 1.5, float("nan")]),
    "DECIMAL(9, 2)": st.sampled_from([Decimal("1.50"), Decimal("2.00")]),
    "VARCHAR": st.sampled_from(
        ["ann", " ann", "", "-", "null", "Bob@x.ru", "bob@x.ru", "8 916 123-45-67", "79161234567", "ё"]
    ),
    "UUID": st.sampled_from(["00000000-0000-0000-0000-000000000000", "123e4567-e89b-12d3-a456-426614174000"]),
}
NAMES = {
    "VARCHAR": st.sampled_from(["view", "buy", "", " ", "none", "pay 8 916 123 45 67", "Вход"]),
    "SMALLINT": st.integers(1, 4),
    "BOOLEAN": st.booleans(),
}
MOMENT = datetime(2025, 3, 30, 0, 30)
WHEN = st.one_of(
    st.integers(0, 5).map(lambda hours: MOMENT + timedelta(hours=hours)),
    st.integers(0, 3).map(lambda step: MOMENT + timedelta(microseconds=499_999 + step)),
    st.sampled_from(
        [datetime(1, 1, 1), datetime(1969, 12, 31, 23, 59, 59, 999_999), datetime(1970, 1, 1), datetime(9999, 12, 31)]
    ),
)
NUMBER = st.integers(1_700_000_000, 1_700_000_005) | st.sampled_from(
    [0, -1, 10**12 + 1, 2**62, 1_700_000_000_000, 4_102_444_800]
)
TIMES = {
    "TIMESTAMP": ("iso", WHEN),
    "TIMESTAMP_S": ("iso", WHEN),
    "TIMESTAMP_MS": ("iso", WHEN),
    "TIMESTAMP_NS": ("iso", WHEN.filter(lambda moment: 1700 < moment.year < 2200)),
    "TIMESTAMPTZ": ("iso", WHEN.map(lambda moment: moment.replace(tzinfo=UTC))),
    "DATE": ("iso", WHEN.map(datetime.date)),
    "VARCHAR": ("iso", st.sampled_from(["2025-01-01", "2025-01-01T10:00:00Z", "soon", "", "0000-00-00", "2025-01-01 10:00:00.1239"])),
    "BIGINT": ("epoch_s", NUMBER),
    "UBIGINT": ("epoch_ms", st.sampled_from([1_700_000_000_000, 2**64 - 1, 0])),
    "INTEGER": ("epoch_s", st.integers(1_700_000_000, 1_700_000_005)),
    "DOUBLE": ("epoch_s", st.sampled_from([1_700_000_000.0, 1_700_000_000.25])),
}  # fmt: skip
MORE = {
    "DECIMAL(12, 3)": st.sampled_from([Decimal("1.500"), Decimal("-2.125"), Decimal("1e6")]),
    "FLOAT": st.sampled_from([0.0, -0.0, 0.1]),
    "VARCHAR": st.sampled_from(["", "web", "app", "5,5"]),
    "DATE": st.just(date(2025, 1, 1)),
    "INTEGER[]": st.sampled_from([[], [1, 2]]),
}


@st.composite
def tables(draw):
    """The types of the columns, how times are written, and rows; a good part of them equal."""
    kinds = {
        name: draw(st.sampled_from(sorted(of)))
        for name, of in (("who", IDS), ("what", NAMES), ("moment", TIMES), ("more", MORE))
    }
    form, times = TIMES[kinds["moment"]]
    cells = IDS[kinds["who"]], NAMES[kinds["what"]], times, MORE[kinds["more"]]
    row = st.tuples(*(st.one_of(st.none(), one, one, one, one) for one in cells))
    rows = draw(st.lists(row, min_size=1, max_size=30))
    return kinds, form, rows + draw(st.lists(st.sampled_from(rows), max_size=10))


def written(file: Path, kinds: dict[str, str], rows: list[tuple[object, ...]]) -> None:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        columns = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
        connection.execute(f"CREATE TABLE t ({columns})")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", rows)
        connection.execute(f"COPY t TO '{file}' (FORMAT parquet)")


def stored(folder: Path, form: str, zone: str) -> dict[str, str]:
    """The files of the store by their hashes."""
    columns = EventColumns(
        person="who", event="what", time=TimeColumn(column="moment", format=form), properties=("more",),
        amount=AmountColumn(column="more"),
    )  # fmt: skip
    project = Project(project="shop", timezone=zone, sources=(EventSource(file="x*.parquet", columns=columns),))
    LocalStore(folder).ingest(project, FolderSource(folder), KEY, silent)
    files = [*(folder / ".tropa" / "store" / "1").rglob("*"), *(folder / "rejects").rglob("*")]
    return {one.relative_to(folder).as_posix(): sha256(one.read_bytes()).hexdigest() for one in files if one.is_file()}


@settings(max_examples=60, deadline=None)
@given(
    table=tables(), zone=st.sampled_from(["UTC", "Europe/Paris"]), few=st.sampled_from([0, 64]), threads=st.booleans()
)
def test_rows_in_their_file_and_rows_landed_as_text_give_one_store(tmp_path_factory, table, zone, few, threads):
    kinds, form, rows = table
    stores = []
    for in_place in (True, False):
        folder = tmp_path_factory.mktemp("shop")
        written(folder / "x.parquet", kinds, rows)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(coding, "LISTED", few)
            patched.setattr(clustering, "WORTH_THREADS", 0 if threads else 10**9)
            if not in_place:
                patched.setattr(landing, "look_through", lambda *_, **__: None)
            stores.append(stored(folder, form, zone))
    assert stores[0] == stores[1]


def test_a_second_file_brings_the_first_into_a_table_with_it(tmp_path):
    rows = [("ann", "view", MOMENT, "web"), ("ann", "buy", MOMENT, "web"), ("ann", "buy", MOMENT, "web")]
    kinds = {"who": "VARCHAR", "what": "VARCHAR", "moment": "TIMESTAMP", "more": "VARCHAR"}
    written(tmp_path / "x1.parquet", kinds, rows)
    written(tmp_path / "x2.parquet", kinds, rows[1:])

    stored(tmp_path, "iso", "UTC")

    assert LocalStore(tmp_path).load().size == 3


def test_a_page_that_is_damaged_is_found_when_its_column_is_read(tmp_path):
    with duckdb.connect() as connection:
        query = "SELECT hash(i) AS who, 'view' AS what, i AS moment, 'web' AS more FROM range(20000) t(i)"
        connection.execute(f"COPY ({query}) TO '{tmp_path}/x.parquet' (FORMAT parquet)")
    content = bytearray((tmp_path / "x.parquet").read_bytes())
    content[4:200] = b"\xff" * 196
    (tmp_path / "x.parquet").write_bytes(bytes(content))

    with pytest.raises(UnreadableFileError) as told:
        stored(tmp_path, "epoch_s", "UTC")

    assert "x.parquet" in str(told.value.place)


def test_texts_of_one_hash_are_told_apart(tmp_path, monkeypatch):
    monkeypatch.setattr(coding, "LISTED", 0)
    monkeypatch.setattr(coding, "numbered", lambda values: Numbered(np.zeros(len(values), np.int32), values[:1]))
    rows = [("ann", "view", MOMENT, "web"), ("bob", "buy", MOMENT, "app"), (None, "buy", MOMENT, "web")]
    written(
        tmp_path / "x.parquet", {"who": "VARCHAR", "what": "VARCHAR", "moment": "TIMESTAMP", "more": "VARCHAR"}, rows
    )

    stored(tmp_path, "iso", "UTC")

    log = LocalStore(tmp_path).load()
    assert (log.units, log.size, log.event.values) == (2, 2, ("buy", "view"))


def test_a_file_that_is_replaced_while_it_is_read_is_said(tmp_path, monkeypatch):
    kinds = {"who": "BIGINT", "what": "VARCHAR", "moment": "TIMESTAMP", "more": "VARCHAR"}
    rows = [(1, "view", MOMENT, "web"), (2, "buy", MOMENT, "web")]
    written(tmp_path / "x.parquet", kinds, rows)
    count = Identities.of

    def replaced_meanwhile(*given):
        written(tmp_path / "x.parquet", kinds, rows[:1])
        return count(*given)

    monkeypatch.setattr(Identities, "of", replaced_meanwhile)

    with pytest.raises(UnreadableFileError, match="changed while it was read"):
        stored(tmp_path, "iso", "UTC")
