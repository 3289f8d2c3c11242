"""A list of touchpoints of people's own, as YAML: the format of the packs that ship."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tropa.adapters.storage.project_read import text_of
from tropa.adapters.storage.yaml_text import Path as At
from tropa.adapters.storage.yaml_text import placed_data
from tropa.domain.text import Text
from tropa.errors import ConfigError, RecordError, told
from tropa.mapfile.records import decode
from tropa.texts.names import stage_kinds
from tropa.texts.packs import all_touchpoints, pack, pack_names
from tropa.texts.taxonomy import Taxonomy, taxonomy_of
from tropa.texts.touchpoints import KnownTouchpoint

_KEY = re.compile(r"[^\s,;|]{1,80}")
_EXAMPLE = "E.g. `touchpoints: [{key: food, name: {ru: Еда, en: Food}, words: [суп, soup]}]`."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Own:
    """One touchpoint as people write it."""

    key: str
    name: Text = field(default_factory=Text)
    stage: str = ""
    channel: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """The whole file."""

    uses: tuple[str, ...] = ()
    touchpoints: tuple[_Own, ...] = ()


def read_taxonomy(path: Path, *, industry: str | None = None) -> Taxonomy:
    """The touchpoints of a YAML file; ConfigError says file, line, column, what is wrong and what is allowed.

    Without `uses` the file replaces what ships; with it the packs and touchpoints named there stand behind its own.
    """
    file = path.name
    placed = placed_data(text_of(path), file=file)
    try:
        content = decode(_File, _long_form(placed.data), hooks={str: _text})
    except RecordError as error:
        raise ConfigError(error.message, error.hint, placed.place_of(error.path, file)) from error
    for at, message, hint in _faults(content):
        raise ConfigError(message, hint, placed.place_of(at, file))
    own = tuple(
        KnownTouchpoint(
            key=one.key, name=_named(one), channel=one.channel, stage=one.stage, events=(), words=one.words
        )
        for one in content.touchpoints
    )
    keys = {one.key for one in own}
    more = [one for name in content.uses for one in _used(name) if one.key not in keys]
    return taxonomy_of(own, beside=tuple({one.key: one for one in more}.values()), industry=industry)


def _long_form(data: Any) -> Any:
    """`- Food` and `Food: [words]` are short for a touchpoint with a key; a bare list of them is the touchpoints."""
    if isinstance(data, list) or (isinstance(data, Mapping) and data and not {"touchpoints", "uses"} & set(data)):
        data = {"touchpoints": data}
    if not isinstance(data, Mapping):
        return data
    plain = dict(data)
    if isinstance(plain.get("uses"), str):
        plain["uses"] = [plain["uses"]]
    if isinstance(plain.get("touchpoints"), Mapping):
        plain["touchpoints"] = [_keyed(key, value) for key, value in plain["touchpoints"].items()]
    elif isinstance(plain.get("touchpoints"), list):
        plain["touchpoints"] = [_touchpoint(one) for one in plain["touchpoints"]]
    return plain


def _keyed(key: str, value: Any) -> Any:
    if value is None or isinstance(value, list):
        return {"key": key, "words": value or []}
    return {"key": key, **_touchpoint(value)} if isinstance(value, Mapping) else value


def _touchpoint(one: Any) -> Any:
    if isinstance(one, str | int | float):
        return {"key": str(one)}
    if not isinstance(one, Mapping):
        return one
    plain = {key: value for key, value in one.items() if value is not None}
    if isinstance(plain.get("name"), str):
        plain["name"] = {"ru": plain["name"], "en": plain["name"]}
    if isinstance(plain.get("words"), str):
        plain["words"] = [word.strip() for word in plain["words"].split(",") if word.strip()]
    return plain


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    message = told("Expected text.")
    raise ValueError(message)


def _named(one: _Own) -> Text:
    return Text(ru=one.key, en=one.key) if one.name.is_empty else one.name


def _faults(content: _File) -> Iterator[tuple[At, str, str]]:
    """What is wrong, from the top down: where, what, what to do."""
    if not content.touchpoints and not content.uses:
        yield (), "There is no touchpoint in the file.", _EXAMPLE
    known = {one.key for one in all_touchpoints()}
    for place, name in enumerate(content.uses):
        if name not in known and name not in pack_names():
            message = told("There is no pack and no touchpoint “{name}”.", name=name)
            yield ("uses", place), message, _nearest(name, (*pack_names(), *sorted(known)), pack_names())
    seen: set[str] = set()
    for place, one in enumerate(content.touchpoints):
        at: At = ("touchpoints", place, "key")
        if not _KEY.fullmatch(one.key):
            yield at, told("“{key}” cannot be a key.", key=one.key), "A key has no spaces, commas or semicolons in it."
        if one.key.casefold() in seen:
            yield at, told("Two touchpoints have the key “{key}”.", key=one.key), "Give one of them another key."
        seen.add(one.key.casefold())
        if one.stage and one.stage not in stage_kinds():
            message = told("There is no kind of stage “{stage}”.", stage=one.stage)
            yield ("touchpoints", place, "stage"), message, _nearest(one.stage, tuple(stage_kinds()), stage_kinds())


def _nearest(name: str, all_names: Sequence[str], shown: Sequence[str] | Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(name, all_names, 1, 0.6)
    return told("Did you mean “{near}”?", near=near[0]) if near else told("Allowed: {names}.", names=list(shown))


def _used(name: str) -> tuple[KnownTouchpoint, ...]:
    if name in pack_names():
        return pack(name)
    return tuple(one for one in all_touchpoints() if one.key == name)


