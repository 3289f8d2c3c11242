"""An answer to a guess: words of a customer make it evidence, words of staff a report, a denial marks it."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day  # noqa: N812  a field is called date

from tropa.assembly.lanes import lane_records
from tropa.assembly.standing import standing
from tropa.domain.evidence import Evidence, Flag, Quote, Quotes, Report, ReportBy
from tropa.domain.generated import Generated
from tropa.domain.journeymap import Card, JourneyMap, Lane, LaneKind, Provenance
from tropa.domain.order import order_between
from tropa.domain.text import Language, Text, text_in
from tropa.texts.voices import verbatim

_KEY = "answers"
_PERSON, _COMPANY = "person", "company"
_DIGITS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody said of a guess: `text` is masked, `person` and `company` are pseudonyms, None where unnamed.

    `span` marks the part that matters; `against` says that it is otherwise.
    """

    card: str
    text: str
    date: Day
    person: str | None = None
    company: str | None = None
    by_staff: bool = False
    against: bool = False
    span: tuple[int, int] | None = None
    source: str | None = None


def with_answers(journey: JourneyMap, answers: Iterable[Answer]) -> JourneyMap:
    """The map with these answers in it, its coverage and first lines told anew; the same answer counts once."""
    language = journey.language
    last: Day | None = None
    for one in answers:
        journey = _with(journey, one, language)
        last = max(one.date, last) if last else one.date
    if last is None:
        return journey
    return standing(_counted(journey, last))


def _with(journey: JourneyMap, answer: Answer, language: Language) -> JourneyMap:
    if answer.against:
        return _with_denial(journey, answer)
    return _replaced(journey, answer.card, lambda card: _told(card, answer, language))


def _told(card: Card, answer: Answer, language: Language) -> Card:
    if answer.by_staff:
        return replace(card, evidence=_with_report(card.evidence, answer, language))
    quotes = _with_quote(_quotes(card.evidence), answer)
    others = tuple(one for one in card.evidence if one.key != _KEY)
    voices = quotes.voices if card.lane == LaneKind.EMOTION.value else card.voices
    return replace(card, evidence=(*others, quotes), voices=voices)


def _with_denial(journey: JourneyMap, answer: Answer) -> JourneyMap:
    """The guess is marked, and what was said instead stands beside it with its own proof."""
    denied = next(card for card in journey.cards if card.key == answer.card)
    journey = _replaced(journey, denied.key, lambda card: replace(card, flags=_flagged(card)))
    if answer.by_staff:
        return journey
    journey = _with_insight_lane(journey)
    key = f"{LaneKind.INSIGHT.value}.against.{denied.key}"
    present = next((card for card in journey.cards if card.key == key), None)
    quotes = _with_quote(_quotes(present.evidence) if present else None, answer)
    said = _otherwise(quotes.examples)
    fresh = Card(
        key=key,
        lane=LaneKind.INSIGHT.value,
        stage=denied.stage,
        order=present.order if present else f"a0{len(journey.cards):04d}",
        text=said,
        evidence=(quotes,),
        generated=Generated(by=f"answers:{denied.key}", text=said, stage=denied.stage, lane=LaneKind.INSIGHT.value),
    )
    others = tuple(card for card in journey.cards if card.key != key)
    return replace(journey, cards=(*others, fresh))


def _otherwise(examples: Sequence[Quote]) -> Text:
    said = verbatim(examples[-1])
    return Text(ru=f"Говорят иначе: {said.ru}", en=f"People say otherwise: {said.en}")


def _flagged(card: Card) -> tuple[Flag, ...]:
    return tuple(sorted({*card.flags, Flag.CONTRADICTED}))


def _with_insight_lane(journey: JourneyMap) -> JourneyMap:
    if journey.lanes_of(LaneKind.INSIGHT):
        return journey
    last = max((one.order for one in journey.lanes), default=None)
    (lane,) = lane_records([LaneKind.INSIGHT.value], ())
    return replace(journey, lanes=(*journey.lanes, _placed(lane, order_between(last, None))))


def _placed(lane: Lane, order: str) -> Lane:
    base = None if lane.generated is None else replace(lane.generated, order=order)
    return replace(lane, order=order, generated=base)


def _with_report(evidence: Sequence[Evidence], answer: Answer, language: Language) -> tuple[Evidence, ...]:
    report = Report(
        key=f"report.{_mark(answer)}",
        by=ReportBy.EMPLOYEE,
        text=text_in(language, answer.text),
        date=answer.date,
        source=answer.source,
    )
    return (*(one for one in evidence if one.key != report.key), report)


def _with_quote(present: Quotes | None, answer: Answer) -> Quotes:
    more = {_PERSON: answer.person, _COMPANY: answer.company}
    quote = Quote(
        feedback=f"answer.{_mark(answer)}",
        text=answer.text,
        span=answer.span,
        source=answer.source,
        date=answer.date,
        extra={name: value for name, value in more.items() if value is not None},
    )
    kept = [one for one in (present.examples if present else ()) if one.feedback != quote.feedback]
    examples = (*kept, quote)
    companies = len({one.extra[_COMPANY] for one in examples if _COMPANY in one.extra})
    return Quotes(
        key=_KEY,
        voices=len(_people(examples)),
        of=len(_people(examples)),
        examples=examples,
        companies=companies or None,
    )


def _people(examples: Iterable[Quote]) -> frozenset[object]:
    """Different people; all unnamed ones are one, as far as anyone can tell."""
    return frozenset(one.extra.get(_PERSON) for one in examples)


def _quotes(evidence: Sequence[Evidence]) -> Quotes | None:
    return next((one for one in evidence if isinstance(one, Quotes) and one.key == _KEY), None)


def _mark(answer: Answer) -> str:
    said = "\x1f".join((answer.person or "", answer.text))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _replaced(journey: JourneyMap, key: str, change: Callable[[Card], Card]) -> JourneyMap:
    return replace(journey, cards=tuple(change(card) if card.key == key else card for card in journey.cards))


def _counted(journey: JourneyMap, last: Day) -> JourneyMap:
    """Every claim's voices stand beside the number of all who were asked."""
    told = [quote for card in journey.cards if (own := _quotes(card.evidence)) for quote in own.examples]
    asked = len(_people(told))
    cards = tuple(replace(card, evidence=tuple(_of(one, asked) for one in card.evidence)) for card in journey.cards)
    made = journey.provenance or Provenance(as_of=last)
    made = replace(made, as_of=max(made.as_of, last), interviews=asked)
    return replace(journey, cards=cards, provenance=made)


def _of(one: Evidence, asked: int) -> Evidence:
    return replace(one, of=max(asked, one.voices)) if isinstance(one, Quotes) and one.key == _KEY else one
