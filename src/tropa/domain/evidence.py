"""What a claim rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Day  # noqa: N812  a field is called date
from enum import StrEnum

from tropa.domain.period import Period
from tropa.domain.text import Text


class Basis(StrEnum):
    """What a claim rests on, strongest first."""

    PROVEN = "proven"
    MEASURED = "measured"
    QUOTED = "quoted"
    ANECDOTAL = "anecdotal"
    REPORTED = "reported"
    GUESS = "guess"


class Flag(StrEnum):
    """What to keep in mind beside a basis."""

    STALE = "stale"
    CONTRADICTED = "contradicted"
    SMALL_SAMPLE = "small_sample"


class Unit(StrEnum):
    """What a figure counts."""

    SHARE = "share"
    SECONDS = "seconds"
    PERSONS = "persons"
    EVENTS = "events"
    MONEY = "money"
    SCORE = "score"
    RATIO = "ratio"


QUOTED_FROM_VOICES = 5
QUOTED_FROM_COMPANIES = 3
FEW_PERSONS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What a figure is compared with."""

    value: float
    of: int
    period: Period | None = None
    segment: Mapping[str, str | Sequence[str]] | None = None
    low: float | None = None
    high: float | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One period of a figure's history."""

    start: Day = field(metadata={"key": "from"})
    value: float
    of: int
    low: float | None = None
    high: float | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentFigure:
    """The same figure in one group."""

    segment: Mapping[str, str | Sequence[str]]
    value: float
    low: float
    high: float
    count: int
    of: int
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A figure with its denominator, interval, period and the question that gives it again.

    `count` of `of` for shares; for times and money `of` people have a value and `count` is None.
    `query` is the canonical JSON of the analysis; None for a figure that cannot be asked again.
    """

    key: str
    metric: str
    unit: Unit
    value: float
    low: float | None = None
    high: float | None = None
    confidence: float = 0.95
    count: int | None = None
    of: int
    period: Period
    baseline: Baseline | None = None
    query: Mapping[str, object] | None = None
    query_hash: str | None = None
    trend: tuple[TrendPoint, ...] = ()
    segments: tuple[SegmentFigure, ...] = ()
    sources: tuple[str, ...] = ()
    currency: str | None = None
    note: Text | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A mark that a customer gave, with the scale it was given on."""

    value: float
    scale: tuple[float, float]
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


class MarkKind(StrEnum):
    """What a mark measures: readiness to recommend, satisfaction, ease, or a review's stars."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    STARS = "stars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A customer's words, verbatim; `span` marks in code points the part that proves the claim."""

    feedback: str
    text: str
    span: tuple[int, int] | None = None
    source: str | None = None
    date: Day | None = None
    rating: Rating | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """Words of `voices` different people among `of` who said anything in the period."""

    key: str
    voices: int
    of: int
    period: Period | None = None
    examples: tuple[Quote, ...] = ()
    companies: int | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """A controlled experiment: the only thing that proves a cause."""

    key: str
    name: Text
    metric: str
    unit: Unit
    effect: float
    low: float
    high: float
    confidence: float = 0.95
    of: int
    period: Period
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


class ReportBy(StrEnum):
    """Who reports, when it is not the customer."""

    EMPLOYEE = "employee"
    OBSERVATION = "observation"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an employee, an observation or a document says; never a customer's voice."""

    key: str
    by: ReportBy
    text: Text
    date: Day | None = None
    source: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


Evidence = Measurement | Quotes | Experiment | Report


_STRONGEST_FIRST = tuple(Basis)


def _basis_of_one(evidence: Evidence, *, companies_matter: bool) -> Basis:
    match evidence:
        case Experiment():
            return Basis.PROVEN
        case Measurement():
            return Basis.MEASURED
        case Quotes(voices=voices, companies=companies):
            enough = (companies or 0) >= QUOTED_FROM_COMPANIES if companies_matter else voices >= QUOTED_FROM_VOICES
            return Basis.QUOTED if enough else Basis.ANECDOTAL
        case Report():
            return Basis.REPORTED


def basis_of(evidence: Sequence[Evidence], *, b2b: bool = False) -> Basis:
    """The strongest basis among the evidence; nothing at all is a guess."""
    found = [_basis_of_one(one, companies_matter=b2b) for one in evidence]
    return min(found, key=_STRONGEST_FIRST.index, default=Basis.GUESS)
