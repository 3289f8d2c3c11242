"""Whatever the journeys and the limits, a unit's way through steps is the one that trying every way finds."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.naive_chains import best_way, may_go_on, with_optional
from builders.piecewise import Piecewise
from tropa.adapters.engines.local import LocalEngine
from tropa.analysis.afterwards import AfterwardsQuery, what_lost_did
from tropa.analysis.funnel import FunnelQuery, run_funnel, step_of
from tropa.analysis.losses import (
    OfStart,
    OfStep,
    OfUnits,
    find_losses,
    find_losses_by,
    step_times,
    time_histogram,
)
from tropa.domain.journeymap import Match
from tropa.domain.project import Semantics
from tropa.errors import InvalidQueryError
from tropa.events.chains import Barrier, ChainQuery, ChainReader, ChainStep
from tropa.events.fold import Span
from tropa.events.log import log_from_rows
from tropa.events.places import EventNames, PropertyValues

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
        patch.setattr("tropa.adapters.engines.local.WORTH_THREADS", 0)
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


@settings(max_examples=120, deadline=None)
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


def ways_of(log, query):
    """For each unit: its events, which of them fill the steps, how far it came, whether it is open."""
    for unit in range(log.units):
        _, events = events_of(log, unit)
        way = best_way(events, query)
        unfinished = 0 < len(way) < len(query.required)
        yield events, with_optional(events, way, query), len(way), unfinished and may_go_on(events, query, AS_OF)


@settings(max_examples=50, deadline=None)
@given(journeys, queries(), st.sampled_from(["all", "step", "start"]))
def test_losses_in_groups_are_counted_as_by_hand_on_threads_and_in_pieces(paths, query, kind):
    log = log_of(paths)
    by, group_of = {
        "all": (OfUnits(), lambda events, filled: 0),
        "step": (
            OfStep(1, PropertyValues("kind", ("y", "x"))),
            lambda events, filled: {"y": 0, "x": 1}.get(events[filled[1]]["kind"]) if filled[1] >= 0 else None,
        ),
        "start": (OfStart((-1, 0)), lambda events, filled: 0 if events[filled[0]]["time"] < 0 else 1),
    }[kind]
    came = [[0] * len(query.steps) for _ in range(by.count)]
    still = [[0] * len(query.steps) for _ in range(by.count)]
    for events, filled, far, is_open in ways_of(log, query):
        if far and (group := group_of(events, filled)) is not None:
            for step, at in enumerate(filled):
                came[group][step] += at >= 0
            still[group][query.required[far - 1]] += is_open
    for engine in (LocalEngine(2), Piecewise()):
        found = find_losses_by(log, query, by, engine)
        assert [[one.persons for one in each.steps] for each in found] == came
        assert [[one.censored for one in each.steps] for each in found] == still
        for each in found:
            kept = [one for one in each.steps if not one.optional]
            assert all(one.lost >= 0 for one in each.steps)
            assert kept[0].persons == sum(one.lost + one.censored for one in kept) + kept[-1].persons


@settings(max_examples=40, deadline=None)
@given(journeys, queries(), st.integers(1, 3))
def test_what_the_lost_did_next_is_what_they_did(paths, query, depth):
    log = log_of(paths)
    expected = Counter()
    for events, filled, far, is_open in ways_of(log, query):
        if 0 < far < len(query.required) and not is_open:
            step = query.required[far - 1]
            names = [key for key, _ in groupby(one["name"] for one in events[filled[step] :])][1:]
            expected[step, tuple(NAMES.index(name) for name in names[:depth])] += 1
    asked = AfterwardsQuery(query, EventNames(tuple((name,) for name in NAMES)), depth)
    for engine in (LocalEngine(2), Piecewise()):
        found = what_lost_did(log, asked, engine)
        assert {(one.step, one.path): one.persons for one in found} == expected
        assert [(one.step, -one.persons) for one in found] == sorted((one.step, -one.persons) for one in found)


@settings(max_examples=40, deadline=None)
@given(journeys, queries())
def test_times_to_each_step_are_exact(paths, query):
    log = log_of(paths)
    took = defaultdict(list)
    ends = []
    for events, filled, _, _ in ways_of(log, query):
        for step in range(1, len(query.steps)):
            if filled[step] >= 0:
                before = max(one for one in query.required if one < step)
                took[step, 0].append(events[filled[step]]["time"] - events[filled[0]]["time"])
                took[step, 1].append(events[filled[step]]["time"] - events[filled[before]]["time"])
        if filled[query.required[-1]] >= 0:
            ends.append(events[filled[query.required[-1]]]["time"] - events[filled[0]]["time"])
    for engine in (LocalEngine(2), Piecewise()):
        for step, pair in enumerate(step_times(log, query, engine)):
            for kind, timing in enumerate(pair):
                values = took[step, kind]
                assert (timing.of if timing else 0) == len(values)
                if timing:
                    assert timing.median_seconds == pytest.approx(float(np.median(values)) / 1000)
                    assert timing.p90_seconds == pytest.approx(float(np.quantile(values, 0.9)) / 1000)
        assert sum(time_histogram(log, query, engine)) == len(ends)


@settings(max_examples=40, deadline=None)
@given(journeys, st.lists(st.sets(names, min_size=1, max_size=2), min_size=2, max_size=4), lengths)
def test_a_plain_funnel_is_the_same_either_way(paths, sets, window):
    log = log_of(paths)
    for semantics in (Semantics.ANY_START, Semantics.FIRST_TOUCH):
        plain = FunnelQuery(tuple(step_of("s", *sorted(one)) for one in sets), window, semantics)
        chain = ChainQuery(
            steps=tuple(ChainStep(any_of=(Match(event=tuple(sorted(one))),)) for one in sets),
            window=window,
            semantics=semantics,
        )
        expected, found = run_funnel(log, plain), find_losses(log, chain)
        assert [(one.persons, one.censored, one.lost) for one in found.steps] == [
            (one.persons, one.censored, one.lost) for one in expected.steps
        ]


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
