"""«Чем отличаются»: two groups or two periods side by side, and what of it is more than noise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from tropa.analysis.comparison import ComparisonQuery, GroupFigures, compare
from tropa.assembly.saying import in_both, of_units
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Language, Text
from tropa.errors import InvalidQueryError, told
from tropa.events.extent import extent_of
from tropa.events.groups import UnitProperty
from tropa.events.sides import Sides
from tropa.events.staged import StagedPlaces
from tropa.render import words
from tropa.services.answering.answer import Answer, Column, Table
from tropa.services.answering.effects import (
    Effect,
    effect_fields,
    effects_table,
    figures_said,
    gap_said,
    judged,
    of_money,
    of_shares,
    of_times,
    pairs,
    q_said,
)
from tropa.services.answering.goals import Place, goal_of
from tropa.services.answering.scope import Scope
from tropa.services.answering.sides import REST, NamedSide, read_side
from tropa.services.answering.steps import read_length
from tropa.stats.differences import Standardised, standardise

QUESTION = Text(ru="Чем отличаются", en="How they differ")
METHOD = Text(
    ru="Сравнение двух групп с поправкой на число сравнений", en="Two groups compared, corrected for multiplicity"
)
TERM = timedelta(days=30)
MOST_VALUES, KNOWN_OF = 12, 0.9
MOST_SHOWN = 12
_MIX = Text(ru="Состав и доля", en="Mix and rate")
_SURE_OF_MIX = 0.002


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    words: Text
    values: tuple[str, ...]
    rule: UnitProperty


@dataclass(frozen=True, slots=True)
class _Parted:
    """The difference at the goal taken apart by one property."""

    by: _Property
    parts: Standardised


def comparison(
    scope: Scope,
    a: str,
    b: str | None = None,
    *,
    goal: str | Sequence[str] | None = None,
    within: str | None = None,
    top: int = MOST_SHOWN,
) -> Answer:
    """Compare `a` with `b` (everybody else unless named), each person watched for the same term from the first event.

    A side is `property=value`, `property=value|other` or `2026-01-01..2026-03-31`: journeys begun on these days.
    """
    sides = (read_side(scope, a), None if b is None else read_side(scope, b))
    names = (sides[0].name, REST if sides[1] is None else sides[1].name)
    place, mixed = goal_of(scope, goal), _properties(scope, sides)
    stages = scope.stages()
    query = ComparisonQuery(
        groups=Sides(sides[0].side, None if sides[1] is None else sides[1].side),
        touchpoints=StagedPlaces(stages),
        stage_of=tuple(number for number, stage in enumerate(stages) for _ in stage.touchpoints),
        stages=len(stages),
        goal=place.rule,
        within=read_length(within) or default_term(scope),
        mix=tuple(one.rule for one in mixed),
    )
    one, other = compare(scope.log, query, scope.engine)
    _all_there(names, one, other)
    effects = judged(list(_effects(scope, place, mixed, one, other)))
    parted = _parted(mixed, one, other)
    currency = scope.log.currency
    return Answer(
        key="compare",
        question=QUESTION,
        method=METHOD,
        sentence=in_both(lambda language: _sentence(effects, names, (one, other), scope.unit, currency, language)),
        result=(one, other),
        document={
            "a": _side_fields(names[0], one),
            "b": _side_fields(names[1], other),
            "within_seconds": int(query.within.total_seconds()),
            "compared": len(effects),
            "effects": [effect_fields(effect) for effect in effects],
            "mix": [_parted_fields(part) for part in parted],
        },
        tables=(effects_table("effects", QUESTION, effects, names, currency), _mix_table(parted)),
        chart=pairs([effect for effect in effects if effect.sure][:top] or effects[:top], names, currency),
        notes=_notes(query, effects, parted, (one, other)),
        currency=currency,
    )


def default_term(scope: Scope) -> timedelta:
    """A month, or a quarter of the time that the data cover where that is less."""
    extent = extent_of(scope.log, scope.engine)
    return max(min(TERM, timedelta(milliseconds=(extent.last - extent.first) // 4)), timedelta(seconds=1))


def _all_there(names: Sequence[Text], *figures: GroupFigures) -> None:
    for name, one in zip(names, figures, strict=True):
        if one.persons < FEW_PERSONS:
            raise InvalidQueryError(
                told(
                    "Too few to compare: {name} has {persons} whose term is over; {few} are needed.",
                    name=name.en or "",
                    persons=one.persons,
                    few=FEW_PERSONS,
                ),
                "Choose a larger group, or a shorter term with --within.",
            )


def _properties(scope: Scope, sides: Sequence[NamedSide | None]) -> list[_Property]:
    """Properties known of nearly everybody, the compared ones left out."""
    compared = {one.by for one in sides if one is not None}
    found = []
    for name in sorted({*scope.log.properties, *scope.log.unit_properties} - compared):
        column = scope.property(name)
        counts = np.bincount(column.codes[column.codes >= 0], minlength=len(column.values))
        if len(column.values) < 2 or counts.sum() < KNOWN_OF * scope.log.units:
            continue
        values = tuple(column.values[code] for code in np.argsort(-counts, kind="stable")[:MOST_VALUES].tolist())
        rule = UnitProperty(name, values, scope.moment(name))
        found.append(_Property(name, scope.property_words(name), values, rule))
    return found


def _effects(
    scope: Scope, place: Place, mixed: Sequence[_Property], a: GroupFigures, b: GroupFigures
) -> Iterator[Effect | None]:
    yield of_shares("goal", "goal", _named("Цель: {}", "The goal: {}", place.name), a.goal, b.goal)
    yield of_money("money", Text(ru="Деньги на человека", en="Money a person"), a.money, b.money)
    stages = scope.stages()
    for number, stage in enumerate(stages):
        yield of_shares(
            "stage", stage.key, _named("Дошли: {}", "Came to: {}", stage.name), a.stages[number], b.stages[number]
        )
    for number, stage in enumerate(stages[:-1]):
        onwards = _named("Пошли дальше: {}", "Went on from: {}", stage.name)
        yield of_shares("step", stage.key, onwards, a.steps[number], b.steps[number])
        slow = _named("Время до следующего этапа: {}", "Time to the next stage: {}", stage.name)
        yield of_times(stage.key, slow, a.times[number], b.times[number])
    touchpoints = [one for stage in stages for one in stage.touchpoints]
    for number, one in enumerate(touchpoints):
        met = _named("Встретили: {}", "Met: {}", one.name)
        yield of_shares("touchpoint", one.key, met, a.touchpoints[number], b.touchpoints[number])
    for number, prop in enumerate(mixed):
        for place_of_value, value in enumerate(prop.values):
            name = Text(ru=f"Состав: {prop.words.ru} {value}", en=f"Mix: {prop.words.en} {value}")
            yield of_shares(
                "mix", f"{prop.name}={value}", name, a.mix[number][place_of_value], b.mix[number][place_of_value]
            )


def _named(ru: str, en: str, name: Text) -> Text:
    return Text(ru=ru.format(name.said_in(Language.RU)), en=en.format(name.said_in(Language.EN)))


def _parted(mixed: Sequence[_Property], a: GroupFigures, b: GroupFigures) -> list[_Parted]:
    """By each property what of the difference at the goal is mix, the most telling first."""
    found = []
    for number, prop in enumerate(mixed):
        parts = standardise(a.goal_by[number], b.goal_by[number])
        if parts is not None:
            found.append(_Parted(prop, parts))
    return sorted(found, key=lambda one: (-abs(one.parts.mix), one.by.name))


def _side_fields(name: Text, one: GroupFigures) -> dict[str, object]:
    return {
        "ru": name.ru,
        "en": name.en,
        "persons": one.persons,
        "open_ways": one.open_ways,
        "goal": {"persons": one.goal.count, "conversion": round(one.goal.value, 6)},
        "money_per_person": None if one.money is None else round(one.money.value, 2),
    }


def _parted_fields(one: _Parted) -> dict[str, object]:
    rate = one.parts.rate
    return {
        "property": one.by.name,
        "mix": round(one.parts.mix, 6),
        "rate": {"value": round(rate.value, 6), "low": round(rate.low, 6), "high": round(rate.high, 6)},
        "covered": round(one.parts.covered, 6),
    }


def _mix_table(parted: Sequence[_Parted]) -> Table:
    columns = (
        Column(Text(ru="Свойство", en="Property")),
        Column(Text(ru="От состава", en="From mix"), Unit.SHARE),
        Column(Text(ru="При том же составе", en="At the same mix"), Unit.SHARE),
        Column(Text(ru="От", en="Low"), Unit.SHARE, bound=True),
        Column(Text(ru="До", en="High"), Unit.SHARE, bound=True),
    )
    rows = tuple(
        (one.by.words, one.parts.mix, one.parts.rate.value, one.parts.rate.low, one.parts.rate.high) for one in parted
    )
    return Table("mix", _MIX, columns, rows)


def _sentence(
    effects: Sequence[Effect],
    names: tuple[Text, Text],
    figures: tuple[GroupFigures, GroupFigures],
    unit: str,
    currency: str | None,
    language: Language,
) -> str:
    ru = language is Language.RU
    whom = " › ".join(
        f"{name.said_in(language)} ({words.units(one.persons, unit, language)})"
        for name, one in zip(names, figures, strict=True)
    )
    if not effects or not effects[0].sure:
        return (
            f"{whom}: различий сверх случайных не видно, сравнили показателей: {len(effects)}."
            if ru
            else f"{whom}: nothing differs beyond noise; {len(effects)} figures were compared."
        )
    top, sure = effects[0], sum(one.sure for one in effects)
    counted = ""
    if top.counts is not None:
        each = [
            f"{words.whole(n, language)} {of_units(of, unit, language)}"
            for n, of in zip(top.counts, top.of, strict=True)
        ]
        counted = f" ({each[0]}; {each[1]})"
    figures_told, gap = figures_said(top, language, currency), gap_said(top, language, currency)
    what = f"{figures_told}{counted}, {gap}, {q_said(top.q, language)}"
    name = top.name.said_in(language)
    of = len(effects)
    if ru:
        return f"{whom}. Сильнее всего отличается «{name}»: {what}. Всего различий сверх случайных: {sure} из {of}."
    return f"{whom}. Most different is “{name}”: {what}. Differences beyond noise: {sure} of {of}."


def _notes(
    query: ComparisonQuery,
    effects: Sequence[Effect],
    parted: Sequence[_Parted],
    figures: tuple[GroupFigures, GroupFigures],
) -> tuple[Text, ...]:
    notes = []
    goal = next((one for one in effects if one.kind == "goal"), None)
    if goal is not None and goal.sure and parted and abs(parted[0].parts.mix) > _SURE_OF_MIX:
        notes.append(in_both(lambda language: _mix_said(goal, parted[0], language)))
    notes.append(in_both(lambda language: _term_said(query, figures, language)))
    notes.append(
        Text(
            ru="Порядок: размер различия × число людей. q – поправка на число сравнений (Бенджамини – Хохберг). "
            "Это различия между группами, а не действие того, чем группы названы.",
            en="In order of size × people. q is corrected for the number of comparisons (Benjamini–Hochberg). "
            "These are differences between groups, not effects of what names them.",
        )
    )
    return tuple(notes)


def _mix_said(goal: Effect, one: _Parted, language: Language) -> str:
    whole, mix = (words.points(value, language) for value in (goal.difference.value, one.parts.mix))
    rate = one.parts.rate
    low, high = (words.signed(100 * edge, language) for edge in (rate.low, rate.high))
    by, same = one.by.words.said_in(language), words.points(rate.value, language)
    gone = rate.low <= 0 <= rate.high
    if language is Language.RU:
        told_of_rest = "; при том же составе разницы не видно" if gone else ""
        return (
            f"Разница у цели {whole}: от состава ({by}) {mix}, при том же составе {same} (от {low} до {high})"
            f"{told_of_rest}."
        )
    told_of_rest = "; at the same mix no difference is seen" if gone else ""
    return f"At the goal {whole}: {mix} from the mix ({by}), {same} at the same mix ({low} to {high}){told_of_rest}."


def _term_said(query: ComparisonQuery, figures: tuple[GroupFigures, GroupFigures], language: Language) -> str:
    term = words.duration(query.within.total_seconds(), language)
    still_open = [words.whole(one.open_ways, language) for one in figures]
    if language is Language.RU:
        left = f"{still_open[0]} и {still_open[1]}"
        return f"За каждым смотрим {term} от первого события; чей срок не вышел, те не в счёт: {left}."
    left = f"{still_open[0]} and {still_open[1]}"
    return f"Each is watched for {term} from the first event; whose term is not over is left out: {left}."
