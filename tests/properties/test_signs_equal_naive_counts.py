"""Returns, loops, dead ends, signs of hesitation and hand-overs: as by hand, whatever the journeys."""

import itertools
from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.piecewise import Piecewise
from tropa.adapters.engines.local import LocalEngine
from tropa.analysis.cohorts import CohortQuery, cohorts
from tropa.analysis.dead_ends import DeadEndQuery, dead_ends
from tropa.analysis.handovers import HandoverQuery, handovers
from tropa.analysis.hesitation import HesitationQuery, Sign, hesitation, pauses
from tropa.analysis.loops import LoopKind, LoopQuery, loops
from tropa.events.log import log_from_rows
from tropa.events.places import EventNames

NAMES = "abcdxg"
JOURNEYS = st.lists(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 40)), max_size=9), min_size=1, max_size=7)
TERM, AS_OF = 12, 45
PLACES = EventNames((("a",), ("b", "c"), ("d",)))
STAGE_OF = (0, 0, 1)
GOAL = EventNames((("g",),))
MS = timedelta(milliseconds=1)


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


def place_of(name):
    return {"a": 0, "b": 1, "c": 1, "d": 2}.get(name)


def before_goal(path):
    names = [name for name, _ in path]
    return (path[: names.index("g")], True) if "g" in names else (path, False)


@pytest.fixture(params=["0", "1"], autouse=True, scope="module")
def mode(request):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TROPA_INTERPRET", request.param)
        patch.setattr("tropa.adapters.engines.local.WORTH_THREADS", 0)
        yield


