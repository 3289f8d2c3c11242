"""«Ценность клиентов»: who buys lately, often and for much; and how much is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.analysis.buyers import Buyers, buyers
from tropa.assembly.saying import in_both, of_units
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError, told
from tropa.events.log import DAY_MS, NO_AMOUNT
from tropa.events.places import EventNames
from tropa.render import words
from tropa.render.charts.pairs import Pair, Pairs
from tropa.services.answering.answer import Answer, Column, Table
from tropa.services.answering.expected import Expected, Fit, expected_of
from tropa.services.answering.goals import Place, place_of
from tropa.services.answering.rates import PERSONS, SHARE
from tropa.services.answering.scope import Scope

QUESTION = Text(ru="Ценность клиентов", en="What clients are worth")
METHOD = Text(ru="RFM: давность, частота, деньги; BG/NBD и Gamma-Gamma", en="RFM; BG/NBD and Gamma-Gamma")
FIFTHS = 5
NAMES = (
    ("best", Text(ru="Лучшие: покупают часто и недавно", en="Best: buy often and lately")),
    ("loyal", Text(ru="Постоянные", en="Regular")),
    ("new", Text(ru="Новые: купили недавно и мало", en="New: bought lately and little")),
    ("cooling", Text(ru="Остывают: покупали, но давно", en="Cooling: bought, but some time ago")),
    ("at_risk", Text(ru="Уходят: покупали часто, но давно", en="Leaving: bought often, long ago")),
    ("gone", Text(ru="Ушли: купили мало и давно", en="Gone: bought little, long ago")),
)
_OF_PEOPLE = Text(ru="доля людей", en="share of people")
_OF_MONEY = Text(ru="доля денег", en="share of money")
_AHEAD = Text(ru="Что впереди", en="What is to come")
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Worth:
    """A group of buyers: how many, their money in minor units, days with a purchase, days since the last (median)."""

    key: str
    name: Text
    persons: int
    money: int
    purchases: int
    days_since: float


@dataclass(frozen=True, slots=True)
class ValueResult:
    """Groups in the order of NAMES, those without people left out; `expected` None where it was not asked for."""

    groups: tuple[Worth, ...]
    buyers: int
    money: int
    expected: Expected | None


def value(scope: Scope, *, purchase: str | Sequence[str] | None = None, ahead: bool = False) -> Answer:
    """Buyers by recency, frequency and money; with `ahead` also what to expect in 90 and 365 days (extra `ltv`).

    A purchase is any event with money unless named; purchases of one day are one.
    """
    place = _purchase(scope, purchase)
    found = buyers(scope.log, place.rule, DAY_MS, scope.engine)
    if len(found.unit) < FEW_PERSONS:
        raise InvalidQueryError(
            told("Only {count} have bought; {few} are needed.", count=len(found.unit), few=FEW_PERSONS),
            "Name the events that are purchases with --purchase.",
        )
    groups = _groups(found, scope.log.as_of)
    expected = expected_of(found, scope.log.as_of) if ahead else None
    result = ValueResult(groups, len(found.unit), int(found.money.sum()), expected)
    currency = scope.log.currency
    return Answer(
        key="value",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(result, scope.unit, currency, language)),
        result=result,
        document=_document(result),
        tables=_tables(result),
        chart=_chart(result),
        notes=_notes(result, place),
        currency=currency,
    )


def _purchase(scope: Scope, purchase: str | Sequence[str] | None) -> Place:
    if purchase:
        return place_of(scope, purchase)
    amount, names = scope.log.amount, scope.log.event.values
    if amount is None or not (amount != NO_AMOUNT).any():
        raise InvalidQueryError("The data have no money.", "Name the events that are purchases with --purchase.")
    paid = np.unique(scope.log.event.codes[amount != NO_AMOUNT]).tolist()
    said = scope.words_for([names[code] for code in paid])
    name = in_both(lambda language: ", ".join(said[names[code]].said_in(language) for code in paid))
    return Place(EventNames((tuple(names[code] for code in paid),)), name)


def fifths(figures: Numbers) -> Numbers:
    """1 to 5 by rank; equal figures share the fifth of their middle rank. Shape as given."""
    _, place, counts = np.unique(figures, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - counts / 2
    fifth = np.floor(middle / len(figures) * FIFTHS).astype(np.int64) + 1
    return np.asarray(np.minimum(FIFTHS, fifth)[place], dtype=np.int64)


def _groups(found: Buyers, as_of: int) -> tuple[Worth, ...]:
    recent, often, much = fifths(found.last), fifths(found.times), fifths(found.money)
    active = (often + much) / 2
    repeats = found.times > 1
    number = np.select(
        [
            (recent >= 4) & (active >= 4),
            (recent >= 4) & ~repeats & (active < 4),
            (recent >= 3) & (active >= 2.5),
            (recent <= 2) & (active >= 4),
            (recent == 3) | ((recent == 2) & (active >= 2.5)) | (recent >= 4),
        ],
        [0, 2, 1, 4, 3],
        default=5,
    )
    since = (as_of - found.last) / DAY_MS
    return tuple(
        Worth(
            key,
            name,
            int(mine.sum()),
            int(found.money[mine].sum()),
            int(found.times[mine].sum()),
            float(np.median(since[mine])),
        )
        for k, (key, name) in enumerate(NAMES)
        if (mine := number == k).any()
    )


def _document(result: ValueResult) -> dict[str, object]:
    groups = [
        {
            "key": one.key,
            "ru": one.name.ru,
            "en": one.name.en,
            "persons": one.persons,
            "money": one.money,
            "purchases": one.purchases,
            "median_days_since": round(one.days_since, 2),
        }
        for one in result.groups
    ]
    expected = None if result.expected is None else result.expected.fields()
    return {"buyers": result.buyers, "money": result.money, "groups": groups, "expected": expected}


def _tables(result: ValueResult) -> tuple[Table, ...]:
    columns = (
        Column(Text(ru="Кто", en="Who")),
        PERSONS,
        SHARE,
        Column(Text(ru="Деньги", en="Money"), Unit.MONEY),
        Column(Text(ru="Доля денег", en="Share of money"), Unit.SHARE),
        Column(Text(ru="Покупок на клиента", en="Purchases each"), Unit.RATIO),
        Column(Text(ru="Последняя покупка назад", en="Since the last purchase"), Unit.SECONDS),
    )
    rows = tuple(
        (
            one.name,
            one.persons,
            one.persons / result.buyers,
            one.money,
            one.money / result.money if result.money else None,
            one.purchases / one.persons,
            one.days_since * 86_400,
        )
        for one in result.groups
    )
    table = Table("groups", QUESTION, columns, rows)
    return (table,) if result.expected is None else (table, _ahead_table(result.expected))


def _ahead_table(expected: Expected) -> Table:
    columns = (
        Column(Text(ru="За", en="Within"), Unit.SECONDS),
        Column(Text(ru="Покупок", en="Purchases"), Unit.EVENTS),
        Column(Text(ru="От", en="Low"), Unit.EVENTS, bound=True),
        Column(Text(ru="До", en="High"), Unit.EVENTS, bound=True),
        Column(Text(ru="Деньги", en="Money"), Unit.MONEY),
        Column(Text(ru="От", en="Low"), Unit.MONEY, bound=True),
        Column(Text(ru="До", en="High"), Unit.MONEY, bound=True),
    )
    rows = []
    for one in expected.terms:
        money = one.money
        cells = (None, None, None) if money is None else (money.value, money.low, money.high)
        purchases = one.purchases
        rows.append((one.days * 86_400, purchases.value, purchases.low, purchases.high, *cells))
    return Table("ahead", _AHEAD, columns, tuple(rows))


def _chart(result: ValueResult) -> Pairs:
    shares = [(one, one.persons / result.buyers, one.money / (result.money or 1)) for one in result.groups]
    most = max(max(people, money) for _, people, money in shares)
    return Pairs((_OF_PEOPLE, _OF_MONEY), tuple(_pair(one, people, money, most) for one, people, money in shares))


def _pair(one: Worth, people: float, money: float, most: float) -> Pair:
    return Pair(
        name=one.name,
        values=(people, money),
        most=most,
        said=in_both(lambda language: f"{words.percent(people, language)} › {words.percent(money, language)}"),
        below=in_both(lambda language: _below(one, language)),
    )


def _below(one: Worth, language: Language) -> str:
    count, since = words.whole(one.persons, language), words.duration(one.days_since * 86_400, language)
    each = words.decimal(one.purchases / one.persons, language)
    if language is Language.RU:
        return f"людей: {count} · покупок на каждого: {each} · последняя – {since} назад"
    return f"people: {count} · purchases each: {each} · the last {since} ago"


def _sentence(result: ValueResult, unit: str, currency: str | None, language: Language) -> str:
    ru = language is Language.RU
    top = max(result.groups, key=lambda one: (one.money, one.persons))
    name = top.name.said_in(language)
    people = f"{words.percent(top.persons / result.buyers, language)} {of_units(result.buyers, unit, language)}"
    if not result.money:
        return f"Больше всего – «{name}»: {people}." if ru else f"Most are “{name}”: {people}."
    share = words.percent(top.money / result.money, language)
    money = words.money(result.money, currency, language)
    first = (
        f"«{name}» – {people} с покупкой – приносят {share} денег из {money}."
        if ru
        else f"“{name}”, {people} who bought, bring {share} of {money}."
    )
    return first if result.expected is None else f"{first} {_ahead_said(result.expected, currency, language)}"


def _ahead_said(expected: Expected, currency: str | None, language: Language) -> str:
    one = expected.terms[0]
    days = words.whole(one.days, language)
    count = words.whole(one.purchases.value, language)
    low, high = (words.whole(edge, language) for edge in (one.purchases.low, one.purchases.high))
    money = ""
    if one.money is not None:
        ends = words.interval(one.money.low, one.money.high, Unit.MONEY, language, currency)
        money = f", {words.money(one.money.value, currency, language)} ({ends})"
    if language is Language.RU:
        return f"За {days} дней от них можно ждать повторных покупок: {count} ({low}–{high}){money}."
    return f"In {days} days {count} repeat purchases can be expected of them ({low}–{high}){money}."


def _notes(result: ValueResult, place: Place) -> tuple[Text, ...]:
    notes = [
        in_both(
            lambda language: (
                f"Покупка – «{place.name.said_in(language)}»; покупки одного дня – одна. Пятые доли – среди купивших."
                if language is Language.RU
                else f"A purchase is “{place.name.said_in(language)}”; those of one day are one. "
                "Fifths are among those who bought."
            )
        )
    ]
    if result.expected is not None:
        fit = result.expected.fit
        notes.append(in_both(lambda language: _fit_said(fit, language)))
    return tuple(notes)


def _fit_said(fit: Fit, language: Language) -> str:
    span = words.duration(timedelta(days=fit.longest_days).total_seconds(), language)
    if language is Language.RU:
        return (
            f"Ожидание – по модели BG/NBD: люди покупают ровно, пока не уйдут; данных – {span}, сезоны не учтены, "
            "интервал – по повторным выборкам клиентов."
        )
    return (
        f"Expected by BG/NBD: people buy evenly until they leave; the data cover {span}, seasons are not in it; "
        "the interval comes from drawing customers again."
    )
