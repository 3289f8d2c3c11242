"""The lanes of a picture: cells with cards, the flow ribbon and the emotion curve."""

from collections.abc import Sequence
from functools import partial

from tropa.domain.journeymap import Card, Lane, LaneKind, Stage
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.cells import MOST, PILLS, placed
from tropa.render.emotion import HEIGHT as EMOTION_HEIGHT
from tropa.render.emotion import EmotionCurve, emotion_of
from tropa.render.emotion_drawing import draw_emotion
from tropa.render.flow import Flow, flow_of
from tropa.render.flow_drawing import draw_flow
from tropa.render.headline import aim_words, return_words
from tropa.render.picture.cards import card_block
from tropa.render.picture.pieces import SMALL, Art, Block, Style, flowing, paragraph
from tropa.render.sheet import Sheet
from tropa.render.theme import Paint

_PAD = 6.0
_GAP = 5.0


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
    wide, stacks = placed(cards, stage, sheet)
    tops = [0.0] * len(columns)
    made = []
    for one in wide:
        top = max(tops[one.start : one.start + one.span])
        block = card_block(one.card, sheet, one.span * col - 2 * _PAD, language)
        made.append(block.at(one.start * col + _PAD, top))
        tops[one.start : one.start + one.span] = [top + block.height + _GAP] * one.span
    for at, stack in enumerate(stacks):
        block = _stack(stack, sheet, col - 2 * _PAD, language)
        if block.parts:
            made.append(block.at(at * col + _PAD, tops[at]))
            tops[at] += block.height + _GAP
    return Block(
        x=columns[0].place * col,
        y=_PAD,
        width=len(columns) * col,
        height=max(0.0, max(tops) - _GAP),
        parts=tuple(made),
        role="cell",
    )


def _stack(cards: Sequence[Card], sheet: Sheet, width: float, language: Language) -> Block:
    blocks = [card_block(card, sheet, width, language) for card in cards[:MOST]]
    if len(cards) > MOST:
        told = f"+{len(cards) - MOST}"
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
    flow = flow_of(sheet)
    if flow is None:
        return None
    art = Art(draw=partial(_drawn_flow, flow, language))
    return Block(width=float(sheet.width), height=flow.height, parts=(art,), role="flow")


def _drawn_flow(flow: Flow, language: Language, paint: Paint) -> str:
    return draw_flow(
        flow,
        paint,
        name="flow",
        texts=lambda persons: ((None, return_words(persons, language)),),
        aim=lambda share: ((None, aim_words(share, language)),),
    )


def emotion_block(sheet: Sheet, language: Language) -> Block:
    """The hero: the curve with its voices, faces and quotes."""
    curve = emotion_of(sheet)
    art = Art(draw=partial(_drawn_emotion, curve, language, sheet.column_width - 6.0))
    gaps = []
    for one in sheet.columns:
        card = sheet.emotion_card(one)
        if card is not None and card.value is None:
            label = paragraph(
                words.label("no-reviews", language), sheet.column_width - 8, Style(size=SMALL, ink="ink-2")
            )
            gaps.append(label.at(sheet.middle(one) - label.width / 2, EMOTION_HEIGHT / 2 + 16))
    return Block(width=float(sheet.width), height=EMOTION_HEIGHT, parts=(art, *gaps), role="emotion")


def _drawn_emotion(curve: EmotionCurve, language: Language, room: float, paint: Paint) -> str:
    def felt(card: Card) -> tuple[tuple[str | None, str], ...]:
        return ((None, card.text.said_in(language)),)

    aim = ((None, words.label("emotion.goal", language)),)
    return draw_emotion(curve, paint, name="emotion", aim=aim, felt=felt, room=room)
