"""People's names in a text: by grammar in Russian, by a list in English, and by the words beside them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tropa.texts.shipped import word_set
from tropa.texts.words import english_stem, folded, is_known, is_russian, lemmas, readings

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+|-[^\W\d_a-zа-яё][^\W\d_]+)*")
_INITIALS = re.compile(r"(?<![\w.])(?:[А-ЯЁ]\.\s?){2}(?=[А-ЯЁ][а-яё]{2,})|(?<=[а-яё])\s(?:[А-ЯЁ]\.\s?){1,2}(?!\w)")
_OPENING_QUOTES = '«"“„‘'
_INTRODUCED = re.compile(
    r"(?:\bname(?: is|'s)|\bзовут|\b(?:mr|mrs|ms)\.?|\b(?:regards|sincerely|yours|уважением),?)\s{1,2}$",
    re.IGNORECASE,
)
_PRESENTED = re.compile(r"(?:\bit's|\bthis is|\bi'm|\bi am)\s$", re.IGNORECASE)
_BESIDE = re.compile(r"[\s,:—–-]{1,3}")
_NEVER_SURNAMES = frozenset({"I", "The", "And", "But", "Very", "He", "She", "They", "It", "We", "Was", "Is"})
_CAPITAL = re.compile(r"[A-ZА-ЯЁ][^\W\d_]")
_PLACE_AFTER = frozenset({"в", "во", "из", "до", "через", "под", "по", "за", "около", "к", "ко"})
_PLAIN_PARTS = frozenset({"ADVB", "ADJS", "PREP", "CONJ", "PRCL", "NPRO"})
_LOOK_BACK = 20  # code points in which a sentence's end is looked for
_CERTAIN = 0.5
_OTHER = 0.4


class _Token(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper() and (len(self.text) == 1 or not self.text.isupper())


@dataclass(frozen=True, slots=True)
class _Naming:
    """How much a word is a first name, a patronymic or a surname."""

    first: float = 0.0
    patronymic: float = 0.0
    surname: float = 0.0
    other: float = 0.0  # the likeliest reading as a thing or a place
    is_english: bool = False

    @property
    def is_any(self) -> bool:
        return self.first + self.patronymic + self.surname > 0

    @property
    def is_certain_first(self) -> bool:
        return self.first >= _CERTAIN and self.other < _OTHER

    @property
    def is_certain_surname(self) -> bool:
        return self.surname >= _CERTAIN and self.other < _OTHER


def name_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where names of people stand in the text: `start, end` of whole names, from left to right."""
    if not _CAPITAL.search(text):
        return
    tokens = [_Token(one.group(), *one.span()) for one in _TOKEN.finditer(text)]
    place = 0
    while place < len(tokens):
        length = _name_length(text, tokens, place)
        if length:
            yield tokens[place].start, _with_initials(text, tokens[place + length - 1].end)
        place += max(length, 1)


def _with_initials(text: str, end: int) -> int:
    initials = _INITIALS.match(text, end)
    return initials.end() if initials else end


def _name_length(text: str, tokens: Sequence[_Token], place: int) -> int:
    """How many tokens from here on are one person's name; 0 = none."""
    token = tokens[place]
    if not token.is_capitalised or len(token.text) < 2:
        return 0
    if _INTRODUCED.search(text, max(0, token.start - 12), token.start):
        pair = _is_capital_pair(text, tokens, place) and tokens[place + 1].text not in _NEVER_SURNAMES
        return max(1 + pair, _run_length(text, tokens, place))
    if _PRESENTED.search(text, max(0, token.start - 12), token.start) and _is_capital_pair(text, tokens, place):
        return 2
    naming = _naming(folded(token.text))
    if not naming.is_any:
        return 0
    length = _run_length(text, tokens, place)
    if length > 1 and _is_whole_name([_naming(folded(t.text)) for t in tokens[place : place + length]]):
        return length
    return 1 if _is_name_alone(text, tokens, place, naming) else 0


def _run_length(text: str, tokens: Sequence[_Token], place: int) -> int:
    length = 1
    while length < 3 and _goes_on(text, tokens, place + length):
        length += 1
    return length


def _goes_on(text: str, tokens: Sequence[_Token], place: int) -> bool:
    if place >= len(tokens) or not tokens[place].is_capitalised or len(tokens[place].text) < 2:
        return False
    return text[tokens[place - 1].end : tokens[place].start] == " " and _may_go_on(tokens[place - 1], tokens[place])


def _is_capital_pair(text: str, tokens: Sequence[_Token], place: int) -> bool:
    """«It's Siobhan Kelly»: two capitalised English words in a row after such a beginning."""
    if place + 1 >= len(tokens) or not tokens[place + 1].is_capitalised:
        return False
    return text[tokens[place].end : tokens[place + 1].start] == " "


