"""What `init` makes of reviews, surveys, conversations and notes."""

from collections.abc import Sequence

import pytest

from tropa.domain.evidence import MarkKind
from tropa.domain.project import FeedbackSource, FixedValue, RatingColumn, TimeColumn
from tropa.intake.table import FoundFormat, FoundTable, Written
from tropa.intake.understanding import Understanding, understand


def a_table(file: str, header: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "csv") -> FoundTable:
    return FoundTable(
        file=file,
        columns=tuple(header),
        sample=tuple(map(tuple, rows)),
        rows=len(rows),
        format=FoundFormat(kind=kind, encoding="utf-8"),
    )


def looked_at(*tables: FoundTable) -> Understanding:
    return understand(tables, project_key="shop")


def source_of(table: FoundTable) -> FeedbackSource:
    source = looked_at(table).tables[0].source
    assert isinstance(source, FeedbackSource)
    return source


SAID = [
    "Курьер не позвонил, ждала до вечера",
    "Упаковка порвана, цветы помяты",
    "Всё понравилось, спасибо большое",
    "Долго искала нужный сорт на сайте",
]


def test_a_wide_survey_keeps_every_question_and_every_mark_with_its_kind() -> None:
    header = [
        "Отметка времени",
        "Насколько вероятно, что вы порекомендуете нас друзьям?",
        "Насколько вы довольны доставкой? (1-5)",
        "Насколько легко было оформить заказ? (1-7)",
        "Что вам понравилось?",
        "Что нам улучшить?",
        "Сколько вам лет?",
    ]
    rows = [
        [f"{day}.01.2026 10:00:00", str(3 + 2 * n), str(2 + n % 4), str(3 + n), SAID[n], SAID[3 - n], str(20 + n)]
        for n, day in enumerate(range(10, 14))
    ]
    columns = source_of(a_table("анкета.csv", header, rows)).columns
    assert columns.text == ("Что вам понравилось?", "Что нам улучшить?")
    assert columns.rating == RatingColumn(column=header[1], scale=(0.0, 10.0))
    assert columns.rating.measures is MarkKind.NPS
    assert columns.marks == (
        RatingColumn(column=header[2], scale=(1.0, 5.0), kind=MarkKind.CSAT),
        RatingColumn(column=header[3], scale=(1.0, 7.0), kind=MarkKind.CES),
    )


@pytest.mark.parametrize("named", [("Достоинства", "Недостатки", "Комментарий"), ("pros", "cons", "comment")])
def test_a_marketplaces_pros_and_cons_are_one_review(named: tuple[str, str, str]) -> None:
    rows = [[f"1{n}.01.2026", str(1 + n), SAID[n], SAID[3 - n], SAID[n - 1]] for n in range(4)]
    columns = source_of(a_table("wb_отзывы.csv", ["Дата", "Оценка", *named], rows)).columns
    assert columns.text == named
    assert columns.rating == RatingColumn(column="Оценка", scale=(1.0, 5.0))
    assert columns.rating.measures is MarkKind.STARS
    assert columns.marks == ()


def test_the_subject_of_a_ticket_is_a_part_of_what_was_written() -> None:
    rows = [
        [f"T-{n}", f"1{n}.01.2026", "Где мой заказ " + str(n), SAID[n], "Решаем ваш вопрос, ожидайте"] for n in range(4)
    ]
    header = ["Номер обращения", "Дата создания", "Тема", "Текст обращения", "Ответ"]
    columns = source_of(a_table("отзывы_и_жалобы.csv", header, rows)).columns
    assert columns.text == ("Тема", "Текст обращения")


def test_who_writes_in_a_chat_is_told_by_its_column() -> None:
    rows = [[f"2026-01-10 10:0{n}:00", "customer" if n % 2 else "agent", SAID[n]] for n in range(4)]
    columns = source_of(a_table("chat_feedback.csv", ["created_at", "author_type", "message"], rows)).columns
    assert columns.role == "author_type"


def test_reviewers_names_are_no_sides_of_a_conversation() -> None:
    rows = [[f"1{n}.01.2026", f"Клиент {n}", SAID[n]] for n in range(4)]
    columns = source_of(a_table("отзывы.csv", ["Дата", "Имя автора", "Отзыв"], rows)).columns
    assert columns.role is None


@pytest.mark.parametrize("file", ["тайный покупатель.csv", "mystery_shopping_may.csv", "наблюдения/зал.csv"])
def test_what_the_company_observed_is_its_own_word(file: str) -> None:
    rows = [[f"1{n}.01.2026", SAID[n]] for n in range(4)]
    source = looked_at(a_table(file, ["Дата", "Комментарий"], rows)).tables[0].source
    assert isinstance(source, FeedbackSource)
    assert source.columns.role == FixedValue(value="employee")


def test_a_conversation_is_taken_as_it_was_read() -> None:
    header = ("document", "turn", "time", "speaker", "role", "question", "text")
    rows = [
        ["звонок", "1", "2024-03-12 14:05:00", "Анна", "interviewer", "", "Долго ждали?"],
        ["звонок", "2", "2024-03-12 14:06:00", "Олег", "customer", "Долго ждали?", "Да, долго"],
    ]
    result = looked_at(a_table("звонок.txt", header, rows, kind=Written.DIALOGUE))
    source = result.tables[0].source
    assert isinstance(source, FeedbackSource)
    columns = source.columns
    assert (columns.text, columns.role, columns.speaker, columns.question) == ("text", "role", "speaker", "question")
    assert columns.time == TimeColumn(column="time")
    assert "реплика" in result.tables[0].said.ru


def test_running_text_is_left_out_with_the_reason() -> None:
    result = looked_at(a_table("письмо.docx", ("document", "text"), [["письмо", SAID[0]]], kind=Written.PROSE))
    assert result.tables[0].source is None
    assert "сплошной текст" in result.tables[0].skipped.ru


def test_marks_without_words_stand_beside_others_and_make_no_map_alone() -> None:
    header = ["Дата", "Насколько вероятно, что вы порекомендуете нас?"]
    marks = a_table("nps.csv", header, [[f"1{n}.01.2026", str(3 + 2 * n)] for n in range(4)])
    reviews = a_table("отзывы.csv", ["Дата", "Отзыв"], [[f"1{n}.01.2026", SAID[n]] for n in range(4)])
    alone, beside = looked_at(marks), looked_at(marks, reviews)
    assert "одни оценки" in alone.tables[0].skipped.ru
    source = beside.tables[0].source
    assert isinstance(source, FeedbackSource)
    assert source.columns.rating is not None
    assert source.columns.rating.measures is MarkKind.NPS


@pytest.mark.parametrize(
    "marks",
    [
        ["отлично", "Хорошо", "очень плохо", "нормально"],
        ["Very satisfied", "satisfied", "Very dissatisfied", "Neutral"],
        ["скорее доволен", "очень доволен", "недоволен", "ни доволен, ни недоволен"],
    ],
)
def test_marks_in_words_are_a_scale_of_five(marks: list[str]) -> None:
    rows = [[SAID[n % len(SAID)], marks[n % 4]] for n in range(8)]
    source = looked_at(a_table("отзывы.csv", ["Отзыв", "Оценка"], rows)).tables[0].source
    assert isinstance(source, FeedbackSource)
    assert source.columns.rating is not None
    assert (source.columns.rating.column, source.columns.rating.scale) == ("Оценка", (1.0, 5.0))
