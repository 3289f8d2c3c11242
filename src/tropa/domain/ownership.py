"""What it costs to own a thing, year by year, and what it gives: ours, alternatives, and doing nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class CostKind(StrEnum):
    """What a line of the table speaks of."""

    PRICE = "price"
    INTRODUCTION = "introduction"
    TRAINING = "training"
    USE = "use"
    REPAIR = "repair"
    EXIT = "exit"
    OTHER = "other"
    EFFECT = "effect"


ONCE_FIRST = frozenset({CostKind.INTRODUCTION, CostKind.TRAINING})
"""Kinds that are paid once, at the start."""


class Role(StrEnum):
    """Whose line it is."""

    OURS = "ours"
    OTHER = "other"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Span:
    """A figure that is not known exactly: at least, most likely, at most."""

    low: float
    likely: float
    high: float

    @property
    def is_exact(self) -> bool:
        """The figure is known."""
        return self.low == self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """A cost or an effect of an alternative in a year (None: in every year that its kind falls in).

    `onward`: in that year and in each that follows.
    `assumption`: what has to be true; `source`: what says so. Without a source it is a guess.
    """

    kind: CostKind
    item: str
    alternative: str
    year: int | None = None
    onward: bool = False
    amount: Span
    assumption: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostTable:
    """All lines; `alternatives` in the order of the table, with whose they are."""

    lines: tuple[CostLine, ...]
    alternatives: Mapping[str, Role]
    years: int
    currency: str | None = None

    def years_of(self, line: CostLine) -> tuple[int, ...]:
        """The years in which a line falls: its own, else by its kind once at the start or the end, or every year."""
        if line.year is not None:
            return tuple(range(line.year, self.years + 1)) if line.onward else (line.year,)
        if line.kind in ONCE_FIRST:
            return (1,)
        return (self.years,) if line.kind is CostKind.EXIT else tuple(range(1, self.years + 1))

    def named(self, role: Role) -> str | None:
        """The first alternative of a role."""
        return next((name for name, one in self.alternatives.items() if one is role), None)


@dataclass(frozen=True, slots=True)
class Payback:
    """In how many months gains cover costs for good: None where not within the years; `share`: in how many trials."""

    low: int | None
    likely: int | None
    high: int | None
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """An alternative, counted. `gain`: over doing nothing; `over_ours`: how much more it costs than ours."""

    name: str
    role: Role
    years: tuple[Span, ...]
    cost: Span
    effect: Span
    gain: Span | None = None
    roi: Span | None = None
    payback: Payback | None = None
    over_ours: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """A cost table with what it came to."""

    table: CostTable
    alternatives: tuple[Owned, ...]

    def of(self, role: Role) -> Owned | None:
        """The first alternative of a role."""
        return next((one for one in self.alternatives if one.role is role), None)
