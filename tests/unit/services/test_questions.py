"""What every question's answer keeps to, whatever is asked."""

import json
from datetime import timedelta

import pytest

from builders.people import MONDAY, a_person, population
from tropa.domain.evidence import Unit
from tropa.domain.project import Project
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError
from tropa.events.log import log_from_rows
from tropa.services.answering.answer import Column, Table, plain_rows, row_shown, shown
from tropa.services.answering.questions import Questions
from tropa.services.answering.scope import Scope

DAY = 86_400_000


def asked(log) -> Questions:
    return Questions(Scope(project=Project(project="shop"), log=log, stages=tuple))


def plain(words: str | None) -> str:
    return (words or "").replace("\u00a0", " ")


def shop(buyers: int, lookers: int) -> Questions:
    people = [a_person(f"b{n}").did("product_view", "add_to_cart", "payment") for n in range(buyers)]
    people += [a_person(f"l{n}").did("product_view") for n in range(lookers)]
    return asked(population(*people, as_of=MONDAY + timedelta(days=30)))


def test_an_answer_is_a_sentence_with_figure_denominator_interval_and_semantics_in_both_languages():
    answer = shop(40, 60).funnel(["product_view", "payment"], window="7d")
    assert plain(answer.sentence.ru) == (
        "До шага «Платит» дошли 40 (40 %; 30,9–49,8) из 100 клиентов с шага «Смотрит товар» за 7 дней "
        "(лучший из всех заходов клиента). Больше всего теряем после шага «Смотрит товар»: "
        "60 (60 %; 50,2–69,1) из 100 клиентов не пошли дальше."
    )
    assert "40 (40%; 30.9–49.8) of 100 customers" in plain(answer.sentence.en)


def test_below_thirty_people_no_share_is_said():
    answer = shop(7, 13).funnel(["product_view", "payment"])
    assert "7 of 20 customers" in plain(answer.sentence.en)
    assert "%" not in plain(answer.sentence.en)


def test_the_document_is_plain_json_and_keeps_the_contracts_fields():
    document = json.loads(json.dumps(shop(40, 60).funnel(["product_view", "payment"], window="2h").as_document()))
    assert (document["question"]["key"], document["semantics"], document["window_seconds"]) == (
        "funnel",
        "any_start",
        7200,
    )
    assert [(one["name"], one["persons"], one["conversion"]) for one in document["steps"]] == [
        ("product_view", 100, 1.0),
        ("payment", 40, 0.4),
    ]


def test_only_some_people_are_counted_and_nobody_is_an_error():
    rows = [(who, event, day * DAY) for who in "abc" for day, event in enumerate(("view", "buy"))]
    log = log_from_rows(rows, unit_properties={"device": {"a": "mobile", "b": "desktop", "c": "mobile"}})
    assert asked(log).only(device="mob*").funnel(["view", "buy"]).document["steps"][0]["persons"] == 2
    with pytest.raises(InvalidQueryError, match="Nobody has device = tv"):
        asked(log).only(device="tv")
    with pytest.raises(InvalidQueryError, match="no property “browser”"):
        asked(log).only(browser="x")


def test_a_picture_is_drawn_in_both_languages_and_any_width():
    answer = shop(40, 60).funnel(["product_view", "payment"])
    for language in Language:
        for width in (100, 390, 1200, 5000):
            picture = answer.picture(language, width=width)
            assert picture is not None
            assert picture.startswith("<svg")
            assert f'width="{max(390, min(1200, width))}"' in picture
            assert answer.question.said_in(language) in picture


def test_people_read_a_figure_with_its_interval_in_one_cell():
    table = shop(40, 60).funnel(["product_view", "payment"]).tables[0]
    row = row_shown(table, table.rows[1], Language.RU)
    assert plain(row[2]) == "40 % (30,9–49,8)"
    assert len(row) == len([one for one in table.columns if not one.bound])


def test_cells_are_words_for_people_and_figures_for_machines():
    share, name = Column(Text(ru="Доля", en="Share"), Unit.SHARE), Column(Text(ru="Шаг", en="Step"))
    table = Table("steps", name.name, (name, share), ((Text(ru="Оплата", en="Payment"), 0.125), ("x", None)))
    assert shown(0.125, share, Language.RU) == "12,5\u00a0%"
    assert shown(None, share, Language.EN) == "–"
    assert plain_rows(table, Language.EN) == [["Step", "Share"], ["Payment", 0.125], ["x", ""]]
