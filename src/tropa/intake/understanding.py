"""From the tables of a folder to a project: what each column means, and the few things worth asking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tropa.domain.project import (
    ChangeSource,
    CostSource,
    FeedbackSource,
    Project,
    QuerySource,
    SourceSpec,
)
from tropa.domain.text import Language, Text
from tropa.intake.columns import read_columns
from tropa.intake.company import language_of, project_of
from tropa.intake.contact_tables import read_contacts
from tropa.intake.directories import code_books
from tropa.intake.entity_tables import read_entities
from tropa.intake.event_tables import event_column, read_events
from tropa.intake.feedback_tables import read_as_feedback, read_feedback
from tropa.intake.ledger_tables import read_changes, read_costs, read_queries
from tropa.intake.people import linked_people
from tropa.intake.questions import Choice, Decision, Questions
from tropa.intake.reading import Draft, TableReading
from tropa.intake.said import example_rows, say_source
from tropa.intake.shapes import Shape, ShapeGuess, guess_shapes, why_nothing
from tropa.intake.table import FoundTable

CLOSE = 0.15
"""Two shapes nearer than this are asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderstoodTable:
    """A table with what it was taken for: a source with its example rows, or the reason why it is not used."""

    table: FoundTable
    source: SourceSpec | None
    said: Text
    examples: tuple[Text, ...] = ()
    skipped: Text | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """All tables understood, the decisions a person may change, and the project with every guess taken."""

    tables: tuple[UnderstoodTable, ...]
    decisions: tuple[Decision, ...]
    project: Project
    answers: Mapping[str, str]
    asked_language: Language | None


def understand(
    tables: Sequence[FoundTable],
    *,
    project_key: str,
    language: Language | None = None,
    answers: Mapping[str, str] | None = None,
) -> Understanding:
    """What the tables mean; `answers` (decision → choice) replace guesses."""
    spoken = language or language_of(tables)
    questions = Questions(answers or {})
    readings = [
        TableReading(
            id=_id(table, tables),
            table=_rectangular(table),
            columns=read_columns(table),
            language=spoken,
            questions=questions,
        )
        for table in tables
    ]
    linked = linked_people(readings)
    books = code_books(readings)
    readings = [replace(reading, linked_person=linked.get(reading.id), books=books) for reading in readings]
    drafts: list[tuple[TableReading, Draft | None]] = []
    for reading in readings:
        shape = _shape(reading)
        drafts.append((reading, _read(reading, shape)))
    drafts = _without_lonely_marks(drafts)
    project = project_of(drafts, key=project_key, language=spoken, questions=questions)
    return Understanding(
        tables=tuple(_understood(reading, draft) for reading, draft in drafts),
        decisions=questions.most_consequential(),
        project=project,
        answers=dict(answers or {}),
        asked_language=language,
    )


def voices_in(tables: Sequence[FoundTable], *, language: Language | None = None) -> tuple[FeedbackSource, ...]:
    """The tables of one file that a person says holds voices: those that look so, else every one with words."""
    understood = understand(tables, project_key="voices", language=language)
    found = tuple(one for one in understood.project.sources if isinstance(one, FeedbackSource))
    if found:
        return found
    questions = Questions({})
    readings = [
        TableReading(
            id=_id(table, tables),
            table=_rectangular(table),
            columns=read_columns(table),
            language=language or Language.RU,
            questions=questions,
        )
        for table in tables
        if table.sample
    ]
    drafts = [read_as_feedback(reading) for reading in readings]
    return tuple(one.source for one in drafts if one is not None and isinstance(one.source, FeedbackSource))


def decided(understanding: Understanding, answers: Mapping[str, str]) -> Understanding:
    """The same tables, understood with a person's answers (decision key → choice key)."""
    return understand(
        tuple(one.table for one in understanding.tables),
        project_key=understanding.project.project,
        language=understanding.asked_language,
        answers={**understanding.answers, **answers},
    )


def _without_lonely_marks(drafts: list[tuple[TableReading, Draft | None]]) -> list[tuple[TableReading, Draft | None]]:
    """Marks without words, costs, queries and changes belong to a map that is there, and make none."""
    if any(draft is not None and not _is_wordless(draft) for _, draft in drafts):
        return drafts
    return [(reading, None) for reading, _ in drafts]


def _is_wordless(draft: Draft) -> bool:
    match draft.source:
        case FeedbackSource(columns=columns):
            return not columns.text
        case CostSource() | QuerySource() | ChangeSource():
            return True
        case _:
            return False


def _id(table: FoundTable, tables: Sequence[FoundTable]) -> str:
    same_file = [one for one in tables if one.file == table.file]
    return f"{table.file}:{table.sheet}" if table.sheet and len(same_file) > 1 else table.file


def _rectangular(table: FoundTable) -> FoundTable:
    """Every row of the sample as wide as the header."""
    width = len(table.columns)
    return replace(table, sample=tuple((*row, *("",) * (width - len(row)))[:width] for row in table.sample))


def _shape(reading: TableReading) -> Shape:
    if not reading.table.sample:
        return Shape.NOTHING
    guesses = guess_shapes(reading)
    if len(guesses) == 1 or guesses[0].score - guesses[1].score >= CLOSE:
        return guesses[0].shape
    return Shape(reading.questions.ask(_what_is(reading, guesses), weight=1.0))


def _what_is(reading: TableReading, guesses: Sequence[ShapeGuess]) -> Decision:
    choices = {
        Shape.EVENTS: Text(ru="события: строка — одно действие", en="events: a row is one action"),
        Shape.ENTITIES: Text(ru="заказы, сделки или обращения с датами", en="orders, deals or tickets with dates"),
        Shape.FEEDBACK: Text(ru="отзывы или ответы клиентов", en="reviews or answers of customers"),
        Shape.NOTHING: Text(ru="не использовать", en="leave it out"),
    }
    likely = [guess.shape for guess in guesses[:2]]
    return Decision(
        key=f"kind:{reading.id}",
        question=Text(ru=f"Что в таблице «{reading.id}»?", en=f"What does the table “{reading.id}” hold?"),
        choices=tuple(Choice(key=shape.value, text=choices[shape]) for shape in (*likely, Shape.NOTHING)),
        default=likely[0].value,
        why=Text(ru="Колонки подходят и к тому, и к другому.", en="Its columns fit both."),
    )


def _read(reading: TableReading, shape: Shape) -> Draft | None:
    match shape:
        case Shape.EVENTS:
            return read_events(reading, event_column(reading)) or read_entities(reading)
        case Shape.ENTITIES:
            return read_entities(reading) or read_events(reading, event_column(reading))
        case Shape.FEEDBACK:
            return read_feedback(reading)
        case Shape.CONTACTS:
            return read_contacts(reading)
        case Shape.COSTS:
            return read_costs(reading)
        case Shape.QUERIES:
            return read_queries(reading)
        case Shape.CHANGES:
            return read_changes(reading)
        case Shape.NOTHING:
            return None


def _understood(reading: TableReading, draft: Draft | None) -> UnderstoodTable:
    if draft is not None:
        return UnderstoodTable(
            table=reading.table,
            source=draft.source,
            said=say_source(draft),
            examples=example_rows(reading, draft),
            confidence=draft.confidence,
        )
    why = why_nothing(reading)
    said = Text(ru=f"Не использую: {why.ru}.", en=f"Not used: {why.en}.")
    return UnderstoodTable(table=reading.table, source=None, said=said, skipped=why)
