"""«Сколько ждут»: from one thing to another, or between the map's stages; when waits begin; how long the work takes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.analysis.transitions import TransitionQuery, transitions
from tropa.analysis.waiting import Started, WaitQuery, WaitResult, started_waits, waits, working_times
from tropa.assembly.saying import in_both
from tropa.domain.evidence import FEW_PERSONS
from tropa.domain.text import Text
from tropa.errors import InvalidQueryError
from tropa.events.days import date_of, day_numbers, day_of, hours_of_day, week_starts
from tropa.events.lifecycle import LIFECYCLE, START
from tropa.events.meetings import units_at
from tropa.events.places import every_event_name
from tropa.events.staged import Matched, at_stages
from tropa.render import words
from tropa.render.charts.step_matrix import StepMatrix
from tropa.services.answering.answer import Answer
from tropa.services.answering.rates import timing_fields
from tropa.services.answering.scope import Scope
from tropa.services.answering.steps import read_step, step_words, term_of
from tropa.services.answering.waiting_told import WaitRow, chart, fields, notes_on, sentence, waits_table, work_table
from tropa.stats.durations import Timing

QUESTION = Text(ru="Сколько ждут", en="How long people wait")
METHOD = Text(ru="Время ожидания с открытыми случаями", en="Waiting times with open cases")
DAYS = (
    Text(ru="понедельник", en="Monday"),
    Text(ru="вторник", en="Tuesday"),
    Text(ru="среда", en="Wednesday"),
    Text(ru="четверг", en="Thursday"),
    Text(ru="пятница", en="Friday"),
    Text(ru="суббота", en="Saturday"),
    Text(ru="воскресенье", en="Sunday"),
)
BETWEEN = Text(ru="Между чем", en="Between")
_BY_DAY = Text(ru="По дню начала", en="By the day it begins")
_BY_HOUR = Text(ru="По часу начала", en="By the hour it begins")
_BY_WEEK = Text(ru="По неделям", en="By week")
_SPAN, _WENT = 3, 0.1


def waiting(
    scope: Scope,
    *,
    start: str | Sequence[str] | None = None,
    to: str | Sequence[str] | None = None,
    limit: str | None = None,
) -> Answer:
    """How long it takes from a first event `start` to a first `to` after it; without them between the map's stages.

    `limit`: what counts as long; otherwise what nine in ten of those who got there took at most.
    Raises InvalidQueryError for an event that the data do not have.
    """
    if (start is None) != (to is None):
        raise InvalidQueryError("A wait has two ends.", "Name both: --from and --to; or neither, for all stages.")
    most = None if limit is None else term_of(limit)
    if start is None or to is None:
        return _between_stages(scope, most)
    return _between(scope, start, to, most)


def _between(scope: Scope, start: str | Sequence[str], to: str | Sequence[str], limit: timedelta | None) -> Answer:
    ends = (read_step(scope.log, start), read_step(scope.log, to))
    query = WaitQuery(Matched((ends[0].step.any_of, ends[1].step.any_of)))
    found = started_waits(scope.log, query, scope.engine)
    names = [step_words(scope, one) for one in ends]
    name = Text(ru=f"{names[0].ru} › {names[1].ru}", en=f"{names[0].en} › {names[1].en}")
    row = _row("wait", name, found.all(), limit)
    most = limit if limit is not None else _limit_of(row.wait)
    weekday, hour, week = _calendar(found, scope.log.timezone)
    days = _grouped(found, weekday, [(str(number + 1), name) for number, name in enumerate(DAYS)], most)
    hours = _grouped(found, hour, [(str(number), _hour_name(number)) for number in range(24)], most)
    starts = np.unique(week)
    weeks = _grouped(found, np.searchsorted(starts, week), [_week_named(one) for one in starts.tolist()], most)
    weeks = [replace(one, is_open=_may_change(one.key, found, most, scope.log.timezone)) for one in weeks]
    parts = (("weekdays", _BY_DAY, days), ("hours", _BY_HOUR, hours), ("weeks", _BY_WEEK, weeks))
    return _answer(scope, [row], most, parts, _heat(found, weekday, hour, most))


def _between_stages(scope: Scope, limit: timedelta | None) -> Answer:
    stages = scope.stages()
    if len(stages) < 2:
        raise InvalidQueryError("The map has no two stages to wait between.", "Name both ends: --from and --to.")
    rows = []
    for source, target in _ways(scope):
        one, other = stages[source], stages[target]
        ends = tuple(
            tuple(point.match for point in stage.touchpoints if point.match is not None) for stage in (one, other)
        )
        name = Text(ru=f"{one.name.ru} › {other.name.ru}", en=f"{one.name.en} › {other.name.en}")
        wait = waits(scope.log, WaitQuery(Matched(ends)), scope.engine)
        rows.append(_row(f"{one.key}>{other.key}", name, wait, limit))
    rows.sort(key=lambda row: -(row.wait.timing.median_seconds if row.wait.timing else -1))
    return _answer(scope, rows, limit, (), None)


def _ways(scope: Scope) -> list[tuple[int, int]]:
    """From a stage to a later one, where at least a tenth of those at the first go straight there."""
    moves = transitions(scope.log, TransitionQuery(at_stages(scope.stages()), collapse=True), scope.engine)
    staged = scope.staged()
    at = units_at(scope.log, staged.stage, len(staged.stages)).tolist()
    pairs = zip(moves.source.tolist(), moves.target.tolist(), moves.persons.tolist(), strict=True)
    return [
        (source, target)
        for source, target, persons in pairs
        if target > source and persons >= max(FEW_PERSONS, _WENT * at[source])
    ]


def _row(key: str, name: Text, wait: WaitResult, limit: timedelta | None) -> WaitRow:
    most = limit if limit is not None else _limit_of(wait)
    longer = None if most is None or wait.still_waiting is None else wait.still_waiting.at(most.total_seconds())
    return WaitRow(key, name, wait, longer)


def _limit_of(wait: WaitResult) -> timedelta | None:
    return None if wait.timing is None else timedelta(seconds=wait.timing.p90_seconds)


def _calendar(found: Started, timezone: str) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The weekday (0 = Monday), the hour and the Monday before of each beginning, where people live."""
    days = day_numbers(found.began, timezone)
    return (days + 3) % 7, hours_of_day(found.began, timezone), week_starts(days)


