"""Each kind of source → its rows as arrays, judged one by one."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tropa.adapters.stores.local.contacts import companies
from tropa.adapters.stores.local.details import Purse, properties_of, without_personal_data
from tropa.adapters.stores.local.rawtable import NO_TIME, RawTable
from tropa.adapters.stores.local.rows import (
    EntityRows,
    EventRows,
    Identities,
    SourceRows,
    Verdict,
    Warnings,
    constant,
    impossible,
    judge,
    judge_times,
    key_column,
    latest_of,
    plain,
    recoded,
    unit_column,
)
from tropa.domain.project import EntitySource, EventSource, FixedValue, TimeColumn, UnitKind
from tropa.events.log import NO_AMOUNT, Codes, Column, Times
from tropa.intake.data_lexicon import CANCELLED
from tropa.intake.time_detection import detect_time
from tropa.intake.words import fits_any, words_of

MOST_NAMES = 100_000
_NUMBERED = re.compile(r"[0-9a-fA-F]{8,}|\d+")
_UPDATED = (
    {"updated"}, {"modified"}, {"изменен"}, {"изменено"}, {"изменения"}, {"изменение"}, {"обновлен"}, {"обновлено"},
    {"обновления"}, {"обновление"},
)  # fmt: skip


def take_events(
    table: RawTable, spec: EventSource, *, identities: Identities, purse: Purse, unit: UnitKind, zone: str
) -> SourceRows:
    """A row is an event."""
    namespace, who = unit_column(spec, unit)
    verdict = np.zeros(table.size, dtype=np.int8)
    people = identities.of(table, namespace, who)
    judge(verdict, people < 0, Verdict.NO_PERSON)
    names = _in_words(_event_names(table, spec.columns.event, purse.warnings), spec.names)
    judge(verdict, names.codes < 0, Verdict.NO_EVENT)
    moments = table.moments(spec.columns.time, zone)
    judge_times(verdict, moments)
    return SourceRows(
        spec=spec,
        files=table.files,
        header=frozenset(name.casefold() for name in table.columns),
        file=table.file_numbers(),
        row=table.row_numbers(),
        verdict=verdict,
        content=EventRows(
            who=people,
            event=names,
            time=moments.ms,
            amount=purse.amounts(table, spec.columns.amount),
            properties=properties_of(table, spec.columns, purse.warnings),
        ),
        prints=table.fingerprints(),
        key=key_column(table, spec.columns.key),
        updated=updated_times(table, zone) if spec.columns.key else None,
        latest=moments.ms,
        of_units=frozenset(spec.columns.case_properties),
        person=_person_of_case(table, spec, identities, namespace),
    )


def _event_names(table: RawTable, given: str | FixedValue, warnings: Warnings) -> Column:
    if isinstance(given, FixedValue):
        return constant(given.value, table.size)
    names = recoded(table.coded(given), without_personal_data)
    if len(names.values) <= MOST_NAMES:
        return names
    warnings.say(
        f"Разных имён событий больше {MOST_NAMES}: числа в них заменены на «#».",
        f"There are more than {MOST_NAMES} event names: numbers in them are replaced by “#”.",
    )
    return recoded(names, lambda name: _NUMBERED.sub("#", name))


def _in_words(codes: Column, names: Mapping[str, str]) -> Column:
    return recoded(codes, lambda code: names.get(code, code)) if names else codes


def take_entities(
    table: RawTable, spec: EntitySource, *, identities: Identities, purse: Purse, unit: UnitKind, zone: str
) -> SourceRows:
    """A row is an order, a deal or a ticket; each of its dates is an event."""
    namespace, who = unit_column(spec, unit)
    columns = spec.columns
    verdict = np.zeros(table.size, dtype=np.int8)
    people = identities.of(table, namespace, who)
    judge(verdict, people < 0, Verdict.NO_PERSON)
    dates, status_time = _entity_times(table, spec, verdict, zone=zone, warnings=purse.warnings)
    status = None if columns.status is None else recoded(table.coded(columns.status), without_personal_data)
    status = None if status is None else _in_words(status, spec.names)
    amount = purse.amounts(table, columns.amount)
    bare = np.zeros(table.size, dtype=bool)
    if status is not None:
        bare |= status.codes < 0
    if amount is not None:
        bare |= amount == NO_AMOUNT
    updated = updated_times(table, zone) if columns.key else None
    times = [time for _, time in dates] + ([] if status_time is None else [status_time])
    return SourceRows(
        spec=spec,
        files=table.files,
        header=frozenset(name.casefold() for name in table.columns),
        file=table.file_numbers(),
        row=table.row_numbers(),
        verdict=verdict,
        content=EntityRows(
            who=people,
            dates=dates,
            status=status,
            status_time=status_time,
            undone=_undone(status, spec.cancelled, table.size, purse.warnings),
            amount=amount,
            properties=properties_of(table, columns, purse.warnings),
        ),
        prints=table.fingerprints(),
        key=key_column(table, columns.key),
        updated=status_time if updated is None else updated,
        bare=bare,
        latest=latest_of(times, table.size),
        person=_person_of_case(table, spec, identities, namespace),
        company=None if columns.company is None else companies(table, columns.company),
    )


def _person_of_case(
    table: RawTable, spec: EventSource | EntitySource, identities: Identities, namespace: str
) -> Codes | None:
    if namespace == "person" or spec.columns.person is None:
        return None
    return identities.of(table, "person", spec.columns.person)


def _entity_times(
    table: RawTable, spec: EntitySource, verdict: NDArray[np.int8], *, zone: str, warnings: Warnings
) -> tuple[tuple[tuple[str, Times], ...], Times | None]:
    """The times of an entity's events and of its status; a row needs one that can be read."""
    wanted: list[tuple[str | None, TimeColumn]] = list(spec.dates.items())
    if spec.status_time is not None:
        wanted.append((None, spec.status_time))
    known, spoilt, strange = (np.zeros(table.size, dtype=bool) for _ in range(3))
    dates: list[tuple[str, Times]] = []
    status_time: Times | None = None
    for name, column in wanted:
        moments = table.moments(column, zone)
        odd = impossible(moments.ms)
        bad = moments.bad
        ms = np.where(odd, NO_TIME, moments.ms)
        known |= ms != NO_TIME
        spoilt |= bad
        strange |= odd
        if unread := int((bad | odd).sum()):
            warnings.say(
                f"В колонке «{column.column}» не прочитано времён: {unread}.",
                f"Times not read in column “{column.column}”: {unread}.",
            )
        if name is None:
            status_time = ms
        else:
            dates.append((name, ms))
    judge(verdict, ~known & spoilt, Verdict.BAD_TIME)
    judge(verdict, ~known & strange, Verdict.IMPOSSIBLE_TIME)
    judge(verdict, ~known, Verdict.NO_TIME)
    return tuple(dates), status_time


