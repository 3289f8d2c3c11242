"""Grouping things by their features, and how well the groups hold together."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int32]
Features = NDArray[np.float64]
Weights = NDArray[np.float64]


def standardised(features: Features, weights: Weights) -> Features:
    """Centred features whose weighted mean squared length is one, so that blocks of features count alike."""
    centred = features - np.average(features, axis=0, weights=weights)
    length = np.sqrt(np.average((centred**2).sum(axis=1), weights=weights))
    return np.asarray(centred / max(float(length), 1e-9), dtype=np.float64)


def squared_distances(features: Features) -> Features:
    """How far things are from one another: (n, d) features to (n, n) squared Euclidean distances."""
    squares = (features**2).sum(axis=1)
    apart = np.maximum(squares[:, None] + squares[None, :] - 2 * features @ features.T, 0)
    np.fill_diagonal(apart, 0)
    return np.asarray((apart + apart.T) / 2, dtype=np.float64)


def ward(apart: Features, weights: Weights, *, up_to: int | None = None) -> Iterator[Codes]:
    """Merge the two groups whose union spreads least (Ward 1963; updates of Lance & Williams 1967).

    `apart` (n, n) squared distances, `weights` (n,). Yields labelings of shape (n,): with n, n−1, …, 1 groups (only
    those with `up_to` groups), numbered from 0.
    """
    count = len(apart)
    sizes = weights.astype(np.float64).copy()
    labels = np.arange(count)
    cost = apart * (sizes[:, None] * sizes[None, :]) / (sizes[:, None] + sizes[None, :])
    np.fill_diagonal(cost, np.inf)
    for groups in range(count, 1, -1):
        if up_to is None or groups <= up_to:
            yield np.unique(labels, return_inverse=True)[1].astype(np.int32)
        one, other = sorted(np.unravel_index(int(np.argmin(cost)), cost.shape))
        alive = np.isfinite(cost[one])
        alive[other] = False
        own, theirs, third = sizes[one], sizes[other], sizes[alive]
        away = (own + third) * cost[one, alive] + (theirs + third) * cost[other, alive] - third * cost[one, other]
        cost[one, alive] = cost[alive, one] = away / (own + theirs + third)
        sizes[one] = own + theirs
        labels[labels == other] = one
        cost[other, :] = cost[:, other] = np.inf
    yield np.zeros(count, dtype=np.int32)


def silhouette(apart: Features, weights: Weights, labels: Codes) -> float:
    """How much nearer things are to their own group than to the next, −1…1 (Rousseeuw 1987); lone things count 0.

    `apart` (n, n) squared distances.
    """
    groups = int(labels.max()) + 1
    members = np.eye(groups)[labels]
    sizes = members.sum(axis=0)
    to_group = np.sqrt(apart) @ members
    own = to_group[np.arange(len(labels)), labels] / np.maximum(sizes[labels] - 1, 1)
    others = np.where(members > 0, np.inf, to_group / sizes).min(axis=1)
    width = (others - own) / np.maximum(np.maximum(others, own), 1e-12)
    return float(np.average(np.where(sizes[labels] > 1, width, 0.0), weights=weights))


def adjusted_rand_index(one: Codes, other: Codes) -> float:
    """How far two groupings of the same things agree: 1 the same, about 0 by chance (Hubert & Arabie 1985)."""
    _, a = np.unique(one, return_inverse=True)
    _, b = np.unique(other, return_inverse=True)
    table = np.zeros((int(a.max()) + 1, int(b.max()) + 1))
    np.add.at(table, (a, b), 1)
    together, in_one, in_other = (float((x * (x - 1) / 2).sum()) for x in (table, table.sum(axis=1), table.sum(axis=0)))
    pairs = len(a) * (len(a) - 1) / 2
    by_chance = in_one * in_other / pairs if pairs else 0.0
    most = (in_one + in_other) / 2
    return (together - by_chance) / (most - by_chance) if most != by_chance else 1.0
