"""What tropa found: where, for whom, since when, how sure, how many customers and how much money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tropa.domain.evidence import Evidence, Unit
from tropa.domain.period import Period
from tropa.domain.text import Text


class FindingKind(StrEnum):
    """Kinds of findings; the last two are growth points, the others bottlenecks."""

    DROP_OFF = "drop_off"
    SLOW = "slow"
    LOOP = "loop"
    DEAD_END = "dead_end"
    PAIN = "pain"
    MISSING_STAGE = "missing_stage"
    SEGMENT_GAP = "segment_gap"
    CHANNEL_GAP = "channel_gap"
    HANDOVER = "handover"
    CHANGE = "change"
    OPPORTUNITY = "opportunity"
    UPSELL = "upsell"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingPlace:
    """The events between which it happens."""

    event: str | None = None
    to_event: str | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in minor units of its currency, as a range."""

    amount: int
    low: int
    high: int
    currency: str
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """A playbook entry made concrete: it names the touchpoint, the group and the number it should move."""

    key: str
    text: Text
    first_step: Text
    metric: str
    not_when: Text | None = None
    urgency: str = "ordinary"
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A step of one person's way: how long after the first one, what they did, how many times in a row.

    `here`: this is where the finding happened to them.
    """

    seconds: int
    what: Text
    times: int = 1
    here: bool = False
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding.

    `persons_affected` = |baseline − value| × of for shares, else the group's people beyond the baseline.
    `since` is None unless the date is known better than ±3 days; `near_change` names the company's own dated change
    as a candidate, never as the cause. `story` is the way of one of those concerned, without a name or a date; empty
    where so few are concerned that it could tell who it is.
    """

    code: str
    kind: FindingKind
    stage: str
    touchpoint: str | None = None
    at: FindingPlace = field(default_factory=FindingPlace)
    segment: Mapping[str, str | Sequence[str]] | None = None
    since: date | None = None
    metric: str
    unit: Unit
    value: float
    baseline: float | None = None
    interval: tuple[float, float] | None = None
    of: int
    q_value: float | None = None
    persons_affected: int
    period: Period
    money: Money | None = None
    near_change: Text | None = None
    evidence: tuple[Evidence, ...] = ()
    recommendation: Recommendation | None = None
    hypothesis: str | None = None
    text: Text
    story: tuple[Moment, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)
