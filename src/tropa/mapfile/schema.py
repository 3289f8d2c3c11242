"""JSON Schema 2020-12 of the map file, made from the domain's own types."""

import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

from tropa.domain.evidence import Basis
from tropa.domain.journeymap import Card, JourneyMap
from tropa.mapfile.codec import SCHEMA
from tropa.mapfile.migrations import VERSION
from tropa.mapfile.records import KINDS, hints_of, name_in_file

_SCALARS: Mapping[Any, Mapping[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
    object: {},
    Any: {},
}


def map_schema() -> dict[str, Any]:
    """The schema; unknown fields are allowed everywhere, because they survive a round trip."""
    definitions: dict[str, Any] = {}
    root = _record(JourneyMap, definitions)
    root["properties"] = {"$schema": {"const": SCHEMA}, "version": {"const": VERSION}, **root["properties"]}
    root["required"] = ["version", *root["required"]]
    definitions["Card"]["properties"]["state"] = {"enum": [one.value for one in Basis]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "tropa customer journey map",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _record(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = hints_of(kind)
    known = [one for one in fields(kind) if one.name != "extra"]
    properties = {name_in_file(one): _schema(hints[one.name], definitions) for one in known}
    required = [name_in_file(one) for one in known if one.default is MISSING and one.default_factory is MISSING]
    if kind in KINDS:
        properties = {"kind": {"const": KINDS[kind]}, **properties}
        required = ["kind", *required]
    first_line = (kind.__doc__ or "").split("\n", maxsplit=1)[0]
    described = (
        {"description": first_line}
        if kind is not Card
        else {"description": "One claim in one cell, with what it rests on."}
    )
    return {"type": "object", **described, "properties": properties, "required": required}


def _schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if kind in _SCALARS:
        return dict(_SCALARS[kind])
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return {"anyOf": [_schema(one, definitions) for one in inner]}
    if origin is tuple and inner[-1] is not Ellipsis:
        return {
            "type": "array",
            "prefixItems": [_schema(one, definitions) for one in inner],
            "minItems": len(inner),
            "maxItems": len(inner),
        }
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(inner[1], definitions)}
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return {"type": "array", "items": _schema(inner[0], definitions)}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"enum": [one.value for one in kind]}
    if is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}
            definitions[kind.__name__] = _record(kind, definitions)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    message = f"{kind} has no schema."
    raise TypeError(message)
