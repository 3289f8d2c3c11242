"""A text cut into sentences and clauses: the smallest parts that hold one opinion."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from tropa.texts.predicates import has_own_subject, is_act, is_opinion, is_thing_with_quality
from tropa.texts.words import Word, words_of

# Before a dot these stand in front of what they shorten («ул. Мира»), the others may end a sentence («5 руб.»).
_FORE = "г ул д кв им п см no mr mrs ms dr st"
_AFT = "стр руб коп тыс млн т е к пр тел напр др шт кг гр мин сек час ч vs etc approx"
_NEVER_LAST = frozenset(_FORE.split())
_ABBREVIATIONS = _NEVER_LAST | frozenset(_AFT.split())
_LISTED = r"(?:плюсы|минусы|достоинства|недостатки|преимущества|понравилось|не понравилось|pros|cons|likes|dislikes)"
_SIDES = r"(?:плюс|минус|достоинств|недостатк|преимуществ)(?:ы|ов|а|и|ков)?"
_SENTENCE_END = re.compile(
    r"[.!?…]+[)\]»\"”']*(?=\s|$)|[.!?…]{2,}|[!?](?=\S)|\.(?=[А-ЯЁ][а-яё])|\n+|[)(]{2,}|;(?=\s|$)"
    rf"|\s{{1,9}}(?={_LISTED}\s{{0,9}}:)|(?<!из)\s{{1,9}}(?=(?:из\s{{1,9}})?{_SIDES}\s{{0,9}}[:—–-])"
    rf"|(?<=\s)(?=-(?!нибудь|либо|таки)[^\W\d_]{{3}})|(?<=\s)(?=[+−–—-]\s\w)(?=[+−-])|\s{{1,9}}(?=[•·▪✓✔✅❌➕➖]\s{{0,9}}\w)",
    re.IGNORECASE,
)
_BEFORE_DOT = re.compile(r"([^\W\d_]+)$")
# Before these words the thought turns, with a comma or without.
_TURN = re.compile(
    r"[,:]\s{0,9}(?=(?:но|зато|однако|however|but|yet|although|though|while|whereas)\b)"
    r"|\s{1,9}[-–—]+\s{0,9}(?=(?:но|зато|однако|а|и|просто|but|only)\b)"
    r"|\s{1,9}(?=(?:но|зато|однако|however|but|although|whereas)\b)"
    r"|,\s{0,9}(?=(?:а|хотя|only|and|и|при этом|правда|жаль|тогда как|also|except)\b)"
    r"|,\s{1,9}(?=(?:[^\W\d_]+\s{1,9}){1,3}(?:был|была|было|были|оказал|пришл|приш[её]л|was|were|is|are|came|arrived)\w*\b)",
    re.IGNORECASE,
)
_COMMA = re.compile(r",\s{1,9}(?=\S)")
_AND = re.compile(r"\s{1,9}(?=(?:и|and|да)\s)", re.IGNORECASE)
_NOT_BUT = re.compile(r"\b(?:не|not)\s+(?:\S+\s+){0,2}\S+$", re.IGNORECASE)
_QUOTED = re.compile(r"«[^«»]{1,200}»|“[^“”]{1,200}”|\"[^\"\n]{1,120}\"|\([^()\n]{1,120}\)")
_SUBORDINATE = re.compile(
    r"\W*(?:котор\w+|что|чтобы|если|когда|потому|так как|поскольку|где|поэтому|"
    r"which|who|that|because|since|so|if|when)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]")
_SHORTEST = 2  # words
_NEAR = 200  # code points in which two words are looked for


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start:end` of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words under the span."""
        return text[self.start : self.end]


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences and list items of a text, without the spaces around them; a quoted phrase stays whole."""
    spans: list[Span] = []
    begin = 0
    quoted = _quoted(text)
    for end in _SENTENCE_END.finditer(text):
        quote = _around(quoted, end.start())
        if _is_abbreviation(text, end) or (quote is not None and _goes_on(text, quote, end)):
            continue
        spans.extend(_trimmed(text, begin, end.end()))
        begin = end.end()
    spans.extend(_trimmed(text, begin, len(text)))
    return tuple(spans)


def clauses(text: str) -> tuple[Span, ...]:
    """The clauses of a text: «доставка быстрая, но упаковка мятая» has two."""
    return tuple(clause for sentence in sentences(text) for clause in clauses_of(text, sentence))


def clauses_of(text: str, sentence: Span) -> tuple[Span, ...]:
    """The clauses of one sentence of the text.

    It is cut where the thought turns («но», «зато», «а»), between opinions that are listed («чисто, тихо, но дорого»)
    and between two things each with its own quality («вкусная еда и приятная музыка»). Subordinate clauses stay with
    what they explain; nothing is cut inside quotes and brackets.
    """
    inside = sentence.of(text)
    quoted = [Span(one.start + sentence.start, one.end + sentence.start) for one in _quoted(inside)]
    found: list[Span] = []
    begin = sentence.start
    for cut in sorted(_cuts(text, sentence)):
        if cut.start <= begin or _around(quoted, cut.start) is not None:
            continue
        if _is_whole(text[max(begin, cut.start - _NEAR) : cut.start]):
            found.extend(_trimmed(text, begin, cut.start))
            begin = cut.end
    found.extend(_trimmed(text, begin, sentence.end))
    return tuple(found)


def _cuts(text: str, sentence: Span) -> set[Span]:
    turns = {Span(*one.span()) for one in _TURN.finditer(text, sentence.start, sentence.end) if _turns(text, one)}
    return turns | set(_between_opinions(text, sentence, turns))


def _turns(text: str, turn: re.Match[str]) -> bool:
    """«Не кофе, а вода» is one opinion; a subordinate clause does not turn the thought."""
    after = text[turn.end() : turn.end() + 40]
    if after[:2].lower() in {"а ", "но"} and turn.group().startswith(",") and len(after.split()) < 40:
        denied = _NOT_BUT.search(text[max(0, turn.start() - 40) : turn.start()])
        if after[:2].lower() == "а " and denied and "," not in denied.group():
            return False
    return not _SUBORDINATE.match(after)


def _between_opinions(text: str, sentence: Span, turns: set[Span]) -> Iterator[Span]:
    """Commas and «и» between two parts that each are an opinion."""
    marks = [(one.span(), False) for one in _COMMA.finditer(text, sentence.start, sentence.end)]
    marks += [(one.span(), True) for one in _AND.finditer(text, sentence.start, sentence.end)]
    if not marks:
        return
    words = tuple(words_of(sentence.of(text)))
    words = tuple(Word(one.text, one.start + sentence.start, one.end + sentence.start) for one in words)
    starts = [one.start for one in words]
    edges = sorted({sentence.start, sentence.end, *(start for (start, _), _ in marks), *(one.start for one in turns)})
    for (start, end), is_and in marks:
        place = bisect_left(edges, start)
        before, after = edges[max(0, place - 1)], edges[min(place + 1, len(edges) - 1)]
        left = list(words[bisect_left(starts, before) : bisect_left(starts, start)])
        right = list(words[bisect_left(starts, end) : bisect_left(starts, after)])
        right = right[1:] if is_and else right
        if _parted(left[1:] if left and left[0].text in _JOINS else left, right, is_and=is_and):
            yield Span(start, end)


_JOINS = frozenset({"и", "но", "а", "зато", "and", "but", "да"})


def _parted(left: list[Word], right: list[Word], *, is_and: bool) -> bool:
    if not left or not right or right[0].text in _JOINS:
        return False
    if is_and:
        return is_thing_with_quality(left) and is_thing_with_quality(right)
    if not is_opinion(left) or not is_opinion(right):
        return False
    if is_act(right):
        return has_own_subject(right) and (has_own_subject(left) or is_act(left))
    return True


def _is_whole(part: str) -> bool:
    """One word is a clause only where it is an opinion: «чисто»."""
    words = tuple(words_of(part))
    return len(words) >= _SHORTEST or is_opinion(words)


def _around(quoted: list[Span], place: int) -> Span | None:
    """The quote in which a place lies; quotes do not overlap."""
    before = bisect_left(quoted, place, key=lambda one: one.start) - 1
    return quoted[before] if before >= 0 and place < quoted[before].end else None


def _goes_on(text: str, quote: Span, end: re.Match[str]) -> bool:
    """Whether an end lies inside a quote, or closes one after which the sentence goes on in small letters."""
    return end.end() < quote.end or text[end.end() : end.end() + 2].strip()[:1].islower()


def _quoted(text: str) -> list[Span]:
    return [Span(*one.span()) for one in _QUOTED.finditer(text)]


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
