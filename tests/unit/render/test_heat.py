import dataclasses

import pytest

from builders import maps
from tropa.domain.journeymap import LaneKind
from tropa.render.heat import DEGREES, TINTS, heats_of
from tropa.render.sheet import Sheet
from tropa.render.theme import COLOURS, Scheme, contrast


def test_the_hottest_column_is_where_pain_importance_and_people_meet() -> None:
    heats = heats_of(Sheet(maps.a_rich_map(), 0))
    known = [one for one in heats if one.degree is not None]

    def product(place: int) -> float:
        one = known[place]
        return one.pain * (one.importance or 1) * (one.column.record.persons or 0)

    ranked = sorted(range(len(known)), key=product)
    degrees = [known[place].degree for place in ranked]
    assert degrees == sorted(degrees)
    assert degrees[-1] == DEGREES - 1


def test_too_few_people_have_no_degree() -> None:
    heats = heats_of(Sheet(maps.a_map_of_40_orders(), 0))
    assert all(one.degree is None for one in heats)


def test_a_map_without_people_has_no_heat_row() -> None:
    assert heats_of(Sheet(maps.a_map_without_data(), 0)) == ()


def test_a_guessed_emotion_heats_nothing() -> None:
    rich = maps.a_rich_map()
    calm = dataclasses.replace(
        rich,
        stages=tuple(
            dataclasses.replace(
                stage,
                conversion=None,
                steps=tuple(dataclasses.replace(step, conversion=None) for step in stage.steps),
            )
            for stage in rich.stages
        ),
        cards=tuple(
            dataclasses.replace(card, evidence=())
            if card.lane in {lane.key for lane in rich.lanes if lane.kind is LaneKind.EMOTION}
            else card
            for card in rich.cards
        ),
    )
    assert heats_of(Sheet(calm, 0)) == ()


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("tint", TINTS)
def test_words_on_every_tint_are_readable(scheme: Scheme, tint: float) -> None:
    surface, bad = (COLOURS[role].on(scheme) for role in ("surface", "bad"))
    mixed = "#" + "".join(
        f"{round(int(surface[at : at + 2], 16) * (1 - tint) + int(bad[at : at + 2], 16) * tint):02X}"
        for at in (1, 3, 5)
    )
    assert contrast(COLOURS["ink"].on(scheme), mixed) >= 4.5
