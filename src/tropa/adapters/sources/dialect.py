"""How a text table is written: its delimiter and quotes."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x01")
_RUNS = re.compile(r"\s+")
_LINES = 200
SPACES = " "  # cells aligned by runs of blanks


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """`delimiter` None = one column; SPACES = runs of blanks. `escape` is a backslash where quotes are escaped so."""

    delimiter: str | None
    escape: str | None = None
    skip: int = 0  # lines before anything else, as “sep=;”
    spaced: bool = False  # a blank follows each delimiter, before a quote too

    @property
    def is_unusual(self) -> bool:
        """Anything but a delimiter and doubled quotes."""
        return bool(self.escape or self.skip or self.spaced)

    def reader(self, lines: Iterator[str], *, strict: bool) -> Iterator[list[str]]:
        """Records of the lines."""
        if self.delimiter is None:
            return csv.reader(lines, delimiter="\x1f", strict=strict)
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            escapechar=self.escape,
            doublequote=self.escape is None,
            skipinitialspace=self.spaced,
            strict=strict,
        )


def detect_dialect(text: str, *, delimiter: str | None = None) -> Dialect:
    """The dialect of a text by its first lines; `delimiter` as a person wrote it wins."""
    told = re.match(r"\ufeff?sep=(.)\r?\n", text)
    if told and delimiter is None:
        return Dialect(delimiter=told[1], skip=1)
    if delimiter is not None:
        return Dialect(delimiter=delimiter, escape=_escape(text), spaced=_is_spaced(text, delimiter))
    escape = _escape(text)
    scores = {one: _score(text, one, escape) for one in _DELIMITERS if one in text}
    best = max(scores, key=lambda one: scores[one], default=None)
    if best is not None and scores[best] > 0:
        return Dialect(delimiter=best, escape=escape, spaced=_is_spaced(text, best))
    return Dialect(delimiter=SPACES if _is_aligned(text) else None, escape=escape)


def _escape(text: str) -> str | None:
    return "\\" if text.count('\\"') > text.count('""') else None


def _is_spaced(text: str, delimiter: str) -> bool:
    return text.count(f'{delimiter} "') > text.count(f'{delimiter}"')


def _score(text: str, delimiter: str, escape: str | None) -> float:
    """Share of records with the usual number of cells, times a reward for more of them; 0 = this is no delimiter."""
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        escapechar=escape,
        doublequote=escape is None,
        skipinitialspace=_is_spaced(text, delimiter),
    )
    try:
        widths = [len(record) for record, _ in zip(reader, range(_LINES), strict=False) if record]
    except csv.Error:
        return 0.0
    several = [width for width in widths if width > 1]
    if not several:
        return 0.0
    width, count = max(Counter(several).items(), key=lambda item: (item[1], item[0]))
    share = count / len(widths)
    enough = share >= 0.5 or (count >= 2 and share >= 0.3)
    return share * (1 + min(width, 20) / 40) if enough else 0.0


def _is_aligned(text: str) -> bool:
    lines = [line.strip() for line in text.splitlines()[:_LINES] if line.strip()]
    widths = Counter(len(_RUNS.split(line)) for line in lines)
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    return len(lines) >= 3 and width >= 2 and count >= 0.95 * len(lines)


def split_aligned(line: str) -> Sequence[str]:
    """The cells of a line whose columns are aligned by blanks."""
    return line.split()
