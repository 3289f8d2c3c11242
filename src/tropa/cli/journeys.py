"""`tropa flow`, `tropa paths` and `tropa visits`: how people really go."""

from typing import TYPE_CHECKING, Annotated

import typer

from tropa.cli.question import Asking
from tropa.domain.text import Language

if TYPE_CHECKING:
    from tropa.services.answering.answer import Answer
    from tropa.services.answering.questions import Questions


def add_to(app: typer.Typer, language: Language) -> None:
    """Give the app the questions about ways."""
    ask = Asking(app, language)
    _add_flow(ask)
    _add_paths(ask)
    _add_visits(ask)


def _places(ask: Asking) -> object:
    return ask.option(
        "--places",
        ru="По чему идти: events, touchpoints или stages.",
        en="What ways go over: events, touchpoints or stages.",
    )


def _add_flow(ask: Asking) -> None:
    @ask("flow", ru="Как идут на самом деле: переходы и шаги.", en="How people really go: moves and steps.")
    def flow(
        questions: "Questions",
        *,
        places: Annotated[str, _places(ask)] = "events",
        anchor: Annotated[
            str,
            ask.option(
                "--anchor",
                ru="Откуда считать шаги: start, end или событие.",
                en="Where steps are counted from: start, end or an event.",
            ),
        ] = "start",
        before: Annotated[
            int | None, ask.option("--before", ru="Сколько шагов до.", en="How many steps before.")
        ] = None,
        after: Annotated[
            int | None, ask.option("--after", ru="Сколько шагов после.", en="How many steps after.")
        ] = None,
        noise: Annotated[
            float,
            ask.option(
                "--noise",
                ru="Скрыть переходы, которые делает меньшая доля клиентов.",
                en="Hide moves that a smaller share of people make.",
            ),
        ] = 0.01,
        by: Annotated[str | None, ask.option("--by", ru="По свойству клиента.", en="By a property of people.")] = None,
    ) -> "Answer":
        return questions.flow(places=places, anchor=anchor, before=before, after=after, noise=noise, by=by)


def _add_paths(ask: Asking) -> None:
    @ask("paths", ru="Типичные пути и сколько по ним доходят.", en="Typical paths, and how many come to the goal.")
    def paths(
        questions: "Questions",
        *,
        places: Annotated[str, _places(ask)] = "events",
        length: Annotated[
            int, ask.option("--length", ru="Сколько первых шагов.", en="How many of the first steps.")
        ] = 5,
        whole: Annotated[bool, ask.option("--whole", ru="Пути целиком.", en="Whole paths.")] = False,
        goal: Annotated[
            str | None,
            ask.option(
                "--goal",
                ru="Цель: событие; иначе этап-цель карты.",
                en="The goal: an event; otherwise the map's goal stage.",
            ),
        ] = None,
        top: Annotated[int, ask.option("--top", ru="Сколько путей.", en="How many paths.")] = 20,
    ) -> "Answer":
        return questions.paths(places=places, length=length, whole=whole, goal=goal, top=top)


def _add_visits(ask: Asking) -> None:
    @ask(
        "visits",
        ru="Как заходят: сколько раз, надолго ли, с чего начинают.",
        en="How people visit: how often and long.",
    )
    def visits(
        questions: "Questions",
        *,
        pause: Annotated[
            str, ask.option("--pause", ru="Какой перерыв кончает заход.", en="The pause that ends a visit.")
        ] = "30m",
        places: Annotated[str, _places(ask)] = "events",
    ) -> "Answer":
        return questions.visits(pause=pause, places=places)
