"""Every dated change and every experiment judged: conversion, coming back, NPS, reviews before and after."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from tropa.analysis.before_after import BeforeAfterQuery, came_in, came_to_each
from tropa.assembly.purchases import goal_of_stages, place_of_stage, purchases
from tropa.domain.journeymap import Match
from tropa.domain.project import ChangeSpec, MarkKind, Project, StageSpec
from tropa.domain.text import Text
from tropa.events.days import local_date, midnight_of
from tropa.events.fold import ONE_BY_ONE, Engine
from tropa.events.groups import EVERYBODY, Among, GroupRule
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.events.staged import Matched, StagedPlaces
from tropa.insight.effects import Against, Effect, Outcome, Score, outcome_of, score_effect, share_effect
from tropa.insight.touched import Trial, group_of, is_random, stage_of, trials_of
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import Proportion, proportion
from tropa.texts.document import Feedback, Voice

YEAR = timedelta(days=364)
"""A year back on the same day of the week."""
FEWEST_BEFORE, FEWEST_AFTER = 14, 7
_DAY = timedelta(days=1)
_PROMOTER, _DETRACTOR = 9, 6
_LOW_MARK = 0.3
Figure = Proportion | Score
Windows = tuple[tuple[date, date], ...]


class Metric(StrEnum):
    """What a change is judged by."""

    CONVERSION = "conversion"
    REPEAT = "repeat"
    NPS = "nps"
    REVIEWS = "reviews"


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


Named = tuple[PlaceRule, Text]
"""A place with its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How long before and after is looked at, and how long people have to come and to come back."""

    around: timedelta = timedelta(weeks=8)
    within: timedelta = timedelta(days=30)
    again: timedelta = timedelta(days=90)
    start: Named | None = None
    end: Named | None = None


@dataclass(frozen=True, slots=True)
class _Study:
    log: EventLog
    project: Project
    stages: tuple[StageSpec, ...]
    feedback: tuple[Feedback, ...]
    terms: Terms
    engine: Engine

    @property
    def goal(self) -> int:
        return goal_of_stages(self.stages)

    @property
    def days(self) -> tuple[date, date]:
        log = self.log
        return local_date(int(log.time.min()), log.timezone), local_date(log.as_of, log.timezone)


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
    study = _Study(log, project, tuple(stages), tuple(feedback), Terms(), engine)
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
    study = _Study(log, project, tuple(stages), tuple(feedback), terms, engine)
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


def _judge_trial(study: _Study, trial: Trial) -> JudgedChange:
    """Those with the change against those without it, since it began; both have had the same time."""
    spec, (_, last) = trial.name, study.days
    change = trial.change or ChangeSpec(date=trial.since, name=spec.name)
    group = Among(spec.property, spec.cure)
    windows: Windows = ((trial.since, last + _DAY),)
    figures = []
    long = replace(study, terms=replace(study.terms, again=max(study.terms.again, last + _DAY - trial.since)))
    for metric, name, stage, sides in _measured(long, change, group, windows, by_chance=True):
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


def _waves(study: _Study, trial: Trial) -> list[Judged]:
    """NPS of all answers before the experiment and since: what a company looks at, with nothing to compare it with."""
    first = min((one.written_at.date() for one in study.feedback if one.written_at is not None), default=trial.since)
    windows = ((first, trial.since), (trial.since, study.days[1] + _DAY))
    before, after = (_nps(_said(study, window, None, 0)) for window in windows)
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


def _steps(study: _Study, group: Among, windows: Windows) -> Iterator[Judged]:
    """Of all who began since, how many met each touchpoint in time, with the change and without it."""
    touchpoints = [(number, one) for number, stage in enumerate(study.stages) for one in stage.touchpoints]
    query = BeforeAfterQuery(
        start=Matched(((Match(event=("*",)),),)),
        end=StagedPlaces(study.stages),
        windows=_in_ms(windows, study.log),
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


def _judge_change(study: _Study, change: ChangeSpec) -> JudgedChange | None:
    """The same length of time after as there is before, at most; None where there is too little of either."""
    first, last = study.days
    end = min(last + _DAY, change.date + study.terms.around, *([change.until + _DAY] if change.until else []))
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
    for metric, name, stage, sides in _measured(study, change, group, windows):
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
        last=end - _DAY,
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


Found = tuple[Metric, Text, int, Sequence[Sequence[Figure]]]


def _measured(
    study: _Study, change: ChangeSpec, group: Among | None, windows: Windows, *, by_chance: bool = False
) -> Iterator[Found]:
    """Each figure in each window and group; figures that nobody gave are left out."""
    groups: GroupRule = group or EVERYBODY
    goal, terms = study.goal, study.terms
    for stage, start, end in _stretches(study, change):
        query = BeforeAfterQuery(
            start=start[0],
            end=end[0],
            windows=_in_ms(windows, study.log),
            groups=groups,
            within=terms.within,
            open_count=by_chance,
        )
        yield Metric.CONVERSION, _way_name(start[1], end[1]), stage, came_in(study.log, query, study.engine)
    bought = purchases(study.log, study.stages)
    again = BeforeAfterQuery(
        start=bought,
        end=bought,
        windows=_in_ms(windows, study.log),
        groups=groups,
        within=terms.again,
        gap=_DAY,
        open_count=by_chance,
    )
    repeats = came_in(study.log, again, study.engine)
    if any(one.count for side in repeats for one in side):
        yield Metric.REPEAT, Text(ru="Купили ещё раз", en="Bought again"), goal, repeats
    codes = None if group is None else group.on(study.log)
    for metric, words, read in (
        (Metric.NPS, Text(ru="NPS", en="NPS"), _nps),
        (Metric.REVIEWS, Text(ru="Низкие оценки в отзывах", en="Low marks in reviews"), _reviews),
    ):
        sides = [[read(_said(study, window, codes, place)) for place in range(groups.count)] for window in windows]
        if any(one.of for side in sides for one in side):
            yield metric, words, goal, sides


def _stretches(study: _Study, change: ChangeSpec) -> list[tuple[int, Named, Named]]:
    """From where the change was made to the goal; a change of no place is judged by the last step to it.

    With the whole way: what helps at one step may only move people to lose them later.
    """
    goal, place = study.goal, stage_of(change, study.stages)
    starts = [place if place is not None and place < goal else max(goal - 1, 0)]
    asked = study.terms.start, study.terms.end
    starts += [0] if starts[0] and asked == (None, None) else []
    if not goal and asked == (None, None):
        return []
    return [(one, asked[0] or _named(study.stages[one]), asked[1] or _named(study.stages[goal])) for one in starts]


def _named(stage: StageSpec) -> Named:
    return place_of_stage(stage), stage.name


def _way_name(start: Text, end: Text) -> Text:
    return Text(
        ru=f"Из «{start.ru or start.en}» в «{end.ru or end.en}»", en=f"“{start.en or start.ru}” to “{end.en or end.ru}”"
    )


def _in_ms(windows: Windows, log: EventLog) -> tuple[tuple[int, int], ...]:
    return tuple((midnight_of(one, log.timezone), midnight_of(other, log.timezone)) for one, other in windows)


def _said(study: _Study, window: tuple[date, date], codes: Codes | None, group: int) -> list[Feedback]:
    """What customers of a group said in the days; without groups everybody's voice counts."""
    return [
        one
        for one in study.feedback
        if one.voice is Voice.CUSTOMER
        and one.written_at is not None
        and window[0] <= one.written_at.date() < window[1]
        and (codes is None or (one.unit is not None and int(codes[one.unit]) == group))
    ]


def _nps(said: Sequence[Feedback]) -> Score:
    """Promoters less detractors, in points, one mark a row."""
    marks = [mark.rating.value for one in said for mark in one.marks if mark.kind is MarkKind.NPS]
    each = [100.0 * ((mark >= _PROMOTER) - (mark <= _DETRACTOR)) for mark in marks]
    return _score(each)


def _reviews(said: Sequence[Feedback]) -> Proportion:
    """Reviews with one or two stars of five, or as low on another scale."""
    rated = [
        (mark.rating.value - mark.rating.scale[0]) / (mark.rating.scale[1] - mark.rating.scale[0])
        for one in said
        for mark in one.marks
        if mark.kind is MarkKind.STARS
    ]
    return proportion(sum(one <= _LOW_MARK for one in rated), len(rated))


def _score(each: Sequence[float]) -> Score:
    if not each:
        return Score(0.0, 0, 0.0)
    mean = sum(each) / len(each)
    return Score(mean, len(each), sum((one - mean) ** 2 for one in each) / max(1, len(each) - 1))
