"""A map as a deck: cover, the minute, the curve, the map itself, findings, actions, departments, method, sources."""

from collections.abc import Iterator, Sequence

from tropa.domain.finding import Finding
from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.branding import Look
from tropa.render.headline import minute_rows, provenance
from tropa.render.page.findings import certainty
from tropa.render.slides.board import board_slides
from tropa.render.slides.feelings import curve_slide
from tropa.render.slides.shapes import (
    EDGE,
    HEIGHT,
    WIDTH,
    Box,
    Form,
    Grid,
    Item,
    Mark,
    Row,
    Slide,
    height_of,
    shortened,
)
from tropa.render.takeaway.advice import actions, effect, figures, who
from tropa.render.takeaway.blocks import Table
from tropa.render.takeaway.data_words import told
from tropa.render.takeaway.whole import METHODS, department_parts, source_parts

_TOP = 84.0
_ROOM = HEIGHT - _TOP - 40
_TONES = {
    "want": ("accent-soft", "accent-text"),
    "loss": ("bad-soft", "bad-text"),
    "action": ("good-soft", "good-text"),
}
_A_SLIDE = 3
_CELL = 10.5


def deck(journey: JourneyMap, language: Language, look: Look) -> tuple[Slide, ...]:
    """All slides in their order."""
    spec = look.branding.spec
    slides = [] if spec.cover is False else [_cover(journey, language, look)]
    slides += [one for one in (_minute(journey, language), curve_slide(journey, language)) if one is not None]
    slides += board_slides(journey, language)
    slides += [*_findings(journey, language), *_actions(journey, language)]
    slides += _tables(department_parts(journey, language), told("whole.departments", language), language)
    slides += [] if spec.method is False else [_method(language)]
    slides += (
        []
        if spec.sources is False
        else _tables(source_parts(journey, language), told("whole.sources", language), language)
    )
    return tuple(slides)


def _cover(journey: JourneyMap, language: Language, look: Look) -> Slide:
    title = journey.title.said_in(language)
    wide = WIDTH - 2 * EDGE - 40
    head = shortened(Row(text=title, size=34, ink="on-color", bold=True), wide, 3)
    items: list[Item] = [Box(x=0, y=0, width=WIDTH, height=250, fill="accent", role="ground", over=True)]
    if look.logo is not None:
        items.append(Box(x=EDGE, y=34, width=150, height=56, fill="surface", form=Form.ROUND, role="ground", over=True))
        items.append(Mark(x=EDGE + 8, y=40, width=134, height=44))
    else:
        name = look.company or told("slide.first", language)
        items.append(_words(Row(text=name, size=14, ink="on-color", bold=True), EDGE, 40, wide, over=True))
    items.append(_words(head, EDGE, 240 - height_of((head,), wide), wide, over=True))
    goal = journey.goal
    rows = []
    if goal is not None:
        rows.append(Row(text=goal.text.said_in(language), size=14, ink="ink-2"))
        rows += [Row(text=goal.answer.text.said_in(language), size=20, bold=True)] if goal.answer else []
    rows = [shortened(row, wide, 5) for row in rows]
    items.append(Box(x=EDGE, y=276, width=wide, height=height_of(rows, wide), rows=tuple(rows)))
    items.append(_words(Row(text=provenance(journey, language), size=12, ink="ink-2"), EDGE, HEIGHT - 62, wide))
    return Slide(title=title, items=tuple(items), cover=True)


def _words(row: Row, x: float, y: float, width: float, *, over: bool = False) -> Box:
    return Box(x=x, y=y, width=width, height=height_of((row,), width), rows=(row,), over=over)


def _minute(journey: JourneyMap, language: Language) -> Slide | None:
    rows = minute_rows(journey)
    if not rows:
        return None
    wide = (WIDTH - 2 * EDGE - 16 * (len(rows) - 1)) / len(rows)
    items = []
    for place, (name, _icon, _tone, one) in enumerate(rows):
        fill, ink = _TONES[name]
        told_of = (
            Row(text=words.label(f"minute.{name}", language), size=14, ink=ink, bold=True, after=4),
            Row(text=one.text.said_in(language), size=16),
        )
        kept = tuple(shortened(row, wide, 14, pad=16) for row in told_of)
        tall = height_of(kept, wide, pad=16)
        items.append((place, fill, kept, tall))
    height = max(150.0, *(tall for *_, tall in items))
    boxes = tuple(
        Box(
            x=EDGE + place * (wide + 16),
            y=_TOP + 10,
            width=wide,
            height=height,
            rows=rows_of,
            form=Form.ROUND,
            fill=fill,
            pad=16,
            role="card",
        )
        for place, fill, rows_of, _ in items
    )
    return Slide(title=told("slide.minute", language), items=boxes)


