"""Events in the order of their sources → the log, clustered by unit and ordered by time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tropa.domain.project import UnitKind
from tropa.events.log import BUCKETS, Codes, Column, EventLog, Times

ABSENT = -2
WORTH_A_PROPERTY = 0.9
ALWAYS_OF_EVENTS = frozenset({"channel", "device", "lifecycle"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatEvents:
    """Events in the order of their sources; every array has one entry an event.

    `who` is any number ≥ 0 that stands for the unit. Codes of `properties` are ABSENT where the source does not have
    the property at all, −1 where it does not say. `of_units`: properties that are known to be the unit's.
    """

    who: Codes
    event: Column
    time: Times
    amount: NDArray[np.int64] | None = None
    properties: Mapping[str, Column] = field(default_factory=dict)
    of_units: Collection[str] = ()

    @property
    def size(self) -> int:
        """How many events."""
        return len(self.time)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustered:
    """The log, and for each of its units the number by which FlatEvents knew it."""

    log: EventLog
    who: Codes


def cluster(
    flat: FlatEvents, *, unit: UnitKind, currency: str | None = None, timezone: str = "UTC", as_of: int = 0
) -> Clustered:
    """Number the units by first appearance, put them into buckets, order each one's events by (time, source)."""
    who, place = _places(flat.who)
    places = place[flat.who] if flat.size else np.zeros(0, np.int32)
    order = _order(places, flat.time)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(places, minlength=len(who)))]).astype(np.int64)
    events: dict[str, Column] = {}
    units: dict[str, Column] = {}
    for name in sorted(flat.properties):
        column = flat.properties[name]
        codes = column.codes[order]
        own = None if name in ALWAYS_OF_EVENTS else _of_units(codes, offsets, certain=name in flat.of_units)
        if own is None:
            events[name] = Column(np.maximum(codes, -1), column.values)
        else:
            units[name] = Column(own, column.values)
    log = EventLog(
        unit=unit,
        offsets=offsets,
        buckets=_buckets(len(who)),
        event=Column(flat.event.codes[order], flat.event.values),
        time=flat.time[order],
        sequence=order.astype(np.int32),
        properties=events,
        unit_properties=units,
        amount=None if flat.amount is None else flat.amount[order],
        currency=currency,
        timezone=timezone,
        as_of=as_of,
    )
    return Clustered(log=log, who=who)


def _places(who: Codes) -> tuple[Codes, Codes]:
    """Which unit stands at each place of the log, and the place of each unit."""
    first = np.full(int(who.max(initial=-1)) + 1, -1, dtype=np.int64)
    first[who[::-1]] = np.arange(len(who) - 1, -1, -1)
    seen = np.flatnonzero(first >= 0)
    seen = seen[np.argsort(first[seen])]  # now in order of first appearance: the unit's number
    at = seen[np.argsort(np.arange(len(seen)) % BUCKETS, kind="stable")].astype(np.int32)
    place = np.full(len(first), -1, dtype=np.int32)
    place[at] = np.arange(len(at), dtype=np.int32)
    return at, place


def _order(places: Codes, time: Times) -> NDArray[np.int64]:
    if not len(time):
        return np.zeros(0, dtype=np.int64)
    start, span = int(time.min()), int(time.max()) - int(time.min()) + 1
    if (int(places.max()) + 1) * span < np.iinfo(np.int64).max:
        return np.argsort(places.astype(np.int64) * span + (time - start), kind="stable")
    return np.lexsort((time, places))


def _buckets(units: int) -> NDArray[np.int64]:
    sizes = [units // BUCKETS + (bucket < units % BUCKETS) for bucket in range(BUCKETS)]
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _of_units(codes: Codes, offsets: NDArray[np.int64], *, certain: bool) -> Codes | None:
    """One code a unit where no unit has two values and nearly all of its events tell it; None otherwise.

    A property known only from some steps (how it was paid) belongs to them: as the person's it would sort people by
    how far they came.
    """
    if not len(codes):
        return None
    said = codes >= 0
    if not certain and said.sum() < WORTH_A_PROPERTY * (codes != ABSENT).sum():
        return None
    highest = np.maximum.reduceat(codes, offsets[:-1])
    lowest = np.minimum.reduceat(np.where(said, codes, np.iinfo(np.int32).max), offsets[:-1])
    if ((highest >= 0) & (lowest != highest)).any():
        return None
    return np.maximum(highest, -1).astype(np.int32)
