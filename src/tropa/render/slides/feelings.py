"""The emotion curve on slides: drawn through what is known, broken where nobody spoke, with its values in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.curve import Piece, Point, monotone
from tropa.render.emotion import HEIGHT as LANE
from tropa.render.emotion import ZERO, emotion_of
from tropa.render.sheet import Column, Sheet
from tropa.render.slides.shapes import EDGE, SMALLEST, WIDTH, Box, Form, Item, Row, Slide, Stroke, height_of, shortened
from tropa.render.takeaway.data_words import told
from tropa.render.theme import emotion_role, stage_role

_VALUE = (34.0, 18.0)
_STEP = 0.36
_TOP = 78.0
_PILL = 10.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Where a lane stands on a slide, and how wide its columns are."""

    left: float
    wide: float
    top: float
    tall: float


def curve_row(sheet: Sheet, columns: Sequence[Column], frame: Frame, language: Language) -> Iterator[Item]:
    """The part of the whole map's curve over these columns, in a lane of this frame."""
    left, wide = frame.left, frame.wide
    middle, step = frame.top + frame.tall / 2, frame.tall * _STEP / 2
    first = columns[0].place

    def spot(column: Column, value: float) -> Point:
        return left + (column.place - first + 0.5) * wide, middle - step * max(-2.0, min(2.0, value))

    known = [(one, card) for one in sheet.columns if (card := sheet.emotion_card(one)) and card.value is not None]
    points = [spot(one, card.value or 0.0) for one, card in known]
    end = left + len(columns) * wide
    zero = (Piece((left, middle), (left + 1, middle), (end - 1, middle), (end, middle)),)
    yield Stroke(pieces=zero, ink="ink-4", width=0.75, dashed=True)
    for piece, one, other in zip(monotone(points), known, known[1:], strict=False):
        cut = _within(piece, left, end)
        if cut is not None:
            told_of = all(sheet.is_told(between) for between in sheet.columns[one[0].place + 1 : other[0].place])
            rests = told_of and not (one[1].is_guess or other[1].is_guess)
            yield Stroke(pieces=(cut,), ink="ink-2" if rests else "ink-4", width=2.5, dashed=not rests)
    for (column, card), (x, y) in zip(known, points, strict=True):
        if column in columns:
            yield _value_box(x, y, card.value or 0.0, language)


def _value_box(x: float, y: float, value: float, language: Language) -> Box:
    wide, tall = _VALUE
    row = Row(text=words.signed(value, language), size=SMALLEST, ink="ink", bold=True)
    return Box(
        x=x - wide / 2,
        y=y - tall / 2,
        width=wide,
        height=tall,
        rows=(row,),
        form=Form.PILL,
        fill="surface",
        line=emotion_role(value),
        thick=1.75,
        pad=0,
        middle=True,
        centred=True,
        role="value",
        over=True,
    )


def _within(piece: Piece, left: float, right: float) -> Piece | None:
    """The part of a piece between two edges; x runs evenly along a piece."""
    start, end = piece.start[0], piece.end[0]
    if end <= left or start >= right or end <= start:
        return None
    low, high = (max(left, start) - start) / (end - start), (min(right, end) - start) / (end - start)
    return _cut(_cut(piece, 0.0, high), low / high if high else 0.0, 1.0)


def _cut(piece: Piece, low: float, high: float) -> Piece:
    """De Casteljau's part of a piece from `low` to `high`, one of which is an end."""
    at = high if low == 0.0 else low
    one, two, three = (
        _between(a, b, at)
        for a, b in ((piece.start, piece.first), (piece.first, piece.second), (piece.second, piece.end))
    )
    four, five = _between(one, two, at), _between(two, three, at)
    middle = _between(four, five, at)
    return Piece(piece.start, one, four, middle) if low == 0.0 else Piece(middle, five, three, piece.end)


def _between(one: Point, other: Point, at: float) -> Point:
    return one[0] + (other[0] - one[0]) * at, one[1] + (other[1] - one[1]) * at


@dataclass(frozen=True)
class _Overview(Sheet):
    """All stages side by side on one slide."""

    @cached_property
    def column_width(self) -> int:
        """The width of a stage."""
        return int((WIDTH - 2 * EDGE) // max(1, len(self.columns)))


def curve_slide(journey: JourneyMap, language: Language) -> Slide | None:
    """The whole journey: stages, people, and the curve with quotes at its turns; None where nobody told."""
    sheet = _Overview(journey, 0, by_stage=True)
    curve = emotion_of(sheet)
    if not curve.nodes:
        return None
    items: list[Item] = list(_band(sheet, language))
    top = _TOP + max(one.height for one in items if isinstance(one, Box)) + 26
    items.append(Box(x=EDGE, y=top, width=float(sheet.width), height=LANE, fill="surface-2", role="ground", over=True))

    def lower(point: Point) -> Point:
        return point[0] + EDGE, point[1] + top

    level = top + ZERO
    zero = Piece((EDGE, level), (EDGE + 1, level), (EDGE + sheet.width - 1, level), (EDGE + sheet.width, level))
    items.append(Stroke(pieces=(zero,), ink="ink-4", width=0.75, dashed=True))
    for one in curve.stretches:
        piece = Piece(*(lower(point) for point in (one.piece.start, one.piece.first, one.piece.second, one.piece.end)))
        items.append(Stroke(pieces=(piece,), ink="ink-2" if one.known else "ink-4", width=3, dashed=not one.known))
    items += [_value_box(node.x + EDGE, node.y + top, node.value, language) for node in curve.nodes]
    for pill in curve.pills:
        row = Row(text=" ".join(pill.lines), size=_PILL, ink="on-ink")
        wide = pill.width + 6
        tall = height_of((row,), wide, pad=6)
        y = pill.y + top + (pill.height - tall if pill.above else 0.0)
        x = min(max(EDGE + 6, pill.x + EDGE - 3), WIDTH - EDGE - 6 - wide)
        items.append(
            Box(
                x=x,
                y=y,
                width=wide,
                height=tall,
                rows=(row,),
                form=Form.ROUND,
                fill="ink",
                pad=6,
                role="quote",
                over=True,
            )
        )
    voices = sum(node.card.voices or 0 for node in curve.nodes)
    if voices:
        foot = Row(text=told("slide.voices", language, voices=words.counted(voices, "voice", language)), ink="ink-2")
        items.append(
            Box(x=EDGE, y=top + LANE + 6, width=400, height=height_of((foot,), 400), rows=(foot,), role="words")
        )
    return Slide(title=told("slide.curve", language), items=tuple(items))


def _band(sheet: Sheet, language: Language) -> Iterator[Box]:
    wide = sheet.column_width - 4.0
    heads = []
    for stage in sheet.stages:
        rows = [shortened(Row(text=stage.name.said_in(language), size=11, ink="on-color", bold=True), wide, 3, pad=11)]
        if stage.persons is not None:
            rows.append(Row(text=words.whole(stage.persons, language), ink="on-color"))
        heads.append(rows)
    tall = max(40.0, *(height_of(rows, wide, pad=11) for rows in heads))
    for place, rows in enumerate(heads):
        yield Box(
            x=EDGE + place * sheet.column_width,
            y=_TOP,
            width=wide,
            height=tall,
            rows=tuple(rows),
            form=Form.CHEVRON,
            fill=stage_role(place),
            pad=11,
            middle=True,
            role="stage",
        )
