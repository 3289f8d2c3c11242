"""One page to hand over to a class of buyers, in its own language: what it gets, what it costs, answers, proof."""

from collections.abc import Sequence

from tropa.domain.buying import BUYING_CLASS, ECONOMIC, TECHNICAL, USER
from tropa.domain.evidence import Quote, Quotes, Report
from tropa.domain.journeymap import Card, JourneyMap, LaneKind
from tropa.domain.text import Language
from tropa.render import words
from tropa.render.takeaway.blocks import Document, Heading, Listed, Part, Passage, Tone
from tropa.render.takeaway.data_words import told

LANES = {ECONOMIC: LaneKind.ECONOMIC_BUYER, TECHNICAL: LaneKind.TECHNICAL_BUYER, USER: LaneKind.END_USER}
_COSTS, _ANSWER, _BENEFIT = "tco:", "argument:answer.", "argument:benefit."
_MOST_QUOTES = 3
_LONGEST_QUOTE = 160
Point = tuple[str, str, str]


def buyers_of(journey: JourneyMap, segments: Sequence[JourneyMap]) -> tuple[str, ...]:
    """The classes that a page can be made for: those with cards of their own, or with a map."""
    told_to = [key for key, lane in LANES.items() if journey.cards_of(lane)]
    others = [_buyer(card) for card in journey.cards_of(LaneKind.FAB)]
    mapped = [key for one in segments if isinstance(key := (one.segment or {}).get(BUYING_CLASS), str)]
    return tuple(dict.fromkeys([*told_to, *(one for one in others if one), *mapped]))


def class_page(journey: JourneyMap, buyer: str, language: Language, *, segments: Sequence[JourneyMap] = ()) -> Document:
    """The page; `segments` may hold the class's own map, which knows what its people say."""
    own = next((one for one in segments if (one.segment or {}).get(BUYING_CLASS) == buyer), None)
    day = journey.provenance.as_of if journey.provenance else None
    head = f"class-page.{buyer if buyer in LANES else 'other'}"
    name = words.group({BUYING_CLASS: buyer}, language)
    return Document(
        title=told(head, language),
        subtitle=name[:1].upper() + name[1:],
        language=language,
        parts=(Passage(told(f"{head}.cares", language), Tone.LEAD), *_parts(journey, own, buyer, language)),
        day=day,
        compact=True,
    )


def _parts(journey: JourneyMap, own: JourneyMap | None, buyer: str, language: Language) -> list[Part]:
    mine = [card for card in _cards(journey, buyer) if not _by(card).startswith((_ANSWER, _COSTS))]
    sure, open_ones = [one for one in mine if not one.is_guess], [one for one in mine if one.is_guess]
    answers = [card for card in _cards(journey, buyer) if _by(card).startswith(_ANSWER)]
    costs = _money(journey) if buyer == ECONOMIC else []
    sections = (
        ("care", [_heard(one, language) for one in _quotes(own)]),
        ("benefits", [_benefit(one, language) for one in sure]),
        ("money", [_costed(one, language) for one in costs]),
        ("answers", [_answer(one, language) for one in answers]),
        ("proof", [_proof(one, language) for one in journey.cards_of(LaneKind.PROOF)]),
        ("open", [("", one.text.said_in(language), _way(one, language)) for one in open_ones]),
    )
    made: list[Part] = []
    for key, points in sections:
        if points:
            made += [Heading(told(f"class-page.{key}", language), 2), Listed(tuple(points))]
    return made or [Passage(told("class-page.none", language), Tone.SMALL)]


def _cards(journey: JourneyMap, buyer: str) -> list[Card]:
    """The cards of a class, and what is said to all of them."""
    cards = journey.cards_of(LaneKind.FAB)
    shared = [card for card in cards if _buyer(card) in {buyer, "all"}]
    return [*(journey.cards_of(LANES[buyer]) if buyer in LANES else ()), *shared]


def _by(card: Card) -> str:
    return card.generated.by if card.generated is not None else ""


def _buyer(card: Card) -> str:
    """Whom a card of the table of arguments is for."""
    parts = _by(card).split(".")
    return parts[1] if len(parts) > 1 and parts[0].startswith("argument:") else ""


def _money(journey: JourneyMap) -> list[Card]:
    """Our cost, gain and effects, then what the others cost."""
    ours = [card for card in journey.cards_of(LaneKind.ECONOMIC_BUYER) if _by(card).startswith(_COSTS)]
    said = {card.text for card in ours}
    return [*ours, *(card for card in journey.cards_of(LaneKind.TCO) if card.text not in said)]


def _quotes(own: JourneyMap | None) -> list[Quote]:
    """What this class's people praise and expect, in their words; their complaints are for us, not for a new buyer."""
    if own is None:
        return []
    kinds = (LaneKind.GAIN, LaneKind.EXPECTATION)
    found = [one for kind in kinds for card in own.cards_of(kind) for one in card.evidence if isinstance(one, Quotes)]
    texts: dict[str, Quote] = {}
    for one in sorted(found, key=lambda quotes: -quotes.voices):
        for example in one.examples[:1]:
            texts.setdefault(_words(example), example)
    return list(texts.values())[:_MOST_QUOTES]


def _heard(one: Quote, language: Language) -> Point:
    source = [one.source or "", words.day(one.date, language, year=True) if one.date else ""]
    return "", words.in_quotes(_words(one)), ", ".join(part for part in source if part)


def _words(one: Quote) -> str:
    """The part that matters, whole where it is short."""
    if len(one.text) <= _LONGEST_QUOTE or one.span is None:
        return one.text
    start, end = one.span
    return f"{'…' if start else ''}{one.text[start:end].strip()}{'…' if end < len(one.text) else ''}"


def _benefit(one: Card, language: Language) -> Point:
    rests = [_way(one, language), *_reports(one, language)]
    return one.text.said_in(language), "", "\n".join(part for part in rests if part)


def _costed(one: Card, language: Language) -> Point:
    rests = " ".join(_reports(one, language)) or told("class-page.estimate", language)
    return "", one.text.said_in(language), rests


def _answer(one: Card, language: Language) -> Point:
    return _way(one, language), one.text.said_in(language), " ".join(_reports(one, language))


def _proof(one: Card, language: Language) -> Point:
    name, colon, rest = one.text.said_in(language).partition(": ")
    return (f"{name}:" if colon else "", rest or name, " ".join(_reports(one, language)))


def _way(one: Card, language: Language) -> str:
    return one.reason.said_in(language) if one.reason is not None else ""


def _reports(one: Card, language: Language) -> list[str]:
    said = []
    for evidence in one.evidence:
        if isinstance(evidence, Report):
            text, source = evidence.text.said_in(language), evidence.source
            said.append(text if source in {None, text} else f"{text} · {source}")
    return said
