"""Which columns of different tables name the same people: told by the values they share."""

from collections.abc import Mapping, Sequence

from tropa.intake import roles
from tropa.intake.reading import TableReading

_LEAST_COMMON = 3
_LEAST_SHARE = 0.02


def linked_people(readings: Sequence[TableReading]) -> Mapping[str, str]:
    """For a table's id the column whose values name people of other tables too, where several could be the person."""
    candidates = {reading.id: _candidates(reading) for reading in readings}
    linked: dict[str, str] = {}
    for reading in readings:
        own = candidates[reading.id]
        others = [ids for other, columns in candidates.items() if other != reading.id for ids in columns.values()]
        if len(own) > 1 and others:
            scored = {name: max(_overlap(ids, other) for other in others) for name, ids in own.items()}
            best = max(scored, key=lambda name: scored[name])
            if scored[best] > 0:
                linked[reading.id] = best
    return linked


def _candidates(reading: TableReading) -> dict[str, frozenset[str]]:
    found = roles.ranked(reading.columns, lambda column: roles.person(column) / (0.35 + 0.65 * column.filled))
    good = [column for score, column in found if score >= 0.55]
    fullest = max((column.filled for column in good), default=0.0)
    return {one.name: frozenset(map(_plain, one.values)) for one in good if one.filled >= 0.5 * fullest}


def _plain(value: str) -> str:
    text = value.strip().lower()
    digits = "".join(sign for sign in text if sign.isdigit())
    is_phone = len(digits) in {10, 11, 12} and len(digits) >= len(text.strip("+")) - 6
    return digits[-10:] if is_phone else text


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set that both hold; short numbers prove nothing, every table has a 17."""
    common = [value for value in one & other if len(value) >= 4]
    smaller = min(len(one), len(other))
    enough = len(common) >= min(_LEAST_COMMON, smaller) and len(common) >= _LEAST_SHARE * smaller
    return len(common) / smaller if common and enough else 0.0
