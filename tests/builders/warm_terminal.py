"""A process that has built once and forks the next builds: words and libraries are loaded, so a build takes no time."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WARM = """
import os, sys
from tropa.cli.app import run
if run(["build", sys.argv[1]]):
    sys.exit("the build that warms up failed")
for line in sys.stdin:
    sys.stdout.flush()
    if (child := os.fork()) == 0:
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        os._exit(run(line.rstrip("\\n").split("\\t")))
    print(child, flush=True)
    sys.stdin.readline()
    print(os.waitpid(child, 0)[1], flush=True)
"""


class WarmTerminal:
    """One command at a time, killed when asked."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def tropa(self, *arguments: object, kill_after: float | None = None) -> int:
        """The exit code, −9 of a killed one."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\t".join(map(str, arguments)) + "\n")
        self._process.stdin.flush()
        child = int(self._process.stdout.readline())
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(child, signal.SIGKILL)  # also safe when it has ended: its parent has not let go of the number yet
        self._process.stdin.write("let go\n")
        self._process.stdin.flush()
        return os.waitstatus_to_exitcode(int(self._process.stdout.readline()))


@contextmanager
def warm_terminal(key: Path, folder: Path) -> Iterator[WarmTerminal]:
    added = {"TROPA_KEY_FILE": str(key), "TROPA_LANG": "en", "PYTHONUTF8": "1", "TROPA_INTERPRET": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", _WARM, str(folder)],
        env=os.environ | added,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        yield WarmTerminal(process)
