"""tropa.yaml to values: the short forms that people write, and errors that point at the line."""

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from tropa.adapters.storage.branding_read import in_long_form
from tropa.adapters.storage.project_check import faults_of
from tropa.adapters.storage.yaml_text import placed_data
from tropa.domain.lengths import read_duration
from tropa.domain.project import Project
from tropa.errors import ConfigError, Place, RecordError, told
from tropa.mapfile.records import decode

_LARGEST = 4 << 20


def read_project(path: Path) -> Project:
    """The project of a folder; ConfigError says file, line, column, what is wrong and what is allowed."""
    return project_from_text(text_of(path), file=path.name)


def text_of(path: Path) -> str:
    """The text of tropa.yaml, a byte order mark taken away."""
    name = path.name
    try:
        raw = path.read_bytes()
    except OSError as error:
        hint = "Run `tropa init` in the folder with the data." if not path.exists() else ""
        raise ConfigError(
            told("{name} cannot be read: {why}.", name=name, why=error.strerror), hint, Place(file=name)
        ) from error
    if len(raw) > _LARGEST:
        raise ConfigError("The file is too large for a configuration.", "", Place(file=name))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(told("{name} is not UTF-8.", name=name), "Save it as UTF-8.", Place(file=name)) from error


def project_from_text(text: str, *, file: str = "tropa.yaml") -> Project:
    """The project that a text in YAML holds."""
    placed = placed_data(text, file=file)
    if not isinstance(placed.data, Mapping):
        raise ConfigError(
            "tropa.yaml holds keys with values.", "E.g. `project: my-shop`.", Place(file=file, line=1, column=1)
        )
    try:
        project = decode(
            Project, _long_form(placed.data), hooks={timedelta: read_duration, float: _read_share, str: _read_text}
        )
    except RecordError as error:
        raise ConfigError(error.message, error.hint, placed.place_of(error.path, file)) from error
    for fault in faults_of(project):
        raise ConfigError(fault.message, fault.hint, placed.place_of(fault.path, file))
    return project


def _read_share(value: object) -> float:
    """A number; «45%» is 0.45."""
    if isinstance(value, str) and re.fullmatch(r"\d+(?:[.,]\d+)?\s*%", value.strip()):
        return float(value.strip().rstrip("% ").replace(",", ".")) / 100
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    message = told("Expected a number or a percentage, got “{value}”.", value=value)
    raise ValueError(message)


def _read_text(value: object) -> str:
    """Text; ids and codes written as bare numbers are text too."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    message = told("Expected text, got nothing.") if value is None else told("Expected text.")
    raise ValueError(message)


def _long_form(data: Mapping[str, Any]) -> dict[str, Any]:
    """The short forms spelled out; every value keeps its path, so that errors still point at it."""
    plain = {key: value for key, value in data.items() if value is not None}
    if plain.get("as_of") == "auto":
        del plain["as_of"]
    for key in ("title",):
        plain |= {key: _as_text(plain[key])} if key in plain else {}
    if isinstance(plain.get("goal"), str):
        plain["goal"] = {"text": {str(plain.get("language", "ru")): plain["goal"]}}
    if isinstance(plain.get("sources"), list):
        plain["sources"] = [_source(one) for one in plain["sources"]]
    if isinstance(plain.get("stages"), list):
        plain["stages"] = [_stage(one) for one in plain["stages"]]
    if isinstance(plain.get("engine"), str):
        plain["engine"] = {"kind": plain["engine"]}
    if "store" in plain:
        plain["store"] = _store(plain["store"])
    if isinstance(plain.get("cleaning"), Mapping):
        plain["cleaning"] = _cleaning(plain["cleaning"])
    if "branding" in plain:
        plain["branding"] = in_long_form(plain["branding"], ("branding",))
    if "ignore" in plain:
        plain["ignore"] = _match(plain["ignore"])
    if isinstance(plain.get("segments"), list):
        plain["segments"] = [{"property": one} if isinstance(one, str) else one for one in plain["segments"]]
    return plain


def _as_text(value: object) -> object:
    return {"ru": value, "en": value} if isinstance(value, str) else value


def _source(source: object) -> object:
    if not isinstance(source, Mapping):
        return source
    plain = {key: value for key, value in source.items() if value is not None}
    if isinstance(plain.get("columns"), Mapping):
        plain["columns"] = {key: _column(key, value) for key, value in plain["columns"].items() if value is not None}
    if isinstance(plain.get("dates"), Mapping):
        plain["dates"] = {key: _as_column(value) for key, value in plain["dates"].items()}
    if "status_time" in plain:
        plain["status_time"] = _as_column(plain["status_time"])
    return plain


def _store(store: object) -> object:
    plain = _source({"kind": store} if isinstance(store, str) else store)
    if isinstance(plain, dict) and isinstance(plain.get("where"), Mapping):
        plain["where"] = {key: one if isinstance(one, list) else [one] for key, one in plain["where"].items()}
    return plain


def _cleaning(cleaning: Mapping[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in cleaning.items() if value is not None}
    if "hide" in plain:
        plain["hide"] = _as_list(plain["hide"])
    if isinstance(plain.get("join"), Mapping):
        plain["join"] = {name: _as_list(one) for name, one in plain["join"].items()}
    return plain


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _column(role: str, value: object) -> object:
    if role in {"time", "amount"}:
        return _as_column(value)
    if role in {"properties", "case_properties", "questions"} and isinstance(value, str):
        return [value]
    if role == "marks" and isinstance(value, Mapping):
        return [value]
    return value


def _as_column(value: object) -> object:
    return {"column": value} if isinstance(value, str | int) else value


def _stage(stage: object) -> object:
    if not isinstance(stage, Mapping):
        return stage
    plain = {key: value for key, value in stage.items() if value is not None}
    plain |= {"name": _as_text(plain["name"])} if "name" in plain else {}
    if isinstance(plain.get("touchpoints"), list):
        plain["touchpoints"] = [_touchpoint(one) for one in plain["touchpoints"]]
    return plain


def _touchpoint(touchpoint: object) -> object:
    if not isinstance(touchpoint, Mapping):
        return touchpoint
    plain = {key: value for key, value in touchpoint.items() if value is not None}
    for key in ("name", "owner"):
        plain |= {key: _as_text(plain[key])} if key in plain else {}
    if "match" in plain:
        plain["match"] = _match(plain["match"])
    return plain


def _match(match: object) -> object:
    if not isinstance(match, Mapping):
        return match
    plain = dict(match)
    plain.setdefault("event", ["*"]) if "where" in plain else None
    if isinstance(plain.get("event"), str):
        plain["event"] = [plain["event"]]
    if isinstance(plain.get("where"), Mapping):
        plain["where"] = {key: one if isinstance(one, list) else [one] for key, one in plain["where"].items()}
    return plain
