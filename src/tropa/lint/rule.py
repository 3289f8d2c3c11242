"""What a rule is and what it says."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tropa.domain.journeymap import Dismissal, JourneyMap
from tropa.domain.text import Text


class Severity(StrEnum):
    """How much a broken rule weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a rule looks at: a map, the maps of its segments, and today where it matters."""

    journey: JourneyMap
    segments: tuple[JourneyMap, ...] = ()
    today: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place where a rule is broken. `fact` is what it saw: a dismissal holds while the fact is the same."""

    text: Text
    record: str | None = None
    stage: str | None = None
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule with a stable code; `why` it harms and the `first_step` are the same wherever it is broken."""

    code: str
    name: str
    severity: Severity
    why: Text
    first_step: Text
    check: Callable[[Case], Iterator[Hit]] = field(repr=False)

    @property
    def doc(self) -> str:
        """The rule's page."""
        return f"docs/lint/{self.code}.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """A broken rule, said to people; `dismissed` where a person has set it aside."""

    code: str
    severity: Severity
    record: str | None
    stage: str | None
    text: Text
    why: Text
    first_step: Text
    fact: str
    dismissed: Dismissal | None = None


def hash_of_fact(*parts: object) -> str:
    """A short name for what a rule saw."""
    return hashlib.sha256("|".join(str(part) for part in parts).encode()).hexdigest()[:12]
