"""Which events make a stage together, and in which order the stages come.

Events that stand near one another more often than chance, and at the same part of the journey, belong together: Ward
grouping of neighbourhood lifts and position profiles (compare Bernard & Andritsos 2017). Where visits start over, a
neighbour in another visit weighs less. Events that occur anywhere (search, support, errors) take no part in grouping.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tropa.events.context import (
    POSITION_BINS,
    Trail,
    entered_before,
    followers,
    neighbours_in,
    persons_of,
    positions,
    trail_of,
    visits_repeat,
)
from tropa.events.log import Codes, EventLog
from tropa.stats.clustering import Features, Weights, silhouette, standardised, ward

FEWEST, MOST = 4, 8
OWN_STAGE_UP_TO = 5  # so few event names are stages themselves
ONCE = 1.2  # events a person and name: names that people meet about once are statuses, which are stages themselves
GROUPED_NAMES = 300  # the most common event names; rarer ones join them afterwards
REACH = 2
ACROSS_VISITS = 0.3
LIFT_PRIOR = 5.0  # neighbours that are added to seen and expected ones, so that rare events claim little
FLAT, AMBIENT = 0.25, 0.12  # share of the usual event's distance from “anywhere”
MOST_UNASSIGNED = 0.04
ORDER_AGREES = 0.8
EXPECTED, OF_NAMES = 5.5, 0.75  # so many stages, of few names so great a part
TOO_BIG, UNEXPECTED = 0.4, 0.03


@dataclass(frozen=True, slots=True)
class DiscoveredStages:
    """Groups of event codes in the path's order; within a group, too, from early to late.

    `unassigned` occur anywhere along the path. `agreement`: share of people's first entries into two stages that come
    in this order. `cohesion`: silhouette of the grouping, −1…1.
    """

    groups: tuple[tuple[int, ...], ...]
    unassigned: tuple[int, ...]
    agreement: float
    cohesion: float


def discover_stages(log: EventLog, *, max_stages: int = MOST) -> DiscoveredStages:
    """Find stages in a log: four to eight, fewer where there are few event names. Deterministic."""
    trail = trail_of(log)
    counts = np.bincount(log.event.codes, minlength=len(log.event.values))
    known = np.flatnonzero(counts)
    if len(known) == 0:
        return DiscoveredStages((), (), 1.0, 0.0)
    neighbourhood = _Neighbourhood(trail)
    if len(known) <= min(MOST if _are_statuses(neighbourhood) else OWN_STAGE_UP_TO, max_stages):
        labels = np.full(len(counts), -1, dtype=np.int32)
        labels[known] = np.arange(len(known))
        found = _Grouping(labels, 0.0, _NOBODY, _NOBODY)
    else:
        found = _grouped(neighbourhood, counts, max_stages)
    labels, agreement = _in_order(_Entries.of(neighbourhood), found, fewest=min(FEWEST, max_stages, len(known)))
    middle = _middles(positions(trail, trail.visit if neighbourhood.starts_over else trail.unit))
    groups = tuple(
        tuple(sorted(np.flatnonzero(labels == group).tolist(), key=lambda code: (middle[code], code)))
        for group in range(int(labels.max()) + 1)
    )
    return DiscoveredStages(groups, tuple(found.left_out.tolist()), agreement, found.cohesion)


class _Neighbourhood:
    """The trail, and how much a neighbour in another visit counts."""

    def __init__(self, trail: Trail) -> None:
        self.trail = trail
        self.starts_over = visits_repeat(trail)
        self.across = ACROSS_VISITS if self.starts_over else 1.0
        self.persons = persons_of(trail)


def _are_statuses(near: _Neighbourhood) -> bool:
    """People meet each name about once, as a deal meets its statuses."""
    return len(near.trail.code) < ONCE * int(near.persons.sum())


@dataclass(frozen=True, slots=True)
class _Grouping:
    """A label a name (−1 for those left out), how well the groups hold, and which names `joined` afterwards."""

    labels: Codes
    cohesion: float
    left_out: NDArray[np.int64]
    joined: NDArray[np.int64]


_NOBODY = np.zeros(0, dtype=np.int64)


def _grouped(near: _Neighbourhood, counts: NDArray[np.int64], max_stages: int) -> _Grouping:
    common = np.zeros(len(counts), dtype=bool)
    common[np.argsort(-counts, kind="stable")[:GROUPED_NAMES]] = True
    common &= counts > 0
    distance = _distance_from_anywhere(near, common)
    typical = float(np.median(distance[common & (counts >= 10)])) if (common & (counts >= 10)).any() else 0.0
    core = common & (counts >= 10) & (distance >= FLAT * typical)
    if core.sum() < FEWEST:
        core = common
    ids = np.flatnonzero(core)
    weights = np.sqrt(np.sqrt(near.persons[ids].astype(np.float64)))
    features = _features(near, ids, weights)
    labels, cohesion = _best_grouping(features, weights, counts[ids], max_stages)
    stage = np.full(len(counts), -1, dtype=np.int32)
    stage[ids] = labels
    anywhere = common & ~core & (counts >= 50) & (distance < AMBIENT * typical)
    left_out = _at_most(anywhere, counts)
    joined = np.flatnonzero(common & ~core)
    joined = joined[np.argsort(-near.persons[joined], kind="stable")]
    return _Grouping(_with_others(near, stage, counts, left_out), cohesion, left_out, np.setdiff1d(joined, left_out))


def _at_most(anywhere: NDArray[np.bool_], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rarest of the names that occur anywhere, so many as may be left out."""
    found = np.flatnonzero(anywhere)
    found = found[np.argsort(counts[found], kind="stable")]
    return np.sort(found[np.cumsum(counts[found]) <= MOST_UNASSIGNED * counts.sum()])


