"""The head of a picture's map: the band of stages, the row of steps and the verdicts."""

from functools import partial

from tropa.domain.journeymap import Stage, VerdictState
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.curve import number
from tropa.render.heads import again_at, loss_after, people_and_time, tells_of_steps
from tropa.render.heat import TINTS, Heat, heats_of
from tropa.render.icons import VERDICT_ICONS, meter
from tropa.render.picture.cards import said
from tropa.render.picture.pieces import (
    SMALL,
    Art,
    Block,
    Icon,
    Plate,
    Style,
    column,
    flowing,
    paragraph,
    with_icon,
)
from tropa.render.sheet import Column, Sheet
from tropa.render.svg import tag
from tropa.render.theme import Paint, stage_role

_TIP = 12.0
_ROUND = 12
_HOT = 3
_VERDICTS = {
    VerdictState.OK: ("good-soft", "good-text"),
    VerdictState.ATTENTION: ("warn-soft", "warn-text"),
    VerdictState.FIX: ("bad-soft", "bad-text"),
    VerdictState.FEW_DATA: ("sunken", "ink-2"),
}


def stage_band(sheet: Sheet, language: Language) -> Block:
    """The chevrons of the stages with people and time."""
    heads = [_stage_words(stage, sheet, language) for stage in sheet.stages]
    tall = max(38.0, max((head.height for head in heads), default=0.0) + 14)
    placed = []
    for place, (stage, head) in enumerate(zip(sheet.stages, heads, strict=True)):
        columns = sheet.columns_of(stage)
        wide = float(len(columns) * sheet.column_width)
        last = place == len(heads) - 1
        art = Art(draw=partial(_chevron, wide, tall, place, last))
        inner = head.at(_TIP + 8 if place else 10, (tall - head.height) / 2)
        placed.append(
            Block(
                x=float(columns[0].place * sheet.column_width),
                width=wide,
                height=tall,
                parts=(art, inner),
                role="stage",
            )
        )
    # from right to left, so that each tip lies over the next stage
    return Block(width=float(sheet.width), height=tall, parts=tuple(reversed(placed)))


def _chevron(wide: float, tall: float, place: int, last: bool, paint: Paint) -> str:  # noqa: FBT001  bound by partial
    ground = paint(stage_role(place))
    if last:
        # the board's corner is round
        corner = f"M0 0H{number(wide - _ROUND)}a{_ROUND} {_ROUND} 0 0 1 {_ROUND} {_ROUND}V{number(tall)}H0Z"
        return tag("path", d=corner, fill=ground)
    tip = f"L{number(wide + _TIP)} {number(tall / 2)}L{number(wide)} {number(tall)}"
    edge = tag(
        "path", d=f"M{number(wide)} 0{tip}", fill="none", stroke=paint("surface"), stroke_width=1.5, opacity=".65"
    )
    return tag("path", d=f"M0 0H{number(wide)}{tip}H0Z", fill=ground) + edge


def _stage_words(stage: Stage, sheet: Sheet, language: Language) -> Block:
    room = len(sheet.columns_of(stage)) * sheet.column_width - _TIP - 26
    star = 17.0 if stage.moment_of_truth else 0.0
    people = paragraph(people_and_time(stage, language), room, Style(size=SMALL, ink="on-color"))
    bold = Style(size=13, ink="on-color", bold=True, most=1)
    whole = paragraph(said(stage.name, language), 10_000, bold)
    if whole.width + star + people.width + 14 <= room:
        mark = (Icon(x=whole.width + 5, y=2, name="star", size=13, ink="on-color", filled=True),) if star else ()
        parts = (whole, *mark, people.at(room - people.width, 1))
        return Block(width=room, height=max(whole.height, people.height + 1), parts=parts)
    name = paragraph(said(stage.name, language), room - star, Style(size=13, ink="on-color", bold=True, most=3))
    mark = (Icon(x=name.width + 5, y=2, name="star", size=13, ink="on-color", filled=True),) if star else ()
    named = Block(width=name.width + star, height=name.height, parts=(name, *mark))
    return column([named, people], gap=1)


def steps_row(sheet: Sheet, language: Language, *, least: float = 0.0) -> Block | None:
    """The steps with people, losses and times, no lower than `least`; None where there is nothing to say."""
    if not tells_of_steps(sheet):
        return None
    cells = [_step(one, sheet, language) for one in sheet.columns]
    tall = max(least, max(cell.height for cell in cells) + 14)
    wide = float(sheet.column_width)
    placed = []
    for one, cell in zip(sheet.columns, cells, strict=True):
        moment = one.record.moment_of_truth
        tint = f"{stage_role(one.stage_place)}-{'deep' if moment else 'soft'}"
        ground = Plate(width=wide, height=tall, fill=tint)
        star = (
            (Icon(x=wide - 19, y=7, name="star", size=13, ink=f"{stage_role(one.stage_place)}-text", filled=True),)
            if moment
            else ()
        )
        placed.append(
            Block(x=one.place * wide, width=wide, height=tall, parts=(ground, cell.at(7, 7), *star), role="step")
        )
    return Block(width=float(sheet.width), height=tall, parts=tuple(placed))


