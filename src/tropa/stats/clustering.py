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


def ward(features: Features, weights: Weights) -> Iterator[Codes]:
    """Merge the two groups whose union spreads least (Ward 1963), from one group each to a single one.

    `features` (n, d), `weights` (n,). Yields n labelings of shape (n,): with n, n−1, …, 1 groups, numbered from 0.
    """
    count = len(features)
    centres, sizes = features.copy(), weights.astype(np.float64).copy()
    labels = np.arange(count)
    cost = _merging_costs(centres, sizes)
    for _ in range(count - 1):
        yield np.unique(labels, return_inverse=True)[1].astype(np.int32)
        one, other = sorted(np.unravel_index(int(np.argmin(cost)), cost.shape))
        total = sizes[one] + sizes[other]
        centres[one] = (centres[one] * sizes[one] + centres[other] * sizes[other]) / total
        sizes[one] = total
        labels[labels == other] = one
        cost[other, :] = cost[:, other] = np.inf
        alive = np.isfinite(cost[one])
        alive[one] = False
        away = ((centres - centres[one]) ** 2).sum(axis=1) * sizes * total / (sizes + total)
        cost[one, alive] = cost[alive, one] = away[alive]
    yield np.zeros(count, dtype=np.int32)


def _merging_costs(centres: Features, sizes: Weights) -> NDArray[np.float64]:
    squares = (centres**2).sum(axis=1)
    apart = np.maximum(squares[:, None] + squares[None, :] - 2 * centres @ centres.T, 0)
    cost = apart * (sizes[:, None] * sizes[None, :]) / (sizes[:, None] + sizes[None, :])
    np.fill_diagonal(cost, np.inf)
    return np.asarray(cost, dtype=np.float64)


def silhouette(features: Features, weights: Weights, labels: Codes) -> float:
    """How much nearer things are to their own group than to the next, −1…1 (Rousseeuw 1987); lone things count 0."""
    groups = int(labels.max()) + 1
    apart = np.sqrt(((features[:, None] - features[None]) ** 2).sum(axis=2))
    members = np.eye(groups)[labels]
    sizes = members.sum(axis=0)
    to_group = apart @ members
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
