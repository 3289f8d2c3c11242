"""The commands that a page of the docs tells people to type, in its order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(r"(?<!`)`(tropa [^`\n]+)`(?!`)")
_FILE = re.compile(r"[\w./-]+\.(?:html|json|yaml)\b")


@dataclass(frozen=True)
class Command:
    """`words` as a shell takes them; `promised`: the files that the comment behind it names."""

    words: tuple[str, ...]
    promised: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join(self.words)


def commands_of(page: str) -> list[Command]:
    """Those of blocks and those within sentences that are whole (no UPPER-CASE stand-ins)."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found: list[tuple[int, Command]] = []
    for block in _BLOCK.finditer(text):
        found += [(block.start() + n, one) for n, one in enumerate(_lines(block[1]))]
    for inline in _INLINE.finditer(text):
        if not re.search(r"\b[A-Z]{3,}\b|…", inline[1]):
            found.append((inline.start(), Command(tuple(inline[1].split()))))
    return [command for _, command in sorted(found, key=lambda one: one[0])]


def _lines(block: str) -> Iterator[Command]:
    for line in block.splitlines():
        command, _, comment = line.removeprefix("$ ").partition("#")
        if command.strip():
            yield Command(tuple(command.split()), tuple(_FILE.findall(comment)))
