"""Days, weeks and months as tables of costs write them: a cell is a first and a last day."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from tropa.domain.project import Precision, TimeColumn
from tropa.intake.time_detection import detect_time
from tropa.intake.times import MONTH_WORD, parse_time

_MONTHS = (
    (re.compile(r"\d{4}-\d{1,2}"), "%Y-%m"),
    (re.compile(r"\d{1,2}\.\d{4}"), "%m.%Y"),
    (re.compile(r"\d{1,2}/\d{4}"), "%m/%Y"),
    (re.compile(rf"{MONTH_WORD}\s\d{{4}}", re.IGNORECASE), "%B %Y"),
    (re.compile(rf"{MONTH_WORD}\s\d{{4}}\s?г(?:\.|ода?)?", re.IGNORECASE), "%B %Y г."),
    (re.compile(rf"{MONTH_WORD}-\d{{2}}", re.IGNORECASE), "%B-%y"),
)
_RANGE = re.compile(r"\s*(?:\s[-–—]\s|–|—|\.\.\.?|\sпо\s|\sto\s)\s*")
_MOSTLY = 0.7


def detect_period(values: Sequence[str]) -> TimeColumn | None:
    """How a column writes days, ranges of days or months; None where it writes neither. The column has no name yet."""
    cells = [" ".join(one.split()) for one in values if one.strip()]
    if not cells:
        return None
    for shape, pattern in _MONTHS:
        if sum(shape.fullmatch(one) is not None for one in cells) >= _MOSTLY * len(cells):
            return TimeColumn(column="", format=pattern, precision=Precision.DAY)
    firsts = [_RANGE.split(one, maxsplit=1)[0].strip() for one in cells]
    readable = [one for one in firsts if any(sign.isdigit() for sign in one)]
    guess = detect_time(readable) if len(readable) >= _MOSTLY * len(cells) else None
    return None if guess is None else guess.as_column("")


def is_month(column: TimeColumn) -> bool:
    """The format names no day: a cell is a whole month."""
    return "%" in column.format and "%d" not in column.format


def read_period(text: str, column: TimeColumn) -> tuple[date, date] | None:
    """The first and the last day that a cell names; None where it names none, as in a line of totals."""
    plain = " ".join(text.split())
    ends = [plain] if _day(plain, column) is not None else _RANGE.split(plain, maxsplit=1)
    days = [_day(one.strip(), column) for one in ends]
    if any(one is None for one in days):
        return None
    first, last = days[0], days[-1]
    assert first is not None
    assert last is not None
    if is_month(column):
        last = (last.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return (first, last) if first <= last else None


def _day(text: str, column: TimeColumn) -> date | None:
    moment = parse_time(text, column, "UTC")
    return None if moment is None else datetime.fromtimestamp(moment / 1000, UTC).date()
