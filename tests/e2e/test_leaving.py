"""How commands end: the exit code, what is said, and what is left untouched."""

import json
import signal
import time

import pytest

from builders.command_line import files_of
from tropa.adapters.stores.local.disk import alone


def says(answer, code, *words):
    assert answer.code == code, answer.err
    assert "Traceback" not in answer.err
    for word in words:
        assert word in answer.err


@pytest.mark.parametrize("command", [("init", "--yes"), ("build",), ("stages",), ("funnel", "--steps", "a,b")])
def test_an_empty_folder_is_told_what_to_put_there(quick, tmp_path, command):
    says(quick.tropa(command[0], tmp_path, *command[1:]), 2, "no table of data", "events, orders", "tropa demo")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_pictures_says_what_it_could_not_read(quick, tmp_path):
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (tmp_path / "table.xlsx").write_bytes(b"PK\x03\x04 broken")
    says(quick.tropa("build", tmp_path), 2, "table.xlsx")


@pytest.mark.parametrize(
    "arguments",
    [("build", ".", "--fast"), ("build",), ("paint", "."), ("funnel", ".", "--steps"), ("init", ".", "--lang", "de")],
)
def test_wrong_usage_is_code_two(quick, tmp_path, arguments):
    says(quick.tropa(*[tmp_path if one == "." else one for one in arguments]), 2)


def test_a_folder_or_a_map_that_is_not_there_is_named(quick, tmp_path):
    says(quick.tropa("build", tmp_path / "nowhere"), 2, "nowhere")
    says(quick.tropa("lint", tmp_path / "none.cjm.json"), 2, "none.cjm.json")
    (tmp_path / "broken.cjm.json").write_text('{"$schema": "urn:tropa:cjm:1", "stages": [', encoding="utf-8")
    says(quick.tropa("lint", tmp_path / "broken.cjm.json"), 2, "broken.cjm.json")


@pytest.mark.parametrize(
    ("written", "wrong", "words"),
    [
        ("stages_from:", "stage_from:", ["tropa.yaml", "stages_from"]),
        ("week_starts: monday", "week_starts: someday", ["tropa.yaml", "monday"]),
        ("model: b2c", "model: [b2c", ["tropa.yaml"]),
        ("version: 1", "version: 99", ["tropa.yaml"]),
    ],
)
def test_a_wrong_setting_is_named_with_its_place_and_what_is_allowed(quick, kiosk, written, wrong, words):
    place = kiosk / "tropa.yaml"
    text = place.read_text(encoding="utf-8")
    assert written in text
    place.write_text(text.replace(written, wrong), encoding="utf-8")
    row = 1 + text[: text.index(written)].count("\n")
    answer = quick.tropa("build", kiosk)

    says(answer, 2, *words)
    told = [int(one) for one in answer.err.replace(":", " ").replace(",", " ").split() if one.isdigit()]
    assert {row, row + 1} & set(told), answer.err


def test_a_funnel_asks_only_for_events_that_exist(quick, kiosk):
    says(quick.tropa("funnel", kiosk, "--steps", "visit,pay"), 2, "pay", "payment")
    says(quick.tropa("funnel", kiosk, "--steps", "visit,payment", "--window", "soon"), 2, "7d")
    says(quick.tropa("funnel", kiosk, "--steps", "visit,payment", "--semantics", "loose"), 2, "any_start")


def test_strict_makes_lint_errors_code_one(quick, kiosk):
    place = kiosk / "out" / "map.cjm.json"
    journey = json.loads(place.read_text(encoding="utf-8"))
    quote = next(card for card in journey["cards"] if card["lane"] == "quote")
    quote["text"] = {"ru": "«Таких слов никто не говорил»", "en": "“Nobody ever said these words”"}
    place.write_text(json.dumps(journey, ensure_ascii=False), encoding="utf-8")

    says(quick.tropa("lint", place), 1)
    says(quick.tropa("build", kiosk, "--strict"), 1)
    says(quick.tropa("build", kiosk), 0)


def _interrupted(terminal, folder, wanted):
    """Start a build, wait until it works, send Ctrl+C."""
    process = terminal.start("build", folder)
    until = time.monotonic() + 60
    while not wanted() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    return process.returncode, err


def test_an_interrupted_build_leaves_the_old_map(quick, kiosk):
    before = files_of(kiosk / "out")
    with (kiosk / "events.csv").open("a", encoding="utf-8") as file:
        file.write("c1,visit,2025-03-04 10:00:00,mobile,north\n")
    store = kiosk / ".tropa" / "store"
    code, err = _interrupted(quick, kiosk, lambda: (store / "2.writing").exists() or (store / "2").exists())

    assert code == 130, err
    assert "Traceback" not in err
    assert "untouched" in err
    assert files_of(kiosk / "out") == before
    assert [one.name for one in kiosk.iterdir() if one.name.endswith(".writing")] == []


def test_a_second_build_at_once_waits_for_nobody(quick, kiosk):
    with alone(kiosk / ".tropa" / "lock"):
        says(quick.tropa("build", kiosk), 2, "Another tropa", "Wait")
    says(quick.tropa("build", kiosk), 0)
