"""Which events make a stage together, and in which order the stages come.

Events that stand near one another more often than chance, at the same part of the journey, and share telling words
belong together: Ward grouping of neighbourhood lifts, position profiles and words (compare Bernard & Andritsos 2017),
seen from several sides and at half samples of the people, made one by evidence accumulation. Where visits start over, a
neighbour in another visit weighs less. Events that occur anywhere (search, support, errors) take no part in grouping.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.events.context import (
    POSITION_BINS,
    SHARES,
    Trail,
    edges,
    followers,
    neighbours_in,
    persons_of,
    positions,
    trail_of,
    visits_repeat,
)
from tropa.events.log import Codes, EventLog
from tropa.events.stage_order import Entries, in_order
from tropa.stats.clustering import Features, Weights, adjusted_rand_index, standardised
from tropa.stats.consensus import Agreed, Wanted, agree, half_samples, name_block
from tropa.stats.hidden_markov import Rows, likelihood, refined_labels

FEWEST, MOST = 4, 8
OWN_STAGE_UP_TO = 5  # so few event names are stages themselves
ONCE = 1.2  # events a person and name: names that people meet about once are statuses, which are stages themselves
GROUPED_NAMES = 200  # the most common event names; rarer ones join them afterwards
REACH = 2
ACROSS_VISITS = 0.3125
LIFT_PRIOR = 5.0  # neighbours that are added to seen and expected ones, so that rare events claim little
FLAT, AMBIENT = 0.25, 0.12  # share of the usual event's distance from “anywhere”
MOST_UNASSIGNED = 0.04
EXPECTED, OF_NAMES = 5.5, 0.75  # so many stages, of few names so great a part
EDGES = 0.3  # how much opening or closing a journey weighs
REFINED_FROM = 3_000  # people; fewer do not tell a hidden-Markov refinement enough
REFINED_EVENTS, ROUNDS, HALVES = 60_000, 8, 3
PLACE_WEIGHTS = (0.6, 1.0)  # how much the position along the journey weighs beside neighbours

Kin = Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True)
class DiscoveredStages:
    """Groups of event codes in the path's order; within a group, too, from early to late.

    `unassigned` occur anywhere along the path. `agreement`: share of people's first entries into two stages that come
    in this order. `cohesion`: silhouette of the grouping, −1…1. `stability`: adjusted Rand index with what half samples
    of the people show.
    """

    groups: tuple[tuple[int, ...], ...]
    unassigned: tuple[int, ...]
    agreement: float
    cohesion: float
    stability: float = 1.0


def discover_stages(log: EventLog, *, max_stages: int = MOST, kin: Kin = (), refined: bool = True) -> DiscoveredStages:
    """Find stages in a log: four to eight, fewer where there are few event names.

    `kin`: for each event name the words that tell what it is about; names that share one are drawn together.
    `refined`: from 3,000 people on try a hidden-Markov refinement.
    Deterministic, whatever the order of people and names.
    """
    trail = trail_of(log)
    alphabet = np.argsort(np.array(log.event.values, dtype=object), kind="stable")
    counts = np.bincount(log.event.codes, minlength=len(alphabet))[alphabet]
    known = np.flatnonzero(counts)
    if len(known) == 0:
        return DiscoveredStages((), (), 1.0, 0.0)
    near = _Neighbourhood(trail)
    if len(known) <= min(MOST if _are_statuses(near) else OWN_STAGE_UP_TO, max_stages):
        labels = np.full(len(counts), -1, dtype=np.int32)
        labels[known] = np.arange(len(known))
        found = _Grouping(labels, 0.0, 1.0, _NOBODY, _NOBODY)
    else:
        words = _words([kin[code] for code in alphabet] if kin else [])
        found = _grouped(near, counts, words, max_stages, refined=refined)
    entries = Entries.of(trail, starts_over=near.starts_over)
    labels, agreement = in_order(entries, found.labels, found.joined, fewest=min(FEWEST, max_stages, len(known)))
    middle = _middles(positions(trail, trail.visit if near.starts_over else trail.unit).sum(axis=0))
    groups = tuple(
        tuple(
            int(alphabet[code])
            for code in sorted(np.flatnonzero(labels == group).tolist(), key=lambda code: (middle[code], code))
        )
        for group in range(int(labels.max()) + 1)
    )
    left_out = tuple(sorted(int(alphabet[code]) for code in found.left_out))
    return DiscoveredStages(groups, left_out, agreement, found.cohesion, found.stability)


def _words(kin: Kin) -> NDArray[np.float64]:
    """Names × words: 1 where the name holds the word."""
    vocabulary = {word: place for place, word in enumerate(sorted({word for words in kin for word in words}))}
    table = np.zeros((len(kin), len(vocabulary)))
    for name, words in enumerate(kin):
        table[name, [vocabulary[word] for word in words]] = 1
    return table


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
    stability: float
    left_out: NDArray[np.int64]
    joined: NDArray[np.int64]


_NOBODY = np.zeros(0, dtype=np.int64)


def _grouped(
    near: _Neighbourhood, counts: NDArray[np.int64], words: NDArray[np.float64], max_stages: int, *, refined: bool
) -> _Grouping:
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
    most = max(2, min(max_stages, len(ids) - 1))
    wanted = Wanted(min(FEWEST, most), most, min(EXPECTED, OF_NAMES * len(ids)), counts[ids])
    found = agree([list(looks) for looks in _looks(near, ids, weights, words)], weights, wanted)
    stage = np.full(len(counts), -1, dtype=np.int32)
    stage[ids] = _refined(near.trail.only(ids), found) if refined else found.labels
    left_out = _at_most(common & ~core & (counts >= 50) & (distance < AMBIENT * typical), counts)
    joined = np.flatnonzero(common & ~core)
    joined = np.setdiff1d(joined[np.argsort(-near.persons[joined], kind="stable")], left_out)
    labels = _with_others(near, stage, counts, left_out)
    return _Grouping(labels, found.cohesion, found.stability, left_out, joined)


def _looks(
    near: _Neighbourhood, ids: NDArray[np.int64], weights: Weights, words: NDArray[np.float64]
) -> Iterator[Iterator[Features]]:
    """What all people and each half of them show of these names: features, from several sides."""
    trail = near.trail.only(ids)
    next_ones, next_but_one = (followers(trail, distance=one, across_visits=near.across) for one in (1, 2))
    journeys = (trail.unit, trail.visit) if near.starts_over else (trail.unit,)
    places = [positions(trail, journey) for journey in journeys]
    openings = [edges(trail, journey) for journey in journeys]
    own_words = words[ids] if len(words) else np.zeros((len(ids), 0))
    for half in half_samples():
        parts = list(half)
        close = next_ones[parts].sum(axis=0)
        wide = close + next_but_one[parts].sum(axis=0) / 2
        profiles = [standardised(_position_profile(one[parts].sum(axis=0)), weights) for one in places]
        ends = np.hstack([_edge_lifts(one[:, parts].sum(axis=1)) for one in openings])
        place = np.hstack([*(one / np.sqrt(len(profiles)) for one in profiles), EDGES * standardised(ends, weights)])
        yield _sides(
            [standardised(_lifts(table + table.T), weights) for table in (close, wide)], place, own_words, weights
        )


def _sides(
    lifts: Sequence[Features], place: Features, words: NDArray[np.float64], weights: Weights
) -> Iterator[Features]:
    for lift in lifts:
        for weight in PLACE_WEIGHTS:
            features = np.hstack([lift, weight * place])
            yield features
            if words.shape[1]:
                yield name_block(features, words, weights)


def _refined(trail: Trail, found: Agreed) -> Codes:
    """The grouping after a hidden-Markov refinement, where enough people are there and it is better for it.

    Better: the other half of the people finds it likelier, and refined halves agree with the refined whole more than
    the halves' own groupings agree with the grouping.
    """
    labels = found.labels
    people = int(trail.unit.max()) + 1 if len(trail.unit) else 0
    if people < REFINED_FROM:
        return labels
    trail = trail.without_repeats().of_first_units(max(REFINED_FROM, people * REFINED_EVENTS // len(trail.code)))
    refined = refined_labels(Rows.of(trail.code, trail.unit, trail.names), labels, rounds=ROUNDS)
    if len(np.unique(refined)) < len(np.unique(labels)) or np.array_equal(refined, labels):
        return labels
    before, after, gains = [], [], []
    for half, own in list(zip(half_samples()[1:], found.halves, strict=True))[:HALVES]:
        inside = np.isin(trail.unit % SHARES, half)
        old, new = (Rows.of(trail.code[part], trail.unit[part], trail.names) for part in (inside, ~inside))
        before.append(adjusted_rand_index(labels, own))
        after.append(adjusted_rand_index(refined, refined_labels(old, own, rounds=ROUNDS)))
        gains.append(likelihood(new, refined, learned_from=old) - likelihood(new, labels, learned_from=old))
    return refined if min(gains) > 0 and np.mean(after) > np.mean(before) else labels


def _at_most(anywhere: NDArray[np.bool_], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rarest of the names that occur anywhere, so many as may be left out."""
    found = np.flatnonzero(anywhere)
    found = found[np.argsort(counts[found], kind="stable")]
    return np.sort(found[np.cumsum(counts[found]) <= MOST_UNASSIGNED * counts.sum()])


