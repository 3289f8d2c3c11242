import pytest

from tropa.texts.lexicon import is_one_edit_away, lexicon_of
from tropa.texts.words import english_stem, lemmas, words_of

LEXICON = lexicon_of(
    [
        ("delivery", ["доставка", "курьер привёз", "delivery"]),
        ("terms", ["стоимость доставки", "доставка … рублей", "shipping cost"]),
        ("post", ["=почтой", "трек-номер"]),
    ]
)


def owners(text: str) -> list[str]:
    return [found.entry.owner for found in LEXICON.find(tuple(words_of(text)))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("о доставке ни слова", ["delivery"]),
        ("ДОСТАВКОЙ довольна", ["delivery"]),
        ("привёз всё тот же курьер", []),
        ("привез курьер", ["delivery"]),
        ("курьер вчера привёз", ["delivery"]),
        ("доствка подвела", ["delivery"]),
        ("доставкаа подвела", ["delivery"]),
        ("остановка автобуса", []),
        ("стоимость доставки", ["terms"]),
        ("доставка до Читы вышла в 890 рублей", ["terms"]),
        ("трек номер не пришёл", ["post"]),
        ("отправили почтой", ["post"]),
        ("почта не работает", []),
        ("deliveries were late", ["delivery"]),
        ("the cost of shipping", []),
        ("shipping costs", ["terms"]),
    ],
)
def test_words_are_found_in_any_form(text: str, found: list[str]) -> None:
    assert owners(text) == found


def test_a_longer_phrase_takes_its_words_from_shorter_ones() -> None:
    assert owners("стоимость доставки и сама доставка") == ["terms", "delivery"]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("доставка", "доствака", True),
        ("доставка", "доставк", True),
        ("доставка", "достувка", True),
        ("доставка", "доставка", True),
        ("доставка", "доств", False),
        ("ab", "ba", True),
        ("abcd", "badc", False),
    ],
)
def test_one_edit_is_a_letter_changed_added_lost_or_two_swapped(one: str, other: str, near: bool) -> None:
    assert is_one_edit_away(one, other) is near
    assert is_one_edit_away(other, one) is near


def test_english_forms_share_a_stem() -> None:
    assert english_stem("deliveries") == english_stem("delivery")
    assert english_stem("shipped") == english_stem("ship")
    assert english_stem("added") != english_stem("ads")
    assert english_stem("care") != english_stem("cars")


def test_yo_and_ye_are_one_letter() -> None:
    assert lemmas("привез") & lemmas("привез")
    assert [word.text for word in words_of("Привёз ёлку")] == ["привез", "елку"]
