"""What stands around each event, and where along the journey: the raw material of stages."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.events.log import Codes, EventLog

VISIT_GAP_MS = 30 * 60_000
SAMPLE = 400_000
POSITION_BINS = 10
SHARES = 8  # people fall into so many parts, for looks at halves of them
_GOLDEN, _MIXER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True)
class Trail:
    """Events of all units one after the other; equal shapes.

    `unit` and `visit` number whose they are, and the runs without a pause of half an hour.
    """

    code: NDArray[np.int64]
    unit: NDArray[np.int64]
    visit: NDArray[np.int64]
    names: int

    def only(self, ids: NDArray[np.int64]) -> "Trail":
        """The trail of these event names alone, numbered from 0 in the order given."""
        number = np.full(self.names, -1, dtype=np.int64)
        number[ids] = np.arange(len(ids))
        code = number[self.code]
        kept = code >= 0
        return Trail(code[kept], self.unit[kept], self.visit[kept], len(ids))

    def without_repeats(self) -> "Trail":
        """The trail with an event that a unit repeats in a row counted once."""
        keep = np.ones(len(self.code), dtype=bool)
        keep[1:] = (self.code[1:] != self.code[:-1]) | (self.unit[1:] != self.unit[:-1])
        return Trail(self.code[keep], self.unit[keep], self.visit[keep], self.names)

    def first_entries(self) -> "Trail":
        """The trail with each unit's first event of each name alone."""
        _, first = np.unique(self.unit * self.names + self.code, return_index=True)
        first.sort()
        return Trail(self.code[first], self.unit[first], self.visit[first], self.names)

    def of_first_units(self, units: int) -> "Trail":
        """The trail of so many units alone: those with the smallest numbers, which say nothing of them."""
        kept = self.unit < units
        return Trail(self.code[kept], self.unit[kept], self.visit[kept], self.names)

    def by_visit(self) -> "Trail":
        """The trail with each visit taken for a unit of its own."""
        return Trail(self.code, self.visit, self.visit, self.names)