def _may_go_on(before: _Token, token: _Token) -> bool:
    if is_russian(folded(token.text)):
        return _naming(folded(token.text)).is_any
    if token.text in _NEVER_SURNAMES:
        return False
    return folded(before.text) in word_set("people", "names_en") | word_set("people", "doubtful_en")


def _is_whole_name(parts: Sequence[_Naming]) -> bool:
    """A first name with a patronymic or surname, in any order; two doubtful words are no name."""
    if any(one.is_english for one in parts):
        return parts[0].is_certain_first
    certain = any(one.is_certain_first or one.is_certain_surname or one.patronymic >= _CERTAIN for one in parts)
    families = [place for place, one in enumerate(parts) if one.patronymic + one.surname > 0]
    return certain and any(one.first > 0 for place, one in enumerate(parts) if families != [place]) and bool(families)


def _is_name_alone(text: str, tokens: Sequence[_Token], place: int, naming: _Naming) -> bool:
    before = tokens[place - 1] if place else None
    if before and _is_thing(text, before, tokens[place]):
        return False
    if _is_half_of_word(text, tokens, place):
        return False
    if text[max(0, tokens[place].start - 1) : tokens[place].start] in set(_OPENING_QUOTES):
        return False
    if naming.is_certain_first or naming.patronymic >= _CERTAIN:
        return True
    if naming.is_certain_surname and place and not _starts_sentence(text, tokens[place].start):
        return True
    if _INITIALS.match(text, tokens[place].end) and naming.surname:
        return True
    beside = [tokens[i] for i in (place - 1, place + 1) if 0 <= i < len(tokens)]
    return any(_calls_for_name(text, one, tokens[place]) for one in beside)


def _gap(text: str, one: _Token, other: _Token) -> str:
    return text[min(one.end, other.end) : max(one.start, other.start)]


def _calls_for_name(text: str, beside: _Token, token: _Token) -> bool:
    if not _BESIDE.fullmatch(_gap(text, beside, token)):
        return False
    word = folded(beside.text)
    if is_russian(word):
        if readings(word)[0].part == "VERB" and not _may_act(folded(token.text)):
            return False
        return bool(lemmas(word) & word_set("people", "near_ru")) or word in word_set("people", "near_ru")
    before = beside.start < token.start
    return before and (word in word_set("people", "near_en") or english_stem(word) in word_set("people", "near_en"))


def _may_act(name: str) -> bool:
    """Whether the word can be one person's name in the nominative: «Света помогла», but not «Розы обещали»."""
    return any({"Name", "nomn", "sing"} <= one.grammemes for one in readings(name))


def _is_thing(text: str, before: _Token, token: _Token) -> bool:
    if not re.fullmatch(r"[\s.«\"“]{1,3}", _gap(text, before, token)):
        return False
    word = folded(before.text)
    if word in _PLACE_AFTER:
        return any("Geox" in one.grammemes for one in readings(folded(token.text)))
    if word in word_set("people", "doubtful_ru"):  # «Роза Глория»: a flower with its variety
        return True
    return word in word_set("people", "things_ru") | word_set("people", "things_en") or (
        is_russian(word) and bool(lemmas(word) & word_set("people", "things_ru"))
    )


def _is_half_of_word(text: str, tokens: Sequence[_Token], place: int) -> bool:
    """«Дор-блю» is a cheese; «Мариной-менеджером» is Marina."""
    if place + 1 >= len(tokens) or _gap(text, tokens[place], tokens[place + 1]) != "-":
        return False
    return lemmas(folded(tokens[place + 1].text)).isdisjoint(word_set("people", "near_ru"))


def _starts_sentence(text: str, start: int) -> bool:
    return text[max(0, start - _LOOK_BACK) : start].rstrip(' \t"«“(-–—')[-1:] in {
        "",
        ".",
        "!",
        "?",
        "…",
        "\n",
        ")",
        "]",
    }


@lru_cache(maxsize=50_000)
def _naming(word: str) -> _Naming:
    if not is_russian(word):
        return _english_naming(word)
    first = patronymic = surname = other = 0.0
    for one in readings(word):
        if "Patr" in one.grammemes:
            patronymic += one.score
        elif "Name" in one.grammemes:
            first += one.score
        elif "Surn" in one.grammemes:
            surname += one.score
        elif one.part in _PLAIN_PARTS or (one.part == "NOUN" and "anim" not in one.grammemes):
            other += one.score
    if readings(word)[0].part in _PLAIN_PARTS or word in word_set("people", "doubtful_ru") or not is_known(word):
        other = 1.0
    elif lemmas(word) & word_set("people", "certain_ru"):
        first, other = 1.0, 0.0
    return _Naming(first, patronymic, surname, other)


def _english_naming(word: str) -> _Naming:
    word = word.removesuffix("'s")
    if word in word_set("people", "names_en"):
        return _Naming(first=1.0, is_english=True)
    doubtful = word in word_set("people", "doubtful_en")
    return _Naming(first=_CERTAIN, other=1.0, is_english=True) if doubtful else _Naming(is_english=True)
