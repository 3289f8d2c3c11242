import numpy as np
import pytest

from builders.people import a_person, population
from tropa.domain.journeymap import Match
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.domain.text import Text
from tropa.errors import InvalidQueryError
from tropa.events.groups import Crossed, Reached, UnitProperty
from tropa.events.log import log_from_rows
from tropa.events.places import Coded, EventNames, PropertyValues, Renumbered, every_event_name
from tropa.events.staged import Matched, StagedPlaces, at_stages, stage_events


@pytest.fixture
def log():
    rows = [("ann", "look", 1), ("ann", "call", 2), ("ann", "pay", 3), ("bob", "look", 4), ("bob", "pay", 5)]
    return log_from_rows(
        rows,
        properties={"channel": ["web", "phone", None, "app", "web"]},
        unit_properties={"city": {"ann": "Tver", "bob": "Perm"}},
    )


def places(rule, log):
    return rule.on(log).of_events().tolist()


def test_a_name_in_two_places_belongs_to_the_first(log):
    assert places(EventNames((("pay", "never"), ("look", "pay"))), log) == [1, -1, 0, 1, 0]


def test_every_name_is_a_place_as_it_is_coded(log):
    assert places(every_event_name(log), log) == log.event.codes.tolist()


def test_a_property_is_the_events_own_or_its_units(log):
    assert places(PropertyValues("channel", ("web", "phone")), log) == [0, 1, -1, -1, 0]
    assert places(PropertyValues("city", ("Perm", "Tver")), log) == [1, 1, 1, 0, 0]
    assert places(PropertyValues("shoe size", ("40",)), log) == [-1] * 5


def test_places_may_be_numbered_anew(log):
    rule = Renumbered(EventNames((("look",), ("call",), ("pay",))), (1, -1, 0), 2)

    assert places(rule, log) == [1, -1, 0, 1, 0]
    with pytest.raises(InvalidQueryError, match="1 numbers for 0 places"):
        Renumbered(EventNames(()), (0,), 1)


def test_matches_look_at_properties_too(log):
    by_phone = Match(event=("*",), where={"channel": ("phone", "app")})

    assert places(Matched(((by_phone,), (Match(event=("look", "call")),))), log) == [1, 0, -1, 0, -1]


@pytest.mark.parametrize("where", [{}, {"channel": ("web", "app")}])
def test_a_rule_for_stages_puts_events_where_the_staged_log_has_them(log, where):
    stages = tuple(
        StageSpec(
            key=name, name=Text(en=name), touchpoints=(TouchpointSpec(key=name, name=Text(en=name), match=match),)
        )
        for name, match in (("find", Match(event=("look",), where=where)), ("buy", Match(event=("pay", "call"))))
    )
    staged = stage_events(log, (*stages, StageSpec(key="later", name=Text(en="later"))))

    assert places(StagedPlaces(staged.stages), log) == staged.touchpoint.tolist()
    assert places(at_stages(staged.stages), log) == staged.stage.tolist()
    assert at_stages(staged.stages).count == 3


def test_worked_out_codes_are_of_the_whole_log_alone(log):
    rule = Coded(np.zeros(5, np.int32), 1)

    assert places(rule, log) == [0] * 5
    with pytest.raises(InvalidQueryError, match="places of 5 events for a log of 3"):
        rule.on(log.piece(0, 1))


def test_units_are_grouped_by_what_is_known_of_them_and_where_they_were(log):
    city, called = UnitProperty("city", ("Tver",)), Reached(EventNames((("call",),)))

    assert city.on(log).tolist() == [0, -1]
    assert UnitProperty("channel", ("app", "web")).on(log).tolist() == [1, 0]
    assert UnitProperty("unheard of", ("x",)).on(log).tolist() == [-1, -1]
    assert called.on(log).tolist() == [1, 0]
    assert Crossed(called, city).on(log).tolist() == [1, -1]
    assert Crossed(called, city).count == 2


def test_a_piece_of_a_log_knows_where_it_stands():
    log = population(*(a_person(f"p{i}").did(*"abc"[: 1 + i % 3]) for i in range(10)))
    piece = log.piece(2, 7).piece(1, 4)

    assert (piece.first_unit, piece.units, piece.buckets[-1]) == (3, 3, 3)
    assert piece.time.tolist() == log.time[log.offsets[3] : log.offsets[6]].tolist()
    assert piece.offsets.tolist() == (log.offsets[3:7] - log.offsets[3]).tolist()
