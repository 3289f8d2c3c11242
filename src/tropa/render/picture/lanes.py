"""The lanes of a picture: cells with cards, the flow ribbon and the emotion curve."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from tropa.domain.journeymap import Card, Lane, LaneKind, Stage
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.emotion import HEIGHT as EMOTION_HEIGHT
from tropa.render.emotion import EmotionCurve, Place, emotion_curve
from tropa.render.emotion_drawing import draw_emotion
from tropa.render.flow import HEIGHT as FLOW_HEIGHT
from tropa.render.flow import Return, Ribbon, Stop, lost_share, returns, ribbon
from tropa.render.flow_drawing import draw_flow, draw_returns
from tropa.render.page.cards import PILLS
from tropa.render.page.curves import backward
from tropa.render.page.sheet import Sheet
from tropa.render.picture.cards import card_block
from tropa.render.picture.pieces import SMALL, Art, Block, Style, flowing, paragraph
from tropa.render.theme import Paint, stage_role

_PAD = 6.0
_GAP = 5.0
_MOST = 3


@dataclass(frozen=True, slots=True)
class Wide:
    """A card over several columns of a stage."""

    start: int
    span: int
    card: Card


def lane_block(lane: Lane, sheet: Sheet, language: Language) -> Block:
    """The cells of a lane, from the first column to the last."""
    if lane.kind is LaneKind.EMOTION and any(card.value is not None for card in sheet.in_lane(lane)):
        return emotion_block(sheet, language)
    cards = sheet.in_lane(lane)
    cells = [
        _stage_cell(stage, sheet, [one for one in cards if one.stage == stage.key], language) for stage in sheet.stages
    ]
    tall = max((cell.height for cell in cells), default=0.0)
    return Block(width=float(sheet.width), height=tall + 2 * _PAD, parts=tuple(cells), role=f"lane-{lane.kind}")


def _stage_cell(stage: Stage, sheet: Sheet, cards: Sequence[Card], language: Language) -> Block:
    """Cards of several columns first, each in the highest room that is free, then each step's own beneath them."""
    columns = sheet.columns_of(stage)
    col = float(sheet.column_width)
    wide, stacks = _sorted_out(cards, {one.key: at for at, one in enumerate(columns) if one.step}, len(columns))
    tops = [0.0] * len(columns)
    placed = []
    for one in wide:
        top = max(tops[one.start : one.start + one.span])
        block = card_block(one.card, sheet, one.span * col - 2 * _PAD, language)
        placed.append(block.at(one.start * col + _PAD, top))
        tops[one.start : one.start + one.span] = [top + block.height + _GAP] * one.span
    for at, stack in enumerate(stacks):
        block = _stack(stack, sheet, col - 2 * _PAD, language)
        if block.parts:
            placed.append(block.at(at * col + _PAD, tops[at]))
            tops[at] += block.height + _GAP
    return Block(
        x=columns[0].place * col,
        y=_PAD,
        width=len(columns) * col,
        height=max(0.0, max(tops) - _GAP),
        parts=tuple(placed),
        role="cell",
    )


def _sorted_out(cards: Sequence[Card], known: dict[str, int], count: int) -> tuple[list[Wide], list[list[Card]]]:
    wide: list[Wide] = []
    stacks: list[list[Card]] = [[] for _ in range(count)]
    for card in cards:
        spot = known.get(card.step or "")
        if spot is None and count == 1:
            stacks[0].append(card)
        elif spot is None:
            wide.append(Wide(0, count, card))
        elif card.spans:
            ends = [known[key] for key in card.spans if key in known]
            wide.append(Wide(spot, max([spot, *ends]) - spot + 1, card))
        else:
            stacks[spot].append(card)
    return wide, stacks


def _stack(cards: Sequence[Card], sheet: Sheet, width: float, language: Language) -> Block:
    blocks = [card_block(card, sheet, width, language) for card in cards[:_MOST]]
    if len(cards) > _MOST:
        told = f"+{len(cards) - _MOST}"
        blocks.append(paragraph(told, width, Style(size=SMALL, ink="ink-3", bold=True)))
    if cards and sheet.kind_of(cards[0]) in PILLS:
        return flowing(blocks, width, across=5, down=4)
    top, placed = 0.0, []
    for block in blocks:
        placed.append(block.at(0, top))
        top += block.height + _GAP
    return Block(width=width, height=max(0.0, top - _GAP), parts=tuple(placed))


def flow_block(sheet: Sheet, language: Language) -> Block | None:
    """The ribbon of people with its losses and those who came back; None without any counts."""
    col = float(sheet.column_width)
    stops = [
        Stop(
            one.place * col,
            col,
            (one.step or one.stage).persons,
            stage_role(one.stage_place),
            lost_share(one.step or one.stage),
        )
        for one in sheet.columns
    ]
    shape = ribbon(stops)
    if not shape.area:
        return None
    arcs = returns(backward(sheet), max(stop.persons or 0 for stop in stops))
    art = Art(draw=partial(_drawn_flow, stops, shape, arcs, language))
    return Block(width=float(sheet.width), height=FLOW_HEIGHT, parts=(art,), role="flow")


def _drawn_flow(stops: Sequence[Stop], shape: Ribbon, arcs: Sequence[Return], language: Language, paint: Paint) -> str:
    def told(persons: int) -> Sequence[tuple[str | None, str]]:
        return ((None, f"{words.whole(persons, language)} {words.label('loop.back', language)}"),)

    return draw_flow(stops, shape, paint, name="flow") + draw_returns(arcs, paint, texts=told)


def emotion_of(sheet: Sheet) -> EmotionCurve:
    """The emotion curve over the picture's columns."""
    cards = [(one, sheet.emotion_card(one)) for one in sheet.columns]
    return emotion_curve([Place(sheet.middle(one), sheet.column_width, card) for one, card in cards], sheet.width)


def emotion_block(sheet: Sheet, language: Language) -> Block:
    """The hero: the curve with its voices, faces and quotes."""
    curve = emotion_of(sheet)
    art = Art(draw=partial(_drawn_emotion, curve))
    gaps = []
    for one in sheet.columns:
        card = sheet.emotion_card(one)
        if card is not None and card.value is None:
            label = paragraph(
                words.label("no-reviews", language), sheet.column_width - 8, Style(size=SMALL, ink="ink-2")
            )
            gaps.append(label.at(sheet.middle(one) - label.width / 2, EMOTION_HEIGHT / 2 + 16))
    return Block(width=float(sheet.width), height=EMOTION_HEIGHT, parts=(art, *gaps), role="emotion")


def _drawn_emotion(curve: EmotionCurve, paint: Paint) -> str:
    return draw_emotion(curve, paint, name="emotion")
