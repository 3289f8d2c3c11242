"""The command line as people call it: every call is a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

OUTSIDE_THE_PROMISE = {"run.json"}


@dataclass(frozen=True)
class Answer:
    """What a command came to."""

    code: int
    out: str
    err: str

    def document(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)


@dataclass(frozen=True)
class Terminal:
    """A place to type commands; `environment` is added to what the machine has."""

    environment: dict[str, str]

    def with_environment(self, **added: str) -> "Terminal":
        return Terminal(self.environment | added)

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "tropa", *map(str, arguments)]

    def start(self, *arguments: object, before_it_starts: Callable[[], None] | None = None) -> subprocess.Popen[str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("TROPA_")}
        return subprocess.Popen(
            self.command(*arguments),
            preexec_fn=before_it_starts,  # noqa: PLW1509  limits of the child; nothing else runs meanwhile
            env=plain | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def tropa(self, *arguments: object, before_it_starts: Callable[[], None] | None = None) -> Answer:
        with self.start(*arguments, before_it_starts=before_it_starts) as process:
            out, err = process.communicate(timeout=300)
        return Answer(process.returncode, out, err)

    def build(self, folder: Path, *more: object) -> Answer:
        answer = self.tropa("build", folder, *more)
        assert answer.code == 0, answer.err
        return answer


@dataclass(frozen=True)
class NearTerminal(Terminal):
    """The same commands within this process: for tests of what comes out, not of processes."""

    def tropa(self, *arguments: object, before_it_starts: Callable[[], None] | None = None) -> Answer:
        assert before_it_starts is None
        from tropa.cli.app import run

        out, err = StringIO(), StringIO()
        with patch.dict(os.environ, self.environment), redirect_stdout(out), redirect_stderr(err):
            code = run([str(one) for one in arguments])
        return Answer(code, out.getvalue(), err.getvalue())


def files_of(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, but for what the promise of identical bytes leaves out."""
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in sorted(folder.rglob("*"))
        if one.is_file() and one.name not in OUTSIDE_THE_PROMISE
    }


def read_json(place: Path) -> Any:
    return json.loads(place.read_text(encoding="utf-8"))
