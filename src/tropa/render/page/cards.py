"""Cards as they stand in the cells of the map: one shape for each kind of lane."""

from collections.abc import Sequence
from functools import partial

from tropa.domain.evidence import Measurement
from tropa.domain.journeymap import Card
from tropa.domain.text import Language
from tropa.render.cells import (
    MOST,
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
from tropa.render.hyphens import hyphenated
from tropa.render.page.markup import Markup, both, dot, el, icon, joined, said, twin, word
from tropa.render.page.trends import spark
from tropa.render.sheet import Sheet
from tropa.render.words import fine

_PILL_FITS = 7


def drawn_card(card: Card, sheet: Sheet) -> Markup:
    """A card in the shape of its kind, which opens its proof."""
    match shape_of(sheet.kind_of(card)):
        case Shape.FIGURE:
            return _figure(card, sheet)
        case Shape.IMPORTANCE:
            return _importance(card, sheet)
        case Shape.PILL:
            return _pill(card, sheet)
        case Shape.PLAIN:
            return _plain(card, sheet)
        case Shape.BOXED:
            return _boxed(card, sheet)


def _link(card: Card, sheet: Sheet, look: str, *children: Markup | str | None) -> Markup:
    return el("a", *children, class_=f"k {look} st-{sheet.state_of(card)}", href=f"#{sheet.address(card)}")


def foot(card: Card, sheet: Sheet) -> Markup:
    """The evidence mark with its count, and what to keep in mind beside it."""
    b2b = sheet.journey.is_b2b
    text = twin(*(hyphenated(fine(footer(card, language, b2b=b2b))) for language in Language))
    flags = [el("em", word(f"flag.{flag}", narrow=True)) for flag in card.flags]
    return el("footer", dot(sheet.state_of(card)), el("span", text, *(joined(" · ", flag) for flag in flags)))


def _boxed(card: Card, sheet: Sheet) -> Markup:
    badge = badge_of(card, sheet)
    above = None
    if badge is not None:
        above = el("span", icon(badge.icon, 12), word(badge.label, narrow=True), class_=f"urg u-{badge.tone}")
    look = look_of(card, sheet.kind_of(card))
    return _link(card, sheet, look, above, el("p", said(card.text, narrow=True)), foot(card, sheet))


def _plain(card: Card, sheet: Sheet) -> Markup:
    return _link(card, sheet, "pl", el("p", said(card.text, narrow=True), " ", dot(sheet.state_of(card))))


def _pill(card: Card, sheet: Sheet) -> Markup:
    return _link(
        card,
        sheet,
        "pi",
        icon(pill_icon(card, sheet), 13),
        el("span", said(card.text, narrow=True, fits=_PILL_FITS)),
        dot(sheet.state_of(card)),
    )


def _importance(card: Card, sheet: Sheet) -> Markup:
    filled, _ = importance_words(card.value, Language.RU)
    dots = Markup("".join(f"<i{' class=f' if place < filled else ''}></i>" for place in range(5)))
    number = both(lambda language: importance_words(card.value, language)[1])
    return _link(card, sheet, "im", el("span", dots, class_="imp"), el("span", number, class_="imn"))


def _figure(card: Card, sheet: Sheet) -> Markup:
    measured = first_figure(card)
    label = el("span", said(card.text, narrow=True), class_="l")
    if measured is None:
        return _link(card, sheet, "kp", label, el("span", word("no-data"), class_="un"))
    value = el("span", el("b", both(partial(figure, measured))), spark(measured), class_="kv")
    return _link(card, sheet, "kp", label, value, _change(measured), foot(card, sheet))


def _change(measured: Measurement) -> Markup | None:
    change = change_of(measured)
    if change is None:
        return None
    told = both(partial(change_words, measured))
    return el(
        "span", icon("up" if change.rises else "down", 12), told, class_=f"dl {'bad' if change.worse else 'good'}"
    )


def column_of_cards(cards: Sequence[Card], sheet: Sheet) -> Markup:
    """Cards one under another; those past the third fold away."""
    shown = [drawn_card(card, sheet) for card in cards[:MOST]]
    rest = cards[MOST:]
    if not rest:
        return joined(*shown)
    summary = el("summary", f"+{len(rest)}", class_="more")
    return joined(*shown, el("details", summary, *(drawn_card(card, sheet) for card in rest)))
