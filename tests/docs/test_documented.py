import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args

import pytest
from typer.main import get_command

from tropa import errors
from tropa.cli.app import _app
from tropa.domain import language_model, project
from tropa.mapfile.records import KINDS, hints_of, name_in_file
from tropa.services.answering.questions import Questions

ROOT = Path(__file__).parents[2]
COMMANDS = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
QUESTIONS = (ROOT / "docs" / "reference" / "questions.md").read_text(encoding="utf-8")
COMMON = QUESTIONS.partition("## What every question takes")[2].partition("\n## ")[0]
SETTINGS = (ROOT / "docs" / "reference" / "tropa-yaml.md").read_text(encoding="utf-8")
ERRORS = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")


SETTINGS_IN = {project.__name__, language_model.__name__}


def the_commands() -> dict[str, list[str]]:
    root = get_command(_app())
    return {name: [flag for one in command.params for flag in one.opts] for name, command in root.commands.items()}


def the_questions() -> set[str]:
    """The commands that take what every question takes."""
    return {name for name, flags in the_commands().items() if {"--json", "--csv", "--svg", "--only"} <= set(flags)}


@pytest.mark.parametrize("name", sorted(the_questions()))
def test_every_question_has_an_example_and_its_method_in_python(name: str) -> None:
    assert f"tropa {name} demo" in QUESTIONS
    assert name.replace("-", "_") in vars(Questions)


@pytest.mark.parametrize("name", sorted(the_commands()))
def test_every_command_and_flag_is_documented(name: str) -> None:
    section = re.search(rf"^## `tropa {name}[ `][^\n]*\n(.*?)(?=^## |\Z)", COMMANDS, re.DOTALL | re.MULTILINE)
    assert section, f"commands.md has no section for tropa {name}"
    told = section[0] + (COMMON if name in the_questions() else "")
    missing = [flag for flag in the_commands()[name] if flag.startswith("-") and f"`{flag}" not in told]
    assert missing == []


def test_no_command_is_documented_that_does_not_exist() -> None:
    written = set(re.findall(r"^## `tropa ([a-z][a-z-]*)", COMMANDS, re.MULTILINE))
    assert written == set(the_commands())


def the_settings() -> set[str]:
    seen: set[type] = set()
    names: set[str] = set()

    def walk(kind: object) -> None:
        for inner in get_args(kind):
            walk(inner)
        if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ in SETTINGS_IN and kind not in seen:
            seen.add(kind)
            names.update(name_in_file(one) for one in fields(kind) if one.name != "extra")
            for hint in hints_of(kind).values():
                walk(hint)

    walk(project.Project)
    for kind in KINDS:
        walk(kind)
    return names


def test_every_setting_is_documented() -> None:
    missing = sorted(name for name in the_settings() if not re.search(rf"\b{re.escape(name)}\b", SETTINGS))
    assert missing == []


def the_codes() -> set[str]:
    kinds = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.TropaError)]
    return {kind.code for kind in kinds}


def test_every_error_code_is_documented_and_none_twice() -> None:
    written = re.findall(r"^\| `([a-z-]+)` \|", ERRORS, re.MULTILINE)
    assert sorted(written) == sorted(the_codes())


def test_links_between_docs_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)} → {target}"
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
