from dataclasses import replace
from itertools import combinations

import pytest

from builders import maps
from builders.pieces import a_card, a_quote, voices
from tropa.domain.journeymap import Card, JourneyMap, LaneKind, MapView
from tropa.render.curve import sampled
from tropa.render.emotion import HEIGHT, EmotionCurve, Place, emotion_curve, emotion_of
from tropa.render.emotion_drawing import draw_emotion
from tropa.render.sheet import Sheet
from tropa.render.theme import Scheme, hex_paint


def felt(step: str, value: float | None, *, words: str | None = None) -> Card:
    proof = (voices("v", 9, 40, a_quote(words or "Так себе")),)
    return a_card(
        LaneKind.EMOTION,
        "s",
        "Чувство",
        step=step,
        value=value,
        low=value,
        high=value,
        points=(1, 2, 3, 2, 1),
        evidence=proof,
    )


def the_curve(*values: float | None, wide: float = 110) -> EmotionCurve:
    places = [Place((at + 0.5) * wide, wide, felt(f"s{at}", value)) for at, value in enumerate(values)]
    return emotion_curve(places, wide * len(values))


def curve_of(journey: JourneyMap) -> EmotionCurve:
    sheet = Sheet(journey, 0)
    places = [Place(sheet.middle(column), sheet.column_width, sheet.emotion_card(column)) for column in sheet.columns]
    return emotion_curve(places, sheet.width)


MAPS = [
    maps.a_rich_map(),
    maps.a_short_map(),
    maps.a_map_with(steps=24),
    maps.a_map_with(stages=5, steps=16, long_words=True),
]


@pytest.mark.parametrize("journey", MAPS, ids=lambda journey: journey.key)
def test_quotes_never_overlap_one_another_nor_the_curve_nor_the_edges(journey: JourneyMap) -> None:
    curve = curve_of(journey)
    assert curve.pills
    for one, other in combinations(curve.pills, 2):
        apart = (
            one.x + one.width <= other.x
            or other.x + other.width <= one.x
            or one.y + one.height <= other.y
            or other.y + other.height <= one.y
        )
        assert apart
    line = sampled([stretch.piece for stretch in curve.stretches], 40)
    for pill in curve.pills:
        assert pill.x >= 0
        assert pill.x + pill.width <= curve.width
        assert 0 <= pill.y <= HEIGHT - pill.height
        assert not any(pill.x < x < pill.x + pill.width and pill.y < y < pill.y + pill.height for x, y in line)


def test_quotes_stand_at_local_extremes_only() -> None:
    curve = the_curve(0.1, 1.5, 0.2, -1.5, 0.0)
    assert {pill.node.value for pill in curve.pills} == {1.5, -1.5, 0.1, 0.0} & {
        pill.node.value for pill in curve.pills
    }
    assert {1.5, -1.5} <= {pill.node.value for pill in curve.pills}


def test_a_quote_is_above_a_peak_and_below_a_trough() -> None:
    for pill in the_curve(0.1, 1.5, 0.2, -1.5, 0.0).pills:
        assert (pill.y + pill.height < pill.node.y) is pill.above


def test_where_nobody_spoke_the_curve_is_not_known() -> None:
    curve = the_curve(1.0, None, -1.0, 0.5)
    assert [stretch.known for stretch in curve.stretches] == [False, True]
    assert len(curve.gaps) == 1
    assert [len(run) for run in curve.runs] == [1, 2]


def test_nothing_is_drawn_from_nothing() -> None:
    curve = the_curve(None, None)
    assert curve.nodes == ()
    assert curve.stretches == ()
    assert len(curve.gaps) == 2


def test_a_guessed_emotion_joins_with_dots() -> None:
    import dataclasses

    guess = dataclasses.replace(felt("b", 0.5), evidence=())
    curve = emotion_curve([Place(50, 100, felt("a", 1.0)), Place(150, 100, guess)], 200)
    assert [stretch.known for stretch in curve.stretches] == [False]


def test_a_picture_uses_plain_colours_and_escapes_quotes() -> None:
    places = [Place(50, 100, felt("a", 1.0, words="<b>и всё</b>")), Place(150, 100, felt("b", -1.0))]
    drawing = draw_emotion(emotion_curve(places, 400), hex_paint(Scheme.LIGHT), name="e")
    assert "var(" not in drawing
    assert "<b>" not in drawing


def test_the_map_of_how_it_should_be_is_a_line_of_its_own_over_shared_columns() -> None:
    now = maps.a_rich_map()
    lanes = {lane.key for lane in now.lanes if lane.kind is LaneKind.EMOTION}
    better = tuple(
        replace(card, value=min(2.0, card.value + 1)) if card.lane in lanes and card.value is not None else card
        for card in now.cards
    )
    wanted = replace(now, view=MapView.TO_BE, cards=better)
    curve = emotion_of(Sheet(now, 0, to_be=wanted))
    assert curve.aim is not None
    assert len(curve.aim.pieces) == len(curve.nodes) - 1
    assert all(piece.start[1] <= node.y for piece, node in zip(curve.aim.pieces, curve.nodes, strict=False))
    drawn = draw_emotion(curve, hex_paint(Scheme.LIGHT), name="e", aim=[("ru", "как надо")])
    assert drawn.count("как надо") == 1
    assert emotion_of(Sheet(now, 0)).aim is None


def test_a_step_within_a_stage_that_was_told_of_is_no_gap() -> None:
    rich = maps.a_rich_map()
    stage = next(one for one in rich.stages if len(one.steps) > 2)
    lane = next(one for one in rich.lanes if one.kind is LaneKind.EMOTION)
    others = tuple(card for card in rich.cards if card.lane != lane.key)
    whole = a_card(
        LaneKind.EMOTION, stage.key, "Скорее хорошо", value=0.8, evidence=(voices("v", 9, 40, a_quote("Да")),)
    )
    sheet = Sheet(replace(rich, cards=(*others, replace(whole, lane=lane.key))), 0)
    inside = {sheet.middle(one) for one in sheet.columns_of(stage)}
    assert inside.isdisjoint({x for x, _ in emotion_of(sheet).gaps})
