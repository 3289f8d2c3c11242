"""Hypotheses: if we do this, that number moves, because today it is so; and whether this traffic can show it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tropa.domain.evidence import FEW_PERSONS, Measurement, Unit
from tropa.domain.finding import Finding, FindingKind
from tropa.domain.generated import Generated
from tropa.domain.hypothesis import DetectableEffect, Hypothesis
from tropa.domain.text import Language, Text
from tropa.insight.finding_words import group_words
from tropa.insight.playbook import playbook
from tropa.render.words import amount, of_whole, percent
from tropa.stats.power import detectable_rise, detectable_shortening

WEEKS = (2, 4, 8)
_GROWTH = {FindingKind.OPPORTUNITY, FindingKind.UPSELL}
_FEWEST_A_WEEK = 15
_WEEK_DAYS = 7
_INSTEAD = Text(
    ru="Проверить A/B не получится: людей мало. Сделайте для всех и сравните с группой, которой это не коснулось, "
    "за те же недели; поговорите с 5–8 людьми до и после.",
    en="An A/B test cannot show it: too few people. Do it for everybody and compare with a group it did not touch "
    "over the same weeks; talk to 5–8 people before and after.",
)


def hypothesise(
    findings: Sequence[Finding], *, weeks_of_data: float, units_per_week: Mapping[str, float]
) -> tuple[tuple[Finding, ...], tuple[Hypothesis, ...]]:
    """A hypothesis for each recommended problem; the findings carry its key.

    `units_per_week`: people a week at each stage. A test has two equal arms, α .05 two-sided, power .8.
    """
    told, hypotheses = [], []
    for finding in findings:
        if finding.recommendation is None or finding.baseline is None or finding.kind in _GROWTH:
            told.append(finding)
            continue
        per_week = min(finding.of / _weeks(finding, weeks_of_data), units_per_week.get(finding.stage, math.inf))
        hypothesis = _hypothesis(finding, per_week)
        told.append(replace(finding, hypothesis=hypothesis.key))
        hypotheses.append(hypothesis)
    return tuple(told), tuple(hypotheses)


def _weeks(finding: Finding, weeks_of_data: float) -> float:
    """The weeks in which its people were counted: a dated finding began later than the data did."""
    return weeks_of_data if finding.since is None else max(1.0, finding.period.days / _WEEK_DAYS)


def _hypothesis(finding: Finding, per_week: float) -> Hypothesis:
    effects = [
        DetectableEffect(weeks=weeks, effect=effect)
        for weeks in WEEKS
        if math.isfinite(effect := _effect(finding, per_week, weeks))
    ]
    gap = abs((finding.baseline or 0.0) - finding.value)
    testable = per_week >= _FEWEST_A_WEEK and any(one.effect <= gap for one in effects)
    text = Text(ru=_sentence(finding, Language.RU), en=_sentence(finding, Language.EN))
    key = f"h.{finding.code}"
    return Hypothesis(
        key=key,
        stage=finding.stage,
        text=text,
        metric=finding.metric,
        unit=finding.unit,
        value_now=finding.value,
        of=finding.of,
        detectable=tuple(effects),
        testable=testable,
        instead=None if testable else _INSTEAD,
        finding=finding.code,
        impact=_impact(finding, gap),
        confidence=8 if finding.since is not None else 6,
        ease=5,
        generated=Generated(by=f"hypothesis:{finding.code}", text=text, fact=finding.code),
    )


def _effect(finding: Finding, per_week: float, weeks: int) -> float:
    """The smallest effect in the metric's own unit."""
    per_arm = per_week * weeks / 2
    if finding.unit is Unit.SHARE:
        base = finding.value if finding.value < (finding.baseline or 0.0) else 1 - finding.value
        return round(detectable_rise(min(max(base, 0.001), 0.999), per_arm), 4)
    return round(detectable_shortening(per_arm) * finding.value, 4)


def _sentence(finding: Finding, language: Language) -> str:
    """«Если …, то …, потому что сейчас …»: the reason is the measured fact, never a guessed cause."""
    advice = next((one for one in playbook() if finding.recommendation and one.key == finding.recommendation.key), None)
    place = finding.recommendation.text.said_in(language) if finding.recommendation else ""
    done = place.split(". ")[0].split(" (")[0] if advice is not None else place
    done = done[:1].lower() + done[1:]
    goal = _figure(finding, finding.baseline or 0.0, language)
    now = _now(finding, language)
    who = group_words(finding.segment, language) if finding.segment else ""
    done += f" ({who})" if who else ""
    before = _is_own_before(finding)
    if language is Language.RU:
        usual = f"раньше было {goal}" if before else f"у остальных {goal}"
        return (
            f"Если сделать так: {done}, — то показатель приблизится к цели ({goal}), потому что сейчас {now}, а {usual}"
        )
    usual = f"it used to be {goal}" if before else f"the others are at {goal}"
    return f"If we do this: {done}, then the figure moves towards {goal}, because it is {now} today and {usual}"


def _now(finding: Finding, language: Language) -> str:
    """The value with the people it is counted of."""
    if finding.unit is Unit.SHARE:
        counts = of_whole(round(finding.value * finding.of), finding.of, language)
        return counts if finding.of < FEW_PERSONS else f"{percent(finding.value, language)} ({counts})"
    return amount(finding.value, finding.unit, language)


def _is_own_before(finding: Finding) -> bool:
    """The baseline is the group's own earlier figure, which has a period; that of the others has none."""
    head = next((one for one in finding.evidence if isinstance(one, Measurement)), None)
    return head is not None and head.baseline is not None and head.baseline.period is not None


def _figure(finding: Finding, value: float, language: Language) -> str:
    return percent(value, language) if finding.unit is Unit.SHARE else amount(value, finding.unit, language)


def _impact(finding: Finding, gap: float) -> int:
    """1–10 by the share of the group's people who would be won back."""
    lost = finding.persons_affected / finding.of if finding.of else gap
    return max(1, min(10, math.ceil(lost * 20)))
