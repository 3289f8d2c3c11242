"""HTML tables, which many systems save under the name of an Excel file."""

from collections.abc import Iterator
from html.parser import HTMLParser

from tropa.adapters.sources.encodings import detect_encoding
from tropa.adapters.sources.faults import too_large, unreadable
from tropa.adapters.sources.grid import read_grid
from tropa.adapters.sources.limits import LIMITS, Limits
from tropa.adapters.sources.reading import Line, Reading, Wishes
from tropa.adapters.sources.unpacking import Blob
from tropa.errors import told
from tropa.intake.table import FoundFormat

_SPAN = 200


def read_html(blob: Blob, wishes: Wishes, *, limits: Limits = LIMITS) -> Iterator[Reading]:
    """Each table of the page; tables of one row are layout."""
    if blob.size > limits.whole_file:
        raise too_large(
            blob.address,
            told("A page of more than {limit} MB is not read.", limit=limits.whole_file >> 20),
            "Save as CSV.",
        )
    raw = blob.path.read_bytes()
    encoding = wishes.encoding or detect_encoding(raw[: 1 << 18])
    if encoding is None:
        raise unreadable(blob.address, "The page is not text.")
    parser = _Tables()
    parser.feed(raw.decode(encoding, "replace"))
    parser.close()
    tables = [table for table in parser.tables if len(table) > 1]
    for number, table in enumerate(tables, 1):
        sheet = f"table {number}" if len(tables) > 1 else None
        if wishes.sheet not in {None, sheet}:
            continue
        width = max(map(len, table))
        lines = (Line(n, [*cells, *[""] * (width - len(cells))]) for n, cells in enumerate(table, 1))
        found = FoundFormat(kind="html", encoding=encoding.removesuffix("-sig"), compression=blob.compression)
        reading = read_grid(lines, file=blob.address, found=found, header_row=wishes.header_row, limits=limits)
        if reading is not None:
            reading.sheet = sheet
            yield reading


class _Tables(HTMLParser):
    """Collects the cells of every table; a table inside a cell adds its text to the cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row, a cell."""
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif self._depth == 1 and tag == "tr":
            self._close_cell()
            self.tables[-1].append([])
        elif self._depth == 1 and tag in {"td", "th"}:
            self._close_cell()
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), _SPAN) if span.isdecimal() else 1
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close them."""
        if tag == "table" and self._depth:
            self._close_cell()
            self._depth -= 1
        elif self._depth == 1 and tag in {"td", "th", "tr"}:
            self._close_cell()

    def handle_data(self, data: str) -> None:
        """Text of a cell."""
        if self._cell is not None:
            self._cell.append(data)

    def _close_cell(self) -> None:
        if self._cell is None:
            return
        if not self.tables[-1]:
            self.tables[-1].append([])
        lines = (" ".join(line.split()) for line in "".join(self._cell).split("\n"))
        self.tables[-1][-1].extend(["\n".join(filter(None, lines)), *[""] * (self._span - 1)])
        self._cell = None
