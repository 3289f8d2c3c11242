"""A log straight from a Parquet file of events, with nothing stored: for a question in passing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from tropa.adapters.stores.local.sql import quoted, select
from tropa.domain.project import UnitKind
from tropa.errors import ColumnMissingError, InputError, told
from tropa.events.clustering import FlatEvents, cluster
from tropa.events.log import Codes, Column, EventLog

_FILE = "read_parquet(?)"
_PER_ROW = 4  # a table of numbers up to so many times the rows is cheaper than a search
_UNITS_OF_TIME = {"s": "* 1000", "ms": "", "us": "// 1000", "ns": "// 1000000"}


def read_events(
    file: Path, *, person: str, event: str, time: str, time_unit: str = "us", threads: int | None = None
) -> EventLog:
    """The events of a file; `time` is a timestamp (UTC) or whole `time_unit`s since 1970.

    Rows without a person, an event or a time are left out.

    Raises ColumnMissingError for a column that the file does not have, InputError for a file that is no Parquet.
    """
    if time_unit not in _UNITS_OF_TIME:
        raise InputError(
            told("There is no unit of time “{time_unit}”.", time_unit=time_unit),
            told("Allowed: {names}.", names=list(_UNITS_OF_TIME)),
        )
    connection = duckdb.connect(config={} if threads is None else {"threads": threads})
    try:
        table = connection.read_parquet(str(file))
        kinds = dict(zip(table.columns, map(str, table.types), strict=True))
        for column in (person, event, time):
            if column not in kinds:
                raise ColumnMissingError(
                    told("“{name}” has no column “{column}”.", name=file.name, column=column),
                    told("The columns are: {names}.", names=list(kinds)),
                )
        return _log(
            connection, file, quoted(person), quoted(event), _milliseconds(quoted(time), kinds[time], time_unit)
        )
    except duckdb.Error as error:
        raise InputError(
            told("“{name}” cannot be read: {error}.", name=file.name, error=str(error).splitlines()[0])
        ) from error
    finally:
        connection.close()


def _milliseconds(column: str, kind: str, unit: str) -> str:
    if kind.startswith(("TIMESTAMP", "DATE")):
        return f"epoch_ms({column}::TIMESTAMP)"
    return f"{column}::BIGINT {_UNITS_OF_TIME[unit]}"


def _log(connection: Any, file: Path, person: str, event: str, time: str) -> EventLog:
    place = [str(file)]
    said = _all(connection, select(f"DISTINCT {event}::VARCHAR AS e", f"{_FILE} ORDER BY e NULLS LAST"), place)
    names = [name for (name,) in said if name is not None]
    counts = _all(connection, select(f"count(*), count({person}), count({event}), count({time})", _FILE), place)[0]
    there = f" WHERE {person} IS NOT NULL AND {event} IS NOT NULL AND {time} IS NOT NULL"
    picked = f"list_position(?, {event}::VARCHAR)::INTEGER - 1 AS e, {time} AS t, {person} AS p"
    query = select(picked, _FILE + ("" if len(set(counts)) == 1 else there))
    found = connection.execute(query, [names, *place]).fetchnumpy()
    flat = FlatEvents(who=_numbered(found["p"]), event=Column(found["e"], tuple(names)), time=found["t"])
    return cluster(flat, unit=UnitKind.PERSON, as_of=int(flat.time.max(initial=0))).log


def _all(connection: Any, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = connection.execute(query, list(values)).fetchall()
    return rows


def _numbered(person: NDArray[Any]) -> Codes:
    """Any number for each person, the same for the same one."""
    if np.issubdtype(person.dtype, np.integer):
        low, high = int(person.min(initial=0)), int(person.max(initial=0))
        if high - low <= _PER_ROW * max(len(person), 1):
            return (person - low).astype(np.int32)
    return np.unique(person, return_inverse=True)[1].astype(np.int32)
