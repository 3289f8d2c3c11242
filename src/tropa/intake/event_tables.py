"""Tables in which a row is an event: clickstreams, logs, stage histories, purchases, visits, calls."""

from tropa.domain.project import AmountColumn, EventColumns, EventSource, FixedValue
from tropa.intake import roles
from tropa.intake.columns import ReadColumn
from tropa.intake.data_lexicon import CASE_NOUNS
from tropa.intake.directories import names_for
from tropa.intake.nouns import event_name_of, noun_of, verb_of
from tropa.intake.properties import find_properties, stable_in
from tropa.intake.reading import Draft, TableReading, amount_column, name_of, person_column, time_column
from tropa.intake.words import fit

EVENT_NOUNS = frozenset({"visit", "session", "page_view", "call", "chat", "lesson", "registration", "return"})
"""Nouns that are events themselves: a visit happens, an order goes through states."""
_SESSIONS = ("session id", "id сессии", "ga session id", "domain sessionid", "visit id", "session")


def event_column(reading: TableReading) -> ReadColumn | None:
    """The column that names what happened, or the status of a table that keeps each change of status."""
    named = roles.best(reading.columns, roles.event, least=0.55)
    if named is not None:
        return named
    status = roles.best(reading.columns, roles.status, least=0.5)
    return status if status is not None and is_history(reading, status) else None


def is_history(reading: TableReading, status: ReadColumn) -> bool:
    """Whether the same case comes again with another status at another time."""
    moment = roles.best(reading.columns, roles.time, least=0.3)
    case = roles.best(reading.columns, roles.case, least=0.6) or roles.best(reading.columns, roles.key, least=0.6)
    if case is None or moment is None:
        return False
    table = reading.table
    places = [table.columns.index(one.name) for one in (case, status, moment)]
    rows = {tuple(row[place] for place in places) for row in table.sample if row[places[0]]}
    cases = {row[0] for row in rows}
    states = {(row[0], row[1]) for row in rows}
    return len(states) >= 1.3 * len(cases) and len(cases) < len(table.sample)


def read_events(reading: TableReading, event: ReadColumn | None) -> Draft | None:
    """The table as events, named by a column or, without one, by what a row is; None where it cannot be."""
    moment = roles.best(reading.columns, roles.time, least=0.35)
    if moment is None:
        return None
    taken = [moment.name, *([event.name] if event else [])]
    person = person_column(reading, without=taken)
    case = _case(reading, taken=[*taken, *([person] if person else [])], has_person=person is not None)
    if person is None and case is None:
        return None
    taken += [name for name in (person, case) if name]
    key = _key(reading, taken, noun_of(reading.table, reading.columns))
    amount = amount_column(reading, without=[*taken, *([key] if key else [])])
    noun = noun_of(reading.table, reading.columns, key)
    columns = _columns(
        reading, event or FixedValue(value=_fixed_name(noun, amount, moment)), moment, (person, case, key, amount)
    )
    source = EventSource(
        file=reading.table.file,
        sheet=reading.table.sheet,
        format=reading.format,
        columns=columns,
        names=names_for(event, reading.books) if event is not None else {},
    )
    sure = max(roles.event(event), roles.status(event)) if event else 0.7
    return Draft(
        source=source,
        noun="event" if event else noun or ("purchase" if amount else "record"),
        confidence=round(min(1.0, 0.3 + sure), 2),
    )


def _columns(
    reading: TableReading,
    event: ReadColumn | FixedValue,
    moment: ReadColumn,
    who: tuple[str | None, str | None, str | None, AmountColumn | None],
) -> EventColumns:
    person, case, key, amount = who
    lifecycle = name_of(roles.best(reading.columns, roles.lifecycle))
    taken = [one for one in (person, case, key, lifecycle, moment.name, amount.column if amount else None) if one]
    taken += [event.name] if isinstance(event, ReadColumn) else []
    consent = name_of(roles.best(reading.columns, roles.consent, without=taken))
    taken += [consent] if consent else []
    channel = name_of(roles.best(reading.columns, roles.channel, without=taken))
    device = name_of(roles.best(reading.columns, roles.device, without=taken))
    taken += [one for one in (channel, device, amount.currency_column if amount else None) if one]
    properties = find_properties(reading.columns, taken=taken)
    stable = stable_in(reading.table, properties, person or case) if case and not person else frozenset()
    return EventColumns(
        person=person,
        case=case,
        event=event.name if isinstance(event, ReadColumn) else event,
        time=time_column(reading, moment),
        key=key,
        channel=channel,
        device=device,
        amount=amount,
        lifecycle=lifecycle,
        consent=consent,
        properties=tuple(name for name in properties if name not in stable),
        case_properties=tuple(name for name in properties if name in stable),
    )


def _case(reading: TableReading, *, taken: list[str], has_person: bool) -> str | None:
    found = roles.best(reading.columns, roles.case, least=0.6, without=taken)
    if found is not None and (
        not has_person or (found.filled >= 0.9 and not found.says(("order id", "номер заказа", "id заказа")))
    ):
        return found.name
    if has_person:
        return None
    session = roles.best(reading.columns, lambda column: fit(column.words, _SESSIONS), without=taken)
    return name_of(session)


def _key(reading: TableReading, taken: list[str], noun: str | None) -> str | None:
    """The row's own id; that of a session is one only where a row is a visit."""
    unique = [
        column
        for column in reading.columns
        if column.filled >= 0.95
        and column.repeats == 0
        and (noun in {"visit", "session"} or fit(column.words, _SESSIONS) < 0.95)
    ]
    return name_of(roles.best(unique, roles.key, least=0.55, without=taken))


def _fixed_name(noun: str | None, amount: AmountColumn | None, moment: ReadColumn) -> str:
    if noun in EVENT_NOUNS:
        return noun
    if amount is not None or noun in {"order", "payment"}:
        return "purchase"
    if noun is None:
        verb = verb_of(moment)
        return event_name_of("record", moment) if verb in {None, "created"} else str(verb)
    return f"{noun}_created" if noun in CASE_NOUNS else noun
