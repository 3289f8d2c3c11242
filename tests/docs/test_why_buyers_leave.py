"""The tutorial's commands run, and say what the tutorial says they do."""

import re
import shlex
from pathlib import Path

import pytest

from builders.command_line import Terminal

TUTORIALS = Path(__file__).parents[2] / "docs" / "tutorial"


def told(page: str) -> list[tuple[list[str], list[str]]]:
    """Commands, each with the lines that are printed under it."""
    found: list[tuple[list[str], list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", page, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ tropa "):
                found.append((shlex.split(line)[2:], []))
            elif line:
                found[-1][1].append(line)
    return found


def plain(words: str) -> str:
    return " ".join(words.replace("\u00a0", " ").split())


@pytest.mark.full
@pytest.mark.parametrize(("language", "page"), [("ru", "why-buyers-leave.ru.md"), ("en", "why-buyers-leave.md")])
def test_each_command_prints_what_the_page_shows(language: str, page: str, tmp_path: Path) -> None:
    terminal = Terminal({"TROPA_KEY_FILE": str(tmp_path / "key"), "TROPA_LANG": language, "PYTHONUTF8": "1"})
    places = {"demo": str(tmp_path / "demo"), "flow.svg": str(tmp_path / "flow.svg")}
    commands = told((TUTORIALS / page).read_text(encoding="utf-8"))
    assert sum(len(lines) for _, lines in commands) >= 8
    for words, lines in commands:
        answer = terminal.tropa(words[0], *(places.get(word, word) for word in words[1:]))
        assert answer.code == 0, answer.err
        printed = plain(answer.out)
        assert [line for line in lines if plain(line) not in printed] == []
    assert (tmp_path / "flow.svg").exists()
