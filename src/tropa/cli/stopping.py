"""Questions about what holds people up and whether they come back: `tropa retention` and what follows."""

from typing import TYPE_CHECKING, Annotated, Any

from tropa.cli.question import Asking
from tropa.cli.valuing import names_in

if TYPE_CHECKING:
    from tropa.services.answering.answer import Answer
    from tropa.services.answering.questions import Questions


def add_questions(ask: Asking) -> None:
    """Give the app the questions."""
    _add_retention(ask)
    _add_waiting(ask)
    _add_loops(ask)
    _add_dead_ends(ask)
    _add_hesitation(ask)
    _add_handovers(ask)


def _places(ask: Asking) -> Any:
    return ask.option(
        "--places", ru="touchpoints (как на карте) или events.", en="touchpoints (as the map has) or events."
    )


def _goal(ask: Asking) -> Any:
    return ask.option("--goal", ru="Событие-цель; иначе цель карты.", en="The goal's event, or the map's goal.")


def _top(ask: Asking) -> Any:
    return ask.option("--top", ru="Сколько показать.", en="How many to show.")


def _quiet(ask: Asking) -> Any:
    return ask.option("--term", ru="Сколько тишины – конец: 30d.", en="So long without an event is an end: 30d.")


def _add_retention(ask: Asking) -> None:
    @ask("retention", ru="Кто возвращается и через сколько.", en="Who comes back, and after how long.")
    def retention(
        questions: "Questions",
        *,
        event: Annotated[
            str | None,
            ask.option("--event", ru="Что повторяют, через запятую.", en="What is done again, with commas."),
        ] = None,
        term: Annotated[str, ask.option("--term", ru="Срок: 30d.", en="The term: 30d.")] = "30d",
        by: Annotated[str, ask.option("--by", ru="Когорты: month или week.", en="Cohorts: month or week.")] = "month",
    ) -> "Answer":
        return questions.retention(event=names_in(event), term=term, by=by)


def _add_waiting(ask: Asking) -> None:
    @ask("waiting", ru="Сколько ждут: между чем, когда, дольше предела.", en="How long people wait: where, and when.")
    def waiting(
        questions: "Questions",
        *,
        start: Annotated[str | None, ask.option("--from", ru="Откуда ждут.", en="What the wait begins with.")] = None,
        to: Annotated[str | None, ask.option("--to", ru="Чего ждут.", en="What ends it.")] = None,
        limit: Annotated[
            str | None, ask.option("--limit", ru="Дольше чего – долго: 3d.", en="Longer than what is long: 3d.")
        ] = None,
    ) -> "Answer":
        return questions.waiting(start=start, to=to, limit=limit)


def _add_loops(ask: Asking) -> None:
    @ask("loops", ru="Где ходят по кругу.", en="Where people go in circles.")
    def loops(
        questions: "Questions",
        *,
        places: Annotated[str | None, _places(ask)] = None,
        goal: Annotated[str | None, _goal(ask)] = None,
        top: Annotated[int, _top(ask)] = 30,
    ) -> "Answer":
        return questions.loops(places=places, goal=goal, top=top)


def _add_dead_ends(ask: Asking) -> None:
    @ask(
        "deadends", ru="Где обрывается: после чего останавливаются.", en="Where it breaks off: after what people stop."
    )
    def deadends(
        questions: "Questions",
        *,
        places: Annotated[str | None, _places(ask)] = None,
        goal: Annotated[str | None, _goal(ask)] = None,
        term: Annotated[str, _quiet(ask)] = "30d",
        top: Annotated[int, _top(ask)] = 30,
    ) -> "Answer":
        return questions.deadends(places=places, goal=goal, term=term, top=top)


def _add_hesitation(ask: Asking) -> None:
    @ask("hesitation", ru="Где сомневаются: признаки по местам.", en="Where people hesitate: signs by place.")
    def hesitation(
        questions: "Questions",
        *,
        places: Annotated[str | None, _places(ask)] = None,
        goal: Annotated[str | None, _goal(ask)] = None,
        pause: Annotated[
            str | None, ask.option("--pause", ru="Какая пауза долгая: 5m.", en="What pause is long: 5m.")
        ] = None,
        top: Annotated[int, _top(ask)] = 30,
    ) -> "Answer":
        return questions.hesitation(places=places, goal=goal, pause=pause, top=top)


def _add_handovers(ask: Asking) -> None:
    @ask("handovers", ru="Как передают работу друг другу.", en="How work is handed over.")
    def handovers(
        questions: "Questions",
        *,
        by: Annotated[
            str | None,
            ask.option("--by", ru="Свойство событий: кто их делает.", en="A property of events: who does them."),
        ] = None,
        goal: Annotated[str | None, _goal(ask)] = None,
        term: Annotated[str, _quiet(ask)] = "30d",
        top: Annotated[int, _top(ask)] = 30,
    ) -> "Answer":
        return questions.handovers(by=by, goal=goal, term=term, top=top)
