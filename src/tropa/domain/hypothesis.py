"""Hypotheses: what we would change, what should follow, and whether this traffic can show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tropa.domain.evidence import Unit
from tropa.domain.generated import Generated
from tropa.domain.text import Text


class HypothesisStatus(StrEnum):
    """Where a hypothesis stands."""

    IDEA = "idea"
    PLANNED = "planned"
    RUNNING = "running"
    PROVED = "proved"
    REFUTED = "refuted"


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectableEffect:
    """The smallest effect (absolute, in the metric's unit) that this traffic can show in so many weeks."""

    weeks: int
    effect: float
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """If … then … because …: with its metric, the value now and what a test could show.

    `testable` False means that an A/B test cannot show an effect worth having; `instead` says what to do then.
    """

    key: str
    stage: str
    text: Text
    metric: str
    unit: Unit
    value_now: float | None = None
    of: int | None = None
    detectable: tuple[DetectableEffect, ...] = ()
    testable: bool = True
    instead: Text | None = None
    finding: str | None = None
    status: HypothesisStatus = HypothesisStatus.IDEA
    owner: Text | None = None
    impact: int | None = None
    confidence: int | None = None
    ease: int | None = None
    generated: Generated | None = None
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)
