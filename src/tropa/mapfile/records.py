"""Plain data (what JSON and YAML hold) to and from frozen dataclasses, by their type hints.

Rules: a field's name in the file is its name, or `metadata["key"]`; a field with a default may be missing and is left
out when it equals the default; unknown keys are errors, or with `keep_unknown` rest in the record's `extra`. A union of
dataclasses is told apart by the key `kind` (`KINDS`). A field with `metadata["in_file"]` False is in no file.
"""

import difflib
import re
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from tropa.domain.evidence import Experiment, Measurement, Quotes, Report
from tropa.domain.lengths import write_duration
from tropa.domain.project import (
    ChangeSource,
    ContactSource,
    CostSource,
    EntitySource,
    EventSource,
    FeedbackSource,
    QuerySource,
)
from tropa.errors import RecordError, reason_of, told

T = TypeVar("T")
Path = tuple[str | int, ...]
Hooks = Mapping[type, Callable[[Any], Any]]
"""Own readers for types that a format writes in its own way; they raise ValueError with a message for people."""


@dataclass(frozen=True, slots=True)
class _Reading:
    hooks: Hooks
    keep_unknown: bool


KINDS: dict[type, str] = {
    Measurement: "measurement",
    Quotes: "quotes",
    Experiment: "experiment",
    Report: "report",
    EventSource: "events",
    EntitySource: "entities",
    FeedbackSource: "feedback",
    ContactSource: "contacts",
    CostSource: "costs",
    QuerySource: "queries",
    ChangeSource: "changes",
}
_ALWAYS = {"confidence"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def decode(wanted: type[T], value: object, *, hooks: Hooks | None = None, keep_unknown: bool = False) -> T:
    """The value as `wanted`; RecordError says where it does not fit and what is allowed there."""
    result: T = _decode(wanted, value, _Reading(hooks or {}, keep_unknown), ())
    return result


def encode(value: object) -> Any:
    """Plain data: dicts, lists, text, numbers, True, False, None."""
    match value:
        case None | bool() | int():
            return value
        case str():
            return str(value)
        case float():
            return float(f"{value:.6g}")
        case date():
            return value.isoformat()
        case timedelta():
            return write_duration(value)
        case Mapping():
            return {str(key): encode(one) for key, one in value.items()}
        case list() | tuple():
            return [encode(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return _encode_record(value)
    message = f"{type(value).__name__} has no form in a file."
    raise TypeError(message)


def name_in_file(one: Field[Any]) -> str:
    """How a field is called in the file."""
    return str(one.metadata.get("key", one.name))


def _is_in_file(one: Field[Any]) -> bool:
    return one.name != "extra" and bool(one.metadata.get("in_file", True))


@cache
def hints_of(kind: type) -> Mapping[str, Any]:
    """The resolved type hints of a dataclass."""
    return get_type_hints(kind)


def default_of(one: Field[Any]) -> Any:
    """A field's default, MISSING where it has none."""
    return one.default_factory() if one.default_factory is not MISSING else one.default


def _encode_record(value: Any) -> dict[str, Any]:
    record: dict[str, Any] = {"kind": KINDS[type(value)]} if type(value) in KINDS else {}
    for one in fields(value):
        content = getattr(value, one.name)
        if _is_in_file(one) and (
            (one.default is MISSING and one.default_factory is MISSING)
            or content != default_of(one)
            or one.name in _ALWAYS
        ):
            record[name_in_file(one)] = encode(content)
    for key, content in sorted(getattr(value, "extra", {}).items()):
        record.setdefault(key, encode(content))
    return record


def _decode(wanted: Any, value: Any, reading: _Reading, path: Path) -> Any:
    origin = get_origin(wanted)
    if wanted is object or wanted is Any:
        return value
    if origin in {Union, types.UnionType}:
        return _decode_union(get_args(wanted), value, reading, path)
    if isinstance(wanted, type) and wanted in reading.hooks and not is_dataclass(value):
        return _by_hook(reading.hooks[wanted], value, path)
    if origin is tuple:
        return _decode_tuple(get_args(wanted), value, reading, path)
    if origin is not None and issubclass(origin, Mapping):
        return _decode_mapping(get_args(wanted), value, reading, path)
    if origin is not None and issubclass(origin, Sequence):
        return _decode_tuple((get_args(wanted)[0], ...), value, reading, path)
    if is_dataclass(wanted):
        return _decode_record(wanted, value, reading, path)
    return _decode_scalar(wanted, value, path)


def _by_hook(read: Callable[[Any], Any], value: Any, path: Path) -> Any:
    try:
        return read(value)
    except ValueError as error:
        raise RecordError(reason_of(error), path=path) from error


def _decode_scalar(wanted: type, value: Any, path: Path) -> Any:
    if issubclass(wanted, StrEnum):
        return _decode_enum(wanted, value, path)
    if wanted is date and isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise RecordError(told("There is no day {value}.", value=value), path=path) from error
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, wanted) and not (wanted in {int, float} and isinstance(value, bool)):
        return value
    raise RecordError(told("Expected {wanted}, got {given}.", wanted=_called(wanted), given=_shown(value)), path=path)


def _decode_enum(wanted: type[StrEnum], value: Any, path: Path) -> StrEnum:
    allowed = [one.value for one in wanted]
    if value not in allowed:
        raise RecordError(
            told("Expected one of {names}; got {given}.", names=allowed, given=_shown(value)),
            path=path,
            hint=_nearest(str(value), allowed),
        )
    return wanted(value)


def _decode_union(options: Sequence[Any], value: Any, reading: _Reading, path: Path) -> Any:
    if value is None and type(None) in options:
        return None
    real = [one for one in options if one is not type(None)]
    tagged = {KINDS[one]: one for one in real if one in KINDS}
    if tagged and isinstance(value, Mapping):
        return _decode_tagged(tagged, value, reading, path)
    fitting = [one for one in real if _could_be(one, value)] or real
    return _decode(fitting[0], value, reading, path)


def _decode_tagged(tagged: Mapping[str, type], value: Mapping[str, Any], reading: _Reading, path: Path) -> Any:
    kind = value.get("kind")
    if kind not in tagged:
        known = ", ".join(tagged)
        raise RecordError(
            told("`kind` has to be one of {known}; got {given}.", known=known, given=_shown(kind)), path=(*path, "kind")
        )
    rest = {key: one for key, one in value.items() if key != "kind"}
    return _decode_record(tagged[str(kind)], rest, reading, path)


def _could_be(option: Any, value: Any) -> bool:
    origin = get_origin(option)
    if is_dataclass(option) or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return isinstance(value, Mapping)
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return isinstance(value, list | tuple)
    return isinstance(option, type) and isinstance(value, option)


def _decode_tuple(inner: Sequence[Any], value: Any, reading: _Reading, path: Path) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise RecordError(told("Expected a list, got {given}.", given=_shown(value)), path=path)
    if inner[-1] is Ellipsis:
        return tuple(_decode(inner[0], one, reading, (*path, i)) for i, one in enumerate(value))
    if len(inner) != len(value):
        raise RecordError(
            told("Expected {wanted} values, got {given}.", wanted=len(inner), given=len(value)), path=path
        )
    return tuple(
        _decode(kind, one, reading, (*path, i)) for i, (kind, one) in enumerate(zip(inner, value, strict=True))
    )


def _decode_mapping(inner: Sequence[Any], value: Any, reading: _Reading, path: Path) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise RecordError(told("Expected keys with values, got {given}.", given=_shown(value)), path=path)
    return {str(key): _decode(inner[1], one, reading, (*path, str(key))) for key, one in value.items()}


def _decode_record(wanted: Any, value: Any, reading: _Reading, path: Path) -> Any:
    if not isinstance(value, Mapping):
        raise RecordError(told("Expected keys with values, got {given}.", given=_shown(value)), path=path)
    hints = hints_of(wanted)
    known = {name_in_file(one): one for one in fields(wanted) if _is_in_file(one)}
    unknown = {str(key): one for key, one in value.items() if key not in known}
    if unknown and not (reading.keep_unknown and "extra" in hints):
        key = next(iter(unknown))
        raise RecordError(
            told("There is no key “{key}” here.", key=key),
            path=(*path, key),
            hint=_nearest(key, known) or told("Allowed: {names}.", names=list(known)),
        )
    given: dict[str, Any] = {}
    for key, one in known.items():
        if key in value:
            given[one.name] = _decode(hints[one.name], value[key], reading, (*path, key))
        elif default_of(one) is MISSING:
            raise RecordError(told("The key “{key}” is missing.", key=key), path=path)
    if unknown:
        given["extra"] = unknown
    try:
        return wanted(**given)
    except ValueError as error:
        raise RecordError(reason_of(error), path=path) from error


def _nearest(given: str, allowed: Sequence[str] | Mapping[str, object]) -> str:
    near = difflib.get_close_matches(given, list(allowed), n=1)
    return told("Did you mean “{near}”?", near=near[0]) if near else ""


def _called(wanted: type) -> str:
    names = {
        str: "text",
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        date: "a day such as 2026-03-31",
    }
    return names.get(wanted, wanted.__name__)


def _shown(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case Mapping():
            return "keys with values"
        case list() | tuple():
            return "a list"
        case bool():
            return str(value).lower()
    text = str(value)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
