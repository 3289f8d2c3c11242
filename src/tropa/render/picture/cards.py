"""Cards as blocks: one shape for each kind of lane."""

import re
from collections.abc import Sequence
from functools import partial

from tropa.domain.evidence import Basis, Flag, Measurement, Unit
from tropa.domain.journeymap import Card, LaneKind, Severity
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.curve import monotone, path
from tropa.render.evidence_words import figure, footer, is_worse_when_higher
from tropa.render.icons import URGENCY_ICONS, channel_icon, mark, mark_of
from tropa.render.page.cards import PILLS, PLAIN
from tropa.render.page.sheet import Sheet
from tropa.render.picture.pieces import (
    SMALL,
    Art,
    Block,
    Icon,
    Plate,
    Style,
    Words,
    column,
    paragraph,
    widest_word,
)
from tropa.render.svg import line
from tropa.render.theme import Paint

# kind: ground, border
_LOOKS = {
    LaneKind.BARRIER: ("warn-soft", "warn-line"),
    LaneKind.GAIN: ("good-soft", "good-line"),
    LaneKind.INSIGHT: ("violet-soft", "violet-line"),
    LaneKind.OPPORTUNITY: ("warn-soft", "warn-line"),
    LaneKind.RECOMMENDATION: ("warn-soft", "warn-line"),
    LaneKind.HYPOTHESIS: ("accent-soft", "accent-line"),
    LaneKind.QUOTE: ("surface-2", "line"),
}
_CRITICAL = ("bad-soft", "bad-line")
_PAD_X, _PAD_Y = 7.0, 7.0
_MARK = 12.0
_DOTS, _DOT = 5, 8.5
_SPARK = (38.0, 18.0)
_FEW_POINTS = 3
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
# Golos Text has no arrows
_ARROWS = str.maketrans("→←↔", "–––")
_PILL_ICONS = {LaneKind.DEVICE: "phone", LaneKind.OWNER: "people", LaneKind.SYSTEM: "layers"}


def card_block(card: Card, sheet: Sheet, width: float, language: Language) -> Block:
    """A card in the shape of its kind, as wide as its place allows."""
    kind = sheet.kind_of(card)
    if kind in {LaneKind.KPI, LaneKind.WAIT, LaneKind.FLOW}:
        return _kpi(card, sheet, width, language)
    if kind is LaneKind.IMPORTANCE:
        return _importance(card, width, language)
    if kind in PILLS:
        return _pill(card, sheet, width, language)
    if kind in PLAIN:
        return _plain(card, sheet, width, language)
    return _boxed(card, sheet, width, language)


def said(text: Text, language: Language) -> str:
    """A text in the picture's language, with no-break spaces where a line must not end."""
    line = " ".join(part for part in _SPACES.split(text.said_in(language)) if part)
    return words.fine(line.translate(_ARROWS))


def state_of(card: Card, sheet: Sheet) -> str:
    """The name of a card's evidence mark."""
    return mark_of(card.basis(b2b=sheet.journey.is_b2b), card.flags)


def evidence_mark(name: str, x: float, y: float) -> Art:
    """The mark of an evidence state around a point."""
    return Art(x=x, y=y, draw=partial(mark, name))


def _foot(card: Card, sheet: Sheet, width: float, language: Language) -> Block:
    flags = [words.label(f"flag.{flag}", language) for flag in card.flags]
    # a line ends with the dot, and never begins with it
    told = f"{words.NBSP}· ".join(
        [footer(card, language, b2b=sheet.journey.is_b2b).replace(" · ", f"{words.NBSP}· "), *flags]
    )
    text = paragraph(words.fine(told), width - _MARK, Style(size=SMALL, ink="ink-2"))
    dot = evidence_mark(state_of(card, sheet), 4.5, 7.5)
    return Block(width=text.width + _MARK, height=text.height, parts=(dot, text.at(_MARK, 0)))


def _boxed(card: Card, sheet: Sheet, width: float, language: Language) -> Block:
    inner = width - 2 * _PAD_X
    kind = sheet.kind_of(card)
    fill, border = _CRITICAL if card.severity is Severity.CRITICAL else _LOOKS.get(kind, ("surface", "line"))
    badge = _badge(card, sheet, inner, language)
    text = paragraph(said(card.text, language), inner)
    rows = column([*([badge] if badge else []), text, _foot(card, sheet, inner, language)], gap=3)
    tall = rows.height + 2 * _PAD_Y
    guess = card.basis(b2b=sheet.journey.is_b2b) is Basis.GUESS
    plate = Plate(
        width=width,
        height=tall,
        fill="surface" if guess else fill,
        border="ink-4" if guess else border,
        radius=8,
        dashed=guess,
        hatched=Flag.STALE in card.flags,
    )
    return Block(width=width, height=tall, parts=(plate, rows.at(_PAD_X, _PAD_Y)), role="card")


def _badge(card: Card, sheet: Sheet, width: float, language: Language) -> Block | None:
    kind = sheet.kind_of(card)
    if kind is LaneKind.RECOMMENDATION and card.urgency is not None:
        return _labelled(
            URGENCY_ICONS[card.urgency], words.label(f"urgency.{card.urgency}", language), width, ink="warn-text"
        )
    found = next((one for one in sheet.journey.hypotheses if one.key == card.hypothesis), None)
    if kind is LaneKind.HYPOTHESIS and found is not None:
        return _labelled("flask", words.label(f"status.{found.status}", language), width, ink="accent-text")
    return None


