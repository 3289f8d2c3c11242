from datetime import timedelta

import numpy as np
import pytest

from builders.people import MONDAY, a_person, population
from tropa.analysis.funnel import FunnelQuery, run_funnel, run_funnel_by, step_of, steps_named
from tropa.domain.project import Semantics
from tropa.errors import InvalidQueryError
from tropa.events.groups import CodedGroups

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LATER = MONDAY + timedelta(days=60)


def asked(log, *names, window=DAY, semantics=Semantics.ANY_START):
    steps = steps_named(log, [(name, tuple(name.split("|"))) for name in names])
    return run_funnel(log, FunnelQuery(steps, window, semantics))


def persons(result):
    return [step.persons for step in result.steps]


def test_a_later_start_may_reach_further():
    log = population(a_person("ann").did("view").did("view", after=3 * DAY).did("buy", after=HOUR), as_of=LATER)

    assert persons(asked(log, "view", "buy")) == [1, 1]
    assert persons(asked(log, "view", "buy", semantics=Semantics.FIRST_TOUCH)) == [1, 0]
    assert persons(asked(log, "view", "buy", window=None, semantics=Semantics.UNWINDOWED)) == [1, 1]


def test_the_longest_prefix_counts_even_if_the_last_start_is_shorter():
    ann = a_person("ann").did("view", "cart").did("view", after=2 * DAY)
    log = population(ann, a_person("bob").did("buy"), as_of=LATER)

    assert persons(asked(log, "view", "cart", "buy")) == [1, 1, 0]


def test_the_windows_end_belongs_to_it():
    log = population(
        a_person("in").did("view").did("buy", after=DAY),
        a_person("out").did("view").did("buy", after=DAY + timedelta(milliseconds=1)),
        as_of=LATER,
    )

    assert persons(asked(log, "view", "buy")) == [2, 1]


def test_one_event_fills_one_step():
    once, twice = a_person("once").did("view"), a_person("twice").did("view", "view")

    assert persons(asked(population(once, twice, as_of=LATER), "view", "view")) == [2, 1]


def test_open_windows_are_censored_and_not_lost():
    log = population(
        a_person("lost").did("view"),
        a_person("open", MONDAY + 10 * DAY).did("view"),
        a_person("done", MONDAY + 10 * DAY).did("view", "buy"),
        as_of=MONDAY + 10 * DAY + HOUR,
    )

    view, buy = asked(log, "view", "buy").steps

    assert (view.persons, view.censored, view.lost) == (3, 1, 1)
    assert (buy.persons, buy.censored, buy.lost) == (1, 0, 0)
    assert (buy.conversion.count, buy.conversion.of) == (1, 3)


def test_a_new_start_keeps_an_old_loss_open():
    ann = a_person("ann").did("view", "cart").did("view", after=10 * DAY)
    log = population(ann, a_person("bob").did("buy"), as_of=MONDAY + 10 * DAY + HOUR)

    assert [(s.censored, s.lost) for s in asked(log, "view", "cart", "buy").steps] == [(0, 0), (1, 0), (0, 0)]


def test_a_funnel_without_a_window_never_closes_and_names_no_open_ones():
    log = population(a_person("ann").did("view"), as_of=MONDAY)

    view = asked(log, "view", "view", window=None, semantics=Semantics.UNWINDOWED).steps[0]

    assert (view.censored, view.lost) == (0, 1)


def test_groups_share_one_pass_and_sum_to_the_whole():
    log = population(*(a_person(f"p{i}").did(*["view", "buy"][: i % 2 + 1]) for i in range(10)), as_of=LATER)
    query = FunnelQuery(steps_named(log, {"view": ("view",), "buy": ("buy",)}), DAY)
    codes = np.arange(log.units, dtype=np.int32) % 3 - 1

    parts = run_funnel_by(log, query, CodedGroups(codes, 2))

    assert sum(part.steps[0].persons for part in parts) == int((codes >= 0).sum())


def test_a_step_may_be_any_of_several_events():
    log = population(a_person("ann").did("view", "order"), a_person("bob").did("view", "buy"), as_of=LATER)

    assert persons(asked(log, "view", "buy|order")) == [2, 2]


def test_result_names_its_semantics_and_window():
    log = population(a_person("ann").did("view", "buy"), as_of=LATER)
    result = asked(log, "view", "buy", window=2 * HOUR)

    assert (result.semantics, result.window_seconds) == (Semantics.ANY_START, 7200)
    assert [step.name for step in result.steps] == ["view", "buy"]


def test_an_unknown_event_is_named():
    with pytest.raises(InvalidQueryError, match="no event “sell”"):
        asked(population(a_person("ann").did("view")), "view", "sell")


@pytest.mark.parametrize(
    ("steps", "window", "semantics"),
    [
        (1, DAY, Semantics.ANY_START),
        (63, DAY, Semantics.ANY_START),
        (2, -DAY, Semantics.ANY_START),
        (2, DAY, Semantics.UNWINDOWED),
    ],
)
def test_a_funnel_checks_itself(steps, window, semantics):
    with pytest.raises(InvalidQueryError):
        FunnelQuery(tuple(step_of(str(i), str(i)) for i in range(steps)), window, semantics)


def test_no_people_make_an_empty_funnel():
    nobody = population()
    query = FunnelQuery((step_of("a"), step_of("b")), DAY)

    assert persons(run_funnel(nobody, query)) == [0, 0]
