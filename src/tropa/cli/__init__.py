"""The command line: parse, call a service, answer."""

import sys


def main() -> None:
    """Run tropa and leave with its exit code."""
    from tropa.cli.app import run  # noqa: PLC0415  keeps `import tropa.cli` free of cost

    sys.exit(run(sys.argv[1:]))