def _labelled(icon: str, text: str, width: float, *, ink: str) -> Block:
    label = paragraph(text, width - 16, Style(size=SMALL, ink=ink, bold=True))
    return Block(
        width=label.width + 16,
        height=label.height,
        parts=(Icon(x=0, y=1, name=icon, size=12, ink=ink), label.at(16, 0)),
    )


def _plain(card: Card, sheet: Sheet, width: float, language: Language) -> Block:
    text = paragraph(said(card.text, language), width - _MARK)
    last = text.parts[-1] if text.parts else None
    end = (last.width, last.y - 4) if isinstance(last, Words) else (0.0, 8.0)
    dot = evidence_mark(state_of(card, sheet), end[0] + 9, end[1])
    return Block(width=width, height=max(text.height, 16.0), parts=(text, dot), role="plain")


def _pill(card: Card, sheet: Sheet, width: float, language: Language) -> Block:
    kind = sheet.kind_of(card)
    stage = next(one for one in sheet.stages if one.key == card.stage)
    place = next((one for one in stage.touchpoints if one.key == card.touchpoint), None)
    icon = _PILL_ICONS.get(kind) or channel_icon(place.channel if place else None)
    told, grey = said(card.text, language), Style(ink="ink-2")
    # in a narrow cell whole words matter more than the icon
    start = 23.0 if widest_word(told) <= width - 41 else 7.0
    text = paragraph(told, width - start - 18, grey)
    wide, tall = start + text.width + 18, text.height + 6
    plate = Plate(width=wide, height=tall, fill="sunken", radius=6)
    drawn = (Icon(x=6, y=5, name=icon, size=13, ink="ink-2"),) if start > 7 else ()
    dot = evidence_mark(state_of(card, sheet), wide - 10, tall / 2)
    return Block(width=wide, height=tall, parts=(plate, *drawn, text.at(start, 3), dot), role="pill")


def _importance(card: Card, width: float, language: Language) -> Block:
    value = round(card.value or 0)
    dots = tuple(
        Plate(
            x=at * (_DOT + 3),
            y=3.5,
            width=_DOT,
            height=_DOT,
            radius=_DOT / 2,
            fill="ink-2" if at < value else "sunken",
            border=None if at < value else "line",
        )
        for at in range(_DOTS)
    )
    words_at = _DOTS * (_DOT + 3) + 5
    number = paragraph(
        words.fine(f"{value} {words.label('importance.of', language)}"), 60, Style(size=SMALL, ink="ink-2")
    )
    if words_at + number.width <= width:
        return Block(width=words_at + number.width, height=16, parts=(*dots, number.at(words_at, 1)), role="dots")
    return Block(width=width, height=31, parts=(*dots, number.at(0, 16)), role="dots")


def _kpi(card: Card, sheet: Sheet, width: float, language: Language) -> Block:
    measured = next((one for one in card.evidence if isinstance(one, Measurement)), None)
    label = paragraph(said(card.text, language), width, Style(size=SMALL, ink="ink-2"))
    if measured is None:
        return column([label, paragraph(words.label("no-data", language), width, Style(size=SMALL, ink="ink-3"))])
    value = _value(measured, sheet, width, language)
    delta = _delta(measured, width, language)
    rows = [label, value, *([delta] if delta else []), _foot(card, sheet, width, language)]
    made = column(rows, gap=1)
    return Block(width=width, height=made.height, parts=made.parts, role="kpi")


def _value(measured: Measurement, sheet: Sheet, width: float, language: Language) -> Block:
    number = paragraph(figure(measured, language), width, Style(size=17, bold=True))
    drawing = _spark(measured, sheet)
    if drawing is None or number.width + 8 + _SPARK[0] > width:
        return number
    art = Art(x=number.width + 8, y=2, draw=drawing)
    return Block(width=number.width + 8 + _SPARK[0], height=number.height, parts=(number, art))


def _spark(measured: Measurement, sheet: Sheet) -> partial[str] | None:
    if len(measured.trend) <= _FEW_POINTS or sheet.journey.persons == 0:
        return None
    worse = (measured.trend[-1].value > measured.trend[0].value) == is_worse_when_higher(measured.metric, measured.unit)
    return partial(_drawn_spark, [point.value for point in measured.trend], "bad" if worse else "good")


def _drawn_spark(values: Sequence[float], ink: str, paint: Paint) -> str:
    wide, tall, pad = *_SPARK, 2.5
    low, high = min(values), max(values)
    step = (wide - 2 * pad) / (len(values) - 1)
    points = [
        (pad + at * step, pad + (high - value) / (high - low or 1) * (tall - 2 * pad))
        for at, value in enumerate(values)
    ]
    x, y = points[-1]
    end = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="{paint(ink)}"/>'
    return line(path(monotone(points)), paint(ink), 1.6) + end


def _delta(measured: Measurement, width: float, language: Language) -> Block | None:
    """The change against the baseline, good or bad by its meaning and not by its direction."""
    base = measured.baseline
    if base is None or base.value == measured.value:
        return None
    rises = measured.value > base.value
    worse = rises == is_worse_when_higher(measured.metric, measured.unit)
    gap = abs(measured.value - base.value)
    told = (
        words.points(measured.value - base.value, language)
        if measured.unit is Unit.SHARE
        else ("+" if rises else words.MINUS) + words.amount(gap, measured.unit, language, measured.currency)
    )
    ink = "bad-text" if worse else "good-text"
    return _labelled("up" if rises else "down", told, width, ink=ink)
