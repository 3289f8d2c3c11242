"""Manners of going: people grouped by how they go, the number of groups chosen by how steadily they come back."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.amounts import money_of
from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added
from tropa.events.log import EventLog
from tropa.events.places import PlaceRule
from tropa.events.quantiles import chunks
from tropa.stats.clustering import adjusted_rand_index, silhouette, squared_distances, ward
from tropa.stats.exact import SUMS, Mean, exact_sums, mean_of
from tropa.stats.proportions import Proportion, proportion

SAMPLE, DRAWN, DRAWS, NULLS = 800, 400, 20, 19
OF_PACE = 0.1  # returns, length and pauses describe; alone they part nobody
STEADY, SMALLEST = 0.8, 0.03
Features = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MannersQuery:
    """The question: into 2 to `most` groups, by which touchpoints are met, moves between stages, returns and pace.

    `stage_of[t]` = the stage of touchpoint t. `units`: how many there are, of whom an even sample is looked at.
    `goal`: place 0 is the goal.
    """

    touchpoints: PlaceRule
    stage_of: tuple[int, ...]
    stages: int
    goal: PlaceRule
    units: int
    most: int = 6

    def __post_init__(self) -> None:
        if not 2 <= self.most <= 12:
            raise InvalidQueryError(told("Between 2 and 12 segments can be looked for, got {most}.", most=self.most))

    @property
    def step(self) -> int:
        """Every how-manieth unit is in the sample."""
        return max(1, self.units // SAMPLE)


@dataclass(frozen=True, slots=True)
class Manner:
    """One group: its people, those who met each touchpoint, those at the goal, their money and number of steps."""

    persons: Proportion
    met: tuple[Proportion, ...]
    goal: Proportion
    money: Mean | None
    steps: Mean


@dataclass(frozen=True, slots=True)
class MannersResult:
    """`stability[k]`: how well k groups agree with those of other samples (mean adjusted Rand index, 0–1).

    `manners` is empty where no number of groups is steady, or a single cloud of people falls apart as well.
    """

    manners: tuple[Manner, ...]
    stability: dict[int, float]
    sampled: int


def manners(log: EventLog, query: MannersQuery, engine: Engine = ONE_BY_ONE) -> MannersResult:
    """Group a sample by Ward's method on standardised features, then put everybody to the nearest centre."""
    rows = np.concatenate(engine.run(_SampleFold(query), log))
    rows = rows[np.argsort(rows[:, 0], kind="stable"), 1:]
    if len(rows) < 2 * DRAWN // 4:
        return MannersResult((), {}, len(rows))
    scaling = _Scaling.of(rows, query)
    sample = scaling.scaled(rows)
    trees = _Trees(sample, query.most)
    stability = {k: trees.stability(k) for k in range(2, query.most + 1)}
    chosen = _chosen(sample, trees, stability)
    if chosen is None:
        return MannersResult((), stability, len(rows))
    total = engine.run(_GroupFold(query, scaling, trees.centres(chosen)), log)
    everyone = int(total[0][:, 0].sum())
    found = [_manner(k, total, everyone, has_money=log.amount is not None) for k in range(chosen)]
    return MannersResult(
        tuple(sorted(found, key=lambda one: (-one.persons.count, one.goal.count))), stability, len(rows)
    )


def _manner(k: int, total: Arrays, everyone: int, *, has_money: bool) -> Manner:
    (persons, came), met, money, steps = (part[k].tolist() for part in total)
    return Manner(
        proportion(persons, everyone),
        tuple(proportion(one, persons) for one in met),
        proportion(came, persons),
        mean_of(money, persons) if has_money else None,
        mean_of(steps, persons),
    )


def _chosen(sample: Features, trees: "_Trees", stability: dict[int, float]) -> int | None:
    """The largest steady number of groups, none of them tiny, that are more apart than those of one cloud.

    The cloud: normal figures with the sample's covariance, grouped in the same way (after Liu, Hayes, Nobel & Marron
    2008); groups count when they are more apart than those of every one of 19 clouds, which is p ≤ 0.05.
    """
    rng = np.random.default_rng(20)
    covariance = np.cov(sample.T) + 1e-9 * np.eye(sample.shape[1])
    clouds = [
        rng.multivariate_normal(np.zeros(sample.shape[1]), covariance, DRAWN, method="eigh") for _ in range(NULLS)
    ]
    labels = [_labels(cloud, max(stability, default=2)) for cloud in clouds]
    for k in sorted(stability, reverse=True):
        own = _nearest(sample, trees.centres(k))
        if stability[k] < STEADY or np.bincount(own, minlength=k).min() < SMALLEST * len(sample):
            continue
        apart = max(_apart(cloud, told[k]) for cloud, told in zip(clouds, labels, strict=True))
        if _apart(sample, own) > apart:
            return k
    return None


