"""One tree of exceptions. Every leaf has a stable code, which the docs explain one by one."""

from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(slots=True)
class Place:
    """Where in a person's input something is wrong."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    field: str | None = None

    def __str__(self) -> str:
        """Read like a compiler's message: file:line:column, field."""
        spot = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return ", ".join(part for part in (spot, self.field) if part)


@dataclass(slots=True)
class TropaError(Exception):
    """What was wrong, where, and what to do: the only kind of error a person meets."""

    message: str
    hint: str = ""
    place: Place = field(default_factory=Place)
    code: ClassVar[str] = "tropa"
    exit_code: ClassVar[int] = 3

    def __str__(self) -> str:
        """One or two lines for people."""
        where = str(self.place)
        first = f"{where}: {self.message}" if where else self.message
        return f"{first}\n{self.hint}" if self.hint else first


class InputError(TropaError):
    """Something given by a person cannot be used."""

    code = "input"
    exit_code = 2


class NothingToReadError(InputError):
    """The folder holds no file that tropa can read."""

    code = "nothing-to-read"


class UnreadableFileError(InputError):
    """A file is broken, hostile or of a kind that tropa does not read."""

    code = "unreadable-file"


class TooLargeError(InputError):
    """A file unpacks to more than tropa agrees to read."""

    code = "too-large"


class SourceMissingError(InputError):
    """A source of tropa.yaml names a file or sheet that is not there."""

    code = "source-missing"


class ConfigError(InputError):
    """tropa.yaml holds something that is not allowed there."""

    code = "config"


class ColumnMissingError(InputError):
    """tropa.yaml names a column that the file does not have."""

    code = "column-missing"


class InvalidQueryError(InputError):
    """A question that cannot be answered as it was asked."""

    code = "query"


class DatabaseError(InputError):
    """The database that tropa.yaml names does not answer, or not as it should."""

    code = "database"


class EngineError(InputError):
    """The cluster that tropa.yaml names cannot be used."""

    code = "engine"


class MapFileError(InputError):
    """A map file is broken, or of a version that this tropa does not know."""

    code = "map-file"


class ExportError(InputError):
    """The map cannot be written in the form that was asked for."""

    code = "export"


class StoreError(TropaError):
    """The store in .tropa/ cannot be read or written."""

    code = "store"


class BusyError(InputError):
    """Another tropa is building in this folder."""

    code = "busy"


class DiskFullError(TropaError):
    """There was no room to write; what was there before is untouched."""

    code = "disk-full"


@dataclass(slots=True)
class RecordError(InputError):
    """A record does not have the shape it should; `path` leads to the wrong value."""

    path: tuple[str | int, ...] = ()
    code = "record"
