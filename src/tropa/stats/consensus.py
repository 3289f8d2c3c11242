"""Many looks at the same things made one grouping: what holds from most sides and in most samples holds.

Evidence accumulation (Fred & Jain 2005): each look is grouped on its own, things are as alike as the share of looks
that put them together, and those shares are grouped once more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.stats.clustering import (
    Codes,
    Features,
    Weights,
    adjusted_rand_index,
    silhouette,
    squared_distances,
    ward,
)

TOO_BIG, UNEXPECTED = 0.4, 0.03
SAMPLES = 8
NAMES = 0.4  # how much a fully telling word weighs beside a usual distance of one


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many groups there may be, how many are expected, and how much of what happens each thing stands for."""

    fewest: int
    most: int
    expected: float
    sizes: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Agreed:
    """A label a thing, `halves`: the labels that each half sample shows; `cohesion`: silhouette, −1…1.

    `stability`: mean adjusted Rand index of the labels with those of the halves.
    """

    labels: Codes
    halves: tuple[Codes, ...]
    cohesion: float
    stability: float


def half_samples() -> tuple[tuple[int, ...], ...]:
    """Eight looks at eight parts of the people: all of them, and seven balanced halves (McCarthy 1969)."""
    signs = np.ones((1, 1), dtype=np.int64)
    while len(signs) < SAMPLES:
        signs = np.block([[signs, signs], [signs, -signs]])
    return tuple(tuple(np.flatnonzero(row > 0).tolist()) for row in signs)


def agree(samples: Sequence[Sequence[Features]], weights: Weights, wanted: Wanted) -> Agreed:
    """One grouping of several looks (features of the same things, (n, d)) at each sample."""
    together = [np.mean([_together(look, weights, wanted) for look in looks], axis=0) for looks in samples]
    labels, cohesion = best_grouping(np.mean(together, axis=0), weights, wanted)
    same_number = Wanted(*(int(labels.max()) + 1,) * 2, wanted.expected, wanted.sizes)
    halves = tuple(best_grouping(one, weights, same_number)[0] for one in together[1:])
    stability = float(np.mean([adjusted_rand_index(labels, one) for one in halves] or [1.0]))
    return Agreed(labels, halves, cohesion, stability)


def best_grouping(features: Features, weights: Weights, wanted: Wanted) -> tuple[Codes, float]:
    """The number of groups that holds together best, with its silhouette.

    A group that has over 40 % of all that happens tells little; each group beyond the expected number must pay.
    """
    return _best(_groupings(features, weights, wanted), np.zeros(len(features), dtype=np.int32))


def name_block(features: Features, words: NDArray[np.float64], weights: Weights) -> Features:
    """Features from shared words, (n, w) of 0 and 1, each weighing as much as those who share it stand together."""
    apart = squared_distances(features)
    holders = words.sum(axis=0)
    shared = words[:, (holders >= 2) & (holders <= TOO_BIG * len(words))]
    if not shared.shape[1]:
        return features
    holders = shared.sum(axis=0)
    usual = apart.sum() / max(len(words) * (len(words) - 1), 1)
    inside = np.einsum("iw,ij,jw->w", shared, apart, shared, optimize=True) / (holders * (holders - 1))
    block = shared * np.sqrt(np.maximum(0.0, 1 - inside / max(usual, 1e-12)))
    return np.hstack([features, NAMES * (block - np.average(block, axis=0, weights=weights))])


def _together(look: Features, weights: Weights, wanted: Wanted) -> Features:
    """The share of this look's groupings in which each two things are together; its best one votes twice."""
    found = _groupings(look, weights, wanted)
    best, _ = _best(found, np.zeros(len(look), dtype=np.int32))
    votes = [labels for labels, _, _ in found] + [best]
    return np.asarray(np.mean([labels[:, None] == labels[None, :] for labels in votes], axis=0), dtype=np.float64)


def _groupings(features: Features, weights: Weights, wanted: Wanted) -> list[tuple[Codes, float, float]]:
    """Each allowed number of groups: labels, score, silhouette."""
    apart, found = squared_distances(features), []
    for labels in ward(apart, weights, up_to=wanted.most):
        groups = int(labels.max()) + 1
        if groups < wanted.fewest:
            break
        held = silhouette(apart, weights, labels)
        biggest = np.bincount(labels, weights=wanted.sizes).max() / max(wanted.sizes.sum(), 1)
        score = held - max(0.0, biggest - TOO_BIG) - UNEXPECTED * abs(groups - wanted.expected)
        found.append((labels, score, held))
    return found


def _best(found: Sequence[tuple[Codes, float, float]], alone: Codes) -> tuple[Codes, float]:
    labels, _, held = max(found, key=lambda one: one[1], default=(alone, 0.0, 0.0))
    return labels, held
