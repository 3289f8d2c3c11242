"""Cards of what people did: actions, touchpoints, channels, devices, metrics, waits."""

from collections.abc import Iterator

import numpy as np

from tropa.assembly.answer import goal_stage
from tropa.assembly.cards.card import a_card
from tropa.assembly.facts import Facts
from tropa.assembly.figures import later_stages
from tropa.assembly.measures import money, share, time
from tropa.assembly.questions import Asked, funnel_question, reach_question, step_of_stages, step_of_touchpoint
from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.text import Text
from tropa.events.meetings import units_at
from tropa.insight.finding_words import named_value
from tropa.stats.proportions import proportion
from tropa.texts.names import event_names

_PILLS = 4
_TOP_VALUES = 3
_MIN_SHARE = 0.03
_GO_ON = Text(ru="Идут дальше", en="Go on")
_MEDIAN_AMOUNT = Text(ru="Обычная сумма", en="Usual amount")
_TO_NEXT = Text(ru="До следующего этапа", en="To the next stage")


def flow_cards(facts: Facts) -> Iterator[Card]:
    """All cards that rest on counted behaviour."""
    if not facts.figures.persons:
        return
    yield from _action_cards(facts)
    yield from _touchpoint_cards(facts)
    yield from _value_cards(facts, LaneKind.CHANNEL, "channel")
    yield from _value_cards(facts, LaneKind.DEVICE, "device")
    yield from _kpi_cards(facts)
    yield from _wait_cards(facts)


def _action_cards(facts: Facts) -> Iterator[Card]:
    figures = facts.figures
    words = event_names(figures.staged.log.event.values)
    for number, step in enumerate(figures.plan.steps):
        stage = facts.stage_keys[step.stage]
        event = _commonest_event(facts, step.touchpoint)
        if event is None:
            continue
        counted = proportion(figures.steps[number].persons, figures.stages[step.stage].persons)
        yield a_card(
            LaneKind.ACTION,
            step.spec.key,
            stage,
            words[event],
            by=f"step:{step.spec.key}",
            step=step.spec.key,
            touchpoint=step.spec.key,
            evidence=[
                share(
                    "reach",
                    counted,
                    figures=figures,
                    asked=_reach(facts, step.touchpoint, step.stage),
                    sources=facts.event_files,
                )
            ],
        )


def _commonest_event(facts: Facts, touchpoint: int) -> str | None:
    log = facts.figures.staged.log
    here = facts.figures.staged.touchpoint == touchpoint
    counts = np.bincount(log.event.codes[here], minlength=len(log.event.values))
    return log.event.values[int(counts.argmax())] if counts.any() else None


def _touchpoint_cards(facts: Facts) -> Iterator[Card]:
    figures = facts.figures
    steps = {step.touchpoint: step.spec.key for step in figures.plan.steps}
    for stage_number, stage in enumerate(figures.staged.stages):
        people = figures.stages[stage_number].persons
        own = [
            n for n, home in enumerate(figures.staged.stage_of_touchpoint) if home == stage_number and figures.met[n]
        ]
        others = sorted((n for n in own if n not in steps), key=lambda n: (-figures.met[n], n))[:_PILLS]
        for number in [n for n in own if n in steps] + others:
            spec = figures.staged.touchpoints[number]
            counted = proportion(figures.met[number], people)
            yield a_card(
                LaneKind.TOUCHPOINT,
                spec.key,
                stage.key,
                spec.name,
                by=f"touchpoint:{spec.key}",
                step=steps.get(number),
                touchpoint=spec.key,
                evidence=[
                    share(
                        "reach",
                        counted,
                        figures=figures,
                        asked=_reach(facts, number, stage_number),
                        sources=facts.event_files,
                    )
                ],
            )


def _value_cards(facts: Facts, kind: LaneKind, name: str) -> Iterator[Card]:
    """The commonest values of a property among the people of each stage."""
    figures = facts.figures
    log = figures.staged.log
    column = log.properties.get(name)
    if column is None:
        return
    stages, values = len(figures.staged.stages), len(column.values)
    known = (figures.staged.stage >= 0) & (column.codes >= 0)
    cells = np.where(known, figures.staged.stage * values + column.codes, -1)
    counts = units_at(log, cells, stages * values).reshape(stages, values)
    for number, (stage, persons) in enumerate(zip(figures.staged.stages, counts, strict=True)):
        for code in np.argsort(-persons, kind="stable")[:_TOP_VALUES].tolist():
            counted = proportion(int(persons[code]), figures.stages[number].persons)
            if counted.count and counted.value >= _MIN_SHARE:
                value = column.values[code]
                yield a_card(
                    kind,
                    f"{stage.key}.{value}",
                    stage.key,
                    named_value(value),
                    by=f"{name}:{stage.key}:{value}",
                    evidence=[share("share", counted, figures=figures, asked=None, sources=facts.event_files)],
                )


def _kpi_cards(facts: Facts) -> Iterator[Card]:
    figures = facts.figures
    for number, (stage, place) in enumerate(zip(figures.staged.stages, figures.stages, strict=True)):
        if place.went_on is None or not place.persons:
            continue
        steps = [
            step_of_stages(figures.staged, [number]),
            step_of_stages(figures.staged, later_stages(figures.staged, number)),
        ]
        asked = funnel_question(steps, place.window, facts.unit, facts.segment)
        trend = figures.stage_trends[number]
        yield a_card(
            LaneKind.KPI,
            f"{stage.key}.go_on",
            stage.key,
            _GO_ON,
            by=f"kpi:go_on:{stage.key}",
            evidence=[
                share("conversion", place.went_on, figures=figures, asked=asked, trend=trend, sources=facts.event_files)
            ],
        )
    yield from _amount_card(facts)


def _amount_card(facts: Facts) -> Iterator[Card]:
    amount, goal = facts.figures.amount, goal_stage(facts)
    if amount is not None:
        stage = facts.stage_keys[goal]
        figure = money("amount", amount[0], amount[1], figures=facts.figures, sources=facts.event_files)
        yield a_card(
            LaneKind.KPI, f"{stage}.amount", stage, _MEDIAN_AMOUNT, by=f"kpi:amount:{stage}", evidence=[figure]
        )


def _wait_cards(facts: Facts) -> Iterator[Card]:
    for stage, place in zip(facts.figures.staged.stages, facts.figures.stages, strict=True):
        if place.to_next is not None:
            figure = time("median_time", place.to_next, figures=facts.figures, sources=facts.event_files)
            yield a_card(
                LaneKind.WAIT, f"{stage.key}.to_next", stage.key, _TO_NEXT, by=f"wait:{stage.key}", evidence=[figure]
            )


def _reach(facts: Facts, touchpoint: int, stage: int) -> Asked:
    staged = facts.figures.staged
    return reach_question(
        step_of_touchpoint(staged, touchpoint), step_of_stages(staged, [stage]), facts.unit, facts.segment
    )
