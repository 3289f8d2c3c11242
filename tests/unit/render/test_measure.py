from tropa.render.hyphens import SHY, hyphenated
from tropa.render.measure import lines_of, text_width


def test_lines_fit_and_lose_no_word() -> None:
    words = "Показать цену и день доставки по городу ещё в корзине"
    lines = lines_of(words, 120, size=12)
    assert " ".join(lines) == words
    assert all(text_width(line, 12) <= 120 for line in lines)


def test_lines_break_at_plain_spaces_only() -> None:
    assert lines_of("уходят 23\u00a0% людей", 60, size=12)[1].startswith("23\u00a0%")


def test_a_word_wider_than_a_line_is_broken_with_a_hyphen() -> None:
    lines = lines_of("Переосвидетельствование", 60, size=12)
    assert len(lines) > 1
    assert "".join(line.rstrip("-") for line in lines) == "Переосвидетельствование"


def test_what_does_not_fit_ends_with_an_ellipsis() -> None:
    lines = lines_of("раз два три четыре пять шесть семь", 60, size=12, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert text_width(lines[1], 12) <= 62


def test_bold_words_are_wider() -> None:
    assert text_width("Корзина", 12, bold=True) > text_width("Корзина", 12)


def test_long_words_may_break_by_syllables_and_short_ones_stay_whole() -> None:
    assert hyphenated("Корзина пуста") == "Корзина пуста"
    cut = hyphenated("предположение")
    assert cut.replace(SHY, "") == "предположение"
    assert "предполо" in cut.replace(SHY, "-").replace("-", "")
    assert cut.split(SHY)[-1] not in {"е", "ие"} or len(cut.split(SHY)[-1]) > 1
