"""A business without data: from `tropa new` over answers to the first build."""

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from builders.command_line import NearTerminal, files_of, read_json
from tropa.texts.templates import TEMPLATES

BRIEF = """\
language: ru
industry: clinic
buyers: Марина, 34, бухгалтер
fears: [боится боли, не верит отзывам]
goal: "2"
"""
TALK = """\
Интервьюер: Расскажите, как вы записывались?
Респондент: Звонила три раза, трубку не берут. Мой номер +7 912 345-67-89, так и не перезвонили.
Интервьюер: Что было на приёме?
Респондент: Приём начался с опозданием на час, сидели в коридоре и злились.
"""
BEGUN = {"map.cjm.json", "map.html", "research.md", "tropa.yaml"}


@pytest.fixture
def folder(near: NearTerminal, tmp_path: Path) -> Path:
    brief = tmp_path / "brief.yaml"
    brief.write_text(BRIEF, encoding="utf-8")
    answer = near.tropa("new", tmp_path / "clinic", "--brief", brief)
    assert answer.code == 0, answer.err
    assert "предположения" in answer.err
    return tmp_path / "clinic"


def test_templates_are_listed_as_a_table_and_as_a_document(near: NearTerminal) -> None:
    table = near.tropa("templates")
    assert all(any(line.startswith(f"{key} ") for line in table.out.splitlines()) for key in TEMPLATES)
    document = near.tropa("templates", "--json").document()
    assert [one["key"] for one in document["templates"]] == list(TEMPLATES)
    assert all(stage["name"]["ru"] and stage["name"]["en"] for one in document["templates"] for stage in one["stages"])


def test_a_brief_becomes_a_map_a_plan_and_a_project(folder: Path) -> None:
    assert set(files_of(folder)) == BEGUN
    journey = read_json(folder / "map.cjm.json")
    assert journey["view"] == "to_be"
    assert journey["goal"]["text"]["ru"] == "Почему не приходят на повторный приём?"
    assert journey["personas"][0]["name"] == {"ru": "Марина, 34, бухгалтер"}
    plan = (folder / "research.md").read_text(encoding="utf-8")
    assert plan.count("<!-- tropa guess:") == 5
    assert all(f"## {head}" in plan for head in ("Кого спросить", "Что записывать", "Короткий опрос"))
    assert "stages_from: template:clinic" in (folder / "tropa.yaml").read_text(encoding="utf-8")


def test_nothing_that_is_there_is_overwritten(near: NearTerminal, folder: Path) -> None:
    before = files_of(folder)
    answer = near.tropa("new", folder, "--industry", "shop")
    assert answer.code == 2
    assert "map.cjm.json" in answer.err
    assert files_of(folder) == before
    mine = folder.parent / "mine"
    mine.mkdir()
    (mine / "research.md").write_text("mine", encoding="utf-8")
    assert near.tropa("new", mine, "--industry", "shop").code == 2
    assert files_of(mine) == {"research.md": b"mine"}


def test_an_empty_form_is_written_and_read(near: NearTerminal, tmp_path: Path) -> None:
    assert near.tropa("new", tmp_path / "flowers", "--brief-form", "--lang", "en").code == 0
    form = tmp_path / "flowers" / "brief.md"
    assert form.read_text(encoding="utf-8").count("## ") == 14
    assert near.tropa("new", tmp_path / "flowers", "--brief", form, "--industry", "shop", "--lang", "en").code == 0
    assert "## Whom to ask" in (tmp_path / "flowers" / "research.md").read_text(encoding="utf-8")


