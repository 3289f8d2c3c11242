"""Who was where: the quick tables against counting pair by pair."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tropa.events.log import EventLog, log_from_rows
from tropa.events.meetings import first_meetings, units_at

JOURNEYS = st.lists(st.lists(st.integers(-1, 4), max_size=12), max_size=90)


def a_log(journeys: list[list[int]]) -> tuple[EventLog, np.ndarray]:
    rows = [(f"u{unit}", str(code), at) for unit, codes in enumerate(journeys) for at, code in enumerate(codes)]
    log = log_from_rows(rows)
    codes = np.array([int(log.event.values[code]) for code in log.event.codes], dtype=np.int32)
    return log, codes


@pytest.mark.parametrize("wide", [5, 5_000], ids=["a table", "a list of pairs"])
@given(journeys=JOURNEYS)
def test_each_unit_counts_once_at_each_place(wide: int, journeys: list[list[int]]) -> None:
    log, codes = a_log(journeys)
    expected = [sum(place in own for own in journeys) for place in range(5)]
    assert units_at(log, codes, wide)[:5].tolist() == expected
    assert not units_at(log, codes, wide)[5:].any()


@pytest.mark.parametrize("wide", [5, 5_000], ids=["a table", "a list of pairs"])
@given(journeys=JOURNEYS)
def test_first_meetings_are_the_earliest_events_in_order(wide: int, journeys: list[list[int]]) -> None:
    log, codes = a_log(journeys)
    expected: dict[tuple[int, int], int] = {}
    for unit in range(log.units):
        for event in range(int(log.offsets[unit]), int(log.offsets[unit + 1])):
            if codes[event] >= 0:
                expected.setdefault((unit, int(codes[event])), event)
    found = first_meetings(log, codes, wide)
    pairs = zip(found.unit.tolist(), found.place.tolist(), found.event.tolist(), strict=True)
    assert list(pairs) == [(*pair, event) for pair, event in sorted(expected.items())]
