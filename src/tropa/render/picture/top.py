"""What stands above and below a picture's map: who, where from, goal, answer, the minute strip, personas, legend."""

from functools import partial

from tropa.domain.evidence import Unit
from tropa.domain.journeymap import LaneKind, Persona, Statement
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.curve import number
from tropa.render.evidence_words import figure
from tropa.render.headline import (
    MARKS,
    against_target,
    coverage,
    draft_label,
    goal_figure,
    goal_tone,
    minute_rows,
    persona_size,
    personas,
    provenance,
)
from tropa.render.picture.cards import said
from tropa.render.picture.pieces import (
    SMALL,
    Art,
    Block,
    Icon,
    Mark,
    Plate,
    Style,
    column,
    flowing,
    paragraph,
    with_icon,
)
from tropa.render.portraits import portrait
from tropa.render.sheet import Sheet
from tropa.render.svg import tag
from tropa.render.theme import Paint

_INKS = {"solid": "good", "part": "warn", "guess": "ink-4", "stale": "ink-3", "contradicted": "bad"}
_BAR = 84.0
_LINES = (("average", "line"), ("band", "band"), ("dots", "dots"), ("none", "none"))


def head_block(sheet: Sheet, width: float, language: Language) -> Block:
    """Portrait, title and provenance at the left, goal and coverage at the right."""
    right = [one for one in (_goal(sheet, language), _coverage(sheet, language)) if one]
    side = sum(one.width for one in right) + 26 * len(right)
    persona = next(iter(personas(sheet.journey)), None)
    start = 64.0 if persona else 0.0
    beside = side <= width * 0.6
    room = (width - side if beside else width) - start
    title = paragraph(said(sheet.journey.title, language), room, Style(size=21, bold=True))
    origin = paragraph(words.fine(provenance(sheet.journey, language)), room, Style(size=12.5, ink="ink-2"))
    texts = column([title, origin], gap=3)
    face = (Art(y=0, draw=partial(_portrait, persona, 52)),) if persona else ()
    tall = max(texts.height, 52.0 if persona else 0.0)
    parts: list[Block | Art] = [*face, texts.at(start, max(0.0, (tall - texts.height) / 2))]
    left, top = (width, 4.0) if beside else (side - 26, tall + 12)
    for one in reversed(right):
        left -= one.width
        parts.append(one.at(left, top))
        left -= 26
    below = 0.0 if beside else 12 + max(one.height for one in right)
    whole = max(tall, *(one.height + 4 for one in right)) if beside and right else tall
    return Block(width=width, height=whole + below, parts=tuple(parts), role="head")


def _portrait(persona: Persona, size: int, _paint: Paint) -> str:
    return portrait(persona, size)


def _coverage(sheet: Sheet, language: Language) -> Block | None:
    counts = coverage(sheet)
    total = sum(counts.values())
    if not total:
        return None
    told = f"{words.of_whole(counts['solid'], total, language)} {words.label('mark.solid', language)}"
    first = paragraph(words.fine(told), 400, Style(bold=True))
    stack: list[Plate] = []
    left = 0.0
    for name in MARKS:
        wide = 150.0 * counts[name] / total
        if wide:
            stack.append(Plate(x=left, y=1, width=max(2.0, wide - 1.5), height=6, fill=_INKS[name], radius=2))
        left += wide
    rest = flowing([_counted_mark(name, counts[name], language) for name in MARKS[1:] if counts[name]], 460, across=10)
    return column([first, Block(width=150, height=9, parts=tuple(stack)), rest], gap=3)


def _counted_mark(name: str, count: int, language: Language) -> Block:
    text = paragraph(f"{words.label(f'mark.{name}', language)} {count}", 300, Style(size=SMALL, ink="ink-2"))
    return Block(width=text.width + 13, height=text.height, parts=(Mark(x=4.5, y=7.5, name=name), text.at(13, 0)))


def _goal(sheet: Sheet, language: Language) -> Block | None:
    goal = sheet.journey.goal
    if goal is None:
        return None
    measured = goal_figure(goal)
    text = paragraph(said(goal.text, language), 260, Style(bold=True))
    rows = [text]
    if measured is not None:
        rows.append(
            paragraph(words.fine(against_target(measured, goal.target, language)), 260, Style(size=SMALL, ink="ink-2"))
        )
    left = column(rows, gap=1)
    icon = Icon(x=0, y=4, name="target", size=18, ink="accent")
    if measured is None:
        return Block(width=left.width + 26, height=left.height, parts=(icon, left.at(26, 0)))
    value = paragraph(figure(measured, language), 200, Style(size=20, bold=True))
    start = 26 + left.width + 16
    parts: tuple[Icon | Block | Art, ...] = (icon, left.at(26, 0), value.at(start, 2))
    width = start + value.width
    if measured.unit is Unit.SHARE:
        parts = (*parts, Art(x=width + 12, y=4, draw=partial(_goal_bar, measured.value, goal.target)))
        width += 12 + _BAR
    return Block(width=width, height=max(left.height, 29), parts=parts)


def _goal_bar(value: float, target: float | None, paint: Paint) -> str:
    parts = [
        tag("rect", y=8.0, width=_BAR, height=6.0, rx=3.0, fill=paint("line")),
        tag("rect", y=8.0, width=_BAR * value, height=6.0, rx=3.0, fill=paint(goal_tone(value, target))),
    ]
    if target is not None:
        parts.append(tag("rect", x=_BAR * min(1.0, target), y=3.0, width=2.0, height=16.0, rx=1.0, fill=paint("ink")))
    return "".join(parts)