def test_the_same_brief_gives_the_same_bytes(near: NearTerminal, folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again" / "clinic"
    assert near.tropa("new", again, "--brief", tmp_path / "brief.yaml").code == 0
    assert files_of(again) == files_of(folder)


def test_own_templates_begin_a_map_and_take_its_events(near: NearTerminal, tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "flowers.yaml").write_text(
        "key: flowers\nname: {ru: Цветы, en: Flowers}\nstages:\n"
        "  - {key: look, name: {ru: Выбираю, en: I choose}, kinds: [choice], touchpoints: [product_page],"
        " barrier: {ru: Завянет, en: It will wilt}}\n"
        "  - {key: buy, name: {ru: Плачу, en: I pay}, goal: true, kinds: [payment], touchpoints: [payment]}\n",
        encoding="utf-8",
    )
    assert "flowers" in near.tropa("templates", "--templates", own).out
    answer = near.tropa("new", tmp_path / "f", "--industry", "Flowers", "--templates", own, "--lang", "en")
    assert answer.code == 0, answer.err
    some_events(tmp_path / "f", ("product_view", "payment_success"))
    near.build(tmp_path / "f")
    document = near.tropa("stages", tmp_path / "f", "--json").document()
    assert [one["key"] for one in document["stages"]] == ["look", "buy"]
    unknown = near.tropa("new", tmp_path / "g", "--industry", "spaceport")
    assert unknown.code == 2
    assert "clinic" in unknown.err
    assert not (tmp_path / "g").exists()


def test_answers_turn_guesses_into_evidence_and_the_plan_keeps_peoples_words(near: NearTerminal, folder: Path) -> None:
    plan = folder / "research.md"
    plan.write_text(plan.read_text(encoding="utf-8") + "\nМои заметки\n", encoding="utf-8")
    key = "barrier.guess.booking"
    for number in range(5):
        said = f"Не берут трубку, звонила {number} раза"
        document = near.tropa(
            "answer", folder, "--guess", key, "--said", said, "--by", f"Анна {number}", "--json"
        ).document()
    assert document["answered"] == [{"card": key, "state": "quoted", "voices": 5, "flags": []}]
    assert document["coverage"]["after"] == 1
    written = plan.read_text(encoding="utf-8")
    assert "Мои заметки" in written
    assert f"guess:{key} " not in written
    assert "## Уже узнали" in written
    assert "Анна" not in (folder / "map.cjm.json").read_text(encoding="utf-8")
    assert "1 из" in (folder / "map.html").read_text(encoding="utf-8").replace("\u00a0", " ")


def test_an_interview_in_a_file_is_heard_and_masked(near: NearTerminal, folder: Path, tmp_path: Path) -> None:
    talk = tmp_path / "anna.txt"
    talk.write_text(TALK, encoding="utf-8")
    document = near.tropa("answer", folder, talk, "--by", "Анна", "--json").document()
    told = {one["card"]: one for one in document["answered"]}
    assert told["barrier.guess.booking"]["voices"] == 1
    assert told["barrier.guess.visit"]["state"] == "anecdotal"
    written = (folder / "map.cjm.json").read_text(encoding="utf-8")
    assert "912 345" not in written
    assert "[телефон]" in written
    again = near.tropa("answer", folder, talk, "--by", "Анна", "--json").document()
    assert again["coverage"]["after"] == document["coverage"]["after"]
    assert all(one["voices"] == 1 for one in again["answered"])


def test_an_answer_that_cannot_be_put_in_says_why(near: NearTerminal, folder: Path, tmp_path: Path) -> None:
    before = files_of(folder)
    for given, told in (
        (("--guess", "nonsense", "--said", "x"), "nonsense"),
        (("--guess", "1"), "--said"),
        (("--guess", "1", "--said", "x", "--on", "31.03"), "31.03"),
    ):
        answer = near.tropa("answer", folder, *given)
        assert answer.code == 2
        assert told in answer.err
    assert files_of(folder) == before
    tmp_path.joinpath("empty").mkdir()
    assert near.tropa("answer", tmp_path / "empty").code == 2


def some_events(folder: Path, names: tuple[str, ...]) -> None:
    with (folder / "events.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("client_id", "event", "time"))
        for person in range(40):
            began = datetime(2026, 9, 1) + timedelta(hours=5 * person)
            for number, name in enumerate(names[: 1 + person % len(names)]):
                table.writerow((f"c{person}", name, (began + timedelta(hours=number)).isoformat()))


def test_data_that_come_are_built_on_the_path_that_was_begun(near: NearTerminal, folder: Path) -> None:
    assert near.tropa("build", folder).code == 2
    near.tropa("answer", folder, "--guess", "1", "--said", "Трубку не берут", "--by", "Анна")
    some_events(folder, ("product_page_view", "appointment_booked", "visit_completed", "feedback_given"))
    near.build(folder)
    journey = read_json(folder / "out" / "map.cjm.json")
    assert [one["key"] for one in journey["stages"]] == ["choice", "booking", "visit", "return"]
    assert journey["goal"]["text"]["ru"] == "Почему не приходят на повторный приём?"
    sources = {one["file"]: one.get("kind", "events") for one in journey["provenance"]["sources"]}
    assert sources == {"answers.csv": "feedback", "events.csv": "events"}
    assert journey["provenance"]["feedback"] == 1
    assert json.loads((folder / "map.cjm.json").read_text(encoding="utf-8"))["view"] == "to_be"
