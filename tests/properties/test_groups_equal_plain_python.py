"""Properties of events told of people, and a log cut down to some people, as plain Python would have them."""

import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tropa.domain.project import Moment
from tropa.events.groups import only_units, unit_column
from tropa.events.log import EventLog, log_from_rows

DEVICES = st.sampled_from(["web", "app", "till", None])
ROWS = st.lists(st.tuples(st.integers(0, 70), st.integers(0, 9), DEVICES), min_size=1, max_size=150)


@pytest.fixture(params=["", "1"], ids=["compiled", "interpreted"])
def mode(request, monkeypatch):
    monkeypatch.setenv("TROPA_INTERPRET", request.param)


def log_of(rows: list[tuple[int, int, str | None]]) -> EventLog:
    return log_from_rows(
        [(str(who), "seen", time) for who, time, _ in rows],
        properties={"device": [device for *_, device in rows]},
        amounts=[time * 100 for _, time, _ in rows],
    )


def said(log: EventLog) -> list[list[str]]:
    """What each unit's events say, in their order."""
    column = log.properties["device"]
    edges = log.offsets.tolist()
    each = [column.codes[a:b].tolist() for a, b in itertools.pairwise(edges)]
    return [[column.values[code] for code in codes if code >= 0] for codes in each]


def commonest(values: list[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda one: (-counts[one], one))


CHOSEN = {
    Moment.JOURNEY_START: lambda values: values[0],
    Moment.LAST: lambda values: values[-1],
    Moment.MOST_FREQUENT: commonest,
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.sampled_from(sorted(Moment)))
def test_a_property_of_events_is_told_of_people_at_a_moment(mode, rows, moment):
    log = log_of(rows)

    column = unit_column(log, "device", moment)

    told = [column.values[code] if code >= 0 else None for code in column.codes.tolist()]
    assert told == [CHOSEN[moment](values) if values else None for values in said(log)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.randoms())
def test_a_log_of_some_people_has_their_events_and_no_others(mode, rows, chance):
    log = log_of(rows)
    keep = np.array([chance.random() < 0.5 for _ in range(log.units)], dtype=bool)

    cut = only_units(log, keep)

    where = np.repeat(keep, np.diff(log.offsets))
    assert np.diff(cut.offsets).tolist() == np.diff(log.offsets)[keep].tolist()
    for column in ("time", "sequence", "amount"):
        assert getattr(cut, column).tolist() == getattr(log, column)[where].tolist()
    assert cut.event.codes.tolist() == log.event.codes[where].tolist()
    assert said(cut) == [values for values, kept in zip(said(log), keep.tolist(), strict=True) if kept]
    sizes = [int(keep[a:b].sum()) for a, b in zip(log.buckets[:-1].tolist(), log.buckets[1:].tolist(), strict=True)]
    assert np.diff(cut.buckets).tolist() == sizes
