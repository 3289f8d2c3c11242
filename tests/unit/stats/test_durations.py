import math

import numpy as np
import pytest

from tropa.stats.durations import kaplan_meier, median_interval, quantile, timing_of


def test_the_median_interval_takes_the_exact_order_statistics():
    found = median_interval(np.arange(1, 21))  # binomial(20, ½): values 6 and 15 hold it with 95.9 %

    assert (found.value, found.low, found.high) == (10.5, 6.0, 15.0)


def test_few_values_leave_the_whole_range():
    found = median_interval(np.array([3, 5, 9]))

    assert (found.low, found.high) == (3.0, 9.0)


def test_no_values_have_no_median():
    assert math.isnan(median_interval(np.array([])).value)
    assert math.isnan(quantile(np.array([]), 0.9))
    assert timing_of(np.array([])) is None


def test_one_value_is_its_own_timing():
    found = timing_of(np.array([4.0]))

    assert (found.of, found.median_seconds, found.low_seconds, found.high_seconds, found.p90_seconds) == (1, 4, 4, 4, 4)


def test_kaplan_meier_gives_the_textbook_curve():
    # 6-mercaptopurine arm of Freireich et al. 1963, in weeks
    weeks = np.array([6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35])
    relapsed = np.array([1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0], dtype=bool)

    found = kaplan_meier(weeks, relapsed)

    assert found.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert found.share == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
    assert found.median == 23
    assert found.at(5).value == 1.0
    assert found.at(12).value == pytest.approx(0.753, abs=5e-4)


def test_open_journeys_alone_have_no_median():
    assert kaplan_meier(np.array([1, 2]), np.array([False, False])).median is None


def test_when_all_have_ended_nothing_is_left():
    found = kaplan_meier(np.array([1, 2]), np.array([True, True]))

    assert (found.share.tolist(), found.low[-1], found.high[-1]) == ([0.5, 0.0], 0.0, 0.0)
