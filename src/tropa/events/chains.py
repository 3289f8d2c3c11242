"""The way of each unit through steps: which events fill them, within which time, and what breaks the way off."""

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tropa.domain.journeymap import Match
from tropa.domain.project import Semantics
from tropa.errors import InvalidQueryError, told
from tropa.events.fold import Span, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.staged import events_matching

MOST_STEPS = 30
NEVER = np.iinfo(np.int64).min
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """A step: an event that fits any of the matches.

    `within` and `after`: at most and at least so long after the step before. An `optional` step may be skipped.
    """

    any_of: tuple[Match, ...]
    optional: bool = False
    within: timedelta | None = None
    after: timedelta | None = None

    def __post_init__(self) -> None:
        if not self.any_of:
            raise InvalidQueryError("A step needs an event.", "Name one, such as add_to_cart.")
        if self.optional and (self.within is not None or self.after is not None):
            raise InvalidQueryError("A step that may be skipped has no time of its own.", "Give it to the step after.")
        if self.within is not None and self.after is not None and self.within < self.after:
            raise InvalidQueryError(
                told("No step is within {within} and after {after} at once.", within=self.within, after=self.after)
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """An event that breaks the way off between step `start` and step `end` (counted from 0; None: first and last)."""

    any_of: tuple[Match, ...]
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainQuery:
    """Steps in order, the time for all of them (None = for ever), and what must stay the same along the way.

    `hold`: a property of events whose value is the same at each step; an event without one fills no step.
    """

    steps: tuple[ChainStep, ...]
    window: timedelta | None = None
    semantics: Semantics = Semantics.ANY_START
    barriers: tuple[Barrier, ...] = ()
    hold: str | None = None

    def __post_init__(self) -> None:
        if not 2 <= len(self.steps) <= MOST_STEPS:
            raise InvalidQueryError(
                told("A funnel has 2 to {most_steps} steps, got {count}.", most_steps=MOST_STEPS, count=len(self.steps))
            )
        if self.steps[0].optional or len(self.required) < 2:
            raise InvalidQueryError("The first step and one more cannot be skipped.", "Leave out the mark of optional.")
        if self.steps[0].within is not None or self.steps[0].after is not None:
            raise InvalidQueryError("The first step comes after nothing.", "Give the time to the step after.")
        if self.window is not None and self.window < timedelta(0):
            raise InvalidQueryError(told("A funnel's window cannot be negative, got {window}.", window=self.window))
        timed = self.window is not None or any(one.within is not None for one in self.steps)
        if timed and self.semantics is Semantics.UNWINDOWED:
            raise InvalidQueryError("An unwindowed funnel has no window.", "Leave it out, or count from any start.")
        for one in self.barriers:
            start, end = self.between(one)
            if not 0 <= start < end < len(self.steps):
                raise InvalidQueryError(
                    told(
                        "There is nothing between steps {start} and {end} of {count}.",
                        start=start + 1,
                        end=end + 1,
                        count=len(self.steps),
                    )
                )

    def between(self, barrier: Barrier) -> tuple[int, int]:
        """The steps between which a barrier stands."""
        return barrier.start or 0, len(self.steps) - 1 if barrier.end is None else barrier.end

    @property
    def open_for(self) -> timedelta:
        """How long after its last event a way may still go on where its time is limited."""
        limits = [self.window, *(step.within for step in self.steps)]
        return max((one for one in limits if one is not None), default=timedelta(0))

    @property
    def required(self) -> tuple[int, ...]:
        """The numbers of the steps that cannot be skipped."""
        return tuple(number for number, one in enumerate(self.steps) if not one.optional)


class Chains(NamedTuple):
    """The way of each unit of a span.

    `at[u, k]`: the event that fills step k, −1 where none does. `far[u]`: how many of the steps that cannot be skipped
    were come to. `is_open[u]`: the way is not at its end, and the time for going on is not up.
    """

    at: NDArray[np.int64]
    far: Codes
    is_open: NDArray[np.int64]


class ChainReader:
    """The query at one log.

    Of all ways through the steps, a unit's is the one that comes furthest; then the one whose last event is earliest,
    then whose start is latest, then, from the end backwards, whose events are latest. `first_touch` and `unwindowed`
    know only ways from the first event that fits the first step. A step that may be skipped is taken where an event of
    it lies between those of the steps around it.
    """

    def __init__(self, log: EventLog, query: ChainQuery) -> None:
        self._query = query
        self._required = query.required
        self._columns = readable(log.offsets, np.int64), readable(log.time, np.int64)
        self._masks = readable(self._step_masks(log), np.int64)
        self._barriers = readable(self._barrier_masks(log), np.int64)
        self._held = readable(_held_codes(log, query.hold), np.int32)
        self._relevant = (self._masks | self._barriers) != 0
        self._as_of = log.as_of

    def _step_masks(self, log: EventLog) -> NDArray[np.int64]:
        """For each event the steps that it fills: a bit a required step first, then a bit an optional one."""
        optional = [number for number, one in enumerate(self._query.steps) if one.optional]
        masks = np.zeros(log.size, dtype=np.int64)
        for bit, number in enumerate((*self._required, *optional)):
            for match in self._query.steps[number].any_of:
                masks |= events_matching(log, match).astype(np.int64) << bit
        if self._query.hold is not None:
            masks[_held_codes(log, self._query.hold) < 0] = 0
        return masks

    def _barrier_masks(self, log: EventLog) -> NDArray[np.int64]:
        """For each event the required steps on the way to which it may not be met, a bit each."""
        masks = np.zeros(log.size, dtype=np.int64)
        for one in self._query.barriers:
            start, end = self._query.between(one)
            gaps = sum(
                1 << bit
                for bit in range(1, len(self._required))
                if self._required[bit] > start and self._required[bit - 1] < end
            )
            for match in one.any_of:
                masks |= events_matching(log, match).astype(np.int64) * gaps
        return masks

    def of(self, span: Span) -> Chains:
        """The ways of the span's units."""
        units, steps = span.last - span.first, len(self._required)
        at = np.full((units, len(self._query.steps)), -1, dtype=np.int64)
        far, is_open = np.zeros(units, dtype=np.int32), np.zeros(units, dtype=np.int64)
        room = self._room(span)
        state = np.empty((3, steps, room), dtype=np.int64)
        events, marks = np.empty(room, dtype=np.int64), np.empty((2, steps), dtype=np.int64)
        required = np.array(self._required, dtype=np.int64)
        limits = np.array(
            [
                [_ms(self._query.steps[number].within, -1) for number in self._required],
                [_ms(self._query.steps[number].after, 0) for number in self._required],
            ],
            dtype=np.int64,
        )
        window, from_first = _ms(self._query.window, -1), int(self._query.semantics is not Semantics.ANY_START)
        data = (*self._columns, self._masks, self._barriers, self._held, required)
        times = (limits, window, self._as_of, from_first)
        _walk(span.first, span.last, *data, *times, state, events, marks, at, far, is_open)
        if steps < len(self._query.steps):
            _take_optional(span.first, span.last, *data, window, at, far)
        return Chains(at, far, is_open)

    def _room(self, span: Span) -> int:
        """The most events of one unit that matter."""
        offsets = self._columns[0][span.first : span.last + 1]
        before = np.concatenate([[0], np.cumsum(self._relevant[offsets[0] : offsets[-1]])])
        counts = np.diff(before[offsets - offsets[0]])
        return max(1, int(counts.max(initial=0)))


def _held_codes(log: EventLog, hold: str | None) -> Codes:
    if hold is None:
        return np.zeros(0, dtype=np.int32)
    column = log.properties.get(hold)
    if column is None:
        known = ", ".join(sorted(log.properties))
        raise InvalidQueryError(
            told("Events have no property “{hold}” that could stay the same.", hold=hold),
            told("They have: {known}.", known=known),
        )
    return column.codes


def _ms(length: timedelta | None, otherwise: int) -> int:
    return otherwise if length is None else length // _MS


@kernel
def _walk(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    times: NDArray[np.int64],
    masks: NDArray[np.int64],
    barriers: NDArray[np.int64],
    held: Codes,
    required: NDArray[np.int64],
    limits: NDArray[np.int64],
    window: int,
    as_of: int,
    from_first: int,
    state: NDArray[np.int64],
    events: NDArray[np.int64],
    marks: NDArray[np.int64],
    at: NDArray[np.int64],
    far: Codes,
    is_open: NDArray[np.int64],
) -> None:
    """`state[:, k, j]`: of ways whose step k is the unit's j-th event that matters, the latest start, the event before
    on that way, and the latest earlier j that step k could be. `marks[:, k]`: the latest such j of step k, and the
    latest event that may not be met on the way to it.
    """
    steps = len(required)
    for unit in range(first, last):
        for k in range(steps):
            marks[0, k] = -1
            marks[1, k] = -1
        count = 0
        best = 0
        end = -1
        for i in range(offsets[unit], offsets[unit + 1]):
            if masks[i] == 0 and barriers[i] == 0:
                continue
            events[count] = i
            reached = _fill(i, count, times, masks[i], held, limits, window, from_first, state, events, marks)
            if reached > best:
                best = reached
                end = count
            for k in range(1, steps):
                if (barriers[i] >> k) & 1:
                    marks[1, k] = count
            count += 1
        far[unit - first] = best
        for k in range(best - 1, -1, -1):
            at[unit - first, required[k]] = events[end]
            end = state[1, k, end]
        if 0 < best < steps:
            is_open[unit - first] = _may_go_on(times, limits, window, as_of, state, events, marks)


@kernel
def _fill(
    i: int,
    count: int,
    times: NDArray[np.int64],
    mask: int,
    held: Codes,
    limits: NDArray[np.int64],
    window: int,
    from_first: int,
    state: NDArray[np.int64],
    events: NDArray[np.int64],
    marks: NDArray[np.int64],
) -> int:
    """Note every step that event i can be, from the last downwards, as no event is two; how far it comes."""
    reached = 0
    for k in range(marks.shape[1] - 1, -1, -1):
        if (mask >> k) & 1 == 0 or (k == 0 and from_first > 0 and marks[0, 0] >= 0):
            continue
        before = -1 if k == 0 else _before(i, k, times, held, limits, window, from_first, state, events, marks)
        if k > 0 and before < 0:
            continue
        state[0, k, count] = times[i] if k == 0 else state[0, k - 1, before]
        state[1, k, count] = before
        state[2, k, count] = marks[0, k]
        marks[0, k] = count
        reached = max(reached, k + 1)
    return reached


@kernel
def _before(
    i: int,
    k: int,
    times: NDArray[np.int64],
    held: Codes,
    limits: NDArray[np.int64],
    window: int,
    from_first: int,
    state: NDArray[np.int64],
    events: NDArray[np.int64],
    marks: NDArray[np.int64],
) -> int:
    """The event of step k − 1 from which event i is come to, on the way with the latest start; −1 for none."""
    found = -1
    at = marks[0, k - 1]
    while at >= 0 and at >= marks[1, k]:
        then = times[events[at]]
        passed = times[i] - then
        if (limits[0, k] >= 0 and passed > limits[0, k]) or (window >= 0 and passed > window):
            break
        if found >= 0 and (from_first > 0 or state[0, k - 1, found] >= then):
            break  # an event before this one has no later start
        fits = passed >= limits[1, k] and (len(held) == 0 or held[events[at]] == held[i])
        if fits and (found < 0 or state[0, k - 1, at] > state[0, k - 1, found]):
            found = at
        at = state[2, k - 1, at]
    if found >= 0 and window >= 0 and times[i] - state[0, k - 1, found] > window:
        return -1
    return found


@kernel
def _may_go_on(
    times: NDArray[np.int64],
    limits: NDArray[np.int64],
    window: int,
    as_of: int,
    state: NDArray[np.int64],
    events: NDArray[np.int64],
    marks: NDArray[np.int64],
) -> int:
    """Some way can still get its next step in time; without any limit of time nothing is ever waited for."""
    for k in range(marks.shape[1] - 1):
        within = limits[0, k + 1]
        if window < 0 and within < 0:
            continue
        at = marks[0, k]
        while at >= 0 and at >= marks[1, k + 1]:
            then = times[events[at]]
            if (within >= 0 and then + within <= as_of) or (window >= 0 and then + window <= as_of):
                break
            if window < 0 or state[0, k, at] + window > as_of:
                return 1
            at = state[2, k, at]
    return 0


@kernel
def _take_optional(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    times: NDArray[np.int64],
    masks: NDArray[np.int64],
    barriers: NDArray[np.int64],
    held: Codes,
    required: NDArray[np.int64],
    window: int,
    at: NDArray[np.int64],
    far: Codes,
) -> None:
    """Between the events of two steps, the first event of each optional step in turn; a missing one is passed over."""
    steps = len(required)
    for unit in range(first, last):
        row = unit - first
        bit = steps
        for k in range(far[row]):
            here = at[row, required[k]]
            end = _last_to_look_at(unit, k, offsets, times, barriers, required, window, row, at, far)
            after = required[k + 1] if k + 1 < steps else at.shape[1]
            for step in range(required[k] + 1, after):
                for i in range(here + 1, end + 1):
                    if (masks[i] >> bit) & 1 and (len(held) == 0 or held[i] == held[here]):
                        at[row, step] = i
                        here = i
                        break
                bit += 1


@kernel
def _last_to_look_at(
    unit: int,
    k: int,
    offsets: NDArray[np.int64],
    times: NDArray[np.int64],
    barriers: NDArray[np.int64],
    required: NDArray[np.int64],
    window: int,
    row: int,
    at: NDArray[np.int64],
    far: Codes,
) -> int:
    """The last event at which what may be skipped after step k can be: before the next step, in time, unbroken."""
    goes_on = k + 1 < far[row]
    end: int = at[row, required[k + 1]] - 1 if goes_on else offsets[unit + 1] - 1
    if goes_on:
        return end
    for i in range(at[row, required[k]] + 1, end + 1):
        if window >= 0 and times[i] - times[at[row, required[0]]] > window:
            return i - 1
        if k + 1 < len(required) and (barriers[i] >> (k + 1)) & 1:
            return i
    return end
