"""`tropa new` and `tropa templates`: a map before there are data."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from tropa.assembly.standing import coverage
from tropa.cli.building import minute_lines
from tropa.cli.options import argument, chosen_language, option
from tropa.cli.words import say
from tropa.domain.brief import Brief, BriefKey
from tropa.domain.journeymap import BusinessModel
from tropa.domain.template import Template
from tropa.domain.text import Language

_DEFAULT = "b2c_ring"


def add_to(app: typer.Typer, language: Language) -> None:
    """Give the app the commands `new` and `templates`."""

    @app.command(help=say("help.new", language))
    def new(
        folder: Annotated[Path, argument("new_folder", language)],
        *,
        industry: Annotated[str | None, option("new_industry", language, "--industry")] = None,
        brief: Annotated[Path | None, option("brief", language, "--brief")] = None,
        brief_form: Annotated[bool, option("brief_form", language, "--brief-form")] = False,
        templates: Annotated[Path | None, option("templates_folder", language, "--templates")] = None,
        yes: Annotated[bool, option("yes", language, "--yes", "-y")] = False,
        lang: Annotated[str | None, option("lang", language, "--lang")] = None,
    ) -> None:
        spoken = chosen_language(lang) or language
        if brief_form:
            write_form(folder, spoken)
        else:
            asks = brief is None and not yes and sys.stdin.isatty()
            begin(folder, industry, brief, templates, language=spoken, asks=asks)

    @app.command(help=say("help.templates", language))
    def templates(
        *,
        folder: Annotated[Path | None, option("templates_folder", language, "--templates")] = None,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
        lang: Annotated[str | None, option("lang", language, "--lang")] = None,
    ) -> None:
        show_templates(folder, chosen_language(lang) or language, as_json=as_json)


def write_form(folder: Path, language: Language) -> None:
    """Write the empty brief and say what to do with it."""
    from tropa.beginning_setup import write_brief_form  # noqa: PLC0415  heavy: only for commands that need it

    form = write_brief_form(folder, language)
    typer.echo(say("new.form", language, file=form, folder=folder), err=True)


def begin(
    folder: Path,
    industry: str | None,
    brief: Path | None,
    templates: Path | None,
    *,
    language: Language,
    asks: bool,
) -> None:
    """Take or ask the brief, write the beginning, tell what came out and what to do next."""
    from tropa.beginning_setup import begin_folder, brief_of  # noqa: PLC0415  heavy: only for commands that need it
    from tropa.bootstrap import template_called, templates_in  # noqa: PLC0415

    told = brief_of(brief, language) if brief is not None else Brief(language=language)
    named = industry or told.industry
    if named is None and asks:
        named = _asked_industry(templates_in(templates), language)
    of = template_called(named or _DEFAULT, templates)
    told = _asked(of, language) if asks else told
    journey = begin_folder(folder, of, told, templates)
    spoken = told.language
    for line in minute_lines(journey, spoken):
        typer.echo(line, err=True)
    said = {"folder": folder, "cards": coverage(journey).cards, "name": of.name.said_in(spoken)}
    typer.echo(say("new.done", spoken, **said), err=True)


def _asked_industry(known: Mapping[str, Template], language: Language) -> str:
    typer.echo(f"\n{say('new.industry', language)}", err=True)
    keys = list(known)
    for number, key in enumerate(keys, start=1):
        typer.echo(f"  {number}. {known[key].name.said_in(language)}", err=True)
    while True:
        answer = typer.prompt(say("init.choose", language), default=1, type=int, err=True)
        if 1 <= answer <= len(keys):
            return keys[int(answer) - 1]


def _asked(of: Template, language: Language) -> Brief:
    """The brief question by question; an empty line means “I don't know”."""
    from tropa.texts.brief import brief_questions  # noqa: PLC0415  heavy: only for commands that need it

    questions = brief_questions()
    typer.echo(f"\n{say('new.ask', language)}", err=True)
    answers: dict[BriefKey, str] = {}
    for number, one in enumerate(questions, start=1):
        typer.echo(f"\n{number}/{len(questions)} {one.text.said_in(language)}", err=True)
        hints = [goal.said_in(language) for goal in of.goals] if one.key is BriefKey.GOAL else []
        for place, hint in enumerate(hints, start=1):
            typer.echo(f"  {place}. {hint}", err=True)
        if not hints:
            typer.echo(f"  {say('new.example', language, example=one.example.said_in(language))}", err=True)
        said = typer.prompt(">", default="", show_default=False, prompt_suffix=" ", err=True)
        if said.strip():
            answers[one.key] = said.strip()
    return replace(Brief(language=language), answers=answers)


def show_templates(folder: Path | None, language: Language, *, as_json: bool) -> None:
    """The templates as a table, or as one document."""
    from tropa.bootstrap import templates_in  # noqa: PLC0415  heavy: only for commands that need it

    known = templates_in(folder)
    if as_json:
        rows = [_row(one) for one in known.values()]
        typer.echo(json.dumps({"templates": rows}, ensure_ascii=False, indent=2))
        return
    lines = [(one.key, one.name.said_in(language), _model(one), _path(one, language)) for one in known.values()]
    widths = [max(len(line[place]) for line in lines) for place in range(3)]
    for key, name, model, path in lines:
        typer.echo(f"{key:<{widths[0]}}  {name:<{widths[1]}}  {model:<{widths[2]}}  {path}")
    typer.echo(f"\n{say('templates.next', language)}", err=True)


def _row(one: Template) -> dict[str, object]:
    return {
        "key": one.key,
        "name": {"ru": one.name.ru, "en": one.name.en},
        "about": {"ru": one.about.ru, "en": one.about.en} if one.about else None,
        "model": one.model.value,
        "stages": [{"key": stage.key, "name": {"ru": stage.name.ru, "en": stage.name.en}} for stage in one.stages],
        "goals": [{"ru": goal.ru, "en": goal.en} for goal in one.goals],
    }


def _model(one: Template) -> str:
    return "B2B" if one.model is BusinessModel.B2B else "B2C"


def _path(one: Template, language: Language) -> str:
    names: Sequence[str] = [stage.name.said_in(language) for stage in one.stages]
    return " → ".join(names)
