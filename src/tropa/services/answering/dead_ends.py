"""«Где обрывается»: places after which people stop more often than after others of the same stage."""

from collections.abc import Sequence
from dataclasses import dataclass

from tropa.analysis.dead_ends import DeadEndQuery, DeadEnds
from tropa.analysis.dead_ends import dead_ends as count_dead_ends
from tropa.analysis.next_taken import ratio
from tropa.assembly.saying import count_with_share, in_both, of_units
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.charts.share_bars import ShareBar, ShareBars
from tropa.services.answering.answer import Answer, Cell, Column, Table
from tropa.services.answering.places import NamedPlaces
from tropa.services.answering.rates import FEW, INTERVAL, SHARE, persons_column, share_cells, share_fields
from tropa.services.answering.scope import Scope
from tropa.services.answering.spots import spots_of
from tropa.services.answering.steps import term_of
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import Interval, Proportion, proportion, two_proportions_p

QUESTION = Text(ru="Где обрывается", en="Where it breaks off")
METHOD = Text(ru="Тупики: доля остановок после шага", en="Dead ends: the share that stops after a step")
FAILURES = (
    "error",
    "fail",
    "declin",
    "reject",
    "refus",
    "timeout",
    "404",
    "500",
    "ошибк",
    "отказ",
    "отклон",
    "сбой",
    "не удал",
)
_SURE, _DRAWN = 0.05, 14
_FAILED = Text(ru="похоже на сбой", en="looks like a failure")


@dataclass(frozen=True, slots=True)
class _Row:
    """A place: who stopped there, and after the other places of its stage; `q` where both can be compared."""

    key: str
    name: Text
    stage: Text | None
    stopped: Proportion
    others: Proportion
    open_ways: int
    lift: Interval | None
    q: float | None
    is_failure: bool

    @property
    def is_dead_end(self) -> bool:
        return self.q is not None and self.q <= _SURE and self.stopped.value > self.others.value


def dead_ends(
    scope: Scope, *, places: str | None = None, goal: str | None = None, term: str = "30d", top: int = 30
) -> Answer:
    """After which places nothing follows within the term though the goal is not reached; the surest first."""
    named, stage_of, aim = spots_of(scope, places, goal)
    length = term_of(term)
    found = count_dead_ends(scope.log, DeadEndQuery(named.rule, aim.rule, length), scope.engine)
    rows = _rows(scope, found, named, stage_of)
    time = length.total_seconds()
    return Answer(
        key="deadends",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(rows, time, scope.unit, language)),
        result=found,
        document={"term_seconds": round(time), "places": [_fields(row) for row in rows[:top]]},
        tables=(_table(rows[:top], scope.unit),),
        chart=_chart(rows),
        notes=_notes(rows, time),
    )


def _rows(scope: Scope, found: DeadEnds, named: NamedPlaces, stage_of: Sequence[int]) -> list[_Row]:
    met = [place for place, one in enumerate(found.stopped) if one.of]
    totals: dict[int, list[int]] = {}
    for place in met:
        total = totals.setdefault(stage_of[place], [0, 0])
        total[0] += found.stopped[place].count
        total[1] += found.stopped[place].of
    others = {
        place: proportion(
            totals[stage_of[place]][0] - found.stopped[place].count,
            totals[stage_of[place]][1] - found.stopped[place].of,
        )
        for place in met
    }
    judged = [place for place in met if min(found.stopped[place].of, others[place].of) >= FEW_PERSONS]
    chances = [
        two_proportions_p(found.stopped[p].count, found.stopped[p].of, others[p].count, others[p].of) for p in judged
    ]
    q = dict(zip(judged, benjamini_hochberg(chances).tolist(), strict=True))
    said, stages = named.words(met), scope.stages()
    rows = [
        _Row(
            key=named.keys[place],
            name=said[place],
            stage=stages[stage_of[place]].name if stages and any(stage_of) else None,
            stopped=found.stopped[place],
            others=others[place],
            open_ways=found.open_ways[place],
            lift=ratio(found.stopped[place], others[place]),
            q=q.get(place),
            is_failure=_is_failure(f"{named.keys[place]} {said[place].ru} {said[place].en}"),
        )
        for place in met
    ]
    return sorted(
        rows, key=lambda row: (not row.is_dead_end, row.stopped.of < FEW_PERSONS, -row.stopped.count, row.key)
    )


def _is_failure(name: str) -> bool:
    return any(part in name.lower() for part in FAILURES)


