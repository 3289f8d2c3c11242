"""What people said, as cards: themes, jobs, what behaviour contradicts, questions to customers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from tropa.assembly.build import Ingredients, build
from tropa.domain.evidence import MarkKind, Quotes, Rating
from tropa.domain.hearing import ThemeChoice
from tropa.domain.journeymap import Ask, Card, JourneyMap, LaneKind, Match
from tropa.domain.project import Project, StageSpec, TouchpointSpec
from tropa.domain.text import Language, Text
from tropa.domain.voice import Mark
from tropa.events.log import log_from_rows
from tropa.insight.afterwards_of_words import seen_less
from tropa.mapfile.codec import map_from_text, map_to_text
from tropa.render.page.document import render_page
from tropa.texts.document import Feedback
from tropa.texts.map_themes import stage_themes
from tropa.texts.mentions import find_mentions, listen

HOUR, DAY = 3_600_000, 86_400_000
FIRST = datetime(2026, 1, 5, 12, tzinfo=UTC)


def a_stage(key: str, ru: str, en: str, *touchpoints: TouchpointSpec) -> StageSpec:
    return StageSpec(key=key, name=Text(ru=ru, en=en), touchpoints=touchpoints)


def met(key: str, ru: str, en: str, *words: str) -> TouchpointSpec:
    return TouchpointSpec(key=key, name=Text(ru=ru, en=en), match=Match(event=(key,)), words=words)


STAGES = (
    a_stage("cart", "Собираю корзину", "Cart", met("cart", "Корзина", "Cart", "корзина", "cart")),
    a_stage("delivery", "Жду заказ", "Waiting", met("courier", "Курьер", "Courier", "курьер", "courier")),
)
LOG = log_from_rows(
    [(f"p{n}", event, n * HOUR + turn * HOUR) for n in range(60) for turn, event in enumerate(("cart", "courier"))],
    as_of=400 * DAY,
)
LATE = [f"Курьер опоздал на {n} часа, ужасно" for n in (2, 3, 4, 5, 6, 7)]


def reviews(texts: Sequence[str], *, mark: float | None = None, first: int = 0) -> tuple[Feedback, ...]:
    return tuple(
        Feedback(
            id=f"f{first + n}",
            text=text,
            person=f"w{first + n}",
            rating=None if mark is None else Rating(value=mark, scale=(1, 5)),
            written_at=FIRST + timedelta(days=n),
        )
        for n, text in enumerate(texts)
    )


def a_map(feedback: Sequence[Feedback], current: JourneyMap | None = None) -> JourneyMap:
    project = Project(project="p", stages_from="written", stages=STAGES)
    left = {} if current is None else {"map": current}
    return build(Ingredients(project=project, log=LOG, feedback=tuple(feedback), current=left)).journey


def cards(journey: JourneyMap, kind: LaneKind, start: str = "") -> dict[str, Card]:
    return {one.key: one for one in journey.cards_of(kind) if one.key.startswith(f"{kind}.{start}")}


def page(journey: JourneyMap) -> str:
    return render_page([journey], language=Language.RU).replace("\u00a0", " ")


def theme(journey: JourneyMap) -> Card:
    return next(iter(cards(journey, LaneKind.BARRIER, "theme.").values()))


def test_what_several_people_complain_of_is_a_barrier_with_a_name_and_their_words() -> None:
    card = theme(a_map(reviews(LATE, mark=1)))
    said = card.evidence[0]
    assert isinstance(said, Quotes)
    assert (card.stage, card.touchpoint, said.voices) == ("delivery", "courier", 6)
    assert all(one.text in LATE for one in said.examples)
    assert 0 < len(said.examples) <= 3


def test_a_renamed_theme_keeps_its_name_when_more_people_say_it() -> None:
    first = a_map(reviews(LATE, mark=1))
    card = theme(first)
    named = replace(card, text=Text(ru="Опоздания курьера", en="Late courier"))
    edited = replace(first, cards=tuple(named if one.key == card.key else one for one in first.cards))
    again = a_map(reviews([*LATE, "Курьер опоздал на сутки, ужасно"], mark=1), map_from_text(map_to_text(edited)))
    kept = theme(again)
    assert kept.text.ru == "Опоздания курьера"
    assert isinstance(kept.evidence[0], Quotes)
    assert kept.evidence[0].voices == 7


def test_choices_of_themes_are_kept_in_the_map_and_hold_at_every_build() -> None:
    first = a_map(reviews(LATE, mark=1))
    generated = theme(first).generated
    assert generated is not None
    key = generated.by.removeprefix("theme:")
    wish = ThemeChoice(key=key, name=Text(ru="Ждём курьера весь день", en="All day for the courier"))
    named = a_map(reviews(LATE, mark=1), map_from_text(map_to_text(replace(first, themes=(wish,)))))
    assert theme(named).text.ru == "Ждём курьера весь день"
    assert named.themes == (wish,)
    hidden = replace(named, themes=(replace(wish, hidden=True),))
    assert not cards(a_map(reviews(LATE, mark=1), hidden), LaneKind.BARRIER, "theme.")


def test_themes_that_a_person_merged_or_took_apart_stay_so_after_a_refresh() -> None:
    rude = [
        f"Курьер грубый, {what}" for what in ("нагрубил жене", "хамил по телефону", "огрызался", "накричал у двери")
    ]
    said = reviews([*LATE, *rude], mark=1)
    late, harsh = (one.theme.key for one in stage_themes(listen(said, STAGES)))
    choice = ThemeChoice(key=harsh, merged_into=late)
    merged = a_map(said, map_from_text(map_to_text(replace(a_map(said), themes=(choice,)))))
    more = reviews([*LATE, *rude, "Курьер опоздал на сутки, ужасно", "Курьер грубый, хлопнул дверью"], mark=1)
    again = a_map(more, map_from_text(map_to_text(merged)))
    assert voices_of(theme(again)) == len(LATE) + len(rude) + 2
    assert voices_of(theme(a_map(more, replace(again, themes=())))) == len(LATE) + 1


def voices_of(card: Card) -> int:
    (said,) = card.evidence
    assert isinstance(said, Quotes)
    return said.voices


def test_a_job_is_told_by_three_people_in_their_own_words_and_what_is_unsaid_is_asked() -> None:
    texts = [f"Искала корзину поменьше, чтобы уместить {what}" for what in ("подарки", "покупки", "заказы")]
    found = cards(a_map(reviews(texts)), LaneKind.GOAL, "job.")
    (card,) = found.values()
    assert card.text.ru is not None
    assert card.text.ru.startswith("Когда …, хочу ")
    assert "чтобы уместить" in card.text.ru
    assert card.reason is not None
    assert "Когда" in (card.reason.ru or "")
    assert not cards(a_map(reviews(texts[:2])), LaneKind.GOAL, "job.")


def test_what_nobody_tells_of_is_asked_and_a_persons_answer_stays() -> None:
    first = a_map(reviews(LATE, mark=1))
    asks = {one.key: one for stage in first.stages for one in stage.asks}
    assert asks
    assert all(one.is_open and one.question.ru and one.question.en for one in asks.values())
    assert not {"cart", "courier"} & {one.touchpoint for one in asks.values()}
    key = min(asks)
    told = Text(ru="Приходит СМС за час", en="A text an hour before")

    def answered(one: Ask) -> Ask:
        return replace(one, answer=told) if one.key == key else one

    stages = tuple(replace(stage, asks=tuple(map(answered, stage.asks))) for stage in first.stages)
    again = a_map(reviews(LATE, mark=1), map_from_text(map_to_text(replace(first, stages=stages))))
    kept = next(one for stage in again.stages for one in stage.asks if one.key == key)
    assert (kept.answer, kept.is_open) == (told, False)
    assert "Приходит СМС за час" in page(again)


def test_questions_that_reviews_answer_are_asked_no_more() -> None:
    silent = {one.touchpoint for stage in a_map(reviews(LATE, mark=1)).stages for one in stage.asks}
    texts = [f"Упаковка мятая, коробка порвана {n}" for n in "абвгде"]
    spoken = {one.touchpoint for stage in a_map(reviews([*LATE, *texts], mark=1)).stages for one in stage.asks}
    assert "packaging" not in spoken
    assert spoken <= silent


def test_a_stage_without_words_breaks_the_curve_and_asks_for_them() -> None:
    drawn = page(a_map(reviews(LATE, mark=1)))
    assert "спросите клиентов" in drawn
    assert "ask your customers" in drawn


def test_the_drawer_of_an_emotion_says_how_many_of_how_many_wrote() -> None:
    assert "голоса тех, кто написал: 6 отзывов на 60 клиентов" in page(a_map(reviews(LATE, mark=1)))


def test_marks_of_surveys_are_told_at_the_stage_that_the_question_names() -> None:
    def answer(n: int, value: float) -> Feedback:
        mark = Mark(
            kind=MarkKind.NPS, rating=Rating(value=value, scale=(0, 10)), question="Посоветуете нашего курьера?"
        )
        return Feedback(id=f"s{n}", text=f"Ответ номер {n}", person=f"s{n}", written_at=FIRST, marks=(mark,))

    feedback = [answer(n, 10 if n % 4 else 0) for n in range(40)]
    found = cards(a_map(feedback), LaneKind.KPI, "survey.")
    assert set(found) == {"kpi.survey.nps.all", "kpi.survey.nps.delivery"}
    measured = found["kpi.survey.nps.delivery"].evidence[0]
    assert (measured.value, measured.of) == (50, 40)
    assert "30" in measured.note.said_in(Language.RU)


def test_complainers_that_are_seen_less_are_told_as_an_association() -> None:
    rows = [(f"p{n:03d}", "courier", n * HOUR) for n in range(200)]
    rows += [(f"p{n:03d}", "cart", n * HOUR + 60 * DAY) for n in range(100, 200)]  # the pleased come again
    log = log_from_rows(rows, as_of=400 * DAY)
    start = datetime(1970, 1, 20, tzinfo=UTC)
    feedback = [
        Feedback(
            id=f"f{unit}",
            text=f"Курьер {'опоздал, ужасно' if events == 1 else 'отличный, спасибо'} {unit}",
            person=f"w{unit}",
            unit=unit,
            written_at=start,
        )
        for unit, events in enumerate(np.diff(log.offsets).tolist())
    ]
    (found,) = seen_less(log, feedback, find_mentions(feedback, STAGES))
    assert (found.touchpoint, found.unhappy.count, found.others.count) == ("courier", 0, 100)
    assert found.gap.high < 0
    assert seen_less(log_from_rows(rows, as_of=30 * DAY), feedback, find_mentions(feedback, STAGES)) == ()
