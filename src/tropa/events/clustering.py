"""Events in the order of their sources → the log, clustered by unit and ordered by time."""

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tropa.domain.project import UnitKind
from tropa.events.fold import readable
from tropa.events.kernel import is_worth_loading, kernel
from tropa.events.log import BUCKETS, Codes, Column, EventLog, Times
from tropa.events.numbering import in_order_of_appearance

ABSENT = -2
MOST_THREADS = 8  # each reads all events
WORTH_THREADS = 200_000  # events
_RUN = 24
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
    flat: FlatEvents,
    *,
    unit: UnitKind,
    currency: str | None = None,
    timezone: str = "UTC",
    as_of: int = 0,
    threads: int = 1,
) -> Clustered:
    """Number the units by first appearance, put them into buckets, order each one's events by (time, source)."""
    who, place, offsets = _places(flat.who)
    dealt = _dealt(flat, place, offsets, threads)
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


def _places(who: Codes) -> tuple[Codes, Codes, NDArray[np.int64]]:
    """Which unit stands at each place of the log, the place of each unit (−1 = it has no events), and the offsets."""
    highest = int(who.max(initial=-1))
    place = np.full(highest + 1, -1, dtype=np.int32)
    if is_worth_loading(len(who)):
        seen, counts = np.empty(highest + 1, dtype=np.int32), np.zeros(highest + 1, dtype=np.int64)
        units = _number_units(readable(who, np.int32), seen, place, counts)
    else:
        seen = in_order_of_appearance(who, highest + 1)
        counts, units = np.bincount(who, minlength=highest + 1)[seen], len(seen)
    order = np.argsort((np.arange(units) % BUCKETS).astype(np.uint8), kind="stable")
    at = seen[order]
    place[at] = np.arange(units, dtype=np.int32)
    return at, place, np.concatenate([[0], np.cumsum(counts[order])]).astype(np.int64)


class _Dealt(NamedTuple):
    """Events by (place, time, source): where each stood in the source, its name and its time; equal shapes."""

    order: Codes
    codes: Codes
    time: Times


