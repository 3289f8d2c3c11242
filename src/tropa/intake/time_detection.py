"""How a column writes its times, told by looking at all of its values."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tropa.domain.project import Precision, TimeColumn
from tropa.intake.times import DAY_WORD, EPOCH_DIGITS, ISO, LONGEST, MONTH_WORD, parse_time, reads_zone

_GLANCE = 40
"""So many cells show that a column holds no times at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeGuess:
    """How a column writes its times; `other` is the reading that fits as well (day and month swapped).

    `share` of the values can be read; `naive` where they carry no zone.
    """

    format: str
    precision: Precision
    share: float
    naive: bool
    other: str | None = None

    def as_column(self, column: str) -> TimeColumn:
        """The same as tropa.yaml writes it."""
        return TimeColumn(column=column, format=self.format, precision=self.precision)


def detect_time(values: Sequence[str], *, named: bool = True) -> TimeGuess | None:
    """The format of a column of times, None where it holds none.

    `named`: the column's name speaks of time; without it bare numbers stay numbers (a 19-digit id is no time).
    """
    cells = [value.strip() for value in values if value.strip()]
    if not cells:
        return None
    first = cells[:_GLANCE]
    if sum(_pattern_of(cell, named=named) is not None for cell in first) < 0.3 * len(first):
        return None
    patterns = Counter(pattern for cell in cells for pattern in [_pattern_of(cell, named=named)] if pattern)
    if not patterns or sum(patterns.values()) < 0.8 * len(cells):
        return None
    pattern, other = _merged(patterns, cells)
    column = TimeColumn(column="", format=pattern)
    share = sum(parse_time(cell, column, "UTC") is not None for cell in cells) / len(cells)
    if share < 0.8:
        return None
    return TimeGuess(
        format=pattern, precision=_precision(pattern, cells), share=share, naive=_naive(pattern, cells), other=other
    )


_NUMERIC = re.compile(
    r"(?P<one>\d{1,4})(?P<sep>[./-])(?P<two>\d{1,2})(?P=sep)(?P<three>\d{4}|\d{2})(?P<rest>\D.*)?", re.DOTALL
)
_CLOCK = re.compile(
    r"(?P<before>[,\sTв]*)(?P<h>\d{1,2}):(?P<m>\d{2})(?P<s>:\d{2})?(?P<f>\.\d{1,9})?(?P<gap>\s*)(?P<p>[AaPp]\.?[Mm]\.?)?"
    r"(?P<zgap>\s*)(?P<z>Z|[+-]\d{2}:?\d{2}|UTC|GMT)?"
)


def _pattern_of(text: str, *, named: bool) -> str | None:
    if len(text) > LONGEST:
        return None
    text = " ".join(text.split())
    if re.fullmatch(r"-?\d+(?:[.,]\d+)?", text):
        return _number_pattern(text, named=named)
    if ISO.fullmatch(text):
        return "iso"
    if found := _NUMERIC.fullmatch(text):
        return _numeric_pattern(found)
    return _worded_pattern(text)


