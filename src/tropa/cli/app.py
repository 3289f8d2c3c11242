"""All commands together, and what happens when something goes wrong."""

import os
import sys
import traceback
from collections.abc import Sequence

import typer
from typer.main import get_command

from tropa.cli import (
    answering,
    asking,
    beginning,
    building,
    costing,
    demonstrating,
    exporting,
    journeys,
    listing,
    simulating,
    starting,
    voicing,
)
from tropa.cli.usage import usage_lines
from tropa.cli.words import error_lines, language_of_terminal, say
from tropa.errors import InputError, TropaError

INTERRUPTED = 130
FAULT = 3


def run(arguments: Sequence[str]) -> int:
    """The exit code: 0 done, 1 lint errors, 2 input or usage, 3 a fault of tropa, 130 interrupted."""
    language = language_of_terminal()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = get_command(_app()).main(list(arguments), prog_name="tropa", standalone_mode=False)
    except typer.Exit as leaving:
        code = leaving.exit_code
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except TropaError as error:
        typer.echo(error_lines(error, language), err=True)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:  # noqa: BLE001  the one place that turns a fault into words
        return _usage_or_fault(error)
    if code == INTERRUPTED:  # the CLI library has caught Ctrl+C itself
        typer.echo(say("interrupted", language), err=True)
    return code if isinstance(code, int) else 0


def _usage_or_fault(error: Exception) -> int:
    if callable(getattr(error, "show", None)):  # the CLI library's own: unknown option, missing argument
        typer.echo(usage_lines(error, language_of_terminal()), err=True)
        return InputError.exit_code
    if os.environ.get("TROPA_TRACE"):
        traceback.print_exception(error)
    typer.echo(say("fault", language_of_terminal(), what=f"{type(error).__name__}: {error}"), err=True)
    return FAULT


def _app() -> typer.Typer:
    language = language_of_terminal()
    app = typer.Typer(
        help=say("help.tropa", language), add_completion=False, no_args_is_help=True, rich_markup_mode=None
    )
    app.callback()(starting.version_option(language))
    before_data, after_it = (beginning, answering), (exporting, listing, costing)
    groups = (starting, building, asking, journeys, *after_it, demonstrating, simulating, voicing, *before_data)
    for group in groups:
        group.add_to(app, language)
    return app
