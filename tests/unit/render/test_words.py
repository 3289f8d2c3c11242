from datetime import date

import pytest

from tropa.domain.evidence import Unit
from tropa.domain.period import Period
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.data_labels import LABELS, PLURALS

RU, EN = Language.RU, Language.EN


def plain(text: str) -> str:
    return text.replace(words.NBSP, " ")


@pytest.mark.parametrize(
    ("seconds", "russian", "english"),
    [
        (30, "30 с", "30 s"),
        (360, "6 мин", "6 min"),
        (32_400, "9 ч", "9 h"),
        (449_280, "5,2 дня", "5.2 days"),
        (86_400 * 41, "41 день", "41 days"),
        (86_400 * 2, "2 дня", "2 days"),
        (86_400 * 150, "5 мес.", "5 mo"),
    ],
)
def test_times_are_told_in_round_words(seconds: int, russian: str, english: str) -> None:
    assert plain(words.duration(seconds, RU)) == russian
    assert plain(words.duration(seconds, EN)) == english


def test_numbers_follow_the_reader() -> None:
    assert words.whole(41_208, RU) == "41\u00a0208"
    assert words.whole(41_208, EN) == "41,208"
    assert words.whole(-5, RU) == "−5"
    assert words.percent(0.1244, RU) == "12,4\u00a0%"
    assert words.percent(0.1244, EN) == "12.4%"
    assert plain(words.points(-0.0412, RU)) == "−4,1 п.п."


def test_below_thirty_people_there_is_no_per_cent() -> None:
    assert plain(words.share(7, 20, RU)) == "7 из 20"
    assert "%" in words.share(14, 40, RU)


def test_both_ends_of_an_interval_have_as_many_digits() -> None:
    assert plain(words.interval(0.35, 0.386, Unit.SHARE, RU)) == "35,0–38,6 %"
    assert plain(words.interval(0.47, 0.49, Unit.SHARE, EN)) == "47–49%"


@pytest.mark.parametrize(
    ("count", "form"),
    [
        (1, "клиент"),
        (2, "клиента"),
        (5, "клиентов"),
        (11, "клиентов"),
        (21, "клиент"),
        (112, "клиентов"),
        (5.2, "клиента"),
    ],
)
def test_russian_words_agree_with_their_number(count: float, form: str) -> None:
    assert words.plural(count, "person", RU) == form


@pytest.mark.parametrize(
    ("minor", "currency", "russian"),
    [(148_000, "RUB", "1 480 ₽"), (126_000_000, "RUB", "1,26 млн ₽"), (500, "JPY", "500 ¥"), (990, None, "10")],
)
def test_money_is_counted_from_minor_units(minor: int, currency: str | None, russian: str) -> None:
    assert plain(words.money(minor, currency, RU)) == russian


def test_money_in_english_puts_the_sign_first() -> None:
    assert plain(words.money(148_000, "USD", EN)) == "$1,480"


@pytest.mark.parametrize(
    ("start", "end", "russian"),
    [
        (date(2025, 10, 1), date(2025, 10, 31), "1–31 окт 2025"),
        (date(2025, 8, 1), date(2025, 10, 31), "1 авг – 31 окт 2025"),
        (date(2024, 12, 1), date(2025, 1, 31), "1 дек 2024 – 31 янв 2025"),
        (date(2025, 5, 9), date(2025, 5, 9), "9 мая 2025"),
    ],
)
def test_periods_do_not_repeat_themselves(start: date, end: date, russian: str) -> None:
    assert plain(words.period(Period(start, end), RU)) == russian


def test_a_line_never_ends_between_a_number_and_its_sign() -> None:
    assert words.fine("12,4 % из 41 208 — в срок") == "12,4\u00a0% из\u00a041\u00a0208\u00a0— в\u00a0срок"


def test_every_label_is_written_in_both_languages() -> None:
    assert all(len(pair) == 2 and all(part.strip() for part in pair) for pair in LABELS.values())
    assert all(len(russian) == 3 and len(english) == 2 for russian, english in PLURALS.values())


def test_a_quote_has_the_marks_of_its_own_language() -> None:
    assert words.in_quotes("Не понимает «томат»") == "«Не понимает „томат“»"
    assert words.in_quotes("No idea what “hardy” is") == "“No idea what ‘hardy’ is”"


def test_no_line_ends_where_the_eye_would_stumble() -> None:
    assert (
        words.fine("в 12 % и 3 000 ₽ — это · всё") == "в\u00a012\u00a0% и\u00a03\u00a0000\u00a0₽\u00a0— это\u00a0· всё"
    )
    assert words.fine("№ 5 за 7 чел.") == "№\u00a05 за\u00a07\u00a0чел."
