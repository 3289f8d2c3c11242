"""The brief: what the owner of a business knows, or believes, before there are data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tropa.domain.text import Language

_PARTS = re.compile(r"\n+|;\s*")
_MARKS = " \t-–—•*."


class BriefKey(StrEnum):
    """The questions of the brief, in the order in which they are asked."""

    SELLS = "sells"
    BUYERS = "buyers"
    REASONS = "reasons"
    FINDS = "finds"
    FEARS = "fears"
    PAYS = "pays"
    DECIDES = "decides"
    AFTER = "after"
    RETURNS = "returns"
    GOAL = "goal"
    DEPARTMENTS = "departments"
    DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The answers; a question that nobody answered is not in them, which means “I don't know”."""

    language: Language
    industry: str | None = None
    title: str | None = None
    answers: Mapping[BriefKey, str] = field(default_factory=dict)

    def said(self, key: BriefKey) -> tuple[str, ...]:
        """The parts of an answer: one a line, or divided by semicolons."""
        parts = (part.strip(_MARKS) for part in _PARTS.split(self.answers.get(key, "")))
        return tuple(part for part in parts if part)
