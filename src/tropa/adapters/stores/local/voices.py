"""What customers said: texts are masked before anything else happens to them."""

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from tropa.adapters.stores.local.rawtable import NO_TIME, RawTable
from tropa.adapters.stores.local.rows import (
    Identities,
    SourceRows,
    Verdict,
    VoiceRows,
    Warnings,
    constant,
    impossible,
    judge,
    key_column,
    plain,
    recoded,
)
from tropa.adapters.stores.local.taking import updated_times
from tropa.domain.evidence import Rating
from tropa.domain.project import FeedbackColumns, FeedbackSource, FixedValue, RatingColumn
from tropa.errors import ConfigError
from tropa.events.log import Column, Times
from tropa.intake.data_lexicon import TEXT_PARTS
from tropa.intake.numbers import parse_number
from tropa.intake.roles import asks
from tropa.intake.words import fits_any, words_of
from tropa.texts.dialogue import Role, role_of_label
from tropa.texts.document import Mark, Voice
from tropa.texts.masking import mask

_NONE_OF_IT = frozenset(
    "нет нету не нашел не обнаружил не обнаружила не выявлено отсутствуют пока нет никаких ничего none no nothing nope".split()
)
_VOICE = {Role.CUSTOMER: Voice.CUSTOMER, Role.EMPLOYEE: Voice.EMPLOYEE, Role.UNKNOWN: Voice.UNKNOWN}


def take_voices(
    table: RawTable, spec: FeedbackSource, *, identities: Identities, warnings: Warnings, zone: str
) -> SourceRows:
    """A row is what a customer said, with the marks that they gave, or a turn of a conversation."""
    columns = spec.columns
    _check(columns)
    time = _times(table, spec, zone, warnings)
    content = _content(table, spec, time, identities=identities, warnings=warnings)
    verdict = np.zeros(table.size, dtype=np.int8)
    judge(verdict, _silent(content), Verdict.NO_TEXT)
    return SourceRows(
        spec=spec,
        files=table.files,
        header=frozenset(name.casefold() for name in table.columns),
        file=table.file_numbers(),
        row=table.row_numbers(),
        verdict=verdict,
        content=content,
        prints=table.fingerprints(),
        key=key_column(table, columns.key),
        updated=updated_times(table, zone) if columns.key else None,
        latest=time,
    )


def texts_and_questions(columns: FeedbackColumns) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that make one text, and those whose answers stand alone: a column with a question for a name is one."""
    named = (columns.text,) if isinstance(columns.text, str) else columns.text
    asking = tuple(name for name in named if asks(name))
    return tuple(name for name in named if name not in asking), (*asking, *columns.questions)


def _check(columns: FeedbackColumns) -> None:
    if not (columns.text or columns.questions or columns.rating or columns.marks):
        raise ConfigError("A source of feedback names no column of text.", "Name one under `text`.")


def _content(
    table: RawTable, spec: FeedbackSource, time: Times, *, identities: Identities, warnings: Warnings
) -> VoiceRows:
    columns = spec.columns
    joined, questions = texts_and_questions(columns)
    source: Column | None
    if isinstance(columns.source, FixedValue):
        source = constant(columns.source.value, table.size)
    else:
        source = None if columns.source is None else recoded(table.coded(columns.source), plain)
    key = key_column(table, columns.key)
    ratings = _ratings(table, columns.rating, warnings)
    nobody = np.full(table.size, -1, dtype=np.int32)
    return VoiceRows(
        who=nobody if columns.person is None else identities.numbered("person", table.coded(columns.person)),
        texts=_texts(table, joined),
        ratings=ratings,
        time=time,
        source=source,
        ids=None if key is None else [key.values[code] if code >= 0 else "" for code in key.codes.tolist()],
        answers=tuple((mask(" ".join(name.split())), _texts(table, (name,))) for name in questions),
        marks=_marks(table, columns, ratings, warnings),
        voices=_sides(table, spec, warnings),
        asked=None if columns.question is None else list(map(_masked(), table.texts(columns.question))),
        speakers=None if columns.speaker is None else _numbered(table.coded(columns.speaker)),
    )


def _silent(content: VoiceRows) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Rows that say nothing and mark nothing."""
    silent = [not text and rating is None for text, rating in zip(content.texts, content.ratings, strict=True)]
    for _, answers in content.answers:
        silent = [one and not answer for one, answer in zip(silent, answers, strict=True)]
    if content.marks is not None:
        silent = [one and not marks for one, marks in zip(silent, content.marks, strict=True)]
    return np.array(silent, dtype=bool)


