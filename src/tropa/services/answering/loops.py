"""«Где ходят по кругу»: the same step again, back to an earlier stage, to and fro; and how many come to the goal."""

from collections.abc import Sequence
from dataclasses import dataclass

from tropa.analysis.loops import Loop, LoopKind, LoopQuery
from tropa.analysis.loops import loops as count_loops
from tropa.assembly.saying import count_with_share, in_both, of_units
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.charts.panels import Panel, Panels
from tropa.render.charts.share_bars import ShareBar, ShareBars
from tropa.services.answering.answer import Answer, Cell, Column, Table
from tropa.services.answering.goals import Place
from tropa.services.answering.places import NamedPlaces
from tropa.services.answering.rates import FEW, INTERVAL, SHARE, persons_column, share_cells, share_fields
from tropa.services.answering.scope import Scope
from tropa.services.answering.spots import spots_of
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import two_proportions_p

QUESTION = Text(ru="Где ходят по кругу", en="Where people go in circles")
METHOD = Text(ru="Повторы, возвраты и «туда-обратно»", en="Repeats, returns and to-and-fro")
KINDS = {
    LoopKind.AGAIN: Text(ru="Снова то же", en="The same again"),
    LoopKind.BACK: Text(ru="Назад, на пройденный этап", en="Back to an earlier stage"),
    LoopKind.TO_AND_FRO: Text(ru="Туда-обратно", en="To and fro"),
}
_KEYS = {LoopKind.AGAIN: "again", LoopKind.BACK: "back", LoopKind.TO_AND_FRO: "to_and_fro"}
_DRAWN, _WORTH = 6, 3
_SURE = 0.05
_ASSOCIATED = Text(
    ru="Доли дошедших у тех, кто ходит по кругу, и у остальных в том же месте стоят рядом; q – поправка на число "
    "сравнений. Это связь, а не причина: кто хочет купить, тот и смотрит чаще.",
    en="Who comes to the goal among those who loop stands beside the others at the same place; q is corrected for the "
    "number of comparisons. This is association, not cause: who wants to buy looks more often.",
)
_BEFORE = Text(
    ru="Считаем до первой цели. Время круга: до того же места снова; у возвратов – пока не дойдут туда же, где были.",
    en="Counted until the goal is first reached. A loop's time: until the same place again; of returns, until people "
    "are as far as they were.",
)


@dataclass(frozen=True, slots=True)
class _Row:
    loop: Loop
    key: str
    name: Text
    q: float | None


def loops(scope: Scope, *, places: str | None = None, goal: str | None = None, top: int = 30) -> Answer:
    """Loops before the goal (else the map's), most people first; `places`: touchpoints (the usual) or events."""
    named, stage_of, aim = spots_of(scope, places, goal)
    found = count_loops(scope.log, LoopQuery(named.rule, stage_of, aim.rule), scope.engine)
    rows = _rows([one for one in found if one.persons.count >= _WORTH], named)[:top]
    return Answer(
        key="loops",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(rows, aim, scope.unit, language)),
        result=found,
        document={"loops": [_fields(row) for row in rows], "different": len(found)},
        tables=(_table(rows, scope.unit),),
        chart=_chart(rows),
        notes=(_BEFORE, _ASSOCIATED, *((FEW,) if any(row.loop.persons.of < FEW_PERSONS for row in rows) else ())),
    )


def _rows(found: Sequence[Loop], named: NamedPlaces) -> list[_Row]:
    judged = [n for n, one in enumerate(found) if min(one.came.of, one.otherwise.of) >= FEW_PERSONS]
    chances = [
        two_proportions_p(one.came.count, one.came.of, one.otherwise.count, one.otherwise.of)
        for one in (found[n] for n in judged)
    ]
    q = dict(zip(judged, benjamini_hochberg(chances).tolist(), strict=True))
    said = named.words(sorted({place for one in found for place in (one.place, one.through) if place is not None}))
    rows = []
    for number, one in enumerate(found):
        way = [one.place] if one.through is None else [one.place, one.through, one.place]
        name = in_both(lambda language, way=way: " › ".join(said[place].said_in(language) for place in way))  # type: ignore[misc]
        rows.append(_Row(one, ">".join(named.keys[place] for place in way), name, q.get(number)))
    return rows


