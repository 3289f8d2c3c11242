"""A build killed at any moment leaves the old results or the new ones, and nothing in the way of the next build."""

import random
import shutil
import sys
import time
from itertools import chain, count, islice
from pathlib import Path

import pytest

from builders.command_line import files_of
from builders.kiosk_files import kiosk_files
from builders.warm_terminal import warm_terminal

KILLS = 44
FIRST_BUILDS = 8
pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and fork"),
]


def listing(folder):
    """All that lies in the folder, but for the numbers of generations."""
    inside = [one.relative_to(folder).as_posix() for one in folder.rglob("*")]
    return sorted(one for one in inside if not one.startswith(".tropa/store/"))


def generations(folder):
    names = sorted(one.name for one in (folder / ".tropa" / "store").iterdir())
    assert names[-1] == "CURRENT"
    assert all(name.isdigit() for name in names[:-1]), names
    return names[:-1]


def little(folder):
    """Visits and orders of two dozen people: a build of a third of a second."""
    kiosk_files(folder, people=24)
    (folder / "reviews.csv").unlink()
    return folder


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    room = tmp_path_factory.mktemp("warm")
    with warm_terminal(room / "key", little(room / "kiosk")) as terminal:
        yield terminal


@pytest.fixture(scope="module")
def grown(warm, tmp_path_factory):
    """A built folder in which more data lie than its results know."""
    folder = little(tmp_path_factory.mktemp("killed") / "kiosk")
    assert warm.tropa("build", folder) == 0
    with (folder / "events.csv").open("a", encoding="utf-8") as file:
        file.write("c00001,visit,2025-05-04 10:00:00,mobile,north\nbroken,visit,never,mobile,north\n")
    return folder


def built(warm, folder, place):
    """What a whole build of this folder comes to, and how long it takes."""
    whole = Path(shutil.copytree(folder, place))
    began = time.perf_counter()
    assert warm.tropa("build", whole) == 0
    return files_of(whole / "out"), listing(whole), time.perf_counter() - began


def moments(kills, seconds):
    """Spread evenly from the start to the end, each at random within its part, then ever later without end."""
    rng = random.Random(7)
    return chain(
        ((number + rng.random()) * 1.1 * seconds / kills for number in range(kills)),
        (1.1 * seconds * 1.2**later for later in count(1)),
    )


def test_a_build_killed_at_any_moment_leaves_the_old_map_or_the_new_one(warm, grown, tmp_path):
    old = files_of(grown / "out")
    new, whole, seconds = built(warm, grown, tmp_path / "whole" / "kiosk")
    assert new != old
    left = set()
    for number, moment in enumerate(moments(KILLS, seconds)):
        if number >= KILLS and "new" in left:  # a busy machine builds slower than it did when it was timed
            break
        folder = Path(shutil.copytree(grown, tmp_path / "kiosk"))
        code = warm.tropa("build", folder, kill_after=moment)
        after = files_of(folder / "out")
        assert after in (old, new), f"kill {number} after {moment:.3f} s of {seconds:.3f}"
        left.add("new" if after == new else "old")

        assert code in {0, -9}
        assert warm.tropa("build", folder) == 0
        assert files_of(folder / "out") == new
        assert listing(folder) == whole
        assert len(generations(folder)) <= 2
        shutil.rmtree(folder)
    assert left == {"old", "new"}, "kills fell before and after the exchange"


def test_a_first_build_killed_at_any_moment_leaves_no_map_or_a_whole_one(warm, tmp_path):
    bare = little(tmp_path / "bare" / "kiosk")
    new, whole, seconds = built(warm, bare, tmp_path / "whole" / "kiosk")
    for moment in islice(moments(FIRST_BUILDS, seconds), FIRST_BUILDS):
        folder = Path(shutil.copytree(bare, tmp_path / "kiosk"))
        warm.tropa("build", folder, kill_after=moment)
        assert files_of(folder / "out") in ({}, new)

        assert warm.tropa("build", folder) == 0
        assert files_of(folder / "out") == new
        assert listing(folder) == whole
        shutil.rmtree(folder)
