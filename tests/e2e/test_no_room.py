"""No room, no rights, Ctrl+C: the message says what to do, and what was there before is untouched."""

import os
import resource
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from builders.command_line import Terminal, files_of
from builders.kiosk_files import kiosk_files
from tropa.cli import building

KILOBYTE = 1024
STAGES = ("build.reading", "build.loading", "build.drawing", "build.finding", "build.segments")


class WithoutRights(Terminal):
    """As root: without the right to pass over the rights of files. Others do not have it anyway."""

    def command(self, *arguments):
        plain = super().command(*arguments)
        if os.geteuid():
            return plain
        powers = "-dac_override,-dac_read_search"
        return ["setpriv", f"--bounding-set={powers}", f"--inh-caps={powers}", *plain]


@pytest.fixture
def grown(built_kiosk, tmp_path):
    """A built folder to which data came: the next build has everything to write."""
    folder = Path(shutil.copytree(built_kiosk, tmp_path / "kiosk"))
    grow(folder)
    return folder


def grow(folder):
    with (folder / "events.csv").open("a", encoding="utf-8") as file:
        file.write("c00001,visit,2025-03-04 10:00:00,mobile,north\nc00002,visit,never,mobile,north\n")


def refused(answer, *words):
    assert answer.code in {2, 3}, answer.err
    assert "Traceback" not in answer.err
    assert "fault of tropa" not in answer.err
    assert any(word in answer.err for word in words), answer.err


def assert_nothing_lies_about(folder):
    assert [one.name for one in folder.iterdir() if one.name.endswith((".writing", ".former"))] == []
    assert [one.name for one in (folder / ".tropa" / "store").iterdir() if one.name.endswith(".writing")] == []


@pytest.mark.parametrize("stage", STAGES)
def test_ctrl_c_in_each_stage_of_the_work_leaves_the_old_map(near, grown, monkeypatch, stage):
    before = files_of(grown / "out")
    seen = []

    @contextmanager
    def pressing(_language):
        def report(progress):
            seen.append(progress.work)
            if progress.work == stage:
                signal.raise_signal(signal.SIGINT)

        yield report

    with monkeypatch.context() as patched:
        patched.setattr(building, "shown", pressing)
        answer = near.tropa("build", grown)
    assert seen[-1] == stage
    assert (answer.code, "untouched" in answer.err) == (130, True)
    assert files_of(grown / "out") == before
    assert_nothing_lies_about(grown)
    near.build(grown)
    assert files_of(grown / "out") != before


@pytest.fixture(scope="module")
def small_room(tmp_path_factory):
    """A file system of its own, of 8 MB."""
    place = tmp_path_factory.mktemp("room")
    if sys.platform != "linux" or os.geteuid():
        pytest.skip("needs root on Linux to mount a small file system")
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tropa-room", place], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {made.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


@pytest.mark.full
@pytest.mark.parametrize("left", [0, 40, 180, 500])
def test_a_full_disk_leaves_the_old_map_and_says_so(quick, built_kiosk, small_room, left):
    folder = Path(shutil.copytree(built_kiosk, small_room / f"kiosk{left}"))
    grow(folder)
    before = files_of(folder / "out")
    ballast = small_room / "ballast"
    free = os.statvfs(small_room).f_bavail * os.statvfs(small_room).f_frsize
    ballast.write_bytes(bytes(max(0, free - left * KILOBYTE)))

    refused(quick.tropa("build", folder), "No room", "no room")
    assert files_of(folder / "out") == before
    assert_nothing_lies_about(folder)
    ballast.unlink()
    quick.build(folder)
    assert files_of(folder / "out") != before
    shutil.rmtree(folder)


@pytest.mark.full
def test_no_room_for_temporary_files_is_said(quick, grown, small_room):
    before = files_of(grown / "out")
    ballast = small_room / "ballast"
    free = os.statvfs(small_room).f_bavail * os.statvfs(small_room).f_frsize
    (grown / "more.csv.gz").write_bytes(packed((grown / "events.csv").read_bytes()))
    text = (grown / "tropa.yaml").read_text(encoding="utf-8")
    (grown / "tropa.yaml").write_text(text.replace("file: events.csv", "file: more.csv.gz"), encoding="utf-8")
    ballast.write_bytes(bytes(free - 4 * KILOBYTE))

    refused(quick.with_environment(TMPDIR=str(small_room)).tropa("build", grown), "No room", "no room", "temporary")
    ballast.unlink()
    assert files_of(grown / "out") == before
    quick.build(grown)


def packed(content):
    import gzip

    return gzip.compress(content)


@pytest.mark.full
@pytest.mark.parametrize("most", [0, 8, 200])
def test_a_limit_on_the_size_of_files_is_like_a_full_disk(quick, grown, most):
    before = files_of(grown / "out")

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (most * KILOBYTE, most * KILOBYTE))

    refused(quick.tropa("build", grown, before_it_starts=limited), "No room", "no room")
    assert files_of(grown / "out") == before
    assert_nothing_lies_about(grown)
    quick.build(grown)


@pytest.mark.full
def test_a_folder_that_cannot_be_written_is_said_and_stays_as_it_was(terminal, grown):
    quick = WithoutRights(terminal.environment | {"TROPA_INTERPRET": "1"})
    before = files_of(grown / "out")
    shut = [grown, grown / "out", grown / ".tropa", grown / ".tropa" / "store"]
    for one in shut:
        one.chmod(0o555)
    try:
        for command in (("build",), ("init", "--yes"), ("stages",)):
            refused(quick.tropa(command[0], grown, *command[1:]), "cannot be read or written")
        assert files_of(grown / "out") == before
    finally:
        for one in shut:
            one.chmod(0o755)
    quick.build(grown)


@pytest.mark.full
def test_results_that_cannot_be_replaced_are_said(terminal, grown):
    quick = WithoutRights(terminal.environment | {"TROPA_INTERPRET": "1"})
    place = grown / "out" / "map.cjm.json"
    place.chmod(0)
    try:
        refused(quick.tropa("build", grown), "map.cjm.json")
    finally:
        place.chmod(0o644)
    quick.build(grown)


@pytest.mark.full
def test_a_file_without_the_right_to_read_it_is_named(terminal, tmp_path):
    quick = WithoutRights(terminal.environment | {"TROPA_INTERPRET": "1"})
    folder = kiosk_files(tmp_path / "kiosk", people=30)
    (folder / "orders.csv").chmod(0)
    try:
        answer = quick.tropa("init", folder, "--yes")
        assert answer.code == 0
        assert "orders.csv" in answer.err, "what could not be read is told"
        (folder / "orders.csv").chmod(0o644)
        (folder / "tropa.yaml").unlink()
        quick.build(folder)
        before = files_of(folder / "out")
        (folder / "orders.csv").chmod(0)
        refused(quick.tropa("build", folder), "orders.csv")
        assert files_of(folder / "out") == before
    finally:
        (folder / "orders.csv").chmod(0o644)