def _number_pattern(text: str, *, named: bool) -> str | None:
    if not named:
        return None
    if re.fullmatch(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", text):
        return "%Y%m%d"
    if re.fullmatch(r"20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[0-2]\d[0-5]\d[0-5]\d", text):
        return "%Y%m%d%H%M%S"
    whole = re.split(r"[.,]", text, maxsplit=1)[0]
    for name, digits in EPOCH_DIGITS.items():
        if len(whole) == digits and whole[0] in "12":
            return name
    return "excel" if 20_000 <= float(text.replace(",", ".")) < 80_000 else None


def _numeric_pattern(found: re.Match[str]) -> str | None:
    sep, one, two, three = found["sep"], found["one"], found["two"], found["three"]
    if len(one) == 4:
        day = f"%Y{sep}%m{sep}%d"
    elif len(one) > 2:
        return None
    else:
        year = "%Y" if len(three) == 4 else "%y"
        first, second = ("%m", "%d") if int(two) > 12 >= int(one) else ("%d", "%m")
        day = f"{first}{sep}{second}{sep}{year}"
    clock = _clock_pattern(found["rest"] or "")
    return None if clock is None else day + clock


def _clock_pattern(rest: str) -> str | None:
    if not rest.strip(" .,"):
        return rest.rstrip()
    found = _CLOCK.fullmatch(rest)
    if found is None:
        return None
    hour = "%I" if found["p"] else "%H"
    pattern = f"{found['before']}{hour}:%M"
    pattern += (":%S" if found["s"] else "") + (".%f" if found["f"] else "")
    pattern += found["gap"] + "%p" if found["p"] else ""
    zone = found["z"]
    if zone:
        pattern += (found["zgap"] or ("" if found["p"] else found["gap"])) + ("%Z" if zone in {"UTC", "GMT"} else "%z")
    return pattern


_WORDED = (
    (re.compile(rf"(?P<day>{DAY_WORD},?\s)?\d{{1,2}}(?P<g1>[\s-]){MONTH_WORD}(?P<dot>\.?)(?P<g2>,?[\s-])(?P<year>\d{{4}}|\d{{2}})"
                rf"(?P<tail>\s?г(?:\.|ода)?)?(?P<rest>.*)", re.IGNORECASE), "dmy"),
    (re.compile(rf"(?P<day>{DAY_WORD},?\s)?{MONTH_WORD}(?P<dot>\.?)(?P<g1>\s)\d{{1,2}}(?P<g2>,?\s)(?P<year>\d{{4}})(?P<tail>)(?P<rest>.*)",
                re.IGNORECASE), "mdy"),
)  # fmt: skip


def _worded_pattern(text: str) -> str | None:
    for regex, order in _WORDED:
        found = regex.fullmatch(text)
        if found is None:
            continue
        clock = _clock_pattern(found["rest"])
        if clock is None:
            return None
        day = "%a, " if found["day"] and "," in found["day"] else "%a " if found["day"] else ""
        month = f"%B{found['dot']}"
        year = ("%Y" if len(found["year"]) == 4 else "%y") + (found["tail"] or "")
        first, second = ("%d", month) if order == "dmy" else (month, "%d")
        return f"{day}{first}{found['g1']}{second}{found['g2']}{year}{clock}"
    return None


def _merged(patterns: Counter[str], cells: Sequence[str]) -> tuple[str, str | None]:
    """One pattern for a column: the longest of those that its values show, day and month told by the evidence."""
    best = max(patterns, key=lambda one: (patterns[one] * 10 >= max(patterns.values()), len(one), patterns[one], one))
    swapped = _swapped(best)
    if swapped is None:
        return best, None
    dates = [found for cell in cells if (found := _NUMERIC.fullmatch(" ".join(cell.split())))]
    day_first = sum(int(found["one"]) > 12 for found in dates)
    month_first = sum(int(found["two"]) > 12 for found in dates)
    ours, theirs = (best, swapped) if best.startswith("%d") else (swapped, best)
    if day_first or month_first:
        return (ours if day_first >= month_first else theirs), None
    return _by_convention(ours, theirs, cells)


def _by_convention(day_first: str, month_first: str, cells: Sequence[str]) -> tuple[str, str | None]:
    if day_first[2] == ".":
        return day_first, None
    if "%p" in day_first:
        return month_first, day_first
    jumps = [_backward_steps(cells, one) for one in (day_first, month_first)]
    if len(cells) >= 6 and 0 in jumps and max(jumps) > 0:
        return (day_first, None) if jumps[0] == 0 else (month_first, None)
    return day_first, month_first


def _backward_steps(cells: Sequence[str], pattern: str) -> int:
    """How often a column's times go against its main direction: exports are mostly sorted by time."""
    column = TimeColumn(column="", format=pattern)
    times = [moment for cell in cells if (moment := parse_time(cell, column, "UTC")) is not None]
    back = sum(later < earlier for earlier, later in pairwise(times))
    forth = sum(later > earlier for earlier, later in pairwise(times))
    return min(back, forth)


def _swapped(pattern: str) -> str | None:
    found = re.match(r"(%d)([./-])(%m)\2|(%m)([./-])(%d)\5", pattern)
    if found is None:
        return None
    head = pattern[: found.end()]
    return head.replace("%d", "%0").replace("%m", "%d").replace("%0", "%m") + pattern[found.end() :]


def _precision(pattern: str, cells: Sequence[str]) -> Precision:
    if pattern == "iso":
        return _iso_precision(cells)
    if pattern == "excel":
        return Precision.DAY if all(not re.search(r"[.,]0*[1-9]", cell) for cell in cells) else Precision.SECOND
    epochs = {"epoch_s": Precision.SECOND, "epoch_ms": Precision.MS}
    if pattern.startswith("epoch_"):
        return epochs.get(pattern, Precision.US)
    if "%f" in pattern:
        return Precision.MS
    if "%S" in pattern:
        return Precision.SECOND
    return Precision.MINUTE if "%H" in pattern or "%I" in pattern else Precision.DAY


def _iso_precision(cells: Sequence[str]) -> Precision:
    found = [parts for cell in cells if (parts := ISO.fullmatch(" ".join(cell.split())))]
    if any(len((parts["f"] or "").rstrip("0")) > 3 for parts in found):
        return Precision.US
    if any((parts["f"] or "").strip("0") for parts in found):
        return Precision.MS
    if any(parts["S"] for parts in found):
        midnight = all(
            (parts["H"], parts["M"], parts["S"]) in {("00", "00", "00"), (None, None, None)} for parts in found
        )
        return Precision.DAY if midnight and len(found) > 1 else Precision.SECOND
    return Precision.MINUTE if any(parts["H"] for parts in found) else Precision.DAY


def _naive(pattern: str, cells: Sequence[str]) -> bool:
    if pattern == "iso":
        found = [parts for cell in cells if (parts := ISO.fullmatch(" ".join(cell.split())))]
        return not any(parts["z"] or parts[0].upper().endswith(("UTC", "GMT")) for parts in found)
    return not reads_zone(pattern)
