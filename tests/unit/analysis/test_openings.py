"""Openings: when somebody stands at the start of a step, and when it ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.analysis.openings import (
    OPENINGS_PER_UNIT,
    OpeningQuery,
    count_moves_within,
    find_openings,
    unit_of,
)
from tropa.events.log import log_from_rows

HOUR = 3_600_000


def _query(log, starts: str, ends: str, *, gap: int = 0, only_closed: bool = False) -> OpeningQuery:
    return OpeningQuery(
        starts=np.array([name in starts for name in log.event.values]),
        ends=np.array([name in ends for name in log.event.values]),
        gap_ms=gap,
        only_closed=only_closed,
    )


def _pairs(log, query) -> list[tuple[int, int]]:
    found = find_openings(log, log.event.codes, query)
    return list(zip(found.start.tolist(), found.end.tolist(), strict=True))


def test_an_opening_ends_with_the_first_end_after_it():
    log = log_from_rows([("ann", "a", 0), ("ann", "x", 1), ("ann", "b", 2), ("ann", "b", 3), ("bob", "a", 0)])
    assert _pairs(log, _query(log, "a", "b")) == [(0, 2), (4, -1)]


def test_within_the_gap_a_unit_does_not_open_anew():
    log = log_from_rows([("ann", "a", 0), ("ann", "a", HOUR), ("ann", "a", 3 * HOUR), ("ann", "b", 4 * HOUR)])
    assert _pairs(log, _query(log, "a", "b", gap=2 * HOUR)) == [(0, 3), (2, 3)]


def test_only_closed_waits_for_the_end_before_opening_anew():
    log = log_from_rows([("ann", "a", 0), ("ann", "a", 9), ("ann", "b", 10), ("ann", "a", 11), ("ann", "b", 12)])
    assert _pairs(log, _query(log, "a", "b", only_closed=True)) == [(0, 2), (3, 4)]


def test_the_same_event_may_start_and_end():
    log = log_from_rows([("ann", "a", 0), ("ann", "a", 10), ("bob", "a", 0)])
    assert _pairs(log, _query(log, "a", "a", gap=100 * HOUR)) == [(0, 1), (2, -1)]


def test_a_robot_counts_ten_times_and_no_more():
    log = log_from_rows([("robot", "a", i * HOUR) for i in range(100)])
    assert len(_pairs(log, _query(log, "a", "b"))) == OPENINGS_PER_UNIT


def test_moves_are_counted_within_the_unit_and_the_window():
    rows = [("ann", name, i * 1000) for i, name in enumerate("abab")] + [("ann", "a", HOUR), ("bob", "b", 0)]
    log = log_from_rows(rows)
    openings = find_openings(log, log.event.codes, _query(log, "a", "b", gap=10 * HOUR))
    back = (log.event.code_of("b"), log.event.code_of("a"))
    assert count_moves_within(log, log.event.codes, openings, back, 60_000).tolist() == [1]
    assert count_moves_within(log, log.event.codes, openings, back, HOUR).tolist() == [2]
    assert unit_of(log, openings.start).tolist() == [0]


@given(st.lists(st.tuples(st.sampled_from("uvw"), st.sampled_from("abx"), st.integers(0, 20)), min_size=1, max_size=40))
@pytest.mark.parametrize("interpreted", ["1", "0"])
def test_openings_equal_a_naive_walk(interpreted, rows):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TROPA_INTERPRET", interpreted)
        log = log_from_rows(rows)
        assert _pairs(log, _query(log, "a", "b", gap=5)) == _naive(log, gap=5)


def _naive(log, *, gap: int) -> list[tuple[int, int]]:
    found = []
    for unit in range(log.units):
        events = range(int(log.offsets[unit]), int(log.offsets[unit + 1]))
        names = {i: log.event.values[log.event.codes[i]] for i in events}
        starts: list[int] = []
        for i in events:
            open_again = not starts or log.time[i] - log.time[starts[-1]] >= gap
            if names[i] == "a" and open_again and len(starts) < OPENINGS_PER_UNIT:
                starts.append(i)
        found += [(i, next((j for j in events if j > i and names[j] == "b"), -1)) for i in starts]
    return found
