"""«Во что обходится»: what a visitor, a lead, a first and a second purchase cost, by channel and by segment."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap

from tropa.analysis.acquisition import Acquired
from tropa.assembly.acquiring import Acquisition, Asked, acquire
from tropa.assembly.saying import in_both
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Text
from tropa.errors import InvalidQueryError
from tropa.events.groups import UnitProperty
from tropa.render.charts.amount_bars import AmountBar, AmountBars
from tropa.render.charts.panels import Panel, Panels
from tropa.render.data_labels import CURRENCY_DIGITS
from tropa.services.answering.answer import Answer, Cell, Column, Table
from tropa.services.answering.costs_told import below_cost, cost_range, notes_on, sentence
from tropa.services.answering.goals import place_of
from tropa.services.answering.rates import persons_column
from tropa.services.answering.scope import Scope
from tropa.stats.proportions import Interval, Proportion, proportion

QUESTION = Text(ru="Во что обходится", en="What it costs")
METHOD = Text(ru="CAC, ROMI, ДРР: расходы рядом с пришедшими", en="CAC, ROMI, cost share: costs beside those who came")
EVERYTHING = Text(ru="Всё вместе", en="All together")
_LOST = Text(ru="Потрачено на тех, кто ушёл", en="Spent on those who left")
_UNMATCHED = Text(ru="Не сошлось с данными", en="Not met in the data")
_RETURNS = Text(ru="Что принесло", en="What it brought")
_SEGMENTS = Text(ru="По сегментам", en="By segment")
_MOST_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    """A channel or a segment: its money in minor units and its people; costs of one result with their intervals.

    An interval is None below 30 people or without a single result; `romi` and `share` (ДРР) need money of customers.
    """

    name: Text
    spent: float
    people: Acquired
    income: Interval | None

    @property
    def visitor(self) -> float | None:
        """Money a person who came."""
        return self.spent / self.people.persons if self.people.persons else None

    def per(self, share: Proportion) -> Interval | None:
        """Money a result, from the interval of the share of those who gave one."""
        if share.of < FEW_PERSONS or not share.count:
            return None
        each = self.spent / share.of
        return Interval(each / share.value, each / share.high, each / share.low)

    @property
    def romi(self) -> Interval | None:
        """(income − costs) / costs."""
        if self.income is None or not self.spent or self.people.persons < FEW_PERSONS:
            return None
        return Interval(*(one / self.spent - 1 for one in (self.income.value, self.income.low, self.income.high)))

    @property
    def share(self) -> Interval | None:
        """ДРР: costs / income."""
        if self.income is None or self.income.low <= 0 or self.people.persons < FEW_PERSONS:
            return None
        return Interval(*(self.spent / one for one in (self.income.value, self.income.high, self.income.low)))


def costs(
    scope: Scope,
    *,
    by: str | None = None,
    segment: str | None = None,
    lead: str | Sequence[str] | None = None,
    goal: str | Sequence[str] | None = None,
) -> Answer:
    """What results cost, by the events' channel or another property `by`; `segment`: also by a property of people.

    `lead` and `goal` name events; otherwise the stage where people make themselves known, and the map's goal.
    Raises InvalidQueryError where no costs are known or their days are not those of the data.
    """
    if not scope.ledger.costs:
        raise InvalidQueryError(
            "Nobody has said what marketing cost.",
            "Put a table with days or months and spending into the folder, run init, and ask again.",
        )
    if by is not None:
        scope.property(by)
    asked = Asked(
        by=by,
        segment=None if segment is None else _segment(scope, segment),
        lead=place_of(scope, lead).rule if lead else None,
        goal=place_of(scope, goal).rule if goal else None,
    )
    found = acquire(scope.log, scope.ledger, scope.stages(), asked, scope.engine)
    if found is None:
        raise InvalidQueryError(
            "The days of the costs and those of the data do not meet.",
            "Check the dates of both tables, or export the same period.",
        )
    return _answer(scope, found, segment)


def _segment(scope: Scope, name: str) -> UnitProperty:
    return UnitProperty(name, scope.property(name).values, scope.moment(name))


def _answer(scope: Scope, found: Acquisition, segment: str | None) -> Answer:
    currency = scope.log.currency or scope.ledger.currency
    rows, whole = _rows(scope, found), _whole(scope, found)
    parts = _segment_rows(scope, found)
    stages = [one.name for one in scope.stages()]
    lost = [(name, *found.left_at(place)) for place, name in enumerate(stages)]
    tables = [
        Table("channels", QUESTION, _price_columns(scope), tuple(map(_prices, [*rows, whole]))),
        Table("returns", _RETURNS, _return_columns(), tuple(map(_returns, [*rows, whole]))),
        _lost_table(scope, lost),
    ]
    if parts:
        tables.append(Table("segments", _SEGMENTS, _price_columns(scope), tuple(map(_prices, parts))))
        tables.append(Table("segment_returns", _RETURNS, _return_columns(), tuple(map(_returns, parts))))
    if found.spending.unmatched:
        tables.append(_unmatched_table(found))
    return Answer(
        key="costs",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: sentence(whole, rows, found.spending, scope, language)),
        result=found,
        document=_document(found, rows, whole, parts, lost, segment),
        tables=tuple(tables),
        chart=_chart(rows, lost, currency, scope.unit),
        notes=notes_on(found, rows, scope),
        currency=currency,
    )


def _rows(scope: Scope, found: Acquisition) -> list[CostRow]:
    """Channels with money first, the dearest first; then those that cost nothing, by people."""
    pairs = zip(found.values, found.people, strict=True)
    rows = [
        _row(scope, Text(ru=value, en=value), found.spending.amounts.get(value, 0), people)
        for value, people in pairs
        if value and (people.persons or found.spending.amounts.get(value))
    ]
    return sorted(rows, key=lambda one: (-one.spent, -one.people.persons, one.name.ru or ""))


def _whole(scope: Scope, found: Acquisition) -> CostRow:
    return _row(scope, EVERYTHING, found.spending.total, together([*found.people, found.rest]))


def _segment_rows(scope: Scope, found: Acquisition) -> list[CostRow]:
    """A segment's money is that of its people: a channel's money is shared by how many came from it."""
    rows = []
    for value, cells in found.segments.items():
        each = starmap(found.per_person, zip(found.values, found.people, strict=True))
        spent = sum(one * cell.persons for one, cell in zip(each, cells, strict=True))
        paid = [cell for name, cell in zip(found.values, cells, strict=True) if found.spending.amounts.get(name)]
        if paid and sum(one.persons for one in paid):
            rows.append(_row(scope, Text(ru=value, en=value), spent, together(paid)))
    return sorted(rows, key=lambda one: (-one.spent, one.name.ru or ""))


def _row(scope: Scope, name: Text, spent: float, people: Acquired) -> CostRow:
    return CostRow(name=name, spent=spent, people=people, income=_income(scope, people))


def _income(scope: Scope, people: Acquired) -> Interval | None:
    """Customers' money, else what the owner says that one result is worth, times results."""
    if scope.log.amount is not None:
        return Interval(*(one * people.persons for one in _ends(people.money_each)))
    worth = scope.project.goal.value if scope.project.goal else None
    if worth is None:
        return None
    each = worth * 10 ** CURRENCY_DIGITS.get(scope.log.currency or scope.ledger.currency or "", 2)
    return Interval(*(each * one * people.persons for one in _ends(people.first)))


