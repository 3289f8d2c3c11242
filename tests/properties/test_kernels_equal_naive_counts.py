"""Whatever the journeys, kernels count what a person would count by hand, compiled and interpreted."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import groupby, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.piecewise import Piecewise
from tropa.adapters.engines.local import LocalEngine
from tropa.analysis.flow import FlowQuery, flow
from tropa.analysis.funnel import FunnelQuery, run_funnel, run_funnel_by, step_of
from tropa.analysis.retention import RetentionQuery, retention_by
from tropa.analysis.sessions import SessionQuery, count_sessions, session_lengths
from tropa.analysis.transitions import TransitionQuery, transitions, transitions_by
from tropa.analysis.variants import VariantQuery, variants
from tropa.analysis.waiting import WaitQuery, waits_by, working_times
from tropa.domain.project import Semantics
from tropa.events.extent import extent_of
from tropa.events.groups import EVERYBODY, Reached, UnitProperty, only_units
from tropa.events.log import Column, log_from_rows
from tropa.events.places import EventNames

NAMES = "abcde"
journeys = st.lists(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 40)), max_size=8), min_size=1, max_size=8)
step_sets = st.lists(st.sets(st.sampled_from(NAMES), min_size=1, max_size=2), min_size=2, max_size=4)


@pytest.fixture(params=["compiled", "interpreted"], autouse=True, scope="module")
def mode(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TROPA_INTERPRET", "1" if request.param == "interpreted" else "0")
        patch.setattr("tropa.adapters.engines.local.WORTH_THREADS", 0)
        yield request.param


@pytest.fixture(params=["threads", "pieces"], autouse=True, scope="module")
def engine(request):
    """Threads over the whole log, or buckets that the fold travels to."""
    return LocalEngine(2) if request.param == "threads" else Piecewise()


EACH = EventNames(tuple((name,) for name in NAMES))


def log_of(paths, as_of=45):
    """Every name has a code, in alphabetical order, whether anybody did it or not: `z` does each once, long ago."""
    rows = [("z", name, -1000 + i) for i, name in enumerate(NAMES)]
    rows += [(f"p{i}", name, time) for i, path in enumerate(paths) for name, time in path]
    return log_from_rows(rows, as_of=as_of)


def paths_of(log):
    """Each unit's events as (code, time), in order."""
    edges = log.offsets.tolist()
    pairs = list(zip(log.event.codes.tolist(), log.time.tolist(), strict=True))
    return [pairs[a:b] for a, b in pairwise(edges)]


def longest_prefix(path, steps, window, semantics):
    """Tries every start, and every way on from it."""
    starts = [i for i, (code, _) in enumerate(path) if code in steps[0]]
    if semantics is not Semantics.ANY_START:
        starts = starts[:1]

    def furthest(place, step, limit):
        if step == len(steps):
            return step
        ways = [i for i in range(place + 1, len(path)) if path[i][0] in steps[step] and path[i][1] <= limit]
        return max((furthest(i, step + 1, limit) for i in ways), default=step)

    return max((furthest(i, 1, path[i][1] + window if window is not None else 10**12) for i in starts), default=0)


@settings(max_examples=60)
@given(journeys, step_sets, st.integers(0, 25), st.sampled_from(list(Semantics)))
def test_a_funnel_reaches_as_far_as_any_start_allows(engine, paths, steps, window, semantics):
    log = log_of(paths)
    window = None if semantics is Semantics.UNWINDOWED else window
    codes = [frozenset(NAMES.index(name) for name in step) for step in steps]
    query = FunnelQuery(
        tuple(step_of(str(i), *sorted(names)) for i, names in enumerate(steps)),
        None if window is None else timedelta(milliseconds=window),
        semantics,
    )
    reached = [longest_prefix(path, codes, window, semantics) for path in paths_of(log)]

    found = run_funnel(log, query, engine)

    assert [s.persons for s in found.steps] == [sum(r > k for r in reached) for k in range(len(codes))]
    for k, step in enumerate(found.steps):
        further = found.steps[k + 1].persons if k + 1 < len(found.steps) else step.persons
        assert step.censored >= 0 <= step.lost
        assert step.persons == further + step.censored + step.lost


