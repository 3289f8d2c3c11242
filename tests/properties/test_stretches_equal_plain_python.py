"""Steps around an anchor, typical beginnings: whatever the journeys, as a person would count them."""

from collections import Counter
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.piecewise import Piecewise
from tropa.adapters.engines.local import LocalEngine
from tropa.analysis import step_flow as step_flows
from tropa.analysis.beginnings import BeginningsQuery, beginnings
from tropa.analysis.step_flow import step_flow
from tropa.events.groups import Reached
from tropa.events.log import log_from_rows
from tropa.events.places import EventNames
from tropa.events.stretches import Anchor, Stretch, rows_together

NAMES = "abcd"
PLACES = EventNames((("a",), ("b",), ("c",)))  # d is nowhere
journeys = st.lists(st.lists(st.sampled_from(NAMES), max_size=9), min_size=1, max_size=8)
stretches = st.one_of(
    st.builds(
        lambda after, collapse: Stretch(places=PLACES, after=after, collapse=collapse), st.integers(1, 4), st.booleans()
    ),
    st.builds(lambda before: Stretch(places=PLACES, anchor=Anchor.END, before=before), st.integers(1, 4)),
    st.builds(
        lambda at, before, after: Stretch(places=PLACES, anchor=Anchor.PLACE, at=at, before=before, after=after),
        st.integers(0, 2),
        st.integers(0, 3),
        st.integers(1, 3),
    ),
)


@pytest.fixture(params=["few places", "many places"], autouse=True, scope="module")
def places(request):
    """Links of few places are counted in a table, of many they are listed."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "many places":
            patch.setattr(step_flows, "_DENSE", 0)
        yield


@pytest.fixture(params=["compiled", "interpreted"], autouse=True, scope="module")
def mode(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TROPA_INTERPRET", "1" if request.param == "interpreted" else "0")
        patch.setattr("tropa.adapters.engines.local.WORTH_THREADS", 0)
        yield


def log_of(paths):
    """Every name occurs; the units that make sure of it are journeys too."""
    whole = [*paths, list(NAMES)]
    return whole, log_from_rows([(f"p{i}", name, at) for i, path in enumerate(whole) for at, name in enumerate(path)])


def row_of(path, query):
    """The stretch as a list with None beyond the ends; None without the anchor."""
    met = [NAMES.index(one) for one in path if one != "d"]
    walked = [place for place, _ in groupby(met)] if query.collapse else met
    match query.anchor:
        case Anchor.START:
            at = 0 if walked else None
        case Anchor.END:
            at = len(walked) - 1 if walked else None
        case Anchor.PLACE:
            at = walked.index(query.at) if query.at in walked else None
    if at is None:
        return None
    return [
        walked[place] if 0 <= place < len(walked) else None for place in range(at - query.before, at + query.after + 1)
    ]


@settings(max_examples=60, deadline=None)
@given(journeys, stretches)
def test_steps_around_an_anchor_are_those_of_each_journey(paths, query):
    whole, log = log_of(paths)
    rows = [row for path in whole if (row := row_of(path, query)) is not None]
    at = [Counter(row[step] for row in rows if row[step] is not None) for step in range(query.width)]
    links = Counter(
        (step - query.before, row[step], row[step + 1])
        for row in rows
        for step in range(query.width - 1)
        if (row[step], row[step + 1]) != (None, None)
    )
    for engine in (LocalEngine(2), Piecewise()):
        found = step_flow(log, query, engine)
        assert (found.first, found.of) == (-query.before, len(rows))
        assert [dict(one) for one in found.at] == at
        assert {(one.step, one.source, one.target): one.persons for one in found.links} == links


def test_long_rows_of_many_places_are_put_together_too():
    rows = np.array([[70_000, 5, 1, 2, 3], [-1, 5, 1, 2, 3], [70_000, 5, 1, 2, 3]], dtype=np.int32)
    for width in (2, 5):
        found, counts = rows_together(rows[:, :width], np.array([1, 2, 4]))
        assert (found.tolist(), counts.tolist()) == ([[-1, *rows[0, 1:width]], rows[0, :width].tolist()], [2, 5])


@settings(max_examples=60, deadline=None)
@given(journeys, stretches, st.integers(1, 5))
def test_the_most_common_paths_and_who_came_from_each(paths, query, top):
    whole, log = log_of(paths)
    rows = [(tuple(row), "d" in path) for path in whole if (row := row_of(path, query)) is not None]
    persons, came = Counter(row for row, _ in rows), Counter(row for row, hit in rows if hit)
    asked = BeginningsQuery(query, Reached(EventNames((("d",),))), top)
    for engine in (LocalEngine(2), Piecewise()):
        found = beginnings(log, asked, engine)
        assert (found.different, found.came.of, found.came.count) == (len(persons), len(rows), sum(came.values()))
        counts = sorted(persons.values(), reverse=True)[:top]
        assert [one.share.count for one in found.paths] == counts
        by_path = Counter()
        for row, count in persons.items():
            by_path[tuple(one for one in row if one is not None), count, came[row]] += 1
        assert all(by_path[one.path, one.share.count, one.came.count] for one in found.paths)
