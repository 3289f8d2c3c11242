"""Who answers for which stretch of the path, and the map cut down to one department's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tropa.domain.evidence import Evidence
from tropa.domain.finding import Finding
from tropa.domain.hypothesis import Hypothesis
from tropa.domain.journeymap import Card, JourneyMap, LaneKind, Minute, Stage, Statement, Step, Touchpoint
from tropa.domain.text import Text
from tropa.errors import ExportError, told


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the path with who answers for it; None where nobody does."""

    department: Text | None
    stage: Stage
    record: Step | Stage


def departments(journey: JourneyMap) -> tuple[Text, ...]:
    """Every department named on the map, in the order of the path, each once."""
    found: dict[str, Text] = {}
    for stage in _stages(journey):
        for name in _named_at(journey, stage):
            found.setdefault(_plain(name), name)
    for one in journey.hypotheses:
        if one.owner is not None and not one.owner.is_empty:
            found.setdefault(_plain(one.owner), one.owner)
    return tuple(found.values())


def _named_at(journey: JourneyMap, stage: Stage) -> Iterator[Text]:
    names = [one.owner for one in stage.touchpoints]
    names += [card.text for card in journey.cards_of(LaneKind.OWNER, stage.key)]
    names += [card.owner for card in journey.cards if card.stage == stage.key]
    yield from (name for name in names if name is not None and not name.is_empty)


def stretches(journey: JourneyMap) -> tuple[Stretch, ...]:
    """The steps of the path, or stages without steps, with every department that answers for each."""
    return tuple(
        Stretch(department, stage, record)
        for stage in _stages(journey)
        for record in (_steps(stage) or (stage,))
        for department in owners_of(journey, stage, record) or (None,)
    )


def owners_of(journey: JourneyMap, stage: Stage, record: Step | Stage) -> tuple[Text, ...]:
    """Who answers for a step: those named at its touchpoints, else in the row of owners."""
    keys = record.touchpoints if isinstance(record, Step) else ()
    own = [one.owner for one in stage.touchpoints if isinstance(record, Stage) or one.key in (*keys, record.key)]
    step = record.key if isinstance(record, Step) else None
    row = [card.text for card in journey.cards_of(LaneKind.OWNER, stage.key) if card.step in {None, step}]
    named = [one for one in own if one is not None and not one.is_empty] or [one for one in row if not one.is_empty]
    return tuple({_plain(one): one for one in named}.values())


def owner_of(journey: JourneyMap, stage_key: str, touchpoint: str | None, step: str | None = None) -> Text | None:
    """The department that a card or a finding at this place belongs to."""
    stage = journey.stage(stage_key)
    if stage is None:
        return None
    own = next((one.owner for one in stage.touchpoints if one.key in {touchpoint, step} and one.owner), None)
    if own is not None:
        return own
    row = [card for card in journey.cards_of(LaneKind.OWNER, stage_key) if card.step in {None, step, touchpoint}]
    return row[0].text if row else None


def cut_for(journey: JourneyMap, name: str) -> JourneyMap:
    """The map of what a department answers for; ExportError names the departments where there is none of this name."""
    known = departments(journey)
    wanted = name.strip().casefold()
    mine = next((one for one in known if wanted in {(one.ru or "").casefold(), (one.en or "").casefold()}), None)
    if mine is None:
        hint = (
            told("There are: {names}.", names=[one.ru or one.en or "" for one in known])
            if known
            else "Write `owner` under a touchpoint of tropa.yaml, or into the cards of the map."
        )
        raise ExportError(told("Nobody called “{name}” answers for anything on this map.", name=name), hint)
    return _cut(journey, mine)


def _cut(journey: JourneyMap, mine: Text) -> JourneyMap:
    stages = tuple(stage for one in journey.stages if (stage := _stage_of(journey, one, mine)) is not None)
    steps = {stage.key: {step.key for step in stage.steps} for stage in stages}
    places = {one.key for stage in stages for one in stage.touchpoints}
    cards = tuple(one for one in journey.cards if one.stage in steps and _is_within(one, steps[one.stage]))
    findings = tuple(one for one in journey.findings if one.stage in steps and one.touchpoint in {None, *places})
    codes = {one.code for one in findings}
    return replace(
        journey,
        title=_titled(journey.title, mine),
        minute=_minute(findings),
        personas=(),
        segments=(),
        stages=stages,
        links=tuple(one for one in journey.links if {one.source, one.target} <= set().union(*steps.values())),
        cards=cards,
        findings=findings,
        hypotheses=tuple(one for one in journey.hypotheses if _is_bet_of(one, mine, codes, set(steps))),
    )


def _titled(title: Text, mine: Text) -> Text:
    return Text(
        ru=f"{title.ru or title.en} · {mine.ru or mine.en}", en=f"{title.en or title.ru} · {mine.en or mine.ru}"
    )


def _stage_of(journey: JourneyMap, stage: Stage, mine: Text) -> Stage | None:
    """The stage with the steps and touchpoints that are the department's; whole where it has no steps of its own."""
    kept = [step for step in stage.steps if _holds(owners_of(journey, stage, step), mine)]
    if not kept and not _holds(owners_of(journey, stage, stage), mine) and not _has_card(journey, stage, mine):
        return None
    if not kept:
        return stage
    keys = {key for step in kept for key in (*step.touchpoints, step.key)}
    return replace(stage, steps=tuple(kept), touchpoints=tuple(_of_keys(stage.touchpoints, keys)))


def _of_keys(touchpoints: Sequence[Touchpoint], keys: set[str]) -> Iterator[Touchpoint]:
    return (one for one in touchpoints if one.key in keys)


def _has_card(journey: JourneyMap, stage: Stage, mine: Text) -> bool:
    owners = (one.owner for one in journey.cards if one.stage == stage.key)
    return any(one is not None and _plain(one) == _plain(mine) for one in owners)


def _is_within(card: Card, steps: set[str]) -> bool:
    return card.step is None or not steps or card.step in steps


def _is_bet_of(one: Hypothesis, mine: Text, codes: set[str], stages: set[str]) -> bool:
    if one.owner is not None and _plain(one.owner) == _plain(mine):
        return True
    return one.stage in stages and (one.finding is None or one.finding in codes)


def _minute(findings: Sequence[Finding]) -> Minute | None:
    """Where this department loses most, and what to do about it."""
    if not findings:
        return None
    first = findings[0]
    evidence: tuple[Evidence, ...] = first.evidence[:1]
    action = Statement(text=first.recommendation.text, evidence=evidence) if first.recommendation else None
    return Minute(loss=Statement(text=first.text, evidence=evidence), action=action)


def _holds(names: Sequence[Text], mine: Text) -> bool:
    return _plain(mine) in {_plain(one) for one in names}


def _plain(name: Text) -> str:
    return (name.ru or name.en or "").strip().casefold()


def _stages(journey: JourneyMap) -> list[Stage]:
    return sorted(journey.stages, key=lambda one: (one.order, one.key))


def _steps(stage: Stage) -> tuple[Step, ...]:
    return tuple(sorted(stage.steps, key=lambda one: (one.order, one.key)))
