"""Excel and OpenDocument workbooks: a table on each sheet. calamine reads the cells; sizes are checked before."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import python_calamine as calamine

from tropa.adapters.sources.faults import unreadable
from tropa.adapters.sources.grid import read_grid
from tropa.adapters.sources.limits import LIMITS, Limits
from tropa.adapters.sources.reading import Line, Reading, Wishes
from tropa.adapters.sources.unpacking import Blob
from tropa.adapters.sources.workbook_guard import check_workbook
from tropa.errors import told
from tropa.intake.table import FoundFormat

_LONGEST_INTEGER = 1e21


def read_workbook(blob: Blob, kind: str, wishes: Wishes, *, limits: Limits = LIMITS) -> Iterator[Reading]:
    """Each sheet that holds a table, or the one that is wished for."""
    check_workbook(blob, kind, limits)
    with _faults_named(blob, "The workbook cannot be opened"):
        book = calamine.CalamineWorkbook.from_path(str(blob.path))
        sheets = list(book.sheets_metadata)
    for number, sheet in enumerate(sheets):
        if wishes.sheet not in {None, sheet.name} or sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        found = FoundFormat(kind=kind, compression=blob.compression)
        reading = read_grid(
            _lines(book, number, blob),
            file=blob.address,
            found=found,
            header_row=wishes.header_row,
            limits=limits,
        )
        if reading is not None:
            reading.sheet = sheet.name
            if sheet.visible != calamine.SheetVisibleEnum.Visible:
                reading.notes.append("hidden_sheet")
            yield reading


@contextmanager
def _faults_named(blob: Blob, message: str) -> Iterator[None]:
    """Whatever calamine raises is an unreadable file; its panics are no Exceptions, and have no class to import."""
    try:
        yield
    except calamine.PasswordError as error:
        raise unreadable(blob.address, "The workbook is locked with a password.", "Save it without one.") from error
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise unreadable(blob.address, told("{what} ({error}).", what=message, error=error)) from error


def _lines(book: calamine.CalamineWorkbook, number: int, blob: Blob) -> Iterator[Line]:
    with _faults_named(blob, "The sheet cannot be read"):
        sheet = book.get_sheet_by_index(number)
        merged = {(top, left): bottom for (top, left), (bottom, _) in sheet.merged_cell_ranges or () if bottom > top}
        rows = sheet.to_python(skip_empty_area=False)
    held: dict[int, tuple[int, str]] = {}
    for place, row in enumerate(rows):
        cells = [cell_text(cell) for cell in row]
        yield Line(place + 1, _filled_down(cells, place, merged, held) if merged else cells)


def _filled_down(
    cells: list[str], place: int, merged: dict[tuple[int, int], int], held: dict[int, tuple[int, str]]
) -> list[str]:
    """A value that was merged over several rows belongs to each of them."""
    for column, text in enumerate(cells):
        if (bottom := merged.get((place, column))) is not None:
            held[column] = (bottom, text)
        elif column in held:
            bottom, value = held[column]
            if place <= bottom:
                cells[column] = text or value
            else:
                del held[column]
    return cells


def cell_text(value: object) -> str:
    """A cell as text: dates in ISO, whole numbers without “.0”."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            whole = value.is_integer() and abs(value) < _LONGEST_INTEGER
            return str(int(value)) if whole else repr(value)
        case dt.datetime():
            return value.isoformat(sep=" ")
        case dt.date() | dt.time():
            return value.isoformat()
        case None:
            return ""
        case _:
            return str(value)
