"""Accepted rows of all sources → events in the order of the sources."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tropa.adapters.stores.local.rawtable import NO_TIME
from tropa.adapters.stores.local.rows import EntityRows, EventRows, SourceRows
from tropa.events.clustering import ABSENT, FlatEvents
from tropa.events.log import DAY_MS, NO_AMOUNT, Codes, Column, EventLog, Times

_PAID = re.compile(r"paid|payment|purchase|bought|sale|sold|won\b|оплат|покуп|продаж", re.IGNORECASE)
_BOUGHT = re.compile(
    r"paid|payment|purchase|bought|sale|sold|won\b|order|invoice|оплат|покуп|продаж|заказ", re.IGNORECASE
)
_SOLD = re.compile(r"paid|won\b|purchased|успешн|оплач|выигран|продано|договор подписан", re.IGNORECASE)
_UNDONE = re.compile(r"cancel|refund|return|reject|fail|отмен|возврат|отказ", re.IGNORECASE)
MOST_LATE = 0.05
FUTURE_SHARE = 0.01
FUTURE_FROM = 20
FUTURE_GAP = 90 * DAY_MS


@dataclass(frozen=True, slots=True)
class _Part:
    """The events of one source."""

    who: Codes
    event: Column
    time: Times
    amount: NDArray[np.int64] | None
    properties: dict[str, Column]


def flatten(sources: Sequence[SourceRows]) -> tuple[FlatEvents, tuple[int, ...]]:
    """All events of all accepted rows, and how many of them each source has."""
    by_source = [list(_parts(source)) for source in sources]
    parts = [part for its_own in by_source for part in its_own]
    names = sorted({name for part in parts for name in part.properties})
    has_amounts = any(part.amount is not None for part in parts)
    flat = FlatEvents(
        who=_joined([part.who for part in parts], np.int32),
        event=_united([part.event for part in parts], [len(part.time) for part in parts]),
        time=_joined([part.time for part in parts], np.int64),
        amount=_joined([_amount(part) for part in parts], np.int64) if has_amounts else None,
        properties={
            name: _united([part.properties.get(name) for part in parts], [len(part.time) for part in parts])
            for name in names
        },
        of_units=frozenset().union(*(source.of_units for source in sources)),
    )
    return flat, tuple(sum(len(part.time) for part in its_own) for its_own in by_source)


def tied_rows(log: EventLog, sources: Sequence[SourceRows], counts: Sequence[int]) -> list[NDArray[np.int64]]:
    """For each source whose rows are events those, ascending, that share unit and moment with another event.

    `counts`: how many events each source has, as `flatten` tells.
    """
    tied = _tied(log)
    ends = np.cumsum([0, *counts])
    found = []
    for number, source in enumerate(sources):
        first, last = np.searchsorted(tied, ends[number : number + 2]).tolist()
        events = tied[first:last] - ends[number]
        if len(events) and isinstance(source.content, EventRows) and counts[number] < len(source.row):
            events = np.flatnonzero(source.accepted)[events]
        found.append(events)
    return found


def _tied(log: EventLog) -> NDArray[np.int64]:
    if not log.size:
        return np.zeros(0, dtype=np.int64)
    same = log.time[1:] == log.time[:-1]
    same[log.offsets[1:-1] - 1] = False
    tied = np.zeros(log.size, dtype=bool)
    tied[1:] |= same
    tied[:-1] |= same
    return np.sort(log.sequence[tied]).astype(np.int64)


def _parts(source: SourceRows) -> Iterable[_Part]:
    whole = bool(source.accepted.all())
    rows = np.zeros(0, dtype=np.int64) if whole else np.flatnonzero(source.accepted)
    match source.content:
        case EventRows() as content:
            yield _Part(
                who=content.who if whole else content.who[rows],
                event=_at(content.event, rows, whole=whole),
                time=content.time if whole else content.time[rows],
                amount=content.amount if whole or content.amount is None else content.amount[rows],
                properties={name: _at(column, rows, whole=whole) for name, column in content.properties.items()},
            )
        case EntityRows() as content:
            yield _events_of_entities(content, np.arange(len(source.row)) if whole else rows)


def _at(column: Column, rows: NDArray[np.int64], *, whole: bool = False) -> Column:
    return column if whole else Column(column.codes[rows], column.values)


def _events_of_entities(content: EntityRows, rows: NDArray[np.int64]) -> _Part:
    """Row by row: its dates as configured, then its status.

    A cancelled entity was not bought: its purchase events fall away, and its status becomes an event, at the latest of
    its times where the status has none of its own. The sum stands at the payment, else at the status that says it was
    sold, else at the purchase, else at the first date.
    """
    names = [name for name, _ in content.dates]
    sold = np.array([bool(_BOUGHT.search(name)) and not _UNDONE.search(name) for name in names], dtype=bool)
    times = [np.where(content.undone[rows] & sold[n], NO_TIME, time[rows]) for n, (_, time) in enumerate(content.dates)]
    codes = [np.full(len(rows), n, dtype=np.int32) for n in range(len(names))]
    sold_by_status = _sold_statuses(content, names)
    pays = _paying(names) if not sold_by_status.any() else -1
    amounts = [_entity_amounts(content, rows, n == pays) for n in range(len(names))]
    values = list(names)
    if content.status is not None:
        times.append(_status_times(content, rows))
        codes.append(np.where(content.status.codes[rows] >= 0, content.status.codes[rows] + len(names), -1))
        of_sold = _entity_amounts(content, rows, pays=bool(sold_by_status.any()))
        amounts.append(np.where(sold_by_status[content.status.codes[rows]], of_sold, NO_AMOUNT))
        values += content.status.values
    if not times:
        times, codes, amounts = ([np.full(len(rows), one)] for one in (NO_TIME, 0, NO_AMOUNT))
    happened = np.stack([np.where(code < 0, NO_TIME, time) for time, code in zip(times, codes, strict=True)], axis=1)
    picked = np.flatnonzero(happened.ravel() != NO_TIME)
    entity = rows[picked // len(times)]
    return _Part(
        who=content.who[entity],
        event=_sorted_values(np.stack(codes, axis=1).ravel()[picked].astype(np.int32), values),
        time=happened.ravel()[picked],
        amount=None if content.amount is None else np.stack(amounts, axis=1).ravel()[picked],
        properties={name: _at(column, entity) for name, column in content.properties.items()},
    )


def _paying(names: Sequence[str]) -> int:
    """Which of an entity's dates the sum belongs to."""
    for wanted in (_PAID, _BOUGHT):
        for number, name in enumerate(names):
            if wanted.search(name) and not _UNDONE.search(name):
                return number
    return 0


