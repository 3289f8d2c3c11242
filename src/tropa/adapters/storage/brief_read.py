"""A filled-in brief: YAML or Markdown, with errors that point at the line."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from tropa.adapters.storage.project_read import text_of
from tropa.adapters.storage.yaml_text import placed_data
from tropa.domain.brief import Brief, BriefKey
from tropa.domain.text import Language
from tropa.errors import ConfigError, Place, RecordError, told
from tropa.mapfile.records import decode
from tropa.texts.brief import HEADINGS, brief_questions
from tropa.texts.words import folded

_MARKDOWN = frozenset({".md", ".markdown", ".txt"})
_HEADING = re.compile(r"#{1,6}\s+(?:(?P<number>\d{1,2})[.)]\s*)?(?P<words>.+?)\s*#*\s*")
_CLOSE, _NEAR = 0.75, 0.6
_FORM = "Write an empty form with `tropa new FOLDER --brief-form` and fill it in."


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """The brief as it is written in YAML."""

    language: Language | None = None
    industry: str | None = None
    title: str | None = None
    sells: str | None = None
    buyers: str | None = None
    reasons: str | None = None
    finds: str | None = None
    fears: str | None = None
    pays: str | None = None
    decides: str | None = None
    after: str | None = None
    returns: str | None = None
    goal: str | None = None
    departments: str | None = None
    data: str | None = None


def read_brief(path: Path, language: Language) -> Brief:
    """The answers of a file; `language` is theirs where the file names none."""
    text = text_of(path)
    if path.suffix.lower() in _MARKDOWN:
        return _brief(_answers(text, file=path.name), None, language)
    placed = placed_data(text, file=path.name)
    if not isinstance(placed.data, Mapping):
        raise ConfigError("A brief holds questions with answers.", _FORM, Place(file=path.name, line=1, column=1))
    try:
        read = decode(_File, placed.data, hooks={str: _read_text})
    except RecordError as error:
        raise ConfigError(error.message, error.hint, placed.place_of(error.path, path.name)) from error
    given = {one.name: getattr(read, one.name) for one in fields(read) if one.name != "language"}
    return _brief(given, read.language, language)


def _read_text(value: object) -> str:
    """An answer; a list is several of them."""
    match value:
        case bool():
            return str(value).lower()
        case str() | int() | float():
            return str(value)
        case list() if all(isinstance(one, str | int | float) for one in value):
            return "\n".join(map(str, value))
    message = told("Expected text.")
    raise ValueError(message)


def _brief(given: Mapping[str, str | None], own: Language | None, language: Language) -> Brief:
    said = {key: words.strip() for key, words in given.items() if words and words.strip()}
    return Brief(
        language=own or language,
        industry=said.get("industry"),
        title=said.get("title"),
        answers={key: said[key.value] for key in BriefKey if key.value in said},
    )


def _answers(text: str, *, file: str) -> dict[str, str | None]:
    """What stands under each heading; lines of examples (`>`) and of comments are no answers."""
    found: dict[str, list[str]] = {}
    present: list[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        heading = _HEADING.fullmatch(line.strip())
        if heading is not None:
            present = found.setdefault(_new_key(heading, found, Place(file=file, line=number, column=1)), [])
        elif present is not None and not line.lstrip().startswith((">", "<!--")):
            present.append(line)
    if not found:
        raise ConfigError("A brief holds questions with answers.", _FORM, Place(file=file, line=1, column=1))
    return {key: "\n".join(lines) for key, lines in found.items()}


def _new_key(heading: re.Match[str], found: Mapping[str, object], place: Place) -> str:
    """The question that a heading asks; one that is none, or stands twice, is an error."""
    key, name = _key_of(heading), heading["words"]
    if key is None:
        near = difflib.get_close_matches(folded(name), list(_known()), 1, _NEAR)
        if near:
            raise ConfigError(
                told("No question is “{name}”.", name=name), told("Did you mean “{near}”?", near=near[0]), place
            )
        hint = told("Number the headings 1 to {count} as in the form.", count=len(BriefKey))
        raise ConfigError(told("No question is “{name}”.", name=name), hint, place)
    if key in found:
        raise ConfigError(told("The question “{name}” stands twice.", name=name), "Leave one of them.", place)
    return key


def _key_of(heading: re.Match[str]) -> str | None:
    """By what the heading says, else by its number: people shorten the questions."""
    said = folded(heading["words"])
    near = difflib.get_close_matches(said, list(_known()), 1, _CLOSE)
    if near:
        return _known()[near[0]]
    number = int(heading["number"] or 0)
    return list(BriefKey)[number - 1].value if 1 <= number <= len(BriefKey) else None


def _known() -> dict[str, str]:
    return dict(_pairs())


def _pairs() -> Iterator[tuple[str, str]]:
    for key in (*HEADINGS, *(one.value for one in BriefKey)):
        yield folded(key), key
    for one in brief_questions():
        yield from ((folded(words), one.key.value) for words in (one.text.ru, one.text.en) if words)
    for name, said in HEADINGS.items():
        yield from ((folded(words), name) for words in (said.ru, said.en) if words)
