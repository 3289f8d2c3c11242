"""The same funnel in groups: by a property of people, by a property of a step's event, by when people started."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from tropa.analysis.losses import Breakdown, LossResult, OfStart, OfStep, OfUnits, find_losses_by
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Text
from tropa.errors import InvalidQueryError, told
from tropa.events.chains import ChainQuery
from tropa.events.days import date_of, day_numbers, day_of, local_date, month_starts, week_starts
from tropa.events.extent import extent_of
from tropa.events.groups import UnitProperty
from tropa.events.places import PropertyValues
from tropa.insight.near_changes import promos_of
from tropa.render.charts.frame import Chart
from tropa.render.charts.share_bars import ShareBar, ShareBars
from tropa.render.charts.trend_line import TrendLine, TrendMark, TrendPoint
from tropa.services.answering.answer import Cell, Column, Table
from tropa.services.answering.rates import FEW, INTERVAL, SHARE, persons_column, share_cells, share_fields
from tropa.services.answering.scope import Scope
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import Proportion, proportion, two_proportions_p

_OF_STEP = re.compile(r"^(\d+):(.+)$")
_MOST_DRAWN = 12
_CHANCE = 0.05
_TRENDS = {
    "day": Text(ru="По дням начала пути", en="By the day people started"),
    "week": Text(ru="По неделям начала пути", en="By the week people started"),
    "month": Text(ru="По месяцам начала пути", en="By the month people started"),
}
_CAME = Column(Text(ru="Дошли до конца", en="Came to the end"), Unit.PERSONS)
_STARTED = Column(Text(ru="Начали", en="Started"), Unit.PERSONS)
_OPEN = Text(ru="не вышел", en="not up yet")
_ONCE = Text(
    ru="Каждый посчитан один раз: там, где началась лучшая попытка.",
    en="Everybody counts once: where their best attempt began.",
)
_DIFFERS = Text(
    ru="«Ниже» и «выше» – где отличие от остальных вряд ли случайно (q ≤ 0,05 с поправкой на число групп). "
    "Отличие не говорит о причине.",
    en="“Lower” and “higher”: where the difference from the rest is hardly chance (q ≤ 0.05, corrected for the number "
    "of groups). A difference is no cause.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """One way of telling groups apart: as a table, a chart, fields of the document."""

    key: str
    table: Table
    chart: Chart
    document: object
    notes: tuple[Text, ...] = ()


def split_by(scope: Scope, query: ChainQuery, asked: str) -> Split:
    """By a person's property, or by `2:property` of the event that fills the second step."""
    from_step, name = 0, asked
    if (found := _OF_STEP.match(asked)) and asked not in {*scope.log.properties, *scope.log.unit_properties}:
        from_step, name = int(found[1]) - 1, found[2].strip()
    said = scope.property_words(name)
    values, by = _breakdown(scope, query, from_step, name, of_step=name != asked)
    results = find_losses_by(scope.log, query, by, scope.engine)
    shares = {value: _conversion(one, from_step) for value, one in zip(values, results, strict=True)}
    order = sorted((value for value in values if shares[value].of), key=lambda value: (-shares[value].of, value))
    everybody = proportion(sum(one.count for one in shares.values()), sum(one.of for one in shares.values()))
    q_values = _q_values([shares[value] for value in order], everybody)
    rows = [(value, shares[value], q) for value, q in zip(order, q_values, strict=True)]
    table = Table(
        "groups",
        Text(ru=f"Группы: {said.ru}", en=f"Groups: {said.en}"),
        (Column(said), persons_column(scope.unit), _CAME, SHARE, *INTERVAL, Column(Text(ru="q", en="q"))),
        tuple(_row(value, share, q) for value, share, q in rows),
    )
    bars = tuple(
        ShareBar(Text(ru=value, en=value), share, _against(share, everybody, q))
        for value, share, q in rows[:_MOST_DRAWN]
    )
    groups = [
        {"value": value, "persons": share.of, "came": share.count, **share_fields(share), "q_value": q}
        for value, share, q in rows
    ]
    small = any(0 < share.of < FEW_PERSONS for share in shares.values())
    return Split(
        key="by",
        table=table,
        chart=ShareBars(bars, everybody),
        document={"property": name, "of_step": from_step + 1 if name != asked else None, "groups": groups},
        notes=(_DIFFERS, *((FEW,) if small else ())),
    )


