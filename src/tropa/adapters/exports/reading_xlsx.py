"""A map from a workbook: our own without loss and with people's edits, or a table made by hand."""

import zipfile
from pathlib import Path

from tropa.adapters.exports.edited_workbook import Actual, with_edits
from tropa.adapters.exports.hand_table import map_of_table
from tropa.adapters.exports.workbook import HIDDEN_SHEET, kept_in, plain
from tropa.domain.journeymap import JourneyMap
from tropa.errors import TooLargeError, UnreadableFileError, told

_MOST_BYTES = 64 * 1024**2
_MOST_UNPACKED = 512 * 1024**2
_MOST_ROWS, _MOST_COLUMNS = 5_000, 400
_HINT = "Save the table as XLSX: stages in the first row, lanes in the first column."


def read_map(path: Path) -> JourneyMap:
    """The map of a workbook (XLSX, XLS, ODS); UnreadableFileError where it holds none."""
    _check_size(path)
    sheets = _sheets(path)
    hidden = sheets.pop(HIDDEN_SHEET, [])
    kept = kept_in([row[0] for row in hidden if row])
    table = next((rows for rows in sheets.values() if any(any(row) for row in rows)), None)
    if table is None:
        raise UnreadableFileError(told("“{name}” holds no table.", name=path.name), _HINT)
    if kept is not None:
        return with_edits(kept, Actual.of(table))
    journey = map_of_table(table, title=path.stem)
    if journey is None:
        raise UnreadableFileError(told("No stages and lanes were found in “{name}”.", name=path.name), _HINT)
    return journey


def _check_size(path: Path) -> None:
    try:
        size = path.stat().st_size
        unpacked = _unpacked(path)
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        raise UnreadableFileError(
            told("“{name}” cannot be read: {error}.", name=path.name, error=error), _HINT
        ) from error
    if size > _MOST_BYTES or unpacked > _MOST_UNPACKED:
        limit = _MOST_UNPACKED // 1024**2
        raise TooLargeError(
            told("“{name}” is too large for a map.", name=path.name),
            told("A workbook may unpack to {limit} MB.", limit=limit),
        )


def _unpacked(path: Path) -> int:
    if not zipfile.is_zipfile(path):
        return 0
    with zipfile.ZipFile(path) as packed:
        return sum(one.file_size for one in packed.infolist())


def _sheets(path: Path) -> dict[str, list[list[str]]]:
    """The sheets that may hold the map, as words."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  only those who import load it

    try:
        book = CalamineWorkbook.from_path(str(path))
        return {name: _rows(book.get_sheet_by_name(name)) for name in book.sheet_names}
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableFileError(
            told("“{name}” is no workbook that can be read: {error}.", name=path.name, error=error), _HINT
        ) from error


def _rows(sheet: object) -> list[list[str]]:
    cells: list[list[object]] = sheet.to_python(skip_empty_area=False, nrows=_MOST_ROWS)  # type: ignore[attr-defined]
    return [[_words(value) for value in row[:_MOST_COLUMNS]] for row in cells]


def _words(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain(str(value))
