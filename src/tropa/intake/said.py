"""What tropa understood, said in plain words, with three rows read aloud."""

import re
from collections.abc import Iterator

from tropa.domain.project import ContactSource, EntitySource, EventSource, FeedbackSource, FixedValue, SourceSpec
from tropa.domain.text import Text
from tropa.intake.columns import ValueKind
from tropa.intake.nouns import noun_in_words
from tropa.intake.reading import Draft, TableReading
from tropa.intake.roles import is_personal

EXAMPLES = 3


def say_source(draft: Draft) -> Text:
    """One sentence: what a row is and which column is what."""
    ru_noun, en_noun = _noun(draft)
    parts = list(_roles(draft.source))
    ru = "; ".join(f"{ru} — «{column}»" for ru, _, column in parts)
    en = "; ".join(f"{en}: “{column}”" for _, en, column in parts)
    return Text(ru=f"Строка — {ru_noun}; {ru}.", en=f"A row is {en_noun}; {en}.")


def example_rows(reading: TableReading, draft: Draft) -> tuple[Text, ...]:
    """Three rows of the sample as short sentences; phones and mails half hidden."""
    parts = [part for part in _roles(draft.source) if part[2] in reading.table.columns][:6]
    places = {column: reading.table.columns.index(column) for _, _, column in parts}
    sentences = []
    for row in reading.table.sample[:EXAMPLES]:
        shown = [
            (ru, en, _cell(reading, column, row[places[column]]))
            for ru, en, column in parts
            if row[places[column]].strip()
        ]
        sentences.append(
            Text(
                ru=", ".join(f"{ru}: {value}" for ru, _, value in shown),
                en=", ".join(f"{en}: {value}" for _, en, value in shown),
            )
        )
    return tuple(sentences)


def _noun(draft: Draft) -> tuple[str, str]:
    if isinstance(draft.source, FeedbackSource):
        return ("реплика разговора", "a turn of a conversation") if draft.noun == "turn" else ("отзыв", "a review")
    if isinstance(draft.source, ContactSource):
        return "контакт компании", "a contact of a company"
    return ("событие", "an event") if draft.noun == "event" else noun_in_words(draft.noun)


def _roles(source: SourceSpec) -> Iterator[tuple[str, str, str]]:
    match source:
        case EventSource():
            yield from _event_roles(source)
        case EntitySource():
            yield from _entity_roles(source)
        case FeedbackSource():
            yield from _feedback_roles(source)
        case ContactSource():
            yield from _contact_roles(source)


def _event_roles(source: EventSource) -> Iterator[tuple[str, str, str]]:
    columns = source.columns
    yield "время", "time", columns.time.column
    yield from _optional(("клиент", "customer", columns.person), ("дело", "case", columns.case))
    yield from _optional(
        ("событие", "event", columns.event),
        ("сумма", "amount", columns.amount.column if columns.amount else None),
        ("канал", "channel", columns.channel),
        ("устройство", "device", columns.device),
        ("согласие", "consent", columns.consent),
        ("свойства", "properties", ", ".join((*columns.properties, *columns.case_properties)) or None),
    )


def _entity_roles(source: EntitySource) -> Iterator[tuple[str, str, str]]:
    columns = source.columns
    yield from _optional(("номер", "number", columns.key), ("клиент", "customer", columns.person))
    for name, date in source.dates.items():
        yield f"событие {name}", f"event {name}", date.column
    yield from _optional(
        ("статус", "status", columns.status),
        ("время статуса", "time of status", source.status_time.column if source.status_time else None),
        ("сумма", "amount", columns.amount.column if columns.amount else None),
        ("канал", "channel", columns.channel),
        ("устройство", "device", columns.device),
        ("согласие", "consent", columns.consent),
        ("свойства", "properties", ", ".join(columns.properties) or None),
    )


def _contact_roles(source: ContactSource) -> Iterator[tuple[str, str, str]]:
    columns = source.columns
    yield "человек", "person", columns.person
    yield from _optional(
        ("сделка", "deal", columns.case),
        ("компания", "company", columns.company),
        ("должность", "job title", columns.title),
    )


def _feedback_roles(source: FeedbackSource) -> Iterator[tuple[str, str, str]]:
    columns = source.columns
    for text in (columns.text,) if isinstance(columns.text, str) else columns.text:
        yield "текст", "text", text
    for question in columns.questions:
        yield "ответ", "answer", question
    yield from _optional(
        ("кто говорит", "who speaks", columns.role),
        ("на что отвечает", "what it answers", columns.question),
        ("оценка", "rating", columns.rating.column if columns.rating else None),
        *(("оценка", "rating", mark.column) for mark in columns.marks),
        ("дата", "date", columns.time.column if columns.time else None),
        ("клиент", "customer", columns.person),
        ("площадка", "source", columns.source),
        ("согласие", "consent", columns.consent),
    )


def _optional(*parts: tuple[str, str, str | FixedValue | None]) -> Iterator[tuple[str, str, str]]:
    for ru, en, column in parts:
        if column is not None:
            if isinstance(column, FixedValue):
                yield f"{ru} (всегда)", f"{en} (always)", column.value
            else:
                yield ru, en, column


def _cell(reading: TableReading, column: str, value: str) -> str:
    read = reading.column(column)
    plain = " ".join(value[:400].split())
    if read.kind in {ValueKind.PHONE, ValueKind.EMAIL} or (is_personal(read) and any(sign.isdigit() for sign in plain)):
        return re.sub(r"(?<=\S{3})\w(?=\S{2})", "*", plain)
    return plain if len(plain) <= 60 else plain[:57].rstrip() + "…"