def _undone(status: Column | None, cancelled: Sequence[str] | None, size: int, warnings: Warnings) -> NDArray[np.bool_]:
    """Rows that were cancelled: by the listed statuses, else by those that say so."""
    if status is None:
        return np.zeros(size, dtype=bool)
    if cancelled is None:
        says_so = [fits_any(words_of(value), CANCELLED) for value in status.values]
    else:
        wanted = {(plain(one) or "").casefold() for one in cancelled}
        says_so = [value.casefold() in wanted for value in status.values]
    undone: NDArray[np.bool_] = np.array([*says_so, False])[status.codes]
    if cancelled is None and (rows := int(undone.sum())):
        named = [value for value, one in zip(status.values, says_so, strict=True) if one][:5]
        warnings.say(
            f"Отменено, поэтому не покупки: {rows} (статус: {', '.join(named)}). Свой список — в cancelled.",
            f"Cancelled, so no purchases: {rows} (status: {', '.join(named)}). Your own list goes to cancelled.",
        )
    return undone


def updated_times(table: RawTable, zone: str) -> Times | None:
    """When each row was last changed, where a column says so."""
    for name in table.columns:
        words = set(words_of(name))
        if any(one <= words for one in _UPDATED):
            values = [text for text in table.coded(name).values if text.strip()]
            guess = detect_time(values[:1000])
            if guess is not None:
                return table.moments(guess.as_column(name), zone).ms
    return None
