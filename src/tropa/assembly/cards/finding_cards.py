"""Cards of what was found: barriers, opportunities, recommendations, hypotheses, importance."""

from collections.abc import Iterator, Mapping

from tropa.assembly.cards.card import a_card
from tropa.assembly.claims import short_claim
from tropa.assembly.facts import Facts
from tropa.assembly.measures import share
from tropa.assembly.saying import in_both, of_units
from tropa.assembly.stage_problems import STOP_HERE, stage_losses
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.finding import Finding, FindingKind
from tropa.domain.hypothesis import Hypothesis
from tropa.domain.journeymap import Card, LaneKind, Severity, Urgency
from tropa.domain.text import Language, Text
from tropa.insight.advice_words import usual
from tropa.insight.hypotheses import deed_of
from tropa.insight.recommendations import short_advice
from tropa.render.words import of_whole, units
from tropa.stats.proportions import proportion

_GROWTH = {FindingKind.OPPORTUNITY, FindingKind.UPSELL}
_MOST_BARRIERS = 4


def finding_cards(facts: Facts) -> Iterator[Card]:
    """All cards that follow from findings."""
    shown = [one for one in facts.findings if one.stage in facts.stage_keys]
    yield from _finding_cards(facts, shown)
    yield from _loss_cards(facts, {one.stage for one in shown if one.kind is FindingKind.DROP_OFF})
    yield from _recommendation_cards(facts, [*shown, *facts.problems])
    yield from _hypothesis_cards(facts, {f"h.{one.code}": one for one in [*shown, *facts.problems]})
    yield from _importance_cards(facts)
    yield from _opportunity_cards(shown, facts.counted)


def _finding_cards(facts: Facts, findings: list[Finding]) -> Iterator[Card]:
    per_stage: dict[tuple[str, bool], int] = {}
    first_loss = next((one.code for one in findings if one.kind not in _GROWTH), None)
    for one in findings:
        grows = one.kind in _GROWTH
        place = (one.stage, grows)
        per_stage[place] = per_stage.get(place, 0) + 1
        if per_stage[place] > _MOST_BARRIERS:
            continue
        severity = None if grows else Severity.CRITICAL if one.code == first_loss else Severity.MAJOR
        yield a_card(
            LaneKind.INSIGHT if grows else LaneKind.BARRIER,
            one.code,
            one.stage,
            short_claim(one, facts.figures.staged),
            by=f"finding:{one.code}",
            step=step_of(facts, one.touchpoint),
            touchpoint=one.touchpoint,
            severity=severity,
            evidence=one.evidence,
            finding=one.code,
            fact=f"{one.code}|{one.since or ''}",
        )


def _loss_cards(facts: Facts, covered: set[str]) -> Iterator[Card]:
    """The stages that lose most people, where no finding says it better."""
    for number, loss in stage_losses(facts, covered):
        stage = facts.stage_keys[number]
        yield a_card(
            LaneKind.BARRIER,
            f"stop.{stage}",
            stage,
            STOP_HERE,
            by=f"loss:{stage}",
            severity=Severity.MINOR,
            evidence=[loss],
        )


def _recommendation_cards(facts: Facts, findings: list[Finding]) -> Iterator[Card]:
    told: set[tuple[str, str]] = set()
    for one in findings:
        advice = one.recommendation
        if advice is None or (one.stage, advice.key) in told:
            continue
        told.add((one.stage, advice.key))
        yield a_card(
            LaneKind.RECOMMENDATION,
            one.code,
            one.stage,
            short_advice(one, facts.path),
            by=f"recommendation:{advice.key}:{one.code}",
            step=step_of(facts, one.touchpoint),
            touchpoint=one.touchpoint,
            urgency=Urgency(advice.urgency),
            evidence=one.evidence,
            finding=None if one in facts.problems else one.code,
            reason=advice.first_step,
        )


