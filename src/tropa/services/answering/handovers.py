"""«Как передают»: who passes to whom, how long that takes, what comes straight back and what goes no further."""

from collections.abc import Sequence
from dataclasses import dataclass

from tropa.analysis.handovers import Handover, HandoverQuery
from tropa.analysis.handovers import handovers as count_handovers
from tropa.analysis.transitions import TransitionQuery, TransitionResult, transitions
from tropa.assembly.saying import count_with_share, full_stop, in_both, of_units
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError
from tropa.events.places import PropertyValues
from tropa.render import words
from tropa.render.charts.panels import Panel, Panels
from tropa.render.charts.share_bars import ShareBar, ShareBars
from tropa.render.charts.step_matrix import StepMatrix
from tropa.services.answering.answer import Answer, Cell, Column, Table
from tropa.services.answering.goals import goal_of
from tropa.services.answering.rates import FEW, INTERVAL, persons_column, share_fields
from tropa.services.answering.scope import Scope
from tropa.services.answering.steps import term_of

QUESTION = Text(ru="Как передают", en="How work is handed over")
METHOD = Text(ru="Передачи между исполнителями", en="Hand-overs between those who work on it")
GUESSED = ("department", "отдел", "group", "team", "resource", "operator", "manager", "менеджер", "channel")
_DRAWN, _ROWS, _LONGEST = 10, 9, 18
_MATRIX = Text(ru="Кто – кому: доля передач строки", en="From whom to whom: shares of the row's hand-overs")
_BACK = Text(ru="Сразу вернули", en="Given straight back")
_LOST = Text(ru="Дальше ничего", en="Nothing after it")


@dataclass(frozen=True, slots=True)
class _Row:
    source: str
    target: str
    one: Handover
    median: float | None
    p90: float | None

    @property
    def name(self) -> Text:
        return Text(ru=f"{self.source} › {self.target}", en=f"{self.source} › {self.target}")


def handovers(
    scope: Scope, *, by: str | None = None, goal: str | None = None, term: str = "30d", top: int = 30
) -> Answer:
    """Passing between values of a property of events (`by`: who or what handles it), most people first.

    Raises InvalidQueryError where events have no such property.
    """
    name = by or _guessed(scope)
    values = scope.event_property(name).values
    rule, aim, length = PropertyValues(name, values), goal_of(scope, goal), term_of(term)
    found = count_handovers(scope.log, HandoverQuery(rule, aim.rule, length), scope.engine)
    times = transitions(scope.log, TransitionQuery(rule, collapse=True), scope.engine)
    rows = [_row(one, values, times) for one in found]
    time = length.total_seconds()
    return Answer(
        key="handovers",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(rows, scope.unit, language)),
        result=found,
        document={
            "by": name,
            "term_seconds": round(time),
            "handovers": [_fields(row) for row in rows[:top]],
            "different": len(rows),
        },
        tables=(_table(rows[:top], scope.unit),),
        chart=_chart(rows),
        notes=_notes(rows, time, aim.name),
    )


def _guessed(scope: Scope) -> str:
    several = sorted(name for name, column in scope.log.properties.items() if len(column.values) > 1)
    for part in GUESSED:
        for name in several:
            if part in name.casefold():
                return name
    raise InvalidQueryError(
        "The data do not say who handles an event.",
        "Name a property of events with --by; a column of employees is one once tropa.yaml names it in `properties`.",
    )


def _row(one: Handover, values: Sequence[str], times: TransitionResult) -> _Row:
    at = times.find(one.source, one.target)
    median, p90 = (None, None) if at is None else (float(times.median_seconds[at]), float(times.p90_seconds[at]))
    known = median is not None and median == median and one.events >= FEW_PERSONS  # noqa: PLR0124  NaN: not timed
    return _Row(values[one.source], values[one.target], one, median if known else None, p90 if known else None)


def _sentence(rows: Sequence[_Row], unit: str, language: Language) -> str:
    if not rows:
        return "Передач нет." if language is Language.RU else "There are no hand-overs."
    slow = [row for row in rows if row.median is not None and row.one.persons >= FEW_PERSONS]
    first = rows[0]
    name, count = first.name.said_in(language), words.units(first.one.persons, unit, language)
    back = count_with_share(first.one.returned, language)
    of = of_units(first.one.persons, unit, language)
    if language is Language.RU:
        said = f"Чаще всего передают «{name}»: {count}; сразу вернули {back} {of}"
    else:
        said = f"Most often it goes “{name}”: {count}; {back} {of} were given straight back"
    if not slow:
        return f"{said}."
    longest = max(slow, key=lambda row: (row.median or 0, row.source, row.target))
    time = words.duration(longest.median or 0, language)
    where = longest.name.said_in(language)
    if language is Language.RU:
        return full_stop(f"{said}. Дольше всего ждут на «{where}»: половина – за {time}")
    return full_stop(f"{said}. The longest wait is at “{where}”: half within {time}")