def _apart(features: Features, labels: NDArray[np.int32]) -> float:
    looked_at = features[:DRAWN]
    return silhouette(squared_distances(looked_at), np.ones(len(looked_at)), _renumbered(labels[:DRAWN]))


def _renumbered(labels: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.unique(labels, return_inverse=True)[1].astype(np.int32)


def _labels(features: Features, most: int) -> dict[int, NDArray[np.int32]]:
    """The groups of Ward's tree, by their number."""
    trees = ward(squared_distances(features), np.ones(len(features)), up_to=most)
    return {int(labels.max()) + 1: labels for labels in trees}


def _centres(features: Features, labels: NDArray[np.int32]) -> Features:
    return np.stack([features[labels == k].mean(axis=0) for k in range(int(labels.max()) + 1)])


def _nearest(features: Features, centres: Features) -> NDArray[np.int32]:
    apart = ((features**2).sum(axis=1))[:, None] + (centres**2).sum(axis=1) - 2 * features @ centres.T
    return np.asarray(np.argmin(apart, axis=1), dtype=np.int32)


class _Trees:
    """Ward's trees of a sample and of draws from it."""

    def __init__(self, sample: Features, most: int) -> None:
        self._sample = sample
        self._whole = _labels(sample, most)
        rng = np.random.default_rng(12)
        drawn = min(DRAWN, len(sample) * 2 // 3)
        draws = [np.sort(rng.choice(len(sample), drawn, replace=False)) for _ in range(DRAWS)]
        self._draws = [(sample[rows], _labels(sample[rows], most)) for rows in draws]

    def centres(self, k: int) -> Features:
        """The centres of k groups."""
        return _centres(self._sample, self._whole[k])

    def stability(self, k: int) -> float:
        """How well the groups of draws put the whole sample as its own groups do (Ben-Hur, Elisseeff & Guyon 2002)."""
        own = _nearest(self._sample, self.centres(k))
        agreed = [
            adjusted_rand_index(own, _nearest(self._sample, _centres(rows, labels[k]))) for rows, labels in self._draws
        ]
        return float(np.mean(agreed))


@dataclass(frozen=True, slots=True, eq=False)
class _Scaling:
    """Puts each block of features on its footing: centred, of a given mean squared length."""

    centre: Features
    scale: Features

    @classmethod
    def of(cls, rows: Features, query: MannersQuery) -> "_Scaling":
        centre = rows.mean(axis=0)
        squares = ((rows - centre) ** 2).mean(axis=0)
        scale = np.ones(len(centre))
        for block, weight in zip(_blocks(query), (1.0, 1.0, OF_PACE), strict=True):
            scale[block] = np.sqrt(max(float(squares[block].sum()), 1e-9) / weight)
        return cls(centre, scale)

    def scaled(self, rows: Features) -> Features:
        return np.asarray((rows - self.centre) / self.scale, dtype=np.float64)


def _blocks(query: MannersQuery) -> tuple[slice, ...]:
    touchpoints, moves = query.touchpoints.count, query.stages**2
    return slice(0, touchpoints), slice(touchpoints, touchpoints + moves), slice(touchpoints + moves, None)


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """Reads how the units of one log go."""

    log: EventLog
    query: MannersQuery
    place: NDArray[np.int32]
    goal: NDArray[np.int32]

    @classmethod
    def at(cls, log: EventLog, query: MannersQuery) -> "_Ways":
        return cls(log, query, query.touchpoints.on(log).of_events(), query.goal.on(log).of_events())

    def met(self, span: Span) -> Numbers:
        """How often each unit met each touchpoint; shape (units, touchpoints)."""
        unit, place = self._events(span)
        count = self.query.touchpoints.count
        known = place >= 0
        pairs = unit[known] * count + place[known]
        units = span.last - span.first
        return np.bincount(pairs, minlength=units * count).reshape(units, count).astype(np.int64)

    def _events(self, span: Span) -> tuple[Numbers, NDArray[np.int32]]:
        edges = self.log.offsets[span.first : span.last + 1]
        return np.repeat(np.arange(span.last - span.first), np.diff(edges)), self.place[edges[0] : edges[-1]]

    def features(self, span: Span, met: Numbers) -> Features:
        """Touchpoints met or not; shares of moves between stages; returns, length and pace as logarithms."""
        unit, place = self._events(span)
        units, stages = span.last - span.first, self.query.stages
        times = self.log.time[self.log.offsets[span.first] : self.log.offsets[span.last]]
        kept = place >= 0
        stage = np.array([*self.query.stage_of, -1])[place[kept]]
        unit, time = unit[kept], times[kept]
        same = unit[1:] == unit[:-1]
        pairs = (unit[1:] * stages + stage[:-1]) * stages + stage[1:]
        moves = np.bincount(pairs[same], minlength=units * stages**2).reshape(units, stages**2).astype(np.float64)
        back = np.bincount(unit[1:][same & (stage[1:] < stage[:-1])], minlength=units)
        pauses = np.bincount(unit[1:][same], np.log1p((time[1:] - time[:-1])[same] / 1000), minlength=units)
        length = moves.sum(axis=1)
        pace = np.column_stack([np.log1p(back), np.log1p(length), pauses / np.maximum(length, 1) / 4])
        return np.column_stack([met > 0, moves / np.maximum(length, 1)[:, None], pace])


@dataclass(frozen=True, slots=True)
class _SampleFold:
    """Gathers the sample: the number of a unit, then its features."""

    query: MannersQuery

    def zero(self) -> list[Features]:
        return [np.zeros((0, 1 + self.query.touchpoints.count + self.query.stages**2 + 3))]

    def on(self, log: EventLog) -> "_SampleStep":
        return _SampleStep(_Ways.at(log, self.query))

    def merge(self, one: list[Features], other: list[Features]) -> list[Features]:
        return one + other


@dataclass(frozen=True, slots=True)
class _SampleStep:
    ways: _Ways

    def add(self, span: Span, total: list[Features]) -> list[Features]:
        found = list(total)
        for chunk in chunks(self.ways.log, span):
            met = self.ways.met(chunk)
            number = np.arange(chunk.first, chunk.last) + self.ways.log.first_unit
            kept = (number % self.ways.query.step == 0) & (met.sum(axis=1) > 0)
            found.append(np.column_stack([number, self.ways.features(chunk, met)])[kept])
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _GroupFold:
    """Adds up, by group: people and those at the goal, people at each touchpoint, money, steps."""

    query: MannersQuery
    scaling: _Scaling
    centres: Features

    def zero(self) -> Arrays:
        shapes = ((2,), (self.query.touchpoints.count,), (SUMS,), (SUMS,))
        return tuple(np.zeros((len(self.centres), *shape), dtype=np.int64) for shape in shapes)

    def on(self, log: EventLog) -> "_GroupStep":
        return _GroupStep(_Ways.at(log, self.query), self)

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True, eq=False)
class _GroupStep:
    ways: _Ways
    fold: _GroupFold

    def add(self, span: Span, total: Arrays) -> Arrays:
        log = self.ways.log
        for chunk in chunks(log, span):
            met = self.ways.met(chunk)
            group = _nearest(self.fold.scaling.scaled(self.ways.features(chunk, met)), self.fold.centres)
            edges = log.offsets[chunk.first : chunk.last + 1]
            unit = np.repeat(np.arange(len(met)), np.diff(edges))
            came = np.bincount(unit[self.ways.goal[edges[0] : edges[-1]] == 0], minlength=len(met)) > 0
            money = money_of(log, chunk)
            for k in range(len(self.fold.centres)):
                mine = (group == k) & (met.sum(axis=1) > 0)
                total[0][k] += [np.count_nonzero(mine), np.count_nonzero(mine & came)]
                total[1][k] += (met[mine] > 0).sum(axis=0)
                total[2][k] += exact_sums(money[mine])
                total[3][k] += exact_sums(met[mine].sum(axis=1))
        return total
