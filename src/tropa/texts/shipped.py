"""The word lists that come with tropa: TOML files beside this module, made to be edited."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def shipped(name: str) -> dict[str, Any]:
    """The content of data/NAME.toml."""
    return tomllib.loads(files("tropa.texts").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def word_set(name: str, field: str) -> frozenset[str]:
    """A list of words, written as one string in data/NAME.toml."""
    return frozenset(str(shipped(name)[field]).split())
