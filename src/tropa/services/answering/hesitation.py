"""«Где сомневаются»: signs that people hesitate, place by place: signs, never what they feel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from tropa.analysis.hesitation import HesitationQuery, Sign, SignShares, pauses
from tropa.analysis.hesitation import hesitation as count_signs
from tropa.assembly.saying import count_with_share, in_both, of_units
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Language, Text
from tropa.events.sessions import HALF_AN_HOUR
from tropa.render import words
from tropa.render.charts.panels import Panel, Panels
from tropa.render.charts.share_bars import ShareBar, ShareBars
from tropa.services.answering.answer import Answer, Cell, Column, Table
from tropa.services.answering.goals import Place
from tropa.services.answering.rates import FEW, INTERVAL, persons_column, share_fields
from tropa.services.answering.scope import Scope
from tropa.services.answering.spots import spots_of
from tropa.services.answering.steps import term_of
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import two_proportions_p

QUESTION = Text(ru="Где сомневаются", en="Where people hesitate")
METHOD = Text(ru="Признаки: туда-обратно, паузы, повторы", en="Signs: to and fro, pauses, repeats")
SIGNS = {
    Sign.TO_AND_FRO: Text(ru="Туда-обратно", en="To and fro"),
    Sign.PAUSE: Text(ru="Долгая пауза", en="A long pause"),
    Sign.OFTEN: Text(ru="Три раза и больше", en="Three times or more"),
}
_KEYS = {Sign.TO_AND_FRO: "to_and_fro", Sign.PAUSE: "pause", Sign.OFTEN: "often"}
_DRAWN, _LONG = 8, 0.9
_SIGNS_ONLY = Text(
    ru="Это признаки, а не чувства: что человек думал, данные не знают. Связь с целью – не причина.",
    en="These are signs, not feelings: what people thought the data do not know. Going with the goal is no cause.",
)


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    name: Text
    shares: SignShares
    q: float | None


def hesitation(
    scope: Scope, *, places: str | None = None, goal: str | None = None, pause: str | None = None, top: int = 30
) -> Answer:
    """Signs at each place before the goal; `pause`: what is a long one, otherwise longer than nine in ten of all."""
    named, _, aim = spots_of(scope, places, goal)
    visit = _visit(scope)
    long = term_of(pause) if pause else pauses(scope.log, _LONG, visit, scope.engine) or HALF_AN_HOUR
    long = max(long, timedelta(seconds=1))
    query = HesitationQuery(named.rule, aim.rule, long, None if visit is None or long > visit else visit)
    found = count_signs(scope.log, query, scope.engine)
    met = [place for place, one in enumerate(found) if one.any.of >= FEW_PERSONS]
    said, q = named.words(met), _judged([found[place] for place in met])
    rows = [_Row(named.keys[place], said[place], found[place], q.get(number)) for number, place in enumerate(met)]
    rows.sort(key=lambda row: (-row.shares.any.value, row.key))
    return Answer(
        key="hesitation",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(rows, aim, scope.unit, language)),
        result=found,
        document={"pause_seconds": round(long.total_seconds(), 3), "places": [_fields(row) for row in rows[:top]]},
        tables=(_table(rows[:top], scope.unit),),
        chart=_chart(rows),
        notes=(in_both(lambda language: _counted(query, language)), _SIGNS_ONLY, FEW),
    )


def _visit(scope: Scope) -> timedelta | None:
    """The pause that ends a visit, where most pauses are shorter than that; None where people do not come in visits."""
    median = pauses(scope.log, 0.5, None, scope.engine)
    return HALF_AN_HOUR if median is not None and median <= HALF_AN_HOUR else None


def _judged(found: Sequence[SignShares]) -> dict[int, float]:
    judged = [n for n, one in enumerate(found) if min(one.came_with.of, one.came_without.of) >= FEW_PERSONS]
    chances = [
        two_proportions_p(one.came_with.count, one.came_with.of, one.came_without.count, one.came_without.of)
        for one in (found[n] for n in judged)
    ]
    return dict(zip(judged, benjamini_hochberg(chances).tolist(), strict=True))


def _sentence(rows: Sequence[_Row], aim: Place, unit: str, language: Language) -> str:
    if not rows:
        return (
            "Данных мало: ни в одном месте нет 30 человек."
            if language is Language.RU
            else "Not enough data: no place has 30 people."
        )
    top, goal = rows[0], aim.name.said_in(language)
    name, share = top.name.said_in(language), count_with_share(top.shares.any, language)
    of = of_units(top.shares.any.of, unit, language)
    with_sign, without = top.shares.came_with, top.shares.came_without
    if language is Language.RU:
        said = f"Больше всего признаков сомнения у «{name}»: {share} {of}, которые там были"
    else:
        said = f"“{name}” has the most signs of hesitation: {share} {of} who were there"
    if top.q is None:
        return f"{said}."
    one, other = words.percent(with_sign.value, language), words.percent(without.value, language)
    if language is Language.RU:
        return f"{said}. До «{goal}» с признаками доходят {one}, без них {other}."
    return f"{said}. {one} of those with signs come to “{goal}”, {other} of those without."


def _fields(row: _Row) -> dict[str, object]:
    one = row.shares
    signs = {
        _KEYS[sign]: {"persons": one.signs[sign].count, **share_fields(one.signs[sign]), "came": _came(one, sign)}
        for sign in Sign
    }
    return {
        "name": row.key,
        "of": one.any.of,
        "signs": signs,
        "any": {"persons": one.any.count, **share_fields(one.any)},
        "came_with": {"of": one.came_with.of, **share_fields(one.came_with)},
        "came_without": {"of": one.came_without.of, **share_fields(one.came_without)},
        "q_value": None if row.q is None else float(f"{row.q:.3g}"),
    }


def _came(one: SignShares, sign: Sign) -> dict[str, object]:
    return {"of": one.came[sign].of, **share_fields(one.came[sign])}


def _table(rows: Sequence[_Row], unit: str) -> Table:
    signs = [column for sign in Sign for column in (Column(SIGNS[sign], Unit.SHARE), *INTERVAL)]
    columns = (
        Column(Text(ru="Где", en="Where")),
        persons_column(unit),
        *signs,
        Column(Text(ru="Дошли с ними", en="Came with"), Unit.SHARE),
        Column(Text(ru="Дошли без них", en="Came without"), Unit.SHARE),
        Column(Text(ru="q", en="q")),
    )
    return Table("places", QUESTION, columns, tuple(_cells(row) for row in rows))


def _cells(row: _Row) -> tuple[Cell, ...]:
    one = row.shares
    signs = [value for sign in Sign for share in [one.signs[sign]] for value in (share.value, share.low, share.high)]
    came = (share.value if share.of >= FEW_PERSONS else None for share in (one.came_with, one.came_without))
    return (row.name, one.any.of, *signs, *came, row.q)


def _chart(rows: Sequence[_Row]) -> Panels:
    panels = []
    for sign, name in SIGNS.items():
        kept = sorted(rows, key=lambda row: (-row.shares.signs[sign].value, row.key))[:_DRAWN]
        bars = tuple(
            ShareBar(row.name, row.shares.signs[sign], _fact(row.shares, sign))
            for row in kept
            if row.shares.signs[sign].count
        )
        if bars:
            panels.append(Panel(name, ShareBars(bars)))
    return Panels(None, tuple(panels))


def _fact(one: SignShares, sign: Sign) -> Text | None:
    came = one.came[sign]
    if came.of < FEW_PERSONS:
        return None
    return in_both(
        lambda language: (
            f"из них дошли {words.percent(came.value, language)}"
            if language is Language.RU
            else f"{words.percent(came.value, language)} of them came"
        )
    )


def _counted(query: HesitationQuery, language: Language) -> str:
    pause = words.duration(query.pause.total_seconds(), language)
    visit = None if query.visit is None else words.duration(query.visit.total_seconds(), language)
    if language is Language.RU:
        end = "" if visit is None else f", но не больше {visit}"
        return (
            f"Туда-обратно: из места в другое и сразу назад. Долгая пауза: {pause} и больше{end}. Всё – до первой цели."
        )
    end = "" if visit is None else f" but no more than {visit}"
    return (
        f"To and fro: from the place to another and straight back. A long pause: {pause} or more{end}. "
        "All before the goal is first reached."
    )
