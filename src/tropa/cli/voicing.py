"""`tropa voice`: what customers say, clause by clause."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tropa.cli.options import argument, option
from tropa.cli.progress import shown
from tropa.cli.sending import consent, counts_lines
from tropa.cli.words import say
from tropa.domain.text import Language
from tropa.errors import InputError, told
from tropa.render.words import whole

if TYPE_CHECKING:
    from tropa.domain.voice import VoiceCounts

LLM, STAND_IN = "llm", "light"
ANSWERS = Path(".tropa") / "language-model"
_FORMS = (".jsonl",)


def add_to(app: typer.Typer, language: Language) -> None:
    """Give the app the command `voice`."""

    @app.command(help=say("help.voice", language))
    def voice(
        files: Annotated[list[Path], argument("voices", language)],
        *,
        out: Annotated[Path, option("voice_out", language, "--out", "-o")],
        taxonomy: Annotated[Path | None, option("taxonomy", language, "--taxonomy")] = None,
        labels: Annotated[Path | None, option("labels", language, "--labels")] = None,
        learned: Annotated[Path | None, option("learned", language, "--learned")] = None,
        industry: Annotated[str | None, option("industry", language, "--industry")] = None,
        model: Annotated[str, option("model", language, "--model")] = "light",
        endpoint: Annotated[str | None, option("endpoint", language, "--endpoint")] = None,
        llm: Annotated[str | None, option("llm", language, "--llm")] = None,
        key_env: Annotated[str | None, option("key_env", language, "--key-env")] = None,
        settings: Annotated[Path, option("settings", language, "--settings")] = Path("tropa.yaml"),
        yes: Annotated[bool, option("yes_send", language, "--yes", "-y")] = False,
    ) -> None:
        from tropa.bootstrap import language_model_settings  # noqa: PLC0415  heavy: only for commands that need it
        from tropa.voice_setup import AskedModel, Voices  # noqa: PLC0415

        if out.suffix not in _FORMS:
            raise InputError(told("A file of voices ends with {names}.", names=_FORMS), told("Got “{file}”.", file=out))
        asked = None
        if model == LLM:
            spec = language_model_settings(settings, endpoint=endpoint, model=llm, key_env=key_env)
            asked = AskedModel(spec, settings.parent / ANSWERS, consent(language, yes=yes))
        elif endpoint or llm or key_env:
            raise InputError("--endpoint, --llm and --key-env go with `--model llm`.")
        voices = Voices(
            tuple(files),
            taxonomy_file=taxonomy,
            labels_file=labels,
            learned_file=learned,
            industry=industry,
            model_name=STAND_IN if asked else model,
            asked=asked,
        )
        with shown(language) as report:
            written = voices.write(out, report)
        if voices.language_model is not None:
            for line in counts_lines(voices.language_model.counts, language):
                typer.echo(line, err=True)
        if written.continued_from:
            typer.echo(say("voice.continued", language, rows=whole(written.continued_from, language)), err=True)
        for line in [*counted_lines(written.counts, language), *(w.said_in(language) for w in voices.warnings)]:
            typer.echo(line, err=True)
        typer.echo(say("export.done", language, file=out), err=True)


def counted_lines(counts: "VoiceCounts", language: Language) -> list[str]:
    """What became of the rows: those that count, and those that do not and why."""
    numbers = {
        "voices": counts.voices,
        "rows": counts.rows,
        "statements": counts.statements,
        "same": counts.same,
        "near": counts.near,
        "spam": counts.spam,
        "empty": counts.empty,
        "reported": counts.reported,
    }
    said = {name: whole(number, language) for name, number in numbers.items()}
    lines = [say("voice.read", language, **said)]
    left = [name for name in ("same", "near", "spam", "empty", "reported") if numbers[name]]
    if left:
        reasons = ", ".join(say(f"voice.{name}", language, count=said[name]) for name in left)
        lines.append(say("voice.left", language, reasons=reasons))
    return lines
