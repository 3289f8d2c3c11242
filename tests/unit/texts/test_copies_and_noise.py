import pytest

from tropa.domain.voice import Copy, Noise
from tropa.texts.copies import Copies
from tropa.texts.noise import noise_of

LONG = "Заказал тюльпаны маме на юбилей и привезли их ровно к девяти утра в целой коробке без единого помятого лепестка"


def test_the_same_words_are_a_copy_whatever_the_case_and_the_signs():
    copies = Copies()
    assert copies.take("1", "Всё отлично!") is None
    assert copies.take("2", "все  ОТЛИЧНО 👍") == ("1", Copy.SAME)
    assert copies.take("3", "Отлично всё") is None


def test_long_texts_that_differ_in_a_word_are_near_copies_and_short_ones_are_not():
    copies = Copies()
    assert copies.take("1", LONG) is None
    assert copies.take("2", f"{LONG} спасибо") == ("1", Copy.NEAR)
    assert copies.take("3", f"{LONG} спасибо") == ("1", Copy.SAME)
    assert copies.take("4", "Кухня хорошая") is None
    assert copies.take("5", "Кухня плохая") is None


def test_near_is_found_exactly_where_the_index_of_jaccard_says():
    words = LONG.split()
    for changed in range(1, 6):
        other = [*words[: len(words) - changed], *(f"слово{n}" for n in range(changed))]
        one, two = ({tuple(x[i : i + 3]) for i in range(len(x) - 2)} for x in (words, other))
        copies = Copies()
        copies.take("1", " ".join(words))
        near = copies.take("2", " ".join(other)) is not None
        assert near == (len(one & two) / len(one | two) >= 0.8)


@pytest.mark.parametrize(
    ("text", "noise"),
    [
        ("", Noise.EMPTY),
        ("... 5/5", Noise.EMPTY),
        ("👍👍👍", None),
        ("Подпишись на мой канал [ссылка]", Noise.SPAM),
        ("Заработок без вложений, пишите в личку", Noise.SPAM),
        ("аааааааааааааааа", Noise.SPAM),
        ("фывапр йцукен", Noise.SPAM),
        ("Оооочень понравилось!!!!!!", None),
        ("Сайт shop.ru не открывается третий день", None),
        ("Курьер [имя] не позвонил на [телефон], посылка потерялась", None),
        ("Ок", None),
    ],
)
def test_only_what_says_nothing_is_noise(text: str, noise: Noise | None):
    assert noise_of(text) is noise
