"""What a text says, clause by clause: touchpoints, feelings, what it does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from tropa.domain.opinion import DECISION, Job, Opinion, Sentiment, Statement, StatementKind
from tropa.ports import TextModel
from tropa.texts.attributes import attributes_of
from tropa.texts.clauses import Span, clauses_of, sentences
from tropa.texts.jobs import job_in
from tropa.texts.kinds import kind_of, turned
from tropa.texts.lists import is_nothing, on_side, sides_of
from tropa.texts.replies import customers_words
from tropa.texts.shipped import shipped
from tropa.texts.taxonomy import Taxonomy, decided
from tropa.texts.words import Word, folded, is_russian, readings, words_of

_INHERITED = 0.9  # a subject taken over from the clause before is a little less sure
_FULL_NOUN = frozenset({"NOUN"})


class Corrections(Protocol):
    """What people's labels taught: changes what the model and the taxonomy say of clauses."""

    def correct(
        self, clauses: Sequence[str], touchpoints: Sequence[dict[str, float]], opinions: Sequence[Opinion]
    ) -> tuple[Sequence[dict[str, float]], Sequence[Opinion]]:
        """Touchpoints' probabilities and opinions of each clause, in the same order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceReader:
    """Everything that a text is read with."""

    model: TextModel
    taxonomy: Taxonomy
    learned: Corrections | None = None


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause on its way: where it stands, its sentence, its words."""

    text: int
    sentence: Span
    span: Span
    words: tuple[Word, ...]


def statements_of(texts: Sequence[str], reader: VoiceReader) -> list[tuple[Statement, ...]]:
    """The statements of each text, in its order; a clause that names no touchpoint and judges nothing is none.

    What the company replied in the same cell is not the customer's.
    """
    clauses = [one for number, text in enumerate(texts) for one in _clauses(number, customers_words(text))]
    said = [one.span.of(texts[one.text]) for one in clauses]
    opinions: Sequence[Opinion] = reader.model.opinions(said)
    topics = reader.model.topics(said)
    touchpoints: Sequence[dict[str, float]] = [
        reader.taxonomy.probabilities(one.words, topic) for one, topic in zip(clauses, topics, strict=True)
    ]
    if reader.learned is not None:
        touchpoints, opinions = reader.learned.correct(said, touchpoints, opinions)
    found: list[list[Statement]] = [[] for _ in texts]
    sides = _sides(texts, clauses)
    before: _Clause | None = None
    subject: tuple[tuple[str, float], ...] = ()
    for clause, likely, opinion, side in zip(clauses, touchpoints, opinions, sides, strict=True):
        same_sentence = before is not None and (before.text, before.sentence) == (clause.text, clause.sentence)
        own = decided(likely)
        if same_sentence and not _has_subject(clause.words):
            own = _with_subject(own, subject)
        statement = _statement(texts[clause.text], clause, own, opinion if side is None else on_side(opinion, side))
        if statement is not None:
            found[clause.text].append(statement)
        before, subject = clause, own or (subject if same_sentence else ())
    return [_jobs_once(one) for one in found]


def _clauses(number: int, text: str) -> list[_Clause]:
    words = tuple(words_of(text))
    made: list[_Clause] = []
    place = 0
    for sentence in sentences(text):
        for span in clauses_of(text, sentence):
            while place < len(words) and words[place].start < span.start:
                place += 1
            first = place
            while place < len(words) and words[place].start < span.end:
                place += 1
            made.append(_Clause(number, sentence, span, words[first:place]))
    return made


def _sides(texts: Sequence[str], clauses: Sequence[_Clause]) -> list[Sentiment | None]:
    """The side of a list on which each clause stands."""
    spans: dict[int, list[Span]] = {}
    for one in clauses:
        spans.setdefault(one.text, []).append(one.span)
    return [side for number, several in spans.items() for side in sides_of(texts[number], several)]


def _statement(
    text: str, clause: _Clause, touchpoints: tuple[tuple[str, float], ...], opinion: Opinion
) -> Statement | None:
    said = clause.span.of(text)
    if is_nothing(said):
        return None
    felt = turned(said, clause.words, opinion)
    job = job_in(text, clause.sentence)
    kind = kind_of(said, clause.words, felt, job=job)
    if not touchpoints and felt.sentiment is Sentiment.NEUTRAL and kind is StatementKind.FACT:
        return None
    return Statement(
        start=clause.span.start,
        end=clause.span.end,
        touchpoints=touchpoints,
        opinion=felt,
        kind=kind,
        attributes=attributes_of(clause.words),
        job=job if kind is StatementKind.JTBD else None,
    )


def _with_subject(
    own: tuple[tuple[str, float], ...], subject: tuple[tuple[str, float], ...]
) -> tuple[tuple[str, float], ...]:
    taken = dict(own)
    inherited = [(key, round(max(DECISION, value * _INHERITED), 4)) for key, value in subject if key not in taken]
    return tuple(sorted((*own, *inherited), key=lambda one: (-one[1], one[0])))


def _has_subject(words: Sequence[Word]) -> bool:
    """Whether the clause itself names a thing: a noun that is no time, sum or speaker."""
    return any(_is_subject(word.text) for word in words)


@cache
def _is_subject(word: str) -> bool:
    if not is_russian(word):
        return len(word) > 3 and word not in _english_no_subject()
    first = readings(word)[0]
    return first.part in _FULL_NOUN and first.lemma not in _no_subject()


def _jobs_once(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """A sentence's job is told once, by its first statement of that kind."""
    seen: set[Job] = set()
    kept: list[Statement] = []
    for one in statements:
        if one.job is not None and one.job in seen:
            one = replace(one, job=None)  # noqa: PLW2901
        elif one.job is not None:
            seen.add(one.job)
        kept.append(one)
    return tuple(kept)


@cache
def _no_subject() -> frozenset[str]:
    return frozenset(folded(word) for word in shipped("statements")["no_subject"])


@cache
def _english_no_subject() -> frozenset[str]:
    return frozenset(str(shipped("statements")["no_subject_en"]).split())