@settings(max_examples=40)
@given(JOURNEYS, st.integers(0, 3))
def test_returns_by_term_are_counted_as_by_hand(journeys, term):
    log = log_of(journeys)
    due = back = later = 0
    for path in paths_of(log):
        times = [time for name, time in path if name == "a"]
        if not times or times[0] + (term + 1) * TERM > AS_OF:
            continue
        due += 1
        terms = {(time - times[0]) // TERM for time in times if time > times[0]}
        back += term in terms
        later += any(one >= term for one in terms)

    for engine in (LocalEngine(2), Piecewise()):
        found = cohorts(log, CohortQuery(PLACES, TERM * MS), engine)
        assert (found.back_in(term).count, found.back_in(term).of) == (back, due)
        assert (found.back_since(term).count, found.back_since(term).of) == (later, due)


def loops_of(path):
    """(kind, place, place between) and ms of each loop."""
    placed = [(place_of(name), name, time) for name, time in path if place_of(name) is not None]
    for (one, name, time), (other, same, later) in itertools.pairwise(placed):
        if one == other and name == same:
            yield (LoopKind.AGAIN, one, None), later - time
    stays = [list(stay) for _, stay in itertools.groupby(placed, key=lambda one: one[0])]
    for first, middle, last in zip(stays, stays[1:], stays[2:], strict=False):
        if first[0][0] == last[0][0]:
            yield (LoopKind.TO_AND_FRO, last[0][0], middle[0][0]), last[0][2] - first[-1][2]


def returns_of(path, whole):
    """The one way back in two stages: from d to a or b, until d again or the goal."""
    placed = [(place_of(name), time) for name, time in path if place_of(name) is not None]
    goal = whole[len(path)][1] if len(whole) > len(path) else None
    away, was = None, None
    furthest = 0
    for place, time in placed:
        if STAGE_OF[place] < furthest and away is None:
            away = (place, was)
        elif STAGE_OF[place] >= furthest and away is not None:
            yield (LoopKind.BACK, away[0], None), time - away[1]
            away = None
        furthest, was = max(furthest, STAGE_OF[place]), time
    if away is not None:
        yield (LoopKind.BACK, away[0], None), 0 if goal is None else goal - away[1]


@settings(max_examples=40)
@given(JOURNEYS)
def test_loops_are_counted_as_by_hand(journeys):
    log = log_of(journeys)
    there, came_there = defaultdict(int), defaultdict(int)
    persons, came, events, took = (defaultdict(int) for _ in range(4))
    for path in paths_of(log):
        early, reached = before_goal(path)
        for place in {place_of(name) for name, _ in early} - {None}:
            there[place] += 1
            came_there[place] += reached
        found = [*loops_of(early), *returns_of(early, path)]
        for key in {key for key, _ in found}:
            persons[key] += 1
            came[key] += reached
        for key, ms in found:
            events[key] += 1
            took[key] += ms

    for engine in (LocalEngine(2), Piecewise()):
        result = loops(log, LoopQuery(PLACES, STAGE_OF, GOAL), engine)
        assert {(one.kind, one.place, one.through) for one in result} == set(persons)
        for one in result:
            key = (one.kind, one.place, one.through)
            assert (one.persons.count, one.persons.of) == (persons[key], there[one.place])
            assert (one.events, round(one.seconds * 1000)) == (events[key], took[key])
            assert (one.came.count, one.came.of) == (came[key], persons[key])
            assert one.otherwise.count == came_there[one.place] - came[key]
            assert one.otherwise.of == there[one.place] - persons[key]


@settings(max_examples=40)
@given(JOURNEYS)
def test_dead_ends_are_counted_as_by_hand(journeys):
    log = log_of(journeys)
    due, stopped, still_open = [0] * 3, [0] * 3, [0] * 3
    for path in paths_of(log):
        early, _ = before_goal(path)
        for place in range(3):
            at = [n for n, (name, _) in enumerate(early) if place_of(name) == place]
            if not at:
                continue
            time, following = path[at[-1]][1], path[at[-1] + 1 :]
            if time + TERM > AS_OF:
                still_open[place] += 1
                continue
            due[place] += 1
            stopped[place] += not any(later - time <= TERM for _, later in following)

    for engine in (LocalEngine(2), Piecewise()):
        found = dead_ends(log, DeadEndQuery(PLACES, GOAL, TERM * MS), engine)
        assert [(one.count, one.of) for one in found.stopped] == list(zip(stopped, due, strict=True))
        assert list(found.open_ways) == still_open


@settings(max_examples=40)
@given(JOURNEYS)
def test_signs_of_hesitation_are_counted_as_by_hand(journeys):
    log = log_of(journeys)
    counts = defaultdict(int)
    for path in paths_of(log):
        early, reached = before_goal(path)
        signs = defaultdict(int)
        placed = [place_of(name) for name, _ in early if place_of(name) is not None]
        for place in placed:
            signs[place] |= Sign.OFTEN if placed.count(place) >= 3 else 0
        stays = [place for place, _ in itertools.groupby(placed)]
        for first, _, last in zip(stays, stays[1:], stays[2:], strict=False):
            if first == last:
                signs[last] |= Sign.TO_AND_FRO
        for n, (name, time) in enumerate(early):
            if place_of(name) is not None and n + 1 < len(path) and 5 <= path[n + 1][1] - time <= 20:
                signs[place_of(name)] |= Sign.PAUSE
        for place, mask in signs.items():
            counts[place, int(mask), reached] += 1

    for engine in (LocalEngine(2), Piecewise()):
        found = hesitation(log, HesitationQuery(PLACES, GOAL, 5 * MS, 20 * MS), engine)
        for place, one in enumerate(found):
            mine = {(mask, came): n for (at, mask, came), n in counts.items() if at == place}
            assert one.any.of == sum(mine.values())
            assert one.any.count == sum(n for (mask, _), n in mine.items() if mask)
            assert one.came_with.count == sum(n for (mask, came), n in mine.items() if mask and came)
            assert one.came_without.count == mine.get((0, True), 0)
            for sign in Sign:
                assert one.signs[sign].count == sum(n for (mask, _), n in mine.items() if mask & sign)
                assert one.came[sign].count == sum(n for (mask, came), n in mine.items() if mask & sign and came)


@settings(max_examples=40)
@given(JOURNEYS)
def test_pauses_are_those_between_events_of_one_person(journeys):
    log = log_of(journeys)
    every = sorted(b - a for path in paths_of(log) for (_, a), (_, b) in itertools.pairwise(path) if b - a <= 30)

    for engine in (LocalEngine(2), Piecewise()):
        found = pauses(log, 1.0, 30 * MS, engine)
        assert found == (every[-1] * MS if every else None)


@settings(max_examples=40)
@given(JOURNEYS)
def test_hand_overs_are_counted_as_by_hand(journeys):
    log = log_of(journeys)
    persons, events, returned, lost = (defaultdict(int) for _ in range(4))
    for path in paths_of(log):
        placed = [place_of(name) for name, _ in path if place_of(name) is not None]
        stays = [place for place, _ in itertools.groupby(placed)]
        moves = list(itertools.pairwise(stays))
        back = {one for one, following in itertools.pairwise(moves) if following == one[::-1]}
        for one in moves:
            events[one] += 1
        for one in set(moves):
            persons[one] += 1
            returned[one] += one in back
        if moves and "g" not in [name for name, _ in path] and path[-1][1] + TERM <= AS_OF:
            lost[moves[-1]] += 1

    for engine in (LocalEngine(2), Piecewise()):
        found = handovers(log, HandoverQuery(PLACES, GOAL, TERM * MS), engine)
        assert {(one.source, one.target) for one in found} == set(persons)
        for one in found:
            key = (one.source, one.target)
            assert (one.persons, one.events) == (persons[key], events[key])
            assert (one.returned.count, one.lost.count) == (returned[key], lost[key])
