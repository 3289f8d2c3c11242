"""Cards as they stand in the cells of the map: one shape for each kind of lane."""

from collections.abc import Sequence
from functools import partial

from tropa.domain.evidence import Measurement, Unit
from tropa.domain.journeymap import Card, LaneKind, Severity
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.evidence_words import figure, footer, is_worse_when_higher, strongest_of
from tropa.render.hyphens import hyphenated
from tropa.render.icons import URGENCY_ICONS, channel_icon, mark_of
from tropa.render.page.markup import Markup, dot, el, icon, joined, said, twin, word
from tropa.render.page.sheet import Sheet
from tropa.render.page.sparks import spark
from tropa.render.words import fine

PILLS = frozenset({LaneKind.TOUCHPOINT, LaneKind.CHANNEL, LaneKind.DEVICE, LaneKind.SYSTEM, LaneKind.OWNER})
PLAIN = frozenset(
    {
        LaneKind.ACTION,
        LaneKind.THOUGHT,
        LaneKind.GOAL,
        LaneKind.TRIGGER,
        LaneKind.EXPECTATION,
        LaneKind.FRONTSTAGE,
        LaneKind.BACKSTAGE,
        LaneKind.NOTE,
        LaneKind.IMAGE,
        LaneKind.CUSTOM,
    }
)
_PILL_FITS = 7
_LOOKS = {
    LaneKind.BARRIER: "pain",
    LaneKind.GAIN: "gain",
    LaneKind.INSIGHT: "ins",
    LaneKind.OPPORTUNITY: "opp",
    LaneKind.RECOMMENDATION: "rec",
    LaneKind.HYPOTHESIS: "hyp",
    LaneKind.QUOTE: "quo",
}


def state_of(card: Card, sheet: Sheet) -> str:
    """The name of a card's evidence mark."""
    return mark_of(card.basis(b2b=sheet.journey.is_b2b), card.flags)


def drawn_card(card: Card, sheet: Sheet) -> Markup:
    """A card in the shape of its kind, which opens its proof."""
    match sheet.kind_of(card):
        case LaneKind.KPI | LaneKind.WAIT | LaneKind.FLOW:
            return _kpi(card, sheet)
        case LaneKind.IMPORTANCE:
            return _importance(card, sheet)
        case kind if kind in PILLS:
            return _pill(card, sheet, kind)
        case kind if kind in PLAIN:
            return _plain(card, sheet)
        case kind:
            return _boxed(card, sheet, kind)


def _link(card: Card, sheet: Sheet, look: str, *children: Markup | str | None) -> Markup:
    return el("a", *children, class_=f"k {look} st-{state_of(card, sheet)}", href=f"#{sheet.address(card)}")


def foot(card: Card, sheet: Sheet) -> Markup:
    """The evidence mark with its count, and what to keep in mind beside it."""
    b2b = sheet.journey.is_b2b
    text = twin(*(hyphenated(fine(footer(card, language, b2b=b2b))) for language in Language))
    flags = [el("em", word(f"flag.{flag}", narrow=True)) for flag in card.flags]
    return el("footer", dot(state_of(card, sheet)), el("span", text, *(joined(" · ", flag) for flag in flags)))


def _boxed(card: Card, sheet: Sheet, kind: LaneKind) -> Markup:
    look = "crit" if card.severity is Severity.CRITICAL else _LOOKS.get(kind, "box")
    badge = None
    if kind is LaneKind.RECOMMENDATION and card.urgency is not None:
        badge = el(
            "span",
            icon(URGENCY_ICONS[card.urgency], 12),
            word(f"urgency.{card.urgency}", narrow=True),
            class_=f"urg u-{card.urgency}",
        )
    if kind is LaneKind.HYPOTHESIS:
        badge = _status(card, sheet)
    return _link(card, sheet, look, badge, el("p", said(card.text, narrow=True)), foot(card, sheet))


def _status(card: Card, sheet: Sheet) -> Markup | None:
    found = next((one for one in sheet.journey.hypotheses if one.key == card.hypothesis), None)
    return (
        None
        if found is None
        else el("span", icon("flask", 12), word(f"status.{found.status}", narrow=True), class_="urg u-status")
    )


def _plain(card: Card, sheet: Sheet) -> Markup:
    return _link(card, sheet, "pl", el("p", said(card.text, narrow=True), " ", dot(state_of(card, sheet))))


def _pill(card: Card, sheet: Sheet, kind: LaneKind) -> Markup:
    stage = next(one for one in sheet.stages if one.key == card.stage)
    place = next((one for one in stage.touchpoints if one.key == card.touchpoint), None)
    name = {LaneKind.DEVICE: "phone", LaneKind.OWNER: "people", LaneKind.SYSTEM: "layers"}.get(kind)
    shown = name or channel_icon(place.channel if place else None)
    return _link(
        card,
        sheet,
        "pi",
        icon(shown, 13),
        el("span", said(card.text, narrow=True, fits=_PILL_FITS)),
        dot(state_of(card, sheet)),
    )


def _importance(card: Card, sheet: Sheet) -> Markup:
    value = round(card.value or 0)
    dots = Markup("".join(f"<i{' class=f' if place < value else ''}></i>" for place in range(5)))
    number = sheet.both(lambda language: f"{value} {words.label('importance.of', language)}")
    return _link(card, sheet, "im", el("span", dots, class_="imp"), el("span", number, class_="imn"))


def _kpi(card: Card, sheet: Sheet) -> Markup:
    measured = next((one for one in card.evidence if isinstance(one, Measurement)), None)
    label = el("span", said(card.text, narrow=True), class_="l")
    if measured is None:
        return _link(card, sheet, "kp", label, el("span", word("no-data"), class_="un"))
    value = el("span", el("b", sheet.both(partial(figure, measured))), spark(measured, sheet), class_="kv")
    return _link(card, sheet, "kp", label, value, _delta(measured, sheet), foot(card, sheet))


def _delta(measured: Measurement, sheet: Sheet) -> Markup | None:
    """The change against the baseline, good or bad by its meaning and not by its direction."""
    base = measured.baseline
    if base is None or base.value == measured.value:
        return None
    rises = measured.value > base.value
    worse = rises == is_worse_when_higher(measured.metric, measured.unit)
    name = "up" if rises else "down"

    def say(language: Language) -> str:
        if measured.unit is Unit.SHARE:
            return words.points(measured.value - base.value, language)
        sign = "+" if rises else words.MINUS
        gap = abs(measured.value - base.value)
        return sign + words.amount(gap, measured.unit, language, measured.currency)

    return el("span", icon(name, 12), sheet.both(say), class_=f"dl {'bad' if worse else 'good'}")


def column_of_cards(cards: Sequence[Card], sheet: Sheet, most: int = 3) -> Markup:
    """Cards one under another; those past the third fold away."""
    shown = [drawn_card(card, sheet) for card in cards[:most]]
    rest = cards[most:]
    if not rest:
        return joined(*shown)
    summary = el("summary", f"+{len(rest)}", class_="more")
    return joined(*shown, el("details", summary, *(drawn_card(card, sheet) for card in rest)))


def strongest_unit(card: Card) -> Unit | None:
    """The unit of the card's main figure."""
    found = strongest_of(card)
    return found.unit if isinstance(found, Measurement) else None
