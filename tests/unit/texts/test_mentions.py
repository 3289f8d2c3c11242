from collections.abc import Sequence

import pytest

from tropa.domain.evidence import Rating
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.texts.document import Feedback, Mention, Voice
from tropa.texts.hidden import hidden_touchpoints
from tropa.texts.mentions import find_mentions, value_of
from tropa.texts.voices import stage_voices, touchpoint_pains

CART = StageSpec(
    key="cart", name=Text(ru="Корзина"), touchpoints=(TouchpointSpec(key="cart", name=Text(ru="Корзина", en="Cart")),)
)
DELIVERY = StageSpec(
    key="delivery",
    name=Text(ru="Жду"),
    touchpoints=(
        TouchpointSpec(key="carrier", name=Text(ru="Служба"), words=("доставка", "курьер привёз", "вертолёт")),
        TouchpointSpec(key="tracking", name=Text(ru="Трек-номер")),
    ),
)
STAGES = (CART, DELIVERY)


def said(text: str, *, rating: float | None = None, person: str | None = None, number: int = 0) -> Feedback:
    mark = None if rating is None else Rating(value=rating, scale=(1, 5))
    return Feedback(id=f"f{number}", text=text, rating=mark, person=person)


def mentions_of(text: str, rating: float | None = None) -> tuple[Mention, ...]:
    return find_mentions([said(text, rating=rating)], STAGES)


def many(texts: Sequence[str], rating: float | None = None) -> list[Feedback]:
    return [said(text, rating=rating, number=number) for number, text in enumerate(texts)]


@pytest.mark.parametrize("text", ["про доставку молчат", "Курьер привез в срок", "доставкой занимался вертолет"])
def test_the_same_touchpoint_is_found_in_any_form(text: str) -> None:
    assert {one.touchpoint for one in mentions_of(text)} == {"carrier"}


def test_a_touchpoint_without_words_takes_them_from_the_dictionary_by_key() -> None:
    (one,) = mentions_of("где мой заказ, никто не знает")
    assert (one.touchpoint, one.stage, one.negative) == ("tracking", "delivery", True)


def test_a_mention_marks_its_clause_and_words_in_the_stored_text() -> None:
    text = "Сорта супер, но доставка долгая 😡. Корзину собирала час."
    first, second = mentions_of(text)
    assert text[first.start : first.end] == "но доставка долгая 😡."
    assert first.words == ("доставка",)
    assert first.negative is True
    assert text[second.start : second.end] == "Корзину собирала час."
    assert second.negative is None


def test_a_rating_counts_only_where_the_text_speaks_of_one_stage() -> None:
    assert [one.value for one in mentions_of("доставка ехала неделю", 2)] == [-1.0]
    assert [one.value for one in mentions_of("доставка ехала неделю. Корзина на месте.", 2)] == [None, None]
    assert [one.value for one in mentions_of("доставка ехала неделю")] == [None]


def test_a_clear_rating_tells_what_the_words_do_not_and_irony_stays_open() -> None:
    assert mentions_of("доставка ехала неделю", 1)[0].negative is True
    assert mentions_of("доставка ехала неделю", 5)[0].negative is False
    assert mentions_of("доставка ехала неделю", 3)[0].negative is None
    assert mentions_of("отличная доставка", 1)[0].negative is None


def test_a_mark_is_put_on_the_scale_of_emotions_linearly() -> None:
    assert value_of(Rating(value=1, scale=(1, 5))) == -2
    assert value_of(Rating(value=10, scale=(0, 10))) == 2
    assert value_of(Rating(value=3, scale=(1, 5))) == 0
    assert value_of(Rating(value=7, scale=(1, 5))) is None
    assert value_of(Rating(value=1, scale=(1, 1))) is None
    assert value_of(None) is None


def test_praise_and_blame_in_one_clause_go_each_to_its_own() -> None:
    found = {one.touchpoint: one.negative for one in mentions_of("корзина удобная, доставка медленная")}
    assert found == {"cart": False, "carrier": True}


