"""Russian, English, or neither."""

import pytest

from tropa.texts.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Доставили быстро", "ru"),
        ("ок", "ru"),
        ("app тормозит, wifi не работает", "ru"),
        ("Супермаркет «Їжа» понравился", "ru"),
        ("Fast delivery, thanks", "en"),
        ("The café was great", "en"),
        ("WiFi", "en"),
        ("Дуже добре, дякую", None),
        ("Не працює додаток", None),
        ("Погана якість", None),
        ("Вельмі дзякуй, усё добра", None),
        ("Жақсы қызмет", None),
        ("Өте тез жеткізді, рахмет", None),
        ("Много добре, благодаря", None),
        ("Sehr gut, schnelle Lieferung", None),
        ("Très bien, merci", None),
        ("Muy bueno, gracias", None),
        ("Çok güzel, teşekkürler", None),
        ("Bardzo dobrze, polecam", None),
        ("很好，很快", None),
        ("ممتاز جدا", None),
        ("👍", None),
        ("12345", None),
        ("[телефон]", None),
        ("", None),
    ],
)
def test_the_language_is_right_or_none(text, language):
    assert language_of(text) == language


def test_a_megabyte_is_looked_at_no_longer_than_needed():
    assert language_of("Долго ждали курьера. " * 60_000) == "ru"
