"""Values to tropa.yaml: a text that explains itself, and a second `init` that keeps what a person changed."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from tropa.adapters.disk import as_our_error, replace_file
from tropa.adapters.storage.project_comments import BEFORE_DATA, HEADS, NOTES, TOP
from tropa.adapters.storage.project_read import project_from_text, text_of
from tropa.domain.project import Project, SourceSpec
from tropa.domain.text import Language
from tropa.errors import ConfigError, DiskFullError, Place, told
from tropa.mapfile.records import encode

_ALWAYS = ("language", "model", "unit", "timezone", "week_starts", "currency", "stages_from", "lanes")
_ORDER = (
    *("version", "project", "title", "language", "model", "unit", "timezone", "week_starts", "currency", "as_of"),
    *(
        "goal",
        "kpis",
        "sources",
        "cleaning",
        "stages_from",
        "templates",
        "stages",
        "ignore",
        "buying_centre",
        "tco",
        "fab",
        "segments",
        "personas",
        "lanes",
        "changes",
        "country",
        "experiments",
        "findings",
        "engine",
        "store",
        "language_model",
    ),
)
_BEFORE_DATA = frozenset(
    {"version", "project", "title", "language", "model", "goal", "stages_from", "templates", "lanes"}
)
_FLOW = {"match", "where", "ignore", "segment", "rating", "role", "item"}
_BLOCKS = {"goal", "columns", "dates", ""}
_DAYS = {"date", "until", "as_of"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ONE_LINE = {"segments", "changes", "marks"}
_LINE = 118


def write_project(path: Path, project: Project) -> None:
    """Write the file, or add to the present one what it lacks; beside first, then renamed in one step."""
    text = _added(text_of(path), project, file=path.name) if path.exists() else project_to_text(project)
    _replace(path, text)


def add_source(path: Path, source: SourceSpec) -> None:
    """Name one more file of data in tropa.yaml; nothing else in it is touched."""
    text = text_of(path)
    present = project_from_text(text, file=path.name)
    if _is_known(source, present.sources):
        return
    document = _yaml().load(text) or CommentedMap()
    (fresh,) = _plain(replace(present, sources=(source,)))["sources"]
    document.setdefault("sources", CommentedSeq()).append(_node(fresh))
    _replace(path, _dumped(document))


def project_to_text(project: Project) -> str:
    """The whole file with its comments, in the project's language."""
    document = CommentedMap()
    plain = _plain(project)
    for key in _ORDER:
        if key in plain:
            document[key] = _node(plain[key], key)
    _comment(document, project.language)
    return TOP[project.language.value] + _dumped(document)


def beginning_to_text(project: Project) -> str:
    """A file for a folder without data: only what is known by now, so that data may tell the rest."""
    document = CommentedMap()
    plain = _plain(project)
    for key in _ORDER:
        if key in _BEFORE_DATA and key in plain:
            document[key] = _node(plain[key], key)
    _comment(document, project.language)
    return BEFORE_DATA[project.language.value] + _dumped(document)


def _plain(project: Project) -> dict[str, Any]:
    """Plain data in the short forms that people read; what a person may want to change is always there."""
    plain: dict[str, Any] = encode(project)
    for key in _ALWAYS:
        value = getattr(project, key)
        if value is not None and value != ():
            plain.setdefault(key, encode(value))
    plain["version"] = project.version
    plain["as_of"] = project.as_of.isoformat() if isinstance(project.as_of, date) else "auto"
    plain["findings"] = {
        "min_persons": project.findings.min_persons,
        "false_discovery_rate": project.findings.false_discovery_rate,
    }
    plain |= {"segments": [{"property": one.property, "at": one.at.value} for one in project.segments]}
    for source in plain.get("sources", ()):
        _shorten(source)
    return plain


def _shorten(source: dict[str, Any]) -> None:
    columns = source["columns"]
    if isinstance(columns.get("amount"), Mapping) and set(columns["amount"]) == {"column"}:
        columns["amount"] = columns["amount"]["column"]
    times = [columns.get("time"), columns.get("until"), source.get("status_time"), *source.get("dates", {}).values()]
    for time in (one for one in times if one):
        given = {
            "column": time["column"],
            "format": time.get("format", "iso"),
            "precision": time.get("precision", "second"),
        }
        time.clear()
        time.update(given)
    if not source.get("format"):
        source.pop("format", None)
    head = {key: source[key] for key in ("file", "kind", "sheet", "format") if key in source}
    rest = {key: value for key, value in source.items() if key not in head}
    source.clear()
    source.update(head | rest)


def _node(value: Any, key: str = "") -> Any:
    match value:
        case Mapping():
            node = CommentedMap((name, _node(one, str(name))) for name, one in value.items())
            if key not in _BLOCKS and _width(value) < _LINE - 30 and (key in _FLOW or _is_flat(value)):
                node.fa.set_flow_style()
            return node
        case str():
            return date.fromisoformat(value) if key in _DAYS and _DAY.fullmatch(value) else value
        case Sequence():
            items = CommentedSeq(_node(one, "item" if key in _ONE_LINE else "") for one in value)
            if all(not isinstance(one, Mapping | list) for one in value):
                items.fa.set_flow_style()
            return items
        case float() if value.is_integer():
            return int(value)
    return value


def _is_flat(value: Mapping[str, Any]) -> bool:
    return len(value) <= 5 and all(not isinstance(one, Mapping | list | tuple) for one in value.values())


def _width(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(len(str(key)) + 4 + _width(one) for key, one in value.items())
    return len(str(value))


def _comment(document: CommentedMap, language: Language) -> None:
    for key, words in NOTES.items():
        if key in document:
            document.yaml_add_eol_comment(words[language.value], key, column=0)
    for key, words in HEADS.items():
        if key in document:
            document.yaml_set_comment_before_after_key(key, before="\n" + words[language.value])


def _added(text: str, project: Project, *, file: str) -> str:
    """The present text with the sources and keys that it lacks; nothing that is there is touched."""
    present = project_from_text(text, file=file)
    yaml = _yaml()
    document = yaml.load(text) or CommentedMap()
    plain = _plain(project)
    changed = False
    missing = [one for one in project.sources if not _is_known(one, present.sources)]
    if missing:
        fresh = [one for one, spec in zip(plain["sources"], project.sources, strict=True) if spec in missing]
        sources = document.setdefault("sources", CommentedSeq())
        for one in fresh:
            sources.append(_node(one))
        changed = True
    for key in _ORDER:
        if key not in document and key in plain and key != "sources":
            document[key] = _node(plain[key], key)
            changed = True
    return _dumped(document) if changed else text


def _is_known(source: SourceSpec, present: Sequence[SourceSpec]) -> bool:
    return any(
        (one.file == source.file or fnmatch(source.file, one.file)) and one.sheet in {None, source.sheet}
        for one in present
    )


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.width = _LINE
    yaml.allow_unicode = True
    yaml.preserve_quotes = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dumped(document: CommentedMap) -> str:
    out = io.StringIO()
    _yaml().dump(document, out)
    return out.getvalue()


def _replace(path: Path, text: str) -> None:
    try:
        replace_file(path, text.encode())
    except OSError as error:
        fault = as_our_error(error, path)
        if isinstance(fault, DiskFullError):
            raise fault from error
        message = told("{name} cannot be written: {why}.", name=path.name, why=error.strerror)
        raise ConfigError(message, "Check that you may write into this folder.", Place(file=path.name)) from error
