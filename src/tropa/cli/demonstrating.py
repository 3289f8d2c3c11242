"""`tropa demo`: a map of an invented company, in one command."""

import json
from pathlib import Path
from typing import Annotated

import typer

from tropa.cli.building import build_folder
from tropa.cli.options import argument, chosen_language, option
from tropa.cli.starting import start
from tropa.cli.words import say
from tropa.domain.text import Language

_TOLD = 3


def add_to(app: typer.Typer, language: Language) -> None:
    """Give the app the command `demo`."""

    @app.command(help=say("help.demo", language))
    def demo(
        story: Annotated[str, argument("story", language)] = "plants",
        *,
        lang: Annotated[str | None, option("lang", language, "--lang")] = None,
        out: Annotated[Path, option("out", language, "--out")] = Path("demo"),
        seed: Annotated[int, option("seed", language, "--seed")] = 1,
        after: Annotated[bool, option("second", language, "--after")] = False,
    ) -> None:
        show(story, chosen_language(lang) or language, out, seed=seed, after=after)


def show(story: str, language: Language, out: Path, *, seed: int, after: bool = False) -> None:
    """Simulate the company's exports, understand them, build the map, tell where to look."""
    from tropa.bootstrap import simulated_files, told_by_company  # noqa: PLC0415  heavy: only for commands that need it

    simulated_files(story, out, language=language, seed=seed, after=after)
    start(out, asks=False, language=language, terminal=language, told=told_by_company(story, language))
    build_folder(out, None, language)
    findings = json.loads((out / "out" / "findings.json").read_text(encoding="utf-8"))
    typer.echo(f"\n{say('demo.findings', language)}", err=True)
    for number, finding in enumerate(findings[:_TOLD], start=1):
        typer.echo(f"  {number}. {finding['text'][language.value]}", err=True)
    typer.echo(f"\n{say('demo.where', language, file=out / 'out' / 'map.html')}", err=True)
