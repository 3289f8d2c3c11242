"""The how-manieth event of its kind: what tells a first purchase from a second where nothing else happens."""

from dataclasses import replace

import numpy as np

from tropa.events.log import Column, EventLog

ORDINAL = "nth"
ORDINALS = ("1", "2", "3+")


def with_ordinals(log: EventLog) -> EventLog:
    """The log with the property `nth` (1, 2, 3+): the place of an event among its unit's events of the same name."""
    if ORDINAL in log.properties:
        return log
    units = log.unit_of_event()
    order = np.lexsort((np.arange(log.size), log.event.codes, units))
    first = np.ones(log.size, dtype=bool)
    first[1:] = (np.diff(units[order]) != 0) | (np.diff(log.event.codes[order]) != 0)
    starts = np.flatnonzero(first)
    run = np.arange(log.size) - np.repeat(starts, np.diff(np.append(starts, log.size)))
    place = np.empty(log.size, dtype=np.int32)
    place[order] = np.minimum(run, len(ORDINALS) - 1)
    return replace(log, properties={**log.properties, ORDINAL: Column(place, ORDINALS)})
