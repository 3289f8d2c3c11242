"""What is said and drawn of waits: times, who is still waiting, and how long the work itself takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tropa.analysis.waiting import WaitResult
from tropa.assembly.saying import full_stop, in_both, of_units
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.charts.panels import Panel, Panels
from tropa.render.charts.ranges import Range, Ranges
from tropa.render.charts.step_matrix import StepMatrix
from tropa.render.charts.trend_line import TrendLine, TrendPoint
from tropa.services.answering.answer import Cell, Column, Table
from tropa.services.answering.rates import FEW, persons_column, timing_fields
from tropa.stats.durations import Timing
from tropa.stats.proportions import Interval, Proportion

_WORK = Text(ru="Сама работа: от начала до конца", en="The work itself: from start to end")
_HEAT = Text(ru="Ждут дольше предела: по дню и часу начала", en="Over the limit, by the day and hour it begins")
_TREND = Text(ru="Ждут дольше предела: по неделям начала", en="Over the limit, by the week it begins")
_METHODS = (Text(ru="половина за", en="half within"), Text(ru="9 из 10 за", en="9 of 10 within"))
_MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class WaitRow:
    """A wait with its name; `longer` than the limit, of all that have begun."""

    key: str
    name: Text
    wait: WaitResult
    longer: Interval | None
    is_open: bool = False

    @property
    def begun(self) -> int:
        """How many have begun to wait."""
        return self.wait.waiting + (0 if self.wait.timing is None else self.wait.timing.of)


def sentence(rows: Sequence[WaitRow], limit: timedelta | None, unit: str, language: Language) -> str:
    """The longest wait, or the one that was asked for with the share over the limit."""
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


def _times_said(row: WaitRow, unit: str, language: Language) -> str:
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


def _longer_said(row: WaitRow, limit: timedelta | None, language: Language) -> str:
    if limit is None or row.longer is None:
        return ""
    time, share = words.duration(limit.total_seconds(), language), words.percent(row.longer.value, language)
    ends = words.interval(row.longer.low, row.longer.high, Unit.SHARE, language)
    of = words.whole(row.begun, language)
    if language is Language.RU:
        return f" Если считать и тех, кто ещё не дошёл, дольше чем {time} ждут {share} ({ends}) из {of}."
    return f" Counting those who are not there yet, {share} ({ends}) of {of} wait longer than {time}."


def fields(row: WaitRow) -> dict[str, object]:
    """A wait as fields of a document."""
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


def waits_table(key: str, name: Text, what: Text, rows: Sequence[WaitRow], unit: str) -> Table:
    """Waits of one kind; weeks are in order of time."""
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


def _cells(row: WaitRow) -> tuple[Cell, ...]:
    timing = row.wait.timing
    times: tuple[Cell, ...] = (None, None, None, None)
    if timing is not None and timing.of >= FEW_PERSONS:
        times = (timing.median_seconds, timing.low_seconds, timing.high_seconds, timing.p90_seconds)
    longer: tuple[Cell, ...] = (None, None, None)
    if row.longer is not None and row.begun >= FEW_PERSONS:
        longer = (row.longer.value, row.longer.low, row.longer.high)
    return (row.name, row.begun, row.wait.waiting, *times, *longer)


def work_table(work: Sequence[tuple[str, Text, Timing]]) -> Table:
    """How long each kind of work takes."""
    columns = (
        Column(Text(ru="Работа", en="Work")),
        Column(Text(ru="Раз", en="Times"), Unit.EVENTS),
        Column(Text(ru="Половина за", en="Half within"), Unit.SECONDS),
        Column(Text(ru="9 из 10 за", en="9 of 10 within"), Unit.SECONDS),
    )
    rows = tuple((name, one.of, one.median_seconds, one.p90_seconds) for _, name, one in work)
    return Table("work", _WORK, columns, rows)


def chart(
    rows: Sequence[WaitRow],
    parts: Sequence[tuple[str, Text, Sequence[WaitRow]]],
    heat: StepMatrix | None,
    work: Sequence[tuple[str, Text, Timing]],
) -> Panels:
    """The waits, then by weekday, by hour, by week, then the work itself."""
    panels = [Panel(name, _ranges(kept)) for key, name, kept in parts if key == "weekdays"]
    if heat is not None:
        panels.append(Panel(_HEAT, heat))
    panels += [Panel(_TREND, _trend(kept)) for key, _, kept in parts if key == "weeks"]
    if work:
        panels.append(Panel(_WORK, Ranges(_METHODS, tuple(_range(name, one) for _, name, one in work[:_MOST_SHOWN]))))
    return Panels(_ranges(rows[:_MOST_SHOWN]), tuple(panels))


def _trend(weeks: Sequence[WaitRow]) -> TrendLine:
    """The estimated share over the limit, week by week; a week whose limit has not come may yet change."""
    points = []
    for row in weeks:
        if row.longer is not None:
            count = round(row.longer.value * row.begun)
            share = Proportion(count, row.begun, row.longer.value, row.longer.low, row.longer.high)
            points.append(TrendPoint(date.fromisoformat(row.key), share, is_open=row.is_open))
    return TrendLine(tuple(points))


def _ranges(rows: Sequence[WaitRow]) -> Ranges:
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


def notes_on(
    rows: Sequence[WaitRow],
    parts: Sequence[tuple[str, Text, Sequence[WaitRow]]],
    has_work: bool,  # noqa: FBT001  the note on work is said or not
    limit: timedelta | None,
) -> tuple[Text, ...]:
    """What a wait is, where the limit comes from, and what is too small to judge."""
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
    if any(row.begun < FEW_PERSONS for kept in (rows, *(kept for _, _, kept in parts)) for row in kept):
        notes.append(FEW)
    return tuple(notes)
