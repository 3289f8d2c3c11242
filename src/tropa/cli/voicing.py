"""`tropa voice`: what customers say, clause by clause."""

import json
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
    from tropa.texts.agreement import ClassScore, Evaluation

_LINES = ".jsonl"
_FORMS = (_LINES, ".html", ".xlsx")
LLM, STAND_IN = "llm", "light"
ANSWERS = Path(".tropa") / "language-model"


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
            lines = out.suffix == _LINES
            written = voices.write(out, report) if lines else voices.write_report(out, language, report)
        if voices.language_model is not None:
            for line in counts_lines(voices.language_model.counts, language):
                typer.echo(line, err=True)
        if written.continued_from:
            typer.echo(say("voice.continued", language, rows=whole(written.continued_from, language)), err=True)
        for line in [*counted_lines(written.counts, language), *(w.said_in(language) for w in voices.warnings)]:
            typer.echo(line, err=True)
        if voices.learned_from is not None:
            typer.echo(say("voice.learned", language, file=voices.learned_from), err=True)
        typer.echo(say("export.done", language, file=out), err=True)

    _add_learn(app, language)
    _add_evaluate(app, language)


def _add_learn(app: typer.Typer, language: Language) -> None:
    @app.command(name="voice-learn", help=say("help.voice-learn", language))
    def voice_learn(
        labels: Annotated[Path | None, argument("labels", language)] = None,
        *,
        out: Annotated[Path, option("learned_out", language, "--out", "-o")] = Path("learned.json"),
        taxonomy: Annotated[Path | None, option("taxonomy", language, "--taxonomy")] = None,
        industry: Annotated[str | None, option("industry", language, "--industry")] = None,
        undo: Annotated[bool, option("undo", language, "--undo")] = False,
    ) -> None:
        from tropa.voice_setup import teach, unteach  # noqa: PLC0415  heavy: only for commands that need it

        if not undo and labels is None:
            raise InputError(
                "A lesson needs a table of labels.", "E.g. `tropa voice-learn labels.csv -o learned.json`."
            )
        taught = unteach(out) if undo or labels is None else teach(labels, out, taxonomy=taxonomy, industry=industry)
        said = {"version": taught.learned.version, "labels": whole(len(taught.learned.labels), language), "file": out}
        typer.echo(say("voice.taught", language, **said), err=True)


def _add_evaluate(app: typer.Typer, language: Language) -> None:
    @app.command(name="voice-evaluate", help=say("help.voice-evaluate", language))
    def voice_evaluate(
        voices: Annotated[Path, argument("voices_read", language)],
        *,
        labels: Annotated[Path | None, option("labels_right", language, "--labels")] = None,
        taxonomy: Annotated[Path | None, option("taxonomy", language, "--taxonomy")] = None,
        learned: Annotated[Path | None, option("learned", language, "--learned")] = None,
        industry: Annotated[str | None, option("industry", language, "--industry")] = None,
        model: Annotated[str, option("model", language, "--model")] = "light",
        as_json: Annotated[bool, option("json", language, "--json")] = False,
    ) -> None:
        from tropa.texts.agreement import plain  # noqa: PLC0415  heavy: only for commands that need it
        from tropa.voice_setup import Voices, evaluated  # noqa: PLC0415

        asked = Voices((voices,), taxonomy_file=taxonomy, learned_file=learned, industry=industry, model_name=model)
        found = evaluated(asked, labels)
        if as_json:
            typer.echo(json.dumps(plain(found), ensure_ascii=False, indent=2))
            return
        for line in evaluation_lines(found, language):
            typer.echo(line)


def evaluation_lines(found: "Evaluation", language: Language) -> list[str]:
    """The tables of an evaluation in words."""
    lines: list[str] = []
    parts = (("touchpoints", found.touchpoints), ("sentiment", found.sentiment), ("toward", found.toward))
    for name, one in parts:
        if not one.rows:
            continue
        lines.append(say(f"evaluate.{name}", language, rows=whole(one.rows, language)))
        lines += [_class_line(each, language) for each in one.classes]
        for mean, score in (("macro", one.macro), ("micro", one.micro)):
            if score is not None:
                value, low, high = (f"{part:.3f}" for part in score)
                lines.append("  " + say(f"evaluate.{mean}", language, value=value, low=low, high=high))
    if found.unmatched:
        lines.append(say("evaluate.unmatched", language, labels=whole(found.unmatched, language)))
    return lines


def _class_line(one: "ClassScore", language: Language) -> str:
    def short(value: float | None) -> str:
        return "–" if value is None else f"{value:.3f}"

    said = {"precision": short(one.precision), "recall": short(one.recall), "f1": short(one.f1)}
    edges = {"low": short(one.f1_low), "high": short(one.f1_high)}
    return "  " + say("evaluate.class", language, name=one.name, of=one.of, **said, **edges)


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
