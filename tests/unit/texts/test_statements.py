import pytest

from builders.readers import a_reader, own
from tropa.domain.opinion import Sentiment, Statement, StatementKind
from tropa.texts.replies import customers_words
from tropa.texts.statements import statements_of


def said(text: str, **reader) -> tuple[Statement, ...]:
    return statements_of([text], a_reader(**reader))[0]


def keys(statement: Statement) -> list[str]:
    return [key for key, _ in statement.touchpoints]


def test_two_opinions_of_one_sentence_are_two_statements_with_exact_spans():
    text = "😀 Доставка быстрая, но упаковка мятая."
    first, second = said(text)
    assert text[first.start : first.end] == "😀 Доставка быстрая"
    assert text[second.start : second.end] == "но упаковка мятая."
    assert (keys(first), keys(second)) == (["delivery"], ["packaging"])


def test_a_clause_without_a_subject_speaks_of_the_one_before():
    first, second = said("Доставка быстрая, но дорогая")
    assert keys(first) == keys(second) == ["delivery"]
    assert second.touchpoints[0][1] < first.touchpoints[0][1]


def test_a_subject_is_not_taken_over_from_another_sentence():
    assert [keys(one) for one in said("Доставка быстрая. Ужасно!")] == [["delivery"], []]


def test_what_names_no_touchpoint_and_judges_nothing_is_no_statement():
    assert said("Были вдвоём в субботу.") == ()


def test_no_changes_the_sentiment():
    kind, unkind = said("Курьер вежливый")[0], said("Курьер не вежливый")[0]
    assert (kind.opinion.sentiment, unkind.opinion.sentiment) == (Sentiment.POSITIVE, Sentiment.NEGATIVE)
    assert unkind.attributes == ("не вежливый",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Курьер вежливый, спасибо", StatementKind.PRAISE),
        ("Ужасная доставка", StatementKind.PAIN),
        ("А доставка в выходные есть?", StatementKind.QUESTION),
        ("Хотелось бы доставку по воскресеньям", StatementKind.NEED),
        ("Ноги моей тут больше не будет, ужасный курьер", StatementKind.CHURN),
        ("Доставка стоит 300 рублей", StatementKind.FACT),
        ("Искал доставку, чтобы успеть к юбилею", StatementKind.JTBD),
    ],
)
def test_plain_words_tell_what_a_statement_does(text: str, kind: StatementKind):
    assert said(text)[0].kind is kind


@pytest.mark.parametrize("text", ["Ну спасибо, отличная доставка", "У конкурентов отличная доставка"])
def test_irony_and_praise_of_others_are_no_praise(text: str):
    assert [one.opinion.sentiment for one in said(text) if keys(one)] == [Sentiment.NEGATIVE]


def test_sides_of_a_list_tell_where_words_do_not():
    sides = {keys(one)[0]: one.opinion.sentiment for one in said("Плюсы: доставка. Минусы: упаковка")}
    assert sides == {"delivery": Sentiment.POSITIVE, "packaging": Sentiment.NEGATIVE}
    assert said("Доставка отличная. Минусы: нет")[1:] == ()


def test_words_and_topics_are_weighed_together():
    reader = {"touchpoints": (own("food", ru="Еда"),)}
    assert statements_of(["Пельмени отменные"], a_reader(*reader["touchpoints"]))[0][0].touchpoints[0][0] == "food"
    by_topic = a_reader(own("food", ru="Еда"), topics={"язык проглотишь": {"restaurant_kitchen": 0.95}})
    assert statements_of(["язык проглотишь"], by_topic)[0][0].touchpoints[0][0] == "food"


def test_a_text_reads_the_same_whatever_stands_beside_it():
    texts = ["Доставка быстрая, но дорогая", "Ужасная упаковка", "Курьер не вежливый"]
    together = statements_of(texts, a_reader())
    assert together == [statements_of([text], a_reader())[0] for text in texts]
    assert list(reversed(together)) == statements_of(list(reversed(texts)), a_reader())


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("Долго везли. Ответ магазина: Приносим извинения, доставка у нас быстрая.", "Долго везли."),
        ("Плохо упаковали\nОфициальный ответ компании «Ромашка» от 12.03.2025: Спасибо", "Плохо упаковали"),
        ("Great food.\nResponse from the owner: Thank you for the lovely review!", "Great food."),
        ("Nice room. Response from Anna, General Manager: thanks", "Nice room."),
        ("Жду. Ответ продавца пришёл через день: отказ", "Жду. Ответ продавца пришёл через день: отказ"),
        ("Ответ поддержки: «ждите». Это издевательство", "Ответ поддержки: «ждите». Это издевательство"),
    ],
)
def test_a_companys_reply_in_the_cell_is_no_customers_voice(text: str, customer: str) -> None:
    assert customers_words(text) == customer
    assert all(one.end <= len(customer) for one in said(text))
