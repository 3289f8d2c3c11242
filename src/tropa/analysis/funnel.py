"""Who goes through steps in order within a window: the funnel, with named semantics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.domain.project import Semantics
from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added, readable
from tropa.events.groups import EVERYBODY, GroupRule
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import EventNames, PlaceRule
from tropa.stats.proportions import Proportion, proportion

MOST_STEPS = 62
NEVER = np.iinfo(np.int64).min
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: being at any of these places (at the rule's first place unless told)."""

    name: str
    rule: PlaceRule
    places: frozenset[int] = frozenset({0})


def step_of(name: str, *events: str) -> Step:
    """The step that any of these events is."""
    return Step(name, EventNames((events,)))


@dataclass(frozen=True, slots=True)
class FunnelQuery:
    """The question: which steps, and how long a unit has from its first step to the last; no window = for ever."""

    steps: tuple[Step, ...]
    window: timedelta | None = None
    semantics: Semantics = Semantics.ANY_START

    def __post_init__(self) -> None:
        if not 2 <= len(self.steps) <= MOST_STEPS:
            raise InvalidQueryError(
                told("A funnel has 2 to {most_steps} steps, got {count}.", most_steps=MOST_STEPS, count=len(self.steps))
            )
        if self.window is not None and self.window < timedelta(0):
            raise InvalidQueryError(told("A funnel's window cannot be negative, got {window}.", window=self.window))
        if self.window is not None and self.semantics is Semantics.UNWINDOWED:
            raise InvalidQueryError("An unwindowed funnel has no window.", "Leave it out, or count from any start.")

    @property
    def window_ms(self) -> int:
        """The window in ms, −1 for none."""
        return -1 if self.window is None else self.window // _MS


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """How many reached a step.

    `conversion` is of those at the first step, `from_previous` of those at the step before. `censored`: got here, not
    further, and their window is still open; `lost`: got here, not further, and it has closed.
    """

    name: str
    persons: int
    conversion: Proportion
    from_previous: Proportion
    censored: int
    lost: int


@dataclass(frozen=True, slots=True)
class FunnelResult:
    """The answer; `persons` of a step counts every unit that reached it, open ones too."""

    semantics: Semantics
    window_seconds: int | None
    steps: tuple[FunnelStep, ...]


def steps_named(
    log: EventLog, steps: Mapping[str, tuple[str, ...]] | Sequence[tuple[str, tuple[str, ...]]]
) -> tuple[Step, ...]:
    """Steps from (step name, event names); a name that the log never has is an error.

    As a mapping, or as pairs where a step comes twice.
    """
    pairs = tuple(steps.items()) if isinstance(steps, Mapping) else steps
    known = set(log.event.values)
    if missing := [event for _, events in pairs for event in events if event not in known]:
        raise InvalidQueryError(
            told("There is no event “{missing}” in the data.", missing=missing[0]),
            told("There are: {names}.", names=log.event.values[:20]),
        )
    return tuple(step_of(name, *events) for name, events in pairs)


def run_funnel(log: EventLog, query: FunnelQuery, engine: Engine = ONE_BY_ONE) -> FunnelResult:
    """Count a funnel over all units.

    `any_start`: the longest prefix over all starts, all of it within the window of that start (ClickHouse's
    `windowFunnel`, where no unit has equal times and steps share no event). `first_touch`: only from the first start.
    `unwindowed`: from the first start, in order. One event fills at most one step; the window's end belongs to it.
    """
    return run_funnel_by(log, query, EVERYBODY, engine)[0]


def run_funnel_by(
    log: EventLog, query: FunnelQuery, groups: GroupRule, engine: Engine = ONE_BY_ONE
) -> tuple[FunnelResult, ...]:
    """The same funnel in each group, in one pass."""
    reached, open_still = engine.run(_FunnelFold(query, groups), log)
    return tuple(_finish(query, reached[group], open_still[group]) for group in range(groups.count))


def _finish(query: FunnelQuery, reached: NDArray[np.int64], open_still: NDArray[np.int64]) -> FunnelResult:
    """`reached[k]` units got exactly k steps far, `open_still[k]` of them may yet go on; shapes (K+1,)."""
    persons = np.cumsum(reached[::-1])[::-1][1:].tolist()
    steps = []
    for number, step in enumerate(query.steps):
        here, before = persons[number], persons[max(number - 1, 0)]
        further = persons[number + 1] if number + 1 < len(persons) else here
        censored = int(open_still[number + 1]) if number + 1 < len(persons) else 0
        steps.append(
            FunnelStep(
                name=step.name,
                persons=here,
                conversion=proportion(here, persons[0]),
                from_previous=proportion(here, before),
                censored=censored,
                lost=here - further - censored,
            )
        )
    seconds = None if query.window is None else query.window // timedelta(seconds=1)
    return FunnelResult(query.semantics, seconds, tuple(steps))


