"""The map on slides: as many stages as can be read side by side, the rail and the heads repeated on each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tropa.domain.journeymap import Card, JourneyMap, Lane, LaneKind
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.cells import (
    MOST,
    Look,
    Shape,
    Wide,
    badge_of,
    first_figure,
    importance_words,
    look_of,
    placed,
    shape_of,
)
from tropa.render.evidence_words import figure, footer
from tropa.render.heads import loss_after
from tropa.render.sheet import Column, Sheet
from tropa.render.slides.feelings import Frame, curve_row
from tropa.render.slides.shapes import EDGE, HEIGHT, SMALLEST, WIDTH, Box, Form, Item, Row, Slide, height_of, shortened
from tropa.render.takeaway.data_words import told
from tropa.render.theme import stage_role

RAIL = 124.0
TOP = 66.0
BOTTOM = HEIGHT - 34.0
_LEFT = EDGE - 12
_GAP = 4.0
_MOST_COLUMNS = 6
_BAND = 34.0
_CURVE = 92.0
_TINTS = {
    Look.PAIN: ("warn-soft", "warn-line"),
    Look.CRITICAL: ("bad-soft", "bad-line"),
    Look.GAIN: ("good-soft", "good-line"),
    Look.INSIGHT: ("violet-soft", "violet-line"),
    Look.OPPORTUNITY: ("warn-soft", "warn-line"),
    Look.RECOMMENDATION: ("warn-soft", "warn-line"),
    Look.HYPOTHESIS: ("accent-soft", "accent-line"),
    Look.QUOTE: ("surface-2", "line"),
    Look.OTHER: ("surface", "line"),
}


@dataclass(frozen=True)
class SlideSheet(Sheet):
    """A map read by its steps where these fit on slides, else by its stages."""

    @cached_property
    def column_width(self) -> int:
        """One: slides place columns by themselves."""
        return 1


def slide_sheet(journey: JourneyMap) -> SlideSheet:
    """The map by its steps, or by its stages where one stage alone has more steps than a slide has columns."""
    wide = any(len(stage.steps) > _MOST_COLUMNS for stage in journey.stages)
    return SlideSheet(journey, 0, by_stage=wide)


def board_slides(journey: JourneyMap, language: Language) -> tuple[Slide, ...]:
    """All slides of the map."""
    sheet = slide_sheet(journey)
    slides: list[Slide] = []
    groups = list(_groups(sheet))
    for columns in groups:
        window = _Window(sheet, columns, language)
        names = [stage.stage.name.said_in(language) for stage in _firsts(columns)]
        pages = list(window.pages())
        for part, items in enumerate(pages, 1):
            name = f"{told('slide.map', language)}: {' › '.join(names)}"
            title = told("slide.part", language, name=name, part=part, parts=len(pages)) if len(pages) > 1 else name
            slides.append(Slide(title=title, items=items))
    return tuple(slides)


def _groups(sheet: Sheet) -> Iterator[tuple[Column, ...]]:
    """Whole stages, side by side as long as they fit."""
    group: list[Column] = []
    for stage in sheet.stages:
        own = sheet.columns_of(stage)
        if group and len(group) + len(own) > _MOST_COLUMNS:
            yield tuple(group)
            group = []
        group += own
    if group:
        yield tuple(group)


def _firsts(columns: Sequence[Column]) -> list[Column]:
    """The first column of each stage."""
    return [one for at, one in enumerate(columns) if at == 0 or columns[at - 1].stage is not one.stage]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A card's box before it has a height to stand at."""

    at: int
    span: int
    rows: tuple[Row, ...]
    card: Card


@dataclass(frozen=True, slots=True)
class _Strip:
    """A lane, or the part of it that goes on one slide: cells with their tops, and its height."""

    lane: Lane
    cells: tuple[tuple[_Placed, float], ...]
    height: float


