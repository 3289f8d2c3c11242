"""«Сколько ждут»: from one thing to another, or between the map's stages; when waits begin; how long the work takes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.analysis.transitions import TransitionQuery, transitions
from tropa.analysis.waiting import Started, WaitQuery, WaitResult, started_waits, waits, working_times
from tropa.assembly.saying import full_stop, in_both, of_units
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError
from tropa.events.days import date_of, day_numbers, day_of, hours_of_day, week_starts
from tropa.events.lifecycle import LIFECYCLE, START
from tropa.events.meetings import units_at
from tropa.events.places import every_event_name
from tropa.events.staged import Matched, at_stages
from tropa.render import words
from tropa.render.charts.panels import Panel, Panels
from tropa.render.charts.ranges import Range, Ranges
from tropa.render.charts.step_matrix import StepMatrix
from tropa.render.charts.trend_line import TrendLine, TrendPoint
from tropa.services.answering.answer import Answer, Cell, Column, Table
from tropa.services.answering.rates import FEW, persons_column, timing_fields
from tropa.services.answering.scope import Scope
from tropa.services.answering.steps import read_step, step_words, term_of
from tropa.stats.durations import Timing
from tropa.stats.proportions import Interval, Proportion

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
_BETWEEN = Text(ru="Между чем", en="Between")
_BY_DAY = Text(ru="По дню начала", en="By the day it begins")
_BY_HOUR = Text(ru="По часу начала", en="By the hour it begins")
_BY_WEEK = Text(ru="По неделям", en="By week")
_WORK = Text(ru="Сама работа: от начала до конца", en="The work itself: from start to end")
_HEAT = Text(ru="Ждут дольше предела: по дню и часу начала", en="Over the limit, by the day and hour it begins")
_TREND = Text(ru="Ждут дольше предела: по неделям начала", en="Over the limit, by the week it begins")
_METHODS = (Text(ru="половина за", en="half within"), Text(ru="9 из 10 за", en="9 of 10 within"))
_SPAN, _MOST_SHOWN, _WENT = 3, 12, 0.1


@dataclass(frozen=True, slots=True)
class _Row:
    """A wait with its name; `longer` than the limit, of all that have begun."""

    key: str
    name: Text
    wait: WaitResult
    longer: Interval | None
    is_open: bool = False

    @property
    def begun(self) -> int:
        return self.wait.waiting + (0 if self.wait.timing is None else self.wait.timing.of)


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


def _row(key: str, name: Text, wait: WaitResult, limit: timedelta | None) -> _Row:
    most = limit if limit is not None else _limit_of(wait)
    longer = None if most is None or wait.still_waiting is None else wait.still_waiting.at(most.total_seconds())
    return _Row(key, name, wait, longer)


def _limit_of(wait: WaitResult) -> timedelta | None:
    return None if wait.timing is None else timedelta(seconds=wait.timing.p90_seconds)


def _calendar(found: Started, timezone: str) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The weekday (0 = Monday), the hour and the Monday before of each beginning, where people live."""
    days = day_numbers(found.began, timezone)
    return (days + 3) % 7, hours_of_day(found.began, timezone), week_starts(days)


def _grouped(
    found: Started, group: NDArray[np.int64], names: Sequence[tuple[str, Text]], limit: timedelta | None
) -> list[_Row]:
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
    rows: Sequence[_Row],
    limit: timedelta | None,
    parts: Sequence[tuple[str, Text, Sequence[_Row]]],
    heat: StepMatrix | None,
) -> Answer:
    work = _work(scope)
    tables = [_table("waits", QUESTION, _BETWEEN, rows, scope.unit)]
    tables += [_table(key, name, name, kept, scope.unit) for key, name, kept in parts]
    if work:
        tables.append(_work_table(work))
    return Answer(
        key="waiting",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(rows, limit, scope.unit, language)),
        result=tuple(row.wait for row in rows),
        document={
            "limit_seconds": None if limit is None else round(limit.total_seconds(), 3),
            "waits": [_fields(row) for row in rows],
            **{key: [_fields(row) for row in kept] for key, _, kept in parts},
            "work": [{"name": key, **(timing_fields(timing) or {})} for key, _, timing in work],
        },
        tables=tuple(tables),
        chart=_chart(rows, parts, heat, work),
        notes=_notes(rows, parts, bool(work), limit),
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


