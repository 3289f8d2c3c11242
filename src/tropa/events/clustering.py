"""Events in the order of their sources → the log, clustered by unit and ordered by time."""

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tropa.domain.buying import BUYING_CLASS
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
ALWAYS_OF_EVENTS = frozenset({"channel", "device", "lifecycle", BUYING_CLASS})


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
    who, numbers, counts = _numbers(flat.who)
    buckets = _buckets(len(who))
    at_place = np.argsort((np.arange(len(who)) % BUCKETS).astype(np.uint8), kind="stable")
    who, offsets = who[at_place], np.concatenate([[0], np.cumsum(counts[at_place])]).astype(np.int64)
    dealt = _dealt(flat, numbers, offsets, buckets, threads)
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
        buckets=buckets,
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


def _numbers(who: Codes) -> tuple[Codes, Codes, NDArray[np.int64]]:
    """The units in order of first appearance, the number of each event's unit, and how many events each unit has."""
    highest = int(who.max(initial=-1))
    number = np.full(highest + 1, -1, dtype=np.int32)
    if is_worth_loading(len(who)):
        seen, counts = np.empty(highest + 1, dtype=np.int32), np.zeros(highest + 1, dtype=np.int64)
        numbers = np.empty(len(who), dtype=np.int32)
        units = _number_units(readable(who, np.int32), seen, number, counts, numbers)
        return seen[:units], numbers, counts[:units]
    seen = in_order_of_appearance(who, highest + 1)
    number[seen] = np.arange(len(seen), dtype=np.int32)
    return seen, number[who], np.bincount(who, minlength=highest + 1)[seen]


class _Dealt(NamedTuple):
    """Events by (place, time, source): where each stood in the source, its name and its time; equal shapes."""

    order: Codes
    codes: Codes
    time: Times


def _dealt(
    flat: FlatEvents, numbers: Codes, offsets: NDArray[np.int64], buckets: NDArray[np.int64], threads: int
) -> _Dealt:
    """Events dealt out to their units in two passes; few units then need sorting.

    The first deals them to the buckets, so that what the second writes to stays near the core.
    """
    if not is_worth_loading(flat.size):
        return _sorted(flat, (buckets[numbers % BUCKETS] + numbers // BUCKETS).astype(np.int32), offsets)
    size = flat.size
    parts = min(threads, MOST_THREADS) if size >= WORTH_THREADS else 1
    rows = [size * part // parts for part in range(parts + 1)]
    whose, codes = readable(numbers, np.int32), readable(flat.event.codes, np.int32)
    time, stand = readable(flat.time, np.int64), readable(offsets, np.int64)
    room, counts = offsets[:-1].copy(), np.zeros((parts + 1, BUCKETS), dtype=np.int64)
    binned, dealt, home = _room_for(size), _room_for(size), np.empty(size, dtype=np.int32)
    longest = int(np.diff(offsets).max(initial=0))

    def count(part: int) -> None:
        _count_buckets(whose, rows[part], rows[part + 1], counts[part + 1])

    def deal_to_buckets(part: int) -> None:
        _deal_to_buckets(whose, codes, time, rows[part], rows[part + 1], counts[part], home, *binned)

    def deal_to_units(bucket: int) -> None:
        first, last = int(buckets[bucket]), int(buckets[bucket + 1])
        _deal_to_units(home, *binned, int(offsets[first]), int(offsets[last]), room[first:last], *dealt)
        _put_in_order(stand, first, last, *dealt, *_room_for(longest))

    with ThreadPoolExecutor(parts) as pool:
        list(pool.map(count, range(parts)))
        np.cumsum(counts, axis=0, out=counts)
        counts += offsets[buckets[:-1]]
        list(pool.map(deal_to_buckets, range(parts)))
        list(pool.map(deal_to_units, range(BUCKETS)))
    return dealt


def _room_for(size: int) -> _Dealt:
    return _Dealt(np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int64))


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
def _count_buckets(numbers: Codes, first: int, last: int, counts: NDArray[np.int64]) -> None:
    for i in range(first, last):
        counts[numbers[i] % BUCKETS] += 1


@kernel
def _number_units(who: Codes, seen: Codes, number: Codes, counts: NDArray[np.int64], numbers: Codes) -> int:
    """Write the units in order of first appearance, how many events each has, and whose each event is."""
    size = 0
    for i in range(len(who)):
        known = number[who[i]]
        if known < 0:
            known = size
            number[who[i]] = known
            seen[known] = who[i]
            size += 1
        counts[known] += 1
        numbers[i] = known
    return size


@kernel
def _deal_to_buckets(
    numbers: Codes,
    codes: Codes,
    time: Times,
    first: int,
    last: int,
    room: NDArray[np.int64],
    home: Codes,
    order: Codes,
    binned_codes: Codes,
    binned_time: Times,
) -> None:
    """The rows `first:last`; `room[b]`: where the next event of bucket b goes; `home`: which of its units it is of."""
    for i in range(first, last):
        bucket = numbers[i] % BUCKETS
        to = room[bucket]
        room[bucket] = to + 1
        home[to] = numbers[i] // BUCKETS
        order[to] = i
        binned_codes[to] = codes[i]
        binned_time[to] = time[i]


@kernel
def _deal_to_units(
    home: Codes,
    order: Codes,
    codes: Codes,
    time: Times,
    first: int,
    last: int,
    room: NDArray[np.int64],
    dealt_order: Codes,
    dealt_codes: Codes,
    dealt_time: Times,
) -> None:
    """A bucket's events `first:last`; `room[u]`: where the next event of its unit u goes."""
    for i in range(first, last):
        to = room[home[i]]
        room[home[i]] = to + 1
        dealt_order[to] = order[i]
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
