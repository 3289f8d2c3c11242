"""Pains: touchpoints that customers complain of more than of the others, or more since some day.

What is counted is people: of those who wrote anything, who complained of this touchpoint. A day is told where the share
of complaints steps up (see `tropa.stats.breaks`); else a touchpoint's share of the unhappy among those who speak of it
is compared with that of all other touchpoints, with false discoveries controlled over the touchpoints.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from tropa.domain.evidence import Baseline, Measurement, Quotes, Unit
from tropa.domain.finding import Finding, FindingKind, FindingPlace
from tropa.domain.period import Period
from tropa.domain.project import Project, StageSpec, TouchpointSpec
from tropa.domain.query import hash_of
from tropa.events.staged import StagedLog
from tropa.insight.finding_words import pain_words
from tropa.insight.near_changes import near_change
from tropa.stats.breaks import strongest_break
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import Proportion, proportion, two_proportions_p
from tropa.texts.document import Feedback, Mention
from tropa.texts.voices import customers_heard, speaker, touchpoint_pains

FEWEST_VOICES = 10
FEWEST_WRITERS = 30
SURE = 1e-3
DATED_FROM = 0.6
MARGIN_DAYS = 14
MORE = 1.5
MOSTLY = 0.4
SINCE, ALWAYS = "complaint_share", "unhappy_share"


@dataclass(frozen=True, slots=True)
class _Heard:
    """What customers wrote, and the clauses of it that speak of touchpoints."""

    feedback: Mapping[str, Feedback]
    mentions: tuple[Mention, ...]

    @classmethod
    def of(cls, feedback: Sequence[Feedback], mentions: Sequence[Mention]) -> "_Heard":
        heard = customers_heard(feedback)
        return cls(heard, tuple(one for one in mentions if one.feedback in heard))

    def within(self, first: date | None, last: date | None) -> "_Heard":
        """Only what was written on these days; what has no date only where no day is asked for."""
        if first is None and last is None:
            return self
        kept = {
            key: one
            for key, one in self.feedback.items()
            if (day := _day(one)) is not None and (first is None or day >= first) and (last is None or day <= last)
        }
        return _Heard(kept, tuple(one for one in self.mentions if one.feedback in kept))

    @property
    def period(self) -> Period | None:
        """The days on which anybody wrote."""
        days = [day for one in self.feedback.values() if (day := _day(one)) is not None]
        return Period(min(days), max(days)) if days else None

    def speakers(self, touchpoint: str | None = None, *, unhappy: bool = False) -> set[str]:
        """Who wrote, or who spoke (unhappily) of a touchpoint."""
        if touchpoint is None:
            return {speaker(one) for one in self.feedback.values()}
        return {
            speaker(self.feedback[one.feedback])
            for one in self.mentions
            if one.touchpoint == touchpoint and (one.negative is True or not unhappy)
        }

    def share(self, touchpoint: str) -> Proportion:
        """Of those who wrote, who complained of it."""
        return proportion(len(self.speakers(touchpoint, unhappy=True)), len(self.speakers()))

    def own(self, touchpoint: str) -> Proportion:
        """Of those who spoke of it, who complained."""
        return proportion(len(self.speakers(touchpoint, unhappy=True)), len(self.speakers(touchpoint)))


def find_pains(
    staged: StagedLog, project: Project, feedback: Sequence[Feedback], mentions: Sequence[Mention]
) -> tuple[Finding, ...]:
    """The pains, most people first."""
    heard = _Heard.of(feedback, mentions)
    if len(heard.speakers()) < FEWEST_WRITERS or heard.period is None:
        return ()
    homes = [(stage, touchpoint) for stage in staged.stages for touchpoint in stage.touchpoints]
    spoken = [(stage, one) for stage, one in homes if len(heard.speakers(one.key, unhappy=True)) >= FEWEST_VOICES]
    chances = [_chance_of_more(heard, one.key) for _, one in spoken]
    q_values = benjamini_hochberg(chances)
    found = []
    for (stage, one), q_value in zip(spoken, q_values.tolist(), strict=True):
        dated = _dated(heard, stage, one, project)
        if dated is not None:
            found.append(dated)
        elif q_value <= project.findings.false_discovery_rate:
            found.append(_undated(heard, stage, one, project, q_value))
    return tuple(sorted(found, key=lambda one: (-one.persons_affected, one.code)))


def complaints_again(
    feedback: Sequence[Feedback], mentions: Sequence[Mention], query: Mapping[str, Any]
) -> tuple[Proportion, Period] | None:
    """The share of a pain in today's feedback; None where nobody wrote on the days asked about."""
    first, last = (None if one is None else date.fromisoformat(str(one)) for one in query["period"].values())
    heard = _Heard.of(feedback, mentions).within(first, last)
    if heard.period is None:
        return None
    counted = heard.share if query["metric"] == SINCE else heard.own
    return counted(str(query["touchpoint"])), heard.period


