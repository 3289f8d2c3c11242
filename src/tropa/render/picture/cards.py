"""Cards as blocks: one shape for each kind of lane."""

import re
from functools import lru_cache, partial

from tropa.domain.evidence import Flag, Measurement
from tropa.domain.journeymap import Card, Urgency
from tropa.domain.text import Language, Text
from tropa.render import words
from tropa.render.cells import (
    Look,
    Shape,
    badge_of,
    change_of,
    change_words,
    first_figure,
    importance_words,
    look_of,
    pill_icon,
    shape_of,
)
from tropa.render.evidence_words import figure, footer
from tropa.render.picture.pieces import (
    SMALL,
    Art,
    Block,
    Icon,
    Mark,
    Plate,
    Style,
    Words,
    column,
    paragraph,
    widest_word,
)
from tropa.render.sheet import Sheet
from tropa.render.spark import SIZE as SPARK
from tropa.render.spark import draw_spark, has_spark

# ground, border
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
_BADGE_INKS = {"status": "accent-text", Urgency.URGENT: "bad-text"}
_PAD_X, _PAD_Y = 7.0, 7.0
_MARK = 12.0
_DOTS, _DOT = 5, 8.5
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def card_block(card: Card, sheet: Sheet, width: float, language: Language) -> Block:
    """A card in the shape of its kind, as wide as its place allows."""
    match shape_of(sheet.kind_of(card)):
        case Shape.FIGURE:
            return _figure(card, sheet, width, language)
        case Shape.IMPORTANCE:
            return _importance(card, width, language)
        case Shape.PILL:
            return _pill(card, sheet, width, language)
        case Shape.PLAIN:
            return _plain(card, sheet, width, language)
        case Shape.BOXED:
            return _boxed(card, sheet, width, language)


def said(text: Text, language: Language) -> str:
    """A text in the picture's language, with no-break spaces where a line must not end."""
    return words.fine(_on_one_line(text.said_in(language)))


@lru_cache(maxsize=4_096)
def _on_one_line(text: str) -> str:
    return words.drawable(" ".join(part for part in _SPACES.split(text) if part))


def _foot(card: Card, sheet: Sheet, width: float, language: Language) -> Block:
    flags = [words.label(f"flag.{flag}", language) for flag in card.flags]
    told = " · ".join([footer(card, language, b2b=sheet.journey.is_b2b), *flags])
    text = paragraph(words.fine(told), width - _MARK, Style(size=SMALL, ink="ink-2"))
    dot = Mark(x=4.5, y=7.5, name=sheet.state_of(card))
    return Block(width=text.width + _MARK, height=text.height, parts=(dot, text.at(_MARK, 0)))


def _boxed(card: Card, sheet: Sheet, width: float, language: Language) -> Block:
    inner = width - 2 * _PAD_X
    fill, border = _TINTS[look_of(card, sheet.kind_of(card))]
    badge = _badge(card, sheet, inner, language)
    text = paragraph(said(card.text, language), inner)
    rows = column([*([badge] if badge else []), text, _foot(card, sheet, inner, language)], gap=3)
    tall = rows.height + 2 * _PAD_Y
    guess = card.is_guess
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
    badge = badge_of(card, sheet)
    if badge is None:
        return None
    ink = _BADGE_INKS.get(badge.tone, "warn-text")
    return _labelled(badge.icon, words.label(badge.label, language), width, ink=ink)


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
    dot = Mark(x=end[0] + 9, y=end[1], name=sheet.state_of(card))
    return Block(width=width, height=max(text.height, 16.0), parts=(text, dot), role="plain")


def _pill(card: Card, sheet: Sheet, width: float, language: Language) -> Block:
    told, grey = said(card.text, language), Style(ink="ink-2")
    # in a narrow cell whole words matter more than the icon
    start = 23.0 if widest_word(told) <= width - 41 else 7.0
    text = paragraph(told, width - start - 18, grey)
    wide, tall = start + text.width + 18, text.height + 6
    plate = Plate(width=wide, height=tall, fill="sunken", radius=6)
    drawn = (Icon(x=6, y=5, name=pill_icon(card, sheet), size=13, ink="ink-2"),) if start > 7 else ()
    dot = Mark(x=wide - 10, y=tall / 2, name=sheet.state_of(card))
    return Block(width=wide, height=tall, parts=(plate, *drawn, text.at(start, 3), dot), role="pill")


def _importance(card: Card, width: float, language: Language) -> Block:
    value, told = importance_words(card.value, language)
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
    number = paragraph(words.fine(told), 60, Style(size=SMALL, ink="ink-2"))
    if words_at + number.width <= width:
        return Block(width=words_at + number.width, height=16, parts=(*dots, number.at(words_at, 1)), role="dots")
    return Block(width=width, height=31, parts=(*dots, number.at(0, 16)), role="dots")


def _figure(card: Card, sheet: Sheet, width: float, language: Language) -> Block:
    measured = first_figure(card)
    label = paragraph(said(card.text, language), width, Style(size=SMALL, ink="ink-2"))
    if measured is None:
        return column([label, paragraph(words.label("no-data", language), width, Style(size=SMALL, ink="ink-3"))])
    value = _value(measured, width, language)
    change = _change(measured, width, language)
    rows = [label, value, *([change] if change else []), _foot(card, sheet, width, language)]
    made = column(rows, gap=1)
    return Block(width=width, height=made.height, parts=made.parts, role="kpi")


def _value(measured: Measurement, width: float, language: Language) -> Block:
    number = paragraph(figure(measured, language), width, Style(size=17, bold=True))
    if not has_spark(measured) or number.width + 8 + SPARK[0] > width:
        return number
    art = Art(x=number.width + 8, y=2, draw=partial(draw_spark, measured))
    return Block(width=number.width + 8 + SPARK[0], height=number.height, parts=(number, art))


def _change(measured: Measurement, width: float, language: Language) -> Block | None:
    change = change_of(measured)
    if change is None:
        return None
    ink = "bad-text" if change.worse else "good-text"
    return _labelled("up" if change.rises else "down", change_words(measured, language), width, ink=ink)
