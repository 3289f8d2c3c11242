"""Personal data out of free text, before anything is stored."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from tropa.texts.addresses import addresses_masked
from tropa.texts.checksums import is_card, is_inn, is_snils
from tropa.texts.person_names import name_spans

_PASSES = 3  # a name can come to stand alone when what was beside it is masked
_DIGIT = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What to look for, what becomes of it, and what must hold of its digits."""

    shape: re.Pattern[str]
    label: str
    holds: Callable[[str], bool] = bool


def _is_phone(digits: str) -> bool:
    return 10 <= len(digits) <= 15


def _is_russian_phone(digits: str) -> bool:
    return len(digits) == 11


def _any(_digits: str) -> bool:
    return True


_EDGE = r"(?<![\w+-])"
_END = r"(?![\w]|[-.,]\d)"
_PATTERNS = (
    _Pattern(
        re.compile(
            r"(?:https?://|www\.)[^\s<>«»\"'\[\]]{0,400}(?:[?#&=@%]|/[\w-]{16,200})[^\s<>«»\"'\[\]]{0,1000}",
            re.IGNORECASE,
        ),
        "[ссылка]",
        _any,
    ),
    _Pattern(
        re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}(?:@|\s?\(at\)\s?|\s?\[at\]\s?)[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
        "[почта]",
        _any,
    ),
    _Pattern(re.compile(r"(?<![\w@./])@[A-Za-z]\w{3,40}"), "[ник]", _any),
    _Pattern(
        re.compile(
            r"(?<=паспорт)\w{0,2}[\s:№-]{0,4}(?:сери[яи]\s*)?\d{2}\s?\d{2}[\s,;№]{0,4}(?:номер\s*)?\d{6}(?!\d)",
            re.IGNORECASE,
        ),
        " [паспорт]",
        _any,
    ),
    _Pattern(re.compile(r"(?<!\d)\d{2}\s\d{2}\s(?:№\s?)?\d{6}(?!\d)"), "[паспорт]", _any),
    _Pattern(re.compile(_EDGE + r"\d{3}-\d{3}-\d{3}[ -]\d{2}" + _END), "[снилс]", is_snils),
    _Pattern(re.compile(r"(?<=снилс)[\s:№-]{0,4}\d{11}(?!\d)", re.IGNORECASE), " [снилс]", is_snils),
    _Pattern(re.compile(r"(?<=инн)[\s:№-]{0,4}(?:\d{12}|\d{10})(?!\d)", re.IGNORECASE), " [инн]", is_inn),
    _Pattern(re.compile(_EDGE + r"\d{12}" + _END), "[инн]", is_inn),
    _Pattern(re.compile(_EDGE + r"\d(?:[ -]?\d){12,18}" + _END), "[карта]", is_card),
    _Pattern(re.compile(_EDGE + r"\d{4}([ -])\d{4}\1\d{4}\1\d{4}" + _END), "[карта]", _any),
    _Pattern(
        re.compile(r"(?<![\w+])[78][\s(–-]{0,3}\d{3,4}[\s)–-]{0,3}\d{2,4}(?:[\s–-]?\d{2,4}){1,3}" + _END),
        "[телефон]",
        _is_russian_phone,
    ),
    _Pattern(re.compile(r"(?<![\w+])\+\d(?:[\s().–-]{0,2}\d){8,13}" + _END), "[телефон]", _is_phone),
    _Pattern(re.compile(r"(?<!\w)\(?0\d{2,4}\)?[\s-]?\d{3,4}[\s-]?\d{3,4}" + _END), "[телефон]", _is_phone),
    _Pattern(re.compile(r"(?<![\w+])\(?\d{3,5}\)?[\s-]?\d{2,3}-\d{2}-\d{2}" + _END), "[телефон]", _is_phone),
    _Pattern(re.compile(r"(?<![\w+])\(?\d{3}\)?[-. ]\d{3}[-.]\d{4}" + _END), "[телефон]", _is_phone),
    _Pattern(re.compile(_EDGE + r"9\d{2}[\s-]\d{3}[\s-]\d{2}[\s-]?\d{2}" + _END), "[телефон]", _is_phone),
    _Pattern(re.compile(_EDGE + r"\d{3}-\d{2}-\d{2}" + _END), "[телефон]"),
    _Pattern(re.compile(r"(?<!\w)\d{9,40}(?!\w)"), "[номер]"),
    _Pattern(re.compile(r"(?<!\w)(?=[A-Za-z]{0,4}\d)(?:[A-Za-z]{2}\d{9}[A-Za-z]{2})(?!\w)"), "[номер]"),
)
_WORTH_A_LOOK = re.compile(r"@|\(at\)|\[at\]|://|www\.|(?:\d[\s().№,;–-]{0,4}(?:номер\s*)?){7}", re.IGNORECASE)


def mask(text: str) -> str:
    """The text with personal data replaced by what they were: [телефон], [почта], [имя], [карта] and so on.

    Dates, prices, cities and short order numbers survive. Masking twice changes nothing.
    """
    for _ in range(_PASSES):
        masked = _names_masked(addresses_masked(_numbers_masked(text)))
        if masked == text:
            break
        text = masked
    return text


def _numbers_masked(text: str) -> str:
    if not _WORTH_A_LOOK.search(text):
        return text
    for pattern in _PATTERNS:
        text = pattern.shape.sub(partial(_replaced, pattern), text)
    return text


def _replaced(pattern: _Pattern, found: re.Match[str]) -> str:
    return pattern.label if pattern.holds(_DIGIT.sub("", found.group())) else found.group()


def _names_masked(text: str) -> str:
    return "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    done = 0
    for start, end in name_spans(text):
        yield text[done:start]
        yield "[имя]"
        done = end
    yield text[done:]
