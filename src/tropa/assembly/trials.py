"""Every dated change and every experiment judged: conversion, coming back, NPS, reviews before and after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tropa.analysis.before_after import BeforeAfterQuery, came_to_each
from tropa.assembly.trial_figures import DAY, Figure, Metric, Study, Terms, Windows, in_ms, measured, nps_of, said_in
from tropa.domain.journeymap import Match
from tropa.domain.project import ChangeSpec, Project, StageSpec
from tropa.domain.text import Text
from tropa.events.fold import ONE_BY_ONE, Engine
from tropa.events.groups import Among
from tropa.events.log import EventLog
from tropa.events.staged import Matched, StagedPlaces
from tropa.insight.effects import Against, Effect, Outcome, Score, outcome_of, score_effect, share_effect
from tropa.insight.touched import Trial, group_of, is_random, trials_of
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import Proportion
from tropa.texts.document import Feedback

YEAR = timedelta(days=364)
"""A year back on the same day of the week."""
FEWEST_BEFORE, FEWEST_AFTER = 14, 7


MORE_IS_BETTER = {Metric.CONVERSION: True, Metric.REPEAT: True, Metric.NPS: True, Metric.REVIEWS: False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One figure of one change. `before` of an experiment is those without it, `after` those with it."""

    metric: Metric
    name: Text
    stage: int
    before: Figure
    after: Figure
    other: tuple[Figure, Figure] | None
    against: Against
    effect: Effect | None
    q_value: float | None = None

    @property
    def outcome(self) -> Outcome:
        """What may be said of it."""
        return outcome_of(self.effect, more_is_better=MORE_IS_BETTER[self.metric], q_value=self.q_value)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedChange:
    """A change, or a `trial` of one with a random half; days from `first` to `last` are looked at after it.

    `steps`, of a trial: of all who began, how many met each touchpoint. `beside`: other changes in the same weeks,
    which may be what is seen.
    """

    change: ChangeSpec
    trial: Trial | None
    first: date
    last: date
    days_before: int
    group: Among | None
    figures: tuple[Judged, ...]
    steps: tuple[Judged, ...] = ()
    beside: tuple[ChangeSpec, ...] = ()


def judge_trials(
    log: EventLog,
    project: Project,
    stages: Sequence[StageSpec],
    feedback: Sequence[Feedback],
    engine: Engine = ONE_BY_ONE,
) -> tuple[JudgedChange, ...]:
    """The experiments alone, in the usual terms: what a map shows."""
    if not log.size or not stages:
        return ()
    study = Study(log, project, tuple(stages), tuple(feedback), Terms(), engine)
    return _corrected([_judge_trial(study, one) for one in trials_of(project, log)])


def judge_changes(
    log: EventLog,
    project: Project,
    stages: Sequence[StageSpec],
    feedback: Sequence[Feedback],
    terms: Terms,
    engine: Engine = ONE_BY_ONE,
) -> tuple[JudgedChange, ...]:
    """Every change with days enough around it, experiments first; q-values are over all figures."""
    if not log.size or not stages:
        return ()
    study = Study(log, project, tuple(stages), tuple(feedback), terms, engine)
    trials = trials_of(project, log)
    tried = [_judge_trial(study, one) for one in trials]
    of_trials = {one.change for one in trials if one.change is not None}
    dated = [one for one in project.changes if one not in of_trials and not is_random(one)]
    judged = [found for one in dated if (found := _judge_change(study, one)) is not None]
    return _corrected([*tried, *sorted(judged, key=lambda one: one.change.date)])


def _corrected(judged: Sequence[JudgedChange]) -> tuple[JudgedChange, ...]:
    """Steps are corrected among themselves: there are many, and they are looked through, not asked for."""
    return tuple(
        replace(change, figures=figures, steps=_with_q(change.steps))
        for change, figures in zip(
            judged, _split(_with_q([f for one in judged for f in one.figures]), judged), strict=True
        )
    )


def _with_q(figures: Sequence[Judged]) -> tuple[Judged, ...]:
    chances = [one.effect.p_value for one in figures if one.effect is not None]
    q_values = iter(benjamini_hochberg(chances).tolist() if chances else ())

    return tuple(one if one.effect is None else replace(one, q_value=float(next(q_values))) for one in figures)


def _split(figures: Sequence[Judged], judged: Sequence[JudgedChange]) -> list[tuple[Judged, ...]]:
    """The figures given back to their changes."""
    rest = iter(figures)
    return [tuple(next(rest) for _ in one.figures) for one in judged]