def answer_block(sheet: Sheet, width: float, language: Language) -> Block | None:
    """The goal's answer as the first line, then the minute strip: three sentences."""
    goal = sheet.journey.goal
    cells = minute_rows(sheet.journey)
    rows: list[Block] = []
    if goal is not None and goal.answer is not None:
        rows.append(paragraph(said(goal.answer.text, language), width - 36, Style(size=17, bold=True)))
    if cells:
        rows.append(_minute(cells, width - 36, language))
    if not rows:
        return None
    inner = column(rows, gap=12)
    tall = inner.height + 28
    plate = Plate(width=width, height=tall, fill="surface", border="line", radius=12)
    return Block(width=width, height=tall, parts=(plate, inner.at(18, 14)), role="answer")


def _minute(cells: list[tuple[str, str, str, Statement]], width: float, language: Language) -> Block:
    wide = (width - 24 * (len(cells) - 1)) / len(cells)
    placed = []
    for place, (key, icon, ink, told) in enumerate(cells):
        label = paragraph(words.label(f"minute.{key}", language), wide - 40, Style(size=SMALL, ink="ink-2", bold=True))
        text = paragraph(said(told.text, language), wide - 14, Style(size=13))
        inner = column([with_icon(icon, label, size=13, ink=ink), text], gap=3)
        bar = Plate(width=3, height=inner.height, fill=ink, radius=1.5)
        placed.append(
            Block(x=place * (wide + 24), width=wide, height=inner.height, parts=(bar, inner.at(12, 0)), role="minute")
        )
    return Block(width=width, height=max(one.height for one in placed), parts=tuple(placed))


def personas_block(sheet: Sheet, width: float, language: Language) -> Block | None:
    """More than one persona: their faces, names and sizes."""
    known = personas(sheet.journey)
    if len(known) < 2:
        return None
    room = (width - 12.0 * (len(known) - 1)) / len(known)
    chips = [_persona(one, place, max(200.0, min(300.0, room)), language) for place, one in enumerate(known)]
    made = flowing(chips, width, across=12, down=8)
    return Block(width=width, height=made.height, parts=made.parts, role="personas")


def _persona(one: Persona, place: int, width: float, language: Language) -> Block:
    size = persona_size(one, language)
    told = [size, words.label(draft_label(one), language)] if one.draft else [size]
    rows = [
        paragraph(said(one.name, language), width - 60, Style(bold=True)),
        paragraph(words.fine(" · ".join(part for part in told if part)), width - 60, Style(size=SMALL, ink="ink-2")),
    ]
    texts = column(rows, gap=1)
    tall = max(36.0, texts.height) + 14
    plate = Plate(width=width, height=tall, fill="surface", border="line", radius=10)
    face = Art(x=9, y=(tall - 36) / 2, draw=partial(_placed_portrait, one, place))
    return Block(width=width, height=tall, parts=(plate, face, texts.at(53, (tall - texts.height) / 2)), role="persona")


def _placed_portrait(persona: Persona, place: int, _paint: Paint) -> str:
    return portrait(persona, 36, place)


def foot_block(sheet: Sheet, width: float, language: Language) -> Block:
    """The legend, and where the figures come from."""
    rows = [legend_block(sheet, width, language)]
    made = sheet.journey.provenance
    if made is not None and made.sources:
        files = " · ".join(f"{one.file} ({words.counted(one.rows, 'row', language)})" for one in made.sources)
        told = f"{words.label('sources', language)}: {files}"
        rows.append(paragraph(words.fine(told), width, Style(size=SMALL, ink="ink-3")))
    return column(rows, gap=6)


def legend_block(sheet: Sheet, width: float, language: Language) -> Block:
    """What the marks and lines of this map mean."""
    grey = Style(size=SMALL, ink="ink-2")
    told = [(name, paragraph(words.label(f"mark.{name}", language), 300, grey)) for name in MARKS]
    items = [
        Block(width=text.width + 13, height=text.height, parts=(Mark(x=4.5, y=7.5, name=name), text.at(13, 0)))
        for name, text in told
    ]
    if any(one.record.moment_of_truth for one in sheet.columns):
        items.append(with_icon("star", paragraph(words.label("moment", language), 200, grey), size=11, filled=True))
    if any(one.value is not None for lane in sheet.journey.lanes_of(LaneKind.EMOTION) for one in sheet.in_lane(lane)):
        lines = _LINES if sheet.to_be is None else (*_LINES, ("goal", "aim"))
        items += [_line_legend(words.label(f"emotion.{key}", language), look) for key, look in lines]
    return flowing(items, width, across=18, down=4)


def _line_legend(text: str, look: str) -> Block:
    label = paragraph(text, 300, Style(size=SMALL, ink="ink-2"))
    return Block(
        width=label.width + 32, height=label.height, parts=(Art(y=7.5, draw=partial(_look, look)), label.at(32, 0))
    )


def _look(name: str, paint: Paint) -> str:
    match name:
        case "line":
            return tag("path", d="M0 0H26", stroke=paint("good"), stroke_width=3.0, stroke_linecap="round")
        case "band":
            return tag("rect", y=-4.0, width=26.0, height=8.0, fill=paint("band"), opacity=".25")
        case "dots":
            spots = "".join(f"M{number(x)} {number(y)}h0" for x, y in ((3, 2), (9, -2), (15, 3), (21, -1)))
            return tag("path", d=spots, stroke=paint("emo-4"), stroke_width=3.2, stroke_linecap="round")
        case "aim":
            return tag("path", d="M0 0H26", stroke=paint("accent"), stroke_width=1.6, stroke_dasharray="5 4")
        case _:
            return tag(
                "path",
                d="M1 0H26",
                stroke=paint("ink-3"),
                stroke_width=2.2,
                stroke_dasharray=".1 6",
                stroke_linecap="round",
            )
