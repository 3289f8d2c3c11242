"""A company's events table, read a bucket of people at a time into a file beside; what is read stays when it stops."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from tropa.adapters.disk import replace_file
from tropa.adapters.stores.clickhouse.asking import (
    FIND_COLUMNS,
    FIND_TABLE,
    LIST_TABLES,
    OWN,
    EventsQuestions,
    Question,
    all_buckets,
    events_table,
    no_table,
    split_name,
)
from tropa.adapters.stores.clickhouse.client import Client
from tropa.domain.project import AmountColumn, EventColumns, EventSource, Project, StoreSpec, TimeColumn
from tropa.domain.query import canonical
from tropa.events.log import BUCKETS
from tropa.mapfile.records import encode
from tropa.ports import Progress, Report

STATE = "state.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What is read: the question, and what the table held when reading began (times in UTC ms)."""

    question: str
    rows: int
    first: int
    last: int
    prints: int

    @property
    def token(self) -> str:
        """A name that is the same for the same events."""
        return hashlib.blake2b(json.dumps(asdict(self)).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Mirror:
    """The folder into which the events are read, of one project."""

    room: Path
    project: Project
    client: Client

    def source(self) -> EventSource:
        """The events as a source; its name changes when the table has changed.

        Reading that was stopped goes on where it was, with the events of its beginning.
        """
        questions = self._questions()
        state = self._state()
        asked = self._asked()
        if state is None or state.question != asked or not self._parts(state).is_dir():
            ((rows, first, last, prints),) = self.client.rows(questions.extent())
            state = Snapshot(question=asked, rows=rows, first=int(first or 0), last=int(last or 0), prints=int(prints))
            self._begin(state)
        return EventSource(file=self._file(state).name, columns=_as_read(self._store))

    def read(self, report: Report) -> Path:
        """Read the buckets that are missing; the file that holds all of them."""
        import pyarrow.parquet as pq  # noqa: PLC0415  in the extra alone

        state, questions = self._state(), self._questions()
        if state is None:
            raise FileNotFoundError(self.room / STATE)
        parts, file = self._parts(state), self._file(state)
        parts.mkdir(parents=True, exist_ok=True)
        for number in all_buckets():
            report(Progress(work="build.reading", done=number, total=BUCKETS))
            part = parts / f"{number:02}.parquet"
            if not part.exists():
                table = self.client.table(questions.bucket(number, until=state.last))
                pq.write_table(_plain(table), beside := part.with_suffix(".writing"))
                beside.replace(part)
        beside = file.with_suffix(".writing")
        with pq.ParquetWriter(beside, pq.read_schema(parts / "00.parquet")) as out:
            for number in all_buckets():
                out.write_table(pq.read_table(parts / f"{number:02}.parquet"))
        beside.replace(file)
        return file

    def clear(self) -> None:
        """Everything is in the store now: the copies go, and the next reading begins anew."""
        shutil.rmtree(self.room, ignore_errors=True)

    @property
    def _store(self) -> StoreSpec:
        return self.project.store

    def _asked(self) -> str:
        settings = (canonical(encode(self._store)), self.project.unit.value, self.project.timezone)
        return hashlib.blake2b(repr(settings).encode(), digest_size=8).hexdigest()

    def _questions(self) -> EventsQuestions:
        database, name = split_name(self._store.table or "")
        values: Mapping[str, object] = {"database": database, "table": name}
        found = self.client.rows(Question(FIND_TABLE, values))
        if not found:
            raise no_table(self._store.table or "", self.client.rows(Question(LIST_TABLES, values)))
        columns = self.client.rows(Question(FIND_COLUMNS, {"database": found[0][0], "table": found[0][1]}))
        table = events_table(found, columns)
        questions = EventsQuestions(table, self._store, self.project.unit, self.project.timezone)
        questions.picked()  # every column that is mapped is there
        return questions

    def _state(self) -> Snapshot | None:
        try:
            return Snapshot(**json.loads((self.room / STATE).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def _begin(self, state: Snapshot) -> None:
        self.clear()
        self._parts(state).mkdir(parents=True)
        replace_file(self.room / STATE, json.dumps(asdict(state)).encode())

    def _parts(self, state: Snapshot) -> Path:
        return self.room / state.token

    def _file(self, state: Snapshot) -> Path:
        return self.room / f"{self._store.table}@{state.token}.parquet"


def _plain(table: Any) -> Any:
    """Texts as texts, whatever the database calls them."""
    import pyarrow as pa  # noqa: PLC0415

    kinds = [pa.field(one.name, pa.int64() if one.name == f"{OWN}time" else pa.string()) for one in table.schema]
    return table.cast(pa.schema(kinds))


def _as_read(spec: StoreSpec) -> EventColumns:
    """The columns of the file: each under the name of its role."""
    columns = spec.columns or EventColumns(event="event", time=TimeColumn(column="time"))

    def role(name: str, given: object) -> Any:
        return OWN + name if isinstance(given, str) else given

    amount = columns.amount
    return replace(
        columns,
        time=TimeColumn(column=f"{OWN}time", format="epoch_ms", precision=columns.time.precision),
        amount=None if amount is None else _amount(amount),
        **{
            name: role(name, getattr(columns, name))
            for name in ("person", "case", "event", "key", "channel", "device", "lifecycle", "consent")
        },
    )


def _amount(amount: AmountColumn) -> AmountColumn:
    currency = None if amount.currency_column is None else f"{OWN}currency"
    return replace(amount, column=f"{OWN}amount", decimal=".", currency_column=currency)