def _step(one: Column, sheet: Sheet, language: Language) -> Block:
    room = sheet.column_width - 14.0
    moment = one.record.moment_of_truth
    figures = flowing(_figures(one, language, room), room, across=7, down=0)
    if one.step is None:
        return figures
    name = paragraph(said(one.step.name, language), room - (16 if moment else 0), Style(bold=True))
    return column([name, figures], gap=2)


def _figures(one: Column, language: Language, room: float) -> list[Block]:
    record = one.record
    small = Style(size=11.5, ink="ink-2")
    if record.persons is None:
        return [paragraph(words.label("no-events", language), room, Style(size=11.5, ink="ink-3"))]
    made = [paragraph(words.whole(record.persons, language), room, Style(size=11.5))]
    loss = _loss(one, language)
    if loss is not None:
        made.append(loss)
    if record.median_seconds_to_next is not None:
        made.append(
            with_icon(
                "hourglass",
                paragraph(words.duration(record.median_seconds_to_next, language), room, small),
                size=11,
                gap=3,
            )
        )
    again = again_at(one)
    if again is not None:
        made.append(with_icon("loop", paragraph(words.whole(again.persons, language), room, small), size=11, gap=3))
    return made


def _loss(one: Column, language: Language) -> Block | None:
    loss = loss_after(one.record)
    if loss is None:
        return None
    style = Style(size=11.5, ink="bad-text" if loss.is_large else "ink-2", bold=loss.is_large)
    return paragraph(loss.said_in(language), 90, style)


def heat_row(sheet: Sheet, language: Language, *, tall: float) -> Block | None:
    """Where it hurts most: a tinted cell for each column with its degree in words."""
    heats = heats_of(sheet)
    if not heats:
        return None
    wide = float(sheet.column_width)
    cells = [_heat(one, wide, tall, language).at(one.column.place * wide, 0) for one in heats]
    return Block(width=float(sheet.width), height=tall, parts=tuple(cells), role="heat")


def _heat(one: Heat, wide: float, tall: float, language: Language) -> Block:
    inner = wide - 14
    if one.degree is None:
        label = words.label("few-data" if one.column.record.persons else "no-events", language)
        text = paragraph(label, inner, Style(size=SMALL, ink="ink-3"))
        ground = Plate(width=wide, height=tall, hatched=True)
        return Block(width=wide, height=tall, parts=(ground, text.at(7, (tall - text.height) / 2)))
    name = paragraph(words.label(f"heat.{one.degree}", language), inner, Style(size=11.5, bold=one.degree >= _HOT))
    bars = Art(x=7, y=tall / 2 - 6, draw=partial(meter, one.degree))
    parts: list[Art | Block] = [bars, name.at(26, (tall - name.height) / 2)]
    if one.loss is not None and one.degree:
        lost = paragraph(words.fine(one.loss.counts_in(language)), inner, Style(size=SMALL, ink="ink-2"))
        if 26 + name.width + 12 + lost.width <= wide:
            parts.append(lost.at(wide - 7 - lost.width, (tall - lost.height) / 2))
    ground = Plate(width=wide, height=tall, fill="bad", opacity=TINTS[one.degree])
    return Block(width=wide, height=tall, parts=(*([ground] if one.degree else []), *parts), role="step")


def verdicts(sheet: Sheet, language: Language) -> Block | None:
    """How each stage fares, in a line; None where nobody judged."""
    chips = [_verdict(stage, sheet, language) for stage in sheet.stages]
    if not any(chips):
        return None
    tall = max(chip.height for chip in chips if chip) + 12
    placed = [
        chip.at(sheet.columns_of(stage)[0].place * sheet.column_width + 6, 6)
        for stage, chip in zip(sheet.stages, chips, strict=True)
        if chip
    ]
    return Block(width=float(sheet.width), height=tall, parts=tuple(placed))


def _verdict(stage: Stage, sheet: Sheet, language: Language) -> Block | None:
    if stage.verdict is None:
        return None
    room = len(sheet.columns_of(stage)) * sheet.column_width - 12.0
    fill, ink = _VERDICTS[stage.verdict.state]
    text = paragraph(said(stage.verdict.text, language), room - 36, Style(ink=ink))
    tall = text.height + 10
    plate = Plate(width=min(room, text.width + 36), height=tall, fill=fill, radius=7)
    icon = Icon(x=9, y=6, name=VERDICT_ICONS[stage.verdict.state], size=14, ink=ink)
    return Block(width=plate.width, height=tall, parts=(plate, icon, text.at(28, 5)), role="verdict")
