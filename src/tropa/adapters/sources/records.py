"""JSON and JSON lines: lists of records wherever they stand in the document."""

import io
import json
from collections.abc import Iterable, Iterator, Mapping

from tropa.adapters.sources.encodings import detect_encoding
from tropa.adapters.sources.faults import too_large, unreadable
from tropa.adapters.sources.flattening import TooDeepError, flatten, scalar
from tropa.adapters.sources.grid import read_grid
from tropa.adapters.sources.limits import LIMITS, Limits
from tropa.adapters.sources.lines import shown
from tropa.adapters.sources.names import Names
from tropa.adapters.sources.objectlog import is_object_log, read_object_log
from tropa.adapters.sources.reading import Line, Reading, Reject, Row, Wishes
from tropa.adapters.sources.unpacking import Blob
from tropa.errors import told
from tropa.intake.table import FoundFormat

_DEEPEST_LIST = 6
_ERROR_KEYS = frozenset({"error", "errors", "validation-errors", "error_description"})
_AS_TABLE = "Export the list of records itself, as JSON, CSV or XLSX."


def parse(text: str | bytes) -> object:
    """JSON with numbers left as their text."""
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)


def read_json(blob: Blob, wishes: Wishes, *, limits: Limits = LIMITS) -> Iterator[Reading]:
    """Each list of records in the document as a table; an object-centric event log as its events."""
    if blob.size > limits.whole_file:
        hint = "Export it as JSON lines (one record a line) or CSV: these are read piece by piece."
        raise too_large(
            blob.address, told("A JSON file of more than {limit} MB is not read.", limit=limits.whole_file >> 20), hint
        )
    raw = blob.path.read_bytes()
    encoding = wishes.encoding or detect_encoding(raw[: 1 << 18]) or "utf-8"
    try:
        document = parse(raw.decode(encoding))
    except UnicodeDecodeError as error:
        raise unreadable(blob.address, told("The text is not valid {encoding}.", encoding=encoding)) from error
    except RecursionError as error:
        raise unreadable(blob.address, "The JSON is nested too deeply.", _AS_TABLE) from error
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and error.lineno > 1:
            yield from read_json_lines(blob, wishes, limits=limits)
            return
        raise unreadable(blob.address, told("The JSON is broken: {why}.", why=error.msg), line=error.lineno) from error
    found = FoundFormat(kind="json", encoding=encoding.removesuffix("-sig"), header_row=0, compression=blob.compression)
    yield from _tables(document, blob, found, wishes, limits)


def _tables(document: object, blob: Blob, found: FoundFormat, wishes: Wishes, limits: Limits) -> Iterator[Reading]:
    if is_object_log(document):
        yield read_object_log(document, blob.compression)
        return
    lists = list(_lists(document, (), 0))
    if not lists or (isinstance(document, Mapping) and _is_error_answer(document, lists)):
        raise _no_records(document, blob)
    for path, items in lists:
        sheet = ".".join(path) if len(lists) > 1 else None
        if wishes.sheet not in {None, sheet}:
            continue
        if (reading := _reading(items, blob.address, sheet, found, limits)) is not None:
            yield reading


def _lists(value: object, path: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], list[object]]]:
    """Lists of records or of rows, outermost first; what lies inside records is theirs."""
    if isinstance(value, list):
        if any(isinstance(item, dict | list) for item in value):
            yield path, value
    elif isinstance(value, dict) and depth < _DEEPEST_LIST:
        if (records := _numbered(value)) is not None:
            yield path, records
            return
        for key, inner in value.items():
            yield from _lists(inner, (*path, str(key)), depth + 1)


def _numbered(value: dict[str, object]) -> list[object] | None:
    """{"0": {"case": {…}}, "1": …, "total_count": 2} → the records, out of their one-key wrapper."""
    records = [inner for key, inner in value.items() if key.isdigit() and isinstance(inner, dict)]
    if not records or any(isinstance(inner, dict | list) for key, inner in value.items() if not key.isdigit()):
        return None
    wrappers = {tuple(record) for record in records}
    if len(wrappers) == 1 and len(key := next(iter(wrappers))) == 1:
        inside = [record[key[0]] for record in records]
        if all(isinstance(one, dict) for one in inside):
            return inside
    return list(records)


