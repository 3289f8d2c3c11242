"""Differences between two sides, of whatever kind: judged together, told and drawn in one way."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tropa.assembly.saying import in_both
from tropa.domain.evidence import FEW_PERSONS, Unit
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.charts.pairs import Pair, Pairs
from tropa.services.answering.answer import Cell, Column, Table
from tropa.stats.differences import chance_of, difference_of_means, interval_of_difference
from tropa.stats.durations import Timing
from tropa.stats.exact import Mean
from tropa.stats.multiple import benjamini_hochberg
from tropa.stats.proportions import Interval, Proportion, difference, two_proportions_p

SURE = 0.05
_MOST_RATIO = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one thing is on both sides, and `difference`: how far the second lies above the first.

    `weight` = size of the effect × people of the smaller side: share points for shares, the logarithm of the ratio (at
    most 1) for times, standard deviations (at most 1) for money. `counts` are of the two shares, None for others.
    """

    kind: str
    key: str
    name: Text
    unit: Unit
    values: tuple[float, float]
    of: tuple[int, int]
    difference: Interval
    p: float
    weight: float
    counts: tuple[int, int] | None = None
    q: float = 1.0

    @property
    def sure(self) -> bool:
        """More than a fluke among all that were compared."""
        return self.q <= SURE


def of_shares(kind: str, key: str, name: Text, a: Proportion, b: Proportion) -> Effect | None:
    """Two shares; None where a side is too small."""
    if min(a.of, b.of) < FEW_PERSONS:
        return None
    gap = difference(b, a)
    return Effect(
        kind=kind,
        key=key,
        name=name,
        unit=Unit.SHARE,
        values=(a.value, b.value),
        of=(a.of, b.of),
        difference=gap,
        p=two_proportions_p(a.count, a.of, b.count, b.of),
        weight=abs(gap.value) * min(a.of, b.of),
        counts=(a.count, b.count),
    )


def of_times(key: str, name: Text, a: Timing | None, b: Timing | None) -> Effect | None:
    """Two median times; None where a side is too small."""
    if a is None or b is None or min(a.of, b.of) < FEW_PERSONS:
        return None
    gap = interval_of_difference(*(Interval(x.median_seconds, x.low_seconds, x.high_seconds) for x in (a, b)))
    low, high = sorted((a.median_seconds, b.median_seconds))
    ratio = _MOST_RATIO if low <= 0 < high else min(_MOST_RATIO, math.log(high / low)) if high else 0.0
    return Effect(
        kind="time",
        key=key,
        name=name,
        unit=Unit.SECONDS,
        values=(a.median_seconds, b.median_seconds),
        of=(a.of, b.of),
        difference=gap,
        p=chance_of(gap),
        weight=ratio * min(a.of, b.of),
    )


def of_money(key: str, name: Text, a: Mean | None, b: Mean | None) -> Effect | None:
    """Two means of money; None where a side is too small or there is no money."""
    if a is None or b is None or min(a.of, b.of) < FEW_PERSONS or not (a.variance or b.variance):
        return None
    gap = difference_of_means(a, b)
    spread = math.sqrt((a.variance + b.variance) / 2)
    return Effect(
        kind="money",
        key=key,
        name=name,
        unit=Unit.MONEY,
        values=(a.value, b.value),
        of=(a.of, b.of),
        difference=gap,
        p=chance_of(gap),
        weight=min(_MOST_RATIO, abs(gap.value) / spread) * min(a.of, b.of),
    )


def judged(effects: Sequence[Effect | None]) -> tuple[Effect, ...]:
    """With q-values over all of them, the largest that are more than flukes first, then the others.

    Shares of the very same people (a stage and its only touchpoint) are one question: the first of them stays.
    """
    known: dict[object, Effect] = {}
    for one in effects:
        if one is not None:
            known.setdefault((one.counts, one.of) if one.counts else (one.kind, one.key), one)
    q_values = benjamini_hochberg([one.p for one in known.values()]).tolist()
    told = [replace(one, q=q) for one, q in zip(known.values(), q_values, strict=True)]
    return tuple(sorted(told, key=lambda one: (not one.sure, -one.weight, one.kind, one.key)))


