"""Questions as people type them: documents, tables, pictures, filters, and what is refused."""

import csv
import shutil

import pytest

QUESTIONS = {
    "funnel": ("--steps", "visit,payment"),
    "flow": ("--noise", "0"),
    "paths": ("--length", "2"),
    "visits": (),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_answered_in_words_as_json_as_tables_and_as_a_picture(near, kiosk, tmp_path, name):
    table, picture = tmp_path / "answer.csv", tmp_path / "answer.svg"
    asked = near.tropa(name, kiosk, *QUESTIONS[name], "--json", "--csv", table, "--svg", picture, "--lang", "ru")
    document = asked.document()
    assert list(document)[:2] == ["question", "answer"]
    assert document["question"]["key"] == name
    assert document["answer"]["ru"]
    rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) > 1
    assert all(len(row) == len(rows[0]) for row in rows)
    assert document["question"]["ru"] in picture.read_text(encoding="utf-8")
    assert str(picture) in asked.err


def test_filters_and_cleaned_names_are_the_same_for_every_question(near, kiosk):
    common = ("--only", "device=mobile", "--join", "shop=catalog|product_view", "--hide", "checkout", "--json")
    funnel = near.tropa("funnel", kiosk, "--steps", "visit,shop,payment", *common).document()
    whole = near.tropa("funnel", kiosk, "--steps", "visit,catalog,payment", "--json").document()
    assert 0 < funnel["steps"][0]["persons"] < whole["steps"][0]["persons"]
    flow = near.tropa("flow", kiosk, "--noise", "0", *common).document()
    assert flow["persons"] >= funnel["steps"][0]["persons"]
    named = {one["from"] for one in flow["moves"]} | {one["to"] for one in flow["moves"]}
    assert "shop" in named
    assert not named & {"catalog", "product_view", "checkout"}


def test_what_cannot_be_asked_ends_with_code_two_and_says_what_is_there(near, kiosk):
    for words, said in (
        (("funnel", kiosk, "--steps", "visit,ordered"), "payment"),
        (("flow", kiosk, "--only", "colour=red"), "device"),
        (("paths", kiosk, "--only", "device"), "name=value"),
    ):
        answer = near.tropa(*words)
        assert answer.code == 2
        assert said in answer.err


def test_rules_of_the_project_hold_for_the_map_and_for_questions(near, kiosk, tmp_path):
    folder = tmp_path / "ruled"
    folder.mkdir()
    for file in kiosk.glob("*.csv"):
        shutil.copyfile(file, folder / file.name)
    near.tropa("init", folder, "--yes")
    settings = (folder / "tropa.yaml").read_text(encoding="utf-8")
    rules = "cleaning: {hide: [checkout], join: {shop: [catalog, product_view]}}\nstages_from:"
    (folder / "tropa.yaml").write_text(settings.replace("stages_from:", rules, 1), encoding="utf-8")

    stages = near.tropa("stages", folder, "--json").document()
    names = {name for stage in stages["stages"] for name in stage["events"]} | set(stages["unassigned"])
    assert "shop" in names
    assert not names & {"catalog", "product_view", "checkout"}
    ruled = near.tropa("funnel", folder, "--steps", "shop,payment", "--json").document()
    flags = ("--join", "shop=catalog|product_view", "--hide", "checkout")
    flagged = near.tropa("funnel", kiosk, "--steps", "shop,payment", *flags, "--json").document()
    assert ruled["steps"] == flagged["steps"]
