"""XES event logs (IEEE 1849): a row is an event, with its own attributes and its case's as “case:…”."""

from collections.abc import Iterator
from xml.parsers import expat

from tropa.adapters.sources.faults import too_large, unreadable
from tropa.adapters.sources.limits import LIMITS, Limits
from tropa.adapters.sources.names import Names
from tropa.adapters.sources.reading import Reading, Reject, Row
from tropa.adapters.sources.unpacking import Blob
from tropa.errors import told
from tropa.intake.table import FoundFormat

_CHUNK = 1 << 18
_TOKEN = 8 << 20
_TRACE = 100_000  # events of one case that are held until its end
_FIRST = ("case:concept:name", "concept:name", "time:timestamp")
_VALUES = frozenset({"string", "date", "int", "float", "boolean", "id"})


def read_xes(blob: Blob, *, limits: Limits = LIMITS) -> Reading:
    """The events of the log in the order of the file; `columns` grow while it is read."""
    parser = _Parser(blob.address, limits)
    return Reading(
        format=FoundFormat(kind="xes", encoding="utf-8", header_row=0, compression=blob.compression),
        columns=parser.columns,
        rows=_rows(blob, parser),
    )


def _rows(blob: Blob, parser: "_Parser") -> Iterator[Row | Reject]:
    with blob.path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield from parser.feed(chunk)
    yield from parser.finish()


class _Parser:
    """Collects the attributes that stand directly in a trace or an event."""

    def __init__(self, file: str, limits: Limits) -> None:
        self._file = file
        self._limits = limits
        self._unlike = Names()
        self.columns = [self._unlike.give(key, key) for key in _FIRST]
        self._place = {key: n for n, key in enumerate(_FIRST)}
        self._expat = expat.ParserCreate()
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.StartDoctypeDeclHandler = self._refuse
        self._expat.EntityDeclHandler = self._refuse
        self._depth = self._trace_depth = self._event_depth = 0
        self._case: dict[str, str] = {}
        self._event: dict[str, str] | None = None
        self._events: list[dict[str, str]] = []
        self._ready: list[Row | Reject] = []
        self._number = self._cases = self._fed = 0

    def feed(self, chunk: bytes) -> list[Row | Reject]:
        """The rows of the cases that ended in this piece."""
        self._parse(chunk, last=False)
        self._fed += len(chunk)
        if self._fed - self._expat.CurrentByteIndex > _TOKEN:
            raise unreadable(self._file, "One value in the XML is larger than 8 MB.", "Export the log without it.")
        return self._taken()

    def finish(self) -> list[Row | Reject]:
        """The rows that are left."""
        self._parse(b"", last=True)
        return self._taken()

    def _taken(self) -> list[Row | Reject]:
        ready, self._ready = self._ready, []
        return ready

    def _parse(self, chunk: bytes, *, last: bool) -> None:
        try:
            self._expat.Parse(chunk, last)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise unreadable(
                self._file, told("The XML is cut off or broken: {reason}.", reason=reason), line=error.lineno
            ) from error
        except (LookupError, ValueError) as error:
            raise unreadable(self._file, told("The XML cannot be decoded ({error}).", error=error)) from error

    def _refuse(self, *_: object) -> None:
        hint = "Event logs need no DOCTYPE and no entities: remove them, or export the log again."
        raise unreadable(self._file, "The XML declares a DOCTYPE or entities, which can be a trap.", hint)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if tag in _VALUES:
            if self._event is not None:
                if self._depth == self._event_depth + 1 and "key" in attributes:
                    self._event[attributes["key"]] = attributes.get("value", "")
            elif self._trace_depth and self._depth == self._trace_depth + 1 and "key" in attributes:
                self._case[f"case:{attributes['key']}"] = attributes.get("value", "")
        elif tag == "event":
            self._event, self._event_depth = {}, self._depth
        elif tag == "trace":
            self._case, self._trace_depth = {}, self._depth
            self._cases += 1

    def _end(self, tag: str) -> None:
        if tag == "event" and self._event is not None:
            self._events.append(self._event)
            self._event = None
            if len(self._events) >= _TRACE or not self._trace_depth:
                self._flush()
        elif tag == "trace":
            self._flush()
            self._trace_depth = 0
        self._depth -= 1

    def _flush(self) -> None:
        case = self._case if self._trace_depth else {}
        if self._trace_depth and "case:concept:name" not in case:
            case = {"case:concept:name": f"trace-{self._cases}", **case}
        for event in self._events:
            self._number += 1
            cells = [""] * len(self.columns)
            for key, text in (*case.items(), *event.items()):
                if (place := self._place.get(key)) is None:
                    place = self._add(key)
                    cells.append("")
                cells[place] = text
            self._ready.append(self._checked(cells))
        self._events = []

    def _checked(self, cells: list[str]) -> Row | Reject:
        if max(map(len, cells)) > self._limits.cell:
            return Reject(self._number, "cell_too_long", "")
        return Row(self._number, cells)

    def _add(self, key: str) -> int:
        if len(self.columns) >= self._limits.columns:
            hint = "Export the log with fewer attributes."
            raise too_large(
                self._file,
                told("The log has more than {columns} different attributes.", columns=self._limits.columns),
                hint,
            )
        self._place[key] = len(self.columns)
        self.columns.append(self._unlike.give(key, "attribute"))
        return self._place[key]
