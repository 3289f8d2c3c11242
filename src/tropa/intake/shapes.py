"""Which kind of table it is: events, entities, feedback, dated changes of the company, or nothing for a path."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tropa.domain.text import Text
from tropa.intake import data_lexicon as lexicon
from tropa.intake import data_voices as voices
from tropa.intake import roles
from tropa.intake.columns import ReadColumn, ValueKind
from tropa.intake.contact_tables import contact_person
from tropa.intake.entity_tables import entity_key, event_dates
from tropa.intake.event_tables import EVENT_NOUNS, event_column
from tropa.intake.ledger_tables import is_changes, is_costs, is_queries
from tropa.intake.nouns import noun_of, verb_of
from tropa.intake.reading import TableReading
from tropa.intake.table import Written
from tropa.intake.words import fits_any, words_of


class Shape(StrEnum):
    """What one row of a table is."""

    EVENTS = "events"
    ENTITIES = "entities"
    FEEDBACK = "feedback"
    CHANGES = "changes"
    CONTACTS = "contacts"
    COSTS = "costs"
    QUERIES = "queries"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeGuess:
    """A shape and how well the table fits it, 0–1."""

    shape: Shape
    score: float


HEARD = frozenset({Written.DIALOGUE, Written.REVIEWS, Written.NOTES})
"""Texts without columns in which it is seen whose words they are."""
_EVENT_WORDS = {"event", "событие", "события", "activity", "action", "действие", "действия", "concept"}
_FEEDBACK_FILES = (
    "отзыв*",
    "review*",
    "feedback*",
    "nps*",
    "csat*",
    "survey*",
    "опрос*",
    "анкет*",
    "answers",
    "ответы",
    "оценки",
    "rating*",
    "комментари*",
)
_CONTACT_FILES = ("contact*", "контакт*", "клиент*", "client*", "customer*", "покупател*")
_SIGNED_UP = ("регистр*", "registr*", "sign*", "joined*", "подпис*")


def guess_shapes(reading: TableReading) -> tuple[ShapeGuess, ...]:
    """The shapes that the table could have, the likeliest first."""
    columns = reading.columns
    if reading.table.format.kind in HEARD:
        return (ShapeGuess(shape=Shape.FEEDBACK, score=1.0),)
    if is_running_text(reading):
        return (ShapeGuess(shape=Shape.NOTHING, score=1.0),)
    if (beside := _beside_the_path(reading)) is not None:
        return (ShapeGuess(shape=beside, score=0.9),)
    if lists_contacts(reading):
        return (ShapeGuess(shape=Shape.CONTACTS, score=0.9),)
    if lists_customers(reading):
        return (ShapeGuess(shape=Shape.NOTHING, score=0.9),)
    guesses = (
        ShapeGuess(shape=Shape.FEEDBACK, score=_feedback(reading)),
        ShapeGuess(shape=Shape.EVENTS, score=_events(reading)),
        ShapeGuess(shape=Shape.ENTITIES, score=_entities(reading, columns)),
    )
    likely = sorted((guess for guess in guesses if guess.score >= 0.4), key=lambda guess: -guess.score)
    return tuple(likely) or (ShapeGuess(shape=Shape.NOTHING, score=1.0),)


def _beside_the_path(reading: TableReading) -> Shape | None:
    """What no customer did: money spent, words searched for, changes made."""
    if is_queries(reading):
        return Shape.QUERIES
    if is_costs(reading):
        return Shape.COSTS
    return Shape.CHANGES if is_changes(reading) else None


def lists_customers(reading: TableReading) -> bool:
    """A book of contacts: who they are and when somebody wrote them in, but nothing that they did."""
    names = words_of(re.sub(r"\.\w+$", "", reading.table.file.rsplit("/", 1)[-1]))
    if not fits_any(names, _CONTACT_FILES) or noun_of(reading.table, reading.columns) not in {None, "customer"}:
        return False
    dated = [column for column in reading.columns if column.time is not None and not column.says(lexicon.CHANGED)]
    written_in = all(verb_of(column) == "created" and not column.says(_SIGNED_UP) for column in dated)
    nothing_done = (
        roles.best(reading.columns, roles.amount, least=0.45) is None
        and roles.best(reading.columns, roles.status, least=0.45) is None
        and event_column(reading) is None
    )
    known_by_name = any(
        column.says((*lexicon.PERSON_NAME, *lexicon.PHONE, *lexicon.EMAIL)) for column in reading.columns
    )
    return len(dated) <= 1 and written_in and nothing_done and known_by_name


def lists_contacts(reading: TableReading) -> bool:
    """People of customers' companies with their job titles, and nothing that they did."""
    title = roles.best(reading.columns, roles.job_title, least=0.5)
    names = words_of(re.sub(r"\.\w+$", "", reading.table.file.rsplit("/", 1)[-1]))
    if title is None or not (title.says(lexicon.JOB_TITLE) or fits_any(names, _CONTACT_FILES)):
        return False
    if any(roles.text(column) >= 0.5 or roles.rating(column) >= 0.5 for column in reading.columns):
        return False
    dated = [column for column in reading.columns if column.time is not None and not column.says(lexicon.CHANGED)]
    done = (
        roles.best(reading.columns, roles.amount, least=0.45)
        or roles.best(reading.columns, roles.status, least=0.45)
        or event_column(reading)
    )
    return done is None and len(dated) <= 1 and contact_person(reading) is not None


