"""Turns and dates in series of excess."""

import numpy as np
import pytest

from tropa.stats.changes import (
    chance_of_level,
    chance_of_shift,
    chance_of_spell,
    level_score,
    likeliest_day,
    likeliest_start,
    roughness,
    strongest_shift,
    widest_swing,
)


def _steady(rng, groups: int, bins: int):
    variance = rng.uniform(0.5, 3, size=(groups, bins))
    return rng.normal(0, np.sqrt(variance)), variance


def test_a_step_in_the_excess_is_found_at_its_bin():
    excess, variance = np.zeros((1, 60)), np.ones((1, 60))
    excess[0, 35:] = 1.0
    shift = strongest_shift(excess, variance, margin=3)
    assert shift.at[0] == 35
    assert shift.score[0] > 3


def test_a_fall_in_the_excess_is_no_shift_for_the_worse():
    excess, variance = np.zeros((1, 60)), np.ones((1, 60))
    excess[0, :35] = 1.0
    assert strongest_shift(excess, variance, margin=3).score[0] < 1


def test_a_shift_never_starts_within_the_margin():
    excess, variance = np.zeros((1, 40)), np.ones((1, 40))
    excess[0, -2:] = 9.0
    assert strongest_shift(excess, variance, margin=6).at[0] <= 34


def test_steady_groups_seem_to_shift_no_oftener_than_is_said():
    rng = np.random.default_rng(5)
    excess, variance = _steady(rng, 4_000, 80)
    scores = strongest_shift(excess, variance, margin=2).score
    chances = np.array([chance_of_shift(float(score)) for score in scores])
    for level in (0.05, 0.01):
        assert (chances <= level).mean() <= level * 1.3
        assert (chances <= level).mean() >= level * 0.3


def test_chances_fall_with_the_score():
    assert chance_of_shift(1.0) == 1.0
    assert chance_of_shift(6.0) < chance_of_shift(4.0) < chance_of_shift(3.0)
    assert chance_of_level(1.6449) == pytest.approx(0.05, abs=1e-4)
    assert chance_of_spell(3.0, 100) == 1.0


def test_a_level_is_the_sum_over_its_spread():
    excess, variance = np.full((1, 25), 0.4), np.ones((1, 25))
    assert level_score(excess, variance)[0] == pytest.approx(2.0)


def test_pure_chance_is_not_rough_and_double_scatter_is():
    rng = np.random.default_rng(6)
    excess, variance = _steady(rng, 300, 120)
    assert roughness(excess, variance).mean() < 1.05
    assert roughness(excess * 2, variance).mean() == pytest.approx(3.2, abs=0.5)


def test_one_mixed_bin_does_not_make_a_series_rough():
    excess, variance = np.zeros((1, 60)), np.ones((1, 60))
    excess[0, 30] = 40.0
    assert roughness(excess, variance)[0] == 1.0


def test_a_swing_is_seen_where_a_spell_rises():
    excess, variance = np.zeros((2, 50)), np.ones((2, 50))
    excess[0, 20:30] = 2.0
    swing = widest_swing(excess, variance)
    assert swing[0] > 2
    assert swing[1] == 0


def test_the_likeliest_start_is_the_first_changed_bin():
    of = np.full((1, 60), 30.0)
    hits = np.full((1, 60), 6.0)
    hits[0, 41:] = 15.0
    others = np.full((1, 60), 0.2)
    start = likeliest_start(hits, of, others, (np.array([0.0]), np.array([1.386])), margin=4)
    assert start[0] == 41


def test_a_clear_change_is_dated_to_its_day_and_surely():
    rng = np.random.default_rng(7)
    of = np.full(120, 25.0)
    hits = rng.binomial(25, np.where(np.arange(120) < 63, 0.3, 0.6)).astype(float)
    found = likeliest_day(hits, of, 60, 21)
    assert abs(found.day - 63) <= 1
    assert found.near > 0.95


def test_a_faint_change_is_not_dated_surely():
    rng = np.random.default_rng(8)
    of = np.full(120, 4.0)
    hits = rng.binomial(4, np.where(np.arange(120) < 63, 0.30, 0.38)).astype(float)
    assert likeliest_day(hits, of, 60, 21).near < 0.8


def test_a_date_said_to_be_sure_is_right_as_often_as_it_says():
    rng = np.random.default_rng(9)
    said, right = [], 0
    for _ in range(300):
        of = rng.poisson(10, size=140).astype(float)
        hits = rng.binomial(of.astype(int), np.where(np.arange(140) < 70, 0.3, 0.5)).astype(float)
        found = likeliest_day(hits, of, 70 + int(rng.integers(-8, 9)), 21)
        said.append(found.near)
        right += abs(found.day - 70) <= 3
    assert right / 300 >= np.mean(said) - 0.08
