"""One decorator for every question: what all of them can be asked with, and how an answer is shown."""

import inspect
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from tropa.cli.options import argument, chosen_language
from tropa.cli.progress import shown
from tropa.cli.words import say
from tropa.domain.project import Project
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError, told

if TYPE_CHECKING:
    from tropa.services.answering.answer import Answer, Table
    from tropa.services.answering.questions import Questions

_SHOWN = 30
_PAPER = 120
_LONG_NAME = 9
_RESERVED = ("folder", "as_json", "csv", "svg", "width", "lang", "only", "join", "pages", "hide")


class Asking:
    """Turns a function `(questions, options…) -> Answer` into a command of the app."""

    def __init__(self, app: typer.Typer, language: Language) -> None:
        self._app = app
        self._language = language

    def option(self, *names: str, ru: str, en: str) -> Any:
        """An option with its help in both languages."""
        return typer.Option(*names, help=Text(ru=ru, en=en).said_in(self._language))

    def __call__(self, name: str, *, ru: str, en: str) -> Callable[[Callable[..., "Answer"]], Callable[..., "Answer"]]:
        """The command's name, and its help in both languages."""

        def added(asked: Callable[..., "Answer"]) -> Callable[..., "Answer"]:
            command = _with_common_options(asked, self._common())
            self._app.command(name, help=Text(ru=ru, en=en).said_in(self._language))(command)
            return asked

        return added

    def _common(self) -> Mapping[str, Any]:
        option = self.option
        return {
            "folder": Annotated[Path, argument("folder", self._language)],
            "as_json": Annotated[
                bool,
                option(
                    "--json", ru="Один документ JSON в стандартный вывод.", en="One JSON document on standard output."
                ),
            ],
            "csv": Annotated[
                Path | None,
                option("--csv", ru="Записать таблицы в CSV.", en="Write the tables as CSV."),
            ],
            "svg": Annotated[
                Path | None, option("--svg", ru="Записать картинку в SVG.", en="Write the picture as SVG.")
            ],
            "width": Annotated[
                int, option("--width", ru="Ширина картинки: 390–1200.", en="The picture's width: 390–1200.")
            ],
            "lang": Annotated[
                str | None, option("--lang", ru="Язык ответа: ru или en.", en="The answer's language: ru or en.")
            ],
            "only": Annotated[
                list[str] | None,
                option(
                    "--only",
                    ru="Только те, у кого свойство=значение; повторяйте.",
                    en="Only those with property=value; repeat it.",
                ),
            ],
            "join": Annotated[
                list[str] | None,
                option(
                    "--join",
                    ru="Считать события одним: имя=событие|событие_*; повторяйте.",
                    en="Take events for one: name=event|event_*; repeat it.",
                ),
            ],
            "pages": Annotated[
                bool,
                option(
                    "--pages",
                    ru="Адреса страниц без параметров и номеров.",
                    en="Addresses of pages without queries and ids.",
                ),
            ],
            "hide": Annotated[
                list[str] | None,
                option("--hide", ru="Не видеть этих событий; повторяйте.", en="Look through these events; repeat it."),
            ],
        }


def _with_common_options(asked: Callable[..., "Answer"], common: Mapping[str, Any]) -> Callable[..., None]:
    """A command that takes the question's own options and those of all questions."""
    own = list(inspect.signature(asked).parameters.values())[1:]

    def command(**given: Any) -> None:
        mine = {one.name: given[one.name] for one in own}
        _ask(lambda questions: asked(questions, **mine), **{name: given[name] for name in _RESERVED})

    folder, *others = (_parameter(name, hint) for name, hint in common.items())
    command.__signature__ = inspect.Signature([folder, *own, *others])  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in (folder, *own, *others)}
    return command


def _parameter(name: str, hint: Any) -> inspect.Parameter:
    default = {"folder": inspect.Parameter.empty, "as_json": False, "width": 900, "pages": False}.get(name)
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)


