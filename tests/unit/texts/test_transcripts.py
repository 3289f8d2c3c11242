"""Conversations as people and programs write them down."""

import pytest

from tropa.texts.transcripts import conversations


def heard(text: str) -> list[list[tuple[str, str]]]:
    return [[(said.speaker, said.text) for said in talk] for talk in conversations(text.splitlines())]


TWO = [[("Анна", "Где заказ?"), ("Оператор", "Уже едет"), ("Анна", "Хорошо")]]


@pytest.mark.parametrize(
    "text",
    [
        "Анна: Где заказ?\nОператор: Уже едет\nАнна: Хорошо",
        "Анна:\nГде заказ?\n\nОператор:\nУже едет\n\nАнна:\nХорошо",
        "- Анна: Где заказ?\n- Оператор: Уже едет\n- Анна: Хорошо",
        "**Анна:** Где заказ?\n**Оператор:** Уже едет\n**Анна:** Хорошо",
        "Анна (00:01): Где заказ?\nОператор (00:05): Уже едет\nАнна (00:09): Хорошо",
        "[00:01] Анна: Где заказ?\n[00:05] Оператор: Уже едет\n[00:09] Анна: Хорошо",
        "12.03.2024, 14:05 - Анна: Где заказ?\n12.03.2024, 14:06 - Оператор: Уже едет\n12.03.2024, 14:07 - Анна: Хорошо",
        "[12.03.2024, 14:05:01] Анна: Где заказ?\n[12.03.2024, 14:06:01] Оператор: Уже едет\n[12.03.2024, 14:07:00] Анна: Хорошо",
        "Анна, [12.03.2024 14:05]\nГде заказ?\n\nОператор, [12.03.2024 14:06]\nУже едет\n\nАнна, [12.03.2024 14:07]\nХорошо",
        "14:05:01 From Анна to Everyone: Где заказ?\n14:05:09 From Оператор to Everyone: Уже едет\n14:06:00 From Анна to Everyone: Хорошо",
        "Анна   0:03\nГде заказ?\nОператор   0:10\nУже едет\nАнна   0:41\nХорошо",
        "1\n00:00:01,000 --> 00:00:02,000\nАнна: Где заказ?\n\n2\n00:00:03,000 --> 00:00:04,000\nОператор: Уже едет\n\n3\n00:00:05,000 --> 00:00:06,000\nАнна: Хорошо",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Анна>Где <b>заказ?</b></v>\n\n00:03.000 --> 00:04.000\n<v Оператор>Уже едет</v>\n\n00:05.000 --> 00:06.000\n<v Анна>Хорошо</v>",
    ],
    ids=[
        "labels",
        "alone",
        "dashes",
        "bold",
        "after",
        "before",
        "whatsapp",
        "whatsapp-ios",
        "telegram",
        "zoom",
        "teams",
        "srt",
        "vtt",
    ],
)
def test_a_conversation_is_read_however_it_is_written(text):
    assert heard(text) == TWO


def test_times_with_a_date_are_iso_whatever_comes_first():
    lines = [
        "[3/25/24, 2:05:33 PM] Jane: where is my order?",
        "[3/25/24, 2:09:00 PM] Tom: on its way",
        "[3/4/24, 9:01 AM] Jane: ok",
    ]
    (talk,) = conversations(lines)
    assert [said.time for said in talk] == ["2024-03-25 14:05:33", "2024-03-25 14:09:00", "2024-03-04 09:01:00"]


def test_lines_that_go_on_belong_to_who_began():
    text = "Клиент: Привезли.\nГлавное: всё разбито\n\nи коробка мокрая\nОператор: Сочувствую"
    assert heard(text) == [
        [("Клиент", "Привезли.\nГлавное: всё разбито\n\nи коробка мокрая"), ("Оператор", "Сочувствую")]
    ]


def test_a_cue_without_a_name_goes_on_with_the_speaker_before():
    text = "1\n00:00:01,000 --> 00:00:02,000\nКлиент: Я жду\n\n2\n00:00:03,000 --> 00:00:04,000\nтретий час\n"
    assert heard(text) == [[("Клиент", "Я жду третий час")]]


def test_another_interview_in_the_same_file_is_another_conversation():
    text = "Интервью 1\nИнтервьюер: Как вы?\nРеспондент: Так себе\n\nИнтервью 2. Олег\nИнтервьюер: А вы?\nРеспондент: Отлично"
    assert [len(talk) for talk in heard(text)] == [2, 2]


def test_dashes_part_who_asks_from_who_answers():
    text = "Интервью с Мариной\n— Что для вас важно?\n— Чтобы довезли целым.\n— А ещё?\n— Чтобы предупредили."
    assert heard(text) == [
        [
            ("interviewer", "Что для вас важно?"),
            ("respondent", "Чтобы довезли целым."),
            ("interviewer", "А ещё?"),
            ("respondent", "Чтобы предупредили."),
        ]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Достоинства: цена\nНедостатки: долго\n\nДостоинства: вкус\nНедостатки: нет",
        "Уважаемые коллеги! Итоги таковы.\nГлавное: выручка.\nВажно: темпы.",
        "- Хороший магазин\n- Долго везли\n- Так себе",
        "Дата: 1 мая\nАвтор: Иван\nДата: 2 мая\nАвтор: Пётр",
        "",
        ":\n:\n:",
    ],
)
def test_what_nobody_says_is_no_conversation(text):
    assert heard(text) == []


@pytest.mark.parametrize(
    "line", ["а" * 1_000_000, ": " * 200_000, "[" * 100_000, "1:" * 200_000, "\u202e" * 10_000, "<v " * 100_000]
)
def test_a_monstrous_line_takes_no_time_and_loses_no_neighbour(line):
    found = conversations(["Клиент: Привезли", "Оператор: Рад", line, "Клиент: И всё цело"])
    assert [said.speaker for said in found[0]] == ["Клиент", "Оператор", "Клиент"]
