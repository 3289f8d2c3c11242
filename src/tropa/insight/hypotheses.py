"""Hypotheses: if we do this, that number moves, because today it is so; and whether this traffic can show it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tropa.domain.evidence import Unit
from tropa.domain.finding import Finding, FindingKind
from tropa.domain.generated import Generated
from tropa.domain.hypothesis import DetectableEffect, Hypothesis
from tropa.domain.text import Language, Text
from tropa.insight.playbook import playbook
from tropa.render.words import amount, group, percent
from tropa.stats.power import detectable_rise, detectable_shortening

WEEKS = (2, 4, 8)
_GROWTH = {FindingKind.OPPORTUNITY, FindingKind.UPSELL}
_FEWEST_A_WEEK = 15
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
        hypothesis = _hypothesis(finding, min(finding.of / weeks_of_data, units_per_week.get(finding.stage, math.inf)))
        told.append(replace(finding, hypothesis=hypothesis.key))
        hypotheses.append(hypothesis)
    return tuple(told), tuple(hypotheses)


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
    now, goal = (_figure(finding, value, language) for value in (finding.value, finding.baseline or 0.0))
    who = group(finding.segment, language) if finding.segment else ""
    done += f" ({who})" if who else ""
    if language is Language.RU:
        return f"Если сделать так: {done}, — то будет не {now}, а ближе к {goal}, потому что у остальных уже {goal}"
    return f"If we {done}, the figure moves from {now} towards {goal}, because the others are at {goal} today"


def _figure(finding: Finding, value: float, language: Language) -> str:
    return percent(value, language) if finding.unit is Unit.SHARE else amount(value, finding.unit, language)


def _impact(finding: Finding, gap: float) -> int:
    """1–10 by the share of the group's people who would be won back."""
    lost = finding.persons_affected / finding.of if finding.of else gap
    return max(1, min(10, math.ceil(lost * 20)))
