"""Events in words: what people wrote stays, what programs wrote is made readable."""

import pytest

from tropa.texts.wording import event_words


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Тест-драйв", "Тест-драйв"),
        ("Шаг 1: перенос данных", "Шаг 1: перенос данных"),
        ("ВХОДЯЩИЙ ЗВОНОК", "Входящий звонок"),
        ("C1:НОВАЯ", "Новая"),
        ("тест_драйв", "Тест драйв"),
        ("YouTube review", "Отзыв: YouTube"),
    ],
)
def test_names_that_people_wrote_stay_as_written(name, said):
    assert event_words(name).ru == said
