"""What a map shows of itself where no finding says it better: where many stop, where people wait, what they scold.

Such problems have no group and nothing to be compared with. They are no findings and stand in no findings.json, but
somebody has to do something about them.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tropa.assembly.facts import Facts
from tropa.assembly.figures import later_stages
from tropa.assembly.measures import share, time
from tropa.assembly.questions import funnel_question, step_of_stages
from tropa.assembly.spoken import is_often_scolded, quotes_of
from tropa.domain.evidence import Measurement, Unit
from tropa.domain.finding import Finding, FindingKind
from tropa.domain.period import Period
from tropa.domain.text import Text
from tropa.events.ordinal import ORDINAL
from tropa.insight.conditions import GROWTH, problem_of
from tropa.insight.hypotheses import hypothesise
from tropa.insight.recommendations import recommend
from tropa.stats.proportions import proportion
from tropa.texts.names import kind_of_stage

STOP_HERE = Text(ru="Останавливаются здесь и не идут дальше", en="Stop here and go no further")
_WAIT_HERE = Text(ru="Здесь ждут", en="People wait here")
_SCOLD = Text(ru="На это жалуются", en="This is complained of")
_LOSS_WORTH_A_CARD = 0.3
_LOSS_WORTH_A_WORD = 0.05
"""Where nothing else is found, the largest loss is told from here on."""
_MOST_LOSSES = 3
_FEWEST = 5
_ENOUGH_ADVICE = 5
_MOST_PAINS = 3
_WORTH_A_WORD_SECONDS = 3_600
_OURS_TO_HASTEN = frozenset(
    {"delivery", "triage", "work", "resolution", "first_answer", "decision", "validation", "offer", "contract"}
)


def with_stage_advice(facts: Facts) -> Facts:
    """The facts with advice on a map's own problems, and with bets on them."""
    told = [one.recommendation.key for one in facts.findings if one.recommendation is not None]
    problems = recommend(stage_problems(facts), facts.path, told=told)
    _, hypotheses = hypothesise(problems, facts.path, units_per_week={})
    fresh = tuple(replace(one, finding=None) for one in hypotheses)
    return replace(facts, problems=problems, hypotheses=(*facts.hypotheses, *fresh))


def stage_problems(facts: Facts) -> tuple[Finding, ...]:
    """The largest losses and the longest wait as far as the findings leave room, and what is often scolded."""
    found = [one for one in facts.findings if problem_of(one) not in GROWTH]
    room = max(0, _ENOUGH_ADVICE - len(found))
    covered = {one.stage for one in found}
    own = [*_losses(facts, covered), *_longest_wait(facts, covered)]
    return (*own[:room], *_pains(facts))


def stage_losses(
    facts: Facts, covered: set[str], *, at_least: float = _LOSS_WORTH_A_CARD
) -> list[tuple[int, Measurement]]:
    """The stages that lose most people, the worst first, each with its loss as evidence."""
    figures = facts.figures
    losses = [
        (place.lost / (place.persons - place.censored), number)
        for number, place in enumerate(figures.stages)
        if place.went_on is not None and place.persons > place.censored and facts.stage_keys[number] not in covered
    ]
    worst = sorted(losses, key=lambda one: (-one[0], one[1]))[:_MOST_LOSSES]
    return [(number, _loss_at(facts, number)) for loss, number in worst if loss >= at_least]


def _loss_at(facts: Facts, number: int) -> Measurement:
    figures, place = facts.figures, facts.figures.stages[number]
    steps = [
        step_of_stages(figures.staged, [number]),
        step_of_stages(figures.staged, later_stages(figures.staged, number)),
    ]
    return share(
        "drop_off",
        proportion(place.lost, place.persons - place.censored),
        figures=figures,
        asked=funnel_question(steps, place.window, facts.unit, facts.segment),
        sources=facts.event_files,
    )


def _losses(facts: Facts, covered: set[str]) -> Iterator[Finding]:
    """Told by those who went on; at the goal and after it, going on means coming back."""
    staged = facts.figures.staged
    stages = staged.stages
    goals = [number for number, stage in enumerate(stages) if stage.goal or ORDINAL in staged.log.properties]
    goal = min(goals, default=len(stages))
    large = stage_losses(facts, covered)
    for number, loss in large or stage_losses(facts, covered, at_least=_LOSS_WORTH_A_WORD)[: not facts.findings]:
        if loss.of >= _FEWEST:
            yield _problem(
                facts,
                f"stop.{stages[number].key}",
                FindingKind.DROP_OFF,
                stage=stages[number].key,
                metric="conversion" if number < goal else "after_goal",
                value=1 - loss.value,
                of=loss.of,
                affected=loss.count or 0,
                evidence=(loss,),
                text=STOP_HERE,
            )


def _longest_wait(facts: Facts, covered: set[str]) -> Iterator[Finding]:
    """Until a stage that is the company's to hasten: what a customer ponders is their own time."""
    stages, flow = facts.figures.staged.stages, facts.figures.stages
    waits = [
        (place.to_next.median_seconds, stage.key, place.to_next)
        for place, stage in zip(flow, stages[1:], strict=False)
        if place.to_next is not None and place.to_next.of >= _FEWEST and kind_of_stage(stage) in _OURS_TO_HASTEN
    ]
    median, stage, timing = max(waits, key=lambda one: one[:2], default=(0.0, "", None))
    if timing is not None and median >= _WORTH_A_WORD_SECONDS and stage not in covered:
        yield _problem(
            facts,
            f"wait.{stage}",
            FindingKind.SLOW,
            stage=stage,
            metric="median_time",
            value=median,
            of=timing.of,
            affected=timing.of,
            evidence=(time("median_time", timing, figures=facts.figures, sources=facts.event_files),),
            text=_WAIT_HERE,
        )


def _pains(facts: Facts) -> Iterator[Finding]:
    told = {one.touchpoint for one in facts.findings if one.kind is FindingKind.PAIN}
    names = {one.key for one in facts.figures.staged.touchpoints}
    often = [one for one in facts.pains if is_often_scolded(one) and one.touchpoint in names - told]
    for pain in often[:_MOST_PAINS]:
        yield _problem(
            facts,
            f"pain.{pain.touchpoint}",
            FindingKind.PAIN,
            stage=pain.stage,
            touchpoint=pain.touchpoint,
            metric="complaints",
            value=pain.negative / pain.of,
            of=pain.of,
            affected=pain.negative,
            evidence=(quotes_of(facts, pain.negative, pain.of, pain.quotes),),
            text=_SCOLD,
        )


def _problem(facts: Facts, code: str, kind: FindingKind, **rest: Any) -> Finding:
    """A problem in the shape that advice is given on; times are in seconds, all else in shares."""
    figures, affected = facts.figures, rest.pop("affected")
    return Finding(
        code=code,
        kind=kind,
        unit=Unit.SECONDS if kind is FindingKind.SLOW else Unit.SHARE,
        persons_affected=affected,
        period=figures.period or Period(figures.as_of, figures.as_of),
        **rest,
    )
