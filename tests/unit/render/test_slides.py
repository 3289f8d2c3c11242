"""Slides hold whatever a map holds: nothing too small, outside or upon another."""

from itertools import combinations

import pytest

from builders import maps
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.render.branding import PLAIN_LOOK
from tropa.render.curve import Piece
from tropa.render.slides.board import board_slides
from tropa.render.slides.deck import deck
from tropa.render.slides.feelings import _within
from tropa.render.slides.shapes import HEIGHT, WIDTH, Box, Grid, Row, Stroke, height_of

MAPS = [
    maps.a_rich_map(),
    maps.a_map_with(long_words=True, personas=5),
    maps.a_map_with(stages=12, steps=12),
    maps.a_map_with(stages=2, steps=18),
    maps.a_short_map(),
    maps.a_map_of_40_orders(),
    maps.a_map_without_data(),
]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("journey", MAPS, ids=lambda one: f"{one.key}-{len(one.stages)}")
def test_every_slide_is_filled_within_its_edges_and_nothing_lies_upon_another(
    journey: JourneyMap, language: Language
) -> None:
    for slide in deck(journey, language, PLAIN_LOOK):
        boxes = [one for one in slide.items if isinstance(one, Box)]
        for one in boxes:
            assert one.x >= 0
            assert one.y >= 0
            assert one.x + one.width <= WIDTH + 0.01, slide.title
            assert one.y + one.height <= HEIGHT + 0.01, (slide.title, one.rows)
            assert height_of(one.rows, one.width, pad=one.pad) <= one.height + 0.01, one.rows
        for one, other in combinations([one for one in boxes if not one.over], 2):
            across = one.x < other.x + other.width - 0.01 and other.x < one.x + one.width - 0.01
            assert not (across and one.y < other.y + other.height - 0.01 and other.y < one.y + one.height - 0.01)
        for grid in (one for one in slide.items if isinstance(one, Grid)):
            assert grid.y + sum(grid.heights) <= HEIGHT or len(grid.rows) == 1


def test_words_smaller_than_ten_points_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="10 points"):
        Row(text="мелко", size=9)


def test_the_names_of_rows_and_stages_stand_on_every_slide_of_the_map() -> None:
    slides = board_slides(maps.a_map_with(stages=8, steps=24), Language.RU)
    assert len(slides) > 3
    for slide in slides:
        roles = {one.role for one in slide.items if isinstance(one, Box)}
        assert {"stage", "rail"} <= roles
    names = [
        one.rows[0].text for slide in slides for one in slide.items if isinstance(one, Box) and one.role == "stage"
    ]
    assert {stage.name.ru for stage in maps.a_map_with(stages=8, steps=24).stages} == set(names)


def test_every_card_in_sight_stands_on_a_slide() -> None:
    journey = maps.a_rich_map()
    words = " ".join(
        row.text
        for slide in board_slides(journey, Language.RU)
        for one in slide.items
        if isinstance(one, Box)
        for row in one.rows
    )
    told = [card.text.ru for card in journey.cards_of(journey.lanes[0].kind)[:3]]
    assert told
    assert all(one in words for one in told)


def test_a_part_of_a_curve_lies_on_the_whole_curve() -> None:
    whole = Piece((0.0, 0.0), (10.0, 4.0), (20.0, -6.0), (30.0, 9.0))
    part = _within(whole, 6.0, 24.0)
    assert part is not None
    assert part.start == pytest.approx(whole.at(0.2))
    assert part.end == pytest.approx(whole.at(0.8))
    assert part.at(0.5) == pytest.approx(whole.at(0.5))
    assert _within(whole, 30.0, 40.0) is None


def test_the_curve_is_of_bezier_pieces_and_broken_where_nobody_spoke() -> None:
    slides = deck(maps.a_rich_map(), Language.RU, PLAIN_LOOK)
    strokes = [one for slide in slides for one in slide.items if isinstance(one, Stroke) and one.width > 1]
    assert strokes
    assert all(one.pieces for one in strokes)