def is_running_text(reading: TableReading) -> bool:
    """One column of sentences without a name for it: an interview or a letter, not a table."""
    is_text = reading.table.file.lower().endswith((".txt", ".text"))
    if reading.table.format.kind == Written.PROSE:
        return True
    if len(reading.columns) > (9 if is_text else 1) or any(column.time is not None for column in reading.columns):
        return False
    names = words_of(reading.table.file.rsplit("/", 1)[-1])
    titled = any(len(column.words) >= 4 for column in reading.columns)
    named = any(roles.text(column) >= 0.95 for column in reading.columns)
    wordy = any(column.kind is ValueKind.TEXT for column in reading.columns)
    return not fits_any(names, _FEEDBACK_FILES) and not named and (wordy or (is_text and titled))


def is_asked_mark(column: ReadColumn) -> bool:
    """A mark that a survey asked for."""
    asked = roles.is_question(column) or column.says(lexicon.NPS) or column.says(voices.LIKED)
    return asked and not column.is_constant and roles.rating(column) >= 0.75


def why_nothing(reading: TableReading) -> Text:
    """Why a table says nothing about a path, for people."""
    if not reading.table.sample:
        return Text(ru="в таблице нет строк", en="the table has no rows")
    if is_running_text(reading):
        return Text(
            ru="это сплошной текст: не видно ни отзывов, ни того, кто говорит",
            en="it is running text: it shows neither reviews nor who speaks",
        )
    if any(roles.rating(column) >= 0.6 and roles.is_question(column) for column in reading.columns):
        return Text(ru="в анкете одни оценки, без слов", en="the survey holds marks only, no words")
    if lists_customers(reading):
        return Text(
            ru="это список клиентов: кто они, а не что они делали",
            en="it lists customers: who they are, not what they did",
        )
    if all(column.time is None for column in reading.columns):
        return Text(ru="нет ни одной даты: похоже на справочник", en="it has no dates: it looks like a reference list")
    if roles.best(reading.columns, roles.person, least=0.45) is None:
        return Text(
            ru="в строке нет ни клиента, ни номера заказа или заявки: похоже на сводку или план",
            en="a row names no customer, order or request: it looks like a summary or a plan",
        )
    return Text(ru="не видно, что и когда произошло", en="it does not show what happened and when")