@settings(max_examples=60)
@given(journeys, st.booleans())
def test_transitions_are_the_moves_of_each_unit(engine, paths, collapse):
    log = log_of(paths)
    events, persons, times = Counter(), defaultdict(set), defaultdict(list)
    for unit, path in enumerate(paths_of(log)):
        for (here, at), (there, then) in pairwise(path):
            if here == there and collapse:
                continue
            events[here, there] += 1
            persons[here, there].add(unit)
            times[here, there].append((then - at) / 1000)

    found = transitions(log, TransitionQuery(EACH, collapse), engine)

    pairs = list(zip(found.source.tolist(), found.target.tolist(), strict=True))
    assert pairs == sorted(events)
    assert found.events.tolist() == [events[p] for p in pairs]
    assert found.persons.tolist() == [len(persons[p]) for p in pairs]
    np.testing.assert_allclose(found.median_seconds, [np.median(times[p]) for p in pairs], rtol=1e-12)
    np.testing.assert_allclose(found.p90_seconds, [np.quantile(times[p], 0.9) for p in pairs], rtol=1e-9)


@settings(max_examples=60)
@given(journeys, st.booleans())
def test_variants_are_the_paths_of_each_unit(engine, paths, collapse):
    log = log_of(paths)
    codes = [[code for code, _ in path] for path in paths_of(log)]
    naive = Counter(tuple(k for k, _ in groupby(path)) if collapse else tuple(path) for path in codes if path)

    found = variants(log, VariantQuery(EACH, 1000, collapse), engine)

    assert {one.path: one.persons for one in found.variants} == naive
    assert found.different == len(naive)


@settings(max_examples=60)
@given(journeys, st.integers(0, 25))
def test_everyone_at_a_place_went_on_or_is_open_or_is_lost(engine, paths, window):
    log = log_of(paths)
    found = flow(log, FlowQuery(EACH, (timedelta(milliseconds=window),) * 5), engine)

    for place, one in enumerate(found[:-1]):
        here = [path for path in paths_of(log) if any(code == place for code, _ in path)]
        steps = [frozenset([place]), frozenset(range(place + 1, 5))]
        assert one.persons == len(here)
        assert one.events == sum(code == place for path in here for code, _ in path)
        assert one.went_on.count == sum(longest_prefix(p, steps, window, Semantics.ANY_START) == 2 for p in here)
        assert one.persons == one.went_on.count + one.censored + one.lost
        assert one.lost == sum(way.persons for way in one.lost_to)
        assert one.went_on.count == sum(way.persons for way in one.went_to)
        backward = sum(a[0] == place > b[0] for path in here for a, b in pairwise(path))
        assert backward == sum(way.events for way in one.returns if way.to is not None)


@settings(max_examples=40)
@given(journeys, st.integers(1, 25), st.booleans())
def test_returns_are_counted_among_those_whose_term_has_come(engine, paths, term, other):
    log = log_of(paths)
    places = EventNames((("a",), ("b", "c"))) if other else EventNames((("a",),))
    again = {1, 2} if other else {0}

    found = retention_by(
        log, RetentionQuery(places, timedelta(milliseconds=term)), Reached(EventNames((("e",),))), engine
    )

    for group, one in enumerate(found):
        began = [(path, [t for c, t in path if c == 0]) for path in paths_of(log) if (4 in dict(path)) == bool(group)]
        began = [(path, times[0]) for path, times in began if times]
        due = [(path, start) for path, start in began if start + term <= log.as_of]
        back = [any(c in again and start < t <= start + term for c, t in path) for path, start in due]
        assert (one.returned.count, one.returned.of, one.not_yet_due) == (sum(back), len(due), len(began) - len(due))
        ever = [any(c in again and t > start for c, t in path) for path, start in began]
        assert (one.to_return.of if one.to_return else 0) == sum(ever)


@settings(max_examples=40)
@given(journeys)
def test_a_wait_is_from_the_first_start_to_the_first_end_after_it(engine, paths):
    log = log_of(paths)
    took, waiting = [], 0
    for path in paths_of(log):
        starts = [i for i, (code, _) in enumerate(path) if code in {0, 1}]
        ends = [i for i, (code, _) in enumerate(path) if code == 2 and starts and i > starts[0]]
        if ends:
            took.append((path[ends[0]][1] - path[starts[0]][1]) / 1000)
        elif starts:
            waiting += 1

    (found,) = waits_by(log, WaitQuery(EventNames((("a", "b"), ("c",)))), EVERYBODY, engine)

    assert found.waiting == waiting
    assert found.timing.of == len(took)
    assert found.timing.median_seconds == pytest.approx(np.median(took))