def _distance_from_anywhere(near: _Neighbourhood, common: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How far each name's neighbours differ from all events: Kullback-Leibler, less what chance alone gives."""
    ids = np.flatnonzero(common)
    trail = near.trail.only(ids)
    table = sum(
        followers(trail, distance=one, across_visits=near.across).sum(axis=0) / one for one in range(1, REACH + 1)
    )
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


def _edge_lifts(counts: NDArray[np.float64]) -> Features:
    """Log of seen over expected openings and closings of journeys; shape (names, 2)."""
    expected = counts[2] * counts[:2].sum(axis=1, keepdims=True) / max(counts[2].sum(), 1)
    return np.asarray(np.log((counts[:2] + LIFT_PRIOR) / (expected + LIFT_PRIOR)).T, dtype=np.float64)


def _position_profile(counts: NDArray[np.float64]) -> Features:
    """Cumulative shares over ten parts of the journey; rare events are drawn to the usual profile."""
    usual = counts.sum(axis=0) / max(counts.sum(), 1.0)
    return np.asarray(np.cumsum((counts + 2 * usual) / (counts.sum(axis=1, keepdims=True) + 2), axis=1))


def _middles(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean position of each name, 0…1; the middle where nothing is known."""
    total = counts.sum(axis=1)
    mean = counts @ (np.arange(POSITION_BINS) + 0.5) / POSITION_BINS
    return np.asarray(np.where(total > 0, mean / np.maximum(total, 1), 0.5))


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
