"""`tropa simulate`: the exports of a business described in a scenario, and apart from them the truth."""

from pathlib import Path
from typing import Annotated

import typer

from tropa.cli.options import argument, chosen_language, option
from tropa.cli.words import say
from tropa.domain.text import Language


def add_to(app: typer.Typer, language: Language) -> None:
    """Give the app the command `simulate`."""

    @app.command(help=say("help.simulate", language))
    def simulate(
        scenario: Annotated[Path, argument("scenario", language)],
        *,
        out: Annotated[Path, option("data_out", language, "--out")],
        seed: Annotated[int, option("seed", language, "--seed")] = 1,
        truth: Annotated[Path | None, option("truth", language, "--truth")] = None,
        lang: Annotated[str | None, option("words_lang", language, "--lang")] = None,
    ) -> None:
        from tropa.bootstrap import simulate_to  # noqa: PLC0415  heavy: only for commands that need it

        told = chosen_language(lang) or language
        written = simulate_to(scenario, out, truth, seed=seed)
        typer.echo(say("simulate.done", told, folder=out, files=", ".join(written.files)), err=True)
        typer.echo(say("simulate.truth", told, file=written.truth), err=True)
