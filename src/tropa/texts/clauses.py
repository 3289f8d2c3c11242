"""A text cut into sentences and clauses: the smallest parts that hold one opinion."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Before a dot these stand in front of what they shorten («ул. Мира»), the others may end a sentence («5 руб.»).
_FORE = "г ул д кв им п см no mr mrs ms dr st"
_AFT = "стр руб коп тыс млн т е к пр тел напр др шт кг гр мин сек час ч vs etc approx"
_NEVER_LAST = frozenset(_FORE.split())
_ABBREVIATIONS = _NEVER_LAST | frozenset(_AFT.split())
_SENTENCE_END = re.compile(r"[.!?…]+[)\]»\"”']*(?=\s|$)|[.!?…]{2,}|[!?](?=\S)|\.(?=[А-ЯЁ][а-яё])|\n+|[)(]{2,}|;(?=\s)")
_BEFORE_DOT = re.compile(r"([^\W\d_]+)$")
# A comma or a dash parts clauses only before a word that turns the thought.
_TURN = re.compile(
    r"(?:[,:]\s*|\s+[-–—]+\s*|\s+)(?=(?:но|зато|однако|however|but|yet|although|though|while|whereas)\b)"
    r"|,\s*(?=(?:а|хотя|only|and|и|при этом|поэтому|правда|жаль|потом|тогда как|which|so|then|also)\b)"
    r"|,\s+(?=(?:[^\W\d_]+\s+){1,3}(?:был|была|было|были|оказал|пришл|приш[её]л|was|were|is|are|came|arrived)\w*\b)"
    r"|\s+[–—]\s+(?=(?:а|и|просто|only)\b)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]")
_SHORTEST = 2  # words


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start:end` of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words under the span."""
        return text[self.start : self.end]


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text, without the spaces around them."""
    spans: list[Span] = []
    begin = 0
    for end in _SENTENCE_END.finditer(text):
        if _is_abbreviation(text, end):
            continue
        spans.extend(_trimmed(text, begin, end.end()))
        begin = end.end()
    spans.extend(_trimmed(text, begin, len(text)))
    return tuple(spans)


def clauses(text: str) -> tuple[Span, ...]:
    """The clauses of a text: «доставка быстрая, но упаковка мятая» has two."""
    return tuple(clause for sentence in sentences(text) for clause in clauses_of(text, sentence))


def clauses_of(text: str, sentence: Span) -> tuple[Span, ...]:
    """The clauses of one sentence of the text."""
    return tuple(_parts(text, sentence))


def _parts(text: str, sentence: Span) -> Iterator[Span]:
    begin = sentence.start
    for turn in _TURN.finditer(text, sentence.start, sentence.end):
        if len(text[begin : turn.start()].split(None, _SHORTEST)) < _SHORTEST:
            continue
        yield from _trimmed(text, begin, turn.start())
        begin = turn.end()
    yield from _trimmed(text, begin, sentence.end)


def _trimmed(text: str, begin: int, end: int) -> Iterator[Span]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if _LETTERS.search(text, begin, end):
        yield Span(begin, end)


def _is_abbreviation(text: str, end: re.Match[str]) -> bool:
    if end.group() != ".":
        return False
    before = _BEFORE_DOT.search(text[max(0, end.start() - 12) : end.start()])
    after = text[end.end() : end.end() + 2].strip()
    if before is None:
        return False
    word = before.group().lower()
    return word in _NEVER_LAST or (word in _ABBREVIATIONS and not after[:1].isupper())
