"""What a result is worth: the median of the money that stands at it."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import ONE_BY_ONE, Engine, Span
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.events.quantiles import Durations, exact_quantiles


@dataclass(frozen=True, slots=True)
class Worth:
    """The median amount in minor units, of so many events with one."""

    median: float
    of: int


def median_worth(log: EventLog, places: PlaceRule, engine: Engine = ONE_BY_ONE) -> Worth | None:
    """The median of the positive amounts at place 0; None where there is none."""
    if log.amount is None:
        return None
    found = exact_quantiles(log, _Amounts(places), rows=1, shares=lambda _count: (0.5,), engine=engine)
    of = int(found.counts[0])
    return Worth(float(found.values[0, 0]), of) if of else None


@dataclass(frozen=True, slots=True)
class _Amounts:
    """Each positive amount at place 0, as a figure of row 0."""

    places: PlaceRule

    @property
    def open_for(self) -> timedelta:
        """Money does not depend on the present."""
        return timedelta(0)

    def on(self, log: EventLog) -> "_AmountReader":
        amount = np.zeros(log.size, np.int64) if log.amount is None else log.amount
        return _AmountReader(log.offsets, self.places.on(log).of_events(), amount)


@dataclass(frozen=True, slots=True, eq=False)
class _AmountReader:
    offsets: NDArray[np.int64]
    place: Codes
    amount: NDArray[np.int64]

    def durations(self, span: Span) -> Durations:
        here = slice(int(self.offsets[span.first]), int(self.offsets[span.last]))
        amount = self.amount[here]
        kept = amount[(self.place[here] == 0) & (amount > 0)]
        return Durations(np.zeros(len(kept), dtype=np.int32), kept)
