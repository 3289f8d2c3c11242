"""What the core asks of the world outside: protocols that adapters fulfil."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from tropa.domain.journeymap import JourneyMap
from tropa.domain.opinion import Opinion, TextReading
from tropa.domain.project import SourceSpec
from tropa.domain.text import Language
from tropa.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a piece of work has come, in `rows` too; `total` None while unknown."""

    work: str
    done: int = 0
    total: int | None = None
    rows: int = 0


Report = Callable[[Progress], None]


def silent(_progress: Progress) -> None:
    """Tell nobody."""


class Clock(Protocol):
    """What day it is: asked at the edge only, so that a build can be repeated."""

    def today(self) -> date:
        """The date where the person is."""
        ...


class Exporter(Protocol):
    """Writes a map in one form."""

    def export(self, journey: JourneyMap, target: Path, language: Language) -> Sequence[Path]:
        """Write, and say which files were written."""
        ...


class LoadedFile(Protocol):
    """How many data rows a file had, and how many of them its reader could not use."""

    @property
    def file(self) -> str:
        """The file's name, relative to the folder."""
        ...

    @property
    def rows(self) -> int:
        """All data rows, good and bad."""
        ...

    @property
    def rejected(self) -> int:
        """The bad ones."""
        ...


class LoadedTable(Protocol):
    """What a source of tropa.yaml brought into the database."""

    @property
    def files(self) -> Sequence[LoadedFile]:
        """The files, in the order of their rows."""
        ...

    @property
    def columns(self) -> Sequence[str]:
        """The columns of text, without _file and _row."""
        ...

    @property
    def fault(self) -> Callable[[Exception], InputError] | None:
        """Where the rows of the one file are still in it: what the database's complaints about the file mean.

        "<name>" is a view then, _row counts from 1 without gaps, and a view "<name>__typed" has the same columns, the
        rows in the same order, as the file has them: numbers as numbers, nothing as NULL.
        """
        ...


class TableSource(Protocol):
    """Where the rows of a source come from."""

    def load(self, connection: Any, spec: SourceSpec, name: str) -> LoadedTable:
        """Put the rows into the table "<name>", those that cannot be read into "<name>__rejected".

        `connection` is DuckDB's. "<name>": _file VARCHAR, _row BIGINT, then columns of text in which '' is empty;
        "<name>__rejected": _file, _row, reason, raw.
        """
        ...


class TextModel(Protocol):
    """Reads opinions in clauses and texts, Russian and English; the same input gives the same output."""

    @property
    def name(self) -> str:
        """`light`, `full` or what an endpoint calls its model."""
        ...

    @property
    def version(self) -> str:
        """What changes when its answers may change."""
        ...

    def opinions(self, texts: Sequence[str]) -> Sequence[Opinion]:
        """One opinion a text, in the same order."""
        ...

    def topics(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """Which touchpoints of the shipped packs each text speaks of: probabilities by key, small ones left out."""
        ...


class StatementReader(Protocol):
    """Reads whole texts: what each says, about what, and how it feels."""

    @property
    def name(self) -> str:
        """`light`, `full`, or `llm:` and what its endpoint calls the model."""
        ...

    @property
    def version(self) -> str:
        """What changes when its answers may change."""
        ...

    def read(self, texts: Sequence[str]) -> Sequence[TextReading]:
        """One reading a text, in the same order; spans are code points of the texts as they were given."""
        ...