def _sentence(rows: Sequence[_Row], term: float, unit: str, language: Language) -> str:
    time = words.duration(term, language)
    if not rows or not rows[0].is_dead_end:
        if language is Language.RU:
            return f"Тупиков не видно: ни после одного шага не останавливаются на {time} чаще, чем после соседних."
        return f"No dead ends: after no step do people stop for {time} more often than after its neighbours."
    top = rows[0]
    name, of = top.name.said_in(language), of_units(top.stopped.of, unit, language)
    share, other = count_with_share(top.stopped, language), words.percent(top.others.value, language)
    more = _times(top.lift, language)
    if language is Language.RU:
        return (
            f"После «{name}» останавливаются {share} {of}: за {time} больше ничего. "
            f"После других шагов этапа – {other}{more}. Это связь, а не причина."
        )
    return (
        f"After “{name}” {share} {of} stop: nothing more within {time}. "
        f"After the stage's other steps it is {other}{more}. This is association, not cause."
    )


def _times(lift: Interval | None, language: Language) -> str:
    if lift is None:
        return ""
    ratio_said = f"{words.decimal(lift.value, language)} ({words.span_of(lift.low, lift.high, language)})"
    return f"; это в {ratio_said} раза чаще" if language is Language.RU else f": {ratio_said} times as often"


def _fields(row: _Row) -> dict[str, object]:
    lift = row.lift
    return {
        "name": row.key,
        "of": row.stopped.of,
        "stopped": row.stopped.count,
        **share_fields(row.stopped),
        "others": {"of": row.others.of, **share_fields(row.others)},
        "lift": None
        if lift is None
        else {"value": round(lift.value, 4), "low": round(lift.low, 4), "high": round(lift.high, 4)},
        "q_value": None if row.q is None else float(f"{row.q:.3g}"),
        "dead_end": row.is_dead_end,
        "failure": row.is_failure,
        "open_ways": row.open_ways,
    }


def _table(rows: Sequence[_Row], unit: str) -> Table:
    columns = (
        Column(Text(ru="После чего", en="After")),
        Column(Text(ru="Этап", en="Stage")),
        persons_column(unit),
        Column(Text(ru="Остановились", en="Stopped"), Unit.PERSONS),
        SHARE,
        *INTERVAL,
        Column(Text(ru="После других", en="After others"), Unit.SHARE),
        Column(Text(ru="Чаще в", en="Lift"), Unit.RATIO),
        Column(Text(ru="От", en="Low"), Unit.RATIO, bound=True),
        Column(Text(ru="До", en="High"), Unit.RATIO, bound=True),
        Column(Text(ru="q", en="q")),
    )
    return Table("places", QUESTION, columns, tuple(_cells(row) for row in rows))


def _cells(row: _Row) -> tuple[Cell, ...]:
    lift: tuple[Cell, ...] = (None, None, None)
    if row.lift is not None and row.q is not None:
        lift = (row.lift.value, row.lift.low, row.lift.high)
    other = row.others.value if row.others.of >= FEW_PERSONS else None
    return (row.name, row.stage, row.stopped.of, row.stopped.count, *share_cells(row.stopped), other, *lift, row.q)


def _chart(rows: Sequence[_Row]) -> ShareBars:
    shown = [row for row in rows if row.stopped.of >= FEW_PERSONS and row.stopped.count][:_DRAWN]
    return ShareBars(tuple(ShareBar(row.name, row.stopped, _fact(row)) for row in shown))


def _fact(row: _Row) -> Text | None:
    """What stands under a bar: the others of the stage, and whether the name speaks of a failure."""
    if row.is_dead_end:
        return in_both(lambda language: _beside(row, language))
    return _FAILED if row.is_failure else None


def _beside(row: _Row, language: Language) -> str:
    other = words.percent(row.others.value, language)
    said = f"после других – {other}" if language is Language.RU else f"after others {other}"
    return f"{said}; {_FAILED.said_in(language)}" if row.is_failure else said


def _notes(rows: Sequence[_Row], term: float) -> tuple[Text, ...]:
    notes = [in_both(lambda language: _counted(term, language))]
    if any(row.is_failure for row in rows):
        notes.append(
            Text(
                ru="«Похоже на сбой» сказано по названию события: проверьте, что за ним стоит.",
                en="“Looks like a failure” is read off the event's name: see what is behind it.",
            )
        )
    if any(row.stopped.of < FEW_PERSONS for row in rows):
        notes.append(FEW)
    return tuple(notes)


def _counted(term: float, language: Language) -> str:
    time = words.duration(term, language)
    if language is Language.RU:
        return (
            f"Берём последний раз каждого в этом месте до цели. Остановка – {time} без единого события. "
            "У кого срок не вышел, не посчитан. q – поправка на число сравнений."
        )
    return (
        f"Each person's last time at the place before the goal counts. A stop is {time} without any event. "
        "Whose term is not over is not counted. q is corrected for the number of comparisons."
    )
