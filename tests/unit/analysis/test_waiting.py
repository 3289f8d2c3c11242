from datetime import timedelta

import pytest

from builders.people import MONDAY, a_person, millis, population
from tropa.analysis.waiting import WaitQuery, waits, working_times
from tropa.events.log import log_from_rows
from tropa.events.places import EventNames

DAY = timedelta(days=1)


def asked(log, start="paid", end="sent"):
    return waits(log, WaitQuery(EventNames(((start,), (end,)))))


def test_a_wait_runs_from_the_first_start_to_the_first_end_after_it():
    log = population(
        a_person("ann").did("sent", "paid").did("paid", after=DAY).did("sent", after=DAY).did("sent", after=DAY),
        as_of=MONDAY + 30 * DAY,
    )

    assert asked(log).timing.median_seconds == 2 * 86_400


def test_who_still_waits_counts_for_as_long_as_they_have_waited():
    log = population(
        a_person("quick").did("paid").did("sent", after=DAY),
        a_person("slow").did("paid").did("sent", after=9 * DAY),
        a_person("open").did("paid"),
        as_of=MONDAY + 20 * DAY,
    )
    found = asked(log)

    assert (found.timing.of, found.waiting) == (2, 1)
    assert found.waited_longer(5 * DAY) == pytest.approx(2 / 3)
    assert found.waited_longer(10 * DAY) == pytest.approx(1 / 3)


def test_nobody_started_so_nobody_waits():
    log = population(a_person("ann").did("sent"), a_person("bob").did("view"))
    found = waits(log, WaitQuery(EventNames((("view",), ()))))

    assert (found.timing, found.waiting) == (None, 1)
    assert waits(population(), WaitQuery(EventNames(((), ())))).waited_longer(DAY) is None


def test_working_time_pairs_a_start_with_the_next_completion():
    hours = [("START", 0), ("COMPLETE", 2), ("START", 5), ("COMPLETE", 9), ("START", 20)]
    rows = [("case", "check", millis(MONDAY + timedelta(hours=h))) for _, h in hours]
    log = log_from_rows(rows, properties={"lifecycle": [state for state, _ in hours]})
    (found,) = working_times(log, EventNames((("check",),)))

    assert (found.of, found.median_seconds) == (2, 3 * 3600)


def test_a_log_without_lifecycles_tells_no_working_time():
    assert working_times(population(a_person("ann").did("check")), EventNames((("check",),))) == (None,)
