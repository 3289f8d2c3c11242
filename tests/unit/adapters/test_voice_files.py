import json
from pathlib import Path

import pytest

from tropa.adapters.storage.learned_file import LearnedFile, read_learned, write_learned
from tropa.adapters.storage.taxonomy_read import read_taxonomy
from tropa.adapters.storage.voice_output import LinesFile
from tropa.domain.opinion import Sentiment
from tropa.errors import ConfigError
from tropa.texts.labels import Label


def written(folder: Path, text: str) -> Path:
    path = folder / "T.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "touchpoints:\n  - {key: Food, name: {ru: Еда, en: Food}, words: [суп]}\n  - Service\n",
        "- key: Food\n  words: суп, чай\n- Service\n",
        "touchpoints:\n  Food: [суп]\n  Service:\n",
        "Food: [суп]\nService:\n",
    ],
)
def test_a_list_of_touchpoints_may_be_short(tmp_path: Path, text: str):
    taxonomy = read_taxonomy(written(tmp_path, text))
    assert [one.key for one in taxonomy.touchpoints] == ["Food", "Service"]
    assert "суп" in taxonomy.touchpoints[0].words
    assert "restaurant_kitchen" in taxonomy.topics["Food"]


def test_packs_may_stand_behind_peoples_own(tmp_path: Path):
    taxonomy = read_taxonomy(
        written(tmp_path, "uses: [restaurant]\ntouchpoints: [{key: waiter, words: [официант]}, Veranda]\n")
    )
    keys = [one.key for one in taxonomy.touchpoints]
    assert keys[:2] == ["waiter", "Veranda"]
    assert keys.count("waiter") == 1
    assert "restaurant_kitchen" in keys


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("touchpoints:\n  - {key: food, wrds: [суп]}\n", 2, "words"),
        ("uses: [restorant]\n", 1, "restaurant"),
        ("touchpoints:\n  - food\n  - Food\n", 3, "another key"),
        ("touchpoints:\n  - {key: food, stage: delivry}\n", 2, "delivery"),
        ("touchpoints: []\n", 1, "food"),
        ("touchpoints: [\n", 2, ""),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, line: int, hint: str):
    with pytest.raises(ConfigError) as told:
        read_taxonomy(written(tmp_path, text))
    assert told.value.place.line == line
    assert hint in f"{told.value.message} {told.value.hint}"


def test_a_stopped_run_goes_on_and_another_one_does_not(tmp_path: Path):
    target = tmp_path / "out.jsonl"
    target.write_text("old\n")
    with LinesFile(target, "run 1") as out:
        out.append(["a", "b"])
    with (tmp_path / ".out.jsonl.part").open("ab") as part:
        part.write(b"half a li")
    assert target.read_text() == "old\n"
    with LinesFile(target, "run 1") as out:
        assert out.done == 2
        assert list(out.lines()) == ["a", "b"]
        out.append(["c"])
        out.finish()
    assert target.read_text() == "a\nb\nc\n"
    assert [one.name for one in tmp_path.iterdir()] == ["out.jsonl"]
    with LinesFile(target, "run 1") as out:
        out.append(["x"])
    with LinesFile(target, "run 2") as out:
        assert out.done == 0


def test_lessons_are_added_replaced_and_taken_back(tmp_path: Path):
    from datetime import date

    path = tmp_path / "deep" / "learned.json"
    assert read_learned(path) == LearnedFile()
    first = Label(text="суп холодный", row=1, touchpoints=("food",), sentiment=Sentiment.NEGATIVE)
    second = Label(text="суп холодный", row=1, touchpoints=("soup",))
    learned = LearnedFile().with_lesson([first], source="a.csv", made=date(2026, 1, 2))
    write_learned(path, learned.with_lesson([second], source="b.csv", made=date(2026, 1, 3)))
    back = read_learned(path)
    assert (back.version, [one.touchpoints for one in back.labels]) == (2, [("soup",)])
    assert [one.touchpoints for one in back.without_last().labels] == [("food",)]
    assert json.loads(path.read_text())["lessons"][0]["labels"] == [
        {"text": "суп холодный", "sentiment": "negative", "touchpoints": ["food"]}
    ]
