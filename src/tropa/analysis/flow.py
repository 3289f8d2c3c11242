"""Along the path: who goes on from each place, how long it takes, where the lost go, and who comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.extent import extent_of
from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.events.quantiles import Durations, exact_quantiles
from tropa.events.staged import StagedLog
from tropa.stats.durations import Timing, timing_shares
from tropa.stats.proportions import Proportion, proportion

MOST_PLACES = 2_000
WINDOW_HOLDS = 0.95
WINDOWS = tuple(
    timedelta(minutes=minutes) for minutes in (60, 1440, *(1440 * days for days in (3, 7, 14, 30, 60, 90, 180, 365)))
)
MOST_OF_TIME = 0.8


@dataclass(frozen=True, slots=True)
class FlowQuery:
    """The question: a walk over places that stand in the path's order, a higher one later.

    `windows` says how long going on may take, one entry a place; None = as long as it takes 95 % of those who do,
    rounded up to a round figure; a third of the data's time where that would take up nearly all of it. `repeats`:
    meeting the same place twice in a row is coming back.
    """

    places: PlaceRule
    windows: tuple[timedelta, ...] | None = None
    repeats: bool = False

    def __post_init__(self) -> None:
        if self.places.count > MOST_PLACES:
            raise InvalidQueryError(
                told(
                    "A path of {places} places is too long to follow; {most_places} is the most.",
                    places=self.places.count,
                    most_places=MOST_PLACES,
                ),
                "Put events together into touchpoints.",
            )
        if self.windows is not None and len(self.windows) != self.places.count:
            raise InvalidQueryError(
                told(
                    "There are {count} windows for {places} places.", count=len(self.windows), places=self.places.count
                )
            )


@dataclass(frozen=True, slots=True)
class Going:
    """How many units: to a place, or nowhere (None)."""

    to: int | None
    persons: int


@dataclass(frozen=True, slots=True)
class Return:
    """Units that came back, and how often: to the same place (`to` None) or from here to an earlier one."""

    to: int | None
    persons: int
    events: int


@dataclass(frozen=True, slots=True)
class PlaceFlow:
    """What happened at one place.

    `went_on`: of all units that were here, those that came to a later place within `window` of being here (any_start:
    of some event here); None at the last place. `censored` had not and still may; `lost` had not and will not.
    `went_to`, `lost_to`, `returns` come largest first. `to_next` times from a unit's first event here to its first at a
    later place, whatever the window; None where nobody went on.
    """

    persons: int
    events: int
    went_on: Proportion | None
    window: timedelta | None
    censored: int
    lost: int
    went_to: tuple[Going, ...]
    lost_to: tuple[Going, ...]
    returns: tuple[Return, ...]
    to_next: Timing | None


def stage_flow(staged: StagedLog, engine: Engine = ONE_BY_ONE) -> tuple[PlaceFlow, ...]:
    """The flow over stages, one entry a stage."""
    return flow(staged.log, FlowQuery(staged.at_stages), engine)


def touchpoint_flow(staged: StagedLog, engine: Engine = ONE_BY_ONE) -> tuple[PlaceFlow, ...]:
    """The flow over touchpoints, numbered from the top of the first stage down; one entry a touchpoint."""
    return flow(staged.log, FlowQuery(staged.at_touchpoints, repeats=True), engine)


def flow(log: EventLog, query: FlowQuery, engine: Engine = ONE_BY_ONE) -> tuple[PlaceFlow, ...]:
    """Follow every unit over the places; one entry a place."""
    places = query.places.count
    if places == 0:
        return ()
    source = _TimesToNext(query.places)
    found = exact_quantiles(log, source, rows=places, shares=lambda n: (*timing_shares(n), WINDOW_HOLDS), engine=engine)
    windows = query.windows or _suggested_windows(log, found.values[:, 4], engine)
    counts = _Counts(*engine.run(_FlowFold(query.places, windows, repeats=query.repeats), log))
    timings = [_timing(int(n), row) for n, row in zip(found.counts, found.values / 1000, strict=True)]
    return tuple(_place(number, counts, windows[number], timings[number]) for number in range(places))


def _timing(count: int, seconds: NDArray[np.float64]) -> Timing | None:
    return Timing(count, *(float(one) for one in seconds[:4])) if count else None


def _suggested_windows(log: EventLog, wanted_ms: NDArray[np.float64], engine: Engine) -> tuple[timedelta, ...]:
    """The shortest round windows that hold; where nobody went on, the longest that the others have."""
    span = timedelta(milliseconds=max(log.as_of - extent_of(log, engine).first, 0))
    found = [None if np.isnan(ms) else _rounded_up(timedelta(milliseconds=ms), span) for ms in wanted_ms.tolist()]
    spare = max((window for window in found if window), default=_longest_within(span / 3))
    return tuple(window or spare for window in found)


def _rounded_up(wanted: timedelta, span: timedelta) -> timedelta:
    """The shortest round window that holds, if the first of all can show how they fare; else a third of the time."""
    holding = next((one for one in WINDOWS if one >= wanted), None)
    return holding if holding is not None and holding <= MOST_OF_TIME * span else _longest_within(span / 3)


def _longest_within(span: timedelta) -> timedelta:
    return max((one for one in WINDOWS if one <= span), default=WINDOWS[0])


@dataclass(frozen=True, slots=True)
class _Columns:
    offsets: NDArray[np.int64]
    codes: Codes
    table: Codes
    times: NDArray[np.int64]

    @classmethod
    def of(cls, log: EventLog, rule: PlaceRule) -> "_Columns":
        places = rule.on(log)
        return cls(readable(log.offsets, np.int64), places.codes, places.table, readable(log.time, np.int64))


@dataclass(frozen=True, slots=True)
class _Counts:
    """Sums over units, shapes (places,) or (places, places); `lost_to` has one column more, for nowhere."""

    persons: NDArray[np.int64]
    events: NDArray[np.int64]
    went_to: NDArray[np.int64]
    censored: NDArray[np.int64]
    lost_to: NDArray[np.int64]
    back_persons: NDArray[np.int64]
    back_events: NDArray[np.int64]


def _place(number: int, counts: _Counts, window: timedelta, to_next: Timing | None) -> PlaceFlow:
    persons, places = int(counts.persons[number]), len(counts.persons)
    is_last = number == places - 1
    lost_to = () if is_last else _going(counts.lost_to[number], places)
    return PlaceFlow(
        persons=persons,
        events=int(counts.events[number]),
        went_on=None if is_last else proportion(int(counts.went_to[number].sum()), persons),
        window=None if is_last else window,
        censored=0 if is_last else int(counts.censored[number]),
        lost=sum(one.persons for one in lost_to),
        went_to=_going(counts.went_to[number], places),
        lost_to=lost_to,
        returns=_returns(number, counts),
        to_next=to_next,
    )


def _going(persons: NDArray[np.int64], places: int) -> tuple[Going, ...]:
    """Largest first; the entry past the last place is nowhere."""
    order = np.argsort(-persons, kind="stable").tolist()
    return tuple(Going(to if to < places else None, int(persons[to])) for to in order if persons[to])


def _returns(number: int, counts: _Counts) -> tuple[Return, ...]:
    persons, events = counts.back_persons[number], counts.back_events[number]
    order = np.argsort(-persons, kind="stable").tolist()
    return tuple(Return(None if to == number else to, int(persons[to]), int(events[to])) for to in order if persons[to])


@dataclass(frozen=True, slots=True)
class _TimesToNext:
    """From a unit's first event at a place to its first at a later one; row = place."""

    places: PlaceRule

    @property
    def open_for(self) -> timedelta:
        """Times that have passed stay what they are."""
        return timedelta(0)

    def on(self, log: EventLog) -> "_ToNextReader":
        return _ToNextReader(_Columns.of(log, self.places), self.places.count)


