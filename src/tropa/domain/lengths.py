"""Lengths of time as people write them: «7d 12h 30m»."""

import re
from datetime import timedelta

from tropa.errors import told

_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def read_duration(value: object) -> timedelta:
    """«7d 12h 30m» as a length of time."""
    text = str(value).strip().lower()
    parts = re.findall(r"(\d+)\s*([wdhms])", text)
    if not isinstance(value, str) or not parts or re.sub(r"\d+\s*[wdhms]\s*", "", text):
        message = told("“{value}” is no duration: write it as 7d, 12h, 30m or 7d 12h 30m.", value=value)
        raise ValueError(message)
    total = timedelta()
    for number, unit in parts:
        if len(number) > 6:
            message = told("“{value}” is too long.", value=value)
            raise ValueError(message)
        total += timedelta(**{_UNITS[unit]: int(number)})
    return total


def write_duration(length: timedelta) -> str:
    """A length of time in its largest units: 7d 12h."""
    seconds = int(length.total_seconds())
    parts = []
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        parts += [f"{count}{unit}"] if count else []
    return " ".join(parts) or "0s"
