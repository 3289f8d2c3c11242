"""The light model as it ships: what it must get right, whatever the weights."""

import hashlib
import json
import random
from importlib.resources import files

import numpy as np
import pytest

from tropa.domain.opinion import DECISION, EMOTIONS, Sentiment, StatementKind
from tropa.texts.features import LONGEST_TEXT, SIGNS, bag_of
from tropa.texts.light import LEAST_TOPIC
from tropa.texts.shipped_model import shipped_model

TEXTS = [
    "Доставили быстро, но коробка мятая",
    "Спасибо, всё отлично!",
    "The room was dirty and cold",
    "Подскажите, можно ли вернуть товар?",
    "",
    "12345",
    "We stayed on the third floor",
    "ждали заказ два часа",
]


def sentiment(text: str) -> Sentiment:
    return shipped_model().opinions([text])[0].sentiment


def test_the_weights_are_those_that_training_wrote_down():
    folder = files("tropa.texts").joinpath("data", "model")
    card = json.loads(folder.joinpath("light.json").read_text(encoding="utf-8"))
    weights = folder.joinpath("light.npz").read_bytes()
    assert hashlib.sha256(weights).hexdigest() == card["sha256"]
    assert shipped_model().version == card["sha256"][:12]
    assert len(weights) + len(json.dumps(card)) < 15_000_000


def test_an_opinion_does_not_depend_on_what_stands_beside():
    model = shipped_model()
    order = list(range(len(TEXTS)))
    random.Random(5).shuffle(order)
    straight, mixed = model.opinions(TEXTS), model.opinions([TEXTS[place] for place in order])
    for place, other in zip(order, mixed, strict=True):
        assert straight[place].probabilities == pytest.approx(other.probabilities, abs=1e-5)
        assert straight[place].value == pytest.approx(other.value, abs=1e-4)
        assert straight[place].emotions == pytest.approx(other.emotions, abs=1e-5)
    alone = [model.topics([text])[0] for text in TEXTS]
    for one, other in zip(alone, model.topics(TEXTS), strict=True):
        assert one == pytest.approx(other, abs=1e-5)


def test_probabilities_are_probabilities():
    for opinion in shipped_model().opinions(TEXTS):
        assert sum(opinion.probabilities) == pytest.approx(1, abs=1e-4)
        assert sum(opinion.kinds.values()) == pytest.approx(1, abs=1e-4)
        assert tuple(opinion.emotions) == EMOTIONS
        assert set(opinion.kinds) == set(StatementKind)
        assert -2 <= opinion.value <= 2
        assert all(0 <= chance <= 1 for chance in opinion.emotions.values())


@pytest.mark.parametrize(
    ("plain", "denied"),
    [
        ("удобно", "не удобно"),
        ("мне понравилось обслуживание", "мне не понравилось обслуживание"),
        ("рекомендую этот салон", "не рекомендую этот салон"),
        ("врач помог", "врач не помог"),
        ("вкусно", "совсем не вкусно"),
        ("the staff was helpful", "the staff was not helpful"),
        ("I recommend this bank", "I do not recommend this bank"),
        ("it works", "it doesn't work"),
        ("the bed was comfortable", "the bed was not comfortable"),
    ],
)
def test_a_denial_turns_praise_into_complaint(plain, denied):
    assert sentiment(plain) is Sentiment.POSITIVE
    assert sentiment(denied) is Sentiment.NEGATIVE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Доставка очень быстрая", "Привезли моментально, спасибо"),
        ("Официант нагрубил нам", "Официант хамил нам весь вечер"),
        ("Подскажите, когда откроется магазин?", "Скажите, пожалуйста, во сколько вы открываетесь?"),
        pytest.param(
            "Подскажите, когда откроется магазин?",
            "А во сколько вы открываетесь?",
            marks=pytest.mark.xfail(reason="a short blunt question is still read as a complaint: see the model card"),
        ),
        ("The courier was rude", "What a rude delivery guy"),
        ("Great breakfast", "The breakfast was excellent"),
        ("Ещё ни разу не подвели", "Еще ни разу не подвели"),
        ("Отлично!!!", "отлично"),
        ("ОЧЕНЬ ПЛОХОЙ СЕРВИС", "очень плохой сервис"),
    ],
)
def test_the_same_said_otherwise_is_read_the_same(one, other):
    assert sentiment(one) is sentiment(other)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("доставка задержалась на три дня", "delivery"),
        ("упаковка вся мятая", "packaging"),
        ("the doctor listened to me", "doctor"),
        ("номер был чистый и просторный", "room"),
        ("wifi в номере не ловит", "wifi"),
    ],
)
def test_touchpoints_are_heard(text, key):
    assert shipped_model().topics([text])[0].get(key, 0) >= DECISION


@pytest.mark.parametrize(
    ("text", "emotion"),
    [
        ("я в ярости, это просто хамство", "anger"),
        ("мне страшно отдавать им паспорт", "fear"),
        ("так рада, спасибо вам огромное!", "joy"),
        ("очень грустно и обидно до слёз", "sadness"),
        ("I am so angry at this", "anger"),
        ("I was scared to death", "fear"),
    ],
)
def test_emotions_are_heard(text, emotion):
    emotions = shipped_model().opinions([text])[0].emotions
    assert emotions[emotion] >= DECISION


HOSTILE = [
    "я" * 1_000_000,
    "ужасно " * 200_000,
    "от\u200bлич\u200bно",
    "\u202eонсаржу\u202c",
    "<script>alert('x')</script><b>" * 50,
    "\x00\ud800\uffff",
    "🏳️‍🌈" * 500,
    "((((((((((" * 1000,
    "ё" * 59 + " " + "'" * 1000,
    "- — … . , !",
    "中文评论很好",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_do_no_harm(text):
    model = shipped_model()
    (opinion,) = model.opinions([text])
    assert np.isfinite(opinion.value)
    assert np.isfinite(opinion.probabilities).all()
    assert all(LEAST_TOPIC <= chance <= 1 for chance in model.topics([text])[0].values())


def test_letters_that_are_not_seen_change_nothing():
    assert shipped_model().opinions(["от\u200bлично"]) == shipped_model().opinions(["отлично"])


def test_what_comes_after_the_longest_text_is_not_read():
    text = "хорошо " * (LONGEST_TEXT // 7 + 1)
    assert shipped_model().opinions([text]) == shipped_model().opinions([text[:LONGEST_TEXT] + "ужас" * 99])


@pytest.mark.parametrize("text", ["", "   ", "12345", "…", "- — , ."])
def test_a_text_without_words_is_a_neutral_fact(text):
    (opinion,) = shipped_model().opinions([text])
    assert opinion.sentiment is Sentiment.NEUTRAL
    assert opinion.value == pytest.approx(0, abs=0.01)
    assert max(opinion.emotions.values()) < 0.01
    assert max(opinion.kinds, key=opinion.kinds.__getitem__) is StatementKind.FACT


def test_nothing_is_read_where_nothing_is_given():
    assert shipped_model().opinions([]) == []
    assert shipped_model().topics([]) == []


def test_a_denied_word_is_another_feature():
    plain, denied = bag_of(["удобно"]), bag_of(["не удобно"])
    at = SIGNS.index("denied_good")
    assert plain.signs[0][at] == 0
    assert denied.signs[0][at] > 0
    assert not set(plain.hashes.tolist()) <= set(denied.hashes.tolist())


def test_problems_that_were_not_are_praise():
    assert sentiment("проблем не было") is Sentiment.POSITIVE
    assert sentiment("no problems at all") is Sentiment.POSITIVE
