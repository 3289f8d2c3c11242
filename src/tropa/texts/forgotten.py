"""Touchpoints that companies forget, as questions to customers, by kind of stage: data/packs/questions.yaml."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from tropa.domain.text import Text


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A touchpoint that is easily forgotten, and what to ask about it."""

    touchpoint: str
    question: Text


def forgotten_at(kind: str, met: Collection[str]) -> tuple[Forgotten, ...]:
    """The questions of a kind of stage whose touchpoints are not among those that are `met`."""
    return tuple(one for one in _questions().get(kind, ()) if one.touchpoint not in met)


@cache
def _questions() -> Mapping[str, Sequence[Forgotten]]:
    text = files("tropa.texts").joinpath("data", "packs", "questions.yaml").read_text(encoding="utf-8")
    content: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text)
    return {
        kind: tuple(Forgotten(one["touchpoint"], Text(ru=one["ru"], en=one["en"])) for one in questions)
        for kind, questions in content.items()
    }
