import dataclasses
from datetime import date

import pytest

from tropa.assembly.answers import Answer, with_answers
from tropa.assembly.beginning import begin
from tropa.assembly.research import open_guesses
from tropa.assembly.research_page import research_blocks
from tropa.assembly.standing import Coverage, coverage
from tropa.assembly.touched import Touch, touched
from tropa.domain.brief import Brief, BriefKey
from tropa.domain.evidence import Basis, Flag, Quotes
from tropa.domain.journeymap import Author, Card, JourneyMap, LaneKind, MapView
from tropa.domain.project import GoalSpec, Project
from tropa.domain.text import Language, Text
from tropa.lint.check import lint
from tropa.mapfile.codec import map_from_text, map_to_text
from tropa.texts.document import Feedback
from tropa.texts.templates import TEMPLATES, template

DAY = date(2026, 3, 31)
ANSWERS = {
    BriefKey.BUYERS: "Марина, 34, бухгалтер",
    BriefKey.FEARS: "боится боли; не верит отзывам",
    BriefKey.FINDS: "советуют знакомые",
    BriefKey.DEPARTMENTS: "регистратура на втором этаже",
}


def begun(key: str = "clinic", answers: dict[BriefKey, str] | None = None) -> JourneyMap:
    of = template(key)
    project = Project(project=key, title=Text(ru="Путь", en="Path"), model=of.model, goal=GoalSpec(text=of.goals[0]))
    return begin(of, Brief(language=Language.RU, answers=answers or {}), project)


def the_card(journey: JourneyMap, key: str) -> Card:
    return next(card for card in journey.cards if card.key == key)


