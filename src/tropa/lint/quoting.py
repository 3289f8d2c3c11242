"""Quotes have to be verbatim."""

import re
from collections.abc import Iterator, Sequence

from tropa.domain.evidence import Evidence, Quote, Quotes
from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit, Rule, Severity
from tropa.lint.saying import in_quotes, on_card, seen

_PAIRS = {"«": "»", "“": "”", "„": "“", '"': '"'}
_GAP = re.compile(r"\s*(?:\[…\]|\[\.\.\.\]|…|\.\.\.)\s*")
_SPACE = re.compile(r"\s+")
_NOT_VERBATIM = Text(
    ru="Цитата не дословна, таких слов в отзыве нет", en="A quote is not verbatim, its review lacks these words"
)
_BROKEN = Text(
    ru="Цитата не дословна, отмеченное место не из этого отзыва",
    en="A quote is not verbatim, the marked part is not of its review",
)
_UNKNOWN = Text(
    ru="Дословность цитаты не проверить, отзыва при ней нет",
    en="Nobody can check that a quote is verbatim, its review is not attached",
)


def _quote_not_verbatim(case: Case) -> Iterator[Hit]:
    quotes = {card.key for card in case.journey.cards_of(LaneKind.QUOTE)}
    for card in case.journey.cards:
        examples = _examples(card.evidence)
        broken = [one for one in examples if not one.text.strip() or not _span_fits(one)]
        if broken:
            yield on_card(card, _BROKEN, seen((one.feedback, one.text, one.span) for one in broken))
        elif card.key in quotes and not examples and _claims_voices(card):
            yield on_card(card, _UNKNOWN, (card.text.ru, card.text.en))
        elif card.key in quotes and examples and not _is_faithful(card.text, examples):
            yield on_card(card, _NOT_VERBATIM, (card.text.ru, card.text.en))
    yield from _personas(case)


def _personas(case: Case) -> Iterator[Hit]:
    """What a persona says, where reviews are attached to it."""
    for persona in case.journey.personas:
        examples = _examples(persona.evidence)
        if persona.quote is not None and examples and not _is_faithful(persona.quote, examples):
            words = in_quotes(persona.quote, persona.key)
            yield Hit(
                text=Text(ru=f"{_NOT_VERBATIM.ru}: {words.ru}", en=f"{_NOT_VERBATIM.en}: {words.en}"),
                record=persona.key,
                fact=seen((persona.quote.ru, persona.quote.en)),
            )


def _examples(evidence: Sequence[Evidence]) -> list[Quote]:
    return [quote for one in evidence if isinstance(one, Quotes) for quote in one.examples]


def _span_fits(quote: Quote) -> bool:
    return quote.span is None or 0 <= quote.span[0] < quote.span[1] <= len(quote.text)


def _claims_voices(card: Card) -> bool:
    """A quote that a person has put down from memory is a guess and says so."""
    return card.generated is not None or any(isinstance(one, Quotes) for one in card.evidence)


def _is_faithful(text: Text, examples: Sequence[Quote]) -> bool:
    """In one language at least: the other may be a translation."""
    said = [words for words in (text.ru, text.en) if words and words.strip()]
    return not said or any(_is_in(part, one.text) for words in said for part in _readings(words) for one in examples)


def _readings(words: str) -> Iterator[str]:
    """What is quoted: everything, or everything within the marks around it, or the longest part within marks."""
    whole = words.strip()
    yield whole
    if len(whole) > 1 and _PAIRS.get(whole[0]) == whole[-1]:
        yield whole[1:-1]
    else:
        yield from sorted(_outermost(whole), key=len, reverse=True)[:1]


def _outermost(words: str) -> Iterator[str]:
    """Parts within quotation marks that are not within others."""
    closing: list[str] = []
    start = 0
    for place, sign in enumerate(words):
        if closing and sign == closing[-1]:
            closing.pop()
            if not closing:
                yield words[start:place]
        elif sign in _PAIRS:
            start = start if closing else place + 1
            closing.append(_PAIRS[sign])


def _is_in(part: str, text: str) -> bool:
    """Word for word, but for white space and what an ellipsis leaves out."""
    whole, place = _SPACE.sub(" ", text), 0
    pieces = [piece for piece in (_SPACE.sub(" ", one).strip() for one in _GAP.split(part)) if piece]
    for piece in pieces:
        found = whole.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return bool(pieces)


RULES = (
    Rule(
        code="TR104",
        name="quote-not-verbatim",
        severity=Severity.ERROR,
        why=Text(
            ru="Приглаженная цитата — уже не голос клиента, и проверить её нельзя.",
            en="A polished quote is no longer the customer's voice, and nobody can check it.",
        ),
        first_step=Text(
            ru="Верните слова из отзыва; сократить можно многоточием.",
            en="Put the review's own words back; an ellipsis may shorten them.",
        ),
        check=_quote_not_verbatim,
    ),
)
