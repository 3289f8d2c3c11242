"""`tropa people`: the people whom a finding is about, by their own ids."""

from pathlib import Path
from typing import Annotated

import typer

from tropa.cli.options import argument, option
from tropa.cli.progress import shown
from tropa.cli.words import say
from tropa.domain.finding import FindingKind
from tropa.domain.text import Language
from tropa.errors import InputError, told
from tropa.render import words

_FORMS = ("csv",)
_GROWTH = frozenset({FindingKind.OPPORTUNITY, FindingKind.UPSELL})


def add_to(app: typer.Typer, language: Language) -> None:
    """Give the app the command `people`."""

    @app.command(help=say("help.people", language))
    def people(
        finding: Annotated[str, argument("finding", language)],
        place: Annotated[Path, argument("place", language)] = Path(),
        *,
        to: Annotated[str, option("people-to", language, "--to")] = "csv",
        out: Annotated[Path | None, option("target", language, "--out", "-o")] = None,
    ) -> None:
        if to.casefold() not in _FORMS:
            raise InputError(
                told("A list of people cannot be written as “{to}”.", to=to), told("Forms: {names}.", names=_FORMS)
            )
        write_list(finding, place, out, language)


def write_list(finding: str, place: Path, out: Path | None, language: Language) -> None:
    """Write the list and tell whom it holds and whom it does not."""
    from tropa.bootstrap import list_people  # noqa: PLC0415  heavy: only for commands that need it

    with shown(language) as report:
        made = list_people(place, finding, out, report)
    found = made.found
    typer.echo(made.finding.text.said_in(language), err=True)
    rule = "people.growth" if made.finding.kind in _GROWTH else "people.rule"
    listed = words.units(len(found.ids), made.unit, language)
    typer.echo(say(rule, language, people=listed), err=True)
    for key, count in (("refused", found.refused), ("unsaid", found.unsaid), ("unfound", found.unfound)):
        if count:
            typer.echo(say(f"people.{key}", language, people=words.whole(count, language)), err=True)
    if not found.asks_consent:
        typer.echo(say("people.unasked", language), err=True)
    typer.echo(say("export.done", language, file=made.file), err=True)
    typer.echo(say("people.care", language), err=True)
