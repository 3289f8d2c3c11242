import math

import pytest

from tropa.stats.power import detectable_rise, detectable_shortening, sample_size


def test_sample_sizes_are_those_of_the_textbook() -> None:
    assert sample_size(0.10, 0.12) == 3841
    assert sample_size(0.50, 0.60) == 388


def test_a_detectable_rise_needs_just_the_people_there_are() -> None:
    rise = detectable_rise(0.10, 3841)
    assert rise == pytest.approx(0.02, abs=1e-4)


def test_more_people_show_smaller_effects() -> None:
    rises = [detectable_rise(0.4, people) for people in (100, 400, 1_600)]
    assert rises == sorted(rises, reverse=True)
    falls = [detectable_shortening(people) for people in (100, 400, 1_600)]
    assert falls == sorted(falls, reverse=True)


def test_too_few_people_show_nothing() -> None:
    assert math.isinf(detectable_rise(0.5, 3))
    assert math.isinf(detectable_shortening(1))


def test_equal_shares_cannot_be_told_apart() -> None:
    with pytest.raises(ValueError, match="told apart"):
        sample_size(0.3, 0.3)
