import pytest

from tropa.texts.kinship import telling_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("basket_add", {"basket"}),
        ("OFFER_CREATED", {"offer"}),
        ("Договор подписан", {"договор"}),
        ("Оплата картой", {"оплата", "карта"}),
        ("viewed", set()),
        ("142", set()),
    ],
)
def test_the_things_a_name_speaks_of_tell_and_what_was_done_does_not(name: str, words: set[str]) -> None:
    assert telling_words(name) == words
