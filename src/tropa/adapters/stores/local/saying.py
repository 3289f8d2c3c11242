"""The cells of a row in which somebody says something: words, marks, whose they are."""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from tropa.adapters.stores.local.rawtable import RawTable
from tropa.adapters.stores.local.rows import Warnings, plain
from tropa.domain.evidence import Rating
from tropa.domain.project import FeedbackColumns, FeedbackSource, FixedValue, RatingColumn
from tropa.domain.voice import Mark
from tropa.intake.data_lexicon import TEXT_PARTS
from tropa.intake.data_voices import NONE_OF_IT
from tropa.intake.numbers import parse_number
from tropa.intake.roles import asks
from tropa.intake.word_marks import SCALE, word_mark
from tropa.intake.words import fits_any, words_of
from tropa.texts.dialogue import Role, role_of_label
from tropa.texts.document import Voice
from tropa.texts.masking import mask

_SHORT = 40  # code points of a cell that may say «нет»
_AGAIN = re.compile(r" \(\d+\)$")  # the same name in another conversation of one file
_VOICE = {Role.CUSTOMER: Voice.CUSTOMER, Role.EMPLOYEE: Voice.EMPLOYEE, Role.UNKNOWN: Voice.UNKNOWN}


def texts_and_questions(columns: FeedbackColumns) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that make one text, and those whose answers stand alone.

    A column with a question for a name is one of these.
    """
    named = (columns.text,) if isinstance(columns.text, str) else columns.text
    asking = tuple(name for name in named if asks(name))
    return tuple(name for name in named if name not in asking), (*asking, *columns.questions)


def texts_in(table: RawTable, names: Sequence[str]) -> list[str]:
    """The cells of these columns as one text a row; pros and cons beside others keep the column's name in front."""
    if not names:
        return [""] * table.size
    cells = [_cells(table, name, titled=len(names) > 1 and fits_any(words_of(name), TEXT_PARTS)) for name in names]
    return [mask("\n".join(filter(None, parts))) if any(parts) else "" for parts in zip(*cells, strict=True)]


def _cells(table: RawTable, name: str, *, titled: bool) -> list[str]:
    said = map(_words, table.texts(name))
    if not titled:
        return list(said)
    return [f"{name}: {text}" if text and not _is_nothing(text) else "" for text in said]


def _is_nothing(text: str) -> bool:
    """«Недостатки: нет»."""
    return len(text) <= _SHORT and all(word in NONE_OF_IT for word in words_of(text))


def _words(text: str) -> str:
    """The words; a cell that only says “nothing” is empty."""
    return text.strip() if plain(text) is not None else ""


def questions_in(table: RawTable, name: str) -> list[str]:
    """What the rows answer, masked; questions repeat, and each is masked once."""
    masked = cache(lambda text: mask(_words(text)))
    return [masked(text) for text in table.texts(name)]


def ratings_in(table: RawTable, column: RatingColumn | None, warnings: Warnings) -> list[Rating | None]:
    """The marks of a column; those outside the scale are said and left out."""
    if column is None:
        return [None] * table.size
    cells = table.coded(column.column)
    low, high = column.scale
    read: list[Rating | None] = []
    unread = 0
    counts = np.bincount(cells.codes[cells.codes >= 0], minlength=len(cells.values))
    for value, count in zip(cells.values, counts.tolist(), strict=True):
        mark = _mark(value, column.scale)
        unread += count if mark is None and plain(value) is not None else 0
        read.append(mark)
    if unread:
        warnings.say(
            f"В колонке «{column.column}» оценок вне шкалы {low:g}–{high:g}: {unread}. Они не посчитаны.",
            f"Marks outside {low:g}–{high:g} in column “{column.column}”: {unread}. They are not counted.",
        )
    return [read[code] if code >= 0 else None for code in cells.codes.tolist()]


def _mark(value: str, scale: tuple[float, float]) -> Rating | None:
    number = parse_number(value, ",") or parse_number(value)
    said = word_mark(value) if number is None and scale == SCALE else number
    return None if said is None or not scale[0] <= said <= scale[1] else Rating(value=float(said), scale=scale)


def marks_in(
    table: RawTable, columns: FeedbackColumns, ratings: Sequence[Rating | None], warnings: Warnings
) -> list[tuple[Mark, ...]] | None:
    """Every mark of a row with its kind and question."""
    given = [(columns.rating, ratings)] if columns.rating else []
    given += [(column, ratings_in(table, column, warnings)) for column in columns.marks]
    if not given:
        return None
    named = [
        [None if one is None else Mark(kind=column.measures, rating=one, question=mask(column.column)) for one in read]
        for column, read in given
    ]
    return [tuple(mark for mark in row if mark is not None) for row in zip(*named, strict=True)]


def voices_in(table: RawTable, spec: FeedbackSource, warnings: Warnings) -> list[Voice | None] | None:
    """Whose voice each row is; what people wrote under `roles` wins."""
    columns = spec.columns
    if isinstance(columns.role, FixedValue):
        return [_VOICE.get(role_of_label(columns.role.value))] * table.size
    if columns.role is None and not (columns.speaker and spec.roles):
        return None
    own = {name.casefold(): Role(role) for name, role in spec.roles.items()}
    labels = table.texts(columns.role) if columns.role else [""] * table.size
    names = table.texts(columns.speaker) if columns.speaker else labels
    read = cache(role_of_label)
    roles = [
        own.get(_AGAIN.sub("", name.strip()).casefold()) or own.get(label.strip().casefold()) or read(label)
        for name, label in zip(names, labels, strict=True)
    ]
    if unknown := sum(role is Role.UNKNOWN for role in roles):
        warnings.say(
            f"В «{spec.file}» не видно, чьи это реплики: {unknown}. Они не посчитаны; скажите, кто говорит, в `roles`.",
            f"Turns in “{spec.file}” of which nobody can tell whose they are: {unknown}. They are not counted; "
            "say who speaks under `roles`.",
        )
    return [_VOICE.get(role) for role in roles]
