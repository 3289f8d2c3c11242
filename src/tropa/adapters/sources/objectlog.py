"""OCEL 2.0 JSON: events that touch several objects; a row is an event, with the ids of its objects by type."""

from collections.abc import Iterator, Mapping
from typing import TypeGuard

from tropa.adapters.sources.flattening import scalar
from tropa.adapters.sources.names import column_names
from tropa.adapters.sources.reading import Reading, Reject, Row
from tropa.intake.table import FoundFormat

_FIXED = ("id", "type", "time")


def is_object_log(document: object) -> TypeGuard[Mapping[str, list[object]]]:
    """Whether the document has the parts of OCEL 2.0."""
    return isinstance(document, Mapping) and all(
        isinstance(document.get(part), list) for part in ("events", "objects", "eventTypes", "objectTypes")
    )


def read_object_log(document: Mapping[str, list[object]], compression: str | None) -> Reading:
    """The events of the log; attributes of an object stand under “type.attribute”, as they were at the event."""
    objects = {scalar(one.get("id")): one for one in document["objects"] if isinstance(one, dict)}
    keys: dict[str, int] = {key: n for n, key in enumerate(_FIXED)}
    reading = Reading(
        format=FoundFormat(kind="ocel", encoding="utf-8", header_row=0, compression=compression),
        columns=[],
        rows=iter(()),
    )
    rows = list(_rows(document["events"], objects, keys))
    reading.columns.extend(column_names(list(keys)))
    reading.rows = iter(rows)
    return reading


def _rows(
    events: list[object], objects: Mapping[str, Mapping[str, object]], keys: dict[str, int]
) -> Iterator[Row | Reject]:
    for number, event in enumerate(events, 1):
        if not isinstance(event, dict):
            yield Reject(number, "not_an_object", scalar(event)[:2000])
            continue
        cells: dict[str, str] = {key: scalar(event.get(key)) for key in _FIXED}
        for related in _records(event.get("relationships")):
            _add_object(cells, objects.get(scalar(related.get("objectId"))), scalar(related.get("objectId")))
        for attribute in _records(event.get("attributes")):
            cells.setdefault(scalar(attribute.get("name")), scalar(attribute.get("value")))
        for key in cells:
            keys.setdefault(key, len(keys))
        yield Row(number, [cells.get(key, "") for key in keys])


def _add_object(cells: dict[str, str], described: Mapping[str, object] | None, identity: str) -> None:
    kind = scalar(described.get("type")) if described else "object"
    kind = f"{kind} id" if kind in _FIXED else kind
    cells[kind] = f"{cells[kind]}, {identity}" if kind in cells else identity
    for attribute in sorted(_records((described or {}).get("attributes")), key=lambda one: scalar(one.get("time"))):
        name = f"{kind}.{scalar(attribute.get('name'))}"
        if name not in cells or scalar(attribute.get("time")) <= cells["time"]:
            cells[name] = scalar(attribute.get("value"))


def _records(value: object) -> list[Mapping[str, object]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