def complaints_of(
    feedback: Sequence[Feedback], mentions: Sequence[Mention], query: Mapping[str, Any]
) -> tuple[Feedback, ...]:
    """The texts that complain, as a pain's question asks for them."""
    first, last = (None if one is None else date.fromisoformat(str(one)) for one in query["period"].values())
    heard = _Heard.of(feedback, mentions).within(first, last)
    touchpoint = str(query["touchpoint"])
    texts = {one.feedback for one in heard.mentions if one.touchpoint == touchpoint and one.negative is True}
    return tuple(one for key, one in heard.feedback.items() if key in texts)


def _day(one: Feedback) -> date | None:
    return one.written_at.date() if one.written_at else None


def _others(heard: _Heard, touchpoint: str) -> Proportion:
    """Of those who speak of another touchpoint, who complain of one."""
    others = {one.touchpoint for one in heard.mentions} - {touchpoint}
    spoke: set[str] = set().union(*(heard.speakers(one) for one in others))
    unhappy: set[str] = set().union(*(heard.speakers(one, unhappy=True) for one in others))
    return proportion(len(unhappy), len(spoke))


def _chance_of_more(heard: _Heard, touchpoint: str) -> float:
    """The chance of so many more unhappy ones than at the other touchpoints, if they were all alike."""
    own, others = heard.own(touchpoint), _others(heard, touchpoint)
    if own.value < max(MOSTLY, MORE * others.value) or not others.of:
        return 1.0
    return two_proportions_p(own.count, own.of, others.count, others.of) / 2


def _dated(heard: _Heard, stage: StageSpec, one: TouchpointSpec, project: Project) -> Finding | None:
    """A pain that began on a day."""
    period = heard.period
    assert period is not None
    unhappy = {m.feedback for m in heard.mentions if m.touchpoint == one.key and m.negative is True}
    written, complained = np.zeros(period.days), np.zeros(period.days)
    for key, text in heard.feedback.items():
        if (day := _day(text)) is not None:
            written[(day - period.start).days] += 1
            complained[(day - period.start).days] += key in unhappy
    found = strongest_break(complained, written, margin=MARGIN_DAYS)
    if found is None or found.chance > SURE or found.near < DATED_FROM:
        return None
    since = period.start + timedelta(days=found.day)
    now, before = heard.within(since, None), heard.within(None, since - timedelta(days=1))
    share, earlier = now.share(one.key), before.share(one.key)
    if share.count < FEWEST_VOICES or share.value < MORE * earlier.value:
        return None
    baseline = Baseline(value=earlier.value, of=earlier.of, low=earlier.low, high=earlier.high, period=before.period)
    return _finding(now, stage, one, project, share, baseline, since, min(1.0, found.chance))


def _undated(heard: _Heard, stage: StageSpec, one: TouchpointSpec, project: Project, q_value: float) -> Finding:
    own, others = heard.own(one.key), _others(heard, one.key)
    baseline = Baseline(value=others.value, of=others.of, low=others.low, high=others.high)
    return _finding(heard, stage, one, project, own, baseline, None, q_value)


def _finding(
    heard: _Heard,
    stage: StageSpec,
    one: TouchpointSpec,
    project: Project,
    share: Proportion,
    baseline: Baseline,
    since: date | None,
    q_value: float,
) -> Finding:
    assert heard.period is not None
    event = one.match.event[0] if one.match and one.match.event else None
    metric = SINCE if since is not None else ALWAYS
    return Finding(
        code=f"pain.{stage.key[:24]}.{one.key[:28]}",
        kind=FindingKind.PAIN,
        stage=stage.key,
        touchpoint=one.key,
        at=FindingPlace(event=event, to_event=event),
        since=since,
        metric=metric,
        unit=Unit.SHARE,
        value=share.value,
        baseline=baseline.value,
        interval=(share.low, share.high),
        of=share.of,
        q_value=q_value,
        persons_affected=round(abs(share.value - baseline.value) * share.of),
        period=heard.period,
        near_change=near_change(project, since),
        evidence=(_measured(heard, one, metric, share, baseline, since), *_quoted(heard, one)),
        text=pain_words(one.name, share, baseline, since),
    )


def _measured(
    heard: _Heard, one: TouchpointSpec, metric: str, share: Proportion, baseline: Baseline, since: date | None
) -> Measurement:
    assert heard.period is not None
    query: dict[str, object] = {
        "analysis": "complaints",
        "version": 1,
        "metric": metric,
        "touchpoint": one.key,
        "period": {"from": since.isoformat() if since else None, "to": None},
    }
    return Measurement(
        key="e1",
        metric=metric,
        unit=Unit.SHARE,
        value=share.value,
        low=share.low,
        high=share.high,
        count=share.count,
        of=share.of,
        period=heard.period,
        baseline=baseline,
        query=query,
        query_hash=hash_of(query),
    )


def _quoted(heard: _Heard, one: TouchpointSpec) -> tuple[Quotes, ...]:
    """The complaints themselves."""
    pains = touchpoint_pains(tuple(heard.feedback.values()), heard.mentions)
    mine = next((pain for pain in pains if pain.touchpoint == one.key), None)
    if mine is None:
        return ()
    return (Quotes(key="e2", voices=mine.negative, of=mine.of, period=heard.period, examples=mine.quotes),)