def _distance_from_anywhere(near: _Neighbourhood, common: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How far each name's neighbours differ from all events: Kullback-Leibler, less what chance alone gives."""
    ids = np.flatnonzero(common)
    table = followers(near.trail.only(ids), reach=REACH, across_visits=near.across)
    distance = np.zeros(len(common))
    distance[ids] = _divergence(table) + _divergence(table.T)
    return distance


def _divergence(table: NDArray[np.float64]) -> NDArray[np.float64]:
    seen = table.sum(axis=1)
    usual = table.sum(axis=0) / max(table.sum(), 1e-9)
    share = table / np.maximum(seen[:, None], 1e-9)
    with np.errstate(divide="ignore", invalid="ignore"):
        gain = np.where(share > 0, share * np.log(share / usual), 0.0).sum(axis=1)
    return np.asarray(np.maximum(gain - (len(table) - 1) / (2 * np.maximum(seen, 1)), 0.0))


def _features(near: _Neighbourhood, ids: NDArray[np.int64], weights: Weights) -> Features:
    """Neighbourhood lifts, and positions along the whole journey and, where people start over, along a visit."""
    trail = near.trail.only(ids)
    table = followers(trail, reach=REACH, across_visits=near.across)
    blocks = [standardised(_lifts(table + table.T), weights)]
    journeys = [trail.unit, trail.visit] if near.starts_over else [trail.unit]
    for journey in journeys:
        profile = standardised(_position_profile(positions(trail, journey)), weights)
        blocks.append(profile / np.sqrt(len(journeys)))
    return np.hstack(blocks)


def _lifts(table: NDArray[np.float64]) -> Features:
    """Log of seen over expected neighbours, a little more for the common ones.

    An event is its own neighbour as much as its best one, so that two that always go together look alike.
    """
    share = table.sum(axis=0) / max(table.sum(), 1e-9)
    expected = table.sum(axis=1)[:, None] * share
    lift = np.log((table + LIFT_PRIOR) / (expected + LIFT_PRIOR))
    np.fill_diagonal(lift, -np.inf)
    np.fill_diagonal(lift, np.maximum(lift.max(axis=1), 0.0))
    return np.asarray(lift * share**0.25, dtype=np.float64)


def _position_profile(counts: NDArray[np.float64]) -> Features:
    """Cumulative shares over ten parts of the journey; rare events are drawn to the usual profile."""
    usual = counts.sum(axis=0) / max(counts.sum(), 1.0)
    return np.asarray(np.cumsum((counts + 2 * usual) / (counts.sum(axis=1, keepdims=True) + 2), axis=1))


def _middles(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean position of each name, 0…1; the middle where nothing is known."""
    total = counts.sum(axis=1)
    mean = counts @ (np.arange(POSITION_BINS) + 0.5) / POSITION_BINS
    return np.asarray(np.where(total > 0, mean / np.maximum(total, 1), 0.5))


def _best_grouping(
    features: Features, weights: Weights, counts: NDArray[np.int64], max_stages: int
) -> tuple[Codes, float]:
    """Of four to eight groups the number that holds together best.

    A stage that has over 40 % of all that happens tells little, and five or six stages are what people expect.
    """
    names = len(features)
    most = max(2, min(max_stages, names - 1))
    fewest = min(FEWEST, most)
    expected = min(EXPECTED, OF_NAMES * names)
    best, best_score, cohesion = np.zeros(names, dtype=np.int32), -np.inf, 0.0
    for labels in ward(features, weights):
        groups = int(labels.max()) + 1
        if not fewest <= groups <= most:
            continue
        held = silhouette(features, weights, labels)
        biggest = np.bincount(labels, weights=counts).max() / max(counts.sum(), 1)
        score = held - max(0.0, biggest - TOO_BIG) - UNEXPECTED * abs(groups - expected)
        if score > best_score:
            best, best_score, cohesion = labels, score, held
    return best, cohesion


def _with_others(near: _Neighbourhood, stage: Codes, counts: NDArray[np.int64], left_out: NDArray[np.int64]) -> Codes:
    """Names that took no part in grouping join the stage that they stand near to more often than others do."""
    groups = int(stage.max()) + 1
    table = neighbours_in(near.trail, stage, groups, reach=REACH, across_visits=near.across)
    share = table.sum(axis=0) / max(table.sum(), 1e-9)
    expected = table.sum(axis=1, keepdims=True) * share
    nearest = np.argmax(np.log((table + 3) / (expected + 3)), axis=1)
    joined = np.where(stage >= 0, stage, nearest).astype(np.int32)
    joined[left_out] = -1
    joined[counts == 0] = -1
    return joined


def _in_order(entries: "_Entries", found: _Grouping, *, fewest: int) -> tuple[Codes, float]:
    """Stages numbered so that most first entries agree.

    Where too few do, names that occur anywhere move to the stage where they disturb least; where that is not enough,
    neighbouring stages that people enter in either order become one.
    """
    path = _Path.of(entries, found.labels)
    if path.agreement < ORDER_AGREES:
        for name in found.joined.tolist():
            path = max((path, *path.with_name_elsewhere(entries, name)), key=lambda one: one.agreement)
    while path.agreement < ORDER_AGREES and len(path.before) > max(2, fewest):
        path = path.with_likest_joined(entries)
    return path.labels, path.agreement


@dataclass(frozen=True, slots=True)
class _Entries:
    """First entries of each unit and, where people start over, of each visit too."""

    of_units: Trail
    of_visits: Trail | None

    @classmethod
    def of(cls, near: _Neighbourhood) -> "_Entries":
        visits = near.trail.by_visit().first_entries() if near.starts_over else None
        return cls(near.trail.first_entries(), visits)


@dataclass(frozen=True, slots=True)
class _Path:
    """Stages in their best order: `before[a, b]` units came to a first; `agreement` of them in this order."""

    labels: Codes
    before: NDArray[np.int64]
    agreement: float

    @classmethod
    def of(cls, entries: _Entries, labels: Codes) -> "_Path":
        """The order within visits where first entries of people agree with it, else the one they agree with best."""
        groups = int(labels.max()) + 1
        before = entered_before(entries.of_units, labels, groups)
        if entries.of_visits is not None:
            path = cls._ordered(labels, before, _best_order(entered_before(entries.of_visits, labels, groups)))
            if path.agreement >= ORDER_AGREES:
                return path
        return cls._ordered(labels, before, _best_order(before))

    @classmethod
    def _ordered(cls, labels: Codes, before: NDArray[np.int64], order: list[int]) -> "_Path":
        place = np.empty(len(order) + 1, dtype=np.int32)
        place[order] = np.arange(len(order))
        place[-1] = -1
        before = before[np.ix_(order, order)]
        ahead, behind = int(np.triu(before, 1).sum()), int(np.tril(before, -1).sum())
        return cls(place[labels], before, ahead / (ahead + behind) if ahead + behind else 1.0)

    def with_name_elsewhere(self, entries: _Entries, name: int) -> "list[_Path]":
        """The paths with the name in each other stage."""
        found = []
        for stage in range(len(self.before)):
            labels = self.labels.copy()
            labels[name] = stage
            if stage != self.labels[name] and len(np.unique(labels[labels >= 0])) == len(self.before):
                found.append(_Path.of(entries, labels))
        return found

    def with_likest_joined(self, entries: _Entries) -> "_Path":
        """The path with those neighbouring stages made one that most people enter the other way round."""
        shares = [
            self.before[a, b] / max(self.before[a, b] + self.before[b, a], 1)
            for a, b in pairwise(range(len(self.before)))
        ]
        join = int(np.argmin(shares))
        return _Path.of(entries, np.where(self.labels > join, self.labels - 1, self.labels).astype(np.int32))


def _best_order(before: NDArray[np.int64]) -> list[int]:
    """The order with the most pairs the right way round, by dynamic programming over sets (Kemeny 1959)."""
    groups = len(before)
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())] * (1 << groups)
    for chosen in range(1, 1 << groups):
        options = []
        for last in range(groups):
            if chosen >> last & 1:
                score, order = best[chosen ^ (1 << last)]
                options.append((-score - int(before[list(order), last].sum()), (*order, last)))
        score, order = min(options)
        best[chosen] = (-score, order)
    return list(best[-1][1])