def _findings(journey: JourneyMap, language: Language) -> Iterator[Slide]:
    found = journey.findings
    for start in range(0, len(found), _A_SLIDE):
        part = found[start : start + _A_SLIDE]
        wide = (WIDTH - 2 * EDGE - 16 * (_A_SLIDE - 1)) / _A_SLIDE
        cards = [_finding(one, journey, wide, language) for one in part]
        tall = max(height_of(rows, wide, pad=12) for rows in cards)
        items = tuple(
            Box(
                x=EDGE + place * (wide + 16),
                y=_TOP,
                width=wide,
                height=tall,
                rows=rows,
                form=Form.ROUND,
                fill="surface",
                line="line",
                pad=12,
                role="card",
            )
            for place, rows in enumerate(cards)
        )
        parts = -(-len(found) // _A_SLIDE)
        name = told("slide.findings", language)
        part_name = told("slide.part", language, name=name, part=start // _A_SLIDE + 1, parts=parts)
        yield Slide(title=name if parts == 1 else part_name, items=items)


def _finding(one: Finding, journey: JourneyMap, wide: float, language: Language) -> tuple[Row, ...]:
    facts = [f"{told('affects', language)} {words.units(one.persons_affected, journey.unit, language)}"]
    if one.money is not None:
        low, high = (words.money(end, one.money.currency, language) for end in (one.money.low, one.money.high))
        facts.append(f"{words.money(one.money.amount, one.money.currency, language)} ({low} – {high})")
    facts.append(f"{told('certainty', language)} {words.label(f'certainty.{certainty(one)}', language)}")
    rows = [
        Row(text=words.label(f"finding.{one.kind}", language), size=11, ink="bad-text", bold=True, after=3),
        shortened(Row(text=one.text.said_in(language), size=14, bold=True, after=5), wide, 7, pad=12),
        shortened(Row(text=" · ".join(facts), size=11, ink="ink-2", after=10), wide, 4, pad=12),
    ]
    if one.recommendation is not None:
        rows.append(Row(text=words.label("advice", language), size=11, ink="accent-text", bold=True, after=2))
        rows.append(shortened(Row(text=one.recommendation.text.said_in(language), size=12), wide, 8, pad=12))
    return tuple(rows)


def _actions(journey: JourneyMap, language: Language) -> list[Slide]:
    heads = tuple(
        told(key, language) for key in ("plan.what", "owner", "urgency", "plan.metric", "plan.effect", "plan.when")
    )
    rows = tuple(
        (
            one.text.said_in(language),
            who(one, language) or told("owner.none", language),
            words.label(f"urgency.{one.urgency}", language),
            figures(one, language, journey.currency),
            effect(one, journey, language),
            told("plan.days", language, days=one.days),
        )
        for one in actions(journey)
    )
    table = Table(heads, rows, (0.35, 0.13, 0.09, 0.17, 0.18, 0.08))
    return _tables([table], told("slide.actions", language), language) if rows else []


def _tables(parts: Sequence[object], title: str, language: Language) -> list[Slide]:
    """A table on as many slides as it takes, its head on each."""
    table = next((one for one in parts if isinstance(one, Table)), None)
    if table is None:
        return []
    widths = tuple(width * (WIDTH - 2 * EDGE) for width in table.widths)
    head = _row_height(table.heads, widths)
    pages: list[list[tuple[str, ...]]] = [[]]
    tall = head
    for row in table.rows:
        height = _row_height(row, widths)
        if pages[-1] and tall + height > _ROOM:
            pages.append([])
            tall = head
        pages[-1].append(row)
        tall += height
    slides = []
    for part, rows in enumerate(pages, 1):
        heights = (head, *(_row_height(row, widths) for row in rows))
        grid = Grid(x=EDGE, y=_TOP, widths=widths, heights=heights, heads=table.heads, rows=tuple(rows))
        name = title
        if len(pages) > 1:
            name = told("slide.part", language, name=title, part=part, parts=len(pages))
        slides.append(Slide(title=name, items=(grid,)))
    return slides


def _row_height(row: Sequence[str], widths: Sequence[float]) -> float:
    def tall(text: str, width: float) -> float:
        return height_of([Row(text=line, size=_CELL) for line in text.split("\n")], width, pad=6)

    return max(tall(text, width) for text, width in zip(row, widths, strict=True))


def _method(language: Language) -> Slide:
    wide = WIDTH - 2 * EDGE
    rows = tuple(Row(text=f"•  {told(key, language)}", size=14, after=9) for key in METHODS)
    return Slide(
        title=told("whole.method", language),
        items=(Box(x=EDGE, y=_TOP, width=wide, height=height_of(rows, wide), rows=rows),),
    )
