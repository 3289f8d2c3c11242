from builders.said import said

from tropa.domain.hearing import ThemeClause
from tropa.domain.voice import VoiceLine
from tropa.texts.hearing import day_of, speaker_of
from tropa.texts.quoting import diverse_quotes


def clauses(lines: list[VoiceLine]) -> list[ThemeClause]:
    return [
        ThemeClause(feedback=one.id, speaker=speaker_of(one), start=0, end=len(one.text), part="", date=day_of(one))
        for one in lines
    ]


def quoted(lines: list[VoiceLine], at_most: int = 5) -> list[str]:
    found = diverse_quotes(clauses(lines), {one.id: one for one in lines}, at_most=at_most)
    return [one.text for one in found]


def test_no_two_quotes_say_the_same() -> None:
    lines = [
        said("ann", "Доставку ждали целую неделю без новостей", "delivery"),
        said("bob", "Ждали доставку целую неделю, без новостей!", "delivery"),
        said("eve", "Курьер приехал ночью, когда все уже спали", "delivery"),
    ]
    assert len(quoted(lines)) == 2


def test_a_person_is_quoted_once() -> None:
    lines = [said("ann", text, "delivery") for text in ("Долго везли мой заказ", "Курьер опоздал на четыре часа")]
    assert len(quoted(lines)) == 1


def test_quotes_are_verbatim_dated_and_marked() -> None:
    line = said("ann", "Коробка приехала мятая и мокрая", "packaging", day=3)
    (quote,) = diverse_quotes(clauses([line]), {line.id: line})
    assert (quote.text, quote.span) == (line.text, (0, len(line.text)))
    assert quote.date is not None


def test_a_readable_length_comes_before_one_word() -> None:
    lines = [said("ann", "Долго", "delivery"), said("bob", "Везли через весь город три часа", "delivery")]
    assert quoted(lines, at_most=1) == ["Везли через весь город три часа"]
