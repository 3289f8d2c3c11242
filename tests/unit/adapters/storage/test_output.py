import errno
from pathlib import Path

import pytest

from tropa.adapters import disk
from tropa.adapters.storage.output import place_new_files, recover_results, replace_results, write_file
from tropa.errors import DiskFullError, InputError


def content_of(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def test_a_folder_is_replaced_whole_and_foreign_files_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    replace_results(out, {"map.cjm.json": b"1", "segments/a.cjm.json": b"1"})
    (out / "notes.txt").write_text("mine")
    replace_results(out, {"map.cjm.json": b"2", "segments/b.cjm.json": b"2"})
    assert content_of(out) == {"map.cjm.json": b"2", "segments/b.cjm.json": b"2", "notes.txt": b"mine"}
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_without_an_exchange_in_one_step_two_renames_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "exchange_in_one_step", lambda: None)
    out = tmp_path / "out"
    replace_results(out, {"a": b"1"})
    replace_results(out, {"a": b"2"})
    assert content_of(out) == {"a": b"2"}


def test_a_run_killed_between_two_renames_leaves_the_old_folder(tmp_path: Path) -> None:
    (tmp_path / ".out.former").mkdir()
    (tmp_path / ".out.former" / "a").write_bytes(b"old")
    (tmp_path / ".out.writing").mkdir()
    recover_results(tmp_path / "out")
    assert content_of(tmp_path) == {"out/a": b"old"}


def test_a_full_disk_is_said_and_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    replace_results(out, {"a": b"1"})

    def full(_place: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk, "write_flushed", full)
    with pytest.raises(DiskFullError):
        replace_results(out, {"a": b"2"})
    with pytest.raises(DiskFullError):
        write_file(tmp_path / "b", b"2")
    assert content_of(tmp_path) == {"out/a": b"1"}


def test_new_files_are_all_there_or_none_even_when_a_person_stops_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Path] = []
    replace_file = disk.replace_file

    def stopped(place: Path, content: bytes) -> None:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(place)
        replace_file(place, content)

    monkeypatch.setattr(disk, "replace_file", stopped)
    (tmp_path / "mine.txt").write_bytes(b"mine")
    with pytest.raises(KeyboardInterrupt):
        place_new_files(tmp_path, {"a": b"1", "b": b"2", "c": b"3"})
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]


def test_new_files_never_take_the_place_of_others(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"mine")
    with pytest.raises(InputError, match="already holds b"):
        place_new_files(tmp_path, {"a": b"1", "b": b"2"})
    assert (tmp_path / "b").read_bytes() == b"mine"
    assert not (tmp_path / "a").exists()
