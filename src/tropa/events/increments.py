"""What has changed between two readings of the same business: the people whose events are not what they were."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import are_among, readable
from tropa.events.kernel import kernel
from tropa.events.log import Column, EventLog

_BITS = (1 << 61) - 1
_STEP = 1_000_003


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """A log with a name that is the same for the same events, and which of its units are not in the other log so.

    Shape of `changed`: one flag a unit.
    """

    log: EventLog
    name: str
    changed: NDArray[np.bool_]

    def open_at(self, time: int, open_for_ms: int) -> NDArray[np.bool_]:
        """Units to whose events something may still come, so long after the last of them, at a time; shape U."""
        has_events = np.diff(self.log.offsets) > 0
        last = np.full(self.log.units, np.iinfo(np.int64).min, dtype=np.int64)
        last[has_events] = self.log.time[self.log.offsets[1:][has_events] - 1]
        return has_events & (last > time - open_for_ms)


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """From one reading to the next: new and late events, erased ones, people who came and went."""

    before: Version
    now: Version

    @property
    def present_moved_from(self) -> int | None:
        """The earlier of the two “todays” where they differ (UTC ms)."""
        before, now = self.before.log.as_of, self.now.log.as_of
        return None if before == now else min(before, now)


def change_between(before: EventLog, now: EventLog, persons: tuple[NDArray[np.uint8], NDArray[np.uint8]]) -> Change:
    """Compare two logs unit by unit; `persons` are the pseudonyms of each, 16 bytes a unit."""
    old, new = (unit_prints(log, who) for log, who in zip((before, now), persons, strict=True))
    return Change(
        Version(before, _name(before, old), ~are_among(old, new)), Version(now, _name(now, new), ~are_among(new, old))
    )


def unit_prints(log: EventLog, persons: NDArray[np.uint8]) -> NDArray[np.int64]:
    """61 bits of who each unit is and all its events, by names rather than codes; shape U."""
    prints = _first_bits(persons)
    for name, column in sorted(log.unit_properties.items()):
        prints = _mixed(prints, _value_bits(column, name))
    offsets, time = readable(log.offsets, np.int64), readable(log.time, np.int64)
    for bits in _event_bits(log):
        _mix_units(offsets, time, readable(bits, np.int64), prints)
    return prints


def some_units(log: EventLog, units: NDArray[np.int64]) -> EventLog:
    """The log of these units alone (ascending numbers), read without looking at any other."""
    sizes = np.diff(log.offsets)[units]
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    places = np.arange(offsets[-1]) - np.repeat(offsets[:-1] - log.offsets[units], sizes)
    return replace(
        log,
        offsets=offsets,
        buckets=np.searchsorted(units, log.buckets).astype(np.int64),
        event=_at(log.event, places),
        time=log.time[places],
        sequence=log.sequence[places],
        properties={name: _at(column, places) for name, column in log.properties.items()},
        unit_properties={name: _at(column, units) for name, column in log.unit_properties.items()},
        amount=None if log.amount is None else log.amount[places],
    )


def _at(column: Column, places: NDArray[np.int64]) -> Column:
    return Column(column.codes[places], column.values)


def _name(log: EventLog, prints: NDArray[np.int64]) -> str:
    digest = hashlib.blake2b(np.sort(prints).tobytes(), digest_size=16)
    digest.update(repr((log.unit.value, log.as_of, log.timezone, log.currency)).encode())
    return digest.hexdigest()


def _first_bits(persons: NDArray[np.uint8]) -> NDArray[np.int64]:
    if not len(persons):
        return np.zeros(0, dtype=np.int64)
    whole = np.ascontiguousarray(persons[:, :16]).view(np.uint64)
    mixed: NDArray[np.int64] = ((whole[:, 0] ^ (whole[:, 1] >> np.uint64(7))) & np.uint64(_BITS)).astype(np.int64)
    return mixed


def _bits_of(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()) & _BITS


def _value_bits(column: Column, name: str) -> NDArray[np.int64]:
    table = [*(_bits_of(f"{name}\x1f{value}") for value in column.values), _bits_of(name)]
    found: NDArray[np.int64] = np.array(table, dtype=np.int64)[column.codes]
    return found


def _event_bits(log: EventLog) -> Iterator[NDArray[np.int64]]:
    """What each event is, a column at a time."""
    yield _value_bits(log.event, "")
    for name, column in sorted(log.properties.items()):
        yield _value_bits(column, name)
    if log.amount is not None:
        yield log.amount


def _mixed(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """Bits of both; products wrap around."""
    with np.errstate(over="ignore"):
        return ((one ^ other) * _STEP ^ (one >> 29)) & _BITS


@kernel
def _mix_units(
    offsets: NDArray[np.int64], times: NDArray[np.int64], bits: NDArray[np.int64], out: NDArray[np.int64]
) -> None:
    for unit in range(len(offsets) - 1):
        value = out[unit]
        for i in range(offsets[unit], offsets[unit + 1]):
            value = (((value ^ times[i]) * _STEP) ^ (value >> 29)) & _BITS
            value = (((value ^ bits[i]) * _STEP) ^ (value >> 29)) & _BITS
        out[unit] = value
