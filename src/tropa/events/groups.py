"""Properties of people: what an event property says of a unit at a stated moment."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tropa.domain.project import Moment
from tropa.events.log import Column, EventLog


def unit_column(log: EventLog, name: str, at: Moment = Moment.JOURNEY_START) -> Column | None:
    """The property's code for each unit (shape U, −1 where unknown); None where the log has no such property."""
    if (fixed := log.unit_properties.get(name)) is not None:
        return fixed
    column = log.properties.get(name)
    if column is None:
        return None
    known = np.flatnonzero(column.codes >= 0)
    units = log.unit_of_event()[known]
    codes = np.full(log.units, -1, dtype=np.int32)
    match at:
        case Moment.JOURNEY_START:
            codes[units[::-1]] = column.codes[known][::-1]
        case Moment.LAST:
            codes[units] = column.codes[known]
        case Moment.MOST_FREQUENT:
            codes = _most_frequent(units, column.codes[known], log.units, len(column.values))
    return Column(codes, column.values)


def _most_frequent(units: NDArray[np.int32], codes: NDArray[np.int32], count: int, values: int) -> NDArray[np.int32]:
    """The commonest code of each unit, the smaller code where two are as common."""
    pairs, times = np.unique(units.astype(np.int64) * max(values, 1) + codes, return_counts=True)
    order = np.lexsort((-pairs, times))
    result = np.full(count, -1, dtype=np.int32)
    result[pairs[order] // max(values, 1)] = pairs[order] % max(values, 1)
    return result


def only_units(log: EventLog, keep: NDArray[np.bool_]) -> EventLog:
    """The log of the units kept (shape U), numbered anew."""
    sizes = np.diff(log.offsets)
    cut = log.where(np.repeat(keep, sizes))
    before = np.concatenate([[0], np.cumsum(keep)])
    return replace(
        cut,
        offsets=np.concatenate([[0], np.cumsum(sizes[keep])]).astype(np.int64),
        buckets=before[log.buckets].astype(np.int64),
        unit_properties={
            name: Column(column.codes[keep], column.values) for name, column in log.unit_properties.items()
        },
    )
