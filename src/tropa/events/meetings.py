"""Who was where: people counted once a place, piece by piece, so that no list of all pairs has to be sorted."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tropa.events.fold import Span, spans
from tropa.events.log import BUCKETS, Codes, EventLog

_DENSE = 512  # more places than this, and a table of unit × place would mostly be empty
_NOWHERE = -1


def units_at(log: EventLog, codes: Codes, places: int) -> NDArray[np.int64]:
    """How many units have an event at each place; `codes` has one entry an event, −1 = nowhere. Shape: places."""
    total = np.zeros(places, dtype=np.int64)
    for span in spans(log, BUCKETS):
        units, (keys, _) = span.last - span.first, _keys(log, codes, places, span)
        if places > _DENSE:
            total += np.bincount(np.unique(keys) % places, minlength=places)
            continue
        met = np.zeros(units * places, dtype=bool)
        met[keys] = True
        total += np.count_nonzero(met.reshape(units, places), axis=0)
    return total


class FirstMeetings(NamedTuple):
    """The first event of each unit at each place, in the order of units, then places; equal shapes."""

    unit: NDArray[np.int64]
    place: NDArray[np.int64]
    event: NDArray[np.int64]


def first_meetings(log: EventLog, codes: Codes, places: int) -> FirstMeetings:
    """When units come to the places first; `codes` has one entry an event, −1 = nowhere."""
    found = [_first_in(log, codes, places, span) for span in spans(log, BUCKETS)] if places else []
    if not found:
        nothing = np.zeros(0, dtype=np.int64)
        return FirstMeetings(nothing, nothing, nothing)
    return FirstMeetings(*(np.concatenate(parts) for parts in zip(*found, strict=True)))


def _first_in(log: EventLog, codes: Codes, places: int, span: Span) -> FirstMeetings:
    keys, events = _keys(log, codes, places, span)
    if places > _DENSE:
        pairs, where = np.unique(keys, return_index=True)
        first = events[where]
    else:
        table = np.full((span.last - span.first) * places, _NOWHERE, dtype=np.int64)
        table[keys[::-1]] = events[::-1]  # of several values for one place the last one written stays: the first event
        pairs = np.flatnonzero(table != _NOWHERE)
        first = table[pairs]
    return FirstMeetings(pairs // places + span.first, pairs % places, first)


class _Keys(NamedTuple):
    keys: NDArray[np.int64]
    events: NDArray[np.int64]


def _keys(log: EventLog, codes: Codes, places: int, span: Span) -> _Keys:
    """Unit (from the span's first) · places + place, and the event, of all events of the span that are at a place."""
    start, end = int(log.offsets[span.first]), int(log.offsets[span.last])
    units = np.arange(span.last - span.first, dtype=np.int64)
    unit = np.repeat(units, np.diff(log.offsets[span.first : span.last + 1]))
    here = codes[start:end]
    known = np.flatnonzero(here >= 0)
    return _Keys(unit[known] * places + here[known], known + start)
