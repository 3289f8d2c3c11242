import dataclasses

import pytest

from builders import maps
from tropa.domain.journeymap import Card, JourneyMap, Lane, LaneKind
from tropa.domain.text import Text
from tropa.errors import ExportError
from tropa.render.takeaway.department import cut_for, departments, stretches

STOCK, SHOP = Text(ru="Склад", en="Store"), Text(ru="Сайт", en="Site")


def owned() -> JourneyMap:
    """The last stage is the store's by a row of owners; of the first, one touchpoint's step is the site's."""
    journey = maps.a_map_with(stages=3, steps=6)
    first, *between, last = journey.stages
    lane = Lane(key="owners", kind=LaneKind.OWNER, order="zz", name=Text(ru="Кто отвечает"))
    card = Card(key="store", lane="owners", stage=last.key, order="a0", text=STOCK)
    mine = dataclasses.replace(first.touchpoints[0], owner=SHOP) if first.touchpoints else None
    if mine is None:
        from tropa.domain.journeymap import Touchpoint

        mine = Touchpoint(key=first.steps[0].key, name=Text(ru="Вход"), owner=SHOP)
    first = dataclasses.replace(first, touchpoints=(mine, *first.touchpoints[1:]))
    stages = (first, *between, last)
    # owners of the row of the builder would be others
    cards = tuple(one for one in journey.cards if journey.lane(one.lane).kind is not LaneKind.OWNER)
    cards = tuple(dataclasses.replace(one, owner=None) for one in cards)
    hypotheses = tuple(dataclasses.replace(one, owner=None) for one in journey.hypotheses)
    return dataclasses.replace(
        journey, stages=stages, lanes=(*journey.lanes, lane), cards=(*cards, card), hypotheses=hypotheses
    )


def test_departments_are_named_in_the_order_of_the_path() -> None:
    assert departments(owned()) == (SHOP, STOCK)


def test_a_cut_keeps_what_the_department_answers_for_and_nothing_else() -> None:
    journey = owned()
    cut = cut_for(journey, "склад")
    last = journey.stages[-1]
    assert [one.key for one in cut.stages] == [last.key]
    assert cut.stages[0].steps == last.steps
    assert {one.stage for one in cut.cards} == {last.key}
    assert cut.title.ru == f"{journey.title.ru} · Склад"


def test_a_touchpoints_owner_answers_for_its_step_alone() -> None:
    journey = owned()
    cut = cut_for(journey, "Site")
    assert [one.key for one in cut.stages] == [journey.stages[0].key]
    assert [one.key for one in cut.stages[0].steps] == [journey.stages[0].steps[0].key]


def test_every_stretch_has_who_answers_for_it_or_nobody() -> None:
    told = {one.record.key: one.department for one in stretches(owned())}
    journey = owned()
    assert told[journey.stages[0].steps[0].key] == SHOP
    assert told[journey.stages[1].steps[0].key] is None
    assert {told[step.key] for step in journey.stages[-1].steps} == {STOCK}


def test_an_unknown_department_is_told_which_there_are() -> None:
    with pytest.raises(ExportError, match="Бухгалтерия") as error:
        cut_for(owned(), "Бухгалтерия")
    assert "Сайт, Склад" in error.value.hint
