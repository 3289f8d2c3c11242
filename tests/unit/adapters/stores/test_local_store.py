import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from builders.hand_tables import KEY, HandTables, ingested, paths_of
from tropa.adapters.stores.local import disk, sql
from tropa.adapters.stores.local.disk import alone
from tropa.adapters.stores.local.keys import PseudonymKey
from tropa.adapters.stores.local.store import LocalStore
from tropa.domain.project import EventColumns, EventSource, FeedbackColumns, FeedbackSource, Project, TimeColumn
from tropa.errors import BusyError, DiskFullError, InputError, StoreError
from tropa.events.log import log_from_rows
from tropa.ports import silent

TESTS = Path(__file__).parents[3]
COLUMNS = EventColumns(person="who", event="what", time=TimeColumn(column="time"))
PROJECT = Project(project="shop", sources=(EventSource(file="events.csv", columns=COLUMNS),))
DAY = 86_400_000


def some_rows(count, name="view"):
    return [
        {"who": f"p{n * 7 % 97}", "what": f"{name}{n % 5}", "time": f"2025-01-{1 + n * 5 % 28:02d}"}
        for n in range(count)
    ]


def generations(folder):
    return sorted(one.name for one in (folder / ".tropa" / "store").iterdir())


def test_what_is_loaded_equals_a_log_made_of_the_same_rows(tmp_path):
    rows = some_rows(300)
    store, _ = ingested(tmp_path, PROJECT, {"events.csv": rows})
    first = int(np.datetime64("2025-01-01", "ms").astype(np.int64))
    same = log_from_rows([(one["who"], one["what"], first + (int(one["time"][-2:]) - 1) * DAY) for one in rows])
    log = store.load()
    for mine, theirs in [
        (log.offsets, same.offsets),
        (log.buckets, same.buckets),
        (log.event.codes, same.event.codes),
        (log.time, same.time),
        (log.sequence, same.sequence),
    ]:
        assert mine.dtype == theirs.dtype
        assert np.array_equal(mine, theirs)
    assert (log.event.values, log.as_of) == (same.event.values, same.as_of)


def test_columns_are_mapped_and_not_read(tmp_path):
    store, _ = ingested(tmp_path, PROJECT, {"events.csv": some_rows(50)})
    assert isinstance(store.load().time.base, np.memmap)
    assert not store.load().time.flags.writeable


def test_unchanged_files_are_not_read_again(tmp_path):
    store, report = ingested(tmp_path, PROJECT, {"events.csv": some_rows(5)})
    assert store.ingest(PROJECT, HandTables({}), KEY, silent) == report
    assert generations(tmp_path) == ["1", "CURRENT"]


def test_a_change_of_file_settings_or_key_makes_a_new_generation(tmp_path):
    store, _ = ingested(tmp_path, PROJECT, {"events.csv": some_rows(5)})
    tables = HandTables({"events.csv": some_rows(5)})
    store.ingest(Project(project="shop", sources=PROJECT.sources, timezone="Asia/Tokyo"), tables, KEY, silent)
    assert generations(tmp_path) == ["1", "2", "CURRENT"]
    store.ingest(PROJECT, tables, PseudonymKey(b"another key, as long as the first"), silent)
    assert generations(tmp_path) == ["2", "3", "CURRENT"]


def test_the_datas_hash_depends_on_the_data_and_not_on_the_key(tmp_path):
    reviews = FeedbackSource(file="reviews.csv", columns=FeedbackColumns(text="text", person="who"))
    project = Project(project="shop", sources=(*PROJECT.sources, reviews))
    tables = HandTables({"events.csv": some_rows(50), "reviews.csv": [{"text": "Хорошо", "who": "p7"}]})
    hashes, people = [], []
    for key in (KEY, PseudonymKey(b"another key, as long as the first")):
        store = LocalStore(tmp_path)
        store.ingest(project, tables, key, silent)
        hashes.append(store.generation_hash())
        people.append(store.feedback()[0].person)
    assert hashes[0] == hashes[1]
    assert people[0] != people[1]
    other, _ = ingested(tmp_path, project, {"events.csv": some_rows(51), "reviews.csv": [{"text": "Ага", "who": "p7"}]})
    assert other.generation_hash() != hashes[0]


def test_the_data_do_not_depend_on_the_number_of_threads(tmp_path, monkeypatch):
    hashes = set()
    opened = sql.opened
    for threads in (1, 4):
        folder = tmp_path / str(threads)
        folder.mkdir()
        monkeypatch.setattr(sql, "opened", partial(opened, threads))
        store, _ = ingested(folder, PROJECT, {"events.csv": some_rows(200_000)})
        hashes.add(store.generation_hash())
    assert len(hashes) == 1


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path):
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from test_local_store import PROJECT, some_rows; from builders.hand_tables import ingested\n"
        "store, report = ingested(Path(sys.argv[1]), PROJECT, {'events.csv': some_rows(400)})\n"
        "print(store.generation_hash(), report.events)"
    )
    answers = set()
    for seed in ("0", "42"):
        folder = tmp_path / seed
        folder.mkdir()
        paths = os.pathsep.join([str(TESTS), str(Path(__file__).parent)])
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        command = [sys.executable, "-c", script, str(folder), str(TESTS)]
        answers.add(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout)
    assert len(answers) == 1


