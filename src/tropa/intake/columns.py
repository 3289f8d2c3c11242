"""A found table's columns, read: what their values look like and what their names say."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tropa.intake import data_lexicon as lexicon
from tropa.intake.numbers import detect_decimal
from tropa.intake.table import FoundTable
from tropa.intake.time_detection import TimeGuess, detect_time
from tropa.intake.words import fits_any, words_of

_LONGEST = 2000
"""What a cell looks like shows in its beginning."""
SMALL = 20
"""Below so many filled cells, how often values repeat tells nothing."""


class ValueKind(StrEnum):
    """What most of a column's cells look like."""

    EMPTY = "empty"
    TIME = "time"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    LIST = "list"
    FLAG = "flag"
    NUMBER = "number"
    CODE = "code"
    WORDS = "words"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadColumn:
    """A column with the facts of its sample: `filled` cells of `rows`, `distinct` values, how they look."""

    name: str
    words: tuple[str, ...]
    values: tuple[str, ...]
    rows: int
    distinct: int
    kind: ValueKind
    time: TimeGuess | None = None
    decimal: str | None = None
    is_whole: bool = False

    @property
    def filled(self) -> float:
        """The share of cells that are not empty."""
        return len(self.values) / self.rows if self.rows else 0.0

    @property
    def is_constant(self) -> bool:
        """One value everywhere, in a sample large enough to say so."""
        return self.distinct <= 1 and self.rows >= SMALL

    @property
    def repeats(self) -> float:
        """The share of cells whose value stood before."""
        return 1 - self.distinct / len(self.values) if self.values else 0.0

    def says(self, phrases: tuple[str, ...]) -> bool:
        """Whether the name holds any of the phrases."""
        return fits_any(self.words, phrases)


_EMAIL = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+")
_PHONE = re.compile(r"\+?[\d\s().-]{10,20}")
_URL = re.compile(r"(?:https?|ftp)://\S+|www\.\S+|[a-z]+://\S+")
_LIST = re.compile(r"[\[{].*[\]}]", re.DOTALL)
_CODE = re.compile(r"(?=[^\s]*\d)[A-Za-z0-9_:./#%-]{6,}")
_FLAGS = {"0", "1", "да", "нет", "yes", "no", "true", "false", "y", "n", "д", "н", "истина", "ложь", "+", "-"}
_SENTENCE = re.compile(r"[.!?…]\s|[.!?…]$|,\s")


def read_columns(table: FoundTable) -> tuple[ReadColumn, ...]:
    """Every column of the table, in its order."""
    return tuple(_read(name, table.values(name), len(table.sample)) for name in table.columns)


def _read(name: str, values: tuple[str, ...], rows: int) -> ReadColumn:
    words = words_of(name)
    values = tuple(value[:_LONGEST] for value in values)
    facts = {"name": name, "words": words, "values": values, "rows": rows, "distinct": len(set(values))}
    if not values:
        return ReadColumn(**facts, kind=ValueKind.EMPTY)  # type: ignore[arg-type]
    time = detect_time(values, named=fits_any(words, lexicon.TIME_WORDS))
    decimal = None if time else detect_decimal(values)
    whole = decimal is not None and all(re.fullmatch(r"\s*[+-]?\d+\s*", value) for value in values)
    kind = ValueKind.TIME if time else _kind(words, values, is_number=decimal is not None)
    return ReadColumn(**facts, kind=kind, time=time, decimal=decimal, is_whole=whole)  # type: ignore[arg-type]


def _kind(words: tuple[str, ...], values: tuple[str, ...], *, is_number: bool) -> ValueKind:
    checks = ((_EMAIL, ValueKind.EMAIL), (_URL, ValueKind.URL), (_LIST, ValueKind.LIST))
    for regex, kind in checks:
        if _share(values, regex) >= 0.7:
            return kind
    if {value.strip().lower() for value in values} <= _FLAGS and len(values) > 0:
        return ValueKind.FLAG
    if _share(values, _PHONE) >= 0.7 and _are_phones(words, values):
        return ValueKind.PHONE
    if is_number:
        return ValueKind.NUMBER
    if _share(values, _CODE) >= 0.8:
        return ValueKind.CODE
    return ValueKind.TEXT if _is_free_text(values) else ValueKind.WORDS


def _are_phones(words: tuple[str, ...], values: tuple[str, ...]) -> bool:
    digits = [re.sub(r"\D", "", value) for value in values]
    shaped = sum(len(one) in range(10, 14) for one in digits) >= 0.9 * len(digits)
    written = any(value.strip().startswith("+") or "(" in value for value in values)
    russian = sum(len(one) == 11 and one.startswith(("79", "89", "74", "84")) for one in digits) >= 0.9 * len(digits)
    return shaped and (written or russian or fits_any(words, lexicon.PHONE))


def _share(values: Sequence[str], regex: re.Pattern[str]) -> float:
    return sum(regex.fullmatch(value.strip()) is not None for value in values) / len(values)


def _is_free_text(values: tuple[str, ...]) -> bool:
    """Sentences of many words which seldom repeat."""
    lengths = sorted(len(value.split()) for value in values)
    many_words = lengths[len(lengths) // 2] >= 5 or lengths[-1] >= 9
    sentences = sum(_SENTENCE.search(value) is not None for value in values) / len(values)
    commonest = Counter(values).most_common(1)[0][1] / len(values)
    repeated = len(values) >= SMALL and len(set(values)) < 0.3 * len(values) and commonest < 0.9
    return not repeated and (many_words or (sentences >= 0.5 and lengths[len(lengths) // 2] >= 3))