def _ends(one: Interval | Proportion) -> tuple[float, float, float]:
    return one.value, one.low, one.high


def together(people: Sequence[Acquired]) -> Acquired:
    """Several groups as one."""
    persons = sum(one.persons for one in people)
    means = [one.money_each for one in people]
    mean = sum(one.value * each.persons for one, each in zip(means, people, strict=True)) / persons if persons else 0.0
    half = sum(((one.high - one.value) * each.persons) ** 2 for one, each in zip(means, people, strict=True)) ** 0.5
    half = half / persons if persons else 0.0
    stages = zip(*(one.left for one in people), strict=True)
    return Acquired(
        persons=persons,
        leads=proportion(sum(one.leads.count for one in people), persons),
        first=proportion(sum(one.first.count for one in people), persons),
        second=proportion(sum(one.second.count for one in people), persons),
        money=sum(one.money for one in people),
        money_each=Interval(mean, max(0.0, mean - half), mean + half),
        left=tuple(map(sum, stages)),
        still_open=sum(one.still_open for one in people),
    )


def _price_columns(scope: Scope) -> tuple[Column, ...]:
    return (
        Column(Text(ru="Канал", en="Channel")),
        Column(Text(ru="Потрачено", en="Spent"), Unit.MONEY),
        persons_column(scope.unit),
        Column(Text(ru="Посетитель", en="A visitor"), Unit.MONEY),
        *_ranged("Обращение", "A lead", Unit.MONEY),
        *_ranged("Первая покупка (CAC)", "First purchase (CAC)", Unit.MONEY),
        *_ranged("Вторая покупка", "Second purchase", Unit.MONEY),
    )


def _return_columns() -> tuple[Column, ...]:
    return (
        Column(Text(ru="Канал", en="Channel")),
        Column(Text(ru="Обратились", en="Asked"), Unit.PERSONS),
        Column(Text(ru="Купили", en="Bought"), Unit.PERSONS),
        Column(Text(ru="Купили снова", en="Bought again"), Unit.PERSONS),
        Column(Text(ru="Принесли", en="Income"), Unit.MONEY),
        *_ranged("ROMI", "ROMI", Unit.SHARE),
        *_ranged("ДРР", "Cost share", Unit.SHARE),
    )