def an_answer(card: str, person: str | None, text: str = "Трубку не берут", **more: object) -> Answer:
    return Answer(card=card, text=text, date=DAY, person=person, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", TEMPLATES)
def test_every_template_makes_a_map_of_guesses_in_both_languages(key: str) -> None:
    journey = begun(key)
    assert journey.view is MapView.TO_BE
    assert journey.model_lines is not None
    assert all(card.is_guess for card in journey.cards)
    assert len({card.key for card in journey.cards}) == len(journey.cards)
    texts = [card.text for card in journey.cards] + [ask.question for stage in journey.stages for ask in stage.asks]
    minute = journey.minute
    assert minute is not None
    texts += [one.text for one in (minute.want, minute.loss, minute.action) if one is not None]
    assert [text for text in texts if not text.ru or not text.en] == []
    assert all(stage.asks for stage in journey.stages)
    assert [one.code for one in lint(journey)] == ["TR304"]
    written = map_to_text(journey)
    assert map_to_text(map_from_text(written.encode(), file="map.cjm.json")) == written


def test_what_the_owner_believes_is_a_guess_with_its_author() -> None:
    journey = begun(answers=ANSWERS)
    own = [card for card in journey.cards if card.author is Author.PERSON]
    assert [card.text.ru for card in own if card.lane == "barrier"] == ["Боится боли", "Не верит отзывам"]
    assert all(card.is_guess for card in own)
    assert [card.text.ru for card in journey.cards_of(LaneKind.OWNER, "booking")] == ["Регистратура на втором этаже"]
    (persona,) = journey.personas
    assert persona.name.ru == "Марина, 34, бухгалтер"
    assert persona.fears == (Text(ru="боли"), Text(ru="не верит отзывам"))
    assert persona.questions


def test_the_first_five_are_where_the_goal_is_decided_and_least_is_known() -> None:
    first = open_guesses(begun())
    assert len(first) == 5
    assert [one.score for one in first] == sorted((one.score for one in first), reverse=True)
    assert max(sum(one.stage.key == stage for one in first) for stage in {one.stage.key for one in first}) == 2
    assert first[0].weight is not None
    assert first[0].weight.value == 5
    assert first[0].kind is LaneKind.BARRIER


@pytest.mark.parametrize("key", TEMPLATES)
@pytest.mark.parametrize("language", Language)
def test_questions_of_the_plan_do_not_lead(key: str, language: Language) -> None:
    journey = dataclasses.replace(begun(key), language=language)
    guesses = open_guesses(journey)
    blocks = {one.key: one.text for one in research_blocks(journey, template(key), language=language)}
    for one in guesses:
        said = one.card.text.said_in(language)
        questions = [line for line in blocks[f"guess:{one.card.key}"].split("\n") if line.startswith("- ")]
        assert len(questions) == 3
        assert not any(said.casefold() in line.casefold() for line in questions)


def test_one_to_four_voices_are_anecdotal_and_five_are_quoted() -> None:
    journey, bases = begun(), []
    for number in range(5):
        journey = with_answers(journey, [an_answer("barrier.guess.booking", f"p{number}", f"Звонил {number} раз")])
        bases.append(the_card(journey, "barrier.guess.booking").basis())
    assert bases == [Basis.ANECDOTAL] * 4 + [Basis.QUOTED]
    assert coverage(journey).resting == 1
    assert "barrier.guess.booking" not in {one.card.key for one in open_guesses(journey)}
    assert journey.goal is not None
    assert journey.goal.answer is not None
    assert "1 из 100" in (journey.goal.answer.text.ru or "").replace("\u00a0", " ")


def test_coverage_is_said_in_the_right_number() -> None:
    said = {cards: Coverage(7, cards).said_in(Language.RU).replace("\u00a0", " ") for cards in (74, 101, 111)}
    assert said[74] == "На доказательствах 7 из 74 карточек"
    assert said[101] == "На доказательствах 7 из 101 карточки"
    assert said[111] == "На доказательствах 7 из 111 карточек"


def test_nobody_counts_twice_and_unnamed_words_are_one_voice() -> None:
    key = "barrier.guess.booking"
    same = [an_answer(key, "anna", "Не берут"), an_answer(key, "anna", "Не берут"), an_answer(key, "anna", "Опять")]
    (quotes,) = the_card(with_answers(begun(), same), key).evidence
    assert isinstance(quotes, Quotes)
    assert (quotes.voices, len(quotes.examples)) == (1, 2)
    unnamed = [an_answer(key, None, f"Не берут {number}") for number in range(6)]
    assert the_card(with_answers(begun(), unnamed), key).basis() is Basis.ANECDOTAL


def test_what_staff_say_is_reported_however_many_say_it() -> None:
    key = "barrier.guess.booking"
    told = [an_answer(key, f"p{number}", f"Жалуются {number}", by_staff=True) for number in range(7)]
    journey = with_answers(begun(), told)
    assert the_card(journey, key).basis() is Basis.REPORTED
    assert journey.provenance is not None
    assert journey.provenance.interviews == 0


def test_a_denial_marks_the_guess_and_stands_beside_it_with_its_proof() -> None:
    key = "barrier.guess.visit"
    journey = with_answers(begun(), [an_answer(key, "boris", "Приняли минута в минуту", against=True)])
    denied = the_card(journey, key)
    assert denied.is_guess
    assert denied.flags == (Flag.CONTRADICTED,)
    (beside,) = journey.cards_of(LaneKind.INSIGHT, "visit")
    assert beside.text.ru == "Говорят иначе: «Приняли минута в минуту»"
    assert beside.basis() is Basis.ANECDOTAL
    assert [one.severity.value for one in lint(journey) if one.severity.value == "error"] == []


def test_in_b2b_three_companies_make_a_finding_and_one_company_does_not() -> None:
    key = "barrier.guess.choice"
    one = [an_answer(key, f"p{number}", f"Нет цифр {number}", company="north") for number in range(6)]
    three = [an_answer(key, f"p{number}", f"Нет цифр {number}", company=f"c{number}") for number in range(3)]
    assert the_card(with_answers(begun("b2b_line"), one), key).basis(b2b=True) is Basis.ANECDOTAL
    assert the_card(with_answers(begun("b2b_line"), three), key).basis(b2b=True) is Basis.QUOTED


def touches(*texts: str) -> list[Touch]:
    said = [Feedback(id=str(number), text=text) for number, text in enumerate(texts)]
    return list(touched(begun(), said, industry="clinic"))


def test_an_interview_confirms_what_it_says_and_nothing_else() -> None:
    sure = {one.card.key for one in touches("Звонила три раза, трубку не берут. Кофе вкусный.") if one.sure}
    assert "barrier.guess.booking" in sure
    assert {key for key in sure if key.startswith(("barrier", "goal"))} == {"barrier.guess.booking"}


def test_praise_never_confirms_a_barrier() -> None:
    found = touches("На приёме всё хорошо: приём начался вовремя, врач говорил понятно.")
    barriers = [one for one in found if one.card.lane == "barrier"]
    assert [one.card.key for one in barriers if one.sure and not one.against] == []
