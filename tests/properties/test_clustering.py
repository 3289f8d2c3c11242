"""Events dealt out to their units stand as a sort by hand would put them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tropa.domain.project import UnitKind
from tropa.events.clustering import FlatEvents, cluster
from tropa.events.log import BUCKETS, Column

ROWS = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 3), st.integers(0, 6)), max_size=200)


@given(ROWS)
def test_events_stand_by_unit_then_time_then_source(rows: list[tuple[int, int, int]]) -> None:
    who = np.array([one[0] for one in rows], dtype=np.int32)
    codes = np.array([one[1] for one in rows], dtype=np.int32)
    time = np.array([one[2] for one in rows], dtype=np.int64)
    clustered = cluster(FlatEvents(who=who, event=Column(codes, ("a", "b", "c", "d")), time=time), unit=UnitKind.PERSON)

    met = list(dict.fromkeys(who.tolist()))
    units = sorted(met, key=lambda one: (met.index(one) % BUCKETS, met.index(one)))
    wanted = sorted(range(len(rows)), key=lambda i: (units.index(rows[i][0]), rows[i][2], i))

    assert clustered.who.tolist() == units
    assert clustered.log.sequence.tolist() == wanted
    assert clustered.log.event.codes.tolist() == [rows[i][1] for i in wanted]
    assert clustered.log.time.tolist() == [rows[i][2] for i in wanted]
    assert np.diff(clustered.log.offsets).tolist() == [who.tolist().count(one) for one in units]
