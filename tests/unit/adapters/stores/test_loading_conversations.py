"""Who is heard: customers' turns and answers, each mark once, nothing of interviewers."""

import pytest

from builders.hand_tables import ingested
from tropa.domain.evidence import MarkKind, Rating
from tropa.domain.project import FeedbackColumns, FeedbackSource, FixedValue, Project, RatingColumn
from tropa.domain.voice import Mark
from tropa.texts.document import Voice
from tropa.texts.voices import customers_heard, speaker

TALK = {"text": "text", "role": "role", "speaker": "speaker", "question": "question"}


def a_turn(role, text, speaker=None, question=""):
    return {"role": role, "text": text, "speaker": speaker or role, "question": question}


def read(folder, rows, file="talk.txt", roles=None, **columns):
    source = FeedbackSource(file=file, columns=FeedbackColumns(**columns), roles=roles or {})
    return ingested(folder, Project(project="shop", sources=(source,)), {file: rows})


def test_only_customers_turns_are_their_voices(tmp_path):
    rows = [
        a_turn("interviewer", "Долго ждали?"),
        a_turn("customer", "Да, долго", question="Долго ждали? Звоните +7 916 123-45-67"),
        a_turn("bot", "Оцените разговор"),
        a_turn("employee", "Клиенты жалуются на очередь"),
        a_turn("unknown", "Понятно"),
    ]
    store, report = read(tmp_path, rows, **TALK)
    voices = store.feedback()
    assert [(one.voice, one.text) for one in voices] == [
        (Voice.CUSTOMER, "Да, долго"),
        (Voice.EMPLOYEE, "Клиенты жалуются на очередь"),
        (Voice.UNKNOWN, "Понятно"),
    ]
    assert voices[0].question == "Долго ждали? Звоните [телефон]"
    assert [one.text for one in customers_heard(voices).values()] == ["Да, долго"]
    counts = report.sources[0]
    assert (counts.rows, counts.accepted, counts.rejected, counts.duplicates) == (5, 5, 0, 0)
    assert "1" in report.warnings[0].ru


def test_one_person_in_a_conversation_is_one_voice(tmp_path):
    rows = [
        a_turn("customer", "Ждали час", "Марина"),
        a_turn("customer", "Никто не звонил", "Марина"),
        a_turn("customer", "А мне всё нравится", "Олег"),
    ]
    store, _ = read(tmp_path, rows, **TALK)
    assert len({speaker(one) for one in store.feedback()}) == 2
    stored = b"".join(one.read_bytes() for one in (tmp_path / ".tropa").rglob("*") if one.is_file())
    assert "Марина".encode() not in stored


def test_people_say_who_speaks_where_it_was_guessed_wrong(tmp_path):
    rows = [a_turn("unknown", "Ждал час", "Олег"), a_turn("customer", "Оформим возврат", "Анна (2)")]
    store, report = read(tmp_path, rows, roles={"Олег": "customer", "анна": "employee"}, **TALK)
    assert [one.voice for one in store.feedback()] == [Voice.CUSTOMER, Voice.EMPLOYEE]
    assert report.warnings == ()


def test_notes_of_the_company_are_reported(tmp_path):
    rows = [{"text": "Касса закрыта, ждали десять минут"}]
    store, _ = read(tmp_path, rows, text="text", role=FixedValue(value="employee"))
    assert [one.voice for one in store.feedback()] == [Voice.EMPLOYEE]


def test_labels_of_a_helpdesk_tell_who_writes(tmp_path):
    rows = [
        {"author": "Agent", "text": "Здравствуйте"},
        {"author": "End-user", "text": "Где заказ?"},
        {"author": "клиент", "text": "Жду"},
    ]
    store, _ = read(tmp_path, rows, text="text", role="author")
    assert [one.voice for one in store.feedback()] == [Voice.EMPLOYEE, Voice.CUSTOMER, Voice.CUSTOMER]


