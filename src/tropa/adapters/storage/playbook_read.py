"""A folder of a company's own recommendations and bets, every fault with its file, line and column."""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from string import Formatter
from typing import Any

from tropa.adapters.storage.project_check import Fault
from tropa.domain.finding import FindingKind
from tropa.errors import ConfigError, Place, told
from tropa.insight.conditions import STAGE_FAMILIES, Condition, Problem
from tropa.insight.group_kinds import kinds_of_properties, kinds_of_values
from tropa.insight.playbook import Bet, Entry, Shelf, bet_of, entry_of
from tropa.insight.trades import trades
from tropa.texts.names import stage_kinds

_LARGEST = 1 << 20
_PARTS: Mapping[str, tuple[str, ...]] = {"entry": ("", "step_", "not_"), "bet": ("", "because_")}
_LANGUAGES = ("ru", "en")
_NAMES = frozenset({"place", "now", "goal", "since"})
_SPANS = frozenset({"began_within", "wait_from", "wait_below"})
_NUMBERS = frozenset({"gap_from", "times_from", "value_below", "people_from"})
_FLAGS = frozenset({"pair", "everybody", "grouped", "dated"})
_SPAN = re.compile(r"\d{1,5}[mhd]")
_HEAD = re.compile(r"\s*\[\[\s*(\w+)\s*\]\]")
_FIELD = re.compile(r"(\s*)([A-Za-z_]+)\s*=")


def read_playbook(folder: Path) -> Shelf:
    """All entries of the folder's *.toml files; ConfigError says where one of them cannot be used."""
    if not folder.is_dir():
        hint = "Name a folder with *.toml files under `playbook` of tropa.yaml."
        raise ConfigError(told("There is no folder “{folder}”.", folder=folder.name), hint)
    entries: dict[str, Entry] = {}
    bets: dict[str, Bet] = {}
    for file in sorted(folder.glob("*.toml")):
        text = _text_of(file)
        data = _parsed(text, file.name)
        for kind, one, place in _tables(data, text, file.name):
            shelf = entries if kind == "entry" else bets
            if one["key"] in shelf:
                message = told("Two of “{group}” have the key “{key}”.", group=kind, key=one["key"])
                raise ConfigError(message, "Give one of them another key.", place)
            if kind == "entry":
                entries[one["key"]] = entry_of(one)
            else:
                bets[one["key"]] = bet_of(one)
    return Shelf(entries=tuple(entries.values()), bets=tuple(bets.values()))


def _text_of(file: Path) -> str:
    try:
        raw = file.read_bytes()
        if len(raw) > _LARGEST:
            raise ConfigError("The file is too large for a configuration.", "", Place(file=file.name))
        return raw.decode("utf-8-sig")
    except OSError as error:
        message = told("{name} cannot be read: {why}.", name=file.name, why=error.strerror)
        raise ConfigError(message, "", Place(file=file.name)) from error
    except UnicodeDecodeError as error:
        message = told("{name} is not UTF-8.", name=file.name)
        raise ConfigError(message, "Save it as UTF-8.", Place(file=file.name)) from error


