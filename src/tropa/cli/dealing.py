"""Questions about deals between companies: `tropa buying-centre` and what follows."""

from typing import TYPE_CHECKING, Annotated

from tropa.cli.question import Asking

if TYPE_CHECKING:
    from tropa.services.answering.answer import Answer
    from tropa.services.answering.questions import Questions


def add_questions(ask: Asking) -> None:
    """Give the app the questions."""
    _add_buying_centre(ask)


def _add_buying_centre(ask: Asking) -> None:
    @ask("buying-centre", ru="Кто решает: роли покупателей в сделках.", en="Who decides: classes of buyers in deals.")
    def buying_centre(
        questions: "Questions",
        *,
        by: Annotated[
            str | None, ask.option("--by", ru="Свойство событий с ролью.", en="The property of events with the class.")
        ] = None,
        goal: Annotated[
            str | None, ask.option("--goal", ru="Событие победы; иначе цель карты.", en="What wins, or the map's goal.")
        ] = None,
        lost: Annotated[
            str | None, ask.option("--lost", ru="События отказа через запятую.", en="What ends a deal without a sale.")
        ] = None,
        term: Annotated[
            str, ask.option("--term", ru="Сколько тишины – проигрыш: 90d.", en="So long without an event is a loss.")
        ] = "90d",
    ) -> "Answer":
        return questions.buying_centre(by=by, goal=goal, lost=lost, term=term)
