import numpy as np
import pytest

from tropa.stats.clustering import adjusted_rand_index, silhouette, squared_distances, standardised, ward


def naive_ward(points, weights, groups):
    """Merges again and again the two groups whose union adds least to the spread, counted anew each time."""

    def spread(members):
        centre = np.average(points[members], axis=0, weights=weights[members])
        return (weights[members] * ((points[members] - centre) ** 2).sum(axis=1)).sum()

    parts = [[i] for i in range(len(points))]
    while len(parts) > groups:
        a, b = min(
            ((a, b) for a in range(len(parts)) for b in range(a)),
            key=lambda p: spread(parts[p[0]] + parts[p[1]]) - spread(parts[p[0]]) - spread(parts[p[1]]),
        )
        parts = [p for i, p in enumerate(parts) if i not in {a, b}] + [parts[a] + parts[b]]
    return {frozenset(p) for p in parts}


@pytest.mark.parametrize("groups", [2, 3, 5])
def test_ward_merges_what_spreads_least(groups):
    rng = np.random.default_rng(3)
    points, weights = rng.normal(size=(14, 3)), rng.uniform(0.5, 2, 14)

    labels = next(one for one in ward(squared_distances(points), weights) if one.max() + 1 == groups)

    assert {frozenset(np.flatnonzero(labels == g).tolist()) for g in range(groups)} == naive_ward(
        points, weights, groups
    )


def test_the_silhouette_follows_its_definition():
    points, labels = np.array([[0.0], [1.0], [10.0], [12.0], [30.0]]), np.array([0, 0, 1, 1, 2])
    widths = [(11 - 1) / 11, (10 - 1) / 10, (9.5 - 2) / 9.5, (11.5 - 2) / 11.5, 0]

    assert silhouette(squared_distances(points), np.ones(5), labels) == pytest.approx(np.mean(widths))


def test_blocks_of_features_count_alike():
    scaled = standardised(np.array([[1.0], [3.0], [5.0]]) * 1000, np.ones(3))

    assert (scaled**2).sum(axis=1).mean() == pytest.approx(1)


def test_the_same_groups_under_other_names_agree_fully():
    assert adjusted_rand_index(np.array([0, 0, 1, 2]), np.array([5, 5, 1, 0])) == 1.0


def test_hubert_and_arabies_index_of_a_known_table():
    one, other = np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2])

    assert adjusted_rand_index(one, other) == pytest.approx((1 - 2 * 1 / 6) / (1.5 - 2 * 1 / 6))
