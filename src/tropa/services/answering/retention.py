"""«Кто возвращается»: who does it again, within which term, how long until the second time, by when people began."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tropa.analysis.cohorts import LAST_TERM, CohortQuery, Cohorts, cohorts
from tropa.analysis.retention import RetentionQuery, RetentionResult, retention
from tropa.assembly.saying import count_with_share, in_both, of_units
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.journeymap import Match
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError, told
from tropa.events.days import date_of, day_numbers, month_starts, week_starts
from tropa.events.log import NO_AMOUNT
from tropa.events.staged import Matched
from tropa.render import words
from tropa.render.charts.panels import Panel, Panels
from tropa.render.charts.return_curve import ReturnCurve
from tropa.render.charts.step_matrix import StepMatrix
from tropa.services.answering.answer import Answer, Column, Table
from tropa.services.answering.goals import Place, goal_of
from tropa.services.answering.rates import (
    FEW,
    INTERVAL,
    SHARE,
    persons_column,
    share_cells,
    share_fields,
    timing_fields,
)
from tropa.services.answering.scope import Scope
from tropa.services.answering.steps import term_of
from tropa.stats.durations import Survival
from tropa.stats.proportions import Proportion

QUESTION = Text(ru="Кто возвращается", en="Who comes back")
METHOD = Text(ru="Удержание и время до второго раза", en="Retention, and time to the second time")
BY = {"month": month_starts, "week": week_starts}
_COHORTS = Text(ru="По времени первого раза", en="By when the first time was")
_TERMS = Text(ru="По срокам", en="By term")
_CURVE = Text(ru="Вернулись к этому времени", en="Back by this time")
_MOST_TERMS, _MOST_COHORTS, _POINTS = 12, 14, 200


@dataclass(frozen=True, slots=True)
class _Cohort:
    start: int
    persons: int
    back: tuple[Proportion, ...]


@dataclass(frozen=True, slots=True)
class Returns:
    """Coming back at all, and in which term."""

    all: RetentionResult
    cohorts: Cohorts


def returns(scope: Scope, *, event: str | Sequence[str] | None = None, term: str = "30d", by: str = "month") -> Answer:
    """Who, after a first `event` (else the map's goal), does it again; cohorts by `by` (month or week) of the first.

    Raises InvalidQueryError for an event that the data do not have.
    """
    if by not in BY:
        raise InvalidQueryError(told("Cohorts are not made by “{by}”.", by=by), "Allowed: month, week.")
    place, length = _again(scope, event), term_of(term)
    all_of_them = retention(scope.log, RetentionQuery(place.rule, length), scope.engine)
    found = Returns(all_of_them, cohorts(scope.log, CohortQuery(place.rule, length), scope.engine))
    made, count = _made(scope, found.cohorts, by), _terms_seen(found.cohorts)
    return Answer(
        key="retention",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(found.all, place, length.total_seconds(), scope.unit, language)),
        result=found,
        document=_document(found, made, count, by),
        tables=(_terms_table(found.cohorts, count, scope.unit), _cohort_table(made, scope.unit)),
        chart=_chart(found, made, by),
        notes=_notes(found.all, length.total_seconds(), made),
    )


def _again(scope: Scope, event: str | Sequence[str] | None) -> Place:
    """What was named; else the event at the goal that most money came with, else the goal's last touchpoint.

    A goal of several steps, such as an order begun and paid, would be its own return within a minute.
    """
    goal, stages = goal_of(scope, event or None), scope.stages()
    if event:
        return goal
    if scope.log.amount is not None:
        paid = (scope.log.amount != NO_AMOUNT) & (goal.rule.on(scope.log).of_events() == 0)
        times = np.bincount(scope.log.event.codes[paid], minlength=1)
        if times.any():
            name = scope.log.event.values[int(np.argmax(times))]
            return Place(Matched(((Match(event=(name,)),),)), scope.words_for([name])[name])
    stage = next((one for one in stages if one.goal), stages[-1])
    ends = [(one.match, one.name) for one in stage.touchpoints if one.match is not None]
    return Place(Matched(((ends[-1][0],),)), ends[-1][1]) if ends else goal


def _terms_seen(found: Cohorts) -> int:
    """How many terms are over for anybody."""
    if not len(found.began):
        return 0
    return int(min((found.as_of - int(found.began[0])) // found.term, _MOST_TERMS, LAST_TERM))


def _made(scope: Scope, found: Cohorts, by: str) -> tuple[_Cohort, ...]:
    starts = BY[by](day_numbers(found.began, scope.log.timezone))
    made = []
    for start in np.unique(starts).tolist():
        keep = starts == start
        shares = [found.back_in(term, keep) for term in range(_terms_seen(found))]
        made.append(_Cohort(start, int(keep.sum()), tuple(one for one in shares if one.of == int(keep.sum()))))
    return tuple(made)


def _sentence(result: RetentionResult, place: Place, term: float, unit: str, language: Language) -> str:
    again, time = place.name.said_in(language), words.duration(term, language)
    of = of_units(result.returned.of, unit, language)
    if not result.returned.of:
        if language is Language.RU:
            return f"После первого «{again}» срок {time} ещё ни у кого не вышел: судить рано."
        return f"The term of {time} after the first “{again}” is over for nobody yet: too early to tell."
    share = count_with_share(result.returned, language)
    if language is Language.RU:
        return (
            f"Снова «{again}» за {time} после первого раза – {share} {of}, у кого срок вышел. "
            f"{_half(result.not_returned, language)}"
        )
    return (
        f"Within {time} after the first “{again}”, {share} {of} whose term is over did it again. "
        f"{_half(result.not_returned, language)}"
    )


def _half(curve: Survival | None, language: Language) -> str:
    median = None if curve is None else curve.median
    if median is None:
        least = 1.0 if curve is None or not len(curve.share) else float(curve.share[-1])
        back = words.percent(1 - least, language)
        if language is Language.RU:
            return f"Половина второго раза не дождалась: за всё время наблюдения вернулись {back}."
        return f"Half have not come to a second time: {back} are back in all the time seen."
    time = words.duration(median, language)
    if language is Language.RU:
        return f"Половина возвращается за {time}, считая и тех, кто ещё может вернуться."
    return f"Half are back after {time}, counting those who may yet come."


def _document(found: Returns, made: Sequence[_Cohort], count: int, by: str) -> dict[str, object]:
    curve = found.all.not_returned
    terms = [
        {"term": term + 1, "of": one.of, "back": share_fields(one), "back_since": share_fields(later)}
        for term in range(count)
        for one, later in [(found.cohorts.back_in(term), found.cohorts.back_since(term))]
    ]
    return {
        "term_seconds": found.cohorts.term // 1000,
        "returned": {
            "persons": found.all.returned.count,
            "of": found.all.returned.of,
            **share_fields(found.all.returned),
        },
        "not_yet_due": found.all.not_yet_due,
        "median_seconds": None if curve is None or curve.median is None else round(curve.median, 3),
        "seconds_to_return": timing_fields(found.all.to_return),
        "terms": terms,
        "by": by,
        "cohorts": [
            {
                "start": date_of(one.start).isoformat(),
                "persons": one.persons,
                "back": [{"persons": share.count, **share_fields(share)} for share in one.back],
            }
            for one in made
        ],
    }


def _terms_table(found: Cohorts, count: int, unit: str) -> Table:
    later = Column(Text(ru="Тогда или позже", en="Then or later"), Unit.SHARE)
    columns = (Column(Text(ru="Срок", en="Term")), persons_column(unit), SHARE, *INTERVAL, later, *INTERVAL)
    rows = tuple(
        (_term_name(term), one.of, *share_cells(one), *share_cells(found.back_since(term)))
        for term in range(count)
        for one in [found.back_in(term)]
    )
    return Table("terms", _TERMS, columns, rows)


def _term_name(term: int) -> Text:
    return Text(ru=f"{term + 1}-й", en=f"No. {term + 1}")


def _cohort_table(made: Sequence[_Cohort], unit: str) -> Table:
    widest = max((len(one.back) for one in made), default=0)
    terms = [Column(_term_name(term), Unit.SHARE) for term in range(widest)]
    columns = (Column(Text(ru="Первый раз", en="First time")), persons_column(unit), *terms)
    rows = tuple(
        (
            date_of(one.start).isoformat(),
            one.persons,
            *(_or_none(share) for share in one.back),
            *(None for _ in range(widest - len(one.back))),
        )
        for one in made
    )
    return Table("cohorts", _COHORTS, columns, rows, by_time=True)


def _or_none(share: Proportion) -> float | None:
    return share.value if share.of >= FEW_PERSONS else None


def _chart(found: Returns, made: Sequence[_Cohort], by: str) -> Panels:
    shown = [one for one in made if one.persons >= FEW_PERSONS and one.back][-_MOST_COHORTS:]
    widest = max((len(one.back) for one in shown), default=0)
    rows = tuple(tuple(share.value for share in one.back) + (None,) * (widest - len(one.back)) for one in shown)
    names = tuple(_cohort_name(one.start, by) for one in shown)
    panels = [Panel(_CURVE, ReturnCurve(_points(found.all.not_returned)))]
    if shown:
        heads = tuple(_term_name(term) for term in range(widest))
        panels.append(Panel(_COHORTS, StepMatrix(names, heads, rows)))
    return Panels(None, tuple(panels))


def _cohort_name(start: int, by: str) -> Text:
    day = date_of(start)
    if by == "month":
        return Text(ru=f"{day.month:02}.{day.year}", en=f"{day.year}-{day.month:02}")
    return in_both(lambda language: words.day(day, language, year=True))


def _points(curve: Survival | None) -> tuple[tuple[float, float, float, float], ...]:
    if curve is None or not len(curve.times):
        return ()
    kept = np.unique(np.linspace(0, len(curve.times) - 1, min(_POINTS, len(curve.times))).astype(np.int64))
    made = [(0.0, 0.0, 0.0, 0.0)]
    for i in kept.tolist():
        back, low, high = (1 - float(one[i]) for one in (curve.share, curve.high, curve.low))
        made.append((float(curve.times[i]), back, back if np.isnan(low) else low, back if np.isnan(high) else high))
    return tuple(made)


def _notes(result: RetentionResult, term: float, made: Sequence[_Cohort]) -> tuple[Text, ...]:
    notes = [in_both(lambda language: _terms_told(term, language))]
    if result.not_yet_due:
        notes.append(in_both(lambda language: _not_due(result.not_yet_due, language)))
    if any(0 < one.persons < FEW_PERSONS for one in made):
        notes.append(FEW)
    return tuple(notes)


def _terms_told(term: float, language: Language) -> str:
    time = words.duration(term, language)
    if language is Language.RU:
        return (
            f"Сроки идут подряд, каждый – {time}; «1-й» начинается с первого раза человека. "
            "Доля – из тех, у кого срок наступил и закончился; кто ещё может вернуться, не потерян."
        )
    return (
        f"Terms of {time} follow one another from a person's first time: No. 1 is the one that begins with it. "
        "Shares are of those whose term has come and is over; who may yet come back is not lost."
    )


def _not_due(count: int, language: Language) -> str:
    if language is Language.RU:
        return f"Срок ещё не вышел у {words.whole(count, language)}: в доле вернувшихся их нет."
    return f"The term of {words.whole(count, language)} is not over: they are not in the share."
