"""A company's look: from tropa.yaml's `branding` or from a file of its own, with its mark."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tropa.adapters.storage.yaml_text import placed_data
from tropa.domain.branding import Branding, BrandingSpec, Logo
from tropa.errors import ConfigError, Place, RecordError, told
from tropa.mapfile.records import decode

LARGEST = 512 << 10
_COLOUR = re.compile(r"#?[0-9A-Fa-f]{6}")
_SIGNS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))
_KINDS = ("png", "jpg", "svg")


def read_branding(path: Path) -> Branding:
    """The look that a file holds; ConfigError says file, line and column of what cannot be used."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "UTF-8"
        hint = "Write a file with `company`, `logo`, `colour`."
        raise ConfigError(
            told("{name} cannot be read: {why}.", name=path.name, why=why), hint, Place(path.name)
        ) from error
    placed = placed_data(text, file=path.name)
    data = placed.data.get("branding", placed.data) if isinstance(placed.data, Mapping) else placed.data
    try:
        spec = decode(BrandingSpec, in_long_form(data), hooks={str: _text})
    except RecordError as error:
        raise ConfigError(error.message, error.hint, placed.place_of(error.path, path.name)) from error
    for key, message, hint in branding_faults(spec):
        raise ConfigError(message, hint, placed.place_of((key,), path.name))
    return with_logo(spec, path.parent)


def in_long_form(data: object, at: tuple[str, ...] = ()) -> Any:
    """One colour of stages as a list; what YAML took for a comment is told as such."""
    if not isinstance(data, Mapping):
        return data
    plain = {key: value for key, value in data.items() if value is not None or key == "colour"}
    if "colour" in plain and plain["colour"] is None:
        hint = 'Write it in quotes: colour: "#1F5FBF".'
        raise RecordError("A colour after # is a comment to YAML.", hint, path=(*at, "colour"))
    if isinstance(plain.get("stages"), str):
        plain["stages"] = [plain["stages"]]
    return plain


def branding_faults(spec: BrandingSpec) -> Iterator[tuple[str, str, str]]:
    """Key, what is wrong, what to do."""
    hint = 'Write six digits of a colour, such as "#1F5FBF".'
    for key, colours in (("colour", (spec.colour,)), ("stages", spec.stages)):
        for one in colours:
            if one is not None and not _COLOUR.fullmatch(one):
                yield key, told("“{colour}” is no colour.", colour=one), hint


def with_logo(spec: BrandingSpec, folder: Path) -> Branding:
    """The look with its mark read; ConfigError where the picture cannot be used."""
    whole = replace(spec, colour=_hex(spec.colour), stages=tuple(map(_hexed, spec.stages)))
    return Branding(whole, None if spec.logo is None else _logo(folder / spec.logo))


def _logo(path: Path) -> Logo:
    hint = told("A logo is {kinds}, up to {size} KB.", kinds=list(_KINDS), size=LARGEST >> 10)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise ConfigError(
            told("The logo “{name}” cannot be read: {why}.", name=path.name, why=error.strerror), hint
        ) from error
    kind = next(
        (kind for sign, kind in _SIGNS if content.startswith(sign)), "svg" if b"<svg" in content[:2_000] else None
    )
    if len(content) > LARGEST or kind is None:
        raise ConfigError(told("The logo “{name}” is too large or no picture.", name=path.name), hint)
    return Logo(content, kind)


def _hex(colour: str | None) -> str | None:
    return None if colour is None else _hexed(colour)


def _hexed(colour: str) -> str:
    return f"#{colour.removeprefix('#').upper()}"


def _text(value: object) -> str:
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value)
    message = told("Expected text.")
    raise ValueError(message)
