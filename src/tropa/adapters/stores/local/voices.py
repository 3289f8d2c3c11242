"""What customers said: texts are masked before anything else happens to them."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

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
from tropa.adapters.stores.local.saying import (
    marks_in,
    questions_in,
    ratings_in,
    texts_and_questions,
    texts_in,
    voices_in,
)
from tropa.adapters.stores.local.taking import updated_times
from tropa.domain.evidence import Rating
from tropa.domain.project import FeedbackColumns, FeedbackSource, FixedValue
from tropa.errors import ConfigError
from tropa.events.log import Codes, Column, Times
from tropa.intake.data_voices import ONE_SIDED
from tropa.intake.words import fits_any, words_of
from tropa.texts.document import Feedback, Voice
from tropa.texts.language import language_of
from tropa.texts.masking import mask

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
    ratings = ratings_in(table, columns.rating, warnings)
    nobody = np.full(table.size, -1, dtype=np.int32)
    return VoiceRows(
        who=nobody if columns.person is None else identities.of(table, "person", columns.person),
        texts=texts_in(table, joined),
        ratings=ratings,
        time=time,
        source=source,
        ids=None if key is None else [key.values[code] if code >= 0 else "" for code in key.codes.tolist()],
        answers=tuple((mask(" ".join(name.split())), texts_in(table, (name,))) for name in questions),
        marks=marks_in(table, columns, ratings, warnings),
        voices=voices_in(table, spec, warnings),
        asked=None if columns.question is None else questions_in(table, columns.question),
        speakers=None if columns.speaker is None else identities.of(table, "speaker", columns.speaker),
    )


def _silent(content: VoiceRows) -> NDArray[np.bool_]:
    """Rows that say nothing and mark nothing."""
    silent = [not text and rating is None for text, rating in zip(content.texts, content.ratings, strict=True)]
    for _, answers in content.answers:
        silent = [one and not answer for one, answer in zip(silent, answers, strict=True)]
    if content.marks is not None:
        silent = [one and not marks for one, marks in zip(silent, content.marks, strict=True)]
    return np.array(silent, dtype=bool)


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

    `names`, `units` and `classes` (of the buying centre) are told by the number that Identities gave; a unit is −1
    where there is no path.
    """

    names: Callable[[int], tuple[str, str]]
    units: Codes
    key: PseudonymKey
    classes: Column = field(default_factory=lambda: Column(np.zeros(0, dtype=np.int32), ()))

    def of(self, number: int) -> tuple[str | None, int | None]:
        """Pseudonym and unit."""
        if number < 0:
            return None, None
        unit = int(self.units[number]) if number < len(self.units) else -1
        return written(self.key.pseudonym(*self.names(number))), unit if unit >= 0 else None

    def class_of(self, number: int) -> str | None:
        """The class of the buying centre that a list of contacts tells."""
        code = int(self.classes.codes[number]) if 0 <= number < len(self.classes.codes) else -1
        return self.classes.values[code] if code >= 0 else None


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
        voice = content.voices[row] if content.voices else Voice.CUSTOMER
        if voice is not None:
            yield from _said_in_row(source, content, row, voice=voice, speakers=speakers)


def _said_in_row(
    source: SourceRows, content: VoiceRows, row: int, *, voice: Voice, speakers: Speakers
) -> Iterator[Feedback]:
    """The row's text and its answers to open questions; the marks stand beside the first of them."""
    moment = int(content.time[row])
    person, unit = speakers.of(int(content.who[row]))
    code = -1 if content.source is None else int(content.source.codes[row])
    said_in = None if content.source is None or code < 0 else content.source.values[code]
    own = mask(content.ids[row]) if content.ids and content.ids[row] else ""
    file = source.files[int(source.file[row])].file
    texts = _texts_of(content, row)
    for place, (question, text) in enumerate(texts):
        rating = content.ratings[row] if len(texts) == 1 or not _is_one_sided(question) else None
        yield Feedback(
            id=own or _print(text, rating, moment, said_in, question),
            text=text,
            person=person,
            unit=unit,
            buyer=speakers.class_of(int(content.who[row])),
            rating=rating,
            source=said_in,
            written_at=None if moment == NO_TIME else _EPOCH + timedelta(milliseconds=moment),
            language=language_of(text),
            voice=voice,
            file=file,
            question=question or None,
            answers=_sheet(source, content, row, several=len(texts) > 1),
            marks=content.marks[row] if content.marks and not place else (),
        )


def _texts_of(content: VoiceRows, row: int) -> list[tuple[str, str]]:
    """The row's question and text, then each open question and what was answered; one empty text where all are."""
    asked = content.asked[row] if content.asked else ""
    texts = [(asked, content.texts[row]), *((question, texts[row]) for question, texts in content.answers)]
    return [one for one in texts if one[1]] or texts[:1]


def _is_one_sided(question: str) -> bool:
    """A question for what is good or what is bad: the mark tells nothing of its answer."""
    return bool(question) and fits_any(words_of(question), ONE_SIDED)


def _sheet(source: SourceRows, content: VoiceRows, row: int, *, several: bool) -> str | None:
    """What joins the texts of one person without a name: the speaker in a conversation, else the row."""
    file = int(source.file[row])
    if content.speakers is not None and content.speakers[row] >= 0:
        return f"{source.files[file].file}#{content.speakers[row]}"
    return f"{source.files[file].file}#{int(source.row[row])}" if several else None


def _print(text: str, rating: Rating | None, moment: int, source: str | None, question: str) -> str:
    """An id that stays the same when the same review comes in a new export."""
    parts = [text, "" if rating is None else f"{rating.value:g}", str(moment), source or ""]
    parts += [question] if question else []
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
