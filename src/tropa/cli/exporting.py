"""`tropa export`, `tropa import`, `tropa lint`, `tropa diff`: work on map files."""

import json
from pathlib import Path
from typing import Annotated

import typer

from tropa.cli.options import argument, chosen_language, option
from tropa.cli.words import say
from tropa.domain.text import Language


def add_to(app: typer.Typer, language: Language) -> None:
    """Give the app the commands on map files."""

    @app.command(help=say("help.export", language))
    def export(
        journey: Annotated[Path, argument("map", language)],
        *,
        to: Annotated[str, option("to", language, "--to")],
        out: Annotated[Path | None, option("target", language, "--out", "-o")] = None,
        lang: Annotated[str | None, option("lang", language, "--lang")] = None,
        paper: Annotated[str, option("paper", language, "--paper")] = "fit",
        department: Annotated[str | None, option("department", language, "--department")] = None,
        buyer: Annotated[str | None, option("class", language, "--class")] = None,
        branding: Annotated[Path | None, option("branding", language, "--branding")] = None,
    ) -> None:
        from tropa.bootstrap import export_map, look_for  # noqa: PLC0415  heavy: only for commands that need it

        spoken = chosen_language(lang)
        for note in look_for(journey, branding).notes:
            typer.echo(note.said_in(language), err=True)
        for written in export_map(
            journey,
            to=to,
            target=out,
            language=spoken,
            paper=paper,
            department=department,
            branding=branding,
            buyer=buyer,
        ):
            typer.echo(say("export.done", language, file=written), err=True)

    @app.command(name="import", help=say("help.import", language))
    def import_table(
        table: Annotated[Path, argument("table", language)],
        *,
        out: Annotated[Path | None, option("target", language, "--out", "-o")] = None,
    ) -> None:
        from tropa.bootstrap import import_map  # noqa: PLC0415  heavy: only for commands that need it

        typer.echo(say("export.done", language, file=import_map(table, out)), err=True)

    @app.command(help=say("help.lint", language))
    def lint(
        journey: Annotated[Path, argument("map", language)],
        *,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
        lang: Annotated[str | None, option("lang", language, "--lang")] = None,
    ) -> None:
        if show_lint(journey, chosen_language(lang) or language, as_json=as_json):
            raise typer.Exit(1)

    @app.command(help=say("help.diff", language))
    def diff(
        before: Annotated[Path, argument("before", language)],
        after: Annotated[Path, argument("after", language)],
        *,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
        lang: Annotated[str | None, option("lang", language, "--lang")] = None,
    ) -> None:
        show_diff(before, after, chosen_language(lang) or language, as_json=as_json)


def show_diff(before: Path, after: Path, language: Language, *, as_json: bool) -> None:
    """Tell every difference between two map files."""
    from tropa.assembly.differences import differences  # noqa: PLC0415  heavy: only for commands that need it
    from tropa.bootstrap import open_map  # noqa: PLC0415
    from tropa.cli.differing import difference_document, difference_lines  # noqa: PLC0415

    was, now = open_map(before), open_map(after)
    found = differences(was, now)
    if as_json:
        typer.echo(json.dumps(difference_document(was, now, found), ensure_ascii=False, indent=2))
        return
    if not found.changes:
        typer.echo(say("diff.none", language))
        return
    for line in difference_lines(was, now, found, language):
        typer.echo(line)


def show_lint(path: Path, language: Language, *, as_json: bool) -> bool:
    """Tell every remark; whether there are errors among them."""
    from tropa.bootstrap import open_map, today  # noqa: PLC0415  heavy: only for commands that need it
    from tropa.cli.remarks import remark_lines  # noqa: PLC0415
    from tropa.lint.check import Severity, lint  # noqa: PLC0415

    journey = open_map(path)
    remarks = lint(journey, today=today())
    open_ones = [one for one in remarks if one.dismissed is None]
    if as_json:
        rows = [
            {
                "code": one.code,
                "severity": one.severity.value,
                "record": one.record,
                "stage": one.stage,
                "text": {"ru": one.text.ru, "en": one.text.en},
                "why": {"ru": one.why.ru, "en": one.why.en},
                "first_step": {"ru": one.first_step.ru, "en": one.first_step.en},
                "fact": one.fact,
                "dismissed": None if one.dismissed is None else one.dismissed.reason,
            }
            for one in remarks
        ]
        typer.echo(json.dumps({"diagnostics": rows}, ensure_ascii=False, indent=2))
    elif not remarks:
        typer.echo(say("lint.clean", language))
    else:
        for line in remark_lines(journey, remarks, language):
            typer.echo(line)
    return any(one.severity is Severity.ERROR for one in open_ones)
