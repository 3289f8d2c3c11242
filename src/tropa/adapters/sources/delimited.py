"""Text tables read with care, record by record: every broken line is named, and none spoils the next."""

import csv
import io
from collections.abc import Iterator
from functools import partial

from tropa.adapters.sources.dialect import SPACES, Dialect, detect_dialect, split_aligned
from tropa.adapters.sources.encodings import detect_encoding
from tropa.adapters.sources.faults import unreadable
from tropa.adapters.sources.grid import open_grid
from tropa.adapters.sources.limits import LIMITS, Limits
from tropa.adapters.sources.lines import Lines, line_fault, shown
from tropa.adapters.sources.long_text import LongText
from tropa.adapters.sources.reading import Line, Reading, Reject, Wishes
from tropa.adapters.sources.unpacking import Blob
from tropa.errors import told
from tropa.intake.table import FoundFormat

_SNIFF = 1 << 18
_SAMPLES = 3


def describe_text(blob: Blob, wishes: Wishes) -> tuple[str, Dialect]:
    """The encoding and the dialect of a text table."""
    encoding = wishes.encoding or detect_encoding(spread(blob))
    if encoding is None:
        raise unreadable(blob.address, "The file is not text, and of no kind that tropa reads.")
    try:
        head = blob.head(_SNIFF).decode(encoding, "replace")
    except LookupError as error:
        hint = "Common ones are utf-8, cp1251 and utf-16."
        raise unreadable(
            blob.address, told("There is no encoding called “{encoding}”.", encoding=encoding), hint
        ) from error
    if blob.size > _SNIFF:
        head = head[: head.rfind("\n") + 1] or head
    return encoding, detect_dialect(head, delimiter=wishes.delimiter)


def spread(blob: Blob) -> bytes:
    """Bytes from the head, the middle and the end of a text."""
    size = blob.size
    if size <= _SNIFF:
        return blob.head(_SNIFF)
    with blob.path.open("rb") as stream:
        parts = []
        for number in range(_SAMPLES):
            stream.seek((size - _SNIFF // _SAMPLES) * number // (_SAMPLES - 1) // 4 * 4)
            part = stream.read(_SNIFF // _SAMPLES)
            parts.append(part if number == 0 else part[part.find(b"\n") + 1 :])
    return b"".join(parts)


def read_text(blob: Blob, wishes: Wishes, *, limits: Limits = LIMITS) -> Iterator[Reading]:
    """The table of a text file; nothing where it is blank."""
    encoding, dialect = describe_text(blob, wishes)
    found = FoundFormat(
        kind="csv",
        encoding=encoding.removesuffix("-sig"),
        delimiter=dialect.delimiter,
        compression=blob.compression,
    )
    long = LongText(blob=blob, encoding=encoding, dialect=dialect, limits=limits) if _is_long(blob, limits) else None
    opened = open_grid(
        read_lines(blob, encoding, dialect, limits),
        file=blob.address,
        found=found,
        sample=long.sample() if long else (),
        header_row=wishes.header_row,
        limits=limits,
    )
    if opened is None:
        return
    reading, shape = opened
    if long is not None and dialect.delimiter != SPACES:
        reading.peek = long.peek(shape)
        reading.bulk = partial(long.bulk, shape)
    yield reading


def _is_long(blob: Blob, limits: Limits) -> bool:
    return blob.size > limits.long_text


def read_lines(blob: Blob, encoding: str, dialect: Dialect, limits: Limits = LIMITS) -> Iterator[Line | Reject]:
    """Records with the numbers of their first lines."""
    with blob.path.open("rb") as raw:
        text = io.TextIOWrapper(raw, encoding=encoding, errors=_errors(encoding), newline="")
        for _ in range(dialect.skip):
            text.readline(limits.line)
        lines = Lines(text, limits, dialect.skip)
        if dialect.delimiter == SPACES:
            yield from _aligned(lines)
        else:
            yield from _Records(lines, dialect, limits)


def _errors(encoding: str) -> str:
    return "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"


def _aligned(lines: Lines) -> Iterator[Line | Reject]:
    for line in lines:
        fault = "line_too_long" if lines.too_long else line_fault(line)
        yield Reject(lines.number, fault, shown(line)) if fault else Line(lines.number, split_aligned(line))


class _Records:
    """Records of quoted text. A quote that never closes costs its own line only."""

    def __init__(self, lines: Lines, dialect: Dialect, limits: Limits) -> None:
        self._lines = lines
        self._dialect = dialect
        self._limits = limits
        self._taken: list[str] = []

    def _feed(self) -> Iterator[str]:
        for line in self._lines:
            self._taken.append(line)
            if self._lines.too_long or len(self._taken) > self._limits.record_lines:
                raise csv.Error("line_too_long")
            yield line

    def __iter__(self) -> Iterator[Line | Reject]:
        csv.field_size_limit(max(csv.field_size_limit(), self._limits.line))
        reader = self._dialect.reader(self._feed(), strict=True)
        while True:
            self._taken.clear()
            first = self._lines.number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield self._recover(first)
                reader = self._dialect.reader(self._feed(), strict=True)
                continue
            fault = next(filter(None, map(line_fault, self._taken)), None)
            yield Reject(first, fault, shown("".join(self._taken))) if fault else Line(first, cells)

    def _recover(self, first: int) -> Line | Reject:
        """The first line of what could not be read; the others come again."""
        line, rest = self._taken[0], self._taken[1:]
        too_long = self._lines.too_long and not rest
        self._lines.give_back(rest)
        if too_long:
            return Reject(first, "line_too_long", shown(line))
        if (fault := line_fault(line)) is not None:
            return Reject(first, fault, shown(line))
        ended = line if line[-1] in "\r\n" else f"{line}\n"  # a quote that never closes swallows the line's end
        cells = next(self._dialect.reader(iter([ended]), strict=False), [])
        if any("\n" in cell or "\r" in cell for cell in cells):
            return Reject(first, "broken_quotes", shown(line))
        return Line(first, cells)
