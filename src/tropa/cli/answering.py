"""`tropa answer`: what people said of a guess turns it into evidence."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tropa.cli.options import argument, option
from tropa.cli.words import say
from tropa.domain.evidence import Quotes
from tropa.domain.journeymap import Card, JourneyMap
from tropa.domain.text import Language
from tropa.errors import InputError, told

if TYPE_CHECKING:
    from tropa.assembly.answers import Answer
    from tropa.beginning_setup import Beginning

_SHOWN = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One answer as it was given on the command line."""

    guess: str | None
    words: str | None
    by: str | None
    company: str | None
    staff: bool
    against: bool
    on: str | None


def add_to(app: typer.Typer, language: Language) -> None:
    """Give the app the command `answer`."""

    @app.command(help=say("help.answer", language))
    def answer(
        folder: Annotated[Path, argument("answer_folder", language)],
        interviews: Annotated[list[Path] | None, argument("interviews", language)] = None,
        *,
        guess: Annotated[str | None, option("guess", language, "--guess")] = None,
        said: Annotated[str | None, option("said", language, "--said")] = None,
        by: Annotated[str | None, option("by", language, "--by")] = None,
        company: Annotated[str | None, option("company", language, "--company")] = None,
        staff: Annotated[bool, option("staff", language, "--staff")] = False,
        against: Annotated[bool, option("against", language, "--against")] = False,
        on: Annotated[str | None, option("on", language, "--on")] = None,
        as_json: Annotated[bool, option("json", language, "--json")] = False,
    ) -> None:
        from tropa.beginning_setup import Beginning  # noqa: PLC0415  heavy: only for commands that need it

        beginning = Beginning(folder)
        given = _Said(guess=guess, words=said, by=by, company=company, staff=staff, against=against, on=on)
        put_in(beginning, given, interviews or [], as_json=as_json)


def put_in(beginning: "Beginning", given: _Said, interviews: Sequence[Path], *, as_json: bool) -> None:
    """Take the answers from flags, files or a talk at the terminal; without any, tell what to ask."""
    from tropa.assembly.answers import with_answers  # noqa: PLC0415  heavy: only for commands that need it

    journey = beginning.journey()
    asks = sys.stdin.isatty() and not as_json
    if interviews:
        answers = _from_files(beginning, journey, given, interviews, asks=asks)
    elif given.words is not None or given.guess is not None:
        answers = [_answer(beginning, journey, given)]
    else:
        answers = _from_talk(beginning, journey, given) if asks else []
    grown = with_answers(journey, answers)
    if answers:
        beginning.keep(grown)
    if answers and not interviews:
        beginning.note(answers)
    if as_json:
        typer.echo(json.dumps(_document(journey, grown, answers), ensure_ascii=False, indent=2))
    else:
        _tell(journey, grown, answers)


def _answer(beginning: "Beginning", journey: JourneyMap, given: _Said) -> "Answer":
    from tropa.assembly.answers import Answer  # noqa: PLC0415  heavy: only for commands that need it
    from tropa.texts.masking import mask  # noqa: PLC0415

    if given.guess is None or not (given.words or "").strip():
        raise InputError("An answer needs --guess and --said.", "The guesses are told by `tropa answer FOLDER`.")
    return Answer(
        card=_card(journey, given.guess).key,
        text=mask((given.words or "").strip()),
        date=_day(given.on),
        person=beginning.pseudonym("person", given.by),
        company=beginning.pseudonym("company", given.company),
        by_staff=given.staff,
        against=given.against,
    )


def _card(journey: JourneyMap, name: str) -> Card:
    """A guess by its number in the plan or by its key; the error names those of the plan."""
    from tropa.assembly.research import open_guesses  # noqa: PLC0415  heavy: only for commands that need it

    first = [one.card for one in open_guesses(journey)]
    if name.isdigit() and 1 <= int(name) <= len(first):
        return first[int(name) - 1]
    found = next((card for card in journey.cards if card.key == name), None)
    if found is None:
        message = told("The map has no guess “{name}”.", name=name)
        raise InputError(message, told("The first to check: {names}.", names=[card.key for card in first]))
    return found


def _day(written: str | None) -> date:
    from tropa.bootstrap import today  # noqa: PLC0415  heavy: only for commands that need it

    if written is None:
        return today()
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise InputError(told("There is no day {value}.", value=written), "E.g. 2026-03-31.") from error


