"""`tropa stages`, and the questions: `tropa funnel` and what follows."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tropa.cli import dealing, grouping, stopping, valuing
from tropa.cli.options import argument, option
from tropa.cli.question import Asking, project_of
from tropa.cli.words import say
from tropa.domain.project import Semantics
from tropa.domain.text import Language

if TYPE_CHECKING:
    from tropa.services.answering.answer import Answer
    from tropa.services.answering.questions import Questions


def add_to(app: typer.Typer, language: Language) -> None:
    """Give the app the command `stages` and the questions."""

    @app.command(help=say("help.stages", language))
    def stages(
        folder: Annotated[Path, argument("folder", language)],
        *,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
    ) -> None:
        show_stages(folder, language, as_json=as_json)

    ask = Asking(app, language)
    _add_questions(ask)
    valuing.add_questions(ask)
    grouping.add_questions(ask)
    stopping.add_questions(ask)
    dealing.add_questions(ask)


def _add_questions(ask: Asking) -> None:
    @ask("funnel", ru="Где теряем: воронка по шагам.", en="Where people are lost: a funnel over steps.")
    def funnel(
        questions: "Questions",
        *,
        steps: Annotated[
            str | None, ask.option("--steps", ru="События через запятую.", en="Events separated by commas.")
        ] = None,
        step: Annotated[
            list[str] | None,
            ask.option(
                "--step",
                ru="Один шаг: «событие[свойство=значение], другое; within 2d; after 5m; optional»; повторяйте.",
                en='One step: "event[property=value], other; within 2d; after 5m; optional"; repeat it.',
            ),
        ] = None,
        semantics: Annotated[
            str,
            ask.option(
                "--semantics", ru="any_start, first_touch или unwindowed.", en="any_start, first_touch or unwindowed."
            ),
        ] = Semantics.ANY_START.value,
        window: Annotated[
            str | None, ask.option("--window", ru="Срок на весь путь: 2h, 7d.", en="Time for the whole way: 2h, 7d.")
        ] = None,
        without: Annotated[
            list[str] | None,
            ask.option(
                "--without",
                ru="Событие, которое обрывает путь; «2-3: событие» – между шагами; повторяйте.",
                en='An event that breaks the way off; "2-3: event" between two steps; repeat it.',
            ),
        ] = None,
        hold: Annotated[
            str | None,
            ask.option(
                "--hold",
                ru="Свойство, одинаковое на всём пути, например товар.",
                en="A property that is the same all the way, such as the product.",
            ),
        ] = None,
        by: Annotated[
            str | None,
            ask.option(
                "--by",
                ru="По свойству клиента; «2:свойство» – по событию второго шага.",
                en='By a property of people; "2:property" by the second step\'s event.',
            ),
        ] = None,
        trend: Annotated[
            str | None, ask.option("--trend", ru="Во времени: day, week, month.", en="Over time: day, week, month.")
        ] = None,
        then: Annotated[
            int,
            ask.option(
                "--then",
                ru="Сколько шагов после потери показать; 0 – не показывать.",
                en="How many steps after a loss to show; 0 for none.",
            ),
        ] = 3,
    ) -> "Answer":
        asked: list[str | list[str]] = [one.strip() for one in steps.split(",")] if steps else []
        return questions.funnel(
            [*asked, *(step or [])],
            window=window,
            semantics=semantics,
            without=without or (),
            hold=hold,
            by=by,
            trend=trend,
            then=then,
        )


def show_stages(folder: Path, language: Language, *, as_json: bool) -> None:
    """The stages with their events, and the events in none."""
    import numpy as np  # noqa: PLC0415  heavy: only for commands that need it

    from tropa.bootstrap import Workshop  # noqa: PLC0415

    workshop = Workshop(folder)
    project = project_of(folder, language)
    staged = workshop.staged(project)
    names = staged.log.event.values
    rows = [
        {
            "key": stage.key,
            "name": stage.name.said_in(project.language),
            "events": [names[code] for code in np.unique(staged.log.event.codes[staged.stage == number]).tolist()],
        }
        for number, stage in enumerate(staged.stages)
    ]
    left = [names[code] for code in np.unique(staged.log.event.codes[staged.unassigned]).tolist()]
    if as_json:
        typer.echo(json.dumps({"stages": rows, "unassigned": left}, ensure_ascii=False, indent=2))
        return
    for row in rows:
        typer.echo(f"{row['name']} [{row['key']}]: {', '.join(row['events'])}")
    if left:
        typer.echo(f"{say('stages.unassigned', project.language)}: {', '.join(left)}")
