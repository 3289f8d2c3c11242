"""`tropa init`: understand a folder and write tropa.yaml."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tropa.cli.options import argument, chosen_language, option
from tropa.cli.progress import shown
from tropa.cli.words import say, worded
from tropa.domain.project import Project
from tropa.domain.text import Language
from tropa.intake.goals import GOAL_QUESTIONS, OWN_WORDS, with_goal
from tropa.version import __version__

if TYPE_CHECKING:
    from tropa.intake.understanding import Understanding
    from tropa.services.understanding import FirstLook


def version_option(language: Language) -> Callable[..., None]:
    """What `tropa --version` does."""

    def show(*, asked: bool) -> None:
        if asked:
            typer.echo(f"tropa {__version__}")
            raise typer.Exit

    def root(
        *,
        version: Annotated[
            bool,
            typer.Option(
                "--version", is_eager=True, callback=lambda asked: show(asked=asked), help=say("help.version", language)
            ),
        ] = False,
    ) -> None:
        del version

    return root


def add_to(app: typer.Typer, language: Language) -> None:
    """Give the app the command `init`."""

    @app.command(help=say("help.init", language))
    def init(
        folder: Annotated[Path, argument("folder", language)],
        *,
        yes: Annotated[bool, option("yes", language, "--yes", "-y")] = False,
        lang: Annotated[str | None, option("lang", language, "--lang")] = None,
    ) -> None:
        start(folder, asks=not yes and sys.stdin.isatty(), language=chosen_language(lang), terminal=language)


def _as_understood(project: Project) -> Project:
    return project


def start(
    folder: Path,
    *,
    asks: bool,
    language: Language | None,
    terminal: Language,
    told: Callable[[Project], Project] = _as_understood,
) -> Project:
    """Understand the folder, ask what is unsure, add what is `told` besides, and write tropa.yaml."""
    from tropa.bootstrap import Workshop  # noqa: PLC0415  heavy: only for commands that need it

    workshop = Workshop(folder)
    asked = language or (terminal if terminal is Language.RU else None)  # a Russian reader of English tables stays one
    look = workshop.first_look(asked)
    spoken = look.understanding.project.language
    typer.echo(_understood_words(look, spoken), err=True)
    understanding = _asked(look.understanding, spoken) if asks else look.understanding
    project = _with_asked_goal(understanding.project, spoken) if asks else understanding.project
    with shown(terminal) as report:
        kept = workshop.keep(told(replace(project, language=spoken)), report)
    typer.echo(say("init.written", spoken, file=workshop.project_file, folder=folder), err=True)
    return kept


def _understood_words(look: "FirstLook", language: Language) -> str:
    lines = [say("init.understood", language)]
    for table in look.understanding.tables:
        name = table.table.file + (f" · {table.table.sheet}" if table.table.sheet else "")
        if table.skipped is not None:
            lines.append(f"  {name}: {say('init.skipped', language, why=table.skipped.said_in(language))}")
            continue
        lines.append(f"  {name}: {table.said.said_in(language)}")
        lines += [f"      {example.said_in(language)}" for example in table.examples]
    lines += [
        f"  {one.file}: {say('init.unread', language, why=worded(one.error.message, language))}" for one in look.unread
    ]
    return "\n".join(lines)


def _asked(understanding: "Understanding", language: Language) -> "Understanding":
    from tropa.intake.understanding import decided  # noqa: PLC0415  heavy: only for commands that need it

    answers: dict[str, str] = {}
    for decision in understanding.decisions:
        keys = [choice.key for choice in decision.choices]
        words = [choice.text.said_in(language) for choice in decision.choices]
        chosen = _choose(decision.question.said_in(language), words, keys.index(decision.default), language)
        answers[decision.key] = keys[chosen]
    return decided(understanding, answers) if answers else understanding


def _with_asked_goal(project: Project, language: Language) -> Project:
    words = [one.text.said_in(language) for one in GOAL_QUESTIONS]
    question = GOAL_QUESTIONS[_choose(say("init.goal", language), words, 0, language)]
    own = typer.prompt(say("init.own", language), err=True) if question.key == OWN_WORDS else ""
    return with_goal(project, question.key, words=own)


def _choose(question: str, options: list[str], default: int, language: Language) -> int:
    typer.echo(f"\n{question}", err=True)
    for number, words in enumerate(options, start=1):
        typer.echo(f"  {number}. {words}", err=True)
    while True:
        answer = typer.prompt(say("init.choose", language), default=default + 1, type=int, err=True)
        if 1 <= answer <= len(options):
            return int(answer) - 1
