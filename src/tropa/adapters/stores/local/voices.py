"""What customers said: texts are masked before anything else happens to them."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from tropa.adapters.stores.local.keys import PseudonymKey, written
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
from tropa.domain.project import FeedbackSource, FixedValue, RatingColumn
from tropa.errors import ConfigError
from tropa.events.log import Codes, Column, Times
from tropa.intake.numbers import parse_number
from tropa.texts.document import Feedback
from tropa.texts.language import language_of
from tropa.texts.masking import mask

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def take_voices(
    table: RawTable, spec: FeedbackSource, *, identities: Identities, warnings: Warnings, zone: str
) -> SourceRows:
    """A row is what a customer said, or the mark that they gave."""
    columns = spec.columns
    verdict = np.zeros(table.size, dtype=np.int8)
    texts = _texts(table, (columns.text,) if isinstance(columns.text, str) else columns.text)
    ratings = _ratings(table, columns.rating, warnings)
    silent = [not text and rating is None for text, rating in zip(texts, ratings, strict=True)]
    judge(verdict, np.array(silent, dtype=bool), Verdict.NO_TEXT)
    key = key_column(table, columns.key)
    nobody = np.full(table.size, -1, dtype=np.int32)
    source: Column | None
    if isinstance(columns.source, FixedValue):
        source = constant(columns.source.value, table.size)
    else:
        source = None if columns.source is None else recoded(table.coded(columns.source), plain)
    time = _times(table, spec, zone, warnings)
    return SourceRows(
        spec=spec,
        files=table.files,
        header=frozenset(name.casefold() for name in table.columns),
        file=table.file_numbers(),
        row=table.row_numbers(),
        verdict=verdict,
        content=VoiceRows(
            who=nobody if columns.person is None else identities.of(table, "person", columns.person),
            texts=texts,
            ratings=ratings,
            time=time,
            source=source,
            ids=None if key is None else [key.values[code] if code >= 0 else "" for code in key.codes.tolist()],
        ),
        prints=table.fingerprints(),
        key=key,
        updated=updated_times(table, zone) if columns.key else None,
        latest=time,
    )


def _texts(table: RawTable, names: Sequence[str]) -> list[str]:
    if not names:
        raise ConfigError("A source of feedback names no column of text.", "Name one under `text`.")
    cells = [[_said(text) for text in table.texts(name)] for name in names]
    return [mask("\n".join(filter(None, parts))) if any(parts) else "" for parts in zip(*cells, strict=True)]


def _said(text: str) -> str:
    """The words; a cell that only says “nothing” is empty."""
    return text.strip() if plain(text) is not None else ""


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


@dataclass(frozen=True, slots=True)
class Speakers:
    """How a person who speaks becomes a pseudonym and, where their path is known, a unit of the log.

    `names` and `units` are told by the number that Identities gave; a unit is −1 where there is no path.
    """

    names: Callable[[int], tuple[str, str]]
    units: Codes
    key: PseudonymKey

    def of(self, number: int) -> tuple[str | None, int | None]:
        """Pseudonym and unit."""
        if number < 0:
            return None, None
        unit = int(self.units[number]) if number < len(self.units) else -1
        return written(self.key.pseudonym(*self.names(number))), unit if unit >= 0 else None


def feedback_of(sources: Sequence[SourceRows], speakers: Speakers) -> tuple[Feedback, ...]:
    """All accepted voices in the order of their sources, each with an id of its own."""
    found = [one for source in sources for one in _voices(source, speakers)]
    times: Counter[str] = Counter()
    unique: list[Feedback] = []
    for one in found:
        times[one.id] += 1
        unique.append(one if times[one.id] == 1 else replace(one, id=f"{one.id}-{times[one.id]}"))
    return tuple(unique)


def _voices(source: SourceRows, speakers: Speakers) -> Iterator[Feedback]:
    content = source.content
    if not isinstance(content, VoiceRows):
        return
    for row in np.flatnonzero(source.accepted).tolist():
        text, moment = content.texts[row], int(content.time[row])
        person, unit = speakers.of(int(content.who[row]))
        code = -1 if content.source is None else int(content.source.codes[row])
        said_in = None if content.source is None or code < 0 else content.source.values[code]
        own = content.ids[row] if content.ids else ""
        yield Feedback(
            id=mask(own) if own else _print(text, content.ratings[row], moment, said_in),
            text=text,
            person=person,
            unit=unit,
            rating=content.ratings[row],
            source=said_in,
            written_at=None if moment == NO_TIME else _EPOCH + timedelta(milliseconds=moment),
            language=language_of(text),
            file=source.files[int(source.file[row])].file,
        )


def _print(text: str, rating: Rating | None, moment: int, source: str | None) -> str:
    """An id that stays the same when the same review comes in a new export."""
    parts = (text, "" if rating is None else f"{rating.value:g}", str(moment), source or "")
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
