"""What README, tutorials and guides tell people to type works as it stands there, in that order."""

import re

import pytest

from builders.command_line import NearTerminal, Terminal
from builders.kiosk_files import kiosk_files
from docs.commands import ROOT, commands_of

# these are tried in tests/engines and tests/e2e, with the servers they need
OTHER_PEOPLES_SERVERS = {"spark.md", "clickhouse.md", "language-model.md"}
OF_MONEY = "costs-and-changes.md"
GUIDES = [
    page
    for one in sorted((ROOT / "docs" / "how-to").glob("*.md"))
    if one.name not in {*OTHER_PEOPLES_SERVERS, OF_MONEY} and commands_of(page := f"docs/how-to/{one.name}")
]
INSTALLING = re.compile(r"^(pip install \.|uv tool install \.|make [a-z-]+|cd \S+|git clone .*)")


@pytest.fixture
def typed(request, tmp_path, monkeypatch):
    """Type a page's commands in an empty folder; installing is left to the machine that runs the tests."""
    monkeypatch.chdir(tmp_path)
    settings = {"TROPA_KEY_FILE": str(tmp_path.parent / "key"), "TROPA_LANG": "en"}
    whole = request.node.get_closest_marker("full") is not None
    terminal = Terminal(settings) if whole else NearTerminal(settings | {"TROPA_INTERPRET": "1"})

    def type_all(page):
        done = []
        for command in commands_of(page):
            if command.words[0] != "tropa":
                assert INSTALLING.match(str(command)), command
                continue
            answer = terminal.tropa(*command.words[1:])
            assert answer.code == 0, f"{command}\n{answer.err}"
            for file in command.promised:
                assert list(tmp_path.rglob(file.rpartition("/")[2])), f"{command}: {file} is not there"
            done.append(str(command))
        return done

    return type_all


@pytest.mark.parametrize(("page", "folder"), [("README.md", "my-shop"), ("README.ru.md", "мой-магазин")])
def test_the_first_ten_minutes_of_the_readme(typed, tmp_path, page, folder):
    kiosk_files(tmp_path / folder, people=60)
    done = typed(page)

    assert [one.split()[1] for one in done if folder in one][:4] == ["init", "build", "export", "lint"]
    assert (tmp_path / folder / "out" / "map.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("page", GUIDES)
def test_guides_run_on_a_built_folder(typed, tmp_path, page):
    folder = kiosk_files(tmp_path / "data", people=60)
    terminal = NearTerminal({"TROPA_KEY_FILE": str(tmp_path.parent / "key"), "TROPA_INTERPRET": "1"})
    terminal.build(folder)
    folder.rename(tmp_path / "my-shop")
    assert typed(page)


def test_the_guide_to_costs_and_changes_runs_on_a_folder_that_has_them(typed, tmp_path):
    folder = kiosk_files(tmp_path / "my-shop", people=60)
    (folder / "costs.csv").write_text("month,spent\n2025-03,120000\n2025-04,90000\n", encoding="utf-8")
    (folder / "changes.csv").write_text("date,what,where\n2025-03-24,New form,Checkout\n", encoding="utf-8")

    assert {"costs", "effect"} <= {one.split()[1] for one in typed(f"docs/how-to/{OF_MONEY}")}


@pytest.mark.full
@pytest.mark.parametrize("page", ["docs/tutorial/first-map.md", "docs/tutorial/first-map.ru.md"])
def test_the_tutorial_from_the_first_line_to_the_last(typed, tmp_path, page):
    done = typed(page)

    assert [one.split()[1] for one in done] == ["demo", "funnel", "stages", "build", "lint", "export"]
    assert (tmp_path / "demo" / "out" / "map.pdf").read_bytes().startswith(b"%PDF")


def test_targets_of_make_that_pages_name_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    pages = ["README.md", "README.ru.md", "CONTRIBUTING.md"]
    named = {one for page in pages for one in re.findall(r"\bmake ([a-z-]+)\b(?=[`\s#])", code_of(page))}
    assert {"demo", "test"} <= named
    assert named <= targets


def code_of(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
