"""Quotes have to be verbatim."""

import re
from collections.abc import Iterator

from tropa.domain.evidence import Quote, Quotes
from tropa.domain.journeymap import Card, LaneKind
from tropa.domain.text import Text
from tropa.lint.rule import Case, Hit, Rule, Severity

_QUOTED = re.compile(r"[«“\"]([^«»“”\"]{3,})[»”\"]")
_GAP = re.compile(r"\s*(?:…|\.\.\.|\[…\])\s*")
_SPACE = re.compile(r"\s+")


def _quote_not_verbatim(case: Case) -> Iterator[Hit]:
    quote_lanes = {lane.key for lane in case.journey.lanes_of(LaneKind.QUOTE)}
    for card in case.journey.cards:
        examples = [quote for one in card.evidence if isinstance(one, Quotes) for quote in one.examples]
        for quote in examples:
            if not quote.text.strip() or not _span_fits(quote):
                yield _at(
                    card, "отмеченное место не из этого отзыва", "the marked part is not of this review", quote.feedback
                )
        if card.lane in quote_lanes and examples:
            yield from _unfaithful(card, examples)


def _span_fits(quote: Quote) -> bool:
    return quote.span is None or 0 <= quote.span[0] < quote.span[1] <= len(quote.text)


def _unfaithful(card: Card, examples: list[Quote]) -> Iterator[Hit]:
    for words in (card.text.ru, card.text.en):
        quoted = _QUOTED.findall(words or "")
        if quoted and not any(_is_in(part, quote.text) for part in quoted for quote in examples):
            yield _at(card, "таких слов в отзывах нет", "no review has these words", words)
            return


def _is_in(part: str, text: str) -> bool:
    """Word for word, but for white space and what an ellipsis leaves out."""
    whole = _SPACE.sub(" ", text)
    place = 0
    for piece in (_SPACE.sub(" ", one).strip() for one in _GAP.split(part)):
        found = whole.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    return True


def _at(card: Card, ru: str, en: str, fact: object) -> Hit:
    words = card.text.ru or card.text.en or card.key
    return Hit(
        text=Text(
            ru=f"Цитата не дословна, {ru}: {words}", en=f"A quote is not verbatim, {en}: {card.text.en or words}"
        ),
        record=card.key,
        stage=card.stage,
        fact=str(fact),
    )


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
