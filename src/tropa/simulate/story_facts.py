"""What a story is apart from any language: a scenario in keys, what is planted, what is exported, what the cure does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tropa.simulate.scenario import Planted, Scenario


class Delivery(StrEnum):
    """Which export of the company: the first, or that of the months after the cure began for a random half."""

    BEFORE = "before"
    AFTER = "after"


AFTER_FIRST, AFTER_LAST = date(2026, 2, 1), date(2026, 10, 31)
ASSIGNED, CURED, USUAL = "assigned", "cured", "usual"
"""The property of the random half, and its two values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One planted problem of a story, and how it may be told.

    `works`: what it does on the path; `kinds`: kinds of findings that tell it; `leaving`, `reaching`: between which
    steps it may be told; `usual` and `harmed` are the same measure outside and inside the group, `unit` names it.
    """

    code: str
    works: tuple[Planted, ...]
    kinds: tuple[str, ...]
    leaving: tuple[str, ...]
    reaching: tuple[str, ...]
    group: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    unit: str
    usual: float
    harmed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookalike:
    """A decoy of a story for the truth: its days and its group; what it does stands in the scenario."""

    code: str
    first: date
    last: date
    group: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """After what people write of a matter: at this step, of this group, in these days; `left`: only who went no further.

    `days`: median and deviation of the logarithm of the days until they write.
    """

    at: str
    share: float
    group: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    left: bool = False
    days: tuple[float, float] = (3.0, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of orders, deals or requests: a row an attempt that came to the first step; its steps are its dates.

    What stands in a table is not in the log. `amount` is the step whose sum of money it shows. A `ledger` has a row for
    each step that was reached, with its sum, as payments are written down.
    """

    key: str
    steps: tuple[str, ...]
    properties: tuple[str, ...] = ()
    amount: str | None = None
    ledger: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Answers to “would you recommend us”, 0 to 10: how many, after which step, and the NPS of groups.

    `nps` holds for everybody, `lower` for a group in place of it; in the second delivery the cured are so much happier
    that the whole wave gains `gain`.
    """

    at: str
    answers: int
    nps: float
    lower: tuple[Mapping[str, tuple[str, ...]], float] | None = None
    gain: float = 0.0
    days: tuple[float, float] = (6.0, 0.6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cure:
    """What the cure does to the half that has it, as a goal fact: of those at `of`, so many times as many reach `to`.

    A `gain` of NPS is the survey's, from wave to wave.
    """

    code: str
    works: tuple[Planted, ...] = ()
    of: str
    to: str
    times: float | None = None
    gain: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFacts:
    """A whole story in keys; a `Telling` gives the words.

    `reviews` is how many are written; `spoken` maps codes of what is planted, and keys of other matters that have an
    occasion of their own, to occasions; the rest of the reviews speak of what remains, at the step `ordinary`. `tickets` are events beside the path that stand in a
    table of their own. `after_people` come in the second delivery. `same` names properties that mean the same.
    """

    name: str
    scenario: Scenario
    problems: tuple[Problem, ...]
    decoys: tuple[Lookalike, ...]
    log_properties: tuple[str, ...]
    tables: tuple[Table, ...]
    reviews: int
    spoken: Mapping[str, Occasion]
    ordinary: str
    tickets: tuple[str, ...] = ()
    survey: Survey | None = None
    cures: tuple[Cure, ...] = ()
    after_people: int = 0
    after_works: tuple[Planted, ...] = ()
