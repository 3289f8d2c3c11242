"""A long file of lines, written once: a stopped run goes on where it was, and nobody reads half a file."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from io import BufferedWriter
from pathlib import Path
from typing import Self

from tropa.adapters import disk
from tropa.adapters.disk import as_our_error


class LinesFile:
    """Lines of `target`, gathered in a hidden file beside it until the last one is written.

    `run` tells one run from another (inputs, settings, model): lines of another run are thrown away. Use it as a
    context; `done` says how many lines are there already.
    """

    def __init__(self, target: Path, run: str) -> None:
        self._target = target
        self._part = target.with_name(f".{target.name}.part")
        self._mark = target.with_name(f".{target.name}.run")
        self._run = hashlib.sha256(run.encode()).hexdigest()
        self._file: BufferedWriter | None = None
        self.done = self._count = 0

    @property
    def name(self) -> str:
        """The name of the file that is written."""
        return self._target.name

    def __enter__(self) -> Self:
        """Open what is there of this run."""
        try:
            same = self._mark.is_file() and self._mark.read_text(encoding="utf-8") == self._run
            self.done = self._whole_lines() if same else 0
            if not same:
                self._part.unlink(missing_ok=True)
                disk.replace_file(self._mark, self._run.encode())
            self._count = self.done
            self._file = self._part.open("ab")
        except OSError as error:
            raise as_our_error(error, self._target) from error
        return self

    def lines(self) -> Iterator[str]:
        """The lines that are there."""
        with self._part.open("rb") as file:
            for line, _ in zip(file, range(self._count), strict=False):
                yield line.decode("utf-8", "surrogatepass").rstrip("\n")

    def append(self, lines: Iterable[str]) -> None:
        """Write lines down; they are kept from here on, whatever happens."""
        if self._file is None:
            return
        try:
            kept = [f"{line}\n" for line in lines]
            self._file.write("".join(kept).encode("utf-8", "surrogatepass"))
            self._file.flush()
            self._count += len(kept)
        except OSError as error:
            raise as_our_error(error, self._target) from error

    def finish(self) -> None:
        """Put the file where it belongs, in one step."""
        if self._file is None:
            return
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None
            self._part.replace(self._target)
            self._mark.unlink(missing_ok=True)
            disk.flush_folder(self._target.parent)
        except OSError as error:
            raise as_our_error(error, self._target) from error

    def throw_away(self) -> None:
        """Remove what was gathered: something else was made of it."""
        if self._file is not None:
            self._file.close()
            self._file = None
        self._part.unlink(missing_ok=True)
        self._mark.unlink(missing_ok=True)

    def __exit__(self, *_: object) -> None:
        """Leave the part where it is, for the next run."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _whole_lines(self) -> int:
        """How many whole lines there are; half a line at the end is cut off."""
        if not self._part.is_file():
            return 0
        lines = end = 0
        with self._part.open("rb+") as file:
            for line in file:
                if line.endswith(b"\n"):
                    lines += 1
                    end += len(line)
            file.truncate(end)
        return lines
