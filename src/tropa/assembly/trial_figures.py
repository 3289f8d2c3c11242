"""The figures that a change is judged by, in each window of days and group of people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tropa.analysis.before_after import BeforeAfterQuery, came_in
from tropa.assembly.purchases import goal_of_stages, place_of_stage, purchases
from tropa.domain.evidence import MarkKind
from tropa.domain.project import ChangeSpec, Project, StageSpec
from tropa.domain.text import Text
from tropa.events.days import local_date, midnight_of
from tropa.events.fold import Engine
from tropa.events.groups import EVERYBODY, Among, GroupRule
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.insight.effects import Score
from tropa.insight.touched import stage_of
from tropa.stats.proportions import Proportion, proportion
from tropa.texts.document import Feedback, Voice

DAY = timedelta(days=1)
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
class Study:
    """What changes are judged from."""

    log: EventLog
    project: Project
    stages: tuple[StageSpec, ...]
    feedback: tuple[Feedback, ...]
    terms: Terms
    engine: Engine

    @property
    def goal(self) -> int:
        """The number of the goal's stage."""
        return goal_of_stages(self.stages)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day of the log."""
        log = self.log
        return local_date(int(log.time.min()), log.timezone), local_date(log.as_of, log.timezone)


Found = tuple[Metric, Text, int, Sequence[Sequence[Figure]]]


def measured(
    study: Study, change: ChangeSpec, group: Among | None, windows: Windows, *, by_chance: bool = False
) -> Iterator[Found]:
    """Each figure in each window and group; figures that nobody gave are left out."""
    groups: GroupRule = group or EVERYBODY
    goal, terms = study.goal, study.terms
    for stage, start, end in _stretches(study, change):
        query = BeforeAfterQuery(
            start=start[0],
            end=end[0],
            windows=in_ms(windows, study.log),
            groups=groups,
            within=terms.within,
            open_count=by_chance,
        )
        yield Metric.CONVERSION, _way_name(start[1], end[1]), stage, came_in(study.log, query, study.engine)
    bought = purchases(study.log, study.stages)
    again = BeforeAfterQuery(
        start=bought,
        end=bought,
        windows=in_ms(windows, study.log),
        groups=groups,
        within=terms.again,
        gap=DAY,
        open_count=by_chance,
    )
    repeats = came_in(study.log, again, study.engine)
    if any(one.count for side in repeats for one in side):
        yield Metric.REPEAT, Text(ru="Купили ещё раз", en="Bought again"), goal, repeats
    codes = None if group is None else group.on(study.log)
    for metric, words, read in (
        (Metric.NPS, Text(ru="NPS", en="NPS"), nps_of),
        (Metric.REVIEWS, Text(ru="Низкие оценки в отзывах", en="Low marks in reviews"), _reviews),
    ):
        sides = [[read(said_in(study, window, codes, place)) for place in range(groups.count)] for window in windows]
        if any(one.of for side in sides for one in side):
            yield metric, words, goal, sides


def _stretches(study: Study, change: ChangeSpec) -> list[tuple[int, Named, Named]]:
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


def in_ms(windows: Windows, log: EventLog) -> tuple[tuple[int, int], ...]:
    """The windows in UTC ms, by the days of the log's zone."""
    return tuple((midnight_of(one, log.timezone), midnight_of(other, log.timezone)) for one, other in windows)


def said_in(study: Study, window: tuple[date, date], codes: Codes | None, group: int) -> list[Feedback]:
    """What customers of a group said in the days; without groups everybody's voice counts."""
    return [
        one
        for one in study.feedback
        if one.voice is Voice.CUSTOMER
        and one.written_at is not None
        and window[0] <= one.written_at.date() < window[1]
        and (codes is None or (one.unit is not None and int(codes[one.unit]) == group))
    ]


def nps_of(said: Sequence[Feedback]) -> Score:
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
