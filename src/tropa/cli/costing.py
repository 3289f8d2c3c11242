"""`tropa tco`: what owning costs, what it gives, and when it pays back."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tropa.cli.options import argument, chosen_language, option
from tropa.cli.words import say
from tropa.domain.text import Language
from tropa.errors import InputError

if TYPE_CHECKING:
    from tropa.render.takeaway.blocks import Document

_PAPER = 120


def add_to(app: typer.Typer, language: Language) -> None:
    """Give the app the command `tco`."""

    @app.command(help=say("help.tco", language))
    def tco(
        table: Annotated[Path | None, argument("tco-table", language)] = None,
        *,
        out: Annotated[Path | None, option("target", language, "--out", "-o")] = None,
        form: Annotated[Path | None, option("tco-form", language, "--form")] = None,
        fab_form: Annotated[Path | None, option("fab-form", language, "--fab-form")] = None,
        years: Annotated[int | None, option("years", language, "--years")] = None,
        currency: Annotated[str | None, option("currency", language, "--currency")] = None,
        lang: Annotated[str | None, option("lang", language, "--lang")] = None,
    ) -> None:
        from tropa.bootstrap import write_buyers_form, write_ownership  # noqa: PLC0415  heavy: only for its command

        spoken = chosen_language(lang) or language
        for name, file in (("costs", form), ("arguments", fab_form)):
            if file is not None:
                typer.echo(say("export.done", language, file=write_buyers_form(name, file, spoken)), err=True)
        if table is None:
            if form is None and fab_form is None:
                raise InputError("No table of costs is named.", "`tropa tco --form tco.xlsx` writes one to fill in.")
            return
        document, written = write_ownership(table, out, language=spoken, years=years, currency=currency)
        _show(document)
        if written is not None:
            typer.echo(say("export.done", language, file=written), err=True)


def _show(document: "Document") -> None:
    """The document for a terminal."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  as above
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table as RichTable  # noqa: PLC0415
    from rich.text import Text as RichText  # noqa: PLC0415

    from tropa.render.takeaway.blocks import Heading, Passage, Table, Tone  # noqa: PLC0415

    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PAPER)
    console.print(document.title, style="bold", markup=False)
    console.print(document.subtitle, style="dim", markup=False)
    for part in document.parts:
        match part:
            case Heading(text, _):
                console.print(f"\n{text}", style="bold", markup=False)
            case Passage(text, tone, _):
                console.print(text, style="dim" if tone is Tone.SMALL else "", markup=False)
            case Table():
                made = RichTable(box=SIMPLE_HEAD, pad_edge=False)
                for place, head in enumerate(part.heads):
                    made.add_column(RichText(head), justify="right" if place in part.numbers else "left")
                for row in part.rows:
                    made.add_row(*map(RichText, row))
                console.print(made)
            case _:
                continue