def _texts(table: RawTable, names: Sequence[str]) -> list[str]:
    """The cells of these columns as one text a row; pros and cons beside others keep the column's name in front."""
    if not names:
        return [""] * table.size
    cells = [_cells(table, name, titled=len(names) > 1 and fits_any(words_of(name), TEXT_PARTS)) for name in names]
    return [mask("\n".join(filter(None, parts))) if any(parts) else "" for parts in zip(*cells, strict=True)]


def _cells(table: RawTable, name: str, *, titled: bool) -> list[str]:
    said = map(_said, table.texts(name))
    if not titled:
        return list(said)
    return [f"{name}: {text}" if text and not _is_nothing(text) else "" for text in said]


def _said(text: str) -> str:
    """The words; a cell that only says “nothing” is empty."""
    return text.strip() if plain(text) is not None else ""


def _is_nothing(text: str) -> bool:
    """«Недостатки: нет»."""
    words = words_of(text[:40])
    return len(text) <= 40 and all(word in _NONE_OF_IT for word in words)  # noqa: PLR2004  a word or three


def _masked() -> Callable[[str], str]:
    """Questions repeat: each is masked once."""
    return cache(lambda text: mask(_said(text)))


def _ratings(table: RawTable, column: RatingColumn | None, warnings: Warnings) -> list[Rating | None]:
    if column is None:
        return [None] * table.size
    cells = table.coded(column.column)
    low, high = column.scale
    read: list[Rating | None] = []
    unread = 0
    counts = np.bincount(cells.codes[cells.codes >= 0], minlength=len(cells.values))
    for value, count in zip(cells.values, counts.tolist(), strict=True):
        number = parse_number(value, ",") or parse_number(value)
        mark = None if number is None or not low <= number <= high else Rating(value=float(number), scale=column.scale)
        unread += count if mark is None and plain(value) is not None else 0
        read.append(mark)
    if unread:
        warnings.say(
            f"В колонке «{column.column}» оценок вне шкалы {low:g}–{high:g}: {unread}. Они не посчитаны.",
            f"Marks outside {low:g}–{high:g} in column “{column.column}”: {unread}. They are not counted.",
        )
    return [read[code] if code >= 0 else None for code in cells.codes.tolist()]


def _marks(
    table: RawTable, columns: FeedbackColumns, ratings: Sequence[Rating | None], warnings: Warnings
) -> list[tuple[Mark, ...]] | None:
    """Every mark of a row with its kind and question."""
    given = [(columns.rating, ratings)] if columns.rating else []
    given += [(column, _ratings(table, column, warnings)) for column in columns.marks]
    if not given:
        return None
    named = [
        [None if one is None else Mark(kind=column.measures, rating=one, question=mask(column.column)) for one in read]
        for column, read in given
    ]
    return [tuple(mark for mark in row if mark is not None) for row in zip(*named, strict=True)]


def _sides(table: RawTable, spec: FeedbackSource, warnings: Warnings) -> list[Voice | None] | None:
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
        own.get(name.strip().casefold()) or own.get(label.strip().casefold()) or read(label)
        for name, label in zip(names, labels, strict=True)
    ]
    if unknown := sum(role is Role.UNKNOWN for role in roles):
        warnings.say(
            f"В «{spec.file}» не видно, чьи это реплики: {unknown}. Они не посчитаны; скажите, кто говорит, в `roles`.",
            f"Turns in “{spec.file}” of which nobody can tell whose they are: {unknown}. They are not counted; "
            "say who speaks under `roles`.",
        )
    return [_VOICE.get(role) for role in roles]


def _numbered(column: Column) -> list[str]:
    """Speakers by numbers instead of names, in order of appearance."""
    numbers: dict[int, str] = {}
    return ["" if code < 0 else numbers.setdefault(code, str(len(numbers) + 1)) for code in column.codes.tolist()]


def _times(table: RawTable, spec: FeedbackSource, zone: str, warnings: Warnings) -> Times:
    if spec.columns.time is None:
        return np.full(table.size, NO_TIME, dtype=np.int64)
    moments = table.moments(spec.columns.time, zone)
    odd = impossible(moments.ms)
    if unread := int((moments.bad | odd).sum()):
        column = spec.columns.time.column
        warnings.say(
            f"В колонке «{column}» не прочитано времён: {unread}. Отзывы остаются, но без даты.",
            f"Times not read in column “{column}”: {unread}. The texts are kept, without a date.",
        )
    return np.where(odd, NO_TIME, moments.ms)