def _fields(row: _Row) -> dict[str, object]:
    one = row.one
    return {
        "from": row.source,
        "to": row.target,
        "persons": one.persons,
        "events": one.events,
        "median_seconds": None if row.median is None else round(row.median, 3),
        "p90_seconds": None if row.p90 is None else round(row.p90, 3),
        "returned": {"persons": one.returned.count, **share_fields(one.returned)},
        "lost": {"persons": one.lost.count, **share_fields(one.lost)},
    }


def _table(rows: Sequence[_Row], unit: str) -> Table:
    columns = (
        Column(Text(ru="От кого", en="From")),
        Column(Text(ru="Кому", en="To")),
        persons_column(unit),
        Column(Text(ru="Раз", en="Times"), Unit.EVENTS),
        Column(Text(ru="Половина за", en="Half within"), Unit.SECONDS),
        Column(Text(ru="9 из 10 за", en="9 of 10 within"), Unit.SECONDS),
        Column(_BACK, Unit.SHARE),
        *INTERVAL,
        Column(_LOST, Unit.SHARE),
        *INTERVAL,
    )
    return Table("handovers", QUESTION, columns, tuple(_cells(row) for row in rows))


def _cells(row: _Row) -> tuple[Cell, ...]:
    one = row.one
    shares: list[Cell] = []
    for share in (one.returned, one.lost):
        shares += (share.value, share.low, share.high) if share.of >= FEW_PERSONS else (None, None, None)
    return (row.source, row.target, one.persons, one.events, row.median, row.p90, *shares)


def _chart(rows: Sequence[_Row]) -> Panels:
    large = [row for row in rows if row.one.persons >= FEW_PERSONS]
    panels = [Panel(_MATRIX, _matrix(rows))]
    for name, share in ((_BACK, "returned"), (_LOST, "lost")):
        kept = sorted(large, key=lambda row: -getattr(row.one, share).low)[:_DRAWN]
        bars = tuple(
            ShareBar(row.name, getattr(row.one, share), _wait(row)) for row in kept if getattr(row.one, share).count
        )
        if bars:
            panels.append(Panel(name, ShareBars(bars)))
    return Panels(None, tuple(panels))


def _wait(row: _Row) -> Text | None:
    if row.median is None:
        return None
    median = row.median
    return in_both(
        lambda language: (
            f"{'половина за' if language is Language.RU else 'half within'} {words.duration(median, language)}"
        )
    )


def _matrix(rows: Sequence[_Row]) -> StepMatrix:
    """The largest ones as rows and columns; each row is all that it gives away."""
    weight: dict[str, int] = {}
    given: dict[str, int] = {}
    events: dict[tuple[str, str], int] = {}
    for row in rows:
        given[row.source] = given.get(row.source, 0) + row.one.events
        events[row.source, row.target] = row.one.events
        for end in (row.source, row.target):
            weight[end] = weight.get(end, 0) + row.one.events
    names = sorted(weight, key=lambda name: (-weight[name], name))[:_ROWS]
    shares = tuple(
        tuple(None if a == b else events.get((a, b), 0) / max(given.get(a, 0), 1) for b in names) for a in names
    )
    labels = tuple(Text(ru=name, en=name) for name in names)
    return StepMatrix(labels, tuple(_short(name) for name in names), shares)


def _short(name: str) -> Text:
    cut = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    return Text(ru=cut, en=cut)


def _notes(rows: Sequence[_Row], term: float, goal: Text) -> tuple[Text, ...]:
    notes = [in_both(lambda language: _counted(term, goal, language))]
    if any(row.one.persons < FEW_PERSONS for row in rows):
        notes.append(FEW)
    return tuple(notes)


def _counted(term: float, goal: Text, language: Language) -> str:
    time, aim = words.duration(term, language), goal.said_in(language)
    if language is Language.RU:
        return (
            "Ожидание – от последнего события у одного до первого у другого. «Дальше ничего»: это последняя передача, "
            f"до «{aim}» не дошли, и {time} ничего не происходит; у кого срок не вышел, не потерян."
        )
    return (
        "The wait is from the last event of one to the first of the other. Nothing after it: the last hand-over, "
        f"“{aim}” was not reached, and nothing has happened for {time}; whose term is not over is not lost."
    )
