"""A log as files that a cluster reads: one of events and one of units a bucket, and a head with the dictionaries."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from pyarrow.fs import FileSelector, FileSystem, FileType

from tropa.domain.project import UnitKind
from tropa.events.log import BUCKETS, Column, EventLog

FORMAT = 1
HEAD = "head.json"
KEPT = 4


@dataclass(frozen=True, slots=True)
class BucketFiles:
    """The files of one log, in a folder that the driver and every worker reach by the same address.

    `events-07.parquet` holds the events of bucket 7 in order: `event`, `time`, `amount` where there is one, and
    `property_0`, … as signed integers. `units-07.parquet` holds its units: `events` (how many each has) and
    `unit_property_0`, …. `head.json` holds everything else and is written last.
    """

    address: str

    def exist(self) -> bool:
        """The files are there, all of them."""
        files, path = _opened(self.address)
        return bool(files.get_file_info(f"{path}/{HEAD}").type == FileType.File)

    def write(self, log: EventLog) -> None:
        """Write the log, a bucket at a time."""
        files, path = _opened(self.address)
        files.create_dir(path, recursive=True)
        for bucket in range(BUCKETS):
            piece = log.piece(int(log.buckets[bucket]), int(log.buckets[bucket + 1]))
            for name, columns in (("events", _events(piece)), ("units", _units(piece))):
                table = pa.table(columns)
                place = f"{path}/{name}-{bucket:02}.parquet"
                pq.write_table(table, place, filesystem=files, compression="zstd", row_group_size=max(len(table), 1))
        with files.open_output_stream(f"{path}/{HEAD}") as out:
            out.write(json.dumps(_head(log), ensure_ascii=False).encode())

    def head(self) -> EventLog:
        """The log without its events: what it is of, and the names in it."""
        files, path = _opened(self.address)
        with files.open_input_stream(f"{path}/{HEAD}") as content:
            known = json.loads(content.read())
        return EventLog(
            unit=UnitKind(known["unit"]),
            offsets=np.zeros(1, dtype=np.int64),
            buckets=np.array(known["buckets"], dtype=np.int64),
            event=_empty(known["event"]),
            time=np.zeros(0, dtype=np.int64),
            sequence=np.zeros(0, dtype=np.int32),
            properties={one["name"]: _empty(one["values"]) for one in known["properties"]},
            unit_properties={one["name"]: _empty(one["values"]) for one in known["unit_properties"]},
            amount=np.zeros(0, dtype=np.int64) if known["amount"] else None,
            currency=known["currency"],
            timezone=known["timezone"],
            as_of=known["as_of"],
        )

    def piece(self, head: EventLog, bucket: int) -> EventLog:
        """The events of one bucket; properties are read when they are looked at."""
        events, units = (_ParquetFile(self.address, f"{kind}-{bucket:02}.parquet") for kind in ("events", "units"))
        sizes = units.column("events")
        count = len(sizes)
        event, time = events.column("event"), events.column("time")
        return replace(
            head,
            offsets=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
            buckets=np.array([0] * (bucket + 1) + [count] * (BUCKETS - bucket), dtype=np.int64),
            event=Column(event, head.event.values),
            time=time,
            sequence=np.arange(len(time), dtype=np.int32),
            properties=_ReadWhenAsked(events, "property", head.properties),
            unit_properties=_ReadWhenAsked(units, "unit_property", head.unit_properties),
            amount=None if head.amount is None else events.column("amount"),
            first_unit=int(head.buckets[bucket]),
        )


def name_of(log: EventLog) -> str:
    """A name for the log's files that is the same for the same events."""
    digest = hashlib.blake2b(json.dumps([FORMAT, _head(log)], ensure_ascii=False).encode(), digest_size=16)
    arrays = [log.offsets, log.event.codes, log.time, *([] if log.amount is None else [log.amount])]
    arrays += [column.codes for column in (*log.properties.values(), *log.unit_properties.values())]
    for array in arrays:
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


def clear_old(folder: str) -> None:
    """Of the logs written into the folder leave the newest few."""
    files, path = _opened(folder)
    heads = [
        one
        for one in files.get_file_info(FileSelector(path, recursive=True))
        if one.base_name == HEAD and one.type == FileType.File
    ]
    for old in sorted(heads, key=lambda one: one.mtime_ns, reverse=True)[KEPT:]:
        files.delete_dir(old.path.removesuffix(f"/{HEAD}"))


def _opened(address: str) -> tuple[Any, str]:
    files, path = FileSystem.from_uri(address)
    return files, path


def _events(log: EventLog) -> dict[str, NDArray[Any]]:
    columns: dict[str, NDArray[Any]] = {"event": log.event.codes, "time": log.time}
    if log.amount is not None:
        columns["amount"] = log.amount
    return columns | {f"property_{n}": column.codes for n, column in enumerate(log.properties.values())}


def _units(log: EventLog) -> dict[str, NDArray[Any]]:
    properties = {f"unit_property_{n}": column.codes for n, column in enumerate(log.unit_properties.values())}
    return {"events": np.diff(log.offsets).astype(np.int32), **properties}


def _head(log: EventLog) -> dict[str, object]:
    return {
        "version": FORMAT,
        "unit": log.unit.value,
        "buckets": log.buckets.tolist(),
        "event": log.event.values,
        "properties": [{"name": name, "values": column.values} for name, column in log.properties.items()],
        "unit_properties": [{"name": name, "values": column.values} for name, column in log.unit_properties.items()],
        "amount": log.amount is not None,
        "currency": log.currency,
        "timezone": log.timezone,
        "as_of": log.as_of,
    }


def _empty(values: list[str]) -> Column:
    return Column(np.zeros(0, dtype=np.int32), tuple(values))


@dataclass(frozen=True, slots=True)
class _ParquetFile:
    folder: str
    name: str

    def column(self, name: str) -> NDArray[Any]:
        files, path = _opened(self.folder)
        table = pq.read_table(f"{path}/{self.name}", filesystem=files, columns=[name])
        array: NDArray[Any] = table.column(0).to_numpy()
        return array


@dataclass(frozen=True, slots=True)
class _ReadWhenAsked(Mapping[str, Column]):
    """Columns by name; `known` has their order and their values."""

    file: _ParquetFile
    kind: str
    known: Mapping[str, Column]

    def __getitem__(self, name: str) -> Column:
        number = list(self.known).index(name) if name in self.known else None
        if number is None:
            raise KeyError(name)
        return Column(self.file.column(f"{self.kind}_{number}"), self.known[name].values)

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)
