"""Events dealt out to their units stand as a sort by hand would put them."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tropa.domain.project import UnitKind
from tropa.events import clustering, kernel
from tropa.events.clustering import FlatEvents, cluster
from tropa.events.log import BUCKETS, Column
from tropa.events.numbering import numbered

ROWS = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 3), st.integers(0, 60)), max_size=200)
WHOLE = st.integers(-50, 50) | st.integers(-(2**63), 2**63 - 1)


@pytest.fixture(params=["loops", "sorting", "threads"])
def way(request, monkeypatch):
    monkeypatch.setattr(kernel, "WORTH_LOADING", 10**9 if request.param == "sorting" else 0)
    monkeypatch.setattr(clustering, "WORTH_THREADS", 0 if request.param == "threads" else 10**9)
    if request.param == "sorting":
        monkeypatch.setenv("TROPA_INTERPRET", "1")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_events_stand_by_unit_then_time_then_source(way: None, rows: list[tuple[int, int, int]]) -> None:
    who = np.array([one[0] for one in rows], dtype=np.int32)
    codes = np.array([one[1] for one in rows], dtype=np.int32)
    time = np.array([one[2] for one in rows], dtype=np.int64)
    clustered = cluster(
        FlatEvents(who=who, event=Column(codes, ("a", "b", "c", "d")), time=time), unit=UnitKind.PERSON, threads=3
    )

    met = list(dict.fromkeys(who.tolist()))
    units = sorted(met, key=lambda one: (met.index(one) % BUCKETS, met.index(one)))
    wanted = sorted(range(len(rows)), key=lambda i: (units.index(rows[i][0]), rows[i][2], i))

    assert clustered.who.tolist() == units
    assert clustered.log.sequence.tolist() == wanted
    assert clustered.log.event.codes.tolist() == [rows[i][1] for i in wanted]
    assert clustered.log.time.tolist() == [rows[i][2] for i in wanted]
    assert np.diff(clustered.log.offsets).tolist() == [who.tolist().count(one) for one in units]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.just(5), st.integers(0, 1)), min_size=80, max_size=300), st.randoms())
def test_a_long_path_out_of_order_is_sorted_and_keeps_its_ties(way: None, rows: list[tuple[int, int]], chance) -> None:
    time = np.array([chance.randint(0, 40) for _ in rows], dtype=np.int64)
    who, codes = (np.array([row[n] for row in rows], dtype=np.int32) for n in (0, 1))

    log = cluster(FlatEvents(who=who, event=Column(codes, ("a", "b")), time=time), unit=UnitKind.PERSON).log

    assert log.sequence.tolist() == sorted(range(len(rows)), key=lambda i: (time[i], i))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WHOLE, max_size=200), st.integers(0, 5_000))
def test_whole_numbers_are_numbered_as_they_appear(way: None, values: list[int], more: int) -> None:
    values += [one * 2**40 for one in range(more)]
    found = numbered(np.array(values, dtype=np.int64))

    known = list(dict.fromkeys(values))
    assert found.values.tolist() == known
    assert [known[code] for code in found.codes.tolist()] == values


@pytest.mark.parametrize("end", [2**63 - 1, -(2**63)])
def test_the_last_numbers_of_64_bits_are_numbered_exactly(way: None, end: int) -> None:
    found = numbered(np.array([end, end], dtype=np.int64))

    assert (found.codes.tolist(), found.values.tolist()) == ([0, 0], [end])


def test_large_unsigned_numbers_stay_what_they_are(way: None) -> None:
    found = numbered(np.array([2**64 - 1, 0, 2**64 - 1], dtype=np.uint64))

    assert (found.codes.tolist(), found.values.tolist()) == ([0, 1, 0], [2**64 - 1, 0])
