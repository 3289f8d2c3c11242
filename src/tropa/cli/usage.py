"""A command typed in a way that does not work: what exactly, and where to read how it does."""

import re
from typing import Any

from tropa.cli.words import say
from tropa.domain.text import Language

_COMMAND = re.compile(r"No such command '(.+?)'")
_NEAR = re.compile(r"Did you mean '(.+?)'\?")


def usage_lines(error: Any, language: Language) -> str:
    """What the CLI library found wrong with a command, in this language."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "tropa"
    return f"{_what(error, language)}\n{say('usage.help', language, command=command)}"


def _what(error: Any, language: Language) -> str:
    unknown = _COMMAND.search(error.message)
    match type(error).__name__:
        case "NoSuchOption":
            said = say("usage.option", language, option=error.option_name)
        case "MissingParameter":
            said = say("usage.missing", language, name=_name(error))
        case "BadParameter":
            said = say("usage.value", language, name=_name(error), what=error.message)
        case _ if unknown is not None:
            said = say("usage.command", language, command=unknown[1])
        case _:
            said = say("usage.other", language, what=error.message)
    near = getattr(error, "possibilities", None) or _NEAR.findall(error.message)
    return f"{said} {say('usage.near', language, names=', '.join(sorted(near)))}" if near else said


def _name(error: Any) -> str:
    parameter = getattr(error, "param", None)
    spelt = max(getattr(parameter, "opts", ()) or [getattr(parameter, "name", "") or ""], key=len)
    return str(error.param_hint or spelt)