def _ranged(ru: str, en: str, unit: Unit) -> tuple[Column, Column, Column]:
    low, high = Text(ru="От", en="Low"), Text(ru="До", en="High")
    return Column(Text(ru=ru, en=en), unit), Column(low, unit, bound=True), Column(high, unit, bound=True)


def _prices(row: CostRow) -> tuple[Cell, ...]:
    people, paid = row.people, bool(row.spent)
    return (
        row.name,
        row.spent or None,
        people.persons,
        row.visitor if paid else None,
        *_three(row.per(people.leads) if paid else None),
        *_three(row.per(people.first) if paid else None),
        *_three(row.per(people.second) if paid else None),
    )


def _returns(row: CostRow) -> tuple[Cell, ...]:
    people = row.people
    return (
        row.name,
        people.leads.count,
        people.first.count,
        people.second.count,
        row.income.value if row.income else None,
        *_three(row.romi),
        *_three(row.share if row.spent else None),
    )


def _three(one: Interval | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if one is None else (one.value, one.low, one.high)


def _lost_table(scope: Scope, lost: Sequence[tuple[Text, int, float]]) -> Table:
    columns = (
        Column(Text(ru="Этап", en="Stage")),
        persons_column(scope.unit),
        Column(Text(ru="Потрачено на них", en="Spent on them"), Unit.MONEY),
    )
    return Table("left", _LOST, columns, tuple((name, count, money) for name, count, money in lost if count))


def _unmatched_table(found: Acquisition) -> Table:
    columns = (Column(Text(ru="В расходах", en="In the costs")), Column(Text(ru="Потрачено", en="Spent"), Unit.MONEY))
    return Table("unmatched", _UNMATCHED, columns, tuple(found.spending.unmatched.items()))


def _document(
    found: Acquisition,
    rows: Sequence[CostRow],
    whole: CostRow,
    parts: Sequence[CostRow],
    lost: Sequence[tuple[Text, int, float]],
    segment: str | None,
) -> dict[str, object]:
    spent = found.spending
    return {
        "by": found.by,
        "period": {"from": spent.first.isoformat(), "to": spent.last.isoformat()},
        "total": _fields(whole),
        "channels": list(map(_fields, rows)),
        "segment": segment,
        "segments": list(map(_fields, parts)),
        "left": [{"ru": n.ru, "en": n.en, "persons": count, "spent": round(money)} for n, count, money in lost],
        "unmatched": dict(spent.unmatched),
        "without_channel": spent.shared,
        "outside": spent.outside,
        "days_missing": dict(spent.days_missing),
    }


def _fields(row: CostRow) -> dict[str, object]:
    people = row.people
    return {
        "name": row.name.en,
        "spent": round(row.spent),
        "persons": people.persons,
        "leads": people.leads.count,
        "first": people.first.count,
        "second": people.second.count,
        "income": None if row.income is None else round(row.income.value),
        "per_visitor": None if row.visitor is None else round(row.visitor),
        **{
            f"per_{name}": None if one is None else {k: round(getattr(one, k)) for k in ("value", "low", "high")}
            for name, one in (
                ("lead", row.per(people.leads)),
                ("first", row.per(people.first)),
                ("second", row.per(people.second)),
            )
        },
        **{
            name: None if one is None else {k: round(getattr(one, k), 4) for k in ("value", "low", "high")}
            for name, one in (("romi", row.romi), ("cost_share", row.share))
        },
    }


def _chart(
    rows: Sequence[CostRow], lost: Sequence[tuple[Text, int, float]], currency: str | None, unit: str
) -> Panels | None:
    paid = [(one, per) for one in rows if one.spent and (per := one.per(one.people.first)) is not None][:_MOST_SHOWN]
    main = AmountBars(tuple(_price_bar(one, per, currency, unit) for one, per in paid)) if paid else None
    bars = tuple(_lost_bar(name, count, money, currency, unit) for name, count, money in lost if count)
    others = (Panel(_LOST, AmountBars(bars)),) if bars else ()
    return Panels(main, others) if main or others else None


def _price_bar(row: CostRow, per: Interval, currency: str | None, unit: str) -> AmountBar:
    return AmountBar(
        name=row.name,
        value=per.value,
        ends=(per.low, per.high),
        said=in_both(lambda language: cost_range(per.value, per, currency, language)),
        below=in_both(lambda language: below_cost(row.people.first.count, unit, language, of=row.people.persons)),
    )


def _lost_bar(name: Text, count: int, money: float, currency: str | None, unit: str) -> AmountBar:
    return AmountBar(
        name=name,
        value=money,
        said=in_both(lambda language: cost_range(money, None, currency, language)),
        below=in_both(lambda language: below_cost(count, unit, language)),
    )
