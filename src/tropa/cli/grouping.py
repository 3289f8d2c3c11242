"""Questions about groups of people and about single ones: `tropa compare` and what follows."""

from typing import TYPE_CHECKING, Annotated, Any

from tropa.cli.question import Asking
from tropa.cli.valuing import names_in

if TYPE_CHECKING:
    from tropa.services.answering.answer import Answer
    from tropa.services.answering.questions import Questions


def add_questions(ask: Asking) -> None:
    """Give the app the questions."""
    _add_compare(ask)
    _add_segments(ask)
    _add_value(ask)
    _add_importance(ask)
    _add_stories(ask)


def _goal(ask: Asking) -> Any:
    return ask.option("--goal", ru="События-цель через запятую.", en="Events that are the goal, with commas.")


def _within(ask: Asking) -> Any:
    return ask.option("--within", ru="Сколько смотреть за каждым: 30d.", en="How long each is watched: 30d.")


def _top(ask: Asking) -> Any:
    return ask.option("--top", ru="Сколько нарисовать.", en="How many are drawn.")


def _add_compare(ask: Asking) -> None:
    @ask("compare", ru="Чем отличаются две группы или два срока.", en="How two groups or two periods differ.")
    def compare(
        questions: "Questions",
        *,
        a: Annotated[
            str,
            ask.option(
                "--a",
                ru="Кого: свойство=значение или 2026-01-01..2026-03-31.",
                en="Whom: property=value or 2026-01-01..2026-03-31.",
            ),
        ],
        b: Annotated[
            str | None, ask.option("--b", ru="С кем; иначе с остальными.", en="With whom; otherwise with the rest.")
        ] = None,
        goal: Annotated[
            str | None,
            _goal(ask),
        ] = None,
        within: Annotated[
            str | None,
            _within(ask),
        ] = None,
        top: Annotated[int, _top(ask)] = 12,
    ) -> "Answer":
        return questions.compare(a, b, goal=names_in(goal), within=within, top=top)


def _add_segments(ask: Asking) -> None:
    @ask("segments", ru="Кто ходит иначе: группы людей по путям.", en="Who goes differently: groups of people by way.")
    def segments(
        questions: "Questions",
        *,
        goal: Annotated[
            str | None,
            _goal(ask),
        ] = None,
        most: Annotated[int, ask.option("--most", ru="Самое большое число групп.", en="The most groups.")] = 6,
    ) -> "Answer":
        return questions.segments(goal=names_in(goal), most=most)


def _add_value(ask: Asking) -> None:
    @ask("value", ru="Ценность клиентов: кто приносит деньги.", en="What clients are worth: who brings the money.")
    def value(
        questions: "Questions",
        *,
        purchase: Annotated[
            str | None,
            ask.option("--purchase", ru="События-покупки; иначе все с деньгами.", en="Purchases; else all with money."),
        ] = None,
        ahead: Annotated[
            bool,
            ask.option("--ahead", ru="Чего ждать за 90 и 365 дней (tropa[ltv]).", en="What to expect (tropa[ltv])."),
        ] = False,
    ) -> "Answer":
        return questions.value(purchase=names_in(purchase), ahead=ahead)


def _add_importance(ask: Asking) -> None:
    @ask("importance", ru="Что важно: точки контакта и цель.", en="What matters: touchpoints and the goal.")
    def importance(
        questions: "Questions",
        *,
        goal: Annotated[
            str | None,
            _goal(ask),
        ] = None,
        by: Annotated[
            str, ask.option("--by", ru="Свойство, в котором люди похожи.", en="The property in which people are alike.")
        ] = "channel",
        within: Annotated[
            str | None,
            _within(ask),
        ] = None,
        top: Annotated[int, _top(ask)] = 12,
    ) -> "Answer":
        return questions.importance(goal=names_in(goal), by=by, within=within, top=top)


def _add_stories(ask: Asking) -> None:
    @ask("stories", ru="Истории: типичная, счастливая, потерянная.", en="Stories: a typical, a happy and a lost one.")
    def stories(
        questions: "Questions",
        *,
        stage: Annotated[
            str | None, ask.option("--stage", ru="Этап: ключ или имя.", en="The stage: its key or its name.")
        ] = None,
        person: Annotated[
            int | None, ask.option("--person", ru="Номер человека из историй.", en="A person's number, from stories.")
        ] = None,
    ) -> "Answer":
        return questions.stories(stage=stage, person=person)
