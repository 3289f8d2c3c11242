"""Times as exports write them, read by one reference parser."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from tropa.domain.project import TimeColumn

ISO = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"
    r"(?:[T ]+(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"\s*(?P<z>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?(?:\s+(?:UTC|GMT))?",
    re.IGNORECASE,
)
"""What `iso` means: a date, then perhaps a time after T or a space, a fraction, a zone."""

LONGEST = 80
EXCEL_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
EPOCH_DIGITS = {"epoch_s": 10, "epoch_ms": 13, "epoch_us": 16, "epoch_ns": 19}
_EPOCH_UNIT_MS = {"epoch_s": 1000.0, "epoch_ms": 1.0, "epoch_us": 0.001, "epoch_ns": 0.000001}
_MONTHS = ("янв jan", "фев feb", "мар mar", "апр apr", "ма may", "июн jun", "июл jul", "авг aug", "сен sep", "окт oct",
           "ноя nov", "дек dec")  # fmt: skip
MONTH_WORD = (
    r"(?:январ[ьяе]|феврал[ьяе]|март[ае]?|апрел[ьяе]|ма[йяе]|июн[ьяе]|июл[ьяе]|август[ае]?|сентябр[ьяе]|"
    r"октябр[ьяе]|ноябр[ьяе]|декабр[ьяе]|янв|февр?|мар|апр|июн|июл|авг|сент?|окт|нояб?|дек|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![a-zа-яё])"
)
DAY_WORD = r"(?:mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс)[a-zа-яё]*"
_DIRECTIVES = {
    "%d": r"(?P<d>\d{1,2})",
    "%m": r"(?P<m>\d{1,2})",
    "%Y": r"(?P<y>\d{4})",
    "%y": r"(?P<y2>\d{2})",
    "%H": r"(?P<H>\d{1,2})",
    "%I": r"(?P<I>\d{1,2})",
    "%M": r"(?P<M>\d{2})",
    "%S": r"(?P<S>\d{2})",
    "%f": r"(?P<f>\d{1,9})",
    "%p": r"(?P<p>[AaPp]\.?[Mm]\.?)",
    "%z": r"(?P<z>Z|[+-]\d{1,2}(?::?\d{2})?)",
    "%Z": r"(?P<zone>UTC|GMT)",
    "%B": rf"(?P<B>{MONTH_WORD})",
    "%b": rf"(?P<b>{MONTH_WORD})",
    "%a": DAY_WORD,
    "%A": DAY_WORD,
    "%%": "%",
}
_STICKY = {"%Y%m%d": r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"}
_TIME_PART = re.compile(r"[,\sTв]*(?:%H|%I)(?::%M)?(?::%S)?(?:\.%f)?(?:\s*%p)?(?:\s*%z)?(?:\s*%Z)?$")


def parse_time(value: str, column: TimeColumn, timezone: str) -> int | None:
    """Milliseconds since 1970 in UTC, or None: the reference for every other reader of these formats.

    A time without a zone is a wall clock's in `timezone`. A value that has only the date part of a pattern is midnight.
    """
    if len(value) > LONGEST:
        return None
    text = " ".join(value.split())
    match column.format:
        case "iso":
            found = ISO.fullmatch(text)
            return _from_parts(found.groupdict(), timezone) if found else None
        case "excel":
            return _from_serial(text, timezone)
        case name if name in _EPOCH_UNIT_MS:
            return _from_epoch(text, name)
        case pattern:
            for one in patterns_of(pattern):
                found = _regex(one).fullmatch(text)
                if found:
                    return _from_parts(found.groupdict(), timezone)
            return None


def patterns_of(pattern: str) -> tuple[str, ...]:
    """The strptime patterns to try in turn: whole, without seconds, only the date."""
    without_seconds = pattern.replace(":%S.%f", "").replace(":%S", "")
    tries = (pattern, pattern.replace(".%f", ""), without_seconds, _TIME_PART.sub("", pattern))
    return tuple(dict.fromkeys(one.strip(" ,") for one in tries if one))


def is_time_format(text: str) -> bool:
    """Whether tropa.yaml may name this format."""
    if text in {"iso", "excel", *_EPOCH_UNIT_MS}:
        return True
    used = set(re.findall(r"%.", text))
    return bool(used) and used <= set(_DIRECTIVES)


def reads_zone(pattern: str) -> bool:
    """Whether values of this pattern carry their own zone (epochs are UTC by nature)."""
    return pattern.startswith("epoch_") or "%z" in pattern or "%Z" in pattern


@lru_cache(maxsize=256)
def _regex(pattern: str) -> re.Pattern[str]:
    for sticky, regex in _STICKY.items():
        if pattern.startswith(sticky):
            rest = pattern.removeprefix(sticky)
            return re.compile(regex + _translated(rest, digits="{2}"), re.IGNORECASE)
    return re.compile(_translated(" ".join(pattern.split())), re.IGNORECASE)


def _translated(pattern: str, *, digits: str = "{1,2}") -> str:
    parts = re.split(r"(%.)", pattern)
    regexes = [_DIRECTIVES.get(part, "(?!)") if part.startswith("%") else re.escape(part) for part in parts]
    return "".join(regexes).replace("{1,2}", digits)


def _from_parts(parts: dict[str, str | None], timezone_name: str) -> int | None:
    year = int(parts.get("y") or 0) or _century(parts.get("y2"))
    word = parts.get("B") or parts.get("b")
    month = _month(word) if word else int(parts.get("m") or 1)
    hour = _hour(parts)
    fraction = ((parts.get("f") or "") + "000000")[:6]
    try:
        moment = datetime(  # noqa: DTZ001 (the zone is put on below)
            year,
            month,
            int(parts.get("d") or 1),
            hour,
            int(parts.get("M") or 0),
            int(parts.get("S") or 0),
            int(fraction),
        )
        zone = _offset(parts.get("z") or parts.get("zone")) or _zone(timezone_name)
        return _milliseconds(moment.replace(tzinfo=zone))
    except (ValueError, OverflowError):
        return None


def _milliseconds(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return timezone(ahead if text[0] == "+" else -ahead)


def _hour(parts: dict[str, str | None]) -> int:
    if parts.get("H") is not None or parts.get("I") is None:
        return int(parts.get("H") or 0)
    twelve = int(parts["I"] or 0) % 12
    return twelve + 12 if (parts.get("p") or "").lower().startswith("p") else twelve


def _century(two: str | None) -> int:
    return (2000 if int(two) < 70 else 1900) + int(two) if two else 0


def _month(word: str) -> int:
    short = word.lower()[:3]
    if short in {"май", "мая", "мае", "may"}:
        return 5
    return next((place for place, names in enumerate(_MONTHS, start=1) if short in names.split()), 0)


def _from_serial(text: str, timezone_name: str) -> int | None:
    try:
        days = float(text.replace(",", "."))
    except ValueError:
        return None
    if not 1 <= days < 2_958_466:
        return None
    moment = EXCEL_EPOCH + timedelta(seconds=round(days * 86400))
    return _milliseconds(moment.replace(tzinfo=_zone(timezone_name)))


def _from_epoch(text: str, name: str) -> int | None:
    if re.fullmatch(r"-?\d{1,20}(?:\.0+)?", text):
        units = int(text.split(".", 1)[0])
        scale = _EPOCH_UNIT_MS[name]
        milliseconds = units * 1000 if scale == 1000.0 else units // round(1 / scale)
    elif re.fullmatch(r"\d{9,10}\.\d+", text) and name == "epoch_s":
        milliseconds = round(float(text) * 1000)
    else:
        return None
    return milliseconds if abs(milliseconds) < 8_640_000_000_000_000 else None