def _against(share: Proportion, everybody: Proportion, q: float | None) -> Text | None:
    """How a group differs from all others, where that is no chance."""
    if q is None or q > _CHANCE:
        return None
    if share.value < everybody.value:
        return Text(ru="ниже остальных", en="lower than the rest")
    return Text(ru="выше остальных", en="higher than the rest")


def _row(value: str, share: Proportion, q: float | None) -> tuple[Cell, ...]:
    return (value, share.of, share.count, *share_cells(share), q)


def _breakdown(
    scope: Scope, query: ChainQuery, step: int, name: str, *, of_step: bool
) -> tuple[Sequence[str], Breakdown]:
    if not of_step:
        column = scope.property(name)
        return column.values, OfUnits(UnitProperty(name, column.values, scope.moment(name)))
    if not 0 <= step < len(query.steps):
        raise InvalidQueryError(told("There is no step {step} of {count}.", step=step + 1, count=len(query.steps)))
    column = scope.event_property(name)
    return column.values, OfStep(step, PropertyValues(name, column.values))


def _conversion(result: LossResult, from_step: int) -> Proportion:
    return proportion(result.conversion.count, result.steps[from_step].persons)


def _q_values(shares: Sequence[Proportion], everybody: Proportion) -> list[float | None]:
    """Against all others together, of groups that are large enough; None for the rest."""
    judged = [place for place, one in enumerate(shares) if one.of >= FEW_PERSONS <= everybody.of - one.of]
    p = [
        two_proportions_p(one.count, one.of, everybody.count - one.count, everybody.of - one.of)
        for one in (shares[place] for place in judged)
    ]
    found: list[float | None] = [None] * len(shares)
    for place, q in zip(judged, benjamini_hochberg(p).tolist(), strict=True):
        found[place] = float(f"{q:.3g}")
    return found


def split_by_time(scope: Scope, query: ChainQuery, unit: str) -> Split:
    """By the day, week or month in which people started."""
    if unit not in _TRENDS:
        raise InvalidQueryError(
            told("There is no trend by “{unit}”.", unit=unit), told("Allowed: {names}.", names=list(_TRENDS))
        )
    starts = starts_of(scope, unit)
    results = find_losses_by(scope.log, query, OfStart(starts), scope.engine)
    edges = (*starts[1:], day_of(local_date(scope.log.as_of, scope.log.timezone)) + 1)
    points = tuple(
        TrendPoint(date_of(day), one.conversion, _is_open(query, scope, end))
        for day, end, one in zip(starts, edges, results, strict=True)
    )
    table = Table(
        "trend",
        _TRENDS[unit],
        (Column(Text(ru="Начало", en="From")), _STARTED, _CAME, SHARE, *INTERVAL, Column(Text(ru="Срок", en="Time"))),
        tuple(
            (
                one.start.isoformat(),
                one.share.of,
                one.share.count,
                *share_cells(one.share),
                _OPEN if one.is_open else "",
            )
            for one in points
        ),
        by_time=True,
    )
    notes = (_ONCE, FEW) if any(0 < one.share.of < FEW_PERSONS for one in points) else (_ONCE,)
    periods = [
        {"start": one.start.isoformat(), "persons": one.share.of, "came": one.share.count, **share_fields(one.share)}
        | {"is_open": one.is_open}
        for one in points
    ]
    return Split(
        key="trend",
        table=table,
        chart=TrendLine(points, marks_of(scope)),
        document={"unit": unit, "periods": periods},
        notes=notes,
    )


def _is_open(query: ChainQuery, scope: Scope, end: int) -> bool:
    """Some who started before this day may still go on."""
    if query.window is None:
        return False
    today = day_of(local_date(scope.log.as_of, scope.log.timezone))
    return end + query.window / timedelta(days=1) > today


def starts_of(scope: Scope, unit: str) -> tuple[int, ...]:
    """The day numbers at which the stretches of the data's time begin."""
    extent = extent_of(scope.log, scope.engine)
    first, last = day_numbers(np.array([extent.first, extent.last], dtype=np.int64), scope.log.timezone).tolist()
    days = np.arange(first, last + 1, dtype=np.int64)
    match unit:
        case "week":
            days = week_starts(days)
        case "month":
            days = month_starts(days)
    return tuple(np.unique(days).tolist())


def marks_of(scope: Scope) -> tuple[TrendMark, ...]:
    """The company's sales: their spikes explain themselves."""
    return tuple(TrendMark(one.start, one.end, one.name) for one in promos_of(scope.project))
