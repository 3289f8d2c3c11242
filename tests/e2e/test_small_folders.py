"""Few data are a beginning: 40 orders and 15 reviews, or reviews alone, give an honest map."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from builders.command_line import NearTerminal

BEGAN = datetime(2026, 8, 1, 10, 0)
REVIEWS = (
    "Рассада пришла свежая, спасибо",
    "Доставка опоздала на три дня",
    "Курьер не позвонил, посылка лежала в пункте выдачи",
    "Оплата не прошла с первого раза",
    "Не понял, как выбрать сорт на сайте",
    "Менеджер помог с выбором, спасибо",
    "Семена не взошли, жаль",
    "Закажу ещё весной",
    "Упаковка порвана",
    "Долго ждал ответа в чате",
    "Цены приятные",
    "Корзина сбросилась, пришлось собирать заново",
    "Всё хорошо",
    "Доставка быстрая, курьер вежливый",
    "Вернули деньги за брак без вопросов",
)


def reviews_in(folder: Path) -> None:
    with (folder / "отзывы.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["Дата", "Оценка", "Отзыв"])
        for number, words in enumerate(REVIEWS):
            lines.writerow([(BEGAN + timedelta(days=4 * number)).strftime("%d.%m.%Y"), 1 + number % 5, words])


def orders_in(folder: Path) -> None:
    with (folder / "заказы.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["Номер заказа", "Клиент", "Дата заказа", "Статус", "Сумма"])
        for number in range(40):
            at = (BEGAN + timedelta(hours=36 * number)).strftime("%d.%m.%Y %H:%M")
            status = "Отменён" if number % 9 == 0 else "Доставлен"
            lines.writerow([1000 + number, f"client {number * 7 % 27}", at, status, 500 + 37 * number])


def built(near: NearTerminal, folder: Path) -> dict:
    near.build(folder)
    return json.loads((folder / "out" / "map.cjm.json").read_text(encoding="utf-8"))


def words_of(value: object) -> Iterator[str]:
    """Every Russian and English text of a map but quotes."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from [one] if name in {"ru", "en"} and isinstance(one, str) else words_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from words_of(one)


@pytest.fixture(scope="module")
def few(near: NearTerminal, tmp_path_factory: pytest.TempPathFactory) -> dict:
    folder = tmp_path_factory.mktemp("orders")
    orders_in(folder)
    reviews_in(folder)
    return built(near, folder)


@pytest.fixture(scope="module")
def told(near: NearTerminal, tmp_path_factory: pytest.TempPathFactory) -> dict:
    folder = tmp_path_factory.mktemp("words")
    reviews_in(folder)
    return built(near, folder)


def test_forty_orders_give_a_few_stages_and_a_title_in_the_first_person(few: dict) -> None:
    assert 4 <= len(few["stages"]) <= 8
    assert few["title"]["ru"] == "Узнаю о магазине, выбираю, оформляю и плачу"
    assert [one["key"] for one in few["stages"] if one.get("goal")] == ["checkout"]


def test_forty_orders_are_told_in_counts_without_shares_and_trends(few: dict) -> None:
    assert [words for words in words_of(few) if "%" in words] == []
    assert '"trend"' not in json.dumps(few)


def test_the_question_of_repeat_purchases_is_answered_by_who_came_back_so_far(few: dict) -> None:
    answer = few["goal"]["answer"]["text"]["ru"].replace("\u00a0", " ")
    assert few["goal"]["text"]["ru"] == "Как получить больше повторных покупок?"
    assert "у кого было время вернуться" in answer


def test_a_stage_of_which_nothing_is_recorded_is_not_said_to_have_had_nobody(few: dict, told: dict) -> None:
    verdicts = {one["key"]: one["verdict"]["text"]["ru"] for one in few["stages"]}
    assert verdicts["delivery"] == "Мало данных: о пути здесь ничего не записано"
    assert all("0" not in one["verdict"]["text"]["ru"] for one in told["stages"])


def test_an_order_stands_at_the_order_and_not_at_its_payment(few: dict) -> None:
    buying = next(one for one in few["stages"] if one.get("goal"))
    assert [one["key"] for one in buying["steps"]] == ["order"]


def test_reviews_alone_are_what_customers_say(told: dict) -> None:
    assert told["title"]["ru"] == "Что говорят клиенты"
    assert told["minute"]["want"]["text"]["ru"].replace("\u00a0", " ") == (
        "Прямо не сказано; чаще всего пишут о шаге «Доставка» – 3 из 15 отзывов"
    )


def test_too_few_to_part_are_one_portrait_with_what_to_ask_next(few: dict, told: dict) -> None:
    for journey in (few, told):
        (everybody,) = journey["personas"]
        assert everybody["name"]["ru"] == "Наш клиент"
        assert len(everybody["questions"]) == 3
    assert few["personas"][0]["persons"] == few["personas"][0]["of"] == few["persons"]


def test_a_pain_that_is_a_finding_is_told_once(built_kiosk: Path) -> None:
    journey = json.loads((built_kiosk / "out" / "map.cjm.json").read_text(encoding="utf-8"))
    barriers = [(one["stage"], one["text"]["ru"]) for one in journey["cards"] if one["lane"] == "barrier"]
    assert ("payment", "Жалуются: «Ошибка оплаты»") in barriers
    assert len(set(barriers)) == len(barriers)


def test_no_text_has_two_spaces_or_an_unfilled_place(few: dict, told: dict) -> None:
    for words in (*words_of(few), *words_of(told)):
        assert "  " not in words
        assert "{" not in words
        assert words == words.strip()


def test_too_few_people_are_asked_and_not_counted_as_lost(near: NearTerminal, tmp_path: Path) -> None:
    rows = [(number, BEGAN + timedelta(hours=30 * number), 3 + number % 4) for number in range(20)]
    with (tmp_path / "заказы.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, delimiter=";")
        lines.writerow(["Номер", "Клиент", "Создан", "Доставлен", "Статус"])
        for number, at, days in rows:
            done = "" if number % 9 == 0 else (at + timedelta(days=days)).strftime("%d.%m.%Y")
            status = "Отменён" if number % 9 == 0 else "Доставлен"
            lines.writerow([number, f"client {number}", at.strftime("%d.%m.%Y %H:%M"), done, status])
    reviews_in(tmp_path)
    journey = built(near, tmp_path)
    by_key = {stage["key"]: stage for stage in journey["stages"]}
    assert "refusal" in by_key
    assert all("conversion" not in step for step in by_key["delivery"]["steps"]), "refusing is no step forward"
    assert [card["key"] for card in journey["cards"] if card["lane"] == "importance"] == []
    ask = journey["minute"]["loss"]["text"]["ru"].replace("\u00a0", " ")
    assert ask == "О потерях говорить рано: людей меньше 30. Расспросите пятерых про этап «Жду заказ»"
