"""The goal answered in the map's first line."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.analysis.funnel import FunnelQuery, Step, run_funnel
from tropa.assembly.claims import short_claim
from tropa.assembly.facts import Facts
from tropa.assembly.figures import ASIDE, units_met
from tropa.assembly.measures import share
from tropa.assembly.questions import Asked, funnel_question, reach_question, step_of_stages, step_of_touchpoint
from tropa.assembly.saying import count_with_share, in_both, lower_first, of_units, share_of
from tropa.domain.evidence import Evidence
from tropa.domain.finding import FindingKind
from tropa.domain.generated import Generated
from tropa.domain.journeymap import Goal, Statement
from tropa.domain.project import KpiMetric, KpiSpec
from tropa.domain.text import Language, Text
from tropa.events.log import DAY_MS
from tropa.events.ordinal import ORDINAL, ORDINALS
from tropa.events.staged import StagedLog
from tropa.intake.goals import GOAL_QUESTIONS
from tropa.stats.proportions import Proportion, proportion
from tropa.texts.names import kind_of_stage

_RETURN_WORDS = ("повтор", "возвращ", "верну", "отток", "repeat", "come back", "return", "churn", "retain")
_RETURN_QUESTIONS = {"leave_after_purchase", "cut_churn", "repeat_purchases"}
_RETURN_DAYS = 180
_FEW_DUE = 30
_ONE_CAME = {"person": "дошёл", "case": "дошла", "deal": "дошла"}
_GROWTH = {FindingKind.OPPORTUNITY, FindingKind.UPSELL}


@dataclass(frozen=True, slots=True)
class _Answer:
    text: Text
    evidence: tuple[Evidence, ...]


def answered_goal(facts: Facts) -> Goal | None:
    """The project's goal with its answer; None where nobody asked anything."""
    spec = facts.project.goal
    if spec is None:
        return None
    kpi = next((one for one in facts.project.kpis if one.key == spec.kpi), None)
    answer = _answer(facts, spec.text, kpi)
    statement = None
    if answer is not None:
        base = Generated(by="answer", text=answer.text)
        statement = Statement(text=answer.text, evidence=answer.evidence, generated=base)
    return Goal(
        text=spec.text,
        kpi=spec.kpi,
        target=kpi.target if kpi else None,
        until=kpi.until if kpi else None,
        answer=statement,
        generated=Generated(by="goal", text=spec.text),
    )


def goal_stage(facts: Facts) -> int:
    """The stage at which the goal is reached: marked so, else the last."""
    stages = facts.figures.staged.stages
    return next((number for number, stage in enumerate(stages) if stage.goal), len(stages) - 1)


def asks_for_return(text: Text) -> bool:
    """The goal is about coming back after a purchase."""
    known = next((one.key for one in GOAL_QUESTIONS if text.ru == one.text.ru or text.en == one.text.en), None)
    said = f"{text.ru or ''} {text.en or ''}".lower()
    return known in _RETURN_QUESTIONS or (known is None and any(word in said for word in _RETURN_WORDS))


def main_loss(facts: Facts) -> Text | None:
    """The largest finding in a few words; without findings the stage that loses most people."""
    found = next((one for one in facts.findings if one.kind not in _GROWTH), None)
    if found is not None:
        return short_claim(found, facts.figures.staged)
    places = [
        (place.lost, -number)
        for number, place in enumerate(facts.figures.stages)
        if place.went_on is not None and place.lost
    ]
    if not places:
        return None
    lost, number = max(places)
    stage, place = facts.figures.staged.stages[-number], facts.figures.stages[-number]
    counted = proportion(lost, place.persons - place.censored)

    def say(language: Language) -> str:
        if language is Language.RU:
            go = "идёт" if counted.count == 1 else "идут"
            return f"С этапа «{stage.name.said_in(language)}» дальше не {go} {share_of(counted, language)}"
        go = "goes" if counted.count == 1 else "go"
        return f"At “{stage.name.said_in(language)}” {share_of(counted, language)} {go} no further"

    return in_both(say)