def _sentence(rows: Sequence[_Row], aim: Place, unit: str, language: Language) -> str:
    if not rows:
        return (
            "Кругов нет: никто не повторяется и не возвращается."
            if language is Language.RU
            else "Nobody goes in circles."
        )
    top = rows[0]
    kind, name = KINDS[top.loop.kind].said_in(language).lower(), top.name.said_in(language)
    share, of = count_with_share(top.loop.persons, language), of_units(top.loop.persons.of, unit, language)
    if language is Language.RU:
        said = f"Чаще всего – {kind}, «{name}»: {share} {of}, которые там были"
    else:
        said = f"Most often it is {kind}, “{name}”: {share} {of} who were there"
    return f"{said}{_coming(top, aim, language)}."


def _coming(row: _Row, aim: Place, language: Language) -> str:
    came, otherwise = row.loop.came, row.loop.otherwise
    if row.q is None or row.q > _SURE:
        return ""
    goal, one, other = (
        aim.name.said_in(language),
        words.percent(came.value, language),
        words.percent(otherwise.value, language),
    )
    if language is Language.RU:
        return f"; до «{goal}» из них доходят {one}, из остальных {other} (связь, не причина)"
    return f"; {one} of them come to “{goal}”, of the others {other} (association, not cause)"


def _fields(row: _Row) -> dict[str, object]:
    one = row.loop
    return {
        "kind": _KEYS[one.kind],
        "name": row.key,
        "persons": one.persons.count,
        "of": one.persons.of,
        "share": share_fields(one.persons),
        "events": one.events,
        "seconds_per_person": round(one.seconds / one.persons.count, 3),
        "came": {"of": one.came.of, **share_fields(one.came)},
        "otherwise": {"of": one.otherwise.of, **share_fields(one.otherwise)},
        "q_value": None if row.q is None else float(f"{row.q:.3g}"),
    }


def _table(rows: Sequence[_Row], unit: str) -> Table:
    columns = (
        Column(Text(ru="Круг", en="Loop")),
        Column(Text(ru="Где", en="Where")),
        persons_column(unit),
        SHARE,
        *INTERVAL,
        Column(Text(ru="Раз на одного", en="Times each"), Unit.RATIO),
        Column(Text(ru="Время на одного", en="Time each"), Unit.SECONDS),
        Column(Text(ru="Дошли", en="Came"), Unit.SHARE),
        Column(Text(ru="Дошли без круга", en="Came without"), Unit.SHARE),
        Column(Text(ru="q", en="q")),
    )
    return Table("loops", QUESTION, columns, tuple(_cells(row) for row in rows))


def _cells(row: _Row) -> tuple[Cell, ...]:
    one = row.loop
    persons = one.persons.count
    came, otherwise = (share.value if share.of >= FEW_PERSONS else None for share in (one.came, one.otherwise))
    each = (one.events / persons, one.seconds / persons)
    return (KINDS[one.kind], row.name, persons, *share_cells(one.persons), *each, came, otherwise, row.q)


def _chart(rows: Sequence[_Row]) -> Panels:
    panels = []
    for kind, name in KINDS.items():
        bars = tuple(
            ShareBar(row.name, row.loop.persons, in_both(lambda language, row=row: _fact(row, language)))  # type: ignore[misc]
            for row in rows
            if row.loop.kind is kind
        )[:_DRAWN]
        if bars:
            panels.append(Panel(name, ShareBars(bars)))
    return Panels(None, tuple(panels))


def _fact(row: _Row, language: Language) -> str:
    each = words.decimal(row.loop.events / row.loop.persons.count, language)
    time = words.duration(row.loop.seconds / row.loop.persons.count, language)
    return f"раз на одного: {each}; {time}" if language is Language.RU else f"{each} times each; {time}"