@dataclass(frozen=True, slots=True)
class _Window:
    sheet: Sheet
    columns: tuple[Column, ...]
    language: Language

    @property
    def wide(self) -> float:
        """The width of a column."""
        return (WIDTH - _LEFT - EDGE + 12 - RAIL) / max(3, len(self.columns))

    def x(self, at: int) -> float:
        """Where a column begins."""
        return _LEFT + RAIL + at * self.wide

    def pages(self) -> Iterator[tuple[Item, ...]]:
        """The slides of these columns: heads, then as many lanes as there is room for."""
        heads, top = self._heads()
        items, at = list(heads), top
        for strip in self._strips(BOTTOM - top):
            if at > top and at + strip.height > BOTTOM:
                yield tuple(items)
                items, at = list(heads), top
            items += self._drawn(strip, at)
            at += strip.height + _GAP
        yield tuple(items)

    def _heads(self) -> tuple[list[Item], float]:
        items: list[Item] = []
        names = [self._stage_name(one) for one in _firsts(self.columns)]
        tall = max([_BAND, *(height_of(rows, wide, pad=8) for rows, wide, _ in names)])
        for rows, wide, one in names:
            at = self.columns.index(one)
            items.append(
                Box(
                    x=self.x(at),
                    y=TOP,
                    width=wide,
                    height=tall,
                    rows=rows,
                    form=Form.CHEVRON,
                    fill=stage_role(one.stage_place),
                    pad=8,
                    middle=True,
                    role="stage",
                )
            )
        top = TOP + tall + _GAP
        if all(one.step is None for one in self.columns):
            return items, top
        steps = [self._step(one) for one in self.columns]
        tall = max(height_of(rows, self.wide - _GAP) for rows in steps)
        items.append(self._rail(words.label_text("lane.steps").said_in(self.language), "", top, tall))
        for at, (one, rows) in enumerate(zip(self.columns, steps, strict=True)):
            tint = f"{stage_role(one.stage_place)}-{'deep' if one.record.moment_of_truth else 'soft'}"
            items.append(
                Box(x=self.x(at), y=top, width=self.wide - _GAP, height=tall, rows=rows, fill=tint, role="step")
            )
        return items, top + tall + _GAP

    def _stage_name(self, one: Column) -> tuple[tuple[Row, ...], float, Column]:
        wide = len([column for column in self.columns if column.stage is one.stage]) * self.wide - _GAP
        rows = [Row(text=one.stage.name.said_in(self.language), size=12, ink="on-color", bold=True)]
        if one.stage.persons is not None:
            people = words.units(one.stage.persons, self.sheet.journey.counted, self.language)
            rows.append(Row(text=people, ink="on-color"))
        return tuple(shortened(row, wide, 2, pad=14) for row in rows), wide, one

    def _step(self, one: Column) -> tuple[Row, ...]:
        record = one.record
        name = Row(text=record.name.said_in(self.language), bold=True)
        told_of = []
        if record.persons is not None:
            told_of.append(words.whole(record.persons, self.language))
        loss = loss_after(record)
        told_of += [loss.said_in(self.language)] if loss else []
        if record.median_seconds_to_next is not None:
            told_of.append(words.duration(record.median_seconds_to_next, self.language))
        figures = Row(text=" · ".join(told_of) or words.label("no-events", self.language), ink="ink-2")
        return shortened(name, self.wide - _GAP, 3), figures

    def _strips(self, room: float) -> Iterator[_Strip]:
        stages = {one.stage.key for one in self.columns}
        for lane in self.sheet.lanes:
            cards = [card for card in self.sheet.in_lane(lane) if card.stage in stages]
            if lane.hidden or lane.kind is LaneKind.FLOW or not cards:
                continue
            if lane.kind is LaneKind.EMOTION and any(card.value is not None for card in cards):
                yield _Strip(lane, (), _CURVE)
                continue
            yield from self._parts(lane, cards, room)

    def _parts(self, lane: Lane, cards: Sequence[Card], room: float) -> Iterator[_Strip]:
        """A lane in one strip, or in several where a cell is higher than a slide."""
        tops = [0.0] * len(self.columns)
        cells: list[tuple[_Placed, float]] = []
        for one in self._placed(cards):
            columns = slice(one.at, one.at + one.span)
            top, tall = max(tops[columns]), height_of(one.rows, self._span(one))
            if cells and top + tall > room:
                yield _Strip(lane, tuple(cells), max(tops) - _GAP)
                tops, cells, top = [0.0] * len(self.columns), [], 0.0
            cells.append((one, top))
            tops[columns] = [top + tall + _GAP] * one.span
        least = height_of((Row(text=lane.name.said_in(self.language), bold=True),), RAIL - _GAP)
        yield _Strip(lane, tuple(cells), max(least, max(tops) - _GAP))

    def _placed(self, cards: Sequence[Card]) -> Iterator[_Placed]:
        for first in _firsts(self.columns):
            start = self.columns.index(first)
            wide, stacks = placed([one for one in cards if one.stage == first.stage.key], first.stage, self.sheet)
            for one in wide:
                yield self._one(one, start)
            for at, stack in enumerate(stacks):
                for card in stack[:MOST]:
                    yield self._one(Wide(at, 1, card), start)
                if len(stack) > MOST:
                    more = Row(text=told("slide.more", self.language, count=len(stack) - MOST), ink="ink-2")
                    yield _Placed(start + at, 1, (more,), stack[-1])

    def _one(self, one: Wide, start: int) -> _Placed:
        return _Placed(start + one.start, one.span, self._card(one.card, one.span * self.wide - _GAP), one.card)

    def _span(self, one: _Placed) -> float:
        return one.span * self.wide - _GAP

    def _card(self, card: Card, wide: float) -> tuple[Row, ...]:
        text = card.text.said_in(self.language)
        rests = Row(text=footer(card, self.language, b2b=self.sheet.journey.is_b2b), ink="ink-2")
        match shape_of(self.sheet.kind_of(card)):
            case Shape.FIGURE:
                measured = first_figure(card)
                value = words.label("no-data", self.language) if measured is None else figure(measured, self.language)
                return Row(text=text, ink="ink-2"), Row(text=value, size=14, bold=True), shortened(rests, wide, 2)
            case Shape.IMPORTANCE:
                filled, in_words = importance_words(card.value, self.language)
                return (Row(text=f"{'●' * filled}{'○' * (5 - filled)} {in_words}", ink="ink-2"),)
            case Shape.PILL | Shape.PLAIN:
                return (shortened(Row(text=text), wide, 5), *([rests] if card.is_guess else []))
            case Shape.BOXED:
                badge = badge_of(card, self.sheet)
                above = (
                    []
                    if badge is None
                    else [Row(text=words.label(badge.label, self.language), ink="warn-text", bold=True)]
                )
                return (*above, shortened(Row(text=text), wide, 9), shortened(rests, wide, 2))

    def _drawn(self, strip: _Strip, top: float) -> Iterator[Item]:
        meaning = strip.lane.meaning.said_in(self.language) if strip.lane.meaning else ""
        yield self._rail(strip.lane.name.said_in(self.language), meaning, top, strip.height)
        if strip.lane.kind is LaneKind.EMOTION and not strip.cells:
            frame = Frame(left=self.x(0), wide=self.wide, top=top, tall=strip.height)
            yield from curve_row(self.sheet, self.columns, frame, self.language)
            return
        for one, down in strip.cells:
            kind = self.sheet.kind_of(one.card)
            fill, line = _TINTS[look_of(one.card, kind)]
            is_plain = shape_of(kind) in {Shape.FIGURE, Shape.IMPORTANCE}
            if one.card.is_guess:
                fill, line = "surface", "ink-4"
            yield Box(
                x=self.x(one.at),
                y=top + down,
                width=self._span(one),
                height=height_of(one.rows, self._span(one)),
                rows=one.rows,
                form=Form.PLAIN if is_plain else Form.ROUND,
                fill=None if is_plain else fill,
                line=None if is_plain else line,
                dashed=one.card.is_guess,
                role="card",
            )

    def _rail(self, name: str, meaning: str, top: float, tall: float) -> Box:
        rows = [Row(text=name, bold=True)]
        small = Row(text=meaning, ink="ink-2", size=SMALLEST)
        if meaning and height_of((*rows, small), RAIL - _GAP) <= tall:
            rows.append(small)
        return Box(x=_LEFT, y=top, width=RAIL - _GAP, height=tall, rows=tuple(rows), fill="surface-2", role="rail")
