"""The lists behind advice: TOML files beside this module, and how their words are compared with those of the data."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

_WORD = re.compile(r"[^\W\d_]+")
_WHOLE_WORD = 3


@cache
def read_data(*path: str) -> dict[str, Any]:
    """The content of data/PATH."""
    return tomllib.loads(files("tropa.insight").joinpath("data", *path).read_text(encoding="utf-8"))


def words_of(said: Iterable[str]) -> Iterator[str]:
    """The words in small letters."""
    for one in said:
        yield from _WORD.findall(one.casefold())


def begins_with(word: str, beginnings: Sequence[str]) -> bool:
    """Whether a word is one of these or goes on from one; up to three letters, the whole word is meant."""
    return any(word == part if len(part) <= _WHOLE_WORD else word.startswith(part) for part in beginnings)
