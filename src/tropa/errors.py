"""One tree of exceptions. Every leaf has a stable code, which the docs explain one by one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Self


class Said(str):
    """A sentence for people: English as it stands, with the template and the values to say it in another language."""

    __slots__ = ("russian", "template", "values")
    template: str
    values: Mapping[str, object]
    russian: str | None

    def __new__(cls, template: str, values: Mapping[str, object], russian: str | None = None) -> Self:
        """Put the values into the template."""
        sentence = super().__new__(cls, _filled(template, values, str) if russian is None else template)
        sentence.template, sentence.values, sentence.russian = template, dict(values), russian
        return sentence


def told(template: str, **values: object) -> Said:
    """A sentence with named values; each template has its Russian line in `texts/data/errors.toml`."""
    return Said(template, values)


def in_both(*, ru: str, en: str) -> Said:
    """Words that come in both languages."""
    return Said(en, {}, ru)


def in_russian(sentence: str, lines: Mapping[str, str]) -> str:
    """The sentence by its Russian line, its values too where they are sentences; as it is where there is no line."""
    if not isinstance(sentence, Said):
        return lines.get(sentence, sentence)
    if sentence.russian is not None:
        return sentence.russian
    return _filled(lines.get(sentence.template, sentence.template), sentence.values, lambda one: in_russian(one, lines))


def _filled(template: str, values: Mapping[str, object], say: Callable[[str], str]) -> str:
    return template.format(**{name: _shown(value, say) for name, value in values.items()}) if values else template


def reason_of(error: Exception) -> str:
    """What a fault says of itself, still a sentence where it was made of one."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, str) and str(error) == said else str(error)


def _shown(value: object, say: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return say(value)
    if isinstance(value, BaseException):
        return say(str(value))
    if isinstance(value, list | tuple):
        parts = [_shown(one, say) for one in value]
        return ("; " if any(isinstance(one, Said) for one in value) else ", ").join(map(str, parts))
    return value


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


class LanguageModelError(InputError):
    """The language model that was asked for cannot be used, or may not be sent texts."""

    code = "language-model"


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
