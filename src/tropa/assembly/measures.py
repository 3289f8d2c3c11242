"""Counts as evidence: the only way a figure gets onto the map."""

from collections.abc import Sequence
from datetime import timedelta

from tropa.assembly.figures import PathFigures
from tropa.assembly.questions import Asked
from tropa.domain.evidence import Measurement, TrendPoint, Unit
from tropa.domain.period import Period
from tropa.stats.durations import Timing
from tropa.stats.proportions import Proportion


def share(
    metric: str,
    counted: Proportion,
    *,
    figures: PathFigures,
    asked: Asked | None,
    trend: Sequence[TrendPoint] = (),
    sources: Sequence[str] = (),
) -> Measurement:
    """A share of people with its interval."""
    return Measurement(
        key="e1",
        metric=metric,
        unit=Unit.SHARE,
        value=counted.value,
        low=counted.low,
        high=counted.high,
        count=counted.count,
        of=counted.of,
        period=_period(figures),
        query=None if asked is None else asked.query,
        query_hash=None if asked is None else asked.hash,
        trend=tuple(trend),
        sources=tuple(sources),
    )


def time(
    metric: str, timing: Timing, *, figures: PathFigures, key: str = "e1", sources: Sequence[str] = ()
) -> Measurement:
    """A median time in seconds with the interval of order statistics."""
    return Measurement(
        key=key,
        metric=metric,
        unit=Unit.SECONDS,
        value=timing.median_seconds,
        low=timing.low_seconds,
        high=timing.high_seconds,
        of=timing.of,
        period=_period(figures),
        sources=tuple(sources),
    )


def money(metric: str, amount: int, of: int, *, figures: PathFigures, sources: Sequence[str] = ()) -> Measurement:
    """A median amount in minor units."""
    return Measurement(
        key="e1",
        metric=metric,
        unit=Unit.MONEY,
        value=float(amount),
        of=of,
        period=_period(figures),
        currency=figures.staged.log.currency,
        sources=tuple(sources),
    )


def _period(figures: PathFigures) -> Period:
    return figures.period or Period(figures.as_of, figures.as_of)


def seconds(window: timedelta | None) -> int | None:
    """A window as whole seconds."""
    return None if window is None else int(window.total_seconds())
