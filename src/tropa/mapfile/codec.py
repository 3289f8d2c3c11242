"""The open map file: text to map and back, so that a diff shows only what changed."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from tropa.domain.journeymap import Card, JourneyMap
from tropa.errors import MapFileError, Place, RecordError, reason_of, told
from tropa.mapfile.migrations import VERSION, migrated
from tropa.mapfile.records import decode, encode

SCHEMA = "urn:tropa:cjm:1"
_GROUPS = ("personas", "stages", "lanes", "cards", "findings", "hypotheses", "dismissals", "proposals", "removed")
_ALWAYS_IN_CARD: dict[str, Any] = {"step": None, "author": "tropa", "evidence": [], "flags": []}
_ALWAYS_IN_STAGE: dict[str, Any] = {"steps": [], "touchpoints": [], "moment_of_truth": False}
_CARD_ORDER = ("key", "lane", "stage", "step", "order", "text", "generated", "author", "state", "flags")


def map_to_text(journey: JourneyMap) -> str:
    """The map as the text of its file: sorted, indented by two, unknown fields kept."""
    return json.dumps(map_to_data(journey), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def map_to_data(journey: JourneyMap) -> dict[str, Any]:
    """The map as plain data, in the order of its file."""
    record: dict[str, Any] = {"$schema": SCHEMA, "version": VERSION, **encode(_sorted(journey))}
    record.setdefault("view", journey.view.value)
    for group in _GROUPS:
        record.setdefault(group, [])
    record["cards"] = [
        _card(card, plain, journey) for card, plain in zip(_sorted(journey).cards, record["cards"], strict=True)
    ]
    for stage in record["stages"]:
        for key, default in _ALWAYS_IN_STAGE.items():
            stage.setdefault(key, default)
    for lane in record["lanes"]:
        lane.setdefault("hidden", False)
    return record


def map_from_text(text: str | bytes, *, file: str | None = None) -> JourneyMap:
    """Read a map file of any version; MapFileError says where it is broken."""
    try:
        data = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_doubles)
    except json.JSONDecodeError as error:
        place = Place(file=file, line=error.lineno, column=error.colno)
        raise MapFileError("This is not JSON.", "Open the file in an editor and look at that place.", place) from error
    except (ValueError, RecursionError) as error:
        raise MapFileError(
            told("The file cannot be read: {why}.", why=reason_of(error)), "", Place(file=file)
        ) from error
    return map_from_data(data, file=file)


def map_from_data(data: object, *, file: str | None = None) -> JourneyMap:
    """The map from plain data, checked."""
    if not isinstance(data, Mapping):
        raise MapFileError("A map file holds one object with stages, lanes and cards.", "", Place(file=file))
    try:
        current = migrated(data)
        rest = {key: one for key, one in current.items() if key not in {"$schema", "version"}}
        rest["cards"] = [_without_state(card) for card in rest.get("cards", ())]
        journey = decode(JourneyMap, rest, keep_unknown=True)
    except RecordError as error:
        field = ".".join(str(part) for part in error.path)
        raise MapFileError(error.message, error.hint, Place(file=file, field=field or None)) from error
    _check_keys(journey, file)
    return journey


def _card(card: Card, plain: Mapping[str, Any], journey: JourneyMap) -> dict[str, Any]:
    whole = {**_ALWAYS_IN_CARD, **plain, "state": card.basis(b2b=journey.is_b2b).value}
    first = {key: whole[key] for key in _CARD_ORDER if key in whole}
    return {**first, **{key: one for key, one in whole.items() if key not in first}}


def _without_state(card: object) -> object:
    return {key: one for key, one in card.items() if key != "state"} if isinstance(card, Mapping) else card


def _sorted(journey: JourneyMap) -> JourneyMap:
    def by_order(records: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(sorted(records, key=lambda one: (one.order, one.key)))

    def by_key(records: Iterable[Any], key: Callable[[Any], str] = lambda one: str(one.key)) -> tuple[Any, ...]:
        return tuple(sorted(records, key=key))

    places = {stage.key: i for i, stage in enumerate(by_order(journey.stages))}
    lanes = {lane.key: i for i, lane in enumerate(by_order(journey.lanes))}
    far = len(places) + len(lanes)
    cards = sorted(
        journey.cards,
        key=lambda card: (lanes.get(card.lane, far), places.get(card.stage, far), card.order, card.key),
    )
    stages = tuple(
        replace(stage, steps=by_order(stage.steps), touchpoints=by_order(stage.touchpoints), asks=by_key(stage.asks))
        for stage in by_order(journey.stages)
    )
    return replace(
        journey,
        personas=by_order(journey.personas),
        stages=stages,
        lanes=by_order(journey.lanes),
        cards=tuple(cards),
        hypotheses=by_key(journey.hypotheses),
        dismissals=by_key(journey.dismissals),
        proposals=by_key(journey.proposals),
        removed=by_key(journey.removed),
        themes=by_key(journey.themes),
    )


def _check_keys(journey: JourneyMap, file: str | None) -> None:
    for group in ("personas", "stages", "lanes", "cards", "hypotheses"):
        keys = [record.key for record in getattr(journey, group)]
        double = next((key for key in keys if keys.count(key) > 1), None) if len(set(keys)) < len(keys) else None
        if double is not None:
            raise MapFileError(
                told("Two records of “{group}” have the key “{double}”.", group=group, double=double),
                "Give one of them another key.",
                Place(file=file),
            )


def _no_constant(name: str) -> object:
    message = told("{name} is not a number that a map may hold", name=name)
    raise ValueError(message)


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        seen: set[str] = set()
        double = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        message = told("the key “{double}” stands twice in one object", double=double)
        raise ValueError(message)
    return record