def _judge_trial(study: Study, trial: Trial) -> JudgedChange:
    """Those with the change against those without it, since it began; both have had the same time."""
    spec, (_, last) = trial.name, study.days
    change = trial.change or ChangeSpec(date=trial.since, name=spec.name)
    group = Among(spec.property, spec.cure)
    windows: Windows = ((trial.since, last + DAY),)
    figures = []
    long = replace(study, terms=replace(study.terms, again=max(study.terms.again, last + DAY - trial.since)))
    for metric, name, stage, sides in measured(long, change, group, windows, by_chance=True):
        (cured, usual), *_ = sides
        effect = _effect(usual, cured, None, Against.RANDOM)
        figures.append(
            Judged(
                metric=metric,
                name=name,
                stage=stage,
                before=usual,
                after=cured,
                other=None,
                against=Against.RANDOM,
                effect=effect,
            )
        )
    figures += _waves(study, trial)
    return JudgedChange(
        change=change,
        trial=trial,
        first=trial.since,
        last=last,
        days_before=0,
        group=group,
        figures=tuple(figures),
        steps=tuple(_steps(study, group, windows)),
    )


def _waves(study: Study, trial: Trial) -> list[Judged]:
    """NPS of all answers before the experiment and since: what a company looks at, with nothing to compare it with."""
    first = min((one.written_at.date() for one in study.feedback if one.written_at is not None), default=trial.since)
    windows = ((first, trial.since), (trial.since, study.days[1] + DAY))
    before, after = (nps_of(said_in(study, window, None, 0)) for window in windows)
    if not (before.of and after.of):
        return []
    return [
        Judged(
            metric=Metric.NPS,
            name=Text(ru="NPS всех, до и после", en="NPS of all, before and after"),
            stage=study.goal,
            before=before,
            after=after,
            other=None,
            against=Against.NOBODY,
            effect=_effect(before, after, None, Against.NOBODY),
        )
    ]


def _steps(study: Study, group: Among, windows: Windows) -> Iterator[Judged]:
    """Of all who began since, how many met each touchpoint in time, with the change and without it."""
    touchpoints = [(number, one) for number, stage in enumerate(study.stages) for one in stage.touchpoints]
    query = BeforeAfterQuery(
        start=Matched(((Match(event=("*",)),),)),
        end=StagedPlaces(study.stages),
        windows=in_ms(windows, study.log),
        groups=group,
        within=study.terms.within,
        open_count=True,
    )
    for (stage, touchpoint), sides in zip(touchpoints, came_to_each(study.log, query, study.engine), strict=True):
        (cured, usual), *_ = sides
        effect = _effect(usual, cured, None, Against.RANDOM)
        if effect is not None:
            yield Judged(
                metric=Metric.CONVERSION,
                name=touchpoint.name,
                stage=stage,
                before=usual,
                after=cured,
                other=None,
                against=Against.RANDOM,
                effect=effect,
            )


def _judge_change(study: Study, change: ChangeSpec) -> JudgedChange | None:
    """The same length of time after as there is before, at most; None where there is too little of either."""
    first, last = study.days
    end = min(last + DAY, change.date + study.terms.around, *([change.until + DAY] if change.until else []))
    start = max(first, change.date - study.terms.around)
    before, after = (change.date - start).days, (end - change.date).days
    if before < FEWEST_BEFORE or after < FEWEST_AFTER:
        return None
    group = group_of(change, study.log)
    against = Against.UNTOUCHED if group else Against.LAST_YEAR if start - YEAR >= first else Against.NOBODY
    windows: Windows = ((start, change.date), (change.date, end))
    if against is Against.LAST_YEAR:
        windows = (*windows, *((one - YEAR, other - YEAR) for one, other in windows))
    figures = []
    for metric, name, stage, sides in measured(study, change, group, windows):
        was, now = sides[0][0], sides[1][0]
        other = _other(sides, against)
        figures.append(
            Judged(
                metric=metric,
                name=name,
                stage=stage,
                before=was,
                after=now,
                other=other,
                against=against,
                effect=_effect(was, now, other, against),
            )
        )
    beside = tuple(
        one for one in study.project.changes if one is not change and start <= one.date < end and one != change
    )
    return JudgedChange(
        change=change,
        trial=None,
        first=change.date,
        last=end - DAY,
        days_before=before,
        group=group,
        figures=tuple(figures),
        beside=beside,
    )


def _other(sides: Sequence[Sequence[Figure]], against: Against) -> tuple[Figure, Figure] | None:
    match against:
        case Against.UNTOUCHED:
            return sides[0][1], sides[1][1]
        case Against.LAST_YEAR:
            return sides[2][0], sides[3][0]
        case _:
            return None


def _effect(before: Figure, after: Figure, other: tuple[Figure, Figure] | None, against: Against) -> Effect | None:
    if isinstance(before, Score) and isinstance(after, Score):
        scores = None if other is None else (other[0], other[1])
        assert scores is None or (isinstance(scores[0], Score) and isinstance(scores[1], Score))
        return score_effect(before, after, scores, against)  # type: ignore[arg-type]
    assert isinstance(before, Proportion)
    assert isinstance(after, Proportion)
    return share_effect(before, after, other, against)  # type: ignore[arg-type]
