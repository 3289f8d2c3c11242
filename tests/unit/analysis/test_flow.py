from datetime import timedelta

import numpy as np
import pytest

from builders.people import MONDAY, a_person, population
from tropa.analysis.flow import FlowQuery, Going, Return, flow
from tropa.analysis.funnel import FunnelQuery, run_funnel, step_of
from tropa.errors import InvalidQueryError
from tropa.events.places import EventNames, every_event_name

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PLACES = ("1 look", "2 cart", "3 pay")


def asked(*people, as_of=MONDAY + 60 * DAY, windows=(DAY, DAY, DAY), repeats=False):
    log = population(*people, a_person("everything").did(*PLACES), as_of=as_of)
    return flow(log, FlowQuery(every_event_name(log), windows, repeats=repeats))


def test_going_on_needs_a_later_place_within_the_window():
    look = asked(
        a_person("in").did("1 look").did("3 pay", after=DAY),
        a_person("late").did("1 look").did("2 cart", after=DAY + HOUR),
        a_person("gone").did("1 look"),
    )[0]

    assert (look.went_on.count, look.went_on.of) == (2, 4)
    assert set(look.went_to) == {Going(1, 1), Going(2, 1)}
    assert set(look.lost_to) == {Going(1, 1), Going(None, 1)}
    assert (look.lost, look.censored) == (2, 0)


def test_those_whose_window_is_open_are_not_lost():
    look = asked(a_person("open", MONDAY + 60 * DAY - HOUR).did("1 look"))[0]

    assert (look.censored, look.lost) == (1, 0)


def test_the_lost_may_go_back():
    cart = asked(a_person("back").did("1 look", "2 cart", "1 look"))[1]

    assert cart.lost_to == (Going(0, 1),)
    assert cart.returns == (Return(0, 1, 1),)


def test_coming_back_to_a_place_counts_people_and_times():
    circle = a_person("circle").did("1 look", "2 cart", "1 look", "2 cart", "1 look")

    look = asked(circle)[0]

    assert look.returns == (Return(None, 1, 2),)


def test_a_repeat_in_a_row_is_coming_back_only_where_asked():
    again = a_person("again").did("2 cart", "2 cart", "2 cart")

    assert asked(again)[1].returns == ()
    assert asked(again, repeats=True)[1].returns == (Return(None, 1, 2),)


def test_the_last_place_leads_nowhere():
    pay = asked()[2]

    assert (pay.went_on, pay.window, pay.lost, pay.censored, pay.to_next) == (None, None, 0, 0, None)


def test_time_to_next_runs_from_the_first_event_here():
    log = population(
        a_person("ann").did("1 look").did("1 look", after=HOUR).did("2 cart", after=HOUR), as_of=MONDAY + 9 * DAY
    )

    look = flow(log, FlowQuery(every_event_name(log)))[0]

    assert (look.to_next.of, look.to_next.median_seconds) == (1, 7200.0)


def test_the_window_is_the_round_figure_that_holds_nearly_all():
    people = [a_person(f"p{i}").did("1 look").did("2 cart", after=i * HOUR) for i in range(1, 21)]
    log = population(*people, as_of=MONDAY + 90 * DAY)

    assert flow(log, FlowQuery(every_event_name(log)))[0].window == DAY


def test_the_window_leaves_time_to_see_it_close():
    log = population(a_person("slow").did("1 look").did("2 cart", after=80 * DAY), as_of=MONDAY + 90 * DAY)

    assert flow(log, FlowQuery(every_event_name(log)))[0].window == 30 * DAY


def test_a_stages_conversion_is_the_funnel_from_it_to_all_later_ones():
    rng = np.random.default_rng(4)
    people = [
        a_person(f"p{i}", MONDAY + rng.integers(0, 20) * DAY).did(
            *rng.choice(list("abcde"), 9), after=rng.integers(1, 9) * HOUR
        )
        for i in range(120)
    ]
    log = population(*people, as_of=MONDAY + 21 * DAY)
    found = flow(log, FlowQuery(every_event_name(log), (DAY,) * 5))

    for here in range(4):
        steps = (step_of("here", "abcde"[here]), step_of("later", *"abcde"[here + 1 :]))
        first, later = run_funnel(log, FunnelQuery(steps, DAY)).steps
        assert (found[here].persons, found[here].went_on.count) == (first.persons, later.persons)
        assert (found[here].censored, found[here].lost) == (first.censored, first.lost)


def test_no_places_have_no_flow():
    assert flow(population(), FlowQuery(EventNames(()))) == ()


def test_windows_must_fit_the_places():
    with pytest.raises(InvalidQueryError, match="1 windows for 3 places"):
        FlowQuery(EventNames(((), (), ())), (DAY,))


def test_too_many_places_are_refused():
    with pytest.raises(InvalidQueryError, match="too long to follow"):
        FlowQuery(EventNames(((),) * 5000))


def test_those_whose_long_term_has_not_come_are_not_lost():
    early = [a_person(f"early{i}").did("1 buy").did("2 service", after=(100 + 4 * i) * DAY) for i in range(40)]
    late = [a_person(f"late{i}", start=MONDAY + 300 * DAY).did("1 buy") for i in range(40)]
    log = population(*early, *late, as_of=MONDAY + 480 * DAY)
    buying, _ = flow(log, FlowQuery(every_event_name(log)))
    assert (buying.window, buying.lost, buying.censored) == (365 * DAY, 0, 40)
