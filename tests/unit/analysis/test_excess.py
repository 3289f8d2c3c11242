"""A group against everybody at the same time, by hand and by simulation."""

import numpy as np
import pytest

from tropa.analysis.excess import Excess, common_excess, excess_at_par, strongest_spells


def _table(rng, *, odds: float, bins: int = 50, size: int = 40):
    base = 0.2 + 0.3 * np.sin(np.arange(bins) / 8) ** 2
    group = base * odds / (1 - base + base * odds)
    of, rest = rng.poisson(size, bins), rng.poisson(3 * size, bins)
    hits, other = rng.binomial(of, group), rng.binomial(rest, base)
    return tuple(np.asarray(one, dtype=float)[None] for one in (hits, of, hits + other, of + rest))


def test_at_par_expectation_and_variance_are_those_of_the_hypergeometric_table():
    found = excess_at_par(*(np.array([[value]], dtype=float) for value in (7, 20, 12, 50)))
    assert found.excess[0, 0] == pytest.approx(7 - 20 * 12 / 50)
    assert found.variance[0, 0] == pytest.approx(20 * 30 * 12 * 38 / (50 * 50 * 49))


@pytest.mark.parametrize("odds", [0.4, 1.0, 3.0])
def test_a_common_odds_ratio_is_found_whatever_the_season(odds):
    found = common_excess(*_table(np.random.default_rng(3), odds=odds))
    assert found.log_odds[0] == pytest.approx(np.log(odds), abs=0.15)
    assert found.excess.sum() == pytest.approx(0, abs=0.05)


def test_bins_in_which_nobody_or_everybody_is_hit_tell_nothing():
    hits, of = np.array([[0.0, 5.0]]), np.array([[5.0, 5.0]])
    everybody_hit, everybody = np.array([[0.0, 20.0]]), np.array([[20.0, 20.0]])
    assert common_excess(hits, of, everybody_hit, everybody).variance.sum() == 0


def test_one_row_of_everybody_serves_all_groups():
    rng = np.random.default_rng(4)
    hits, of, all_hits, all_of = _table(rng, odds=2.0)
    alone = common_excess(hits, of, all_hits, all_of)
    doubled = common_excess(np.repeat(hits, 2, 0), np.repeat(of, 2, 0), all_hits, all_of)
    assert np.array_equal(doubled.excess[1], alone.excess[0])


def test_the_strongest_spell_is_that_of_a_naive_search():
    rng = np.random.default_rng(11)
    excess, variance = rng.normal(0, 1, size=(5, 30)), rng.uniform(0.5, 2, size=(5, 30))
    excess[2, 8:17] += 2.5
    found = strongest_spells(Excess(np.zeros(5), excess, variance), shortest=4, edge=0.04)
    for group in range(5):
        assert (found.start[group], found.end[group]) == _naive_spell(excess[group], variance[group], 4)
    assert abs(found.start[2] - 8) <= 1
    assert abs(found.end[2] - 17) <= 1


def _naive_spell(excess, variance, shortest: int) -> tuple[int, int]:
    total = variance.sum()
    left = excess - variance * excess.sum() / total
    best, place = 0.0, (0, 0)
    for start in range(len(excess)):
        for end in range(start + shortest, len(excess) + 1):
            inside = variance[start:end].sum()
            if 0.04 * total <= inside <= 0.96 * total and left[start:end].sum() > 0:
                score = left[start:end].sum() / np.sqrt(inside * (total - inside) / total)
                if score > best:
                    best, place = score, (start, end)
    return place
