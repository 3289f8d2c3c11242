"""`tropa voice` with the model that ships: any export, nothing personal in the output, lessons, evaluation."""

import json
from pathlib import Path

import pytest

import tropa
from tropa.cli.app import run

REVIEWS = [
    "Кухня вкусная, но официант Сергей Иванов нахамил, телефон +7 915 123-45-67",
    "Ждали горячее полтора часа! Карта 4276 3800 1234 5678, верните деньги, пишите на anna.petrova@mail.ru",
    "",
    "Очень уютный интерьер и приятная музыка",
    "очень уютный интерьер и приятная музыка!!",
    "Суп был холодный, чай тоже",
]
SECRETS = ("915", "4276", "anna.petrova", "Иванов")


def export(folder: Path) -> Path:
    path = folder / "reviews.csv"
    rows = [f'{n};"{text}";{1 + n % 5}' for n, text in enumerate(REVIEWS, start=1)]
    path.write_text("\n".join(["Номер отзыва;Текст отзыва;Оценка", *rows]) + "\n", encoding="cp1251")
    return path


def lines_of(path: Path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_an_export_becomes_voice_jsonl(tmp_path: Path):
    out = tmp_path / "out.jsonl"
    assert run(["voice", str(export(tmp_path)), "-o", str(out)]) == 0
    lines = lines_of(out)
    assert len(lines) == len(REVIEWS)
    keys = {"id", "text", "lang", "sentiment", "value", "emotions", "statements", "model", "version"}
    assert all(keys <= set(line) for line in lines)
    assert [line.get("duplicate_of") for line in lines] == [None, None, None, None, lines[3]["id"], None]
    for line in lines:
        for one in line["statements"]:
            assert line["text"][one["start"] : one["end"]] == one["text"]
            assert all(0.5 <= t["probability"] <= 1 for t in one["touchpoints"])
    assert not [secret for secret in SECRETS if secret in out.read_text(encoding="utf-8")]
    found = {t["key"] for line in lines for one in line["statements"] for t in one["touchpoints"]}
    assert {"restaurant_kitchen", "waiter", "interior"} <= found


def test_own_touchpoints_corrections_and_evaluation(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    reviews, out = export(tmp_path), tmp_path / "out.jsonl"
    taxonomy = tmp_path / "T.yaml"
    taxonomy.write_text("touchpoints: [Food, Service, Interior]\n", encoding="utf-8")
    labels = tmp_path / "labels.csv"
    labels.write_text(
        "text,touchpoint,sentiment\n"
        + "".join(f"Суп номер {n} холодный,Food,negative\n" for n in range(8))
        + '"Суп был холодный, чай тоже",Food,negative\n',
        encoding="utf-8",
    )
    learned = tmp_path / "learned.json"
    asked = ["--taxonomy", str(taxonomy)]
    assert run(["voice-learn", str(labels), "-o", str(learned), *asked]) == 0
    assert run(["voice", str(reviews), "-o", str(out), "--learned", str(learned), *asked]) == 0
    assert run(["voice", str(reviews), "-o", str(out), "--labels", str(labels), *asked]) == 0
    found = {t["key"] for line in lines_of(out) for one in line["statements"] for t in one["touchpoints"]}
    assert found == {"Food", "Service", "Interior"}
    capsys.readouterr()
    assert run(["voice-evaluate", str(out), "--labels", str(labels), "--json", *asked]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["touchpoints"]["rows"], told["unmatched"]) == (1, 8)
    assert told["touchpoints"]["macro"]["f1"] == 1.0
    assert run(["voice-learn", "--undo", "-o", str(learned)]) == 0
    assert json.loads(learned.read_text(encoding="utf-8"))["lessons"] == []
    assert run(["voice-learn", "--undo", "-o", str(learned)]) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", '{"text": "Суп холодный"}\n{"text": "Официант вежливый"}\n'),
        ("b.csv", 'text\nСуп холодный\n"Официант вежливый, спасибо"\n'),
    ],
)
def test_small_files_of_texts_are_read_from_python_too(tmp_path: Path, name: str, content: str):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    lines = list(tropa.voice(path, industry="restaurant"))
    assert lines[0].text == "Суп холодный"
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing.csv", "-o", "x.jsonl"], "nothing.csv"),
        (["FILE", "-o", "x.docx"], ".jsonl"),
        (["FILE", "-o", "x.jsonl", "--industry", "resturant"], "restaurant"),
        (["FILE", "-o", "x.jsonl", "--model", "heavy"], "light"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str):
    given = [
        str(export(tmp_path))
        if one == "FILE"
        else str(tmp_path / one)
        if one.endswith((".csv", ".jsonl", ".docx"))
        else one
        for one in arguments
    ]
    assert run(["voice", *given]) == 2
    assert words in capsys.readouterr().err