def _sentence(rows: Sequence[_Row], limit: timedelta | None, unit: str, language: Language) -> str:
    known = [row for row in rows if row.wait.timing is not None and row.wait.timing.of >= FEW_PERSONS]
    if not known:
        if language is Language.RU:
            return "Данных мало: дошедших меньше 30, о времени ожидания судить рано."
        return "Not enough data: fewer than 30 got there, too few to tell how long people wait."
    row = known[0]
    said = _times_said(row, unit, language)
    if len(rows) > 1:
        return f"Дольше всего: {said}" if language is Language.RU else f"The longest: {said}"
    return said + _longer_said(row, limit, language)


def _times_said(row: _Row, unit: str, language: Language) -> str:
    timing = row.wait.timing
    assert timing is not None
    name, of = row.name.said_in(language), of_units(timing.of, unit, language)
    median, low, high, p90 = (
        words.duration(one, language)
        for one in (timing.median_seconds, timing.low_seconds, timing.high_seconds, timing.p90_seconds)
    )
    if language is Language.RU:
        return full_stop(
            f"«{name}»: половина {of}, которые дошли, – за {median} ({low} – {high}), девять из десяти – за {p90}"
        )
    return full_stop(f"“{name}”: half {of} who got there took up to {median} ({low} – {high}), nine in ten up to {p90}")


def _longer_said(row: _Row, limit: timedelta | None, language: Language) -> str:
    if limit is None or row.longer is None:
        return ""
    time, share = words.duration(limit.total_seconds(), language), words.percent(row.longer.value, language)
    ends = words.interval(row.longer.low, row.longer.high, Unit.SHARE, language)
    of = words.whole(row.begun, language)
    if language is Language.RU:
        return f" Если считать и тех, кто ещё не дошёл, дольше чем {time} ждут {share} ({ends}) из {of}."
    return f" Counting those who are not there yet, {share} ({ends}) of {of} wait longer than {time}."


def _fields(row: _Row) -> dict[str, object]:
    longer = row.longer
    return {
        "name": row.key,
        "begun": row.begun,
        "waiting": row.wait.waiting,
        "seconds": timing_fields(row.wait.timing),
        "longer": None
        if longer is None
        else {"share": round(longer.value, 6), "low": round(longer.low, 6), "high": round(longer.high, 6)},
    }


def _table(key: str, name: Text, what: Text, rows: Sequence[_Row], unit: str) -> Table:
    columns = (
        Column(what),
        persons_column(unit),
        Column(Text(ru="Ещё ждут", en="Still waiting"), Unit.PERSONS),
        Column(Text(ru="Половина за", en="Half within"), Unit.SECONDS),
        Column(Text(ru="От", en="Low"), Unit.SECONDS, bound=True),
        Column(Text(ru="До", en="High"), Unit.SECONDS, bound=True),
        Column(Text(ru="9 из 10 за", en="9 of 10 within"), Unit.SECONDS),
        Column(Text(ru="Дольше предела", en="Over the limit"), Unit.SHARE),
        Column(Text(ru="От", en="Low"), Unit.SHARE, bound=True),
        Column(Text(ru="До", en="High"), Unit.SHARE, bound=True),
    )
    return Table(key, name, columns, tuple(_cells(row) for row in rows), by_time=key == "weeks")


def _cells(row: _Row) -> tuple[Cell, ...]:
    timing = row.wait.timing
    times: tuple[Cell, ...] = (None, None, None, None)
    if timing is not None and timing.of >= FEW_PERSONS:
        times = (timing.median_seconds, timing.low_seconds, timing.high_seconds, timing.p90_seconds)
    longer: tuple[Cell, ...] = (None, None, None)
    if row.longer is not None and row.begun >= FEW_PERSONS:
        longer = (row.longer.value, row.longer.low, row.longer.high)
    return (row.name, row.begun, row.wait.waiting, *times, *longer)


