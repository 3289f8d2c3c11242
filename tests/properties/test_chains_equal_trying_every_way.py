"""Whatever the journeys and the limits, a unit's way through steps is the one that trying every way finds."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.naive_chains import best_way, may_go_on, with_optional
from tropa.domain.journeymap import Match
from tropa.domain.project import Semantics
from tropa.errors import InvalidQueryError
from tropa.events.chains import Barrier, ChainQuery, ChainReader, ChainStep
from tropa.events.fold import Span
from tropa.events.log import log_from_rows

NAMES = "abcd"
AS_OF = 45
names = st.sampled_from(NAMES)
journeys = st.lists(
    st.lists(st.tuples(names, st.integers(0, 40), st.sampled_from(["x", "y", None])), max_size=8),
    min_size=1,
    max_size=6,
)
matches = st.builds(
    lambda event, where: Match(event=tuple(sorted(event)), where={"kind": (where,)} if where else {}),
    st.sets(names, min_size=1, max_size=2),
    st.sampled_from([None, None, "x"]),
)
some = st.lists(matches, min_size=1, max_size=2).map(tuple)
lengths = st.one_of(st.none(), st.integers(0, 25).map(lambda ms: timedelta(milliseconds=ms)))


@st.composite
def queries(draw):
    semantics = draw(st.sampled_from(list(Semantics)))
    limits = st.none() if semantics is Semantics.UNWINDOWED else lengths
    steps = []
    for number in range(draw(st.integers(2, 5))):
        optional = number > 0 and draw(st.integers(0, 3)) == 0
        timed = number > 0 and not optional
        within = draw(limits) if timed else None
        after = draw(lengths) if timed and within is None else None
        steps.append(ChainStep(any_of=draw(some), optional=optional, within=within, after=after))
    if sum(not one.optional for one in steps) < 2:
        steps.append(ChainStep(any_of=draw(some)))
    edges = st.integers(0, len(steps) - 1)
    barriers = []
    for _ in range(draw(st.integers(0, 2))):
        start, end = sorted((draw(edges), draw(edges)))
        barriers.append(Barrier(any_of=draw(some), start=start, end=end) if start < end else Barrier(any_of=draw(some)))
    hold = draw(st.sampled_from([None, None, "kind"]))
    return ChainQuery(steps=tuple(steps), window=draw(limits), semantics=semantics, barriers=tuple(barriers), hold=hold)


@pytest.fixture(params=["compiled", "interpreted"], autouse=True, scope="module")
def mode(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TROPA_INTERPRET", "1" if request.param == "interpreted" else "0")
        yield


def log_of(paths):
    rows = [("z", name, -1000 + i) for i, name in enumerate(NAMES)]
    rows += [(f"p{i}", name, time) for i, path in enumerate(paths) for name, time, _ in path]
    kinds = [None, None, None, "x"] + [kind for path in paths for _, _, kind in path]
    return log_from_rows(rows, properties={"kind": kinds}, as_of=AS_OF)


def events_of(log, unit):
    start, end = log.offsets[unit : unit + 2].tolist()
    kinds = log.properties["kind"]
    return start, [
        {
            "name": log.event.values[log.event.codes[i]],
            "time": int(log.time[i]),
            "kind": None if kinds.codes[i] < 0 else kinds.values[kinds.codes[i]],
        }
        for i in range(start, end)
    ]


@settings(max_examples=250, deadline=None)
@given(journeys, queries())
def test_the_way_taken_is_the_best_of_all_ways(paths, query):
    log = log_of(paths)
    found = ChainReader(log, query).of(Span(0, log.units))
    for unit in range(log.units):
        start, events = events_of(log, unit)
        way = best_way(events, query)
        filled = [-1 if at < 0 else start + at for at in with_optional(events, way, query)]
        assert found.far[unit] == len(way)
        assert found.at[unit].tolist() == filled
        unfinished = 0 < len(way) < len(query.required)
        assert bool(found.is_open[unit]) == (unfinished and may_go_on(events, query, AS_OF))


@settings(max_examples=20, deadline=None)
@given(journeys, queries())
def test_units_are_walked_alike_whatever_the_span(paths, query):
    log = log_of(paths)
    reader = ChainReader(log, query)
    whole = reader.of(Span(0, log.units))
    for unit in range(log.units):
        alone = reader.of(Span(unit, unit + 1))
        assert alone.at[0].tolist() == whole.at[unit].tolist()


def test_a_question_that_makes_no_sense_is_refused():
    a, b = (ChainStep(any_of=(Match(event=(name,)),)) for name in "ab")
    hour = timedelta(hours=1)
    for steps, more, said in (
        ((a,), {}, "2 to 30 steps"),
        ((a, b), {"window": -hour}, "cannot be negative"),
        ((a, b), {"window": hour, "semantics": Semantics.UNWINDOWED}, "has no window"),
        ((ChainStep(any_of=a.any_of, optional=True), b), {}, "cannot be skipped"),
        ((ChainStep(any_of=a.any_of, within=hour), b), {}, "comes after nothing"),
        ((a, b), {"barriers": (Barrier(any_of=a.any_of, start=1, end=1),)}, "nothing between"),
    ):
        with pytest.raises(InvalidQueryError, match=said):
            ChainQuery(steps=steps, **more)
    with pytest.raises(InvalidQueryError, match="no property “colour”"):
        ChainReader(log_of([[("a", 1, None)]]), ChainQuery(steps=(a, b), hold="colour"))
