"""Questions about what things bring: `tropa attribution` and what follows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from tropa.cli.question import Asking
from tropa.errors import InvalidQueryError

if TYPE_CHECKING:
    from tropa.services.answering.answer import Answer
    from tropa.services.answering.questions import Questions


def add_questions(ask: Asking) -> None:
    """Give the app the questions."""
    _add_attribution(ask)


def _add_attribution(ask: Asking) -> None:
    @ask("attribution", ru="Что привело: результат по каналам.", en="What brought them: results by channel.")
    def attribution(
        questions: "Questions",
        *,
        by: Annotated[
            str, ask.option("--by", ru="Свойство событий, между значениями которого делят.", en="The events' property.")
        ] = "channel",
        goal: Annotated[
            str | None,
            ask.option("--goal", ru="События-результат через запятую.", en="Events that are the result, with commas."),
        ] = None,
        lookback: Annotated[
            str, ask.option("--lookback", ru="За сколько до результата: 30d.", en="How long before the result: 30d.")
        ] = "30d",
        cost: Annotated[
            list[str] | None,
            ask.option("--cost", ru="Расход канала: канал=сумма.", en="A channel's cost: channel=sum."),
        ] = None,
    ) -> "Answer":
        return questions.attribution(by=by, goal=names_in(goal), lookback=lookback, costs=_costs(cost or []))


def names_in(asked: str | None) -> tuple[str, ...]:
    """Event names separated by commas."""
    return tuple(one.strip() for one in asked.split(",") if one.strip()) if asked else ()


def _costs(asked: Sequence[str]) -> dict[str, float]:
    costs = {}
    for one in asked:
        name, _, amount = one.rpartition("=")
        try:
            costs[name.strip()] = float(amount.replace(" ", "").replace(",", "."))
        except ValueError:
            name = ""
        if not name:
            raise InvalidQueryError(f"“{one}” is no cost.", "Write channel=sum, such as ads=120000.")
    return costs
