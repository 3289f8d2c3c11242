"""A Parquet file of events is a log at once, with nothing stored."""

import itertools
from pathlib import Path

import duckdb
import pytest

from tropa.adapters.stores.parquet_log import read_events
from tropa.errors import ColumnMissingError, InputError

ROWS = [
    ("ann", "view", 1),
    ("bob", "view", 2),
    ("ann", "buy", 5),
    (None, "view", 6),
    ("bob", None, 7),
    ("ann", "view", 3),
]


def written(folder: Path, *, person: str = "who", time: str = "ms") -> Path:
    values = ", ".join(
        f"({'NULL' if who is None else repr(who)}, {'NULL' if event is None else repr(event)}, {ms})"
        for who, event, ms in ROWS
    )
    file = folder / "events.parquet"
    duckdb.connect().execute(
        f"copy (select {person} as who, event, {time} as happened from (values {values}) t(who, event, ms)) to '{file}' (format parquet)"
    )
    return file


def paths(log):
    edges = log.offsets.tolist()
    return {
        tuple(
            (log.event.values[code], time)
            for code, time in zip(log.event.codes[a:b].tolist(), log.time[a:b].tolist(), strict=True)
        )
        for a, b in itertools.pairwise(edges)
    }


WANTED = {(("view", 1), ("view", 3), ("buy", 5)), (("view", 2),)}


@pytest.mark.parametrize("time", ["ms * 1000", "epoch_ms(ms::bigint)"])
@pytest.mark.parametrize("person", ["who", "length(who) + ascii(who) * 1000000000000", "ascii(who)"])
def test_people_of_any_kind_of_id_walk_their_paths(tmp_path, person, time):
    log = read_events(written(tmp_path, person=person, time=time), person="who", event="event", time="happened")

    assert paths(log) == WANTED
    assert log.as_of == 5


def test_whole_numbers_are_read_in_the_unit_that_is_told(tmp_path):
    log = read_events(written(tmp_path), person="who", event="event", time="happened", time_unit="s")

    assert log.as_of == 5000


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path):
    with pytest.raises(ColumnMissingError, match="who, event, happened"):
        read_events(written(tmp_path), person="user", event="event", time="happened")


def test_a_file_that_is_no_parquet_is_told(tmp_path):
    (tmp_path / "events.parquet").write_text("who,event,happened\n")

    with pytest.raises(InputError, match=r"events\.parquet"):
        read_events(tmp_path / "events.parquet", person="who", event="event", time="happened")
