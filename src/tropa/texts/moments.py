"""Times that stand in running text beside what was said: «12.03.2024, 14:05», “3/12/24, 2:05 PM”, «12 марта 2024»."""

import re
from collections.abc import Sequence

_MONTHS = (
    ("янв", "jan"),
    ("фев", "feb"),
    ("мар", "mar"),
    ("апр", "apr"),
    ("мая", "май", "may"),
    ("июн", "jun"),
    ("июл", "jul"),
    ("авг", "aug"),
    ("сен", "sep"),
    ("окт", "oct"),
    ("ноя", "nov"),
    ("дек", "dec"),
)
_MONTH = "(?:" + "|".join(name for names in _MONTHS for name in names) + r")[a-zа-яё]{0,8}\.?"
CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\.?)?"
DATE = (
    r"(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
    rf"|\d{{1,2}}\s+{_MONTH}\s+\d{{4}}(?:\s+г(?:ода|\.)?)?|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}})"
)
MOMENT = rf"(?:{DATE}(?:[,\sTв]+{CLOCK})?|{CLOCK})"
_NUMBERS = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")
_WORDS = re.compile(rf"(?:(\d{{1,2}})\s+)?({_MONTH})\s+(?:(\d{{1,2}}),?\s+)?(\d{{4}})", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d{1,3})?(?:\s?([AaPp])\.?[Mm])?")


class Moments:
    """Reads times of one document; which of 03/12 is the month shows in the others, else in the language's habit."""

    def __init__(self, written: Sequence[str]) -> None:
        dates = [(int(one[1]), int(one[2]), text) for text in written for one in _NUMBERS.finditer(text[:80])]
        firsts = [first for first, _, _ in dates if first < 1000]
        seconds = [second for first, second, _ in dates if first < 1000]
        american = any("/" in text and re.search(r"[AaPp]\.?[Mm]", text) for _, _, text in dates)
        self._month_first = max(seconds, default=0) > 12 or (american and max(firsts, default=0) <= 12)

    def iso(self, text: str) -> str | None:
        """A date, and its clock time if there is one, as ISO; None where there is no date."""
        day = self._day(text[:80])
        if day is None:
            return None
        clock = _CLOCK.search(text[:80])
        if clock is None:
            return day
        hour = int(clock[1]) % 24
        if clock[4]:
            hour = hour % 12 + (12 if clock[4] in "Pp" else 0)
        return f"{day} {hour:02}:{clock[2]}:{clock[3] or '00'}"

    def _day(self, text: str) -> str | None:
        if found := _NUMBERS.search(text):
            first, second, third = (int(one) for one in found.groups())
            if first >= 1000:
                return _date(first, second, third)
            day, month = (second, first) if self._month_first else (first, second)
            return _date(third if third >= 100 else 2000 + third, month, day)
        if found := _WORDS.search(text):
            name = found[2].lower()
            month = next(n for n, names in enumerate(_MONTHS, 1) if name.startswith(names))
            return _date(int(found[4]), month, int(found[1] or found[3] or 1))
        return None


def _date(year: int, month: int, day: int) -> str | None:
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None
