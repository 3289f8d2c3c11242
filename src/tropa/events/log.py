"""The event log as columns: clustered by unit, ordered by time, names coded as small integers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from tropa.domain.project import UnitKind

BUCKETS = 64
NO_AMOUNT = np.iinfo(np.int64).min
DAY_MS = 86_400_000

Codes = NDArray[np.int32]
Times = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Column:
    """A coded text column: `values[codes[i]]`, −1 where unknown. Shape of `codes`: one entry an event, or a unit."""

    codes: Codes
    values: tuple[str, ...]

    def code_of(self, value: str) -> int:
        """The code of a value, −1 where the column never has it."""
        return self.values.index(value) if value in self.values else -1


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLog:
    """Events of U units, N in all.

    `offsets` (U+1): events of unit u are `offsets[u]:offsets[u+1]`, in order of (time, sequence).
    `buckets` (65): units of bucket b are `buckets[b]:buckets[b+1]`; a kernel's unit of work.
    `event.codes`, `time` (UTC ms), `sequence`, `amount` (minor units, NO_AMOUNT where none) have N entries.
    `properties`: name → one code an event ("channel", "device", "lifecycle" where the data have them, and their own).
    `unit_properties`: name → one code a unit (properties of the person or the case that never change).
    `as_of` (UTC ms): the map's "today".
    `first_unit`: which unit of the whole log this one's first is; 0 but for a piece.
    """

    unit: UnitKind = UnitKind.PERSON
    offsets: NDArray[np.int64]
    buckets: NDArray[np.int64]
    event: Column
    time: Times
    sequence: Codes
    properties: Mapping[str, Column] = field(default_factory=dict)
    unit_properties: Mapping[str, Column] = field(default_factory=dict)
    amount: NDArray[np.int64] | None = None
    currency: str | None = None
    timezone: str = "UTC"
    as_of: int = 0
    first_unit: int = 0

    @property
    def units(self) -> int:
        """How many people or cases."""
        return len(self.offsets) - 1

    @property
    def size(self) -> int:
        """How many events."""
        return len(self.time)

    def unit_of_event(self) -> NDArray[np.int32]:
        """For each event the number of its unit; shape N."""
        return np.repeat(np.arange(self.units, dtype=np.int32), np.diff(self.offsets))

    def piece(self, first: int, last: int) -> "EventLog":
        """The log of the units `first:last` alone, which know where in the whole they stand."""
        start, end = int(self.offsets[first]), int(self.offsets[last])
        return replace(
            self,
            offsets=self.offsets[first : last + 1] - start,
            buckets=np.clip(self.buckets, first, last) - first,
            event=Column(self.event.codes[start:end], self.event.values),
            time=self.time[start:end],
            sequence=self.sequence[start:end],
            properties={
                name: Column(column.codes[start:end], column.values) for name, column in self.properties.items()
            },
            unit_properties={
                name: Column(column.codes[first:last], column.values) for name, column in self.unit_properties.items()
            },
            amount=None if self.amount is None else self.amount[start:end],
            first_unit=self.first_unit + first,
        )

    def where(self, keep: NDArray[np.bool_]) -> "EventLog":
        """The log of the events kept (shape N); units stay, also those left without events."""
        counts = (
            np.add.reduceat(np.concatenate([keep, [False]]).astype(np.int64), self.offsets[:-1])
            if self.units
            else np.zeros(0, np.int64)
        )
        counts[np.diff(self.offsets) == 0] = 0
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        cut = {name: Column(column.codes[keep], column.values) for name, column in self.properties.items()}
        return replace(
            self,
            offsets=offsets,
            event=Column(self.event.codes[keep], self.event.values),
            time=self.time[keep],
            sequence=self.sequence[keep],
            properties=cut,
            amount=None if self.amount is None else self.amount[keep],
        )


def log_from_rows(
    rows: list[tuple[str, str, int]],
    *,
    properties: Mapping[str, list[str | None]] | None = None,
    unit_properties: Mapping[str, Mapping[str, str]] | None = None,
    amounts: list[int | None] | None = None,
    currency: str | None = None,
    unit: UnitKind = UnitKind.PERSON,
    as_of: int | None = None,
) -> EventLog:
    """A log from (unit, event name, time in ms) rows: for small data and tests.

    Units are numbered by first appearance.
    """
    names = sorted({event for _, event, _ in rows})
    numbers: dict[str, int] = {}
    for who, _, _ in rows:
        numbers.setdefault(who, len(numbers))
    placed = sorted(numbers, key=lambda who: (numbers[who] % BUCKETS, numbers[who]))
    place = {who: index for index, who in enumerate(placed)}
    order = sorted(range(len(rows)), key=lambda i: (place[rows[i][0]], rows[i][2], i))
    units = np.array([place[rows[i][0]] for i in order], dtype=np.int64)
    offsets = np.searchsorted(units, np.arange(len(placed) + 1)).astype(np.int64)
    bucket_of = np.array([numbers[who] % BUCKETS for who in placed], dtype=np.int64)
    code = {name: i for i, name in enumerate(names)}
    times = np.array([rows[i][2] for i in order], dtype=np.int64)
    columns = {key: _column([values[i] for i in order]) for key, values in (properties or {}).items()}
    unit_columns = {
        key: _column([values.get(who) for who in placed]) for key, values in (unit_properties or {}).items()
    }
    amount = None
    if amounts is not None:
        amount = np.array([NO_AMOUNT if (one := amounts[i]) is None else one for i in order], dtype=np.int64)
    return EventLog(
        unit=unit,
        offsets=offsets,
        buckets=np.searchsorted(bucket_of, np.arange(BUCKETS + 1)).astype(np.int64),
        event=Column(np.array([code[rows[i][1]] for i in order], dtype=np.int32), tuple(names)),
        time=times,
        sequence=np.array(order, dtype=np.int32),
        properties=columns,
        unit_properties=unit_columns,
        amount=amount,
        currency=currency,
        as_of=as_of if as_of is not None else int(times.max(initial=0)),
    )


def _column(values: list[str | None]) -> Column:
    known = sorted({value for value in values if value is not None})
    code = {value: i for i, value in enumerate(known)}
    return Column(np.array([-1 if v is None else code[v] for v in values], dtype=np.int32), tuple(known))
