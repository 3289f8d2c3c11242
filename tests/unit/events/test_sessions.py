from datetime import timedelta

import pytest

from builders.people import a_person, population
from tropa.errors import InvalidQueryError
from tropa.events.sessions import sessions_of


def test_a_long_pause_starts_a_new_session():
    log = population(
        a_person("ann").did("view", "view").did("view", after=timedelta(minutes=31)).did("buy"),
        a_person("bob").did("view"),
    )

    found = sessions_of(log)

    assert found.count == 3
    assert found.offsets.tolist() == [0, 2, 4, 5]
    assert found.unit.tolist() == [0, 0, 1]
    assert found.number.tolist() == [0, 0, 1, 1, 2]
    assert found.length_ms.tolist() == [60_000, 60_000, 0]


def test_a_pause_of_exactly_the_limit_is_no_break():
    log = population(a_person("ann").did("view").did("view", after=timedelta(minutes=30)))

    assert sessions_of(log).count == 1


def test_units_without_events_have_no_session():
    log = population(a_person("ann").did("view"), a_person("bob").did("noise"), a_person("eve").did("view"))
    kept = log.where(log.event.codes == log.event.code_of("view"))

    assert sessions_of(kept).unit.tolist() == [0, 2]


def test_no_events_make_no_sessions():
    assert sessions_of(population()).count == 0


def test_a_pause_must_last():
    with pytest.raises(InvalidQueryError, match="must be positive"):
        sessions_of(population(), pause=timedelta(0))