def test_a_second_build_at_the_same_time_is_told_to_wait(tmp_path):
    store, _ = ingested(tmp_path, PROJECT, {"events.csv": some_rows(5)})
    with alone(tmp_path / ".tropa" / "lock"), pytest.raises(BusyError, match="Another tropa"):
        store.ingest(PROJECT, HandTables({}), KEY, silent)
    assert store.load().size == 5


def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch):
    store, _ = ingested(tmp_path, PROJECT, {"events.csv": some_rows(5)})

    def no_room(_place, _array):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tropa.adapters.stores.local.generation.save_flushed", no_room)
    with pytest.raises(DiskFullError, match="No room left"):
        ingested(tmp_path, PROJECT, {"events.csv": some_rows(6)})
    assert store.load().size == 5
    assert generations(tmp_path) == ["1", "CURRENT"]


def test_a_disk_that_refuses_is_explained(tmp_path, monkeypatch):
    def refuse(*_given):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(disk, "save_flushed", refuse)
    monkeypatch.setattr("tropa.adapters.stores.local.generation.save_flushed", refuse)
    with pytest.raises(StoreError, match="cannot be read or written"):
        ingested(tmp_path, PROJECT, {"events.csv": some_rows(6)})


def test_a_reader_that_was_slow_reads_the_newer_generation(tmp_path, monkeypatch):
    store, _ = ingested(tmp_path, PROJECT, {"events.csv": some_rows(5)})
    stale = iter([tmp_path / ".tropa" / "store" / "gone"])
    present = LocalStore._current
    monkeypatch.setattr(LocalStore, "_current", lambda own: next(stale, None) or present(own))
    assert store.load().size == 5


def test_a_damaged_store_says_what_to_do_and_is_written_anew(tmp_path):
    store, _ = ingested(tmp_path, PROJECT, {"events.csv": some_rows(5)})
    (tmp_path / ".tropa" / "store" / "1" / "time.npy").unlink()
    with pytest.raises(StoreError, match="damaged"):
        store.load()
    (tmp_path / ".tropa" / "store" / "1" / "manifest.json").write_text("{")
    again, _ = ingested(tmp_path, PROJECT, {"events.csv": some_rows(5)})
    assert again.load().size == 5


def test_an_empty_folder_has_nothing_to_load(tmp_path):
    with pytest.raises(StoreError, match="Nothing has been read"):
        LocalStore(tmp_path).load()


def test_the_key_may_not_lie_beside_the_data(tmp_path):
    (tmp_path / "k").write_bytes(b"x" * 32)
    key = PseudonymKey(b"x" * 32, tmp_path / "k")
    with pytest.raises(InputError, match="may not lie"):
        LocalStore(tmp_path).ingest(PROJECT, HandTables({}), key, silent)


_VICTIM = """
import sys, os
from pathlib import Path
sys.path[:0] = [sys.argv[2], sys.argv[3]]
from test_local_store import PROJECT, some_rows
from builders.hand_tables import ingested
print("begun", flush=True)
ingested(Path(sys.argv[1]), PROJECT, {"events.csv": some_rows(int(sys.argv[4]), sys.argv[5])})
"""


def kill_at_random_moments(folder, times):
    """Builds of alternating content are killed; whatever is there must be one of them, whole."""
    dice = random.Random(20250312)
    here = str(Path(__file__).parent)
    ingested(folder, PROJECT, {"events.csv": some_rows(100, "old")})
    for number in range(times):
        size, name = (120, "new") if number % 2 else (100, "old")
        command = [sys.executable, "-c", _VICTIM, str(folder), str(TESTS), here, str(size), name]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as victim:
            victim.stdout.readline()
            time.sleep(dice.uniform(0, 0.5))
            victim.send_signal(signal.SIGKILL)
        store = LocalStore(folder)
        names = {name.rstrip("01234") for path in paths_of(store) for name, _ in path}
        assert (store.load().size, names) in ((100, {"old"}), (120, {"new"}))
        store.generation_hash()
    after, report = ingested(folder, PROJECT, {"events.csv": some_rows(130, "last")})
    assert (after.load().size, report.events) == (130, 130)
    assert not [one for one in generations(folder) if one.endswith(".writing")]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_killed_build_leaves_the_old_or_the_new(tmp_path):
    kill_at_random_moments(tmp_path, 4)


@pytest.mark.full
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_fifty_killed_builds_leave_the_old_or_the_new(tmp_path):
    kill_at_random_moments(tmp_path, 50)


def test_the_manifest_tells_the_hash_of_every_column(tmp_path):
    ingested(tmp_path, PROJECT, {"events.csv": some_rows(5)})
    manifest = json.loads((tmp_path / ".tropa" / "store" / "1" / "manifest.json").read_bytes())
    columns = {one.stem for one in (tmp_path / ".tropa" / "store" / "1").glob("*.npy")} - {"persons"}
    assert set(manifest["columns"]) == columns
    assert all(len(one) == 64 for one in (manifest["inputs"], manifest["data"], *manifest["columns"].values()))
