"""On which measured facts a piece of advice depends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import inf

from tropa.domain.evidence import Unit
from tropa.domain.finding import Finding, FindingKind
from tropa.insight.advice_data import begins_with, read_data, words_of
from tropa.insight.group_kinds import groups_of, values_of


class Problem(StrEnum):
    """What a finding is about, whatever it was found by."""

    LOSS = "loss"
    DEAD_END = "dead_end"
    WAIT = "wait"
    LOOP = "loop"
    MISSING = "missing"
    HELP = "help"
    ERROR = "error"
    CANCEL = "cancel"
    RETURN = "return"
    PAIN = "pain"
    HANDOVER = "handover"
    OPPORTUNITY = "opportunity"
    UPSELL = "upsell"


GROWTH = frozenset({Problem.OPPORTUNITY, Problem.UPSELL})
_BY_KIND: Mapping[FindingKind, Problem] = {
    FindingKind.OPPORTUNITY: Problem.OPPORTUNITY,
    FindingKind.UPSELL: Problem.UPSELL,
    FindingKind.PAIN: Problem.PAIN,
    FindingKind.HANDOVER: Problem.HANDOVER,
    FindingKind.DEAD_END: Problem.DEAD_END,
    FindingKind.SLOW: Problem.WAIT,
    FindingKind.LOOP: Problem.LOOP,
    FindingKind.MISSING_STAGE: Problem.MISSING,
}
_BY_METRIC: Mapping[str, Problem] = {
    "median_time": Problem.WAIT,
    "returns_per_person": Problem.LOOP,
    "repeat_share": Problem.RETURN,
    "after_goal": Problem.RETURN,
    "presence": Problem.MISSING,
    "contact_rate": Problem.HELP,
}
STAGE_FAMILIES: Mapping[str, frozenset[str]] = {
    "choosing": frozenset({"awareness", "entry", "search", "choice", "evaluation"}),
    "paying": frozenset({"cart", "checkout", "payment", "purchase"}),
    "receiving": frozenset({"delivery", "return"}),
    "selling": frozenset({"lead", "negotiation", "offer", "contract"}),
    "applying": frozenset({"application", "first_answer", "details", "validation", "decision"}),
    "serving": frozenset({"request", "triage", "work", "support", "problem", "resolution"}),
    "visiting": frozenset({"booking", "preparation", "visit"}),
    "using": frozenset({"registration", "onboarding", "trial", "use", "lesson", "trip"}),
    "staying": frozenset({"loyalty", "renewal", "advocacy", "refusal"}),
}
"""Kinds of stages that people walk through for the same end."""


def problem_of(finding: Finding) -> Problem:
    """By its kind where the kind tells, else by what was measured; what lies beside the path, also by its name."""
    told = _BY_KIND.get(finding.kind) or _BY_METRIC.get(finding.metric, Problem.LOSS)
    if told is not Problem.HELP:
        return told
    words, beside = tuple(words_of([finding.at.to_event or ""])), read_data("groups.toml")["beside"]
    named = (one for one in (Problem.ERROR, Problem.CANCEL) if any(begins_with(word, beside[one]) for word in words))
    return next(named, Problem.HELP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding stands: the kind of its stage, the trade, and the words of its touchpoint."""

    stage: str | None = None
    trade: str | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """When a piece of advice fits; what is empty or None holds always.

    `groups` must all be among what the group is told by, of `some_group` one; `values`: what its values say;
    `pair`: it is told by two properties or more; `grouped`: by any; `everybody`: by none.
    Thresholds: `gap_from` in shares, `times_from` the worse figure by the better, `value_below` of a share,
    `wait_from` and `wait_below` of a usual wait, `began_within` between the date and the end of the data.
    """

    problems: tuple[Problem, ...]
    kinds: tuple[FindingKind, ...] = ()
    stages: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    some_group: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    pair: bool = False
    everybody: bool = False
    grouped: bool = False
    dated: bool | None = None
    began_within: timedelta | None = None
    gap_from: float | None = None
    times_from: float | None = None
    value_below: float | None = None
    wait_from: timedelta | None = None
    wait_below: timedelta | None = None
    people_from: int | None = None

    def holds(self, finding: Finding, place: Place) -> bool:
        """Every condition holds for the measured facts."""
        return (
            problem_of(finding) in self.problems
            and (not self.kinds or finding.kind in self.kinds)
            and self._is_here(place)
            and self._is_of_group(finding)
            and self._is_of_time(finding)
            and self._is_large(finding)
        )

    def _is_here(self, place: Place) -> bool:
        return (
            (not self.stages or any(place.stage in STAGE_FAMILIES.get(one, {one}) for one in self.stages))
            and (not self.industries or place.trade in self.industries)
            and (not self.words or any(begins_with(word, self.words) for word in place.words))
        )

    def _is_of_group(self, finding: Finding) -> bool:
        told_by = groups_of(finding)
        return (
            set(self.groups) <= told_by
            and (not self.some_group or bool(told_by & set(self.some_group)))
            and set(self.values) <= values_of(finding)
            and not (self.pair and len(finding.segment or {}) < 2)
            and not (self.everybody and finding.segment)
            and not (self.grouped and not finding.segment)
        )

    def _is_of_time(self, finding: Finding) -> bool:
        if self.began_within is not None:
            return finding.since is not None and finding.period.end - finding.since <= self.began_within
        return self.dated in {None, finding.since is not None}

    def _is_large(self, finding: Finding) -> bool:
        wait = finding.value if finding.unit is Unit.SECONDS else None
        share = finding.value if finding.unit is Unit.SHARE else None
        return (
            _reaches(_gap(finding), self.gap_from)
            and _reaches(_times(finding), self.times_from)
            and _reaches(finding.persons_affected, self.people_from)
            and (self.value_below is None or (share is not None and share < self.value_below))
            and _reaches(wait, self.wait_from.total_seconds() if self.wait_from is not None else None)
            and (self.wait_below is None or (wait is not None and wait < self.wait_below.total_seconds()))
        )

    @property
    def specificity(self) -> int:
        """How much the conditions ask: the more, the better the advice fits where it fits."""
        tells = (self.stages, self.kinds, self.values, self.pair, self.everybody, self.dated is not None)
        tells_much = (*self.groups, self.some_group, self.industries, self.words)
        thresholds = (self.began_within, self.gap_from, self.times_from, self.value_below, self.people_from)
        asked = sum(one is not None for one in (*thresholds, self.wait_from, self.wait_below))
        return sum(map(bool, tells)) + 2 * sum(map(bool, tells_much)) + asked


def _gap(finding: Finding) -> float | None:
    if finding.baseline is None or finding.unit is not Unit.SHARE:
        return None
    return abs(finding.baseline - finding.value)


def _times(finding: Finding) -> float | None:
    if finding.baseline is None:
        return None
    low, high = sorted((finding.baseline, finding.value))
    return high / low if low > 0 else inf


def _reaches(value: float | None, least: float | None) -> bool:
    return least is None or (value is not None and value >= least)
