import pytest

from tropa.texts.sentiment import is_negative


@pytest.mark.parametrize(
    "said",
    [
        "упаковка мятая",
        "не понравилось обслуживание",
        "ничего хорошего",
        "трубку не берут третий день",
        "хотелось бы побыстрее",
        "спасибо и на том",
        "всё засохло",
        "Delivery was slow",
        "not good at all",
        "never again",
        "parcel arrived crushed",
        "доехало 😡",
    ],
)
def test_complaints_are_told(said: str) -> None:
    assert is_negative(said) is True


@pytest.mark.parametrize(
    "said",
    [
        "доставка быстрая",
        "упаковано на совесть",
        "не подвели ни разу",
        "претензий нет",
        "проблем пока не было",
        "неплохо",
        "не пожалела",
        "the plants were lovely",
        "never had any problems",
        "highly recommend",
        "приехало 😍",
    ],
)
def test_praise_is_told(said: str) -> None:
    assert is_negative(said) is False


@pytest.mark.parametrize(
    "said",
    [
        "саженцы ехали 11 дней",
        "купила в марте",
        "хороший, но дорогой",
        "I ordered in March",
        "",
        "в первую очередь смотрю на фото",
    ],
)
def test_what_the_words_do_not_tell_is_not_guessed(said: str) -> None:
    assert is_negative(said) is None
