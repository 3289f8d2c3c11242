"""A log straight from a Parquet file of events, with nothing stored: for a question in passing."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from tropa.adapters.cores import cores
from tropa.adapters.stores.coding import Ask, plain, text_codes, whole_numbers
from tropa.adapters.stores.local.sql import WHOLE_NUMBERS, quoted, select
from tropa.domain.project import UnitKind
from tropa.errors import ColumnMissingError, InputError, told
from tropa.events.clustering import FlatEvents, cluster
from tropa.events.log import Codes, Column, EventLog
from tropa.events.numbering import numbered

_FILE = "read_parquet(?)"
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
    threads = threads or cores()
    connection = duckdb.connect(config={"threads": threads})
    try:
        table = connection.read_parquet(str(file))
        kinds = dict(zip(table.columns, map(str, table.types), strict=True))
        for column in (person, event, time):
            if column not in kinds:
                raise ColumnMissingError(
                    told("“{file}” has no column “{name}”.", file=file.name, name=column),
                    told("The columns are: {names}.", names=list(kinds)),
                )
        flat = _events(connection, file, kinds, (person, event, time), time_unit)
    except duckdb.Error as error:
        raise InputError(
            told("“{name}” cannot be read: {value}", name=file.name, value=str(error).splitlines()[0])
        ) from error
    finally:
        connection.close()
    return cluster(flat, unit=UnitKind.PERSON, as_of=int(flat.time.max(initial=0)), threads=threads).log


def _milliseconds(column: str, kind: str, unit: str) -> str:
    if kind.startswith(("TIMESTAMP", "DATE")):
        return f"epoch_ms({column}::TIMESTAMP)"
    return f"{column}::BIGINT {_UNITS_OF_TIME[unit]}"


def _events(
    connection: Any, file: Path, kinds: Mapping[str, str], columns: tuple[str, str, str], unit: str
) -> FlatEvents:
    def ask(query: str, values: Sequence[object]) -> dict[str, NDArray[Any]]:
        found: dict[str, NDArray[Any]] = connection.execute(query, [*values]).fetchnumpy()
        return found

    person, event, time = map(quoted, columns)
    place = [str(file)]
    known = ask(select(f"count(*) AS n, count({person}) AS p, count({event}) AS e, count({time}) AS t", _FILE), place)
    source = _FILE
    if len({int(count[0]) for count in known.values()}) > 1:
        there = f"{person} IS NOT NULL AND {event} IS NOT NULL AND {time} IS NOT NULL"
        source = f"({select('*', _FILE)} WHERE {there})"
    moment = _milliseconds(time, kinds[columns[2]], unit)
    return FlatEvents(
        who=_people(ask, person, kinds[columns[0]], source, place),
        event=_names(ask, f"{event}::VARCHAR", source, place),
        time=plain(ask(select(f"{moment} AS t", source), place)["t"]),
    )


def _people(ask: Ask, person: str, kind: str, source: str, values: Sequence[object]) -> Codes:
    """Any number for each person, the same for the same one."""
    if kind in WHOLE_NUMBERS:
        return whole_numbers(ask, person, source, values).codes
    return numbered(plain(ask(select(f"hash({person}::VARCHAR) AS h", source), values)["h"])).codes


def _names(ask: Ask, event: str, source: str, values: Sequence[object]) -> Column:
    """Names in order, as everywhere in a log."""
    codes, names = text_codes(ask, event, source, values)
    if names == (ordered := sorted(names)):
        return Column(codes, tuple(names))
    place = {name: number for number, name in enumerate(ordered)}
    return Column(np.array([place[name] for name in names], dtype=np.int32)[codes], tuple(ordered))
