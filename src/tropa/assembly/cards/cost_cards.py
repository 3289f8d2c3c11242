"""Cards of marketing money: what a visitor and a first purchase cost, what went on people who left at each stage."""

from collections.abc import Iterator, Sequence

from tropa.assembly.acquiring import Acquisition
from tropa.assembly.answer import goal_stage
from tropa.assembly.cards.card import a_card
from tropa.assembly.facts import Facts
from tropa.assembly.saying import in_both, of_units
from tropa.domain.evidence import FEW_PERSONS, Measurement, Unit
from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.period import Period
from tropa.domain.text import Language, Text
from tropa.render.words import money, units, whole
from tropa.stats.proportions import Proportion, proportion

_SPENT = Text(ru="Потрачено на ушедших здесь", en="Spent on those who left here")
_FIRST = Text(ru="Цена первой покупки (CAC)", en="Cost of a first purchase (CAC)")
_VISITOR = Text(ru="Цена посетителя", en="Cost of a visitor")
_WORTH_TELLING = 0.01
"""A stage with a smaller part of the money needs no card of it."""


def cost_cards(facts: Facts) -> Iterator[Card]:
    """All cards that rest on costs; none without them."""
    found = facts.acquisition
    if found is None or found.spending.total <= 0:
        return
    paid = [one for name, one in zip(found.values, found.people, strict=True) if found.spending.amounts.get(name)]
    persons = sum(one.persons for one in paid)
    known = sum(found.spending.amounts.values())
    stages = facts.stage_keys
    if persons and known:
        visitor = _measured(facts, "visitor_cost", known / persons, persons, _of_visitors(facts, known, persons))
        yield _card(stages[0], "visitor_cost", _VISITOR, visitor)
        bought = proportion(sum(one.first.count for one in paid), persons)
        if persons >= FEW_PERSONS and bought.count:
            goal = stages[goal_stage(facts)]
            yield _card(goal, "cac", _FIRST, _first_purchase(facts, known, bought))
    yield from _left_cards(facts, found, stages)


def _left_cards(facts: Facts, found: Acquisition, stages: Sequence[str]) -> Iterator[Card]:
    for number, stage in enumerate(stages):
        count, spent = found.left_at(number)
        if count and spent >= _WORTH_TELLING * found.spending.total:
            figure = _measured(facts, "spent_on_lost", spent, count, _of_left(facts, spent, count))
            yield _card(stage, "spent_on_lost", _SPENT, figure)


def _card(stage: str, key: str, text: Text, figure: Measurement) -> Card:
    return a_card(LaneKind.KPI, f"{stage}.{key}", stage, text, by=f"kpi:{key}:{stage}", evidence=[figure])


def _first_purchase(facts: Facts, spent: int, bought: Proportion) -> Measurement:
    each = spent / bought.of
    return _measured(
        facts,
        "cac",
        each / bought.value,
        bought.of,
        _of_buyers(facts, spent, bought),
        ends=(each / bought.high, each / bought.low),
    )


def _measured(
    facts: Facts, metric: str, value: float, of: int, note: Text, *, ends: tuple[float, float] | None = None
) -> Measurement:
    assert facts.acquisition is not None
    spent = facts.acquisition.spending
    return Measurement(
        key="e1",
        metric=metric,
        unit=Unit.MONEY,
        value=float(round(value)),
        low=None if ends is None else float(round(ends[0])),
        high=None if ends is None else float(round(ends[1])),
        of=of,
        period=Period(spent.first, spent.last),
        currency=facts.money_currency,
        sources=(*facts.event_files, *facts.cost_files),
        note=note,
    )


def _of_visitors(facts: Facts, spent: int, persons: int) -> Text:
    def said(language: Language) -> str:
        total, who = money(spent, facts.money_currency, language), units(persons, facts.unit, language)
        if language is Language.RU:
            return f"{total} на каналы, из которых пришли {who}"
        return f"{total} on channels that brought {who}"

    return in_both(said)


def _of_left(facts: Facts, spent: float, count: int) -> Text:
    def said(language: Language) -> str:
        total, who = money(spent, facts.money_currency, language), units(count, facts.unit, language)
        if language is Language.RU:
            return f"{who} из платных каналов дальше не пошли, не купили и не появлялись 30 дней: на них ушло {total}"
        return f"{who} from paid channels went no further, bought nothing and were not seen for 30 days: {total}"

    return in_both(said)


def _of_buyers(facts: Facts, spent: int, bought: Proportion) -> Text:
    def said(language: Language) -> str:
        total = money(spent, facts.money_currency, language)
        counts = f"{whole(bought.count, language)} {of_units(bought.of, facts.unit, language)}"
        if language is Language.RU:
            return f"{total} на каналы с расходом; купили {counts}, пришедших из них"
        return f"{total} on channels with costs; {counts} who came from them bought"

    return in_both(said)
