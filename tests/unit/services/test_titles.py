"""What a map is called before its owner has given it a name."""

from collections.abc import Sequence

import pytest

from builders.people import a_person, population
from tropa.domain.project import FeedbackColumns, FeedbackSource, Project, StageSpec
from tropa.domain.text import Text
from tropa.events.ordinal import with_ordinals
from tropa.services.understanding import title_of_path, with_stages
from tropa.texts.names import stage_kinds

NOBODY = population()


def title_of(project: Project, *people: Sequence[str]) -> Text:
    log = population(*(a_person(f"p{number}").did(*events) for number, events in enumerate(people)))
    return with_stages(project, log).title


@pytest.mark.parametrize(
    ("events", "ru", "en"),
    [
        (("home", "product_view", "payment"), "Захожу, выбираю и оплачиваю", "Arriving, choosing and paying"),
        (("session_start", "purchase"), "Захожу и покупаю", "Arriving and buying"),
    ],
)
def test_a_title_is_the_path_in_the_first_person(events: tuple[str, ...], ru: str, en: str) -> None:
    assert title_of(Project(project="shop", title=Text(ru="shop")), *[events] * 6) == Text(ru=ru, en=en)


def test_what_a_system_says_of_a_stage_is_no_part_of_the_title() -> None:
    title = title_of(Project(project="desk"), *[("ticket_created", "Closed", "zzz_flagged")] * 6)
    assert "Закрыто" not in (title.ru or "")
    assert "Zzz" not in (title.ru or "")


def test_a_word_that_all_stages_begin_with_is_said_once() -> None:
    log = with_ordinals(population(*(a_person(f"p{i}").did("purchase", "purchase", "purchase") for i in range(6))))
    title = with_stages(Project(project="shop"), log).title
    assert title == Text(ru="Покупаю впервые и второй раз", en="Buying for the first time and a second time")


def test_reviews_alone_tell_what_customers_say_and_ask_what_comes_after_the_purchase() -> None:
    reviews = FeedbackSource(file="reviews.csv", columns=FeedbackColumns(text=("text",)))
    seen = with_stages(Project(project="cafe", title=Text(ru="cafe"), sources=(reviews,)), NOBODY)
    assert seen.title == Text(ru="Что говорят клиенты", en="What customers say")
    assert seen.goal is not None
    assert seen.goal.text.ru == "Почему после покупки уходят и не возвращаются?"


def test_nobody_waits_for_an_order_before_it_is_made() -> None:
    met = ("entry", "choice", "delivery", "cart", "checkout")
    stages = [StageSpec(key=key, name=stage_kinds()[key].name, goal=key == "checkout") for key in met]
    assert title_of_path(Project(project="shop"), stages).ru == "Захожу, собираю корзину и оформляю заказ"


def test_backing_out_and_asking_for_help_are_no_part_of_the_title() -> None:
    refused = [("Запись на приём", "Визит", "Повторный приём", "Отмена записи")] * 6
    title = title_of(Project(project="clinic"), *refused)
    assert "тказываюсь" not in (title.ru or "")
    assert "омощи" not in (title.ru or "")


def test_a_title_that_somebody_gave_stays() -> None:
    mine = Text(ru="Покупатели рассады", en="Seedling buyers")
    assert title_of(Project(project="shop", title=mine), *[("home", "product_view", "payment")] * 6) == mine


def test_stages_named_in_other_words_give_the_first_and_the_last() -> None:
    title = title_of(Project(project="crm"), *[("zzz_one", "yyy_two", "xxx_three")] * 6)
    assert title == Text(ru="От «Zzz one» до «Xxx three»", en="From “Zzz one” to “Xxx three”")