def _grouped(
    found: Started, group: NDArray[np.int64], names: Sequence[tuple[str, Text]], limit: timedelta | None
) -> list[WaitRow]:
    rows = [_row(key, name, found.only(group == number), limit) for number, (key, name) in enumerate(names)]
    return [row for row in rows if row.begun]


def _may_change(week: str, found: Started, limit: timedelta | None, timezone: str) -> bool:
    """Whether somebody who began in this week has not waited as long as the limit yet."""
    last = int(day_numbers(np.array([found.as_of], dtype=np.int64), timezone)[0])
    return day_of(date.fromisoformat(week) + timedelta(days=7) + (limit or timedelta(0))) > last


def _hour_name(number: int) -> Text:
    return Text(ru=f"{number}:00", en=f"{number}:00")


def _week_named(start: int) -> tuple[str, Text]:
    day = date_of(start)
    return day.isoformat(), in_both(lambda language: words.day(day, language, year=True))


def _heat(
    found: Started, weekday: NDArray[np.int64], hour: NDArray[np.int64], limit: timedelta | None
) -> StepMatrix | None:
    """The share that waits longer than the limit, by weekday and three hours of the day."""
    if limit is None:
        return None
    blocks = range(24 // _SPAN)
    rows = tuple(
        tuple(_heat_of(found, (weekday == day) & (hour // _SPAN == block), limit) for block in blocks)
        for day in range(7)
    )
    heads = tuple(
        Text(ru=f"{_SPAN * one}–{_SPAN * one + _SPAN}", en=f"{_SPAN * one}–{_SPAN * one + _SPAN}") for one in blocks
    )
    return StepMatrix(DAYS, heads, rows)


def _heat_of(found: Started, keep: NDArray[np.bool_], limit: timedelta) -> float | None:
    if int(np.count_nonzero(keep)) < FEW_PERSONS:
        return None
    return found.only(keep).waited_longer(limit)


def _answer(
    scope: Scope,
    rows: Sequence[WaitRow],
    limit: timedelta | None,
    parts: Sequence[tuple[str, Text, Sequence[WaitRow]]],
    heat: StepMatrix | None,
) -> Answer:
    work = _work(scope)
    tables = [waits_table("waits", QUESTION, BETWEEN, rows, scope.unit)]
    tables += [waits_table(key, name, name, kept, scope.unit) for key, name, kept in parts]
    if work:
        tables.append(work_table(work))
    return Answer(
        key="waiting",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: sentence(rows, limit, scope.unit, language)),
        result=tuple(row.wait for row in rows),
        document={
            "limit_seconds": None if limit is None else round(limit.total_seconds(), 3),
            "waits": [fields(row) for row in rows],
            **{key: [fields(row) for row in kept] for key, _, kept in parts},
            "work": [{"name": key, **(timing_fields(timing) or {})} for key, _, timing in work],
        },
        tables=tuple(tables),
        chart=chart(rows, parts, heat, work),
        notes=notes_on(rows, parts, bool(work), limit),
    )


def _work(scope: Scope) -> list[tuple[str, Text, Timing]]:
    """The kinds of work of which the data say when they were started and completed, the longest first."""
    column = None if scope.work is None else scope.work.properties.get(LIFECYCLE)
    if scope.work is None or column is None or column.code_of(START) < 0:
        return []
    keys = scope.work.event.values
    said = scope.words_for(keys)
    times = working_times(scope.work, every_event_name(scope.work), scope.engine)
    found = [(key, said[key], timing) for key, timing in zip(keys, times, strict=True) if timing is not None]
    return sorted(found, key=lambda one: (-one[2].median_seconds, one[0]))
