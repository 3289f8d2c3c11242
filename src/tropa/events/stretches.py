"""A stretch of each unit's journey: so many places from its start, before its end, or around a place."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import Span, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import NOWHERE, PlaceRule

LONGEST = 40
_ROOM = 1 << 62


class Anchor(StrEnum):
    """Where a stretch is held."""

    START = "start"
    END = "end"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The question: `before` places, the anchor, `after` places; with `collapse` a place repeated in a row counts once.

    The anchor is the first event of the journey, its last, or the first one at place `at`. Events that are nowhere are
    looked through.
    """

    places: PlaceRule
    anchor: Anchor = Anchor.START
    at: int = 0
    before: int = 0
    after: int = 0
    collapse: bool = True

    def __post_init__(self) -> None:
        if not 2 <= self.width <= LONGEST:
            raise InvalidQueryError(
                told("A stretch has 2 to {longest} steps, got {width}.", longest=LONGEST, width=self.width)
            )

    @property
    def width(self) -> int:
        """How many places a stretch has."""
        return self.before + 1 + self.after


class StretchReader:
    """The stretches at one log."""

    def __init__(self, log: EventLog, query: Stretch) -> None:
        self._query = query
        places = query.places.on(log)
        self._columns = readable(log.offsets, np.int64), places.codes, places.table

    def of(self, span: Span) -> Codes:
        """A row a unit, −1 before its start and after its end; all −1 without the anchor. Shape (units, width)."""
        rows = np.full((span.last - span.first, self._query.width), NOWHERE, dtype=np.int32)
        anchor = {Anchor.START: -1, Anchor.END: -2, Anchor.PLACE: self._query.at}[self._query.anchor]
        _list(span.first, span.last, *self._columns, anchor, self._query.before, int(self._query.collapse), rows)
        return rows


def rows_together(rows: NDArray[np.int32], counts: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Each row once, in order, with the sum of its counts; `counts` has one entry or one row a row."""
    if not len(rows):
        return rows, counts
    base = int(rows.max()) + 2
    if base ** rows.shape[1] < _ROOM:  # a row as one number, in the same order
        powers = base ** np.arange(rows.shape[1] - 1, -1, -1, dtype=np.int64)
        _, first, place = np.unique((rows + 1).astype(np.int64) @ powers, return_index=True, return_inverse=True)
        different = rows[first]
    else:
        different, place = np.unique(rows, axis=0, return_inverse=True)
    place = place.reshape(-1)
    total = np.zeros((len(different), *counts.shape[1:]), dtype=np.int64)
    np.add.at(total, place, counts)
    return different, total


@kernel
def _list(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    anchor: int,
    before: int,
    collapse: int,
    rows: Codes,
) -> None:
    """`anchor`: a place, −1 for the first event, −2 for the last."""
    width = rows.shape[1]
    for unit in range(first, last):
        held = -1
        for i in range(offsets[unit], offsets[unit + 1]):
            here = table[codes[i]]
            if here >= 0 and (anchor < 0 or here == anchor):
                held = i
                if anchor != -2:
                    break
        if held < 0:
            continue
        row = unit - first
        rows[row, before] = table[codes[held]]
        at = before
        i = held - 1
        while at > 0 and i >= offsets[unit]:
            here = table[codes[i]]
            if here >= 0 and (collapse == 0 or here != rows[row, at]):
                at -= 1
                rows[row, at] = here
            i -= 1
        at = before
        i = held + 1
        while at + 1 < width and i < offsets[unit + 1]:
            here = table[codes[i]]
            if here >= 0 and (collapse == 0 or here != rows[row, at]):
                at += 1
                rows[row, at] = here
            i += 1