@dataclass(frozen=True, slots=True)
class _FunnelFold:
    """Adds up how far units got: (groups, K+1) counts, all and those with an open window."""

    query: FunnelQuery
    groups: GroupRule

    @property
    def open_for(self) -> timedelta | None:
        """Until the window has closed."""
        return self.query.window or timedelta(0)

    def zero(self) -> Arrays:
        shape = (self.groups.count, len(self.query.steps) + 1)
        return np.zeros(shape, np.int64), np.zeros(shape, np.int64)

    def on(self, log: EventLog) -> "_FunnelStep":
        codes, masks = _step_masks(self.query.steps, log)
        columns = (readable(log.offsets, np.int64), codes, readable(log.time, np.int64))
        return _FunnelStep(self.query, columns, masks, self.groups.on(log), log.as_of)

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True, eq=False)
class _FunnelStep:
    query: FunnelQuery
    columns: tuple[NDArray[np.int64], Codes, NDArray[np.int64]]
    masks: NDArray[np.int64]
    groups: Codes
    as_of: int

    def add(self, span: Span, total: Arrays) -> Arrays:
        walk = _any_start if self.query.semantics is Semantics.ANY_START else _first_start
        starts = np.full(len(self.query.steps), NEVER, dtype=np.int64)
        window = (self.query.window_ms, self.as_of)
        walk(span.first, span.last, *self.columns, self.masks, *window, self.groups, starts, *total)
        return total


def _step_masks(steps: tuple[Step, ...], log: EventLog) -> tuple[Codes, NDArray[np.int64]]:
    """A code an event, and for each code the steps that it can fill, one bit a step."""
    found = [(step.rule.on(log), number) for number, step in enumerate(steps)]
    bits = [_bit(places.table, steps[number].places, number) for places, number in found]
    if all(np.shares_memory(places.codes, found[0][0].codes) for places, _ in found):
        return found[0][0].codes, readable(np.bitwise_or.reduce(bits), np.int64)
    masks = np.zeros(log.size, dtype=np.int64)
    for (places, _), bit in zip(found, bits, strict=True):
        masks |= bit[places.codes]
    return readable(np.arange(log.size), np.int32), readable(masks, np.int64)


def _bit(table: Codes, places: frozenset[int], number: int) -> NDArray[np.int64]:
    return np.isin(table, sorted(places)).astype(np.int64) << number


@kernel
def _any_start(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    times: NDArray[np.int64],
    masks: NDArray[np.int64],
    window: int,
    as_of: int,
    groups: Codes,
    starts: NDArray[np.int64],
    reached: NDArray[np.int64],
    open_still: NDArray[np.int64],
) -> None:
    """`starts[k]`: the latest start of a chain through step k; a later start can only fit better."""
    steps = len(starts)
    for unit in range(first, last):
        group = groups[unit]
        if group < 0:
            continue
        best = 0
        for i in range(offsets[unit], offsets[unit + 1]):
            mask = masks[codes[i]]
            if mask == 0:
                continue
            for k in range(min(best, steps - 1), 0, -1):  # downwards, so that one event fills one step
                if (mask >> k) & 1 and (window < 0 or times[i] - starts[k - 1] <= window):
                    if k >= best:
                        best = k + 1
                        starts[k] = starts[k - 1]
                    elif starts[k - 1] > starts[k]:
                        starts[k] = starts[k - 1]
            if mask & 1:
                starts[0] = times[i]
                if best == 0:
                    best = 1
        reached[group, best] += 1
        if 0 < best < steps and window >= 0 and starts[0] + window > as_of:
            open_still[group, best] += 1


@kernel
def _first_start(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    times: NDArray[np.int64],
    masks: NDArray[np.int64],
    window: int,
    as_of: int,
    groups: Codes,
    starts: NDArray[np.int64],
    reached: NDArray[np.int64],
    open_still: NDArray[np.int64],
) -> None:
    steps = len(starts)
    for unit in range(first, last):
        group = groups[unit]
        if group < 0:
            continue
        best = 0
        start = 0
        for i in range(offsets[unit], offsets[unit + 1]):
            if best == 0:
                if masks[codes[i]] & 1:
                    start = times[i]
                    best = 1
            elif window >= 0 and times[i] - start > window:
                break
            elif (masks[codes[i]] >> best) & 1:
                best += 1
                if best == steps:
                    break
        reached[group, best] += 1
        if 0 < best < steps and window >= 0 and start + window > as_of:
            open_still[group, best] += 1
