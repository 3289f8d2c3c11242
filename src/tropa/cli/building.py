"""`tropa build`: from the folder's files to the map."""

from pathlib import Path
from typing import Annotated

import typer

from tropa.cli.options import argument, option
from tropa.cli.progress import shown
from tropa.cli.starting import start
from tropa.cli.words import say
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.render.words import whole

_MOST_NAMED = 5


def add_to(app: typer.Typer, language: Language) -> None:
    """Give the app the command `build`."""

    @app.command(help=say("help.build", language))
    def build(
        folder: Annotated[Path, argument("folder", language)],
        *,
        out: Annotated[Path | None, option("out", language, "--out")] = None,
        strict: Annotated[bool, option("strict", language, "--strict")] = False,
    ) -> None:
        if not build_folder(folder, out, language) and strict:
            raise typer.Exit(1)


def build_folder(folder: Path, out: Path | None, terminal: Language) -> bool:
    """Build, tell what came out, and say whether the map is free of lint errors."""
    from tropa.bootstrap import Workshop, today  # noqa: PLC0415  heavy: only for commands that need it
    from tropa.cli.remarks import remark_counts  # noqa: PLC0415
    from tropa.lint.check import Severity, lint  # noqa: PLC0415

    workshop = Workshop(folder, out)
    if not workshop.project_file.exists():
        typer.echo(say("build.first", terminal), err=True)
        start(folder, asks=False, language=None, terminal=terminal)
    project = workshop.project()
    if workshop.waits_for_data(project):
        project = start(folder, asks=False, language=project.language, terminal=terminal)
    spoken = project.language
    with shown(terminal) as report:
        mapped = workshop.build(project, report)
    journey, counts = mapped.built.journey, mapped.report
    for line in minute_lines(journey, spoken):
        typer.echo(line, err=True)
    sources = counts.sources
    typer.echo(
        say(
            "build.read",
            spoken,
            rows=whole(sum(one.rows for one in sources), spoken),
            accepted=whole(sum(one.accepted for one in sources), spoken),
            rejected=whole(counts.rejected, spoken),
            duplicates=whole(counts.duplicates, spoken),
        ),
        err=True,
    )
    if counts.rejected:
        typer.echo(say("build.rejects", spoken, folder=folder / "rejects"), err=True)
    for warning in counts.warnings:
        typer.echo(warning.said_in(spoken), err=True)
    if left := workshop.left_out(project):
        named = ", ".join(left[:_MOST_NAMED]) + ("…" if len(left) > _MOST_NAMED else "")
        typer.echo(say("build.left_out", spoken, files=named, folder=folder), err=True)
    remarks = lint(journey, today=today(), segments=tuple(mapped.built.segments.values()))
    target = workshop.results.folder
    if remarks:
        typer.echo(
            say(
                "build.lint",
                spoken,
                counts=remark_counts(remarks, spoken),
                file=target / "map.cjm.json",
            ),
            err=True,
        )
    typer.echo(say("build.done", spoken, file=target / "map.html"), err=True)
    return not any(one.severity is Severity.ERROR and one.dismissed is None for one in remarks)


def minute_lines(journey: JourneyMap, language: Language) -> list[str]:
    """The goal's answer and the three sentences of the minute strip."""
    said = [journey.goal.answer if journey.goal else None]
    if journey.minute is not None:
        said += [journey.minute.want, journey.minute.loss, journey.minute.action]
    return [one.text.said_in(language) for one in said if one is not None]
