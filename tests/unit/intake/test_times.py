from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.domain.project import Precision, TimeColumn
from tropa.intake.time_detection import detect_time
from tropa.intake.times import is_time_format, parse_time, patterns_of


def milliseconds(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("value", "form", "precision", "moment"),
    [
        ("2026-01-10T10:00:00Z", "iso", Precision.SECOND, milliseconds(2026, 1, 10, 10)),
        ("2026-01-10 10:00:00.123+0300", "iso", Precision.MS, milliseconds(2026, 1, 10, 7) + 123),
        ("2026-01-10 10:00:00 UTC", "iso", Precision.SECOND, milliseconds(2026, 1, 10, 10)),
        ("2026-01-10", "iso", Precision.DAY, milliseconds(2026, 1, 10)),
        ("10.01.2026 13:45", "%d.%m.%Y %H:%M", Precision.MINUTE, milliseconds(2026, 1, 10, 13, 45)),
        ("10.01.26", "%d.%m.%y", Precision.DAY, milliseconds(2026, 1, 10)),
        ("1/13/2026 1:05 PM", "%m/%d/%Y %I:%M %p", Precision.MINUTE, milliseconds(2026, 1, 13, 13, 5)),
        ("2026/01/10 13:45:00", "%Y/%m/%d %H:%M:%S", Precision.SECOND, milliseconds(2026, 1, 10, 13, 45)),
        ("12 марта 2025", "%d %B %Y", Precision.DAY, milliseconds(2025, 3, 12)),
        ("12 мая 2025 г., 14:30", "%d %B %Y г., %H:%M", Precision.MINUTE, milliseconds(2025, 5, 12, 14, 30)),
        ("Mar 12, 2025", "%B %d, %Y", Precision.DAY, milliseconds(2025, 3, 12)),
        (
            "Sat, 10 Jan 2026 10:00:17 +0300",
            "%a, %d %B %Y %H:%M:%S %z",
            Precision.SECOND,
            milliseconds(2026, 1, 10, 7, 0, 17),
        ),
        ("12-Mar-2025", "%d-%B-%Y", Precision.DAY, milliseconds(2025, 3, 12)),
        ("19970101", "%Y%m%d", Precision.DAY, milliseconds(1997, 1, 1)),
        ("1768039200", "epoch_s", Precision.SECOND, milliseconds(2026, 1, 10, 10)),
        ("1768039200123", "epoch_ms", Precision.MS, milliseconds(2026, 1, 10, 10) + 123),
        ("1768039200123456", "epoch_us", Precision.US, milliseconds(2026, 1, 10, 10) + 123),
        ("1768039200123456789", "epoch_ns", Precision.US, milliseconds(2026, 1, 10, 10) + 123),
        ("45678.5", "excel", Precision.SECOND, milliseconds(2025, 1, 21, 12)),
        ("45678", "excel", Precision.DAY, milliseconds(2025, 1, 21)),
    ],
)
def test_every_way_of_writing_a_time_is_found_and_read(
    value: str, form: str, precision: Precision, moment: int
) -> None:
    guess = detect_time([value])
    assert guess is not None
    assert (guess.format, guess.precision) == (form, precision)
    assert parse_time(value, guess.as_column("t"), "UTC") == moment


def test_all_values_together_tell_day_from_month() -> None:
    assert detect_time(["03/04/2026", "25/04/2026"]).format == "%d/%m/%Y"
    assert detect_time(["03/04/2026", "04/25/2026"]).format == "%m/%d/%Y"
    unsure = detect_time(["03/04/2026", "05/04/2026"])
    assert {unsure.format, unsure.other} == {"%d/%m/%Y", "%m/%d/%Y"}
    assert detect_time(["03.04.2026"]).other is None


def test_a_sorted_export_tells_day_from_month() -> None:
    days = ["01/02/2026", "02/02/2026", "03/02/2026", "04/02/2026", "01/03/2026", "02/03/2026"]
    guess = detect_time(days)
    assert (guess.format, guess.other) == ("%d/%m/%Y", None)


def test_long_numbers_are_times_only_where_the_name_says_so() -> None:
    assert detect_time(["1700000000123456789"], named=False) is None
    assert detect_time(["1700000000123456789"], named=True).format == "epoch_ns"
    assert detect_time(["20260110"], named=False) is None


def test_a_value_with_the_date_only_is_midnight() -> None:
    guess = detect_time(["10.01.2026 13:45", "11.01.2026"])
    assert guess.format == "%d.%m.%Y %H:%M"
    assert parse_time("11.01.2026", guess.as_column("t"), "UTC") == milliseconds(2026, 1, 11)


def test_naive_times_are_wall_clocks_of_the_zone() -> None:
    column = TimeColumn(column="t", format="%d.%m.%Y %H:%M")
    assert parse_time("10.01.2026 13:45", column, "Europe/Moscow") == milliseconds(2026, 1, 10, 10, 45)
    assert parse_time("10.07.2026 13:45", column, "Europe/Berlin") == milliseconds(2026, 7, 10, 11, 45)
    aware = TimeColumn(column="t", format="iso")
    assert parse_time("2026-01-10T13:45:00+05:00", aware, "Europe/Moscow") == milliseconds(2026, 1, 10, 8, 45)


@pytest.mark.parametrize("value", ["31.02.2026", "10.13.2026 10:00", "вчера", "", "10.01.2026 25:00", "9" * 5000])
def test_what_is_no_time_is_none(value: str) -> None:
    assert parse_time(value, TimeColumn(column="t", format="%d.%m.%Y %H:%M"), "UTC") is None


def test_words_and_numbers_are_no_times() -> None:
    assert detect_time(["да", "нет"]) is None
    assert detect_time(["12", "15", "18"]) is None
    assert detect_time([]) is None


def test_a_column_with_few_bad_cells_is_still_a_column_of_times() -> None:
    guess = detect_time(["10.01.2026"] * 9 + ["скоро"])
    assert guess is not None
    assert guess.share == pytest.approx(0.9)


def test_month_names_are_read_in_every_form() -> None:
    column = TimeColumn(column="t", format="%d %b %Y")
    months = ["янв", "февр", "марта", "апр", "мая", "июня", "июля", "авг", "сент", "окт", "нояб", "дек"]
    read = [parse_time(f"1 {month} 2026", column, "UTC") for month in months]
    assert read == [milliseconds(2026, place, 1) for place in range(1, 13)]


def test_formats_that_a_person_may_write_are_checked() -> None:
    assert is_time_format("iso")
    assert is_time_format("%d.%m.%Y")
    assert not is_time_format("dd.mm.yyyy")
    assert not is_time_format("%Q")


def test_shorter_patterns_are_tried_in_turn() -> None:
    assert patterns_of("%d.%m.%Y %H:%M:%S") == ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y")


@given(
    st.integers(min_value=31_536_000, max_value=4_102_444_799),
    st.sampled_from(["%d.%m.%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%Y%m%d%H%M%S"]),
)
def test_what_strftime_writes_is_read_back(seconds: int, pattern: str) -> None:
    written = datetime.fromtimestamp(seconds, UTC).strftime(pattern)
    assert parse_time(written, TimeColumn(column="t", format=pattern), "UTC") == seconds * 1000