NPS = "Насколько вероятно, что вы порекомендуете нас? (0-10)"
CES = "Насколько легко было оформить заказ? (1-7)"
SURVEY = {
    "text": ("Что понравилось?", "Что нам улучшить?", "Почему вы так оценили нас?"),
    "rating": RatingColumn(column=NPS, scale=(0, 10)),
    "marks": (RatingColumn(column=CES, scale=(1, 7), kind=MarkKind.CES),),
}


def a_sheet(*answers, nps="", ces=""):
    return {**dict(zip(SURVEY["text"], answers, strict=True)), NPS: nps, CES: ces}


def test_every_answer_is_a_text_of_its_own_and_every_mark_counts_once(tmp_path):
    rows = [
        a_sheet("Курьер", "Упаковку", "Всё быстро", nps="9", ces="6"),
        a_sheet("", "", "", nps="3"),
        a_sheet("", "", ""),
    ]
    store, report = read(tmp_path, rows, file="nps.csv", **SURVEY)
    voices = store.feedback()
    assert [(one.question, one.text) for one in voices] == [
        ("Что понравилось?", "Курьер"),
        ("Что нам улучшить?", "Упаковку"),
        ("Почему вы так оценили нас?", "Всё быстро"),
        (None, ""),
    ]
    assert [len(one.marks) for one in voices] == [2, 0, 0, 1]
    assert voices[0].marks == (
        Mark(kind=MarkKind.NPS, rating=Rating(value=9, scale=(0, 10)), question=NPS),
        Mark(kind=MarkKind.CES, rating=Rating(value=6, scale=(1, 7)), question=CES),
    )
    assert len({speaker(one) for one in voices}) == 2
    assert (report.sources[0].accepted, report.sources[0].rejected) == (2, 1)


def test_a_mark_says_nothing_of_an_answer_to_what_is_good_or_bad(tmp_path):
    store, _ = read(tmp_path, [a_sheet("Курьер", "Упаковку", "Всё быстро", nps="9")], file="nps.csv", **SURVEY)
    assert [one.rating and one.rating.value for one in store.feedback()] == [None, None, 9]


def test_questions_with_short_names_are_told_apart_by_hand(tmp_path):
    rows = [{"Сервис": "Вежливо", "Цены": "Дорого"}]
    store, _ = read(tmp_path, rows, questions=("Сервис", "Цены"))
    assert [(one.question, one.text) for one in store.feedback()] == [("Сервис", "Вежливо"), ("Цены", "Дорого")]


@pytest.mark.parametrize(
    ("pros", "cons", "text", "said"),
    [
        ("Цена", "Долго везли", "Вернусь", "Достоинства: Цена\nНедостатки: Долго везли\nВернусь"),
        ("Цена", "нет", "", "Достоинства: Цена"),
        ("", "Не обнаружила", "Вернусь", "Вернусь"),
        ("Всё", "Ничего не нашёл", "", "Достоинства: Всё"),
    ],
)
def test_pros_and_cons_stay_told_apart_in_one_review(tmp_path, pros, cons, text, said):
    rows = [{"Достоинства": pros, "Недостатки": cons, "Комментарий": text}]
    store, _ = read(tmp_path, rows, text=("Достоинства", "Недостатки", "Комментарий"))
    assert [one.text for one in store.feedback()] == [said]


def test_a_survey_that_comes_twice_counts_once(tmp_path):
    rows = [a_sheet("Курьер", "Упаковку", "Всё быстро", nps="9")]
    source = FeedbackSource(file="nps*.csv", columns=FeedbackColumns(**SURVEY))
    tables = {"nps_1.csv": rows, "nps_2.csv": [*rows, a_sheet("Цена", "", "", nps="10")]}
    store, report = ingested(tmp_path, Project(project="shop", sources=(source,)), tables)
    assert report.duplicates == 1
    assert sum(len(one.marks) for one in store.feedback()) == 2