def _ask(
    question: Callable[["Questions"], "Answer"],
    *,
    folder: Path,
    as_json: bool,
    csv: Path | None,
    svg: Path | None,
    width: int,
    lang: str | None,
    only: list[str] | None,
    join: list[str] | None,
    pages: bool,
    hide: list[str] | None,
) -> None:
    from tropa.bootstrap import Workshop, write_picture, write_tables  # noqa: PLC0415  heavy: only for commands that need it
    from tropa.cli.words import language_of_terminal  # noqa: PLC0415

    terminal = language_of_terminal()
    chosen = chosen_language(lang)
    project = project_of(folder, terminal)
    spoken = chosen or project.language
    with shown(terminal) as report:
        questions = Workshop(folder).questions(project, report)
    questions = questions.cleaned(join=_named_values(join or []), pages=pages, hide=hide or ())
    answer = question(questions.only(**_named_values(only or [])))
    written = [
        *(write_tables(answer, csv, spoken) if csv else ()),
        *(write_picture(answer, svg, spoken, width=width) if svg else ()),
    ]
    if as_json:
        whole = json.dumps(answer.as_document(), ensure_ascii=False)  # json writes with indents twenty times as slowly
        typer.echo(msgspec.json.format(whole, indent=2))
    else:
        show(answer, spoken)
    for one in written:
        typer.echo(say("export.done", terminal, file=one), err=True)


def _named_values(asked: list[str]) -> dict[str, tuple[str, ...]]:
    found = {}
    for one in asked:
        name, equals, values = one.partition("=")
        if not equals or not values:
            raise InvalidQueryError(
                told("“{one}” has no name and value.", one=one), "Write name=value, or name=one|another."
            )
        found[name.strip()] = tuple(value.strip() for value in values.split("|"))
    return found


def show(answer: "Answer", language: Language) -> None:
    """The answer for people: the question, the sentence, tables, notes."""
    from rich.console import Console  # noqa: PLC0415  as above

    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PAPER)
    console.print(f"[bold]{answer.question.said_in(language)}[/] [dim]· {answer.method.said_in(language)}[/]")
    console.print(answer.sentence.said_in(language), markup=False)
    for table in answer.tables:
        console.print(_rich(table, answer.currency, language))
        if len(table.rows) > _SHOWN:
            console.print(say("question.more", language, rows=len(table.rows) - _SHOWN), style="dim", markup=False)
    for note in answer.notes:
        console.print(note.said_in(language), style="dim", markup=False)


def _rich(table: "Table", currency: str | None, language: Language) -> Any:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  as above
    from rich.table import Table as RichTable  # noqa: PLC0415
    from rich.text import Text as RichText  # noqa: PLC0415

    from tropa.services.answering.answer import row_shown  # noqa: PLC0415

    made = RichTable(title=table.name.said_in(language), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(table.columns):
        if not column.bound:
            figures = any(isinstance(row[number], int | float) for row in table.rows)
            name = column.name.said_in(language)
            head = RichText("\n".join(_halves(name)) if figures else name)
            made.add_column(
                head, justify="right" if figures else "left", no_wrap=figures, min_width=None if figures else 14
            )
    for row in table.rows[-_SHOWN:] if table.by_time else table.rows[:_SHOWN]:
        made.add_row(*(RichText(cell) for cell in row_shown(table, row, language, currency)))
    return made


def _halves(name: str) -> tuple[str, ...]:
    """A long name in two lines of about the same length."""
    spaces = [at for at, sign in enumerate(name) if sign == " "]
    if len(name) < _LONG_NAME or not spaces:
        return (name,)
    middle = min(spaces, key=lambda at: abs(2 * at - len(name)))
    return name[:middle], name[middle + 1 :]


def project_of(folder: Path, language: Language) -> Project:
    """tropa.yaml of the folder, which is understood first where there is none."""
    from tropa.bootstrap import Workshop  # noqa: PLC0415  heavy: only for commands that need it
    from tropa.cli.starting import start  # noqa: PLC0415

    workshop = Workshop(folder)
    if workshop.project_file.exists():
        return workshop.project()
    return start(folder, asks=False, language=None, terminal=language)
