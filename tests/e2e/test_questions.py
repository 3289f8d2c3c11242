"""Questions as people type them: documents, tables, pictures, filters, and what is refused."""

import csv

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
