"""What is asked of a company's events table: names come from its schema, values are parameters."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tropa.domain.project import EventColumns, FixedValue, StoreSpec, UnitKind
from tropa.errors import ColumnMissingError, SourceMissingError, told
from tropa.events.log import BUCKETS

FIND_TABLE = (
    "SELECT database, name FROM system.tables "
    "WHERE database = if({database:String} = '', currentDatabase(), {database:String}) AND name = {table:String}"
)
LIST_TABLES = (
    "SELECT name FROM system.tables "
    "WHERE database = if({database:String} = '', currentDatabase(), {database:String}) ORDER BY name LIMIT 20"
)
FIND_COLUMNS = (
    "SELECT name, type FROM system.columns WHERE database = {database:String} AND table = {table:String} "
    "ORDER BY position"
)
OWN = "tropa_"
"""Before the names of roles, so that they are no property's name."""
_EPOCHS = {"epoch_s": "{} * 1000", "epoch_ms": "{}", "epoch_us": "intDiv({}, 1000)", "epoch_ns": "intDiv({}, 1000000)"}


@dataclass(frozen=True, slots=True)
class EventsTable:
    """The table as the database knows it: its name, and its columns with their types."""

    database: str
    name: str
    types: Mapping[str, str]

    def column(self, name: str) -> str:
        """A column's name as SQL writes it."""
        if name not in self.types:
            near = difflib.get_close_matches(name, self.types, 1, 0.5)
            guess = f"Did you mean “{near[0]}”? " if near else ""
            raise ColumnMissingError(
                told(
                    "“{database}.{name}” has no column “{name_2}”.", database=self.database, name=self.name, name_2=name
                ),
                told("{guess}The columns are: {names}.", guess=guess, names=list(self.types)),
            )
        return _quoted(name)

    @property
    def written(self) -> str:
        """The table's name as SQL writes it."""
        return f"{_quoted(self.database)}.{_quoted(self.name)}"


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its parameters."""

    text: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class EventsQuestions:
    """The questions about one table as tropa.yaml maps and filters it."""

    table: EventsTable
    spec: StoreSpec
    unit: UnitKind
    timezone: str
    _values: dict[str, object] = field(default_factory=dict)

    def extent(self) -> Question:
        """How many events fit, the first and the last time of them, and a sum that changes with them."""
        conditions = " AND ".join(self._filters())
        text = (
            f"SELECT count() AS rows, min({self._time()}) AS first, max({self._time()}) AS last, "  # noqa: S608
            f"sum(cityHash64({self._who()}, {self._text(self._columns().event)}, {self._time()})) AS prints "
            f"FROM {self.table.written} WHERE {conditions}"
        )
        return Question(text, dict(self._values))

    def bucket(self, number: int, *, until: int) -> Question:
        """The events of the people of one bucket up to a moment (UTC ms), a column each under its role's name."""
        columns = self.picked()
        chosen = ", ".join(f"{expression} AS {_quoted(name)}" for name, expression in columns.items())
        conditions = " AND ".join(
            [
                *self._filters(),
                f"cityHash64(ifNull({self._who()}, '')) % {BUCKETS} = {{bucket:UInt8}}",
                f"{self._time()} <= {{until:Int64}}",
            ]
        )
        first = [OWN + "person", OWN + "case", OWN + "time"]
        order = ", ".join(_quoted(name) for name in dict.fromkeys([*first, *columns]) if name in columns)
        text = f"SELECT {chosen} FROM {self.table.written} WHERE {conditions} ORDER BY {order}"  # noqa: S608
        return Question(text, {**self._values, "bucket": number, "until": until})

    def picked(self) -> dict[str, str]:
        """Role or property → the expression that gives it."""
        columns = self._columns()
        named: list[tuple[str, str | FixedValue | None]] = [
            ("person", columns.person),
            ("case", columns.case),
            ("event", columns.event),
            ("key", columns.key),
            ("channel", columns.channel),
            ("device", columns.device),
            ("lifecycle", columns.lifecycle),
            ("consent", columns.consent),
        ]
        found = {OWN + role: self._text(name) for role, name in named if isinstance(name, str)}
        found[OWN + "time"] = self._time()
        if columns.amount is not None:
            found[OWN + "amount"] = self._text(columns.amount.column)
            if columns.amount.currency_column is not None:
                found[OWN + "currency"] = self._text(columns.amount.currency_column)
        return found | {name: self._text(name) for name in (*columns.properties, *columns.case_properties)}

    def _columns(self) -> EventColumns:
        if self.spec.columns is None:  # checked when tropa.yaml is read
            raise ColumnMissingError("tropa.yaml does not say what the columns of the table are.")
        return self.spec.columns

    def _who(self) -> str:
        columns = self._columns()
        wanted = (columns.case, columns.person) if self.unit is UnitKind.CASE else (columns.person, columns.case)
        return self._text(next(name for name in wanted if name is not None))

    def _text(self, name: str | FixedValue) -> str:
        return f"toString({self.table.column(name)})" if isinstance(name, str) else "''"

    def _time(self) -> str:
        """The time of an event in UTC ms."""
        asked = self._columns().time
        column, kind = self.table.column(asked.column), _bare(self.table.types[asked.column])
        if kind.startswith("DateTime"):
            return f"toUnixTimestamp64Milli(toDateTime64({column}, 3))"
        self._values["zone"] = self.timezone
        if kind.startswith("Date"):
            return f"toUnixTimestamp64Milli(toDateTime64({column}, 3, {{zone:String}}))"
        if kind.startswith(("Int", "UInt")):
            return _EPOCHS.get(asked.format, _EPOCHS["epoch_s"]).format(f"toInt64({column})")
        return f"toUnixTimestamp64Milli(parseDateTime64BestEffortOrNull(toString({column}), 3, {{zone:String}}))"

    def _filters(self) -> list[str]:
        filters = ["1"]
        for number, (name, wanted) in enumerate(self.spec.where.items()):
            self._values[f"wanted_{number}"] = list(wanted)
            filters.append(f"{self._text(name)} IN {{wanted_{number}:Array(String)}}")
        if self.spec.since is not None:
            filters.append(self._bound("since", ">=", self.spec.since, 0))
        if self.spec.until is not None:
            filters.append(self._bound("end", "<", self.spec.until, 1))
        return filters

    def _bound(self, name: str, sign: str, day: date, days_more: int) -> str:
        """Compared as the column is stored, where it is a time, so that the table's own order helps."""
        midnight = datetime.combine(day + timedelta(days=days_more), time.min, ZoneInfo(self.timezone))
        self._values[name] = int(midnight.timestamp()) * 1000
        column = self._columns().time.column
        if _bare(self.table.types.get(column, "")).startswith("DateTime"):
            return f"{self.table.column(column)} {sign} fromUnixTimestamp64Milli({{{name}:Int64}})"
        return f"{self._time()} {sign} {{{name}:Int64}}"


def events_table(rows: Sequence[Sequence[Any]], columns: Sequence[Sequence[Any]]) -> EventsTable:
    """From what the database says of it."""
    ((database, name),) = rows
    return EventsTable(str(database), str(name), {str(column): str(kind) for column, kind in columns})


def no_table(asked: str, known: Sequence[Sequence[Any]]) -> SourceMissingError:
    """The table is not there, or may not be seen."""
    names = ", ".join(str(row[0]) for row in known)
    return SourceMissingError(
        told("There is no table “{asked}” in ClickHouse.", asked=asked),
        told("There are: {value}.", value=names or "none to be seen"),
    )


def split_name(table: str) -> tuple[str, str]:
    """`shop.events` → database and name; the database is '' where it is not said."""
    database, _, name = table.rpartition(".")
    return database, name


def all_buckets() -> Iterator[int]:
    """Their numbers."""
    return iter(range(BUCKETS))


def _bare(kind: str) -> str:
    """A type without Nullable(…) and LowCardinality(…)."""
    for wrapper in ("LowCardinality(", "Nullable("):
        kind = kind.removeprefix(wrapper)
    return kind


def _quoted(name: str) -> str:
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"
