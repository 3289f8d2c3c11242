"""Physical lines of a text, one at a time, and what can be wrong with one."""

from collections import deque
from collections.abc import Iterator
from typing import IO

from tropa.adapters.sources.limits import LIMITS, Limits


class Lines:
    """Physical lines with their numbers; a line without end is cut off instead of filling the memory."""

    def __init__(self, text: IO[str], limits: Limits, skipped: int) -> None:
        self._text = text
        self._limits = limits
        self._waiting: deque[str] = deque()
        self.number = skipped  # of the line given last
        self.too_long = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._text.readline(self._limits.line)
        if not line:
            raise StopIteration
        self.number += 1
        self.too_long = len(line) >= self._limits.line and line[-1] not in "\r\n"
        if self.too_long:
            self._skip_rest()
        return line

    def _skip_rest(self) -> None:
        while (more := self._text.readline(self._limits.line)) and more[-1] not in "\r\n":
            pass

    def give_back(self, lines: list[str]) -> None:
        """These lines will come again."""
        self._waiting.extendleft(reversed(lines))
        self.number -= len(lines)


def line_fault(line: str) -> str | None:
    """A stable reason why the line cannot be kept as text, or None."""
    if line.isascii():
        return "null_bytes" if "\x00" in line else None
    try:
        line.encode()
    except UnicodeEncodeError:
        return "undecodable"
    return "null_bytes" if "\x00" in line else None


def shown(line: str) -> str:
    """Text that can be written down, whatever was in the file."""
    text = line[: LIMITS.raw].rstrip("\r\n").encode("utf-8", "backslashreplace").decode()
    return text.replace("\x00", "\\x00")[: LIMITS.raw]