@settings(max_examples=40)
@given(journeys, st.randoms(use_true_random=False))
def test_work_runs_from_the_latest_start_to_its_completion(engine, paths, random):
    log = log_of(paths)
    states = np.array([random.choice([-1, 0, 1, 2]) for _ in range(log.size)], dtype=np.int32)
    log = replace(log, properties={"lifecycle": Column(states, ("START", "COMPLETE", "SCHEDULE"))})
    took = defaultdict(list)
    for first, last in pairwise(log.offsets.tolist()):
        open_since = {}
        for i in range(first, last):
            code, time = int(log.event.codes[i]), int(log.time[i])
            if states[i] == 0:
                open_since[code] = time
            elif states[i] == 1 and code in open_since:
                took[code].append((time - open_since.pop(code)) / 1000)

    found = working_times(log, EACH, engine)

    assert [one.of if one else 0 for one in found] == [len(took[code]) for code in range(len(NAMES))]
    for code, one in enumerate(found):
        assert one is None or one.median_seconds == pytest.approx(np.median(took[code]))


@settings(max_examples=40)
@given(journeys, st.data())
def test_groups_ask_the_same_of_some_people(engine, paths, data):
    log = log_of(paths)
    colours = data.draw(st.lists(st.sampled_from(["red", "blue", None]), min_size=log.units, max_size=log.units))
    codes = np.array([{"red": 0, "blue": 1, None: -1}[one] for one in colours], dtype=np.int32)
    log = replace(log, unit_properties={"colour": Column(codes, ("red", "blue"))})
    rule = UnitProperty("colour", ("blue", "red"))
    query = FunnelQuery((step_of("1", "a", "b"), step_of("2", "c")), timedelta(milliseconds=20))

    funnels = run_funnel_by(log, query, rule, engine)
    moves = transitions_by(log, TransitionQuery(EACH), rule, engine)

    for group, code in enumerate((1, 0)):
        alone = only_units(log, codes == code)
        assert funnels[group] == run_funnel(alone, query)
        theirs = transitions(alone, TransitionQuery(EACH))
        for name in ("source", "target", "events", "persons", "starts", "ends"):
            np.testing.assert_array_equal(getattr(moves[group], name), getattr(theirs, name))
        np.testing.assert_allclose(moves[group].median_seconds, theirs.median_seconds)


@settings(max_examples=30)
@given(journeys)
def test_the_extent_is_from_the_first_event_to_the_last(engine, paths):
    log = log_of(paths)
    expected = (sum(map(bool, paths_of(log))), log.size, int(log.time.min()), int(log.time.max()))

    found = extent_of(log, engine)

    assert (found.units, found.events, found.first, found.last) == expected


def visits_of(path, gap):
    visits = []
    for code, time in path:
        if not visits or time - visits[-1][-1][1] > gap:
            visits.append([])
        visits[-1].append((code, time))
    return visits


@given(journeys, st.integers(1, 15))
def test_visits_are_counted_as_by_hand(engine, paths, gap):
    log = log_of(paths)
    query = SessionQuery(EACH, timedelta(milliseconds=gap))
    by_unit = [visits_of(path, gap) for path in paths_of(log)]
    visits = [visit for some in by_unit for visit in some]

    found = count_sessions(log, query, engine)
    lengths = sorted((visit[-1][1] - visit[0][1]) / 1000 for visit in visits if len(visit) > 1)
    timing = session_lengths(log, query, engine)

    assert (found.sessions, found.events) == (len(visits), log.size)
    assert found.single.count == sum(len(visit) == 1 for visit in visits)
    for place in range(len(NAMES)):
        assert found.begun_at[place] == sum(visit[0][0] == place for visit in visits)
        assert found.ended_at[place] == sum(visit[-1][0] == place for visit in visits)
    assert found.by_person.tolist() == [sum(min(len(some), 10) == k for some in by_unit) for k in range(11)]
    assert (timing.of if timing else 0) == len(lengths)
    if timing:
        assert timing.median_seconds == pytest.approx(float(np.median(lengths)))
