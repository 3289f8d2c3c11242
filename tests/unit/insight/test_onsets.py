"""Onsets: whether a difference is as old as the data."""

import numpy as np
import pytest

from tropa.insight.onsets import onset_of
from tropa.insight.search import Field

DAYS = 200


def _field(share_of_group, share_of_others, *, a_day=10, seed=1):
    """Half of the people belong to the group; shares of hits by day."""
    rng = np.random.default_rng(seed)
    day = np.repeat(np.arange(DAYS), 2 * a_day)
    inside = np.tile(np.repeat([True, False], a_day), DAYS)
    hit = rng.random(len(day)) < np.where(inside, share_of_group[day], share_of_others[day])
    codes = inside.astype(np.int32)
    field = Field(groups=[codes], sizes=[3], day=day, hit=hit, days=DAYS, clumping=1.0, least=30)
    return field, inside


def _from(day, before, after):
    return np.where(np.arange(DAYS) < day, before, after)


@pytest.mark.parametrize("usual", [0.0, 0.3])
def test_a_difference_that_began_is_told_from_an_old_one(usual):
    others = np.full(DAYS, usual)
    field, inside = _field(_from(120, usual, usual + 0.3), others)
    start = onset_of(field, inside, ~inside)
    assert start is not None
    assert abs(start * field.width - 120) <= 4


@pytest.mark.parametrize("seed", range(5))
def test_an_old_difference_began_on_no_day_also_in_a_season(seed):
    season = 0.3 + 0.1 * np.sin(np.arange(DAYS) / 25)
    field, inside = _field(season + 0.15, season, seed=seed)
    assert onset_of(field, inside, ~inside) is None
