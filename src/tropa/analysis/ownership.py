"""TCO, ROI and payback as ranges.

Each line is drawn from the triangular distribution of its low, likely and high figure, one draw for all its years; the
range is what eight draws of ten come to. The likely figure is the plain sum of likely ones, so that it can be checked
by hand, and the range is never so narrow as to leave it out. Nothing is discounted.
"""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from tropa.domain.ownership import ONCE_FIRST, CostKind, CostLine, CostTable, Owned, Ownership, Payback, Role, Span

DRAWS = 4000
LOW, HIGH = 0.1, 0.9
_SEED = 20
_MONTHS = 12
_AT_ONCE = ONCE_FIRST | {CostKind.PRICE}

Draws = NDArray[np.float64]
"""Shape (draws + 1, months); row 0 holds the likely figures."""


def ownership(table: CostTable) -> Ownership:
    """Every alternative with its cost a year, effect, gain over doing nothing, ROI and month of payback."""
    flows = {name: _flows(table, name, place) for place, name in enumerate(table.alternatives)}
    ours, nothing = table.named(Role.OURS), table.named(Role.NOTHING)
    return Ownership(
        table=table,
        alternatives=tuple(
            _owned(
                name,
                role,
                flows[name],
                nothing=flows[nothing] if nothing is not None else None,
                ours=flows[ours][0] if ours is not None else None,
            )
            for name, role in table.alternatives.items()
        ),
    )


def _owned(
    name: str, role: Role, flows: tuple[Draws, Draws], *, nothing: tuple[Draws, Draws] | None, ours: Draws | None
) -> Owned:
    costs, effects = flows
    total = costs.sum(axis=1)
    years = costs.reshape(len(costs), -1, _MONTHS).sum(axis=2)
    found = Owned(
        name=name,
        role=role,
        years=tuple(_span(years[:, year]) for year in range(years.shape[1])),
        cost=_span(total),
        effect=_span(effects.sum(axis=1)),
        over_ours=None if ours is None or role is Role.OURS else _span(total - ours.sum(axis=1)),
    )
    if role is Role.NOTHING:
        return found
    gains = effects - costs if nothing is None else (effects - costs) - (nothing[1] - nothing[0])
    gain = gains.sum(axis=1)
    if nothing is None and not effects.any():
        return found
    return Owned(
        name=name,
        role=role,
        years=found.years,
        cost=found.cost,
        effect=found.effect,
        gain=_span(gain),
        roi=_span(gain / total) if (total > 0).all() else None,
        payback=_payback(gains),
        over_ours=found.over_ours,
    )


def _flows(table: CostTable, name: str, place: int) -> tuple[Draws, Draws]:
    """Costs and effects of an alternative, a column a month."""
    months = table.years * _MONTHS
    costs, effects = np.zeros((DRAWS + 1, months)), np.zeros((DRAWS + 1, months))
    series: dict[tuple[CostKind, str], list[CostLine]] = defaultdict(list)
    for line in table.lines:
        if line.alternative == name:
            series[line.kind, line.item].append(line)
    for number, ((kind, _), lines) in enumerate(series.items()):
        luck = np.random.default_rng((_SEED, place, number)).random(DRAWS)
        into = effects if kind is CostKind.EFFECT else costs
        for line in lines:
            amounts = np.concatenate([[line.amount.likely], _triangular(line.amount, luck)])
            for first, last in _when(line, table):
                into[:, first:last] += (amounts / (last - first))[:, None]
    return costs, effects


def _when(line: CostLine, table: CostTable) -> list[tuple[int, int]]:
    """The months that a line falls in: paid ahead, spread over the year, or at the very end."""
    starts = [(year - 1) * _MONTHS for year in table.years_of(line)]
    if line.kind in _AT_ONCE:
        return [(start, start + 1) for start in starts]
    if line.kind is CostKind.EXIT:
        return [(start + _MONTHS - 1, start + _MONTHS) for start in starts]
    return [(start, start + _MONTHS) for start in starts]


def _triangular(span: Span, luck: Draws) -> Draws:
    """The inverse of the triangular distribution's function."""
    width = span.high - span.low
    if width == 0:
        return np.full(len(luck), span.likely)
    rise = (span.likely - span.low) / width
    below = span.low + np.sqrt(luck * width * (span.likely - span.low))
    above = span.high - np.sqrt((1 - luck) * width * (span.high - span.likely))
    return np.where(luck < rise, below, above)


def _span(values: Draws) -> Span:
    likely = float(values[0])
    low, high = (float(one) for one in np.quantile(values[1:], (LOW, HIGH)))
    return Span(min(low, likely), likely, max(high, likely))


def _payback(gains: Draws) -> Payback:
    """The month after which the sum of gains never falls below zero again; months that are never count as last."""
    months = gains.shape[1]
    below = np.cumsum(gains, axis=1) < -1e-9
    last_below = np.where(below.any(axis=1), months - np.argmax(below[:, ::-1], axis=1), 0)
    paid = last_below + 1
    low, high = (int(one) for one in np.quantile(paid[1:], (LOW, HIGH), method="nearest"))
    likely = int(paid[0])
    return Payback(
        _month(min(low, likely), months),
        _month(likely, months),
        _month(max(high, likely), months),
        float(np.mean(paid[1:] <= months)),
    )


def _month(number: int, months: int) -> int | None:
    return None if number > months else number
