"""«Что привело»: how much of the result several models give to each channel; a range, never a cause."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from tropa.analysis.attribution import AttributionQuery, AttributionResult, ChannelCredit, Model, attribute
from tropa.assembly.acquiring import is_campaign
from tropa.assembly.saying import in_both
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.lengths import read_duration
from tropa.domain.text import Text
from tropa.errors import InvalidQueryError, reason_of, told
from tropa.events.days import local_date
from tropa.events.places import PropertyValues
from tropa.insight.spending import spending
from tropa.render.charts.ranges import Range, Ranges
from tropa.render.data_labels import CURRENCY_DIGITS
from tropa.services.answering.answer import Answer, Cell, Column, Table
from tropa.services.answering.attribution_told import Shown, below, notes_on, range_told, sentence
from tropa.services.answering.goals import goal_of
from tropa.services.answering.scope import Scope

QUESTION = Text(ru="Что привело", en="What brought them")
METHOD = Text(ru="Атрибуция: диапазон семи моделей", en="Attribution: the range of seven models")
MODELS = {
    Model.FIRST: Text(ru="Первое", en="First"),
    Model.LAST: Text(ru="Последнее", en="Last"),
    Model.LINEAR: Text(ru="Поровну", en="Linear"),
    Model.POSITION: Text(ru="По месту", en="Position"),
    Model.TIME_DECAY: Text(ru="По давности", en="Time decay"),
    Model.SHAPLEY: Text(ru="Шепли", en="Shapley"),
    Model.MARKOV: Text(ru="Марков", en="Markov"),
}
MOST_SHOWN = 12
_CHANNEL = Column(Text(ru="Канал", en="Channel"))


def attribution(
    scope: Scope,
    *,
    by: str = "channel",
    goal: str | Sequence[str] | None = None,
    lookback: str = "30d",
    costs: Mapping[str, float] | None = None,
) -> Answer:
    """How results are shared among the values of a property that events have; `costs`: money spent a value, in units.

    Without `costs` those of the folder's own sources are taken.

    Raises InvalidQueryError for a property, an event or a channel of `costs` that the data do not have.
    """
    column = scope.log.properties.get(by) or scope.property(by)
    place = goal_of(scope, goal)
    spent = _spent(costs, column.values, by, scope.log.currency) if costs else _from_ledger(scope, column.values, by)
    query = AttributionQuery(PropertyValues(by, column.values), place.rule, lookback=_term(lookback))
    result = attribute(scope.log, query, scope.engine)
    shown = sorted(
        zip(column.values, result.channels, strict=True), key=lambda one: (-one[1].credit[Model.LINEAR], one[0])
    )
    shown = [(name, one) for name, one in shown if one.met.of]
    currency = scope.log.currency
    return Answer(
        key="attribution",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: sentence(shown, result, place, language)),
        result=result,
        document=_document(shown, result, spent, by),
        tables=_tables(shown, spent),
        chart=_chart(shown, spent, currency),
        notes=notes_on(result, query, place),
        currency=currency,
    )


def _term(asked: str) -> timedelta:
    try:
        return read_duration(asked)
    except ValueError as error:
        raise InvalidQueryError(reason_of(error), "Write a term as 12h, 7d or 30d.") from error


def _spent(costs: Mapping[str, float], known: Sequence[str], by: str, currency: str | None) -> dict[str, float]:
    """Minor units a channel."""
    for name, cost in costs.items():
        if name not in known:
            raise InvalidQueryError(
                told("There is no {by} “{name}” in the data.", by=by, name=name),
                told("There are: {names}.", names=known[:20]),
            )
        if cost < 0:
            raise InvalidQueryError(
                told("A cost cannot be negative: {name} = {cost:g}.", name=name, cost=cost),
                "Leave it out if nothing was spent.",
            )
    return {name: cost * 10 ** CURRENCY_DIGITS.get(currency or "", 2) for name, cost in costs.items()}


def _from_ledger(scope: Scope, known: Sequence[str], by: str) -> dict[str, float]:
    """The costs of the folder's own sources over the days of the data."""
    if not (scope.ledger.costs and scope.log.size):
        return {}
    zone = scope.log.timezone
    first, last = local_date(int(scope.log.time.min()), zone), local_date(scope.log.as_of, zone)
    found = spending(scope.ledger, known, first=first, last=last, by_campaign=is_campaign(by))
    return {} if found is None else dict(found.amounts)


