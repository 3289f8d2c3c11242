"""«Что берут дальше»: what follows one thing, how soon, how much more often; and until when offers are taken."""

from collections.abc import Sequence
from dataclasses import dataclass

from tropa.analysis.next_taken import NextItem, NextQuery, NextResult, taken_next
from tropa.analysis.offers import EDGES, OfferQuery, OfferResult, offers_taken
from tropa.assembly.saying import count_with_share, in_both, of_units
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError, told
from tropa.events.places import EventNames, PlaceRule, PropertyValues
from tropa.render import words
from tropa.render.charts.panels import Panel, Panels
from tropa.render.charts.share_bars import ShareBar, ShareBars
from tropa.services.answering.answer import Answer, Column, Table
from tropa.services.answering.goals import Place, place_of
from tropa.services.answering.rates import FEW, INTERVAL, PERSONS, SHARE, share_cells, share_fields
from tropa.services.answering.scope import Scope
from tropa.services.answering.steps import read_length
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import two_proportions_p

QUESTION = Text(ru="Что берут дальше", en="What is taken next")
METHOD = Text(ru="Следующее событие: доля, срок и подъём", en="Next item: share, time and lift")
MOST_ITEMS = 500
_OFFERS = Text(ru="Предложения по времени", en="Offers by time")
_SURE = 0.05
_ASSOCIATED = Text(
    ru="Подъём – во сколько раз чаще, чем у тех, кто начал с другого; q – поправка на число сравнений. "
    "Это связь, а не причина.",
    en="Lift: how many times as often as among those who began with something else; q is corrected for the number "
    "of comparisons. This is association, not cause.",
)


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    name: Text
    item: NextItem
    q: float | None


def next_taken(
    scope: Scope,
    after: str | Sequence[str],
    *,
    of: str | None = None,
    within: str = "30d",
    offer: str | Sequence[str] | None = None,
    taken: str | Sequence[str] | None = None,
    top: int = 10,
) -> Answer:
    """What comes within the term after the first `after`: event names, or values of the events' property `of`.

    `offer` names the events that are offers, `taken` those that take one up.
    """
    place, term = place_of(scope, after), read_length(within)
    if term is None:
        raise InvalidQueryError("A term is needed.", "Write it as 30d.")
    keys, names, rule = _items(scope, of)
    result = taken_next(scope.log, NextQuery(place.rule, rule, term), scope.engine)
    rows = _rows(keys, names, result)[:top]
    offers = None
    if offer is not None:
        if not taken:
            raise InvalidQueryError("What takes an offer up?", "Name the events with --taken.")
        target = place_of(scope, taken).rule
        offers = offers_taken(scope.log, OfferQuery(place.rule, place_of(scope, offer).rule, target), scope.engine)
    return Answer(
        key="next",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(rows, result, place, within, scope.unit, language)),
        result=result,
        document=_document(rows, result, offers),
        tables=(_table(rows), *(() if offers is None else (_offer_table(offers),))),
        chart=_chart(rows, offers),
        notes=_notes(rows, result, offers),
    )


def _items(scope: Scope, of: str | None) -> tuple[tuple[str, ...], tuple[Text, ...], PlaceRule]:
    if of is None:
        keys = scope.log.event.values
        if len(keys) > MOST_ITEMS:
            raise InvalidQueryError(
                told("There are {count} event names, too many to compare.", count=len(keys)),
                "Name a property with --of, or join names.",
            )
        said = scope.words_for(keys)
        return keys, tuple(said[key] for key in keys), EventNames(tuple((key,) for key in keys))
    column = scope.event_property(of)
    return column.values, tuple(Text(ru=one, en=one) for one in column.values), PropertyValues(of, column.values)


def _rows(keys: Sequence[str], names: Sequence[Text], result: NextResult) -> list[_Row]:
    """Items that follow, most takers first; judged where enough people are on both sides."""
    judged = [
        number
        for number, one in enumerate(result.items)
        if min(one.taken.of, one.otherwise.of) >= FEW_PERSONS and one.taken.count + one.otherwise.count
    ]
    chances = [
        two_proportions_p(one.taken.count, one.taken.of, one.otherwise.count, one.otherwise.of)
        for one in (result.items[number] for number in judged)
    ]
    q = dict(zip(judged, benjamini_hochberg(chances).tolist(), strict=True))
    rows = [
        _Row(keys[number], names[number], one, q.get(number))
        for number, one in enumerate(result.items)
        if one.taken.count
    ]
    return sorted(rows, key=lambda row: (-row.item.taken.count, row.key))


def _sentence(
    rows: Sequence[_Row], result: NextResult, place: Place, within: str, unit: str, language: Language
) -> str:
    start, of = place.name.said_in(language), of_units(result.due, unit, language)
    if not rows:
        if language is Language.RU:
            return f"После «{start}» за {within} ничего не берут: никто {of}, у кого срок вышел."
        return f"After “{start}” nothing is taken within {within}: nobody {of} whose term is over."
    top = rows[0]
    name, count = top.name.said_in(language), count_with_share(top.item.taken, language)
    if language is Language.RU:
        return f"После «{start}» чаще всего берут «{name}»: {count} {of}{_lift(top, language)}."
    return f"After “{start}” most take “{name}”: {count} {of}{_lift(top, language)}."


