from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.domain.opinion import Sentiment
from tropa.texts.clauses import clauses, sentences
from tropa.texts.language import language_of
from tropa.texts.lists import sides_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("доставка быстрая, но упаковка мятая", ["доставка быстрая", "но упаковка мятая"]),
        ("Сорта красивые, а описаний нет. Жаль!", ["Сорта красивые", "а описаний нет.", "Жаль!"]),
        ("Приехало быстро зато помято", ["Приехало быстро", "зато помято"]),
        ("Delivery was slow but the box was fine", ["Delivery was slow", "but the box was fine"]),
        ("Заплатила 1.500 руб. за доставку", ["Заплатила 1.500 руб. за доставку"]),
        ("Живу на ул. Мира, д. 5", ["Живу на ул. Мира, д. 5"]),
        ("Всё понравилось", ["Всё понравилось"]),
        ("Чисто, тихо, но дорого.", ["Чисто", "тихо", "но дорого."]),
        ("Вкусная еда и приятная атмосфера", ["Вкусная еда", "и приятная атмосфера"]),
        ("Кухня отличная и обслуживание на высоте", ["Кухня отличная", "и обслуживание на высоте"]),
        ("Еда вкусная, порции большие, персонал вежливый", ["Еда вкусная", "порции большие", "персонал вежливый"]),
        ("Great food, terrible service, nice music.", ["Great food", "terrible service", "nice music."]),
        ("вкусные, свежие роллы", ["вкусные, свежие роллы"]),
        ("Friendly, helpful staff", ["Friendly, helpful staff"]),
        ("Суп, салат и десерт вкусные", ["Суп, салат и десерт вкусные"]),
        ("Ждали час, потому что курьер потерялся", ["Ждали час, потому что курьер потерялся"]),
        ("The soup, which was cold, came late", ["The soup, which was cold, came late"]),
        ("Не кофе, а вода", ["Не кофе, а вода"]),
        ("Он сказал: «Ждите. Мы перезвоним.» и ушёл", ["Он сказал: «Ждите. Мы перезвоним.» и ушёл"]),
        ("+ быстро; − дорого", ["+ быстро;", "− дорого"]),
        ("Плюсы: цена, скорость Минусы: упаковка мятая", ["Плюсы: цена, скорость", "Минусы: упаковка мятая"]),
        ("Двигатель 2,5 литра, в 10.30 пришли", ["Двигатель 2,5 литра, в 10.30 пришли"]),
        ("  \n ", []),
        ("!!! 5 ...", []),
    ],
)
def test_a_text_is_cut_where_the_thought_turns(text: str, parts: list[str]) -> None:
    assert [one.of(text) for one in clauses(text)] == parts


@given(st.text(alphabet=st.sampled_from("абв, .но-—!?😀\nand()зато"), max_size=60))
@settings(max_examples=200, deadline=None)
def test_clauses_lie_in_order_and_lose_no_letter(text: str) -> None:
    spans = clauses(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    kept = "".join(one.of(text) for one in spans)
    assert sum(map(str.isalpha, kept)) == sum(map(str.isalpha, text))


def test_spans_count_code_points_not_bytes() -> None:
    text = "😀 Супер! Курьер опоздал."
    assert [one.of(text) for one in sentences(text)] == ["😀 Супер!", "Курьер опоздал."]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Привезли iPhone вовремя", "ru"),
        ("Great service", "en"),
        ("5/5 👍", None),
        ("[имя] was lovely", "en"),
        ("太好了", None),
    ],
)
def test_the_language_is_told_by_the_letters(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_a_list_whose_dashes_are_glued_to_the_words_is_cut_at_its_items() -> None:
    text = "Из плюсов -хороший пластик -удобные сиденья Из минусов -слабый двигатель"
    told = [one.of(text) for one in clauses(text)]
    assert told == ["Из плюсов", "-хороший пластик", "-удобные сиденья", "Из минусов", "-слабый двигатель"]
    assert list(sides_of(text, clauses(text)))[1:] == [Sentiment.POSITIVE] * 2 + [Sentiment.NEGATIVE] * 2
    text = "Кто -нибудь отвечает?"
    assert [one.of(text) for one in clauses(text)] == [text]
