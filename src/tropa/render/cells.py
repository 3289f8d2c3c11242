"""What a cell of the map holds: which cards span columns, the shape of each card, and what has changed in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tropa.domain.evidence import Measurement, Unit
from tropa.domain.journeymap import Card, LaneKind, Severity, Stage
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.evidence_words import is_worse_when_higher
from tropa.render.icons import URGENCY_ICONS, channel_icon
from tropa.render.sheet import Sheet

MOST = 3
PILLS = frozenset({LaneKind.TOUCHPOINT, LaneKind.CHANNEL, LaneKind.DEVICE, LaneKind.SYSTEM, LaneKind.OWNER})
_FIGURES = frozenset({LaneKind.KPI, LaneKind.WAIT, LaneKind.FLOW})
_PLAIN = frozenset(
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
_PILL_ICONS = {LaneKind.DEVICE: "phone", LaneKind.OWNER: "people", LaneKind.SYSTEM: "layers"}


class Shape(StrEnum):
    """How a card stands in its cell."""

    FIGURE = "figure"
    IMPORTANCE = "importance"
    PILL = "pill"
    PLAIN = "plain"
    BOXED = "boxed"


class Look(StrEnum):
    """The tint of a boxed card."""

    PAIN = "pain"
    CRITICAL = "crit"
    GAIN = "gain"
    INSIGHT = "ins"
    OPPORTUNITY = "opp"
    RECOMMENDATION = "rec"
    HYPOTHESIS = "hyp"
    QUOTE = "quo"
    OTHER = "box"


_LOOKS = {
    LaneKind.BARRIER: Look.PAIN,
    LaneKind.GAIN: Look.GAIN,
    LaneKind.INSIGHT: Look.INSIGHT,
    LaneKind.OPPORTUNITY: Look.OPPORTUNITY,
    LaneKind.RECOMMENDATION: Look.RECOMMENDATION,
    LaneKind.HYPOTHESIS: Look.HYPOTHESIS,
    LaneKind.QUOTE: Look.QUOTE,
}


def shape_of(kind: LaneKind) -> Shape:
    """The shape of a lane's cards."""
    if kind in _FIGURES:
        return Shape.FIGURE
    if kind is LaneKind.IMPORTANCE:
        return Shape.IMPORTANCE
    if kind in PILLS:
        return Shape.PILL
    return Shape.PLAIN if kind in _PLAIN else Shape.BOXED


def look_of(card: Card, kind: LaneKind) -> Look:
    """The tint of a card: by its kind, and red where it is critical."""
    return Look.CRITICAL if card.severity is Severity.CRITICAL else _LOOKS.get(kind, Look.OTHER)


@dataclass(frozen=True, slots=True)
class Wide:
    """A card over several columns of its stage, counted from the stage's first."""

    start: int
    span: int
    card: Card


def placed(cards: Sequence[Card], stage: Stage, sheet: Sheet) -> tuple[list[Wide], list[list[Card]]]:
    """A stage's cards of one lane: those over several columns, and a stack for each column."""
    columns = sheet.columns_of(stage)
    known = {one.key: at for at, one in enumerate(columns) if one.step}
    wide: list[Wide] = []
    stacks: list[list[Card]] = [[] for _ in columns]
    for card in cards:
        spot = known.get(card.step or "")
        if spot is None and len(columns) == 1:
            stacks[0].append(card)
        elif spot is None:
            wide.append(Wide(0, len(columns), card))
        elif card.spans:
            ends = [known[key] for key in card.spans if key in known]
            wide.append(Wide(spot, max([spot, *ends]) - spot + 1, card))
        else:
            stacks[spot].append(card)
    return wide, stacks


def pill_icon(card: Card, sheet: Sheet) -> str:
    """The icon of a pill: of its kind, or of its touchpoint's channel."""
    known = _PILL_ICONS.get(sheet.kind_of(card))
    if known is not None:
        return known
    stage = next(one for one in sheet.stages if one.key == card.stage)
    place = next((one for one in stage.touchpoints if one.key == card.touchpoint), None)
    return channel_icon(place.channel if place else None)


@dataclass(frozen=True, slots=True)
class Badge:
    """A word above a card's text: how urgent it is, or how far it has got."""

    icon: str
    label: str
    tone: str


def badge_of(card: Card, sheet: Sheet) -> Badge | None:
    """The badge of a recommendation or a hypothesis."""
    kind = sheet.kind_of(card)
    if kind is LaneKind.RECOMMENDATION and card.urgency is not None:
        return Badge(URGENCY_ICONS[card.urgency], f"urgency.{card.urgency}", card.urgency)
    if kind is LaneKind.HYPOTHESIS:
        found = next((one for one in sheet.journey.hypotheses if one.key == card.hypothesis), None)
        return None if found is None else Badge("flask", f"status.{found.status}", "status")
    return None


def first_figure(card: Card) -> Measurement | None:
    """The measurement that a metric's cell shows."""
    return next((one for one in card.evidence if isinstance(one, Measurement)), None)


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure differs from what it is compared with; worse by its meaning, not by its direction."""

    rises: bool
    worse: bool


def change_of(measured: Measurement) -> Change | None:
    """The change against the baseline, None where there is none."""
    base = measured.baseline
    if base is None or base.value == measured.value:
        return None
    rises = measured.value > base.value
    return Change(rises, worse=rises == is_worse_when_higher(measured.metric, measured.unit))


def change_words(measured: Measurement, language: Language) -> str:
    """The gap to the baseline with its sign."""
    gap = measured.value - (measured.baseline.value if measured.baseline else measured.value)
    if measured.unit is Unit.SHARE:
        return words.points(gap, language)
    sign = "+" if gap > 0 else words.MINUS
    return sign + words.amount(abs(gap), measured.unit, language, measured.currency)


def importance_words(value: float | None, language: Language) -> tuple[int, str]:
    """How many of five dots are filled, and the same in words."""
    filled = round(value or 0)
    return filled, f"{filled} {words.label('importance.of', language)}"