def _feedback(reading: TableReading) -> float:
    columns = reading.columns
    text = max((roles.text(column) for column in columns), default=0.0)
    if text < 0.5:
        return 0.5 * any(is_asked_mark(column) for column in columns)
    marks = [column for column in columns if roles.rating(column) >= 0.5]
    score = 0.35 + 0.2 * text + (0.3 if marks else 0.0)
    names = words_of(f"{reading.table.file} {reading.table.sheet or ''}")
    score += 0.2 * fits_any(names, _FEEDBACK_FILES)
    reviews = [column for column in columns if column.says(("отзыв*", "review*", "feedback*"))]
    score += 0.2 * any(roles.text(column) >= 0.5 for column in reviews)
    said_here = fits_any(names, _FEEDBACK_FILES) or bool(reviews)
    dated = any(column.time is not None for column in columns)
    if not (marks or said_here or dated or any(roles.person(column) >= 0.5 for column in columns)):
        return 0.3
    spoken = _spoken(columns)
    score += 0.12 * any(column.says(lexicon.TEXT_PARTS) for column in columns)
    score += 0.1 * any(column.says(lexicon.REPLY) for column in columns)
    score += 0.08 * any(
        column.says(("автор*", "author*", "reviewer*", "respondent*", "отзыв*", "review*")) for column in columns
    )
    score += 0.15 * (sum(roles.is_question(column) for column in columns) >= 2)
    return min(score, 1.0) - (0.25 if spoken < 0.4 and not marks else 0.0)


def _spoken(columns: Sequence[ReadColumn]) -> float:
    """How much of the table's letters stand in its texts: reviews are mostly text, orders are not."""
    size = {column.name: sum(map(len, column.values)) for column in columns}
    said = sum(size[column.name] for column in columns if roles.text(column) >= 0.5)
    return said / max(sum(size.values()), 1)


def _events(reading: TableReading) -> float:
    moment = roles.best(reading.columns, roles.time, least=0.35)
    if moment is None:
        return 0.0
    event = event_column(reading)
    who = roles.best(reading.columns, roles.person, least=0.45, without=[event.name] if event else ())
    case = roles.best(reading.columns, roles.case, least=0.6)
    if who is None and case is None:
        return 0.0
    if event is not None:
        score = 0.45 + 0.45 * max(roles.event(event), 0.9 * roles.status(event))
        return score - (0.3 if _is_mere_type(reading, event) else 0.0)
    return _nameless_events(reading, who)


def _is_mere_type(reading: TableReading, event: ReadColumn) -> bool:
    """A bare “type” beside a status or several dates is a kind of order, not a kind of action."""
    if roles.status(event) > roles.event(event) or any(word in _EVENT_WORDS for word in event.words):
        return False
    status = roles.best(reading.columns, roles.status, least=0.45, without=[event.name])
    return status is not None or len(event_dates(reading.columns)) > 1


def _nameless_events(reading: TableReading, who: ReadColumn | None) -> float:
    if who is None:
        return 0.0
    key = entity_key(reading, without=[column.name for column in reading.columns if column.time])
    noun = noun_of(reading.table, reading.columns, key)
    if noun in EVENT_NOUNS:
        return 0.75
    has_key = key is not None and reading.column(key).repeats == 0
    has_status = roles.best(reading.columns, roles.status, least=0.45) is not None
    if has_key or has_status or len(event_dates(reading.columns)) > 1:
        return 0.3
    return 0.6


def _entities(reading: TableReading, columns: Sequence[ReadColumn]) -> float:
    dated = event_dates(columns)
    any_time = [column for column in columns if column.time is not None]
    if not any_time:
        return 0.0
    key = entity_key(reading, without=[column.name for column in any_time])
    who = roles.best(columns, roles.person, least=0.45, without=[key] if key else ())
    survey = sum(roles.rating(column) >= 0.6 and roles.is_question(column) for column in columns)
    if (who is None and key is None) or survey:
        return 0.0
    score = 0.1 + 0.3 * (key is not None) + 0.1 * (who is not None)
    event = event_column(reading)
    if event is not None and not _is_mere_type(reading, event) and roles.event(event) >= 0.8:
        score -= 0.2
    score += 0.15 * (roles.best(columns, roles.amount, least=0.45) is not None)
    score += 0.15 * (roles.best(columns, roles.status, least=0.45) is not None)
    score += 0.15 * (len(dated) >= 2) + 0.1 * (noun_of(reading.table, columns, key) is not None)
    return min(score, 0.95)
