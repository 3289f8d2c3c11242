"""A map as one picture: everything that stands on it, with its place and size in pixels."""

from collections.abc import Sequence
from functools import cached_property, partial

from tropa.domain.journeymap import JourneyMap, LaneKind
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.blueprint import line_above
from tropa.render.curve import number
from tropa.render.headline import voices_in
from tropa.render.picture.cards import said
from tropa.render.picture.heads import heat_row, stage_band, steps_row, verdicts
from tropa.render.picture.lanes import flow_block, lane_block
from tropa.render.picture.pieces import SMALL, Art, Block, Plate, Style, column, paragraph
from tropa.render.picture.top import answer_block, foot_block, head_block, personas_block
from tropa.render.sheet import RAIL, Sheet
from tropa.render.svg import tag
from tropa.render.theme import Paint, stage_role

MARGIN = 28.0
_GAP = 16.0
_NARROWEST = 126


class PictureSheet(Sheet):
    """A map laid out for a picture, which has all the width that its words need."""

    @cached_property
    def column_width(self) -> int:
        """The width of a column: even the narrowest holds «предположение» beside its mark."""
        return max(_NARROWEST, super().column_width)


def lay_out(journey: JourneyMap, language: Language, *, to_be: JourneyMap | None = None) -> Block:
    """The whole picture; `to_be` is the map of how it should be, whose emotions stand beside."""
    sheet = PictureSheet(journey, 0, to_be=to_be)
    wide = float(RAIL + sheet.width)
    rows = [
        head_block(sheet, wide, language),
        answer_block(sheet, wide, language),
        personas_block(sheet, wide, language),
        board_block(sheet, language),
        foot_block(sheet, wide, language),
    ]
    inner = column([row for row in rows if row is not None], gap=_GAP, x=MARGIN, y=MARGIN)
    width, height = wide + 2 * MARGIN, inner.height + 2 * MARGIN
    return Block(width=width, height=height, parts=(Plate(width=width, height=height, fill="page"), inner))


def board_block(sheet: Sheet, language: Language) -> Block:
    """The grid: a rail with the lanes' names, and their cells."""
    rows = _rows(sheet, language)
    wide = float(RAIL + sheet.width)
    tall = sum(row.height for row in rows)
    ground = Plate(width=wide, height=tall, fill="surface", border="line", radius=12)
    return Block(
        width=wide,
        height=tall,
        parts=(ground, *_grid(sheet, rows), column(rows), Plate(width=wide, height=tall, border="line", radius=12)),
        role="board",
    )


def _rows(sheet: Sheet, language: Language) -> list[Block]:
    band = stage_band(sheet, language)
    made = [_row(Block(width=0, height=0), band)]
    rails = {
        name: _rail(words.label_text(f"lane.{name}"), words.label_text(f"lane.{name}.meaning"), language)
        for name in ("steps", "flow", "heat", "verdict")
    }
    fixed = (
        ("steps", steps_row(sheet, language, least=rails["steps"].height)),
        ("flow", flow_block(sheet, language)),
        ("heat", heat_row(sheet, language, tall=rails["heat"].height)),
        ("verdict", verdicts(sheet, language)),
    )
    made += [_row(rails[name], cells) for name, cells in fixed if cells is not None]
    lanes = [one for one in sheet.lanes if one.kind is not LaneKind.FLOW and not one.hidden and sheet.in_lane(one)]
    for lane in lanes:
        line = line_above(lane, lanes)
        if line is not None:
            made.append(_blueprint_line(words.label(line, language), sheet))
        rail = _rail(
            lane.name, lane.meaning, language, _voices(sheet, language) if lane.kind is LaneKind.EMOTION else ""
        )
        made.append(_row(rail, lane_block(lane, sheet, language)))
    return made


def _blueprint_line(text: str, sheet: Sheet) -> Block:
    """A dashed line across the board with its name at the left."""
    wide = float(RAIL + sheet.width)
    name = paragraph(text, wide, Style(size=SMALL, ink="ink-2", bold=True))
    tall = 24.0
    dashes = Art(draw=partial(_dashes, wide))
    ground = Plate(x=1, width=wide - 2, height=tall, fill="surface-2")
    return Block(width=wide, height=tall, parts=(ground, dashes, name.at(12, 5)), role="row")


def _dashes(wide: float, paint: Paint) -> str:
    return tag("path", d=f"M0 .5H{number(wide)}", stroke=paint("ink-3"), stroke_dasharray="5 4")


def _voices(sheet: Sheet, language: Language) -> str:
    count = voices_in(sheet)
    return words.counted(count, "voice", language) if count else ""


def _row(rail: Block, cells: Block) -> Block:
    tall = max(rail.height, cells.height)
    return Block(width=RAIL + cells.width, height=tall, parts=(rail, cells.at(RAIL, 0)), role="row")


def _rail(name: Text, meaning: Text | None, language: Language, more: str = "") -> Block:
    room = RAIL - 22.0
    told = [paragraph(said(name, language), room, Style(bold=True))]
    small = Style(size=SMALL, ink="ink-3")
    told += [paragraph(text, room, small) for text in (said(meaning, language) if meaning else "", more) if text]
    texts = column(told, gap=1)
    return Block(width=RAIL, height=texts.height + 16, parts=(texts.at(12, 8),), role="rail")


def _grid(sheet: Sheet, rows: Sequence[Block]) -> list[Plate]:
    """The ground of the rail, tints of moments of truth, borders of lanes, stages and steps."""
    col = float(sheet.column_width)
    wide, tall = float(RAIL + sheet.width), sum(row.height for row in rows)
    top = rows[0].height if rows else 0.0
    made = [Plate(x=1, y=top, width=RAIL - 1, height=tall - top - 1, fill="surface-2")]
    for one in sheet.columns:
        x = RAIL + one.place * col
        if one.record.moment_of_truth:
            tint = f"{stage_role(one.stage_place)}-soft"
            made.append(Plate(x=x, y=top, width=col, height=tall - top - 1, fill=tint, opacity=0.7))
        first = one.place == sheet.columns_of(one.stage)[0].place
        made.append(Plate(x=x, y=top, width=1, height=tall - top, fill="line" if first else "hair"))
    for row in rows[1:-1]:
        top += row.height
        made.append(Plate(x=0, y=top, width=wide, height=1, fill="hair"))
    return made
