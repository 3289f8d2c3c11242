"""Two sides of a comparison: people with values of a property, people whose journeys began on some days, the rest."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tropa.domain.period import Period
from tropa.domain.project import Moment
from tropa.events.arrivals import beginnings_of
from tropa.events.days import day_numbers, day_of
from tropa.events.fold import Span, readable
from tropa.events.groups import UnitProperty
from tropa.events.log import Codes, EventLog
from tropa.events.places import NOWHERE


class Side(Protocol):
    """Says who belongs."""

    def on(self, log: EventLog) -> NDArray[np.bool_]:
        """Whether each unit belongs; shape U."""
        ...


@dataclass(frozen=True, slots=True)
class HasValue:
    """Those of whom a property says one of these values at a moment."""

    name: str
    values: tuple[str, ...]
    at: Moment = Moment.JOURNEY_START

    def on(self, log: EventLog) -> NDArray[np.bool_]:
        """Whether each unit belongs."""
        return np.asarray(UnitProperty(self.name, self.values, self.at).on(log) >= 0)


@dataclass(frozen=True, slots=True)
class BeganIn:
    """Those whose first event is on one of these days, by the log's calendar."""

    period: Period

    def on(self, log: EventLog) -> NDArray[np.bool_]:
        """Whether each unit belongs."""
        began = beginnings_of(log, Span(0, log.units))
        days = day_numbers(began, log.timezone)
        return (began >= 0) & (days >= day_of(self.period.start)) & (days <= day_of(self.period.end))


@dataclass(frozen=True, slots=True)
class Sides:
    """Group 0 = one side, group 1 = the other, the rest where none is named; who is on both is in neither."""

    one: Side
    other: Side | None = None

    @property
    def count(self) -> int:
        """Two."""
        return 2

    def on(self, log: EventLog) -> Codes:
        """The side of each unit."""
        one = self.one.on(log)
        other = ~one if self.other is None else self.other.on(log)
        return readable(np.where(one & other, NOWHERE, np.where(one, 0, np.where(other, 1, NOWHERE))), np.int32)
