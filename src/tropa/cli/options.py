"""Options that several commands share."""

from typing import Any

import typer

from tropa.cli.words import say
from tropa.domain.text import Language
from tropa.errors import InputError, told


def chosen_language(value: str | None) -> Language | None:
    """The language that was asked for; None for none."""
    if value is None:
        return None
    if value not in set(Language):
        raise InputError(
            told("There is no language “{value}” here.", value=value), told("Allowed: {names}.", names=list(Language))
        )
    return Language(value)


def option(key: str, language: Language, *names: str) -> Any:
    """An option with its help in the terminal's language."""
    return typer.Option(*names, help=say(f"help.{key}", language))


def argument(key: str, language: Language) -> Any:
    """An argument with its help in the terminal's language."""
    return typer.Argument(help=say(f"help.{key}", language))
