"""Questions about deals between companies: `tropa buying-centre` and what follows."""

from typing import TYPE_CHECKING, Annotated, Any

from tropa.cli.question import Asking

if TYPE_CHECKING:
    from tropa.services.answering.answer import Answer
    from tropa.services.answering.questions import Questions


def add_questions(ask: Asking) -> None:
    """Give the app the questions."""
    _add_buying_centre(ask)
    _add_deals(ask)


def _goal(ask: Asking) -> Any:
    return ask.option("--goal", ru="Событие победы; иначе оплата.", en="What wins a deal, or a payment.")


def _lost(ask: Asking) -> Any:
    return ask.option("--lost", ru="События отказа через запятую.", en="What ends a deal without a sale.")


def _term(ask: Asking) -> Any:
    return ask.option("--term", ru="Сколько тишины – проигрыш: 90d.", en="So long without an event is a loss.")


def _add_buying_centre(ask: Asking) -> None:
    @ask("buying-centre", ru="Кто решает: роли покупателей в сделках.", en="Who decides: classes of buyers in deals.")
    def buying_centre(
        questions: "Questions",
        *,
        by: Annotated[
            str | None, ask.option("--by", ru="Свойство событий с ролью.", en="The property of events with the class.")
        ] = None,
        places: Annotated[
            str, ask.option("--places", ru="stages, touchpoints или events.", en="stages, touchpoints or events.")
        ] = "stages",
        goal: Annotated[str | None, _goal(ask)] = None,
        lost: Annotated[str | None, _lost(ask)] = None,
        term: Annotated[str, _term(ask)] = "90d",
    ) -> "Answer":
        return questions.buying_centre(by=by, places=places, goal=goal, lost=lost, term=term)


def _add_deals(ask: Asking) -> None:
    @ask("deals", ru="Что со сделками: возраст, потери, ответы.", en="How deals stand: ages, losses, first answers.")
    def deals(
        questions: "Questions",
        *,
        goal: Annotated[str | None, _goal(ask)] = None,
        lost: Annotated[str | None, _lost(ask)] = None,
        answer: Annotated[
            str | None, ask.option("--answer", ru="События первого ответа.", en="Events that are the first answer.")
        ] = None,
        request: Annotated[
            str | None,
            ask.option("--request", ru="На что отвечают, через запятую.", en="What is answered, with commas."),
        ] = None,
        reason: Annotated[
            str | None, ask.option("--reason", ru="Свойство с причиной отказа.", en="The property with the reason.")
        ] = None,
        term: Annotated[str, _term(ask)] = "90d",
    ) -> "Answer":
        return questions.deals(goal=goal, lost=lost, answer=answer, request=request, reason=reason, term=term)
