"""Events in the order of their sources → the log, clustered by unit and ordered by time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tropa.domain.project import UnitKind
from tropa.events.fold import readable
from tropa.events.kernel import kernel
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
    offsets = np.concatenate([[0], np.cumsum(np.bincount(places, minlength=len(who)))]).astype(np.int64)
    dealt = _dealt(places, flat, offsets)
    order = dealt.order.astype(np.intp) if flat.properties or flat.amount is not None else dealt.order
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
        event=Column(dealt.codes, flat.event.values),
        time=dealt.time,
        sequence=dealt.order,
        properties=events,
        unit_properties=units,
        amount=None if flat.amount is None else flat.amount[order],
        currency=currency,
        timezone=timezone,
        as_of=as_of,
    )
    return Clustered(log=log, who=who)


def _places(who: Codes) -> tuple[Codes, Codes]:
    """Which unit stands at each place of the log, and the place of each unit (−1 = it has no events)."""
    highest = int(who.max(initial=-1))
    seen, place = np.empty(highest + 1, dtype=np.int32), np.full(highest + 1, -1, dtype=np.int32)
    seen = seen[: _number_units(readable(who, np.int32), seen, place)]
    at = seen[np.argsort(np.arange(len(seen)) % BUCKETS, kind="stable")]
    place[at] = np.arange(len(at), dtype=np.int32)
    return at, place


class _Dealt(NamedTuple):
    """Events by (place, time, source): where each stood in the source, its name and its time; equal shapes."""

    order: Codes
    codes: Codes
    time: Times


def _dealt(places: Codes, flat: FlatEvents, offsets: NDArray[np.int64]) -> _Dealt:
    """Events dealt out to their units in one pass; few units then need sorting."""
    size = flat.size
    dealt = _Dealt(np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int64))
    source = readable(places, np.int32), readable(flat.event.codes, np.int32), readable(flat.time, np.int64)
    _deal_out(*source, offsets[:-1].copy(), *dealt)
    late = np.zeros(len(offsets) - 1, dtype=np.int8)
    _mark_unsorted(readable(offsets, np.int64), readable(dealt.time, np.int64), late)
    if late.any():
        here = np.flatnonzero(np.repeat(late, np.diff(offsets)))
        those = dealt.order[here]
        those = those[np.lexsort((those, flat.time[those], places[those]))]
        dealt.order[here], dealt.codes[here], dealt.time[here] = those, flat.event.codes[those], flat.time[those]
    return dealt


@kernel
def _number_units(who: Codes, seen: Codes, number: Codes) -> int:
    """Write the units in order of first appearance; says how many."""
    size = 0
    for i in range(len(who)):
        if number[who[i]] < 0:
            number[who[i]] = size
            seen[size] = who[i]
            size += 1
    return size


@kernel
def _deal_out(
    places: Codes,
    codes: Codes,
    time: Times,
    room: NDArray[np.int64],
    order: Codes,
    dealt_codes: Codes,
    dealt_time: Times,
) -> None:
    """`room[p]`: where the next event of place p goes."""
    for i in range(len(places)):
        to = room[places[i]]
        room[places[i]] = to + 1
        order[to] = i
        dealt_codes[to] = codes[i]
        dealt_time[to] = time[i]


@kernel
def _mark_unsorted(offsets: NDArray[np.int64], time: Times, late: NDArray[np.int8]) -> None:
    for unit in range(len(late)):
        for i in range(offsets[unit] + 1, offsets[unit + 1]):
            if time[i] < time[i - 1]:
                late[unit] = 1
                break


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