def trail_of(log: EventLog) -> Trail:
    """The log's trail; of every so-manyth unit where the log has more than 400,000 events.

    Names are numbered by the alphabet and units by what happened to them, so that neither the order of people nor the
    order in which names came up says anything.
    """
    alphabet = np.argsort(np.argsort(np.array(log.event.values, dtype=object), kind="stable"), kind="stable")
    code = alphabet[log.event.codes] if len(alphabet) else log.event.codes.astype(np.int64)
    unit = _by_content(log, code)
    every = max(1, -(-log.size // SAMPLE))
    chosen = unit % every == 0
    unit, time, code = unit[chosen] // every, log.time[chosen], code[chosen].astype(np.int64)
    fresh = np.ones(len(code), dtype=bool)
    fresh[1:] = (unit[1:] != unit[:-1]) | (np.diff(time) > VISIT_GAP_MS)
    return Trail(code, unit, np.cumsum(fresh), len(log.event.values))


def _by_content(log: EventLog, code: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each event the place of its unit among all units, in the order of fingerprints of what happened to them."""
    if not log.size:
        return np.zeros(0, dtype=np.int64)
    mixed = (code.astype(np.uint64) + np.uint64(1)) * _GOLDEN ^ log.time.astype(np.uint64)
    mixed = (mixed ^ mixed >> np.uint64(29)) * _MIXER
    mixed = (mixed ^ mixed >> np.uint64(32)) * _GOLDEN
    met = np.diff(log.offsets) > 0
    prints = np.add.reduceat(mixed, log.offsets[:-1][met])
    place = np.empty(len(prints), dtype=np.int64)
    place[np.argsort(prints, kind="stable")] = np.arange(len(prints))
    return np.repeat(place, np.diff(log.offsets)[met])


def visits_repeat(trail: Trail) -> bool:
    """Later visits mostly meet what earlier ones met: people start over, as on a site, rather than go on."""
    if not len(trail.code):
        return False
    key = trail.unit * trail.names + trail.code
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    met_before = trail.visit[first][place] < trail.visit
    starts = np.flatnonzero(np.concatenate([[True], trail.unit[1:] != trail.unit[:-1]]))
    first_visit = np.repeat(trail.visit[starts], np.diff(np.append(starts, len(trail.unit))))
    later = trail.visit != first_visit
    visits = len(np.unique(trail.visit))
    return bool(later.mean() > 0.2 and met_before[later].mean() > 0.5 and len(trail.code) >= 3 * visits)


def followers(trail: Trail, *, distance: int, across_visits: float) -> NDArray[np.float64]:
    """How often b comes `distance` events after a, in each eighth of the people; between visits it weighs less.

    Shape (SHARES, names, names).
    """
    trail = trail.without_repeats()
    names = trail.names
    before, after = slice(None, -distance), slice(distance, None)
    same = trail.unit[before] == trail.unit[after]
    weight = np.where(trail.visit[before] == trail.visit[after], 1.0, across_visits)[same]
    cell = (trail.unit[before][same] % SHARES * names + trail.code[before][same]) * names + trail.code[after][same]
    counts = np.bincount(cell, weights=weight, minlength=SHARES * names * names).astype(np.float64)
    return counts.reshape(SHARES, names, names)


def neighbours_in(trail: Trail, group: Codes, groups: int, *, reach: int, across_visits: float) -> NDArray[np.float64]:
    """How often each event has events of each group within reach, either side; shape (names, groups).

    `group` says in which group an event name is, −1 in none.
    """
    trail = trail.without_repeats()
    total = np.zeros(trail.names * groups)
    of_event = group[trail.code]
    for distance in range(1, min(reach, len(trail.code) - 1) + 1):
        before, after = slice(None, -distance), slice(distance, None)
        same = (trail.unit[before] == trail.unit[after]) & (trail.code[before] != trail.code[after])
        weight = np.where(trail.visit[before] == trail.visit[after], 1.0, across_visits) / distance
        for here, there in ((before, after), (after, before)):
            use = same & (of_event[there] >= 0)
            pair = trail.code[here][use] * groups + of_event[there][use]
            total += np.bincount(pair, weights=weight[use], minlength=trail.names * groups)
    return total.reshape(trail.names, groups)


def positions(trail: Trail, journey: NDArray[np.int64]) -> NDArray[np.float64]:
    """Where in its journeys each event stands, in each eighth of the people: counts in ten equal parts.

    Shape (SHARES, names, 10).

    `journey` numbers the journey of each event (unit or visit); journeys of a single event say nothing.
    """
    edges = np.flatnonzero(np.concatenate([[True], journey[1:] != journey[:-1]])) if len(journey) else np.zeros(0, int)
    lengths = np.diff(np.append(edges, len(journey)))
    length = np.repeat(lengths, lengths)
    place = (np.arange(len(journey)) - np.repeat(edges, lengths) + 0.5) / np.maximum(length, 1)
    long = length > 1
    of_share = trail.unit[long] % SHARES * trail.names + trail.code[long]
    cell = of_share * POSITION_BINS + (place[long] * POSITION_BINS).astype(np.int64)
    counts = np.bincount(cell, minlength=SHARES * trail.names * POSITION_BINS)
    return counts.reshape(SHARES, trail.names, POSITION_BINS).astype(np.float64)


def edges(trail: Trail, journey: NDArray[np.int64]) -> NDArray[np.float64]:
    """How often each event opens and closes a journey, and how often it occurs, in each eighth of the people.

    Shape (3, SHARES, names).
    """
    fresh = np.concatenate([[True], journey[1:] != journey[:-1]]) if len(journey) else np.zeros(0, dtype=bool)
    last = np.concatenate([fresh[1:], [True]]) if len(journey) else fresh
    cell = trail.unit % SHARES * trail.names + trail.code
    least = SHARES * trail.names
    counts = [np.bincount(cell[which], minlength=least) for which in (fresh, last, np.ones(len(cell), dtype=bool))]
    return np.array(counts, dtype=np.float64).reshape(3, SHARES, trail.names)


def persons_of(trail: Trail) -> NDArray[np.int64]:
    """How many units met each event; shape (names,)."""
    return np.bincount(np.unique(trail.unit * trail.names + trail.code) % trail.names, minlength=trail.names)


def entered_before(trail: Trail, group: Codes, groups: int) -> NDArray[np.int64]:
    """How many units came to group a before group b, by first entries; shape (groups, groups).

    `group` says in which group an event name is, −1 in none.
    """
    of_event = group[trail.code]
    inside = of_event >= 0
    key = trail.unit[inside] * groups + of_event[inside]
    _, first = np.unique(key, return_index=True)
    first.sort()
    key = key[first]
    table = np.zeros(groups * groups, dtype=np.int64)
    for distance in range(1, groups):
        before, after = key[:-distance], key[distance:]
        same = before // groups == after // groups
        pair = (before[same] % groups) * groups + after[same] % groups
        table += np.bincount(pair, minlength=groups * groups)
    return table.reshape(groups, groups)
