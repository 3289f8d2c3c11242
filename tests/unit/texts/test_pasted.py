"""Twenty reviews pasted into a file, whatever parts them."""

import pytest

from tropa.texts.pasted import paragraphs, reviews_in

SAID = ["Хороший магазин, вернусь", "Долго везли", "Всё разбито и мокро"]


def read(text: str) -> list[str]:
    return [one.text for one in reviews_in(text.splitlines())]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(SAID),
        "\n\n".join(SAID),
        "\n---\n".join(SAID),
        "\n* * *\n".join(SAID),
        "\n".join(f"- {one}" for one in SAID),
        "\n".join(f"• {one}" for one in SAID),
        "\n\n".join(f"— {one}" for one in SAID),
        "\n".join(f"{n}. {one}" for n, one in enumerate(SAID, 1)),
        "\n".join(f"{n}) {one}" for n, one in enumerate(SAID, 1)),
        "\n\n".join(f"Отзыв {n}\n{one}" for n, one in enumerate(SAID, 1)),
        "\n".join(f"№{n} {one}" for n, one in enumerate(SAID, 7)),
        "\n".join(f"★★★★☆\n{one}" for one in SAID),
        "\n".join(f"★★★★☆ {one}" for one in SAID),
        "\n".join(f"{one} ★★★★☆" for one in SAID),
        "\n".join(f"Марина К.\n12 марта 2024\n{one}" for one in SAID),
        "\n\n".join(f"Марина\n{one}" for one in SAID),
        "\n\n".join(f"{one}\nМарина, 12.03.2024" for one in SAID),
        "Jane Doe\nLocal Guide · 34 reviews\n★★★★★ 2 months ago\n" + "\nBob\n★★☆☆☆ a week ago\n".join(SAID),
        "Отзывы о магазине\n\n" + "\n".join(SAID),
        "\ufeff" + "\r\n".join(SAID),
    ],
)
def test_three_reviews_are_three_however_they_are_parted(text):
    assert read(text) == SAID


def test_twenty_lines_are_twenty_reviews_with_their_lines():
    found = reviews_in([f"Отзыв номер {n} о доставке." for n in range(1, 21)])
    assert [one.line for one in found] == list(range(1, 21))


@pytest.mark.parametrize(
    ("head", "rating", "best", "time"),
    [
        ("★★★★☆", "4", 5, ""),
        ("⭐⭐", "2", 5, ""),
        ("4/5", "4", 5, ""),
        ("Оценка: 7 из 10", "7", 10, ""),
        ("Rating: 3", "3", 5, ""),
        ("5 звёзд, 12.03.2024", "5", 5, "2024-03-12"),
        ("Анна ★★★ 12 марта 2024", "3", 5, "2024-03-12"),
        ("March 3, 2024 ★", "1", 5, "2024-03-03"),
        ("2024-03-12 14:05 ★", "1", 5, "2024-03-12 14:05:00"),
    ],
)
def test_marks_and_dates_beside_a_review_are_read(head, rating, best, time):
    found = reviews_in([head, "Везли долго", head, "Но довезли"])
    assert [(one.rating, one.best, one.time, one.text) for one in found] == [
        (rating, best, time, "Везли долго"),
        (rating, best, time, "Но довезли"),
    ]


def test_a_review_of_several_paragraphs_stays_whole_between_stars():
    text = "★★★★★\nХорошо.\n\nОчень хорошо.\n★\nПлохо."
    assert read(text) == ["Хорошо.\nОчень хорошо.", "Плохо."]


def test_pros_and_cons_belong_to_one_review():
    text = "Достоинства: цена\nНедостатки: долго\nДостоинства: вкус\nНедостатки: нет"
    assert read(text) == ["Достоинства: цена\nНедостатки: долго", "Достоинства: вкус\nНедостатки: нет"]


def test_a_letter_broken_to_fit_a_page_is_one_text():
    text = "Заказывали в феврале, курьер\nприехал вовремя, но коробка\nбыла мятая, и пришлось\nзвонить в поддержку."
    assert read(text) == [text]


def test_numbers_that_do_not_count_on_are_words():
    said = ["Заказ 12345 не приехал", "2 часа ждали", "3 раза звонил"]
    assert read("\n".join(said)) == said


def test_one_word_beside_stars_is_the_review():
    assert read("★★★★★ Супер\n★☆☆☆☆ Ждали час") == ["Супер", "Ждали час"]


@pytest.mark.parametrize("text", ["", "   ", "\n\n\n", "---\n---"])
def test_nothing_holds_no_review(text):
    assert [one for one in read(text) if one.strip("- ")] == []


@pytest.mark.parametrize(
    "line", ["★" * 200_000, "1/" * 200_000, "- " * 200_000, "а б" * 300_000, "12.03.2024 " * 50_000]
)
def test_a_monstrous_line_is_read_in_no_time(line):
    assert "Хорошо" in read(f"Хорошо\n{line}\nПлохо")


def test_notes_are_cut_into_paragraphs():
    found = paragraphs(["Тайный покупатель", "", "- Касса закрыта.", "- Ждал час.", "", "Итог: плохо."])
    assert [one.text for one in found] == ["Тайный покупатель", "Касса закрыта.", "Ждал час.", "Итог: плохо."]