def _from_files(
    beginning: "Beginning", journey: JourneyMap, given: _Said, files: Sequence[Path], *, asks: bool
) -> list["Answer"]:
    """What interviews say for sure; where a person sits at the terminal, they decide on the rest."""
    from tropa.assembly.answers import Answer  # noqa: PLC0415  heavy: only for commands that need it
    from tropa.texts.voices import speaker  # noqa: PLC0415

    answers: list[Answer] = []
    left = 0
    for touch in beginning.heard(files, journey):
        against = touch.against
        if not touch.sure:
            choice = _decided(journey, touch.card, touch.words) if asks else None
            left += choice is None
            if choice is None:
                continue
            against = choice
        said = touch.feedback
        answers.append(
            Answer(
                card=touch.card.key,
                text=said.text,
                date=said.written_at.date() if said.written_at else _day(given.on),
                person=beginning.pseudonym("person", given.by or speaker(said)),
                company=beginning.pseudonym("company", given.company),
                by_staff=given.staff,
                against=against,
                span=touch.span,
                source=said.source or said.file,
            )
        )
    if left:
        typer.echo(say("answer.left", journey.language, count=left), err=True)
    return answers


def _decided(journey: JourneyMap, card: Card, words: str) -> bool | None:
    """Whether the words deny the guess; None where they speak of something else."""
    language = journey.language
    said = {"guess": card.text.said_in(language), "said": _short(words)}
    typer.echo(f"\n{say('answer.decide', language, **said)}", err=True)
    choice = typer.prompt(say("answer.choose", language), default=3, type=int, err=True)
    return {1: False, 2: True}.get(choice)


def _from_talk(beginning: "Beginning", journey: JourneyMap, given: _Said) -> list["Answer"]:
    """One answer after another until an empty line."""
    language = journey.language
    answers: list[Answer] = []
    _list_guesses(journey)
    while True:
        number = typer.prompt(say("answer.which", language), default="", show_default=False, err=True).strip()
        if not number:
            return answers
        try:
            card = _card(journey, number)
        except InputError as error:
            typer.echo(say("answer.no_such", language), err=True)
            del error
            continue
        words = typer.prompt(say("answer.words", language), default="", show_default=False, err=True)
        if not words.strip():
            continue
        by = given.by or typer.prompt(say("answer.who", language), default="", show_default=False, err=True)
        kind = typer.prompt(say("answer.kind", language), default=1, type=int, err=True)
        told_now = _Said(
            guess=card.key,
            words=words,
            by=by,
            company=given.company,
            staff=kind == 3,
            against=kind == 2,
            on=given.on,
        )
        answers.append(_answer(beginning, journey, told_now))


def _list_guesses(journey: JourneyMap) -> None:
    from tropa.assembly.research import open_guesses  # noqa: PLC0415  heavy: only for commands that need it

    language = journey.language
    typer.echo(say("answer.guesses", language), err=True)
    for number, one in enumerate(open_guesses(journey), start=1):
        stage = one.stage.name.said_in(language)
        typer.echo(f"  {number}. {stage}: {one.card.text.said_in(language)} [{one.card.key}]", err=True)


def _tell(before: JourneyMap, after: JourneyMap, answers: Sequence["Answer"]) -> None:
    from tropa.assembly.standing import coverage  # noqa: PLC0415  heavy: only for commands that need it
    from tropa.render.words import counted, in_quotes, label  # noqa: PLC0415

    language = after.language
    for key in dict.fromkeys(one.card for one in answers):
        card = next(one for one in after.cards if one.key == key)
        basis = label(f"basis.{card.basis(b2b=after.is_b2b).value}", language)
        voices = f" · {counted(_voices(card), 'voice', language)}" if _voices(card) else ""
        flags = "".join(f", {label(f'flag.{flag.value}', language)}" for flag in card.flags)
        typer.echo(f"{in_quotes(card.text.said_in(language))}: {basis}{voices}{flags}", err=True)
    was, now = coverage(before), coverage(after)
    typer.echo(say("answer.coverage", language, now=now.said_in(language), was=was.resting), err=True)
    if not answers and not sys.stdin.isatty():
        _list_guesses(after)


def _voices(card: Card) -> int:
    return max((one.voices for one in card.evidence if isinstance(one, Quotes)), default=0)


def _document(before: JourneyMap, after: JourneyMap, answers: Sequence["Answer"]) -> dict[str, object]:
    from tropa.assembly.research import open_guesses  # noqa: PLC0415  heavy: only for commands that need it
    from tropa.assembly.standing import coverage  # noqa: PLC0415

    cards = {card.key: card for card in after.cards}
    touched = [cards[key] for key in dict.fromkeys(one.card for one in answers)]
    return {
        "coverage": {
            "before": coverage(before).resting,
            "after": coverage(after).resting,
            "cards": coverage(after).cards,
        },
        "answered": [
            {
                "card": card.key,
                "state": card.basis(b2b=after.is_b2b).value,
                "voices": _voices(card),
                "flags": [flag.value for flag in card.flags],
            }
            for card in touched
        ],
        "next": [{"card": one.card.key, "stage": one.stage.key} for one in open_guesses(after)],
    }


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"
