"""A break is told from seasons, weeks, trends and bursts, and dated; without one hardly any is seen."""

import numpy as np
import pytest

from tropa.stats.breaks import strongest_break

MARGIN = 14
SURE = 1e-3


def _series(rng, *, days, people, season=0.0, trend=0.0, bursts=0, promotion=False, loss=0.0, since=None):
    """Failures of visitors by day."""
    t = np.arange(days)
    of = rng.poisson(people * (1 + 0.3 * np.sin(2 * np.pi * (t / 365 + rng.random())) + 0.2 * (t % 7 > 4)))
    passing = np.full(days, rng.uniform(0.3, 0.7)) * (1 + 0.04 * (t % 7 > 4))
    passing = passing * (1 + season * np.sin(2 * np.pi * (t / 365 + rng.random()))) * (1 + trend * t / days)
    for _ in range(bursts):
        first = int(rng.integers(days - 5))
        passing[first : first + int(rng.integers(1, 4))] *= 0.5
    if promotion:
        first = int(rng.integers(30, days - 60))
        passing[first : first + int(rng.integers(7, 28))] *= 0.85
    if since is not None:
        passing[since:] *= 1 - loss
    return rng.binomial(of, 1 - np.clip(passing, 0.02, 0.98)).astype(float), of.astype(float)


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"season": 0.2},
        {"trend": -0.25},
        {"season": 0.15, "bursts": 2},
        {"promotion": True},
    ],
    ids=["steady", "season", "trend", "season and bursts", "promotion"],
)
def test_a_series_without_a_break_shows_one_in_less_than_one_of_a_hundred(shape):
    rng = np.random.default_rng(11)
    seen = 0
    for _ in range(60):
        days, people = int(rng.integers(120, 480)), float(rng.uniform(30, 300))
        found = strongest_break(*_series(rng, days=days, people=people, **shape), margin=MARGIN)
        seen += found is not None and found.chance < SURE
    assert seen <= 1


def test_a_lasting_loss_is_seen_through_season_and_bursts_and_dated_within_three_days():
    rng = np.random.default_rng(12)
    right = 0
    for _ in range(40):
        days = int(rng.integers(200, 420))
        since = int(rng.integers(days * 0.3, days * 0.7))
        hits, of = _series(rng, days=days, people=250, season=0.1, bursts=1, loss=0.25, since=since)
        found = strongest_break(hits, of, margin=MARGIN)
        right += found is not None and found.chance < SURE and found.near >= 0.7 and abs(found.day - since) <= 3
    assert right >= 36


def test_too_short_a_series_has_no_break():
    assert strongest_break(np.ones(20), np.full(20, 5.0), margin=MARGIN) is None
    assert strongest_break(np.zeros(200), np.full(200, 5.0), margin=MARGIN) is None
