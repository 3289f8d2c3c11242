"""What is taken next, and which offers are taken up: as by hand, whatever the journeys."""

import itertools
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.piecewise import Piecewise
from tropa.adapters.engines.local import LocalEngine
from tropa.analysis import offers
from tropa.analysis.next_taken import NextQuery, ratio, taken_next
from tropa.analysis.offers import OfferQuery, offers_taken
from tropa.events.log import log_from_rows
from tropa.events.places import EventNames
from tropa.stats.proportions import proportion

NAMES = "abcd"
JOURNEYS = st.lists(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 40)), max_size=8), min_size=1, max_size=7)
TERM, AS_OF = 12, 45
EACH = EventNames((("b",), ("c",), ("d",)))


def log_of(journeys):
    rows = [("z", name, -500 - n) for n, name in enumerate(NAMES)]
    rows += [(f"p{n}", name, time) for n, path in enumerate(journeys) for name, time in path]
    return log_from_rows(rows, as_of=AS_OF)


def paths_of(log):
    edges = log.offsets.tolist()
    return [
        [(log.event.values[log.event.codes[i]], int(log.time[i])) for i in range(a, b)]
        for a, b in itertools.pairwise(edges)
    ]


@pytest.fixture(params=["0", "1"], autouse=True, scope="module")
def mode(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TROPA_INTERPRET", request.param)
        patch.setattr("tropa.adapters.engines.local.WORTH_THREADS", 0)
        yield


@given(JOURNEYS)
def test_what_follows_is_counted_as_by_hand(journeys):
    log = log_of(journeys)
    due, still_open, took, began = [0, 0], [0, 0], [{}, {}], {}
    times = {name: [] for name in "bcd"}
    for path in paths_of(log):
        names = [name for name, _ in path]
        group = 0 if "a" in names else 1
        start = names.index("a") if group == 0 else 0
        since = path[start][1]
        if since + TERM > AS_OF:
            still_open[group] += 1
            continue
        due[group] += 1
        own = path[start][0] if group else None
        if own:
            began[own] = began.get(own, 0) + 1
        met = {}
        for name, time in path[start + 1 :]:
            if time - since <= TERM and name in "bcd" and name != own:
                met.setdefault(name, time - since)
        for name, took_ms in met.items():
            took[group][name] = took[group].get(name, 0) + 1
            if group == 0:
                times[name].append(took_ms / 1000)
    query = NextQuery(EventNames((("a",),)), EACH, timedelta(milliseconds=TERM))

    for engine in (LocalEngine(2), Piecewise()):
        found = taken_next(log, query, engine)
        assert (found.due, found.open_ways) == (due[0], still_open[0])
        for name, one in zip("bcd", found.items, strict=True):
            assert (one.taken.count, one.taken.of) == (took[0].get(name, 0), due[0])
            assert (one.otherwise.count, one.otherwise.of) == (took[1].get(name, 0), due[1] - began.get(name, 0))
            assert (one.timing.of if one.timing else 0) == len(times[name])
            if one.timing:
                assert one.timing.median_seconds == pytest.approx(float(np.median(times[name])))


@given(JOURNEYS)
def test_offers_are_counted_as_by_hand(journeys):
    log = log_of(journeys)
    edges = [edge // timedelta(milliseconds=1) for edge in offers.EDGES]
    made, taken = [0] * (len(edges) + 1), [0] * (len(edges) + 1)
    for path in paths_of(log):
        names = [name for name, _ in path]
        if "a" not in names:
            continue
        start = names.index("a")
        for at, (name, time) in enumerate(path):
            if at <= start or name != "b" or time + TERM > AS_OF:
                continue
            place = sum(time - path[start][1] > edge for edge in edges)
            made[place] += 1
            for later, when in path[at + 1 :]:
                if later == "b" or when - time > TERM:
                    break
                if later == "c":
                    taken[place] += 1
                    break
    query = OfferQuery(
        EventNames((("a",),)), EventNames((("b",),)), EventNames((("c",),)), timedelta(milliseconds=TERM)
    )

    for engine in (LocalEngine(2), Piecewise()):
        found = offers_taken(log, query, engine)
        assert [(one.count, one.of) for one in found.shares] == list(zip(taken, made, strict=True))


def test_the_moment_after_which_offers_are_refused_is_told_only_beyond_doubt():
    early, late = proportion(60, 200), proportion(10, 200)
    nothing = proportion(0, 0)
    clear = (early, nothing, late, *[nothing] * 8)
    unclear = (proportion(60, 200), nothing, proportion(52, 200), *[nothing] * 8)

    assert offers._until(clear) in {offers.EDGES[0], offers.EDGES[1]}
    assert offers._until(unclear) is None


def test_a_ratio_has_the_interval_of_its_logarithm():
    found = ratio(proportion(40, 200), proportion(20, 400))

    assert found is not None
    assert found.value == pytest.approx(4.0)
    assert found.low == pytest.approx(4.0 / np.exp(1.959964 * np.sqrt(1 / 40 - 1 / 200 + 1 / 20 - 1 / 400)))
    assert ratio(proportion(0, 10), proportion(1, 10)) is None
