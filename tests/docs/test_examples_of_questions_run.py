"""Every example of the page of questions runs on the demo that the page names."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from builders.command_line import Terminal

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "questions.md").read_text(encoding="utf-8")
EXAMPLES = [
    line
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in block.replace("\\\n", " ").splitlines()
    if line.startswith("tropa ")
]


BETWEEN_COMPANIES = ("buying-centre", "deals")


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company that sells to companies."""
    place = tmp_path_factory.mktemp("crm")
    terminal = Terminal({"TROPA_KEY_FILE": str(place / "key"), "TROPA_LANG": "en", "PYTHONUTF8": "1"})
    assert terminal.tropa("demo", "saas", "--lang", "en", "--out", place / "demo").code == 0
    return place


@pytest.fixture(scope="module")
def marketing(shop: tuple[Terminal, Path]) -> Path:
    """The same shop that also says what its advertising cost."""
    terminal, place = shop
    own = place / "marketing"
    shutil.copytree(place / "demo", own / "demo")
    months = [f"2025-{month:02d}" for month in range(1, 13)]
    rows = [f"{month},{channel},1500" for month in months for channel in ("Instagram ads", "Google Shopping")]
    (own / "demo" / "costs.csv").write_text("month,channel,spend\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert terminal.tropa("init", own / "demo", "--yes").code == 0
    assert terminal.tropa("build", own / "demo").code == 0
    return own


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> tuple[Terminal, Path]:
    place = tmp_path_factory.mktemp("shop")
    terminal = Terminal({"TROPA_KEY_FILE": str(place / "key"), "TROPA_LANG": "en", "PYTHONUTF8": "1"})
    assert terminal.tropa("demo", "plants", "--lang", "en", "--out", place / "demo").code == 0
    return terminal, place


def test_there_are_examples() -> None:
    assert EXAMPLES


@pytest.mark.full
@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_gives_an_answer_a_document_and_a_picture(
    shop: tuple[Terminal, Path], example: str, request: pytest.FixtureRequest
) -> None:
    terminal, place = shop
    question = example.split()[1]
    if question in BETWEEN_COMPANIES or question == "costs":
        place = request.getfixturevalue("marketing" if question == "costs" else "crm")
    words = [str(place / "demo") if word == "demo" else word for word in shlex.split(example)[1:]]
    picture, table = place / "answer.svg", place / "answer.csv"
    answer = terminal.tropa(*words, "--json", "--svg", picture, "--csv", table)
    document = answer.document()
    assert document["answer"]["ru"]
    assert document["answer"]["en"]
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    assert table.read_text(encoding="utf-8-sig").count("\n") > 1
    picture.unlink()
    table.unlink()
