"""Looks into a workbook before anything big is made of it: sizes, entities, cells far away from the others."""

import re
import zipfile
import zlib
from xml.parsers import expat

from tropa.adapters.sources.compound_guard import links_are_sound
from tropa.adapters.sources.faults import too_large, unreadable
from tropa.adapters.sources.limits import Limits
from tropa.adapters.sources.unpacking import CHUNK, Blob
from tropa.errors import told

_TRAP_HINT = "If the workbook is honest, save its table as CSV and put that into the folder."
_OVERLAP = 256
_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ROWS = re.compile(rb'number-rows-repeated="(\d+)"')
_REPEATED = re.compile(rb"<table:table-cell([^>]*)number-columns-repeated=\"(\d+)\"([^>]*)>")


def check_workbook(blob: Blob, kind: str, limits: Limits) -> None:
    """Raise when reading the workbook would be dangerous; XLS files are small by their format."""
    if blob.size > limits.whole_file:
        raise too_large(
            blob.address,
            told("A workbook of more than {limit} MB is not read.", limit=limits.whole_file >> 20),
            "Save as CSV.",
        )
    if kind == "xlsb":
        raise unreadable(blob.address, "Binary workbooks (.xlsb) are not read.", "Save it as .xlsx.")
    if kind == "xls":
        if not links_are_sound(blob.path):
            raise unreadable(blob.address, "The workbook is cut off or damaged: its parts do not hang together.")
        return
    try:
        with zipfile.ZipFile(blob.path) as archive:
            left = min(limits.workbook, max(limits.ratio_from, blob.size * limits.ratio))
            for part in archive.infolist():
                left -= _check_part(archive, part, blob, left, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        raise unreadable(blob.address, told("The workbook is cut off or damaged ({error}).", error=error)) from error


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, blob: Blob, left: int, limits: Limits) -> int:
    size, extent, well_formed, rest = 0, _Extent(blob, limits), _WellFormed(blob), b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > left:
                message = "The workbook unpacks to far more than it should: it looks like a trap."
                raise too_large(blob.address, message, _TRAP_HINT)
            if part.filename.endswith((".xml", ".rels")):
                window = rest + chunk
                well_formed.take(chunk)
                if part.filename.startswith("xl/worksheets/"):
                    extent.add_cells(window)
                elif part.filename == "content.xml":
                    extent.add_repeats(window)
                rest = chunk[-_OVERLAP:]
    if part.filename.endswith((".xml", ".rels")):
        well_formed.take(b"", last=True)
    return size


class _WellFormed:
    """Reads XML through before calamine does, which may wait for ever for a tag that is never closed."""

    def __init__(self, blob: Blob) -> None:
        self._blob = blob
        self._expat = expat.ParserCreate()
        self._expat.StartDoctypeDeclHandler = self._refuse

    def take(self, chunk: bytes, *, last: bool = False) -> None:
        try:
            self._expat.Parse(chunk, last)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise unreadable(
                self._blob.address, told("The workbook's XML is cut off or broken: {reason}.", reason=reason)
            ) from error

    def _refuse(self, *_: object) -> None:
        message = "The workbook's XML declares entities, which can be a trap."
        raise unreadable(self._blob.address, message, _TRAP_HINT)


class _Extent:
    """How large a rectangle the cells span: it is held whole in memory, however few are filled."""

    def __init__(self, blob: Blob, limits: Limits) -> None:
        self._blob = blob
        self._limits = limits
        self._rows = 0
        self._columns = 0

    def add_cells(self, window: bytes) -> None:
        found = _CELL.findall(window)
        if not found:
            return
        self._columns = max(self._columns, *map(_column_number, {letters for letters, _ in found}))
        self._rows = max(self._rows, *(int(number) for _, number in found))
        self._check(self._rows * self._columns)

    def add_repeats(self, window: bytes) -> None:
        for before, count, after in _REPEATED.findall(window):
            if b"value" in before or b"value" in after:
                self._columns = max(self._columns, int(count))
        for count in _ROWS.findall(window):
            self._rows = max(self._rows, int(count))
        if self._columns > 1:
            self._check(self._rows * self._columns)

    def _check(self, cells: int) -> None:
        if cells > self._limits.workbook_cells:
            message = told(
                "The sheet spans {rows} rows and {columns} columns: too many to hold in memory.",
                rows=self._rows,
                columns=self._columns,
            )
            raise too_large(self._blob.address, message, "Delete what stands far away from the table, or save as CSV.")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