def test_repeated_texts_empty_ones_and_employees_are_no_voices() -> None:
    feedback = [
        said("доставка ужас", number=1),
        said("Доставка — ужас!", number=2),
        said("доставка ужас", person="p1", number=3),
        said("доставка снова ужас", person="p1", number=4),
        said("", number=5),
        Feedback(id="f6", text="доставка у нас ужас", voice=Voice.EMPLOYEE),
    ]
    mentions = find_mentions(feedback, STAGES)
    _, delivery = stage_voices(feedback, mentions, STAGES)
    assert (delivery.voices, delivery.of, delivery.negative) == (2, 2, 2)
    (pain,) = touchpoint_pains(feedback, mentions)
    assert (pain.touchpoint, pain.negative, pain.of) == ("carrier", 2, 2)


def test_four_voices_have_a_mean_and_no_interval() -> None:
    feedback = many([f"доставка шла {n} дней" for n in range(4)], rating=2)
    voice = stage_voices(feedback, find_mentions(feedback, STAGES), STAGES)[1]
    assert (voice.value, voice.low, voice.high, voice.points) == (-1.0, None, None, (0, 4, 0, 0, 0))


def test_five_voices_have_an_interval_by_students_t() -> None:
    marks = [1, 2, 3, 4, 5]
    feedback = [said(f"доставка шла {mark} дней", rating=mark, number=mark) for mark in marks]
    voice = stage_voices(feedback, find_mentions(feedback, STAGES), STAGES)[1]
    half = 2.776 * ((2.5 + 1 / 12) / 5) ** 0.5
    assert voice.value == 0
    assert voice.high == pytest.approx(min(2.0, half), abs=0.01)
    assert voice.points == (1, 1, 1, 1, 1)


def test_one_person_has_one_value_however_often_they_write() -> None:
    feedback = [said(f"доставка {n} раз", rating=1, person="p1", number=n) for n in range(9)]
    feedback.append(said("доставка норм", rating=5, person="p2", number=99))
    voice = stage_voices(feedback, find_mentions(feedback, STAGES), STAGES)[1]
    assert (voice.voices, voice.rated, voice.value) == (2, 2, 0.0)


def test_an_emotion_is_named_only_when_two_people_use_its_words() -> None:
    feedback = many(["доставка бесит", "эта доставка раздражает", "доставкой я в восторге", "не бесит доставка"])
    voice = stage_voices(feedback, find_mentions(feedback, STAGES), STAGES)[1]
    assert voice.names == (Text(ru="раздражение", en="irritation"),)


def test_quotes_are_the_stored_words_with_the_telling_part_marked() -> None:
    feedback = many(["Ужасная доставка, ждали две недели и не дождались. Сорта хорошие."], rating=1)
    voice = stage_voices(feedback, find_mentions(feedback, STAGES), STAGES)[1]
    (quote,) = voice.negative_quotes
    assert quote.text == feedback[0].text
    assert quote.span is not None
    assert "доставка" in quote.text[slice(*quote.span)]
    assert voice.positive_quotes == ()


def test_what_five_people_speak_of_and_the_map_lacks_is_heard() -> None:
    feedback = many([f"Упаковка никуда не годится, коробка мятая {n}" for n in "абвгд"])
    (found, *_) = hidden_touchpoints(feedback, find_mentions(feedback, STAGES), STAGES)
    assert (found.key, found.stage, found.voices, found.negative, found.known) == ("packaging", "delivery", 5, 5, True)
    assert found.as_touchpoint().name.ru == "Упаковка"


def test_four_people_are_not_enough_to_add_a_touchpoint() -> None:
    feedback = many([f"Упаковка мятая {n}" for n in "абвг"])
    assert hidden_touchpoints(feedback, find_mentions(feedback, STAGES), STAGES) == ()


def test_a_frequent_thing_of_complaints_is_a_candidate() -> None:
    feedback = many([f"Парковка ужасная {n}" for n in "абвгд"])
    (found,) = hidden_touchpoints(feedback, find_mentions(feedback, STAGES), STAGES)
    assert (found.key, found.known, found.stage, found.negative) == ("heard.parkovka", False, None, 5)


def test_idioms_speak_of_no_touchpoint() -> None:
    feedback = many([f"Lesson learned, of course {n}" for n in "abcdef"])
    assert hidden_touchpoints(feedback, (), STAGES) == ()
