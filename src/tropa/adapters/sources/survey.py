"""One quick look at every byte of a long text table: whether each line may be taken as one record."""

import codecs
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]
_CHUNK = 16 << 20
_LF, _CR, _QUOTE = 10, 13, 34


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """How many lines there are, the last one too if it has no end; `newline` is LF or CR LF."""

    lines: int
    newline: str


def survey_text(path: Path, *, delimiter: str, longest_line: int) -> Survey | None:
    """None where the text is not plain.

    Plain is valid UTF-8 without null bytes, blank lines and blanks around quotes, with line ends of one kind and none
    of them inside quotes.
    """
    walk = _Walk(delimiter.encode(), longest_line)
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if not walk.take(chunk):
                return None
    return walk.finish()


class _Walk:
    def __init__(self, delimiter: bytes, longest_line: int) -> None:
        self._spaced_quotes = (delimiter + b' "', b'" ' + delimiter)
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._longest_line = longest_line
        self._line_feeds = self._pairs = self._returns = 0
        self._size = 0
        self._line_start = 0  # byte of the file at which the present line begins
        self._in_quotes = False
        self._last = b""

    def take(self, chunk: bytes) -> bool:
        """Count; False as soon as the text is seen not to be plain."""
        try:
            self._decoder.decode(chunk)
        except UnicodeDecodeError:
            return False
        if b"\x00" in chunk:
            return False
        seam = self._last + chunk
        if any(spaced in seam for spaced in self._spaced_quotes):
            return False
        codes = np.frombuffer(chunk, dtype=np.uint8)
        ends = np.flatnonzero(codes == _LF)
        self._returns += chunk.count(b"\r")
        self._pairs += chunk.count(b"\r\n") + (self._last[-1:] == b"\r" and chunk[:1] == b"\n")
        self._line_feeds += len(ends)
        plain = self._lines_are_plain(chunk, ends) and self._quotes_close(codes, ends)
        self._size += len(chunk)
        self._last = seam[-2:]
        return plain

    def _lines_are_plain(self, chunk: bytes, ends: Places) -> bool:
        if not len(ends):
            return self._size + len(chunk) - self._line_start < self._longest_line
        places = ends.astype(np.int64) + self._size
        lengths = np.diff(places, prepend=self._line_start - 1)
        self._line_start = int(places[-1]) + 1
        if lengths.max() > self._longest_line:
            return False
        if lengths.min() <= 2:
            short = np.flatnonzero(lengths <= 2)
            return not any(lengths[n] == 1 or chunk[max(0, ends[n] - 1)] == _CR for n in short)
        return True

    def _quotes_close(self, codes: NDArray[np.uint8], ends: Places) -> bool:
        quotes = np.flatnonzero(codes == _QUOTE)
        if not len(quotes):
            return not (self._in_quotes and len(ends))
        before = np.searchsorted(quotes, ends) + self._in_quotes
        self._in_quotes = bool((len(quotes) + self._in_quotes) % 2)
        return not (before % 2).any()

    def finish(self) -> Survey | None:
        if self._in_quotes or self._returns != self._pairs or self._pairs not in {0, self._line_feeds}:
            return None
        unfinished = self._size > self._line_start
        return Survey(lines=self._line_feeds + unfinished, newline="\r\n" if self._pairs else "\n")
