"""A company's folder: which tables its files hold, and how they get into DuckDB."""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tropa.adapters.sources.documents import read_document
from tropa.adapters.sources.faults import unreadable
from tropa.adapters.sources.landing import Landing
from tropa.adapters.sources.limits import LIMITS, Limits
from tropa.adapters.sources.listing import list_file, list_files, matches
from tropa.adapters.sources.reading import Reading, Wishes
from tropa.adapters.sources.sampling import Sample
from tropa.adapters.sources.unpacking import Blob, Refused, unpack
from tropa.domain.project import SourceSpec
from tropa.errors import InputError, Place, SourceMissingError, told
from tropa.intake.table import FoundTable


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadFile:
    """A file (or a member of an archive) that holds data but cannot be read."""

    file: str
    error: InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFiles:
    """Everything in the folder that may be data."""

    tables: tuple[FoundTable, ...]
    unread: tuple[UnreadFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedFile:
    """How many data rows a file had, and how many of them could not be used."""

    file: str
    rows: int
    rejected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedTable:
    """What a source of tropa.yaml brought; `columns` are those of the table in DuckDB, without _file and _row."""

    files: tuple[LoadedFile, ...]
    columns: tuple[str, ...]


class FolderSource:
    """Reads the files of one folder and nothing else, or one file in it."""

    def __init__(self, folder: Path, *, only: str | None = None, limits: Limits = LIMITS) -> None:
        self._folder = folder
        self._only = only
        self._limits = limits

    def _entries(self) -> Iterator[tuple[str, Path] | Refused]:
        return list_files(self._folder) if self._only is None else list_file(self._folder, self._only)

    def find(self) -> FoundFiles:
        """Every table with a sample of its rows; files that cannot be read stand beside with the reason."""
        tables: list[FoundTable] = []
        unread: list[UnreadFile] = []
        for entry in self._entries():
            if isinstance(entry, Refused):
                unread.append(UnreadFile(file=entry.file, error=entry.error))
                continue
            file, path = entry
            with tempfile.TemporaryDirectory(prefix="tropa-") as room:
                self._find_in(path, file, Path(room), tables, unread)
        return FoundFiles(tables=tuple(tables), unread=tuple(unread))

    def _find_in(self, path: Path, file: str, room: Path, tables: list[FoundTable], unread: list[UnreadFile]) -> None:
        try:
            for blob in unpack(path, file, into=room, limits=self._limits):
                if isinstance(blob, Refused):
                    unread.append(UnreadFile(file=blob.file, error=blob.error))
                    continue
                try:
                    tables.extend(self._tables(blob))
                except InputError as error:
                    unread.append(UnreadFile(file=blob.address, error=error))
        except InputError as error:
            unread.append(UnreadFile(file=file, error=error))

    def _tables(self, blob: Blob) -> list[FoundTable]:
        tables = [_found(blob, reading) for reading in read_document(blob, Wishes(), limits=self._limits)]
        if not tables:
            raise unreadable(blob.address, "There is no table in the file.", "Export the rows as CSV, XLSX or JSON.")
        return tables

    def load(self, connection: duckdb.DuckDBPyConnection, spec: SourceSpec, name: str) -> LoadedTable:
        """Read the files of a source into the tables "<name>" and "<name>__rejected"; an empty cell is ''."""
        wishes = Wishes(
            encoding=spec.format.encoding,
            delimiter=spec.format.delimiter,
            header_row=spec.format.header_row,
            sheet=spec.sheet,
        )
        landing = Landing(connection, name)
        files = [
            loaded
            for file, path in self._meant(spec.file)
            for loaded in self._load_file(file, path, spec, wishes, landing)
        ]
        if not files:
            raise self._missing(spec.file)
        return LoadedTable(files=tuple(files), columns=landing.columns)

    def left_out(self, specs: Sequence[SourceSpec]) -> tuple[str, ...]:
        """The files that may hold data and that no source means."""
        return tuple(
            entry[0]
            for entry in self._entries()
            if not isinstance(entry, Refused)
            and not any(matches(one.file, entry[0]) or one.file.startswith(f"{entry[0]}/") for one in specs)
        )

    def _meant(self, pattern: str) -> Iterator[tuple[str, Path]]:
        for entry in self._entries():
            if isinstance(entry, Refused):
                if matches(pattern, entry.file):
                    raise entry.error
            elif matches(pattern, entry[0]) or pattern.startswith(f"{entry[0]}/"):
                yield entry

    def _load_file(
        self, file: str, path: Path, spec: SourceSpec, wishes: Wishes, landing: Landing
    ) -> Iterator[LoadedFile]:
        with tempfile.TemporaryDirectory(prefix="tropa-") as room:
            for blob in unpack(path, file, into=Path(room), limits=self._limits):
                address = blob.file if isinstance(blob, Refused) else blob.address
                if not (matches(spec.file, address) or (matches(spec.file, file))):
                    continue
                if isinstance(blob, Refused):
                    raise blob.error
                yield self._load_blob(blob, wishes, landing)

    def _load_blob(self, blob: Blob, wishes: Wishes, landing: Landing) -> LoadedFile:
        reading = next(iter(read_document(blob, wishes, limits=self._limits)), None)
        if reading is None:
            raise self._no_table(blob, wishes)
        rows, rejected = landing.take(reading, blob.address)
        return LoadedFile(file=blob.address, rows=rows, rejected=rejected)

    def _no_table(self, blob: Blob, wishes: Wishes) -> InputError:
        names = [one.sheet for one in read_document(blob, Wishes(), limits=self._limits) if one.sheet]
        if wishes.sheet is None or not names:
            return unreadable(blob.address, "There is no table in the file.", "Export the rows as CSV, XLSX or JSON.")
        message = told("There is no sheet “{sheet}”, or it is empty.", sheet=wishes.sheet)
        return SourceMissingError(message, told("In the file: {names}.", names=names[:10]), Place(file=blob.address))

    def _missing(self, pattern: str) -> SourceMissingError:
        there = sorted(entry[0] for entry in self._entries() if not isinstance(entry, Refused))
        hint = told("In the folder: {names}.", names=there[:10]) if there else "There is no data file in the folder."
        return SourceMissingError(told("There is no file “{pattern}”.", pattern=pattern), hint)


def _found(blob: Blob, reading: Reading) -> FoundTable:
    sample = Sample()
    rows = sample.take(reading.rows, peek=reading.peek)
    notes = [*reading.notes, *([f"rejected_rows:{sample.rejected}"] if sample.rejected else [])]
    return FoundTable(
        file=blob.address,
        member=blob.member,
        sheet=reading.sheet,
        columns=tuple(reading.columns),
        sample=sample.lines(len(reading.columns)),
        rows=rows,
        format=reading.format,
        notes=tuple(notes),
    )