def _work_table(work: Sequence[tuple[str, Text, Timing]]) -> Table:
    columns = (
        Column(Text(ru="Работа", en="Work")),
        Column(Text(ru="Раз", en="Times"), Unit.EVENTS),
        Column(Text(ru="Половина за", en="Half within"), Unit.SECONDS),
        Column(Text(ru="9 из 10 за", en="9 of 10 within"), Unit.SECONDS),
    )
    rows = tuple((name, one.of, one.median_seconds, one.p90_seconds) for _, name, one in work)
    return Table("work", _WORK, columns, rows)


def _chart(
    rows: Sequence[_Row],
    parts: Sequence[tuple[str, Text, Sequence[_Row]]],
    heat: StepMatrix | None,
    work: Sequence[tuple[str, Text, Timing]],
) -> Panels:
    panels = [Panel(name, _ranges(kept)) for key, name, kept in parts if key == "weekdays"]
    if heat is not None:
        panels.append(Panel(_HEAT, heat))
    panels += [Panel(_TREND, _trend(kept)) for key, _, kept in parts if key == "weeks"]
    if work:
        panels.append(Panel(_WORK, Ranges(_METHODS, tuple(_range(name, one) for _, name, one in work[:_MOST_SHOWN]))))
    return Panels(_ranges(rows[:_MOST_SHOWN]), tuple(panels))


def _trend(weeks: Sequence[_Row]) -> TrendLine:
    """The estimated share over the limit, week by week; a week whose limit has not come may yet change."""
    points = []
    for row in weeks:
        if row.longer is not None:
            count = round(row.longer.value * row.begun)
            share = Proportion(count, row.begun, row.longer.value, row.longer.low, row.longer.high)
            points.append(TrendPoint(date.fromisoformat(row.key), share, is_open=row.is_open))
    return TrendLine(tuple(points))


def _ranges(rows: Sequence[_Row]) -> Ranges:
    kept = [(row.name, row.wait.timing) for row in rows if row.wait.timing and row.wait.timing.of >= FEW_PERSONS]
    return Ranges(_METHODS, tuple(_range(name, timing) for name, timing in kept))


def _range(name: Text, timing: Timing) -> Range:
    return Range(
        name=name,
        values=(timing.median_seconds, timing.p90_seconds),
        said=in_both(
            lambda language: (
                f"{words.duration(timing.median_seconds, language)} – {words.duration(timing.p90_seconds, language)}"
            )
        ),
    )


def _notes(
    rows: Sequence[_Row],
    parts: Sequence[tuple[str, Text, Sequence[_Row]]],
    has_work: bool,  # noqa: FBT001  the note on work is said or not
    limit: timedelta | None,
) -> tuple[Text, ...]:
    notes = [
        Text(
            ru="Ждут от первого события до первого следующего за ним. Кто ещё не дошёл, считается ждущим до сегодня: "
            "ушёл ли он совсем, данные не знают.",
            en="A wait is from the first event to the first one after it. Who is not there yet counts as waiting until "
            "today: whether they have left for good the data cannot tell.",
        )
    ]
    if limit is None:
        notes.append(
            Text(
                ru="Предел – время, за которое дошли девять из десяти дошедших; свой назовите в --limit.",
                en="The limit is the time that nine in ten of those who got there took; name your own with --limit.",
            )
        )
    if has_work:
        notes.append(
            Text(
                ru="Работа – от «начато» до «закончено»; остальное время до следующего шага человек ждёт.",
                en="Work is from started to completed; the rest of the time until the next step people wait.",
            )
        )
    if any(row.begun < FEW_PERSONS for _, _, kept in (("", QUESTION, rows), *parts) for row in kept):
        notes.append(FEW)
    return tuple(notes)
