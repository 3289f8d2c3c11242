"""Two groups side by side: every figure as by hand, whatever the journeys."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.piecewise import Piecewise
from tropa.adapters.engines.local import LocalEngine
from tropa.analysis.comparison import ComparisonQuery, compare
from tropa.events.groups import UnitProperty
from tropa.events.log import log_from_rows
from tropa.events.places import EventNames
from tropa.events.sides import HasValue, Sides

NAMES = "abcdx"
TERM, AS_OF = 12, 45
JOURNEYS = st.lists(
    st.tuples(
        st.sampled_from("ABN"),
        st.sampled_from("uv"),
        st.lists(
            st.tuples(st.sampled_from(NAMES), st.integers(0, 40), st.sampled_from([None, 5, 2**21 + 3])), max_size=8
        ),
    ),
    min_size=1,
    max_size=7,
)
STAGE_OF = {"a": 0, "b": 1, "c": 1, "d": 2}


@pytest.fixture(params=["0", "1"], autouse=True, scope="module")
def mode(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TROPA_INTERPRET", request.param)
        patch.setattr("tropa.adapters.engines.local.WORTH_THREADS", 0)
        yield


def log_of(people):
    rows = [("z", name, -500 - n) for n, name in enumerate(NAMES)]
    amounts = [None] * len(rows)
    groups, mixes = {"z": "N"}, {}
    for number, (group, mix, events) in enumerate(people):
        groups[f"p{number}"], mixes[f"p{number}"] = group, mix
        rows += [(f"p{number}", name, time) for name, time, _ in events]
        amounts += [amount for _, _, amount in events]
    return log_from_rows(rows, amounts=amounts, unit_properties={"group": groups, "mix": mixes}, as_of=AS_OF)


def by_hand(people, wanted):
    due, still_open, money = [], 0, []
    for group, mix, events in people:
        if group != wanted or not events:
            continue
        path = sorted(events, key=lambda one: one[1])
        start = path[0][1]
        if start + TERM > AS_OF:
            still_open += 1
            continue
        seen = [(name, time - start, amount) for name, time, amount in path if time - start <= TERM]
        first = {}
        for name, since, _ in seen:
            first.setdefault(name, since)
        due.append((mix, first))
        money.append(sum(amount or 0 for _, _, amount in seen))
    return due, still_open, money


@settings(max_examples=25)
@given(JOURNEYS)
def test_both_sides_are_counted_as_by_hand(people):
    query = ComparisonQuery(
        groups=Sides(HasValue("group", ("A",)), HasValue("group", ("B",))),
        touchpoints=EventNames(tuple((name,) for name in STAGE_OF)),
        stage_of=tuple(STAGE_OF.values()),
        stages=3,
        goal=EventNames((("x",),)),
        within=timedelta(milliseconds=TERM),
        mix=(UnitProperty("mix", ("u", "v")),),
    )
    log = log_of(people)
    for engine in (LocalEngine(2), Piecewise()):
        for wanted, found in zip("AB", compare(log, query, engine), strict=True):
            due, still_open, money = by_hand(people, wanted)
            assert (found.persons, found.open_ways) == (len(due), still_open)
            assert found.goal.count == sum("x" in first for _, first in due)
            assert [one.count for one in found.touchpoints] == [sum(n in first for _, first in due) for n in STAGE_OF]
            stages = [
                {
                    s: min(t for n, t in first.items() if STAGE_OF.get(n) == s)
                    for s in {STAGE_OF[n] for n in first if n in STAGE_OF}
                }
                for _, first in due
            ]
            assert [one.count for one in found.stages] == [sum(s in one for one in stages) for s in range(3)]
            for s in range(2):
                waits = [[t - one[s] for k, t in one.items() if k > s and t >= one[s]] for one in stages if s in one]
                took = [min(one) / 1000 for one in waits if one]
                assert found.steps[s].count == len(took)
                timing = found.times[s]
                assert (timing.median_seconds if timing else None) == (pytest.approx(np.median(took)) if took else None)
            assert [one.count for one in found.mix[0]] == [sum(mix == v for mix, _ in due) for v in "uv"]
            assert [one.count for one in found.goal_by[0]] == [
                sum(mix == v and "x" in f for mix, f in due) for v in "uv"
            ]
            if money:
                assert found.money.value == pytest.approx(np.mean(money))
            if len(money) > 1:
                assert found.money.variance == pytest.approx(np.var(money, ddof=1))
