"""Word documents: the text of their paragraphs and lists, and the tables that stand among them."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from tropa.adapters.sources.faults import too_large, unreadable
from tropa.adapters.sources.grid import read_grid
from tropa.adapters.sources.limits import Limits
from tropa.adapters.sources.prose import read_lines_of_prose
from tropa.adapters.sources.reading import Line, Reading, Wishes
from tropa.adapters.sources.unpacking import CHUNK, Blob
from tropa.errors import told
from tropa.intake.table import FoundFormat
from tropa.texts.dialogue import Role, are_conversation, role_of_label

DOCUMENT = "word/document.xml"
_TRAP_HINT = "If the document is honest, save it as plain text and put that into the folder."
_SPEAKERS_SHARE = 0.6
_DEEPEST = 256
Table = list[list[str]]
_LEFT_OUT = frozenset({"Fallback", "del", "moveFrom", "tabs", "pPrChange", "rPrChange"})


def read_docx(blob: Blob, wishes: Wishes, *, limits: Limits) -> Iterator[Reading]:
    """What the paragraphs are (a conversation, reviews, notes), then every table; or the one table that is wished for.

    A table of two columns in which people talk («Оператор | Добрый день») is a conversation, too.
    """
    blocks = _blocks(blob, limits)
    tables = [block for block in blocks if not isinstance(block, str) and not _is_talk(block)]
    if wishes.sheet is None:
        lines = [line for block in blocks for line in _lines_of(block)]
        yield from read_lines_of_prose(lines, blob, encoding=None, limits=limits)
    for number, table in enumerate(tables, 1):
        sheet = f"table {number}"
        if wishes.sheet not in {None, sheet}:
            continue
        width = max(map(len, table))
        grid = (Line(n, [*cells, *[""] * (width - len(cells))]) for n, cells in enumerate(table, 1))
        found = FoundFormat(kind="docx", compression=blob.compression)
        reading = read_grid(grid, file=blob.address, found=found, header_row=wishes.header_row, limits=limits)
        if reading is not None:
            reading.sheet = sheet
            yield reading


def _is_talk(table: Table) -> bool:
    """Who speaks, perhaps when, and what they say."""
    rows = [row for row in table if len(row) > 1 and row[0].strip() and row[-1].strip()]
    speakers = [row[0].strip() for row in rows]
    known = sum(role_of_label(one) is not Role.UNKNOWN for one in speakers)
    several = len(rows) > 1 and len(rows) >= _SPEAKERS_SHARE * len(table) and max(map(len, table)) <= 3
    return several and known >= _SPEAKERS_SHARE * len(rows) and are_conversation(speakers, stamped=False)


def _lines_of(block: str | Table) -> Sequence[str]:
    if isinstance(block, str):
        return block.split("\n")
    if _is_talk(block):
        return [f"{row[0].strip()}: {row[-1].strip()}" for row in block if row and row[-1].strip()]
    return ()


def _blocks(blob: Blob, limits: Limits) -> list[str | Table]:
    if blob.size > limits.whole_file:
        raise too_large(
            blob.address,
            told("A document of more than {limit} MB is not read.", limit=limits.whole_file >> 20),
            "Save as plain text.",
        )
    reader = _Reader(blob)
    allowed = min(limits.prose, max(limits.ratio_from, blob.size * limits.ratio))
    size = 0
    try:
        with zipfile.ZipFile(blob.path) as archive, archive.open(DOCUMENT) as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > allowed:
                    message = "The document unpacks to far more than it should: it looks like a trap."
                    raise too_large(blob.address, message, _TRAP_HINT)
                reader.take(chunk)
        reader.take(b"", last=True)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
        RuntimeError,
        KeyError,
    ) as error:
        raise unreadable(blob.address, told("The document is cut off or damaged ({error}).", error=error)) from error
    return reader.blocks


@dataclass(slots=True)
class _Open:
    """A table that is being read."""

    rows: Table = field(default_factory=list)
    cell: list[str] | None = None


class _Reader:
    """Collects paragraphs, and the cells of tables; deleted text and copies for old programs are left out."""

    def __init__(self, blob: Blob) -> None:
        self.blocks: list[str | Table] = []
        self._blob = blob
        self._tables: list[_Open] = []
        self._paragraphs: list[list[str]] = []
        self._in_text = 0
        self._skipped = 0
        self._depth = 0
        self._expat = expat.ParserCreate(namespace_separator=" ")
        self._expat.buffer_text = True
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._data
        self._expat.StartDoctypeDeclHandler = self._refuse
        self._expat.EntityDeclHandler = self._refuse

    def take(self, chunk: bytes, *, last: bool = False) -> None:
        """Read on."""
        try:
            self._expat.Parse(chunk, last)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            message = told("The document's XML is cut off or broken: {reason}.", reason=reason)
            raise unreadable(self._blob.address, message, line=error.lineno) from error

    def _refuse(self, *_: object) -> None:
        message = "The document's XML declares entities, which can be a trap."
        raise unreadable(self._blob.address, message, _TRAP_HINT)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002  expat's order
        self._depth += 1
        if self._depth > _DEEPEST:
            raise unreadable(self._blob.address, "The document's parts stand too deep in one another.", _TRAP_HINT)
        name = tag.rpartition(" ")[2]
        if self._skipped or name in _LEFT_OUT:
            self._skipped += 1
            return
        match name:
            case "p":
                self._paragraphs.append([])
            case "tbl":
                self._tables.append(_Open())
            case "tr" if self._tables:
                self._tables[-1].rows.append([])
            case "tc" if self._tables:
                self._tables[-1].cell = []
            case "t":
                self._in_text += 1
            case "numPr":
                self._write("- ")
            case "tab":
                self._write("\t")
            case "br" | "cr":
                self._write("\n")

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
            return
        match tag.rpartition(" ")[2]:
            case "t":
                self._in_text -= 1
            case "p" if self._paragraphs:
                self._close("".join(self._paragraphs.pop()))
            case "tc" if self._tables and (cell := self._tables[-1].cell) is not None:
                if not self._tables[-1].rows:
                    self._tables[-1].rows.append([])
                self._tables[-1].rows[-1].append("\n".join(filter(None, cell)))
                self._tables[-1].cell = None
            case "tbl" if self._tables:
                self._close_table(self._tables.pop())

    def _close(self, text: str) -> None:
        if self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.append(text.strip())
        elif self._paragraphs:
            self._paragraphs[-1].append(f"\n{text}\n")  # a text box inside a paragraph
        elif not self._tables:
            self.blocks.append(text)

    def _close_table(self, table: _Open) -> None:
        rows = [row for row in table.rows if any(row)]
        if self._tables and self._tables[-1].cell is not None:  # a table inside a cell adds its text to it
            self._tables[-1].cell.extend("\t".join(row) for row in rows)
        elif rows:
            self.blocks.append(rows)

    def _data(self, text: str) -> None:
        if self._in_text and not self._skipped:
            self._write(text)

    def _write(self, text: str) -> None:
        if self._paragraphs and not self._skipped:
            self._paragraphs[-1].append(text)