def figures_said(effect: Effect, language: Language, currency: str | None) -> str:
    """Both figures: 55,1 % › 41,0 %."""
    one, other = (words.amount(value, effect.unit, language, currency) for value in effect.values)
    return f"{one} › {other}"


def gap_said(effect: Effect, language: Language, currency: str | None) -> str:
    """The difference with its interval: −14,1 п.п. (от −15,2 до −13,0)."""
    gap = effect.difference
    if effect.unit is Unit.SHARE:
        value = words.points(gap.value, language)
        low, high = (words.signed(100 * edge, language) for edge in (gap.low, gap.high))
    else:
        value, low, high = (_signed(one, effect.unit, language, currency) for one in (gap.value, gap.low, gap.high))
    between = f"от {low} до {high}" if language is Language.RU else f"{low} to {high}"
    return f"{value} ({between})"


def _signed(value: float, unit: Unit, language: Language, currency: str | None) -> str:
    said = words.amount(abs(value), unit, language, currency)
    return said if value == 0 else f"{'+' if value > 0 else '−'}{said}"


def q_said(q: float, language: Language) -> str:
    """The q-value in words, never as nothing."""
    if q < 0.001:
        return "q < 0,001" if language is Language.RU else "q < 0.001"
    return f"q = {words.decimal(q, language, 3)}"


def effects_table(
    key: str, name: Text, effects: Sequence[Effect], sides: tuple[Text, Text], currency: str | None
) -> Table:
    """All differences; one unit a column, so shares, times and money have rows of their own words."""
    columns = (
        Column(Text(ru="Что", en="What")),
        Column(sides[0]),
        Column(sides[1]),
        Column(Text(ru="Разница", en="Difference")),
        Column(Text(ru="q", en="q")),
        Column(Text(ru="Из них", en="Of"), Unit.PERSONS),
        Column(Text(ru="и", en="and"), Unit.PERSONS),
    )
    return Table(key, name, columns, tuple(_cells(one, currency) for one in effects))


def _cells(one: Effect, currency: str | None) -> tuple[Cell, ...]:
    first, second = one.values
    said = (
        in_both(lambda language: words.amount(first, one.unit, language, currency)),
        in_both(lambda language: words.amount(second, one.unit, language, currency)),
    )
    gap = in_both(lambda language: gap_said(one, language, currency))
    return (one.name, *said, gap, float(f"{one.q:.3g}"), *one.of)


def effect_fields(one: Effect) -> dict[str, object]:
    """A difference as fields of a document; shares 0–1, times in seconds, money in minor units."""
    gap = one.difference
    return {
        "kind": one.kind,
        "key": one.key,
        "unit": one.unit.value,
        "a": _six(one.values[0]),
        "b": _six(one.values[1]),
        "of": list(one.of),
        "difference": {"value": _six(gap.value), "low": _six(gap.low), "high": _six(gap.high)},
        "q_value": float(f"{one.q:.3g}"),
        "weight": _six(one.weight),
    }


def _six(value: float) -> float:
    return float(f"{value:.6g}")


def pairs(effects: Sequence[Effect], sides: tuple[Text, Text], currency: str | None) -> Pairs:
    """The differences as a picture; shares lie on 0–100 %, times and money on the row's own scale."""
    return Pairs(sides, tuple(_pair(one, currency) for one in effects))


def _pair(one: Effect, currency: str | None) -> Pair:
    return Pair(
        name=one.name,
        values=one.values,
        most=1.0 if one.unit is Unit.SHARE else max(one.values),
        said=in_both(lambda language: figures_said(one, language, currency)),
        below=in_both(lambda language: f"{gap_said(one, language, currency)} · {q_said(one.q, language)}"),
        sure=one.sure,
    )
