"""Text tables of many megabytes: a sample by place in the file, and the way in bulk."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tropa.adapters.sources.dialect import SPACES, Dialect
from tropa.adapters.sources.grid import Classifier, bottom_length
from tropa.adapters.sources.limits import Limits
from tropa.adapters.sources.lines import line_fault, shown
from tropa.adapters.sources.reading import Bulk, Line, Reject, Row
from tropa.adapters.sources.shape import Shape, is_filled
from tropa.adapters.sources.survey import survey_text
from tropa.adapters.sources.unpacking import CHUNK, Blob

_PIECE = 1 << 18
_ROWS = 200
_TAIL = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class LongText:
    """A long table and how it is written."""

    blob: Blob
    encoding: str
    dialect: Dialect
    limits: Limits

    def lines_at(self, share: float) -> list[Line]:
        """Records near a place in the file, 0 = the beginning … 1 = the end; numbers are not known there."""
        size = self.blob.size
        with self.blob.path.open("rb") as stream:
            stream.seek(max(0, int((size - _PIECE) * share)) // 4 * 4)
            raw = stream.read(_PIECE + 4)
        plain = {"utf-16": "utf-16-le", "utf-8-sig": "utf-8"}.get(self.encoding, self.encoding)
        text = raw.decode(plain if share else self.encoding, "replace")
        text = text[text.find("\n") + 1 :] if share else text
        text = text if share == 1 else text[: text.rfind("\n") + 1]
        try:
            records = list(self.dialect.reader(io.StringIO(text, newline=""), strict=False))
        except csv.Error:
            return []
        return [Line(size, cells) for cells in records if cells]

    def sample(self) -> list[Line]:
        """Records from the middle and the end, where these do not overlap the head."""
        places = (0.5, 1.0) if self.blob.size > 4 * _PIECE else ()
        return [line for share in places for line in self.lines_at(share)[:_ROWS]]

    def peek(self, shape: Shape) -> tuple[Row, ...]:
        """Rows from the middle and the end."""
        whole = [
            [line for line in self.lines_at(share) if len(line.cells) == shape.width][-_ROWS:] for share in (0.5, 1.0)
        ]
        return tuple(Row(line.number, [line.cells[n] for n in shape.places]) for some in whole for line in some)

    def bulk(self, shape: Shape) -> Bulk | None:
        """The way through DuckDB, where every line is a record of the usual shape."""
        delimiter = self.dialect.delimiter
        if delimiter in {None, SPACES} or self.dialect.is_unusual or shape.pads:
            return None
        if delimiter is None or shape.places != tuple(range(shape.width)):
            return None
        path = self._as_utf8()
        survey = path and survey_text(path, delimiter=delimiter, longest_line=self.limits.cell)
        if not path or not survey:
            return None
        tail = self.lines_at(1.0)[-_TAIL:]
        if any(not any(map(is_filled, line.cells)) for line in tail):
            return None
        bottom = bottom_length(tail, shape.width, set())
        return Bulk(
            path=path,
            delimiter=delimiter,
            newline=survey.newline,
            skip=shape.first_data - 1,
            width=shape.width,
            header=shape.header if len(shape.header) == shape.width else (),
            lines=survey.lines - (shape.first_data - 1) - bottom,
            bottom=bottom,
            examine=Examiner(self.dialect, shape, self.limits),
        )

    def _as_utf8(self) -> Path | None:
        """The file itself, or its text written anew; None where a byte does not fit the encoding."""
        if self.encoding in {"utf-8", "utf-8-sig", "ascii"}:
            return self.blob.path
        target = self.blob.room / "utf8.csv"
        decoder = codecs.getincrementaldecoder(self.encoding)("strict")
        try:
            with self.blob.path.open("rb") as source, target.open("wb") as sink:
                while chunk := source.read(CHUNK):
                    sink.write(decoder.decode(chunk).encode())
                sink.write(decoder.decode(b"", final=True).encode())
        except UnicodeError:
            return None
        return target


@dataclass(frozen=True, slots=True)
class Examiner:
    """Looks at single lines with the same care as the slow way."""

    dialect: Dialect
    shape: Shape
    limits: Limits

    def __call__(self, number: int, text: str) -> Row | Reject | None:
        """The row that the line holds, or what is wrong with it; None where there is nothing in it."""
        if (fault := line_fault(text)) is not None:
            return Reject(number, fault, shown(text))
        cells = next(iter(self._cells(text)), [""])
        if not any(map(is_filled, cells)):
            return None
        return Classifier(self.shape, self.limits)(Line(number, cells))

    def _cells(self, text: str) -> Iterator[list[str]]:
        try:
            return iter(list(self.dialect.reader(iter([text]), strict=True)))
        except csv.Error:
            return self.dialect.reader(iter([text]), strict=False)
