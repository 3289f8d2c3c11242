"""`tropa stages` and `tropa funnel`: questions to the data, answered in words or as JSON."""

import json
from pathlib import Path
from typing import Annotated

import typer

from tropa.cli.options import argument, option
from tropa.cli.words import say
from tropa.domain.project import Project, Semantics
from tropa.domain.text import Language
from tropa.render.words import duration, share


def add_to(app: typer.Typer, language: Language) -> None:
    """Give the app the commands `stages` and `funnel`."""

    @app.command(help=say("help.stages", language))
    def stages(
        folder: Annotated[Path, argument("folder", language)],
        *,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
    ) -> None:
        show_stages(folder, language, as_json=as_json)

    @app.command(help=say("help.funnel", language))
    def funnel(
        folder: Annotated[Path, argument("folder", language)],
        *,
        steps: Annotated[str | None, option("steps", language, "--steps")] = None,
        step: Annotated[list[str] | None, option("step", language, "--step")] = None,
        semantics: Annotated[str, option("semantics", language, "--semantics")] = Semantics.ANY_START.value,
        window: Annotated[str | None, option("window", language, "--window")] = None,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
    ) -> None:
        asked = [[one.strip()] for one in steps.split(",")] if steps else []
        asked += [[part.strip() for part in one.split(",")] for one in step or []]
        show_funnel(folder, asked, semantics=semantics, window=window, language=language, as_json=as_json)


def show_stages(folder: Path, language: Language, *, as_json: bool) -> None:
    """The stages with their events, and the events in none."""
    import numpy as np  # noqa: PLC0415  heavy: only for commands that need it

    from tropa.bootstrap import Workshop  # noqa: PLC0415

    workshop = Workshop(folder)
    project = _project_of(folder, language)
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


def show_funnel(
    folder: Path, steps: list[list[str]], *, semantics: str, window: str | None, language: Language, as_json: bool
) -> None:
    """Who goes through the steps, in the contract's semantics."""
    from tropa.bootstrap import Workshop  # noqa: PLC0415  heavy: only for commands that need it

    project = _project_of(folder, language)
    result = Workshop(folder).funnel(project, steps, window=window, semantics=semantics)
    if as_json:
        rows = [
            {
                "name": one.name,
                "persons": one.persons,
                "conversion": round(one.conversion.value, 6),
                "censored": one.censored,
            }
            for one in result.steps
        ]
        document = {"semantics": result.semantics.value, "window_seconds": result.window_seconds, "steps": rows}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    spoken, seconds = project.language, result.window_seconds
    term = say("funnel.nowindow", spoken) if seconds is None else duration(seconds, spoken)
    typer.echo(say("funnel.head", spoken, semantics=result.semantics.value, window=term))
    for one in result.steps:
        typer.echo(
            f"  {one.name}: {share(one.persons, one.conversion.of, spoken) if one.conversion.of else one.persons}"
        )


def _project_of(folder: Path, language: Language) -> Project:
    from tropa.bootstrap import Workshop  # noqa: PLC0415  heavy: only for commands that need it
    from tropa.cli.starting import start  # noqa: PLC0415

    workshop = Workshop(folder)
    if workshop.project_file.exists():
        return workshop.project()
    return start(folder, asks=False, language=None, terminal=language)
