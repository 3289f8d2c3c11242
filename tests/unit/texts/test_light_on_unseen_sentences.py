"""Sentences that stand in no training set: the light model must read nine of ten of the plain ones."""

from tropa.domain.opinion import Sentiment
from tropa.texts.shipped_model import shipped_model

PRAISE = [
    "Мастер всё починил за полчаса, очень доволен",
    "Клубника была сладкая и свежая, дети в восторге",
    "Прекрасный вид из окна и тихий двор",
    "Тренер терпеливо объясняет каждое упражнение",
    "Цены приятные, выбор огромный",
    "Ни одной жалобы за три года",
    "Стрижка получилась отличная, спасибо Олегу",
    "Быстро оформили полис, без лишних бумаг",
    "The barista remembered my name, lovely place",
    "Setup took two minutes and it just works",
    "Excellent value and very friendly people",
    "My new boots are warm and comfortable",
    "The plumber came on time and fixed everything",
    "Best haircut I have had in years",
]
BLAME = [
    "Стрижку испортили, пришлось переделывать в другом месте",
    "Клубника оказалась гнилой и кислой",
    "Бассейн грязный, в раздевалке воняет",
    "Полис так и не прислали, деньги не возвращают",
    "Тренер опаздывает и хамит",
    "Ужасная слышимость, всю ночь не спали",
    "Обивка порвалась через неделю",
    "Не рекомендую, зря потратили время",
    "The plumber never showed up and nobody called",
    "My boots fell apart after a week",
    "Terrible coffee and rude staff",
    "The pool was dirty and the lockers were broken",
    "They charged me twice and refused to refund",
    "I waited two hours and left with nothing",
]


def share(texts: list[str], wanted: Sentiment) -> float:
    return sum(one.sentiment is wanted for one in shipped_model().opinions(texts)) / len(texts)


def test_plain_praise_is_read():
    assert share(PRAISE, Sentiment.POSITIVE) >= 0.9


def test_plain_blame_is_read():
    assert share(BLAME, Sentiment.NEGATIVE) >= 0.9


def test_praise_is_worth_more_than_blame():
    praise, blame = shipped_model().opinions(PRAISE), shipped_model().opinions(BLAME)
    assert min(sum(one.value for one in praise) / len(praise), 2.0) > 0.7
    assert sum(one.value for one in blame) / len(blame) < -0.7
