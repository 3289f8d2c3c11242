"""What brought the result: how much of it several models give to each channel that was met on the way.

First, last and position-based credit, linear and time decay are rules of thumb; Markov is the removal effect of an
absorbing chain of order one (Anderl, Becker, von Wangenheim & Schumann 2016), solved exactly; Shapley shares a result
among the distinct channels met (Zhao, Mahboobi & Bagheri 2018, the simplified form, which is that equal split). They
disagree: the answer is their range, and none of them shows a cause.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.stats.proportions import Proportion, proportion

MOST_CHANNELS = 200
MOST_TOUCHES = 200  # of one way to the goal; of a longer one the latest count
UNIT = 1 << 20  # credits are whole millionths, so that their sum does not depend on who adds up first
Floats = NDArray[np.float64]
_MS = timedelta(milliseconds=1)


class Model(StrEnum):
    """How credit for a result is shared among the touches before it."""

    FIRST = "first"
    LAST = "last"
    LINEAR = "linear"
    POSITION = "position"
    TIME_DECAY = "time_decay"
    SHAPLEY = "shapley"
    MARKOV = "markov"


ADDED_UP = tuple(model for model in Model if model is not Model.MARKOV)


@dataclass(frozen=True, slots=True)
class AttributionQuery:
    """The question: which channels were met before the goal, within `lookback` of it.

    `channels`: the channel of each event, −1 = none; a touch is the first event of a visit that has a channel, or one
    whose channel differs from the one before. `goal`: place 0 is the result, once a visit; the way to the next one
    begins anew. A way that led nowhere counts once its last touch is older than `lookback`. `half_life`: of time
    decay. POSITION gives `ends` to the first and to the last touch each and shares the rest.
    """

    channels: PlaceRule
    goal: PlaceRule
    lookback: timedelta = timedelta(days=30)
    half_life: timedelta = timedelta(days=7)
    visit_gap: timedelta = timedelta(minutes=30)
    ends: float = 0.4

    def __post_init__(self) -> None:
        if not 1 <= self.channels.count <= MOST_CHANNELS:
            raise InvalidQueryError(
                told(
                    "Results are shared among 1 to {most_channels} channels, got {count}.",
                    most_channels=MOST_CHANNELS,
                    count=self.channels.count,
                )
            )
        if min(self.lookback, self.half_life, self.visit_gap) <= timedelta(0):
            raise InvalidQueryError("Lookback, half-life and the pause between visits must be positive.")
        if not 0 <= self.ends <= 0.5:
            raise InvalidQueryError(
                told("The share of the first and of the last touch lies between 0 and 0.5, got {ends}.", ends=self.ends)
            )


@dataclass(frozen=True, slots=True)
class ChannelCredit:
    """`credit[model]`: results given to the channel; `met`: of all finished ways with it, those that led to the goal.

    `touches`: how often it was met on ways to the goal; `value`: minor units of money by model, or None.
    """

    credit: dict[Model, float]
    met: Proportion
    touches: int
    value: dict[Model, float] | None

    @property
    def least(self) -> float:
        """What the model least kind to the channel gives it."""
        return min(self.credit.values())

    @property
    def most(self) -> float:
        """What the model kindest to the channel gives it."""
        return max(self.credit.values())


@dataclass(frozen=True, slots=True)
class AttributionResult:
    """One entry a channel, in the order of the rule; credits of a model add up to `attributed`.

    `results` in all; `without_touch` have no channel before them; `open_ways` may still lead to the goal.
    """

    channels: tuple[ChannelCredit, ...]
    results: int
    attributed: int
    without_touch: int
    open_ways: int


def attribute(log: EventLog, query: AttributionQuery, engine: Engine = ONE_BY_ONE) -> AttributionResult:
    """Share results among channels, by every model."""
    sums = _Sums(*engine.run(_AttributionFold(query), log))
    results, without_touch, open_ways = sums.totals.tolist()
    attributed = results - without_touch
    worth = int(sums.value[0].sum())
    removed = removal_effects(sums.moves)
    shared: dict[Model, Floats] = {Model.MARKOV: attributed * removed}
    values: dict[Model, Floats] = {Model.MARKOV: worth * removed}
    for number, model in enumerate(ADDED_UP):
        shared[model], values[model] = sums.credit[number] / UNIT, sums.value[number].astype(np.float64)
    return AttributionResult(
        channels=tuple(
            ChannelCredit(
                credit={model: float(shared[model][channel]) for model in Model},
                met=proportion(int(sums.ways[0, channel]), int(sums.ways[:, channel].sum())),
                touches=int(sums.touches[channel]),
                value={model: float(values[model][channel]) for model in Model} if worth else None,
            )
            for channel in range(query.channels.count)
        ),
        results=results,
        attributed=attributed,
        without_touch=without_touch,
        open_ways=open_ways,
    )


def removal_effects(moves: NDArray[np.int64]) -> NDArray[np.float64]:
    """Each channel's share of what is lost when channels are taken away one by one; sums to 1, or all 0.

    `moves[i, j]`, shape (n + 1, n + 2): row 0 is the start, row 1 + c channel c; column c is channel c, column n the
    goal, column n + 1 nowhere. Taking a channel away sends its visitors nowhere.
    """
    channels = moves.shape[1] - 2
    shares = moves / np.maximum(moves.sum(axis=1, keepdims=True), 1)
    whole = _reaching(shares, channels)
    lost = np.array([whole - _reaching(_without(shares, channel), channels) for channel in range(channels)])
    lost = np.maximum(lost, 0.0)
    total = lost.sum()
    found: Floats = lost / total if total > 0 else lost
    return found


def _without(shares: NDArray[np.float64], channel: int) -> NDArray[np.float64]:
    left = shares.copy()
    left[1 + channel] = 0.0
    return left


def _reaching(shares: NDArray[np.float64], channels: int) -> float:
    """The probability of coming from the start to the goal."""
    among = shares[1:, :channels]
    goal = np.linalg.solve(np.eye(channels) - among, shares[1:, channels])
    return float(shares[0, :channels] @ goal + shares[0, channels])


@dataclass(frozen=True, slots=True)
class _Sums:
    """What is added up over units.

    `totals` (3): results, those without a touch, open ways. `credit` (models, n) in parts of UNIT, `value` (models, n)
    in minor units. `moves` as `removal_effects` wants them. `ways` (2, n): ways with the channel that led to the goal,
    and that led nowhere. `touches` (n).
    """

    totals: NDArray[np.int64]
    credit: NDArray[np.int64]
    value: NDArray[np.int64]
    moves: NDArray[np.int64]
    ways: NDArray[np.int64]
    touches: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _AttributionFold:
    """Adds up what _Sums holds."""

    query: AttributionQuery

    @property
    def open_for(self) -> timedelta:
        """A way is open as long as its touches count."""
        return self.query.lookback

    def zero(self) -> Arrays:
        n, models = self.query.channels.count, len(ADDED_UP)
        shapes: tuple[tuple[int, ...], ...] = ((3,), (models, n), (models, n), (n + 1, n + 2), (2, n), (n,))
        return tuple(np.zeros(shape, np.int64) for shape in shapes)

    def on(self, log: EventLog) -> "_AttributionStep":
        channels, goal = self.query.channels.on(log), self.query.goal.on(log)
        amounts = np.zeros(log.size, np.int64) if log.amount is None else np.maximum(log.amount, 0)
        columns = (readable(log.offsets, np.int64), channels.codes, channels.table, goal.codes, goal.table)
        return _AttributionStep(
            self.query, columns, readable(log.time, np.int64), readable(amounts, np.int64), log.as_of
        )

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True)
class _AttributionStep:
    query: AttributionQuery
    columns: tuple[NDArray[np.int64], Codes, Codes, Codes, Codes]
    times: NDArray[np.int64]
    amounts: NDArray[np.int64]
    as_of: int

    def add(self, span: Span, total: Arrays) -> Arrays:
        asked = self.query
        path, when = np.empty(MOST_TOUCHES, dtype=np.int64), np.empty(MOST_TOUCHES, dtype=np.int64)
        weight, seen = np.empty(MOST_TOUCHES, dtype=np.float64), np.full(asked.channels.count, -1, dtype=np.int64)
        terms = (asked.lookback // _MS, asked.visit_gap // _MS, asked.half_life / _MS, asked.ends, self.as_of)
        _follow(
            span.first,
            span.last,
            *self.columns,
            self.times,
            self.amounts,
            *terms,
            UNIT,
            path,
            when,
            weight,
            seen,
            *total,
        )
        return total


@kernel
def _follow(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    goal_codes: Codes,
    goal_table: Codes,
    times: NDArray[np.int64],
    amounts: NDArray[np.int64],
    lookback: int,
    gap: int,
    half_life: float,
    ends: float,
    as_of: int,
    unit_credit: int,
    path: NDArray[np.int64],
    when: NDArray[np.int64],
    weight: NDArray[np.float64],
    seen: NDArray[np.int64],
    totals: NDArray[np.int64],
    credit: NDArray[np.int64],
    value: NDArray[np.int64],
    moves: NDArray[np.int64],
    ways: NDArray[np.int64],
    touches: NDArray[np.int64],
) -> None:
    """`path`, `when`: the touches since the last result; `seen[c]`: the number of the last way that met channel c."""
    way = 0
    for c in range(len(seen)):
        seen[c] = -1
    for unit in range(first, last):
        size = 0
        before = -1
        since = 0
        done = False
        for i in range(offsets[unit], offsets[unit + 1]):
            here = table[codes[i]]
            done = done and times[i] - since <= gap
            if here >= 0:
                if here != before or times[i] - since > gap:
                    size = _remember(path, when, size, here, times[i])
                before = here
            since = times[i]
            if goal_table[goal_codes[i]] == 0 and not done:
                done = True
                start = 0
                while start < size and times[i] - when[start] > lookback:
                    start += 1
                totals[0] += 1
                if start == size:
                    totals[1] += 1
                else:
                    amount = max(amounts[i], 0)
                    _share(
                        path, when, weight, start, size, times[i], amount, half_life, ends, unit_credit, credit, value
                    )
                    _walk(path, start, size, 0, way, seen, moves, ways)
                    for k in range(start, size):
                        touches[path[k]] += 1
                    way += 1
                size = 0
                before = -1
        if size > 0:
            if when[size - 1] + lookback > as_of:
                totals[2] += 1
            else:
                _walk(path, 0, size, 1, way, seen, moves, ways)
                way += 1


@kernel
def _remember(path: NDArray[np.int64], when: NDArray[np.int64], size: int, here: int, time: int) -> int:
    """Add a touch, in place of the oldest where there is no room; says how many there are."""
    if size == len(path):
        for k in range(1, size):
            path[k - 1] = path[k]
            when[k - 1] = when[k]
        size -= 1
    path[size] = here
    when[size] = time
    return size + 1


@kernel
def _walk(
    path: NDArray[np.int64],
    start: int,
    size: int,
    nowhere: int,
    way: int,
    seen: NDArray[np.int64],
    moves: NDArray[np.int64],
    ways: NDArray[np.int64],
) -> None:
    """Count the moves of one way, and its channels once each."""
    before = 0
    for k in range(start, size):
        moves[before, path[k]] += 1
        before = path[k] + 1
        if seen[path[k]] != way:
            seen[path[k]] = way
            ways[nowhere, path[k]] += 1
    moves[before, len(seen) + nowhere] += 1


@kernel
def _share(
    path: NDArray[np.int64],
    when: NDArray[np.int64],
    weight: NDArray[np.float64],
    start: int,
    size: int,
    time: int,
    amount: int,
    half_life: float,
    ends: float,
    unit_credit: int,
    credit: NDArray[np.int64],
    value: NDArray[np.int64],
) -> None:
    """Give one result to its touches by each model; what rounding leaves goes to the last touch."""
    for model in range(len(credit)):
        total = 0.0
        for k in range(start, size):
            weight[k] = _weight(model, path, start, size, k, (time - when[k]) / half_life, ends)
            total += weight[k]
        left, left_value = unit_credit, amount
        for k in range(start, size - 1):
            part, money = int(unit_credit * weight[k] / total), int(amount * (weight[k] / total))
            credit[model, path[k]] += part
            value[model, path[k]] += money
            left -= part
            left_value -= money
        credit[model, path[size - 1]] += left
        value[model, path[size - 1]] += left_value


@kernel
def _weight(model: int, path: NDArray[np.int64], start: int, size: int, k: int, halves: float, ends: float) -> float:
    """What touch k weighs by a model, numbered as ADDED_UP is; `halves`: half-lives before the result."""
    if model == 0:
        return 1.0 if k == start else 0.0
    if model == 1:
        return 1.0 if k == size - 1 else 0.0
    if model == 3 and size - start > 2:
        return ends if k in (start, size - 1) else (1 - 2 * ends) / (size - start - 2)
    if model == 4:
        return float(2.0**-halves)
    if model == 5:
        for earlier in range(start, k):
            if path[earlier] == path[k]:
                return 0.0
    return 1.0
