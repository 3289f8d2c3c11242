"""Groups in words: a value that says little by itself stands after the name of its property."""

from collections.abc import Mapping, Sequence

import pytest

from tropa.domain.text import Language
from tropa.insight.finding_words import group_words


@pytest.mark.parametrize(
    ("segment", "ru", "en"),
    [
        (
            {"support_section": ("Value 1", "Value 2"), "seriousness_2": "Value 1"},
            "Отдел поддержки: Value 1, Value 2; важность: Value 1",
            "Support section: Value 1, Value 2; seriousness: Value 1",
        ),
        ({"AMOUNT_REQ": "<500"}, "Запрошенная сумма: до 500", "Amount asked for: under 500"),
        ({"Отделение": "№ 5"}, "Отделение: № 5", "Отделение: № 5"),
        ({"region": "Сибирь", "device": "mobile"}, "Сибирь; с телефона", "Сибирь; on a phone"),
        ({"platform": "ios"}, "С iOS", "On iOS"),
        ({}, "У всех", "For everybody"),
    ],
)
def test_a_group_is_said_so_that_one_knows_what_its_values_are(
    segment: Mapping[str, str | Sequence[str]], ru: str, en: str
) -> None:
    assert (group_words(segment, Language.RU), group_words(segment, Language.EN)) == (ru, en)