def _document(shown: Shown, result: AttributionResult, spent: Mapping[str, float], by: str) -> dict[str, object]:
    rows = []
    for name, one in shown:
        row: dict[str, object] = {
            "name": name,
            "credit": {model.value: round(one.credit[model], 3) for model in Model},
            "least": round(one.least, 3),
            "most": round(one.most, 3),
            "touches": one.touches,
            "ways": one.met.of,
            "led_to_goal": one.met.count,
        }
        if one.value is not None:
            row["value"] = {model.value: round(one.value[model]) for model in Model}
        if name in spent:
            row["cost_per_result"] = _per_result(one, spent[name])
            row["cost_by_model"] = {
                model.value: round(spent[name] / one.credit[model]) if one.credit[model] > 0 else None
                for model in Model
            }
        rows.append(row)
    counts = {"results": result.results, "attributed": result.attributed, "without_touch": result.without_touch}
    return {"by": by, **counts, "open_ways": result.open_ways, "channels": rows}


def _per_result(one: ChannelCredit, cost: float) -> dict[str, float | None]:
    """Money a result, minor units: by the kindest and by the least kind model."""
    return {
        "low": round(cost / one.most) if one.most > 0 else None,
        "high": round(cost / one.least) if one.least > 0 else None,
    }


def _table(shown: Shown, spent: Mapping[str, float], *, has_value: bool) -> Table:
    columns = [
        _CHANNEL,
        Column(Text(ru="От", en="Least"), Unit.EVENTS),
        Column(Text(ru="До", en="Most"), Unit.EVENTS),
        Column(Text(ru="Пути с ним", en="Ways with it"), Unit.EVENTS),
        Column(Text(ru="Дошли", en="Led to it"), Unit.SHARE),
    ]
    if has_value:
        columns.append(Column(Text(ru="Деньги от", en="Money from"), Unit.MONEY))
        columns.append(Column(Text(ru="до", en="to"), Unit.MONEY))
    if spent:
        columns.append(Column(Text(ru="Цена от", en="Cost from"), Unit.MONEY))
        columns.append(Column(Text(ru="до", en="to"), Unit.MONEY))
    rows = tuple(_cells(name, one, spent, has_value=has_value) for name, one in shown)
    return Table("channels", QUESTION, tuple(columns), rows)


def _cells(
    name: str, one: ChannelCredit, spent: Mapping[str, float], *, has_value: bool
) -> tuple[str | float | None, ...]:
    cells: list[str | float | None] = [name, one.least, one.most, one.met.of]
    cells.append(one.met.value if one.met.of >= FEW_PERSONS else None)
    if has_value:
        money = (one.value or {}).values()
        cells += [min(money, default=None), max(money, default=None)]
    if spent:
        per = _per_result(one, spent[name]) if name in spent else {}
        cells += [per.get("low"), per.get("high")]
    return tuple(cells)


def _tables(shown: Shown, spent: Mapping[str, float]) -> tuple[Table, ...]:
    told = (_table(shown, spent, has_value=any(one.value for _, one in shown)), _models(shown))
    return (*told, _prices(shown, spent)) if spent else told


def _prices(shown: Shown, spent: Mapping[str, float]) -> Table:
    """What one result costs under each model."""
    columns = (_CHANNEL, *(Column(MODELS[model], Unit.MONEY) for model in Model))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, *(spent[name] / one.credit[model] if one.credit[model] > 0 else None for model in Model))
        for name, one in shown
        if name in spent
    )
    return Table("prices", Text(ru="Цена результата по моделям", en="Cost of a result by model"), columns, rows)


def _models(shown: Shown) -> Table:
    columns = (_CHANNEL, *(Column(MODELS[model], Unit.EVENTS) for model in Model))
    rows: tuple[tuple[Cell, ...], ...] = tuple((name, *(one.credit[model] for model in Model)) for name, one in shown)
    return Table("models", Text(ru="По моделям", en="By model"), columns, rows)


def _chart(shown: Shown, spent: Mapping[str, float], currency: str | None) -> Ranges:
    rows = tuple(_range(name, one, spent.get(name), currency) for name, one in shown[:MOST_SHOWN])
    return Ranges(tuple(MODELS[model] for model in Model), rows)


def _range(name: str, one: ChannelCredit, cost: float | None, currency: str | None) -> Range:
    return Range(
        name=Text(ru=name, en=name),
        values=tuple(one.credit[model] for model in Model),
        said=in_both(lambda language: range_told(one.least, one.most, language)),
        below=in_both(lambda language: below(one, cost, currency, language)),
    )