def _is_error_answer(document: Mapping[str, object], lists: list[tuple[tuple[str, ...], list[object]]]) -> bool:
    return bool(_ERROR_KEYS & document.keys()) and all(path[:1] and path[0] in _ERROR_KEYS for path, _ in lists)


def _no_records(document: object, blob: Blob) -> Exception:
    if isinstance(document, Mapping) and _ERROR_KEYS & document.keys():
        hint = "Repeat the export: this time the service refused."
        return unreadable(blob.address, "This is a service's answer about an error, not data.", hint)
    return unreadable(blob.address, "There is no list of records in this JSON.", _AS_TABLE)


def _reading(items: list[object], file: str, sheet: str | None, found: FoundFormat, limits: Limits) -> Reading | None:
    if isinstance(items[0], list):
        lines = (
            Line(number, [scalar(cell) for cell in item])
            for number, item in enumerate(items, 1)
            if isinstance(item, list)
        )
        if (grid := read_grid(lines, file=file, found=found, limits=limits)) is not None:
            grid.sheet = sheet
        return grid
    columns = Columns(file, limits)
    rows = columns.rows((number, item, "") for number, item in enumerate(items, 1))
    return Reading(format=found, columns=columns.names, rows=rows, sheet=sheet)


def read_json_lines(blob: Blob, wishes: Wishes, *, limits: Limits = LIMITS) -> Iterator[Reading]:
    """A record on each line."""
    encoding = wishes.encoding or detect_encoding(blob.head(1 << 18)) or "utf-8"
    found = FoundFormat(
        kind="jsonl", encoding=encoding.removesuffix("-sig"), header_row=0, compression=blob.compression
    )
    columns = Columns(blob.address, limits)
    rows = columns.rows(_parsed_lines(blob, encoding, limits))
    yield Reading(format=found, columns=columns.names, rows=rows)


def _parsed_lines(blob: Blob, encoding: str, limits: Limits) -> Iterator[tuple[int, object, str]]:
    with blob.path.open("rb") as raw:
        text = io.TextIOWrapper(raw, encoding=encoding, errors="replace")
        number = 0
        while line := text.readline(limits.line):
            number += 1
            if len(line) >= limits.line and not line.endswith("\n"):
                while (more := text.readline(limits.line)) and not more.endswith("\n"):
                    pass
                yield number, Reject(number, "line_too_long", shown(line)), line
            elif line.strip("\ufeff \t\r\n"):
                yield number, _parsed(line, number), line


def _parsed(line: str, number: int) -> object:
    try:
        return parse(line.strip("\ufeff \t\r\n"))
    except (ValueError, RecursionError):
        return Reject(number, "bad_json", shown(line))


class Columns:
    """The columns of records as they come: a new key makes a new column at the end."""

    def __init__(self, file: str, limits: Limits) -> None:
        self._file = file
        self._limits = limits
        self._place: dict[str, int] = {}
        self._unlike = Names()
        self.names: list[str] = []

    def rows(self, records: Iterable[tuple[int, object, str]]) -> Iterator[Row | Reject]:
        """Rows in the order of the records; each is as long as the columns known by then."""
        for number, record, raw in records:
            if isinstance(record, Reject):
                yield record
            elif not isinstance(record, dict):
                yield Reject(number, "not_an_object", shown(raw or scalar(record)))
            else:
                yield self.row(number, record)

    def row(self, number: int, record: dict[str, object]) -> Row | Reject:
        """One record as a row."""
        try:
            flat = flatten(record)
        except (TooDeepError, RecursionError):
            return Reject(number, "too_deep", "")
        cells = [""] * len(self.names)
        for key, text in flat.items():
            if (place := self._place.get(key)) is None:
                place = self._add(key)
                cells.append(text)
            else:
                cells[place] = text
        if max(map(len, cells), default=0) > self._limits.cell:
            return Reject(number, "cell_too_long", "")
        return Row(number, cells)

    def _add(self, key: str) -> int:
        if len(self.names) >= self._limits.columns:
            hint = "Export the records as a table with fixed columns."
            raise too_large(
                self._file,
                told("The records have more than {columns} different fields.", columns=self._limits.columns),
                hint,
            )
        self._place[key] = len(self.names)
        self.names.append(self._unlike.give(key, "column"))
        return self._place[key]