def _answer(facts: Facts, goal: Text, kpi: KpiSpec | None) -> _Answer | None:
    if not facts.figures.persons or not facts.stage_keys:
        return None
    if kpi is not None and kpi.metric is KpiMetric.CONVERSION and _has_ends(facts, kpi):
        return _kpi_answer(facts, kpi)
    if asks_for_return(goal) and (answer := _return_answer(facts) or _back_so_far(facts)) is not None:
        return answer
    return _conversion_answer(facts)


def _has_ends(facts: Facts, kpi: KpiSpec) -> bool:
    places = _Places.of(facts)
    return all(end is None or end in places for end in (kpi.start, kpi.end))


def _kpi_answer(facts: Facts, kpi: KpiSpec) -> _Answer:
    """Between two stages, or from a touchpoint on: of those whom it befell, who came to the end."""
    staged, keys = facts.figures.staged, facts.stage_keys
    places = _Places.of(facts)
    first = places.find(kpi.start) if kpi.start else places.find(keys[0])
    last = places.find(kpi.end) if kpi.end else places.find(keys[goal_stage(facts)])
    result = run_funnel(staged.log, FunnelQuery((first.step, last.step), kpi.window, kpi.semantics))
    counted = proportion(result.steps[1].persons, result.steps[0].persons)
    asked = funnel_question([first.asked, last.asked], kpi.window, facts.unit)
    if first.is_touchpoint:
        return _befallen(facts, counted, asked, start=first.name, end=last.name)
    return _reached(facts, counted, asked, start=first.name, end=last.name)


@dataclass(frozen=True, slots=True)
class _Place:
    """A stage or a touchpoint as an end of a KPI."""

    name: Text
    step: Step
    asked: Mapping[str, object]
    is_touchpoint: bool = False


@dataclass(frozen=True, slots=True)
class _Places:
    """Stages and touchpoints by key; a stage comes before a touchpoint of the same key."""

    staged: StagedLog

    @classmethod
    def of(cls, facts: Facts) -> "_Places":
        return cls(facts.figures.staged)

    def __contains__(self, key: object) -> bool:
        return any(one.key == key for one in (*self.staged.stages, *self.staged.touchpoints))

    def find(self, key: str) -> _Place:
        """The stage, else the touchpoint, with this key."""
        staged = self.staged
        for number, stage in enumerate(staged.stages):
            if stage.key == key:
                step = Step(key, staged.at_stages, frozenset({number}))
                return _Place(stage.name, step, step_of_stages(staged, [number]))
        number = next(at for at, one in enumerate(staged.touchpoints) if one.key == key)
        step = Step(key, staged.at_touchpoints, frozenset({number}))
        return _Place(staged.touchpoints[number].name, step, step_of_touchpoint(staged, number), is_touchpoint=True)


def _conversion_answer(facts: Facts) -> _Answer:
    staged, goal = facts.figures.staged, goal_stage(facts)
    reached = units_met(staged.log, np.where(staged.stage == goal, 0, -1).astype(np.int32), 1)[0]
    asked = reach_question(step_of_stages(staged, [goal]), None, facts.unit, facts.segment)
    counted = proportion(reached, facts.figures.persons)
    return _reached(facts, counted, asked, start=None, end=staged.stages[goal].name)


def _reached(facts: Facts, counted: Proportion, asked: Asked, *, start: Text | None, end: Text) -> _Answer:
    def say(language: Language) -> str:
        people = of_units(counted.of, facts.counted, language).capitalize()
        name, figures = end.said_in(language), count_with_share(counted, language)
        if language is Language.RU:
            where = f" на этапе «{start.said_in(language)}»" if start else ""
            came = _ONE_CAME[facts.counted] if counted.count == 1 else "дошли"
            return f"{people}{where} до этапа «{name}» {came} {figures}.{_loss_words(facts, language)}"
        where = f" at “{start.said_in(language)}”" if start else ""
        return f"{people}{where}, {figures} reached “{name}”.{_loss_words(facts, language)}"

    figure = share("reach", counted, figures=facts.figures, asked=asked, sources=facts.event_files)
    return _Answer(in_both(say), (figure,))