def _hypothesis_cards(facts: Facts, findings: Mapping[str, Finding]) -> Iterator[Card]:
    for one in facts.hypotheses:
        finding = findings.get(one.key)
        if one.stage in facts.stage_keys:
            yield a_card(
                LaneKind.HYPOTHESIS,
                one.key,
                one.stage,
                _bet(one, finding),
                by=f"hypothesis:{one.key}",
                step=step_of(facts, finding.touchpoint if finding else None),
                evidence=finding.evidence if finding else (),
                finding=one.finding,
                hypothesis=one.key,
            )


def _bet(one: Hypothesis, finding: Finding | None) -> Text:
    """A hypothesis as its card tells it: what is done → where the figure should get; its record has the sentence."""
    if finding is None:
        return one.text

    def say(language: Language) -> str:
        deed = deed_of(one).said_in(language).split(" (")[0]
        if finding.baseline is None:
            return deed
        return f"{deed} → {usual(finding, language)}"

    return in_both(say)


def _importance_cards(facts: Facts) -> Iterator[Card]:
    """One a stage; where people are few and nothing speaks for a stage, nobody can say that it matters little."""
    for stage, one in zip(facts.stage_keys, facts.importance, strict=False):
        if facts.figures.persons < FEW_PERSONS and one.value == 1:
            continue
        number = facts.stage_keys.index(stage)
        place = facts.figures.stages[number] if facts.figures.stages else None
        evidence = []
        if place is not None and place.went_on is not None and place.persons > place.censored:
            lost = proportion(place.lost, place.persons - place.censored)
            evidence.append(share("drop_off", lost, figures=facts.figures, asked=None, sources=facts.event_files))
        words = Text(ru=f"{one.value} из 5", en=f"{one.value} of 5")
        yield a_card(
            LaneKind.IMPORTANCE,
            stage,
            stage,
            words,
            by=f"importance:{stage}",
            value=float(one.value),
            reason=one.reason,
            evidence=evidence,
        )


def _opportunity_cards(findings: list[Finding], unit: str) -> Iterator[Card]:
    """One a stage: what bringing its largest finding back to the baseline would give."""
    told: set[str] = set()
    for one in findings:
        if one.stage in told or one.persons_affected <= 0:
            continue
        told.add(one.stage)
        yield a_card(
            LaneKind.OPPORTUNITY,
            one.stage,
            one.stage,
            _opportunity(one, unit),
            by=f"opportunity:{one.stage}",
            touchpoint=one.touchpoint,
            evidence=one.evidence,
            finding=one.code,
            fact=one.code,
        )


def _opportunity(one: Finding, unit: str) -> Text:
    """What is to be gained: nobody is lost by waiting or by going round, so nobody is won back there."""
    count = one.persons_affected
    ru, en = of_units(count, unit, Language.RU).removeprefix("из "), units(count, unit, Language.EN)
    match one.kind:
        case FindingKind.SLOW:
            return Text(
                ru=f"Избавить до {ru} от лишнего ожидания", en=f"Spare up to {en} the part of the wait that is too long"
            )
        case FindingKind.LOOP:
            return Text(ru=f"Избавить до {ru} от хождения по кругу", en=f"Spare up to {en} from going in circles")
        case FindingKind.PAIN if one.unit is Unit.SHARE:
            in_ru, in_en = (
                of_whole(round(one.value * one.of), one.of, language) for language in (Language.RU, Language.EN)
            )
            return Text(
                ru=f"Снять жалобы: сейчас недовольны {in_ru} написавших", en=f"End the complaints of {in_en} who wrote"
            )
        case _:
            return Text(
                ru=f"Вернуть до {ru}: столько не хватает до уровня остальных",
                en=f"Win back up to {en}: that many are missing against the rest",
            )


def step_of(facts: Facts, touchpoint: str | None) -> str | None:
    """The step that stands for a touchpoint, where it has a column of its own."""
    return next((step.spec.key for step in facts.figures.plan.steps if step.spec.key == touchpoint), None)