def _lift(row: _Row, language: Language) -> str:
    lift = row.item.lift
    if lift is None or row.q is None or row.q > _SURE:
        return ""
    times = f"{words.decimal(lift.value, language)} ({words.span_of(lift.low, lift.high, language)})"
    if language is Language.RU:
        return f", в {times} раза к тем, кто начал с другого"
    return f", {times} times the share among those who began with something else"


def _document(rows: Sequence[_Row], result: NextResult, offers: OfferResult | None) -> dict[str, object]:
    items = []
    for row in rows:
        one = row.item
        items.append(
            {"name": row.key, "persons": one.taken.count, **share_fields(one.taken)}
            | {"otherwise": round(one.otherwise.value, 6), "otherwise_of": one.otherwise.of}
            | {"lift": None if one.lift is None else {"value": round(one.lift.value, 4), "low": round(one.lift.low, 4)}}
            | {"q_value": None if row.q is None else float(f"{row.q:.3g}")}
            | {"median_seconds": None if one.timing is None else round(one.timing.median_seconds, 3)}
        )
    return {
        "due": result.due,
        "open_ways": result.open_ways,
        "items": items,
        "offers": None if offers is None else _offers(offers),
    }


def _offers(offers: OfferResult) -> dict[str, object]:
    until = None if offers.until is None else int(offers.until.total_seconds())
    bins = [
        {"until_seconds": None if edge is None else int(edge.total_seconds()), "made": one.of, "taken": one.count}
        for edge, one in zip((*EDGES, None), offers.shares, strict=True)
    ]
    return {"taken_less_after_seconds": until, "by_time": bins}


def _table(rows: Sequence[_Row]) -> Table:
    columns = (
        Column(Text(ru="Что", en="What")),
        PERSONS,
        SHARE,
        *INTERVAL,
        Column(Text(ru="У других", en="Others"), Unit.SHARE),
        Column(Text(ru="Подъём", en="Lift"), Unit.RATIO),
        Column(Text(ru="q", en="q")),
        Column(Text(ru="Половина за", en="Half within"), Unit.SECONDS),
        Column(Text(ru="9 из 10 за", en="9 of 10 within"), Unit.SECONDS),
    )
    return Table("items", QUESTION, columns, tuple(_cells(row) for row in rows))


def _cells(row: _Row) -> tuple[Text | float | None, ...]:
    one = row.item
    other = one.otherwise.value if one.otherwise.of >= FEW_PERSONS else None
    times = (None, None) if one.timing is None else (one.timing.median_seconds, one.timing.p90_seconds)
    lift = None if one.lift is None or row.q is None else one.lift.value
    return (row.name, one.taken.count, *share_cells(one.taken), other, lift, row.q, *times)


def _edge_named(number: int) -> Text:
    return in_both(lambda language: _edges_said(number, language))


def _edges_said(number: int, language: Language) -> str:
    if number == len(EDGES):
        last = words.duration(EDGES[-1].total_seconds(), language)
        return f"позже {last}" if language is Language.RU else f"later than {last}"
    upto = words.duration(EDGES[number].total_seconds(), language)
    return f"до {upto}" if language is Language.RU else f"up to {upto}"


def _offer_table(offers: OfferResult) -> Table:
    columns = (
        Column(Text(ru="Через", en="After")),
        Column(Text(ru="Сделано", en="Made"), Unit.EVENTS),
        SHARE,
        *INTERVAL,
    )
    rows = tuple((_edge_named(number), one.of, *share_cells(one)) for number, one in enumerate(offers.shares) if one.of)
    return Table("offers", _OFFERS, columns, rows)


def _chart(rows: Sequence[_Row], offers: OfferResult | None) -> Panels:
    panels = []
    if offers is not None:
        bars = tuple(ShareBar(_edge_named(number), one) for number, one in enumerate(offers.shares) if one.of)
        panels.append(Panel(_OFFERS, ShareBars(bars)))
    return Panels(ShareBars(tuple(ShareBar(row.name, row.item.taken) for row in rows)), tuple(panels))


def _notes(rows: Sequence[_Row], result: NextResult, offers: OfferResult | None) -> tuple[Text, ...]:
    notes = [_ASSOCIATED]
    if result.open_ways:
        notes.append(in_both(lambda language: _open(result, language)))
    if any(row.item.taken.of < FEW_PERSONS for row in rows):
        notes.append(FEW)
    if offers is not None:
        notes.append(in_both(lambda language: _until(offers, language)))
    return tuple(notes)


def _open(result: NextResult, language: Language) -> str:
    count = words.whole(result.open_ways, language)
    if language is Language.RU:
        return f"Срок ещё не вышел у {count}: их нет ни в одной доле."
    return f"The term of {count} is not over: they are in no share."


def _until(offers: OfferResult, language: Language) -> str:
    if offers.until is None:
        if language is Language.RU:
            return "Момента, после которого предложения берут реже, данные не показывают."
        return "The data show no moment after which offers are taken less."
    term = words.duration(offers.until.total_seconds(), language)
    if language is Language.RU:
        return f"Позже чем через {term} предложения берут заметно реже."
    return f"Later than {term} offers are taken notably less."
