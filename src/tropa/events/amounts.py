"""The money of each person."""

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.events.arrivals import beginnings_of
from tropa.events.fold import Span
from tropa.events.log import NO_AMOUNT, EventLog


def money_of(log: EventLog, span: Span, within: timedelta | None = None) -> NDArray[np.int64]:
    """Minor units of each unit of the span, all of them or those within a term from its first event; shape (units,)."""
    units, amount = span.last - span.first, log.amount
    money = np.zeros(units, dtype=np.int64)
    if amount is None:
        return money
    edges = log.offsets[span.first : span.last + 1]
    here = slice(int(edges[0]), int(edges[-1]))
    unit = np.repeat(np.arange(units), np.diff(edges))
    kept = amount[here] != NO_AMOUNT
    if within is not None:
        kept &= log.time[here] - beginnings_of(log, span)[unit] <= within // timedelta(milliseconds=1)
    np.add.at(money, unit[kept], amount[here][kept])
    return money