def _dealt(flat: FlatEvents, place: Codes, offsets: NDArray[np.int64], threads: int) -> _Dealt:
    """Events dealt out to their units in one pass, each thread a run of the source; few units then need sorting."""
    if not is_worth_loading(flat.size):
        return _sorted(flat, place[flat.who], offsets)
    size, units = flat.size, len(offsets) - 1
    parts = min(threads, MOST_THREADS) if size >= WORTH_THREADS else 1
    dealt = _Dealt(np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int64))
    who, codes, time = readable(flat.who, np.int32), readable(flat.event.codes, np.int32), readable(flat.time, np.int64)
    places, stand, longest = (
        readable(place, np.int32),
        readable(offsets, np.int64),
        int(np.diff(offsets).max(initial=0)),
    )
    room = np.zeros((parts, units), dtype=np.int64)
    rows = [size * part // parts for part in range(parts + 1)]
    edges = [*np.searchsorted(offsets, rows[:-1]).tolist(), units]

    def count(part: int) -> None:
        _count_places(who, places, rows[part], rows[part + 1], room[part])

    def deal(part: int) -> None:
        _deal_out(who, codes, time, places, rows[part], rows[part + 1], room[part], *dealt)

    def put_in_order(part: int) -> None:
        spare = _Dealt(np.empty(longest, np.int32), np.empty(longest, np.int32), np.empty(longest, np.int64))
        _put_in_order(stand, edges[part], edges[part + 1], *dealt, *spare)

    with ThreadPoolExecutor(parts) as pool:
        if parts > 1:
            list(pool.map(count, range(parts - 1)))
            room[1:] = np.cumsum(room[:-1], axis=0)
            room[0] = 0
        room += offsets[:-1]
        list(pool.map(deal, range(parts)))
        list(pool.map(put_in_order, range(parts)))
    return dealt


def _sorted(flat: FlatEvents, places: Codes, offsets: NDArray[np.int64]) -> _Dealt:
    order = _stable_order(places)
    time = flat.time[order]
    late = time[1:] < time[:-1]
    late[offsets[1:-1] - 1] = False
    if late.any():
        order = np.lexsort((flat.time, places))
        time = flat.time[order]
    return _Dealt(order.astype(np.int32), flat.event.codes[order], time)


def _stable_order(places: Codes) -> NDArray[np.intp]:
    """By place, those of one place as they stand: by its lower 16 bits, then by its upper ones (a radix sort)."""
    order = np.argsort((places & 0xFFFF).astype(np.uint16), kind="stable")
    if len(places) and int(places.max()) > 0xFFFF:
        order = order[np.argsort((places[order] >> 16).astype(np.uint16), kind="stable")]
    return order


@kernel
def _count_places(who: Codes, place: Codes, first: int, last: int, counts: NDArray[np.int64]) -> None:
    for i in range(first, last):
        counts[place[who[i]]] += 1


@kernel
def _number_units(who: Codes, seen: Codes, number: Codes, counts: NDArray[np.int64]) -> int:
    """Write the units in order of first appearance, and how many events each has; says how many units."""
    size = 0
    for i in range(len(who)):
        if number[who[i]] < 0:
            number[who[i]] = size
            seen[size] = who[i]
            size += 1
        counts[number[who[i]]] += 1
    return size


@kernel
def _deal_out(
    who: Codes,
    codes: Codes,
    time: Times,
    place: Codes,
    first: int,
    last: int,
    room: NDArray[np.int64],
    order: Codes,
    dealt_codes: Codes,
    dealt_time: Times,
) -> None:
    """The rows `first:last`; `room[p]`: where the next event of place p goes."""
    for i in range(first, last):
        at = place[who[i]]
        to = room[at]
        room[at] = to + 1
        order[to] = i
        dealt_codes[to] = codes[i]
        dealt_time[to] = time[i]


@kernel
def _put_in_order(
    offsets: NDArray[np.int64],
    first: int,
    last: int,
    order: Codes,
    codes: Codes,
    time: Times,
    spare_order: Codes,
    spare_codes: Codes,
    spare_time: Times,
) -> None:
    """Sort the events of each of the units `first:last` by time, those of equal times left as they stand.

    Runs of _RUN are sorted by insertion, then merged in pairs; `spare`: room for the longest unit's events.
    """
    for unit in range(first, last):
        start, end = offsets[unit], offsets[unit + 1]
        if _are_in_order(time, start, end) > 0:
            continue
        for low in range(start, end, _RUN):
            _insert(low, min(low + _RUN, end), order, codes, time)
        width = _RUN
        while width < end - start:
            for low in range(start, end - width, 2 * width):
                high = min(low + 2 * width, end)
                _merge(low, low + width, high, order, codes, time, spare_order, spare_codes, spare_time)
            width *= 2


@kernel
def _are_in_order(time: Times, start: int, end: int) -> int:
    for i in range(start + 1, end):
        if time[i] < time[i - 1]:
            return 0
    return 1


@kernel
def _insert(low: int, high: int, order: Codes, codes: Codes, time: Times) -> None:
    for i in range(low + 1, high):
        moment, at, code = time[i], order[i], codes[i]
        to = i
        while to > low and time[to - 1] > moment:
            time[to], order[to], codes[to] = time[to - 1], order[to - 1], codes[to - 1]
            to -= 1
        time[to], order[to], codes[to] = moment, at, code


@kernel
def _merge(
    low: int,
    middle: int,
    high: int,
    order: Codes,
    codes: Codes,
    time: Times,
    spare_order: Codes,
    spare_codes: Codes,
    spare_time: Times,
) -> None:
    """Two sorted runs, side by side, become one."""
    for i in range(low, middle):
        spare_time[i - low], spare_order[i - low], spare_codes[i - low] = time[i], order[i], codes[i]
    left, right, to = 0, middle, low
    while left < middle - low:
        if right < high and time[right] < spare_time[left]:
            time[to], order[to], codes[to] = time[right], order[right], codes[right]
            right += 1
        else:
            time[to], order[to], codes[to] = spare_time[left], spare_order[left], spare_codes[left]
            left += 1
        to += 1


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
