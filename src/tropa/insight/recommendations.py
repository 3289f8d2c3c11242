"""Recommendations: the playbook made concrete, with the touchpoint, the group and the number that should move."""

from collections.abc import Sequence
from dataclasses import replace

from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.finding import Finding, FindingKind, Recommendation
from tropa.domain.project import StageSpec
from tropa.domain.text import Language, Text
from tropa.insight.finding_words import group_words
from tropa.insight.playbook import Entry, playbook
from tropa.render.words import amount, label, of_whole, percent
from tropa.texts.names import kind_of_stage

_GROWTH = {FindingKind.OPPORTUNITY, FindingKind.UPSELL}
_URGENT_SHARE = 0.15


def recommend(
    findings: Sequence[Finding], stages: Sequence[StageSpec], *, industry: str | None = None
) -> tuple[Finding, ...]:
    """Each finding with the playbook entry that fits its facts best; entries are not repeated while others fit."""
    kinds = {stage.key: kind_of_stage(stage) for stage in stages}
    touchpoints = {one.key: one.name for stage in stages for one in stage.touchpoints}
    names = {stage.key: stage.name for stage in stages}
    used: set[str] = set()
    advised = []
    for number, finding in enumerate(findings):
        fitting = [one for one in playbook() if one.fits(finding, kinds.get(finding.stage), industry)]
        best = min(fitting, key=lambda one: (one.key in used, -one.specificity, one.key), default=None)
        if best is None:
            advised.append(finding)
            continue
        used.add(best.key)
        place = touchpoints.get(finding.touchpoint or "") or names.get(finding.stage) or Text(ru=finding.stage)
        urgency = _urgency(finding, findings, first=number == 0)
        advised.append(replace(finding, recommendation=_rendered(best, finding, place, urgency)))
    return tuple(advised)


def _rendered(entry: Entry, finding: Finding, place: Text, urgency: str) -> Recommendation:
    def say(language: Language) -> str:
        advice = entry.text.said_in(language).format(place=place.said_in(language))
        who = group_words(finding.segment, language) if finding.segment else ""
        target = _target(finding, language)
        words = f"{advice} ({who})" if who else advice
        return f"{words}. {target}" if target else f"{words}."

    return Recommendation(
        key=entry.key,
        text=Text(ru=say(Language.RU), en=say(Language.EN)),
        first_step=entry.first_step,
        metric=finding.metric,
        not_when=entry.not_when,
        urgency=urgency,
    )


def _target(finding: Finding, language: Language) -> str:
    """From where to where the number should move, with the people it is counted of."""
    if finding.baseline is None:
        return ""
    russian = language is Language.RU
    now, goal = (_figure(finding, value, language) for value in (finding.value, finding.baseline))
    if finding.kind in _GROWTH:
        return f"Здесь {now}, у остальных {goal}" if russian else f"Here {now}, elsewhere {goal}"
    of = "" if finding.unit is Unit.SHARE else f" ({label('of', language)} {finding.of})"
    return f"Сейчас {now}{of}, цель — {goal}" if russian else f"Now {now}{of}, aim {goal}"


def _figure(finding: Finding, value: float, language: Language) -> str:
    if finding.unit is not Unit.SHARE:
        return amount(value, finding.unit, language)
    counts = of_whole(round(value * finding.of), finding.of, language)
    if value != finding.value:
        return percent(value, language)
    return counts if finding.of < FEW_PERSONS else f"{percent(value, language)} ({counts})"


def _urgency(finding: Finding, findings: Sequence[Finding], *, first: bool) -> str:
    """Key: the largest loss of all. Urgent: dated, so something broke, and it concerns many."""
    if first and finding.kind not in _GROWTH:
        return "key"
    people = sum(one.persons_affected for one in findings if one.kind not in _GROWTH)
    large = people > 0 and finding.persons_affected >= _URGENT_SHARE * people
    return "urgent" if finding.since is not None and large else "ordinary"
