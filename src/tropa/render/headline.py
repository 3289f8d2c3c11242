"""What stands above every map: whose it is, its goal against the target, how much of it rests on data."""

from collections import Counter

from tropa.domain.evidence import Measurement
from tropa.domain.journeymap import Goal, JourneyMap, MapView, Persona, Statement
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.evidence_words import denominator
from tropa.render.sheet import Sheet

MARKS = ("solid", "part", "guess", "stale", "contradicted")
# name, icon, tone
MINUTE = (("want", "heart", "accent"), ("loss", "barrier", "bad"), ("action", "bulb", "good"))


def provenance(journey: JourneyMap, language: Language) -> str:
    """Whose journeys, of which days, from how many voices."""
    parts = [words.label(journey.view, language)] if journey.view is MapView.TO_BE else []
    if journey.segment:
        parts.append(words.group(journey.segment, language))
    if journey.persons is not None:
        parts.append(words.units(journey.persons, journey.counted, language))
    made = journey.provenance
    if made is not None:
        parts += [words.period(made.period, language)] if made.period else []
        parts += [words.counted(made.feedback, "review", language)] if made.feedback else []
        parts += [words.counted(made.interviews, "interview", language)] if made.interviews else []
        parts.append(f"{words.label('as-of', language)} {words.day(made.as_of, language, year=True)}")
    if made is None and all(card.is_guess for card in journey.cards):
        parts.append(words.label("guess-map", language))
    return " · ".join(parts)


def personas(journey: JourneyMap) -> list[Persona]:
    """The personas in their order; the first one is the map's face."""
    return sorted(journey.personas, key=lambda one: (one.order, one.key))


def persona_size(one: Persona, language: Language) -> str:
    """How many of how many a persona stands for; nothing where nobody counted."""
    if one.persons is None:
        return ""
    return words.of_whole(one.persons, one.of, language) if one.of else words.whole(one.persons, language)


def draft_label(one: Persona) -> str:
    """A draft from data, or one that nobody has counted yet."""
    return "draft" if one.evidence or one.persons is not None else "draft.guess"


def goal_figure(goal: Goal) -> Measurement | None:
    """The number that answers the goal."""
    evidence = goal.answer.evidence if goal.answer else ()
    return next((one for one in evidence if isinstance(one, Measurement)), None)


def against_target(measured: Measurement, target: float | None, language: Language) -> str:
    """The denominator of the goal's number, and the number wanted."""
    counts = denominator(measured, language)
    if target is None:
        return counts
    wanted = words.amount(target, measured.unit, language, measured.currency)
    return f"{counts}, {words.label('goal.target', language)} {wanted}"


def goal_tone(value: float, target: float | None) -> str:
    """The colour of the goal's bar: good or bad only against a target."""
    if target is None:
        return "ink-3"
    return "good" if value >= target else "bad"


def minute_rows(journey: JourneyMap) -> list[tuple[str, str, str, Statement]]:
    """The sentences of the minute strip that are known: name, icon, tone, sentence."""
    minute = journey.minute
    if minute is None:
        return []
    told = {"want": minute.want, "loss": minute.loss, "action": minute.action}
    return [(name, icon, tone, one) for name, icon, tone in MINUTE if (one := told[name]) is not None]


def coverage(sheet: Sheet) -> Counter[str]:
    """How many cards carry each evidence mark."""
    return Counter(sheet.state_of(card) for card in sheet.cards)


def voices_in(sheet: Sheet) -> int:
    """How many voices the emotions rest on."""
    return sum(card.voices or 0 for card in sheet.cards)


def return_words(persons: int, language: Language) -> str:
    """How many take an arc back."""
    return f"{words.whole(persons, language)} {words.label('loop.back', language)}"


def aim_words(share: float, language: Language) -> str:
    """The target of a share, named."""
    return f"{words.label('goal.target', language)} {words.percent(share, language)}"
