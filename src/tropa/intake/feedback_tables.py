"""Tables of what customers said: reviews, answers to a survey, messages."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tropa.domain.project import FeedbackColumns, FeedbackSource, FixedValue, MarkKind, RatingColumn, TimeColumn
from tropa.intake import data_lexicon as lexicon
from tropa.intake import data_voices as voices
from tropa.intake import roles
from tropa.intake.columns import ReadColumn
from tropa.intake.properties import find_properties
from tropa.intake.reading import Draft, TableReading, name_of, time_column
from tropa.intake.shapes import is_asked_mark
from tropa.intake.table import Written
from tropa.intake.words import fit, fits_any, words_of

_COMPANY = FixedValue(value="employee")
_MOST_SIDES = 12
_RATED = re.compile(r"rating\b")
_SCALE = re.compile(
    r"(?:\(|от\s|from\s|scale\s|шкал\w*\s)\s*(\d{1,2})\s*(?:-|–|—|…|\.\.|до|to)\s*(\d{1,3})", re.IGNORECASE
)


def read_feedback(reading: TableReading) -> Draft | None:
    """The table as feedback; None where nothing was said in words and nothing was marked."""
    if reading.table.format.kind in set(Written):
        return read_written(reading)
    texts = _texts(reading.columns)
    marks = _marks(reading, texts)
    if not (texts or marks):
        return None
    taken = [*texts, *(mark.column for mark in marks)]
    columns = [one for one in reading.columns if not one.says(lexicon.REPLY)]
    moment = roles.best(columns, roles.time, least=0.3)
    role = _role(reading, taken)
    taken += [role] if role else []
    person = _person(reading, taken)
    key = roles.best(reading.columns, roles.key, least=0.55, without=[*taken, *([person] if person else [])])
    source = roles.best(reading.columns, roles.feedback_source, least=0.5, without=taken)
    consent = name_of(roles.best(reading.columns, roles.consent, without=taken))
    taken += [one for one in (name_of(moment), person, name_of(key), name_of(source), consent) if one]
    platform = _platform(reading)
    found = FeedbackColumns(
        text=texts[0] if len(texts) == 1 else tuple(texts),
        rating=marks[0] if marks else None,
        marks=tuple(marks[1:]),
        role=role or _observed(reading),
        time=time_column(reading, moment) if moment else None,
        person=person,
        key=name_of(key),
        source=name_of(source) or (FixedValue(value=platform) if platform else None),
        consent=consent,
        properties=find_properties(columns, taken=taken),
    )
    table = reading.table
    spec = FeedbackSource(file=table.file, sheet=table.sheet, format=reading.format, columns=found)
    return Draft(source=spec, noun="feedback", confidence=0.95 if marks else 0.75)


def read_written(reading: TableReading) -> Draft:
    """A conversation, pasted reviews, notes or prose: their columns have fixed names."""
    table = reading.table
    dated = any(column.name == "time" and column.time is not None for column in reading.columns)
    marks = [
        RatingColumn(column=column.name, scale=scale_of(column))
        for column in reading.columns
        if column.values and _RATED.match(column.name)
    ]
    is_talk = table.format.kind == Written.DIALOGUE
    columns = FeedbackColumns(
        text="text",
        rating=marks[0] if marks else None,
        marks=tuple(marks[1:]),
        role=("role" if is_talk else None) or (_COMPANY if table.format.kind == Written.NOTES else None),
        speaker="speaker" if is_talk else None,
        question="question" if is_talk else None,
        time=TimeColumn(column="time") if dated else None,
    )
    spec = FeedbackSource(file=table.file, sheet=table.sheet, format=reading.format, columns=columns)
    return Draft(source=spec, noun="turn" if is_talk else "feedback", confidence=0.9)


def kind_of(column: ReadColumn) -> MarkKind:
    """What a mark measures, by its question."""
    if column.says(lexicon.NPS):
        return MarkKind.NPS
    asked = roles.is_question(column)
    if column.says(("ces",)) or (asked and column.says(lexicon.CES)):
        return MarkKind.CES
    return MarkKind.CSAT if column.says(voices.LIKED) or (asked and column.says(lexicon.CSAT)) else MarkKind.STARS


def read_as_feedback(reading: TableReading) -> Draft | None:
    """The table as feedback because a person says that it is: without a column of texts, the wordiest one."""
    draft = read_feedback(reading)
    if draft is not None:
        return draft
    wordy = max(reading.columns, key=_words, default=None)
    if wordy is None or not _words(wordy):
        return None
    key = roles.best(reading.columns, roles.key, least=0.55, without=[wordy.name])
    table = reading.table
    columns = FeedbackColumns(text=wordy.name, key=name_of(key))
    spec = FeedbackSource(file=table.file, sheet=table.sheet, format=reading.format, columns=columns)
    return Draft(source=spec, noun="feedback", confidence=0.5)


def _words(column: ReadColumn) -> float:
    """Words a cell, on the average."""
    return sum(len(words_of(value)) for value in column.values) / max(1, len(column.values))


def scale_of(column: ReadColumn) -> tuple[float, float]:
    """The scale of a mark: as the question states it, NPS 0–10, else the smallest usual scale that holds the values."""
    written = _SCALE.search(column.name)
    if written and int(written[1]) < int(written[2]):
        return float(written[1]), float(written[2])
    values = roles.rating_values(column) or [5.0]
    if column.says(lexicon.NPS) and max(values) <= 10:
        return 0.0, 10.0
    if column.says(lexicon.CES) and 5 < max(values) <= 7 and min(values) >= 1:
        return 1.0, 7.0
    if max(values) <= 5:
        return (1.0, 5.0) if min(values) >= 1 else (0.0, 5.0)
    if max(values) <= 10:
        return (1.0, 10.0) if min(values) >= 1 and not column.says(lexicon.CSAT) else (0.0, 10.0)
    return 0.0, 100.0


def _texts(columns: Sequence[ReadColumn]) -> list[str]:
    scored = [(roles.text(column), column) for column in columns]
    good = [(score, column) for score, column in scored if score >= 0.5]
    if not good:
        return []
    body = [column for score, column in good if fit(column.words, lexicon.TEXT_TITLE) < 0.9] or [good[0][1]]
    parts = [one for one in body if one.says(lexicon.TEXT_PARTS) or roles.is_question(one)]
    best = max(body, key=lambda column: (roles.text(column), sum(map(len, column.values))))
    subjects = [column for score, column in good if fit(column.words, voices.SUBJECT) >= 0.9]
    return [one.name for one in columns if one is best or one in (*parts, *subjects)]


def _marks(reading: TableReading, texts: Sequence[str]) -> list[RatingColumn]:
    """The mark that goes with the words first, then the other marks that a survey asked for."""
    columns = [one for one in reading.columns if not one.says(lexicon.REPLY)]
    good = [pair for pair in roles.ranked(columns, roles.rating, without=texts) if pair[0] >= 0.5]
    if not good:
        return []
    main = max(good, key=lambda pair: (round(pair[0], 1), pair[1].says(lexicon.NPS), pair[1].filled))[1]
    if not texts and not is_asked_mark(main):
        return []
    others = [one for one in columns if one.name not in {main.name, *texts} and is_asked_mark(one)]
    return [_mark(one) for one in (main, *others)]


def _mark(column: ReadColumn) -> RatingColumn:
    plain = RatingColumn(column=column.name, scale=scale_of(column))
    kind = kind_of(column)
    return plain if plain.measures is kind else replace(plain, kind=kind)


def _role(reading: TableReading, taken: Sequence[str]) -> str | None:
    """The column that says who speaks: its values are sides of a conversation, customers among them."""
    for column in reading.columns:
        values = [words_of(value) for value in column.values]
        if column.name in taken or not values or not column.says(voices.ROLE) or column.distinct > _MOST_SIDES:
            continue
        customers = sum(fits_any(words, voices.CUSTOMERS) for words in values)
        others = sum(fits_any(words, voices.OTHERS_WHO_SPEAK) for words in values)
        if customers and customers + others >= 0.8 * len(values):
            return column.name
    return None


def _observed(reading: TableReading) -> FixedValue | None:
    """Mystery shopping and observations: the company's own people write."""
    names = words_of(f"{reading.table.file} {reading.table.sheet or ''}")
    return _COMPANY if fits_any(names, voices.OBSERVATION_FILES) else None


def _person(reading: TableReading, taken: Sequence[str]) -> str | None:
    """Ids, phones and e-mails join a voice to a path; a nickname on a review site does not."""
    if reading.linked_person is not None and reading.linked_person not in taken:
        return reading.linked_person
    found = roles.best(reading.columns, _who, least=0.6, without=taken)
    if found is None or (found.says(lexicon.PERSON_NAME) and not found.says(lexicon.PERSON_NAMED)):
        return None
    return found.name


def _who(column: ReadColumn) -> float:
    """As elsewhere, but many empty cells do no harm: who is unknown has a voice all the same."""
    return roles.person(column) / (0.35 + 0.65 * column.filled)


def _platform(reading: TableReading) -> str | None:
    links = " ".join(value for one in reading.columns if one.kind == "url" for value in one.values[:20]).lower()
    names = words_of(f"{reading.table.file} {' '.join(reading.table.columns)}")
    for platform, signs in lexicon.PLATFORMS.items():
        if any(sign in links for sign in signs if "." in sign) or fits_any(
            names, tuple(one for one in signs if "." not in one)
        ):
            return platform
    return None