@dataclass(frozen=True, slots=True)
class _ToNextReader:
    columns: _Columns
    places: int

    def durations(self, span: Span) -> Durations:
        c = self.columns
        room = int(c.offsets[span.last] - c.offsets[span.first])
        rows, values = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int64)
        since = np.empty(self.places, dtype=np.int64)
        waiting = np.empty(self.places, dtype=np.int32)
        met = np.full(self.places, -1, dtype=np.int32)
        columns = (c.offsets, c.codes, c.table, c.times)
        size = _list_times_to_next(span.first, span.last, *columns, since, waiting, met, rows, values)
        return Durations(rows[:size], values[:size])


@dataclass(frozen=True, slots=True)
class _FlowFold:
    """Adds up what _Counts holds."""

    places: PlaceRule
    windows: Sequence[timedelta]
    repeats: bool

    @property
    def open_for(self) -> timedelta | None:
        """Until every window has closed."""
        return max(self.windows, default=timedelta(0))

    def zero(self) -> Arrays:
        n = self.places.count
        shapes = ((n,), (n,), (n, n), (n,), (n, n + 1), (n, n), (n, n))
        return tuple(np.zeros(shape, np.int64) for shape in shapes)

    def on(self, log: EventLog) -> "_FlowStep":
        windows = np.array([one // timedelta(milliseconds=1) for one in self.windows])
        return _FlowStep(_Columns.of(log, self.places), readable(windows, np.int64), log.as_of, int(self.repeats))

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True)
class _FlowStep:
    columns: _Columns
    windows: NDArray[np.int64]
    as_of: int
    repeats: int

    def add(self, span: Span, total: Arrays) -> Arrays:
        c, places = self.columns, len(self.windows)
        visit = np.full((4, places), -1, dtype=np.int64)
        back_seen = np.full((places, places), -1, dtype=np.int32)
        data = (c.offsets, c.codes, c.table, c.times, self.windows, self.as_of, self.repeats)
        _walk(span.first, span.last, *data, visit, back_seen, *total)
        return total


@kernel
def _list_times_to_next(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    times: NDArray[np.int64],
    since: NDArray[np.int64],
    waiting: Codes,
    met: Codes,
    rows: Codes,
    values: NDArray[np.int64],
) -> int:
    """`waiting` lists the places met and not yet left for a later one; `met[place]` is the last unit that met it."""
    size = 0
    for unit in range(first, last):
        count = 0
        for i in range(offsets[unit], offsets[unit + 1]):
            here = table[codes[i]]
            if here < 0:
                continue
            kept = 0
            for w in range(count):
                place = waiting[w]
                if place < here:
                    rows[size] = place
                    values[size] = times[i] - since[place]
                    size += 1
                else:
                    waiting[kept] = place
                    kept += 1
            count = kept
            if met[here] != unit:
                met[here] = unit
                since[here] = times[i]
                waiting[count] = here
                count += 1
    return size


@kernel
def _walk(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    times: NDArray[np.int64],
    windows: NDArray[np.int64],
    as_of: int,
    repeats: int,
    visit: NDArray[np.int64],
    back_seen: Codes,
    persons: NDArray[np.int64],
    events: NDArray[np.int64],
    went_to: NDArray[np.int64],
    censored: NDArray[np.int64],
    lost_to: NDArray[np.int64],
    back_persons: NDArray[np.int64],
    back_events: NDArray[np.int64],
) -> None:
    """Rows of `visit`, by place: last unit that met it; its last time there; first later place; where it left to."""
    nowhere = len(windows)
    for unit in range(first, last):
        before = -1
        for i in range(offsets[unit], offsets[unit + 1]):
            here = table[codes[i]]
            if here < 0:
                continue
            events[here] += 1
            _go_on(unit, here, times[i], windows, visit)
            if visit[0, here] != unit:
                visit[0, here] = unit
                visit[2, here] = -1
                persons[here] += 1
            elif here != before or repeats > 0:
                _come_back(unit, here, here, back_seen, back_persons, back_events)
            if 0 <= before != here:
                visit[3, before] = here
                if here < before:
                    _come_back(unit, before, here, back_seen, back_persons, back_events)
            visit[1, here] = times[i]
            visit[3, here] = nowhere
            before = here
        if before >= 0:
            _settle(unit, windows, as_of, visit, went_to, censored, lost_to)


@kernel
def _go_on(unit: int, here: int, time: int, windows: NDArray[np.int64], visit: NDArray[np.int64]) -> None:
    """Whoever was at an earlier place lately enough has gone on from it to here."""
    for place in range(here):
        if visit[0, place] == unit and visit[2, place] < 0 and time - visit[1, place] <= windows[place]:
            visit[2, place] = here


@kernel
def _come_back(
    unit: int, place: int, to: int, seen: Codes, persons: NDArray[np.int64], events: NDArray[np.int64]
) -> None:
    events[place, to] += 1
    if seen[place, to] != unit:
        seen[place, to] = unit
        persons[place, to] += 1


@kernel
def _settle(
    unit: int,
    windows: NDArray[np.int64],
    as_of: int,
    visit: NDArray[np.int64],
    went_to: NDArray[np.int64],
    censored: NDArray[np.int64],
    lost_to: NDArray[np.int64],
) -> None:
    """The unit's story is told: at each place it went on, may yet go on, or was lost."""
    for place in range(len(windows)):
        if visit[0, place] != unit:
            continue
        if visit[2, place] >= 0:
            went_to[place, visit[2, place]] += 1
        elif visit[1, place] + windows[place] > as_of:
            censored[place] += 1
        else:
            lost_to[place, visit[3, place]] += 1
