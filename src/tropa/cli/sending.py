"""Leave to send texts to a language model, and what came of it, in words for the terminal."""

import sys
from collections.abc import Callable

import typer

from tropa.cli.words import say
from tropa.domain.language_model import ReadingCounts, Sending
from tropa.domain.text import Language
from tropa.errors import LanguageModelError
from tropa.render.words import decimal, whole

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def consent(language: Language, *, yes: bool) -> Callable[[Sending], None]:
    """Says what would be sent; asks for leave, which `yes` gives beforehand; LanguageModelError where there is none."""

    def ask(sending: Sending) -> None:
        for line in sending_lines(sending, language):
            typer.echo(line, err=True)
        if yes:
            return
        if not sys.stdin.isatty():
            raise LanguageModelError(
                "Nothing was sent: there is nobody to ask whether these texts may go to a language model.",
                "Add --yes where they may.",
            )
        if not typer.confirm(say("llm.ask", language), err=True):
            raise LanguageModelError("Nothing was sent.", "`--model light` reads the texts on this machine.")

    return ask


def sending_lines(sending: Sending, language: Language) -> list[str]:
    """How many texts, about how many tokens, at what cost, to which host, and that they are masked."""
    host = sending.host
    lines = [
        say(
            "llm.sending",
            language,
            model=sending.model,
            host=host,
            texts=whole(sending.texts, language),
            sent=whole(_about(sending.tokens_sent), language),
            received=whole(_about(sending.tokens_received), language),
            cost=_cost(sending.cost, sending.currency, language),
        ),
        say("llm.masked", language),
    ]
    if sending.kept:
        lines.append(say("llm.kept", language, kept=whole(sending.kept, language)))
    if not sending.encrypted and host not in _THIS_MACHINE:
        lines.append(say("llm.open", language, host=host))
    return lines


def counts_lines(counts: ReadingCounts, language: Language) -> list[str]:
    """Who read how many texts, why, what was dropped, and what it took."""
    lines = [say("llm.read", language, read=whole(counts.read, language))]
    if counts.kept:
        lines.append(say("llm.kept", language, kept=whole(counts.kept, language)))
    if counts.stood_in:
        reasons = (
            say(f"llm.why.{why.value}", language, count=whole(count, language))
            for why, count in counts.stood_in.items()
        )
        count = whole(sum(counts.stood_in.values()), language)
        lines.append(say("llm.stood_in", language, count=count, reasons=", ".join(reasons)))
    if counts.dropped:
        lines.append(say("llm.dropped", language, dropped=whole(counts.dropped, language)))
    if counts.requests:
        lines.append(
            say(
                "llm.took",
                language,
                requests=whole(counts.requests, language),
                sent=whole(counts.tokens_sent, language),
                received=whole(counts.tokens_received, language),
                cost=_cost(counts.cost, counts.currency, language),
            )
        )
    return lines


def _about(number: int) -> int:
    """Two digits that count."""
    return int(float(f"{number:.2g}"))


def _cost(cost: float | None, currency: str | None, language: Language) -> str:
    if cost is None:
        return ""
    least = 0.01
    number = decimal(cost, language, 2) if cost >= least or not cost else f"< {decimal(least, language, 2)}"
    amount = f"{number} {currency or ''}".strip()
    return say("llm.cost", language, cost=amount)
