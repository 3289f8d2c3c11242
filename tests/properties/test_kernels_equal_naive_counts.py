"""Whatever the journeys, kernels count what a person would count by hand, compiled and interpreted."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import groupby, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tropa.adapters.engines.local import LocalEngine
from tropa.analysis.flow import FlowQuery, flow
from tropa.analysis.funnel import FunnelQuery, Step, run_funnel
from tropa.analysis.transitions import TransitionQuery, transitions
from tropa.analysis.variants import VariantQuery, variants
from tropa.domain.project import Semantics
from tropa.events.log import log_from_rows

NAMES = "abcde"
journeys = st.lists(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 40)), max_size=8), min_size=1, max_size=8)
step_sets = st.lists(st.sets(st.sampled_from(NAMES), min_size=1, max_size=2), min_size=2, max_size=4)


@pytest.fixture(params=["compiled", "interpreted"], autouse=True, scope="module")
def mode(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TROPA_INTERPRET", "1" if request.param == "interpreted" else "0")
        patch.setattr("tropa.adapters.engines.local.WORTH_THREADS", 0)
        yield request.param


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
def test_a_funnel_reaches_as_far_as_any_start_allows(paths, steps, window, semantics):
    log = log_of(paths)
    window = None if semantics is Semantics.UNWINDOWED else window
    codes = [frozenset(NAMES.index(name) for name in step) for step in steps]
    query = FunnelQuery(
        tuple(Step(str(i), one) for i, one in enumerate(codes)),
        None if window is None else timedelta(milliseconds=window),
        semantics,
    )
    reached = [longest_prefix(path, codes, window, semantics) for path in paths_of(log)]

    found = run_funnel(log, query, LocalEngine(2))

    assert [s.persons for s in found.steps] == [sum(r > k for r in reached) for k in range(len(codes))]
    for k, step in enumerate(found.steps):
        further = found.steps[k + 1].persons if k + 1 < len(found.steps) else step.persons
        assert step.censored >= 0 <= step.lost
        assert step.persons == further + step.censored + step.lost


@settings(max_examples=60)
@given(journeys, st.booleans())
def test_transitions_are_the_moves_of_each_unit(paths, collapse):
    log = log_of(paths)
    events, persons, times = Counter(), defaultdict(set), defaultdict(list)
    for unit, path in enumerate(paths_of(log)):
        for (here, at), (there, then) in pairwise(path):
            if here == there and collapse:
                continue
            events[here, there] += 1
            persons[here, there].add(unit)
            times[here, there].append((then - at) / 1000)

    found = transitions(log, TransitionQuery(log.event.codes, len(NAMES), collapse), LocalEngine(2))

    pairs = list(zip(found.source.tolist(), found.target.tolist(), strict=True))
    assert pairs == sorted(events)
    assert found.events.tolist() == [events[p] for p in pairs]
    assert found.persons.tolist() == [len(persons[p]) for p in pairs]
    np.testing.assert_allclose(found.median_seconds, [np.median(times[p]) for p in pairs], rtol=1e-12)
    np.testing.assert_allclose(found.p90_seconds, [np.quantile(times[p], 0.9) for p in pairs], rtol=1e-9)


@settings(max_examples=60)
@given(journeys, st.booleans())
def test_variants_are_the_paths_of_each_unit(paths, collapse):
    log = log_of(paths)
    codes = [[code for code, _ in path] for path in paths_of(log)]
    naive = Counter(tuple(k for k, _ in groupby(path)) if collapse else tuple(path) for path in codes if path)

    found = variants(log, VariantQuery(log.event.codes, 1000, collapse), LocalEngine(2))

    assert {one.path: one.persons for one in found.variants} == naive
    assert found.different == len(naive)


@settings(max_examples=60)
@given(journeys, st.integers(0, 25))
def test_everyone_at_a_place_went_on_or_is_open_or_is_lost(paths, window):
    log = log_of(paths)
    found = flow(log, FlowQuery(log.event.codes, 5, (timedelta(milliseconds=window),) * 5), LocalEngine(2))

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
