"""How long units wait between one thing and another, and how long work itself takes."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.events.log import EventLog
from tropa.stats.durations import Survival, Timing, kaplan_meier, timing_of

START, COMPLETE = "START", "COMPLETE"


@dataclass(frozen=True, slots=True)
class WaitQuery:
    """The question: how long from a unit's first event among `start` codes to its first among `end` codes after it."""

    start: frozenset[int]
    end: frozenset[int]


@dataclass(frozen=True, slots=True)
class WaitResult:
    """The times of those who got there, and the share still waiting after any time, open cases included.

    `waiting`: units that have started and not got there by the log's `as_of`.
    """

    timing: Timing | None
    waiting: int
    still_waiting: Survival | None

    def waited_longer(self, than: timedelta) -> float | None:
        """The share that waits longer, open cases counted for as long as they have waited."""
        return None if self.still_waiting is None else self.still_waiting.at(than.total_seconds()).value


def waits(log: EventLog, query: WaitQuery) -> WaitResult:
    """Time from one event to another, once a unit."""
    starts = _first_in_unit(log, _among(log, query.start), np.zeros(log.units, dtype=np.int64))
    begun = starts < log.size
    after = np.where(begun, starts + 1, 0)
    ends = _first_in_unit(log, _among(log, query.end), after)
    got_there = begun & (ends < log.size)
    open_still = begun & ~got_there
    times = np.append(log.time, log.as_of)
    took = (times[np.where(got_there, ends, log.size)] - times[np.minimum(starts, log.size)])[begun] / 1000
    took = np.maximum(took, 0.0)
    done = got_there[begun]
    return WaitResult(
        timing=timing_of(np.sort(took[done])),
        waiting=int(open_still.sum()),
        still_waiting=kaplan_meier(took, done) if len(took) else None,
    )


def working_times(log: EventLog, code: int, lifecycle: str = "lifecycle") -> Timing | None:
    """How long one kind of work takes from START to the next COMPLETE of it; None without such events.

    Repeated work counts each time; a START without COMPLETE is left out.
    """
    if (column := log.properties.get(lifecycle)) is None:
        return None
    states = column.codes
    mine = np.flatnonzero(
        (log.event.codes == code) & np.isin(states, [column.code_of(START), column.code_of(COMPLETE)])
    )
    unit = log.unit_of_event()[mine]
    is_start = states[mine] == column.code_of(START)
    pair = np.flatnonzero(is_start[:-1] & ~is_start[1:] & (unit[:-1] == unit[1:]))
    return timing_of(np.sort((log.time[mine[pair + 1]] - log.time[mine[pair]]) / 1000))


def _among(log: EventLog, codes: frozenset[int]) -> NDArray[np.int64]:
    """Places of the events with these codes, in order."""
    wanted = np.zeros(len(log.event.values) + 1, dtype=bool)
    wanted[list(codes)] = True
    return np.flatnonzero(wanted[log.event.codes])


def _first_in_unit(log: EventLog, places: NDArray[np.int64], not_before: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each unit its first of these places from `not_before` on; the log's size where there is none."""
    at = np.searchsorted(places, np.maximum(log.offsets[:-1], not_before))
    found = np.append(places, log.size)[at]
    return np.where(found < log.offsets[1:], found, log.size)