def _befallen(facts: Facts, counted: Proportion, asked: Asked, *, start: Text, end: Text) -> _Answer:
    """Of those whom something befell (a term that came, a letter that was sent), who came back or came to the end."""
    comes_back = facts.project.goal is not None and asks_for_return(facts.project.goal.text)

    def say(language: Language) -> str:
        people = of_units(counted.of, facts.unit, language).capitalize()
        what, name = lower_first(start.said_in(language)), end.said_in(language)
        figures = count_with_share(counted, language)
        if language is Language.RU:
            came = f"вернулись {figures}" if comes_back else f"до шага «{name}» дошли {figures}"
            return f"{people}, у кого {what}, {came}.{_loss_words(facts, language)}"
        came = f"{figures} came back" if comes_back else f"{figures} reached “{name}”"
        return f"{people} whose {what}, {came}.{_loss_words(facts, language)}"

    figure = share("reach", counted, figures=facts.figures, asked=asked, sources=facts.event_files)
    return _Answer(in_both(say), (figure,))


def _return_answer(facts: Facts) -> _Answer | None:
    """Who came back within half a year, of those whose term has come; None where too few are due."""
    counted = returned(facts, days=_RETURN_DAYS)
    if counted.of < _FEW_DUE:
        return None

    def say(language: Language) -> str:
        people = of_units(counted.of, facts.counted, language).capitalize()
        figures = count_with_share(counted, language)
        if language is Language.RU:
            said = f"{people}, у кого срок наступил, за {_RETURN_DAYS} дней вернулись {figures}."
            return said + _loss_words(facts, language)
        said = f"{people} whose term has come, {figures} came back within {_RETURN_DAYS} days."
        return said + _loss_words(facts, language)

    figure = share("repeat_share", counted, figures=facts.figures, asked=None, sources=facts.event_files)
    return _Answer(in_both(say), (figure,))


def _back_so_far(facts: Facts) -> _Answer | None:
    """Who went on from the first purchase to the next one, where purchases are all that is known and the data short."""
    place = facts.figures.stages[goal_stage(facts)]
    first_at_goal = any(
        one.match and ORDINALS[0] in one.match.where.get(ORDINAL, ())
        for one in facts.figures.staged.stages[goal_stage(facts)].touchpoints
    )
    if place.went_on is None or place.persons == place.censored or not first_at_goal:
        return None
    share_on = proportion(place.went_on.count, place.persons - place.censored)

    def say(language: Language) -> str:
        people = of_units(share_on.of, facts.counted, language).capitalize()
        figures = count_with_share(share_on, language)
        if language is Language.RU:
            back = "вернулся" if share_on.count == 1 else "вернулись"
            return f"{people}, у кого было время вернуться, {back} {figures}.{_loss_words(facts, language)}"
        return f"{people} who have had time to come back, {figures} did.{_loss_words(facts, language)}"

    figure = share("conversion", share_on, figures=facts.figures, asked=None, sources=facts.event_files)
    return _Answer(in_both(say), (figure,))


def returned(facts: Facts, *, days: int) -> Proportion:
    """Units that reached the goal again, a day or more after the first time and within the term that is over."""
    staged = facts.figures.staged
    log, goal = staged.log, goal_stage(facts)
    counts = _buys_again(facts) if ORDINAL in log.properties else staged.stage == goal
    units, times = log.unit_of_event()[counts], log.time[counts]
    first = np.full(log.units, np.iinfo(np.int64).max, dtype=np.int64)
    np.minimum.at(first, units, times)
    since = times - first[units]
    back = np.zeros(log.units, dtype=bool)
    back[units[(since >= DAY_MS) & (since <= days * DAY_MS)]] = True
    due = (first != np.iinfo(np.int64).max) & (first <= log.as_of - days * DAY_MS)
    return proportion(int(np.count_nonzero(back & due)), int(np.count_nonzero(due)))


def _buys_again(facts: Facts) -> NDArray[np.bool_]:
    """Any purchase, where first, second and later ones are stages of their own."""
    staged = facts.figures.staged
    aside = [number for number, spec in enumerate(staged.stages) if kind_of_stage(spec) in ASIDE]
    return (staged.stage >= 0) & ~np.isin(staged.stage, aside)


def _loss_words(facts: Facts, language: Language) -> str:
    loss = main_loss(facts)
    if loss is None:
        return ""
    said = lower_first(loss.said_in(language))
    return f" Главная потеря: {said}." if language is Language.RU else f" The main loss: {said}."
