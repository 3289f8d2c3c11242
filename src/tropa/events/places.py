"""Where the events of a log are: rules that say so of any piece of it, by names rather than codes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import readable
from tropa.events.log import Codes, Column, EventLog

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Places:
    """Event i of one piece of the log is at place `table[codes[i]]`, −1 = nowhere.

    `table` has one entry more than there are codes, for those that are −1. Kernels look places up as they go, so no
    column of them has to be made.
    """

    codes: Codes
    table: Codes

    @classmethod
    def of(cls, codes: NDArray[np.int32], table: NDArray[np.int32] | Sequence[int]) -> "Places":
        """As kernels read it."""
        return cls(readable(codes, np.int32), readable(np.append(np.asarray(table, np.int32), NOWHERE), np.int32))

    def of_events(self) -> Codes:
        """The place of each event; shape N."""
        return self.table[self.codes]


class PlaceRule(Protocol):
    """Puts events into places 0, 1, … `count` − 1, the same ones in every piece of the log."""

    @property
    def count(self) -> int:
        """How many places there are."""
        ...

    def on(self, log: EventLog) -> Places:
        """Where the events of the log are."""
        ...


@dataclass(frozen=True, slots=True)
class EventNames:
    """Place k = any of these event names; a name in two of them belongs to the first."""

    places: tuple[tuple[str, ...], ...]

    @property
    def count(self) -> int:
        """How many places there are."""
        return len(self.places)

    def on(self, log: EventLog) -> Places:
        """Where the events of the log are."""
        place = {name: number for number in range(self.count - 1, -1, -1) for name in self.places[number]}
        return Places.of(log.event.codes, [place.get(name, NOWHERE) for name in log.event.values])


def every_event_name(log: EventLog) -> EventNames:
    """Each event name a place of its own, numbered as the log's codes are."""
    return EventNames(tuple((name,) for name in log.event.values))


@dataclass(frozen=True, slots=True)
class PropertyValues:
    """Place k = the events that have value k of the property `name`, their own or their unit's."""

    name: str
    values: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many places there are."""
        return len(self.values)

    def on(self, log: EventLog) -> Places:
        """Where the events of the log are."""
        place = {value: number for number, value in enumerate(self.values)}
        if (column := log.properties.get(self.name)) is not None:
            return Places.of(column.codes, [place.get(value, NOWHERE) for value in column.values])
        if (column := log.unit_properties.get(self.name)) is not None:
            codes = np.repeat(column.codes, np.diff(log.offsets))
            return Places.of(codes, [place.get(value, NOWHERE) for value in column.values])
        return Places.of(np.full(log.size, NOWHERE, dtype=np.int32), [])


@dataclass(frozen=True, slots=True)
class Renumbered:
    """Place p of another rule is place `numbers[p]` of `count` here, −1 = nowhere."""

    rule: PlaceRule
    numbers: tuple[int, ...]
    count: int

    def __post_init__(self) -> None:
        if len(self.numbers) != self.rule.count:
            raise InvalidQueryError(
                told(
                    "There are {count} numbers for {count_2} places.", count=len(self.numbers), count_2=self.rule.count
                )
            )

    def on(self, log: EventLog) -> Places:
        """Where the events of the log are."""
        places = self.rule.on(log)
        numbers = np.append(np.array(self.numbers, dtype=np.int32), np.int32(NOWHERE))
        return Places(places.codes, readable(numbers[places.table], np.int32))


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """Places that were worked out already, of a log that is whole: one entry an event, −1 = nowhere."""

    codes: Codes
    count: int

    def on(self, log: EventLog) -> Places:
        """Where the events of the log are."""
        if len(self.codes) != log.size:
            raise InvalidQueryError(
                told("There are places of {count} events for a log of {size}.", count=len(self.codes), size=log.size)
            )
        return Places.of(self.codes, np.arange(self.count, dtype=np.int32))


@dataclass(frozen=True, slots=True, eq=False)
class Remembered:
    """A rule with the places that it has given the events of one log, so that they are not worked out again.

    `of`: that log's own column of event names. For any other log the rule is asked; it travels without what is
    remembered.
    """

    rule: PlaceRule
    codes: Codes
    of: Column

    @property
    def count(self) -> int:
        """How many places there are."""
        return self.rule.count

    def on(self, log: EventLog) -> Places:
        """Where the events of the log are."""
        if log.event is not self.of:
            return self.rule.on(log)
        return Places.of(self.codes, np.arange(self.count, dtype=np.int32))

    def __reduce__(self) -> tuple[Callable[[PlaceRule], PlaceRule], tuple[PlaceRule]]:
        """Only the rule."""
        return _itself, (self.rule,)


def _itself(rule: PlaceRule) -> PlaceRule:
    return rule