def _sold_statuses(content: EntityRows, names: Sequence[str]) -> NDArray[np.bool_]:
    """For each status (the last: none) whether it says that it was sold, where no date tells of a payment."""
    values = () if content.status is None else content.status.values
    paid = any(_PAID.search(name) and not _UNDONE.search(name) for name in names)
    dated = content.status_time is not None and not paid
    told = [dated and bool(_SOLD.search(value)) and not _UNDONE.search(value) for value in values]
    return np.array([*told, False], dtype=bool)


def _entity_amounts(content: EntityRows, rows: NDArray[np.int64], pays: bool) -> NDArray[np.int64]:  # noqa: FBT001
    if content.amount is None or not pays:
        return np.full(len(rows), NO_AMOUNT, dtype=np.int64)
    return content.amount[rows]


def _status_times(content: EntityRows, rows: NDArray[np.int64]) -> Times:
    own = np.full(len(rows), NO_TIME, dtype=np.int64) if content.status_time is None else content.status_time[rows]
    latest = own.copy()
    for _, time in content.dates:
        np.maximum(latest, time[rows], out=latest)
    return np.where((own == NO_TIME) & content.undone[rows], latest, own)


def _sorted_values(codes: Codes, values: Sequence[str]) -> Column:
    """Codes over a list that may name a value twice → a column with sorted values."""
    known = sorted(set(values))
    place = {value: number for number, value in enumerate(known)}
    table = np.array([place[value] for value in values] or [0], dtype=np.int32)
    return Column(table[codes], tuple(known))


def _amount(part: _Part) -> NDArray[np.int64]:
    return np.full(len(part.time), NO_AMOUNT, dtype=np.int64) if part.amount is None else part.amount


def _joined(arrays: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    return arrays[0] if len(arrays) == 1 else np.concatenate([np.zeros(0, dtype=kind), *arrays])


def _united(columns: Sequence[Column | None], sizes: Sequence[int]) -> Column:
    """One column of many; only values that occur, sorted. A source without the column is ABSENT."""
    used = [_used(column) for column in columns]
    values = sorted(set().union(*used))
    if len(columns) == 1 and columns[0] is not None and columns[0].values == tuple(values):
        return columns[0]
    place = {value: number for number, value in enumerate(values)}
    codes = []
    for column, size in zip(columns, sizes, strict=True):
        if column is None:
            codes.append(np.full(size, ABSENT, dtype=np.int32))
        else:
            table = np.array([*(place.get(value, -1) for value in column.values), -1], dtype=np.int32)
            codes.append(table[column.codes])
    return Column(np.concatenate([np.zeros(0, dtype=np.int32), *codes]), tuple(values))


def _used(column: Column | None) -> set[str]:
    if column is None:
        return set()
    occurs = np.zeros(len(column.values) + 1, dtype=bool)  # the last: nothing
    occurs[column.codes] = True
    return {value for value, does in zip(column.values, occurs[:-1].tolist(), strict=True) if does}


def count_late(sources: Sequence[SourceRows]) -> int:
    """Events more than a day older than one above them, in files that are otherwise in the order of time."""
    late = 0
    for source in sources:
        if isinstance(source.content, EventRows):
            if len(source.files) == 1:
                late += _late_in(source.content.time if source.accepted.all() else source.content.time[source.accepted])
                continue
            accepted = np.flatnonzero(source.accepted)
            ends = np.cumsum(np.bincount(source.file[accepted], minlength=len(source.files)))  # files lie one by one
            late += sum(_late_in(source.content.time[rows]) for rows in np.split(accepted, ends[:-1]))
    return late


def _late_in(time: Times) -> int:
    if len(time) < 2:
        return 0
    if _is_in_order(time):
        return 0
    late = int((time < np.maximum.accumulate(time) - DAY_MS).sum())
    return late if late <= len(time) * MOST_LATE else 0


def _is_in_order(time: Times) -> bool:
    return bool((time[1:] >= time[:-1]).all())


def present(time: Times) -> int:
    """The last event (UTC ms), leaving out a few that lie far beyond all others: nobody has bought in 2099 yet."""
    if len(time) < FUTURE_FROM:
        return int(time.max(initial=0))
    few = max(1, int(len(time) * FUTURE_SHARE))
    last = time[-few - 1 :] if _is_in_order(time) else np.sort(np.partition(time, len(time) - few - 1)[-few - 1 :])
    gaps, spans = np.diff(last), last[:-1] - time.min()
    far = np.flatnonzero((gaps > FUTURE_GAP) & (gaps > spans / 2))
    return int(last[far[0]]) if len(far) else int(last[-1])
