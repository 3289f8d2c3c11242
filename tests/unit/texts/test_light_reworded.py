"""Adding «не» flips what it should and nothing else; the same said otherwise keeps its labels; order does not matter."""

import pytest

from tropa.domain.opinion import Sentiment
from tropa.texts.shipped_model import shipped_model
from tropa.texts.statements import VoiceReader, statements_of
from tropa.texts.taxonomy import taxonomy_for

DENIED = [
    ("Курьер был вежливым", "Курьер был не вежливым"),
    ("Доставили быстро", "Доставили не быстро"),
    ("Товар понравился", "Товар не понравился"),
    ("Рекомендую этот магазин", "Не рекомендую этот магазин"),
    ("Упаковка аккуратная", "Упаковка не аккуратная"),
    ("Мне помогли", "Мне не помогли"),
    ("Сайт работает", "Сайт не работает"),
    ("The waiter was friendly", "The waiter was not friendly"),
    ("I recommend this shop", "I do not recommend this shop"),
    ("The app works", "The app does not work"),
]
UNMOVED = [
    ("Ужасный сервис", "Ужасный сервис, не ходите сюда"),
    ("Всё отлично", "Всё отлично, не пожалела"),
    ("Быстрая доставка", "Быстрая доставка, не ожидала такого"),
]
SAME = [
    ("Курьер опоздал на два часа", "Пришлось ждать курьера на два часа дольше", "courier", Sentiment.NEGATIVE),
    ("Коробка пришла мятая", "Упаковка была помята", "packaging", Sentiment.NEGATIVE),
    ("Очень вежливый курьер", "Курьер приветливый и внимательный", "courier", Sentiment.POSITIVE),
    ("Цены приятные", "Недорого", "price", Sentiment.POSITIVE),
    ("Доставка быстрая", "Привезли очень быстро", "delivery", Sentiment.POSITIVE),
    ("Оплата не проходит", "Не могу оплатить заказ", "payment", Sentiment.NEGATIVE),
    ("Support never answered", "No reply from support at all", "support", Sentiment.NEGATIVE),
    ("The parcel arrived crushed", "My box came all dented", "packaging", Sentiment.NEGATIVE),
]


def sides(texts):
    return [one.sentiment for one in shipped_model().opinions(texts)]


def test_denial_turns_praise_into_blame():
    kind, denied = sides([one for one, _ in DENIED]), sides([other for _, other in DENIED])
    turned = sum(
        one is not Sentiment.NEGATIVE and other is Sentiment.NEGATIVE for one, other in zip(kind, denied, strict=True)
    )
    assert turned >= 0.8 * len(DENIED)


@pytest.mark.parametrize(("text", "longer"), UNMOVED)
def test_a_denial_that_denies_something_else_turns_nothing(text, longer):
    one, other = sides([text, longer])
    assert one is other


def test_the_same_said_otherwise_keeps_its_labels():
    reader = VoiceReader(model=shipped_model(), taxonomy=taxonomy_for("shop"))
    kept = 0
    for one, other, key, side in SAME:
        told = [statements_of([text], reader)[0] for text in (one, other)]
        kept += all(
            any(key in dict(said.touchpoints) and said.opinion.sentiment is side for said in several)
            for several in told
        )
    assert kept >= 0.75 * len(SAME)


def test_what_a_text_says_does_not_depend_on_its_neighbours():
    reader = VoiceReader(model=shipped_model(), taxonomy=taxonomy_for("shop"))
    texts = [text for pair in (*DENIED, *UNMOVED) for text in pair]
    forward = statements_of(texts, reader)
    backward = statements_of(texts[::-1], reader)[::-1]
    alone = [statements_of([text], reader)[0] for text in texts]
    keys = [
        [[(one.start, one.end, one.touchpoints, one.opinion.sentiment, one.kind) for one in each] for each in run]
        for run in (forward, backward, alone)
    ]
    assert keys[0] == keys[1] == keys[2]
