"""Whose turn it is: by labels, by letters in pairs, by manners."""

import pytest

from tropa.texts.dialogue import Role, Said, question_in, role_of_label, roles_in, turns_of

CUSTOMER, EMPLOYEE, INTERVIEWER, BOT, UNKNOWN = Role


def talk(*said: tuple[str, str]) -> list[Said]:
    return [Said(line=number, speaker=speaker, text=text) for number, (speaker, text) in enumerate(said, 1)]


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Клиент", CUSTOMER),
        ("Респондент 3", CUSTOMER),
        ("Покупательница", CUSTOMER),
        ("Customer", CUSTOMER),
        ("customer", CUSTOMER),
        ("Participant 12", CUSTOMER),
        ("Оператор Анна", EMPLOYEE),
        ("Анна (поддержка)", EMPLOYEE),
        ("Менеджер по работе с клиентами", EMPLOYEE),
        ("Служба поддержки клиентов", EMPLOYEE),
        ("Customer Support", EMPLOYEE),
        ("Agent 7", EMPLOYEE),
        ("ООО Ромашка", EMPLOYEE),
        ("Магазин «Сад»", EMPLOYEE),
        ("Интервьюер", INTERVIEWER),
        ("Moderator", INTERVIEWER),
        ("Бот", BOT),
        ("ChatBot", BOT),
        ("Виртуальный помощник", BOT),
        ("Марина", UNKNOWN),
        ("John Smith", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_a_label_says_whose_side_it_is(label, role):
    assert role_of_label(label) is role


@pytest.mark.parametrize(
    ("asks", "answers", "roles"),
    [
        ("В", "О", (INTERVIEWER, CUSTOMER)),
        ("И", "Р", (INTERVIEWER, CUSTOMER)),
        ("О", "К", (EMPLOYEE, CUSTOMER)),
        ("Q", "A", (INTERVIEWER, CUSTOMER)),
    ],
)
def test_letters_mean_something_in_pairs(asks, answers, roles):
    found = roles_in(talk((asks, "Как добрались?"), (answers, "Пешком")))
    assert (found[asks], found[answers]) == roles


def test_who_speaks_with_an_operator_is_the_customer():
    found = roles_in(talk(("Оператор", "Слушаю вас"), ("Ирина П.", "Где мой заказ?")))
    assert found == {"Оператор": EMPLOYEE, "Ирина П.": CUSTOMER}


def test_everybody_but_the_moderator_answers_in_a_focus_group():
    found = roles_in(talk(("Модератор", "Что важно?"), ("Анна", "Цена"), ("Пётр", "Скорость"), ("Ольга", "Запах")))
    assert [found[name] for name in ("Анна", "Пётр", "Ольга")] == [CUSTOMER] * 3


def test_the_companys_script_tells_an_employee_in_a_chat_of_two_names():
    found = roles_in(
        talk(
            ("Ольга", "Здравствуйте, где мой заказ?"),
            ("Тимур", "Добрый день! Подскажите, пожалуйста, номер заказа"),
            ("Ольга", "12345"),
            ("Тимур", "Приносим извинения, передадим курьеру"),
        )
    )
    assert found == {"Ольга": CUSTOMER, "Тимур": EMPLOYEE}


def test_who_asks_most_of_the_time_interviews():
    found = roles_in(
        talk(
            ("Speaker 1", "How did you choose the clinic?"),
            ("Speaker 2", "I read reviews for a week and called three of them, nobody picked up."),
            ("Speaker 1", "And then?"),
            ("Speaker 2", "A friend told me about this one, and I walked in."),
        )
    )
    assert found == {"Speaker 1": INTERVIEWER, "Speaker 2": CUSTOMER}


def test_where_nothing_tells_nobody_is_a_customer():
    found = roles_in(talk(("Аня", "Завтра дождь."), ("Боря", "Возьму зонт."), ("Аня", "Ага."), ("Боря", "Пока.")))
    assert set(found.values()) == {UNKNOWN}


def test_a_short_answer_keeps_its_question():
    turns = turns_of(
        talk(
            ("Интервьюер", "Спасибо. Вы ждали? Долго ждали курьера?"),
            ("Клиент", "Да, долго"),
            ("Клиент", "Час"),
            ("Интервьюер", "Понятно."),
            ("Клиент", "И никто не позвонил"),
        )
    )
    assert [turn.question for turn in turns] == ["", "Долго ждали курьера?", "Долго ждали курьера?", "", "Понятно."]


def test_the_last_question_of_a_turn_is_its_question():
    assert question_in("Здравствуйте. Как дела? Что купили? Расскажите.") == "Что купили?"
    assert question_in("Расскажите о себе.") == ""
    assert len(question_in("а " * 10_000 + "?")) <= 301