def _parsed(text: str, file: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (None, None)
        hint = "Look at the quotes and brackets of that line."
        raise ConfigError("This is not TOML.", hint, Place(file=file, line=line, column=column)) from error


def _tables(data: Mapping[str, Any], text: str, file: str) -> Iterator[tuple[str, Mapping[str, Any], Place]]:
    """Each entry and bet with its place, checked."""
    spots = _spots(text)
    for kind, rows in data.items():
        if kind not in _PARTS or not isinstance(rows, list):
            line = next((number for number, row in enumerate(text.splitlines(), 1) if kind in row), 1)
            hint = told("Allowed: {names}.", names=["[[entry]]", "[[bet]]"])
            place = Place(file=file, line=line, column=1)
            raise ConfigError(told("A playbook holds no “{key}”.", key=kind), hint, place)
        for number, one in enumerate(rows):
            for fault in _faults(kind, one):
                at = spots.get((kind, number, str(fault.path[0]))) or spots.get((kind, number, "")) or (1, 1)
                place = Place(file=file, line=at[0], column=at[1], field=f"{kind}.{fault.path[0]}".rstrip("."))
                raise ConfigError(fault.message, fault.hint, place)
            line, column = spots.get((kind, number, "key"), (1, 1))
            yield kind, one, Place(file=file, line=line, column=column, field=f"{kind}.key")


def _spots(text: str) -> dict[tuple[str, int, str], tuple[int, int]]:
    """Line and column (from 1) of each table and each of its fields."""
    made: dict[tuple[str, int, str], tuple[int, int]] = {}
    kind, number = "", -1
    for line, row in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(row):
            kind = head[1]
            number = sum(1 for one in made if one[0] == kind and one[2] == "")
            made[kind, number, ""] = (line, 1)
        elif field := _FIELD.match(row):
            made.setdefault((kind, number, field[2]), (line, len(field[1]) + 1))
    return made


def _faults(kind: str, one: object) -> Iterator[Fault]:
    if not isinstance(one, Mapping):
        yield Fault(("",), "Expected a table.")
        return
    allowed = ["key", "when", *(["ease"] if kind == "bet" else [])]
    allowed += [f"{part}{language}" for part in _PARTS[kind] for language in _LANGUAGES]
    for name in one:
        if name not in allowed:
            yield _unknown(name, name, allowed)
    if not isinstance(one.get("key"), str) or not re.fullmatch(r"[a-z0-9_.-]{1,80}", one["key"]):
        message = told("“{key}” cannot be a key.", key=one.get("key", ""))
        yield Fault(("key",), message, "Use a–z, 0–9, “_”, “.” and “-”.")
    yield from _words_faults(kind, one)
    ease = one.get("ease")
    if kind == "bet" and not (isinstance(ease, int) and not isinstance(ease, bool) and 1 <= ease <= 10):
        yield Fault(("ease",), told("This lies between {low} and {high}.", low=1, high=10))
    when = one.get("when")
    if not isinstance(when, Mapping):
        yield Fault(
            ("when",), "An entry says when it fits.", 'E.g. when = { problems = ["loss"], stages = ["paying"] }.'
        )
        return
    yield from _condition_faults(when)


def _words_faults(kind: str, one: Mapping[str, Any]) -> Iterator[Fault]:
    """In one language at least there are words for each part, and they name only what is known."""
    dated = isinstance(one.get("when"), Mapping) and bool({"dated", "began_within"} & set(one["when"]))
    for part in _PARTS[kind]:
        said = {name: one[name] for name in (f"{part}{language}" for language in _LANGUAGES) if name in one}
        if not said:
            yield Fault(("",), told("“{name}” is missing.", name=f"{part}ru"), "Write it in Russian, English or both.")
        for name, text in said.items():
            if not isinstance(text, str) or not text.strip():
                yield Fault((name,), "Expected text.")
                continue
            yield from _placeholder_faults(name, text, dated=dated)


def _placeholder_faults(name: str, text: str, *, dated: bool) -> Iterator[Fault]:
    allowed = sorted(_NAMES if dated else _NAMES - {"since"})
    hint = told("Allowed: {names}.", names=[f"{{{one}}}" for one in allowed])
    try:
        used = [field for _, field, _, _ in Formatter().parse(text) if field is not None]
    except ValueError:
        yield Fault((name,), "A curly bracket is open or closed alone.", hint)
        return
    for one in used:
        if one not in allowed:
            yield Fault((name,), told("Nothing is called “{name}” here.", name=f"{{{one}}}"), hint)


def _condition_faults(when: Mapping[str, Any]) -> Iterator[Fault]:
    known = [one.name for one in fields(Condition)]
    words: Mapping[str, Sequence[str]] = {
        "problems": list(Problem),
        "kinds": list(FindingKind),
        "stages": sorted({*STAGE_FAMILIES, *stage_kinds()}),
        "industries": sorted(trades()),
        "groups": sorted(kinds_of_properties()),
        "some_group": sorted(kinds_of_properties()),
        "values": sorted(kinds_of_values()),
    }
    for name, value in when.items():
        if name not in known:
            yield _unknown("when", name, known)
        elif name in _FLAGS and not isinstance(value, bool):
            yield Fault(("when",), told("“{name}” is true or false.", name=name))
        elif name in _NUMBERS and (isinstance(value, bool) or not isinstance(value, int | float)):
            yield Fault(("when",), told("“{name}” is a number.", name=name))
        elif name in _SPANS and not (isinstance(value, str) and _SPAN.fullmatch(value)):
            yield Fault(("when",), told("“{name}” is a span of time.", name=name), "E.g. 90m, 4h or 14d.")
        elif name in {*words, "words"}:
            yield from _list_faults(name, value, words.get(name))
    if not when.get("problems"):
        hint = told("Allowed: {names}.", names=list(Problem))
        yield Fault(("when",), told("“{name}” is missing.", name="problems"), hint)


def _list_faults(name: str, value: object, allowed: Sequence[str] | None) -> Iterator[Fault]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        yield Fault(("when",), told("“{name}” is a list of words.", name=name), 'E.g. ["loss", "wait"].')
        return
    for one in value:
        if allowed is not None and one not in allowed:
            yield _unknown("when", one, allowed)


def _unknown(field: str, name: str, allowed: Sequence[str]) -> Fault:
    near = difflib.get_close_matches(name, list(allowed), n=1)
    hint = told("Did you mean “{near}”?", near=near[0]) if near else told("Allowed: {names}.", names=list(allowed))
    return Fault((field,), told("Nothing is called “{name}” here.", name=name), hint)
