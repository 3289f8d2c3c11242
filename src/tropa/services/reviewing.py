"""From what customers said to lines of voice: read in batches, in the order of the input."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from tropa.domain.evidence import Rating
from tropa.domain.opinion import DECISION, EMOTIONS, Opinion, Statement, StatementKind
from tropa.domain.voice import Copy, VoiceLine
from tropa.ports import StatementReader
from tropa.texts.copies import Copies
from tropa.texts.document import Feedback, Voice
from tropa.texts.mentions import value_of
from tropa.texts.noise import noise_of

BATCH = 256
_BY_TEXT = 0.5  # how much the whole text weighs beside its statements
_BY_RATING = 0.5  # how much the mark weighs beside the words
_NO_KINDS: Mapping[StatementKind, float] = {}
_MIDDLE = 0.5  # a mark this near to the middle of −2…+2 says nothing


def read_voice(
    feedback: Iterable[Feedback], reader: StatementReader, copies: Copies | None = None
) -> Iterator[VoiceLine]:
    """A line for every row, duplicates and empty ones too; what a line says does not depend on the other rows.

    Only `duplicate_of` does: it names the first row with the same words. `copies` remembers texts of earlier calls.
    """
    seen = Copies() if copies is None else copies
    rows = iter(feedback)
    while batch := list(islice(rows, BATCH)):
        yield from _lines(batch, reader, seen)


def _lines(batch: Sequence[Feedback], reader: StatementReader, copies: Copies) -> Iterator[VoiceLine]:
    noises = [noise_of(one.text) for one in batch]
    texts = list(dict.fromkeys(one.text for one, noise in zip(batch, noises, strict=True) if noise is None))
    readings = dict(zip(texts, reader.read(texts), strict=True))
    for one, noise in zip(batch, noises, strict=True):
        copied = copies.take(one.id, one.text) if noise is None else None
        reading = readings[one.text] if noise is None else None
        yield VoiceLine(
            id=one.id,
            text=one.text,
            language=one.language,
            rating=one.rating,
            written_at=one.written_at,
            source=one.source,
            person=one.person,
            question=one.question,
            answers=one.answers,
            marks=one.marks,
            reported=one.voice is not Voice.CUSTOMER,
            duplicate_of=None if copied is None else copied[0],
            copy=None if copied is None else Copy(copied[1]),
            noise=noise,
            opinion=None if reading is None else whole_opinion(reading.opinion, reading.statements, one.rating),
            statements=() if reading is None else reading.statements,
            model=reader.name if reading is None else reading.model,
            version=reader.version if reading is None else reading.version,
        )


def with_row(line: VoiceLine, row: Feedback) -> VoiceLine:
    """A line that was written down, with what its row holds beside the words; what reports never ask for is left out.

    Of the emotions those that are heard stay; attributes, jobs and probabilities of kinds go: a hundred thousand lines
    are held at once.
    """
    return replace(
        line,
        opinion=None if line.opinion is None else _heard(line.opinion),
        statements=tuple(replace(one, opinion=_heard(one.opinion), attributes=(), job=None) for one in line.statements),
        rating=row.rating,
        written_at=row.written_at,
        source=row.source,
        person=row.person,
        question=row.question,
        answers=row.answers,
        marks=row.marks,
    )


def _heard(opinion: Opinion) -> Opinion:
    names = tuple(name for name, share in opinion.emotions.items() if share >= DECISION)
    return replace(opinion, emotions=_sure(names), kinds=_NO_KINDS)


@cache
def _sure(emotions: tuple[str, ...]) -> Mapping[str, float]:
    """Emotions that are heard, shared by all who sound so."""
    return dict.fromkeys(emotions, 1.0)


def whole_opinion(whole: Opinion, statements: Sequence[Statement], rating: Rating | None) -> Opinion:
    """How the author feels: half what the model reads in the whole text, half the mean of its statements.

    Where there is a mark on a scale, it weighs as much as the words: half of the probability goes to its side, and
    `value` is the mean of both. Emotions are the strongest of text and statements.
    """
    negative, neutral, positive = whole.probabilities
    value = whole.value
    if statements:
        shares = [one.opinion.probabilities for one in statements]
        means = [sum(one[i] for one in shares) / len(shares) for i in range(3)]
        said = sum(one.opinion.value for one in statements) / len(statements)
        negative, neutral, positive = (
            _BY_TEXT * a + (1 - _BY_TEXT) * b for a, b in zip(whole.probabilities, means, strict=True)
        )
        value = _BY_TEXT * whole.value + (1 - _BY_TEXT) * said
    if (mark := value_of(rating)) is not None:
        side = 0 if mark < -_MIDDLE else 2 if mark > _MIDDLE else 1
        negative, neutral, positive = (
            (1 - _BY_RATING) * share + (_BY_RATING if i == side else 0.0)
            for i, share in enumerate((negative, neutral, positive))
        )
        value = (1 - _BY_RATING) * value + _BY_RATING * mark
    names = sorted({*EMOTIONS, *whole.emotions})
    emotions = {
        name: max([whole.emotions.get(name, 0.0), *(one.opinion.emotions.get(name, 0.0) for one in statements)])
        for name in names
    }
    return Opinion(probabilities=(negative, neutral, positive), value=value, emotions=emotions, kinds=whole.kinds)
