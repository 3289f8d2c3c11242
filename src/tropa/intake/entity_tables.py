"""Tables in which a row is an order, deal or ticket: each of its dates becomes an event."""

from collections.abc import Sequence

from tropa.domain.project import EntityColumns, EntitySource, TimeColumn
from tropa.domain.text import Text
from tropa.intake import data_lexicon as lexicon
from tropa.intake import roles
from tropa.intake.columns import ReadColumn
from tropa.intake.directories import names_for
from tropa.intake.nouns import event_name_of, noun_of, verb_of
from tropa.intake.properties import find_properties
from tropa.intake.questions import Choice, Decision
from tropa.intake.reading import Draft, TableReading, amount_column, name_of, person_column, time_column

_WON_OR_LOST = frozenset({"deal", "lead", "contract"})


def event_dates(columns: Sequence[ReadColumn]) -> tuple[ReadColumn, ...]:
    """The dates on which something happened to the row: no plans, no birthdays, no housekeeping."""
    return tuple(
        column
        for column in columns
        if column.time is not None
        and column.filled > 0
        and not column.says(lexicon.PLANNED)
        and not column.says(lexicon.TIME_OF_SYSTEM)
        and not _is_change(column)
        and not (column.says(("cohort", "period", "период", "когорта")))
    )


def _is_change(column: ReadColumn) -> bool:
    return column.says(lexicon.CHANGED) and verb_of(column) in {None, "created"}


def read_entities(reading: TableReading) -> Draft | None:
    """The table as entities; None where no date of theirs is known."""
    dated = event_dates(reading.columns)
    changed = [column for column in reading.columns if column.time is not None and _is_change(column)]
    if not dated and not changed:
        return None
    times = [column.name for column in reading.columns if column.time is not None]
    key = entity_key(reading, without=times)
    person = person_column(reading, without=[*times, *([key] if key else [])])
    noun = noun_of(reading.table, reading.columns, key) or ("order" if amount_column(reading) else "record")
    if noun == "customer" and key is not None and reading.linked_person is None:
        person = key
    case = key if noun in lexicon.CASE_NOUNS or person is None else None
    if person is None and case is None:
        return None
    amount = amount_column(reading, without=[one for one in (key, person) if one])
    taken = [one for one in (key, person, amount.column if amount else None, *times) if one]
    consent = name_of(roles.best(reading.columns, roles.consent, without=taken))
    taken += [consent] if consent else []
    status = roles.best(reading.columns, roles.status, least=0.45, without=taken)
    channel = name_of(roles.best(reading.columns, roles.channel, without=taken))
    device = name_of(roles.best(reading.columns, roles.device, without=taken))
    company = _company(reading, without=taken) if noun in lexicon.CASE_NOUNS else None
    taken += [one for one in (name_of(status), channel, device, company) if one]
    status_time = _status_time(reading, status, changed)
    if status_time is None and status is not None and noun in _WON_OR_LOST:
        status_time = _closing(reading, dated)
    columns = EntityColumns(
        key=key,
        person=person,
        case=case,
        status=name_of(status),
        amount=amount,
        channel=channel,
        device=device,
        company=company,
        consent=consent,
        properties=find_properties(reading.columns, taken=taken),
    )
    source = EntitySource(
        file=reading.table.file,
        sheet=reading.table.sheet,
        format=reading.format,
        columns=columns,
        dates=_dates(reading, noun, _told_apart(dated, status_time) or ([] if status_time else changed[:1])),
        status_time=status_time,
        names=names_for(status, reading.books) if status is not None else {},
    )
    return Draft(source=source, noun=noun, confidence=0.9 if key and person else 0.7)


def entity_key(reading: TableReading, *, without: Sequence[str]) -> str | None:
    """The entity's id; it may stand in several rows only where they are lines of one order, with one date."""
    found = [pair for pair in roles.ranked(reading.columns, roles.key, without=without) if pair[0] >= 0.5]
    cases = [pair for pair in roles.ranked(reading.columns, roles.case, without=without) if pair[0] >= 0.6]
    candidates = sorted(found + cases, key=lambda pair: (-round(pair[0], 1), reading.table.columns.index(pair[1].name)))
    people = {column.name for score, column in roles.ranked(reading.columns, roles.person) if score >= 0.75}
    return next((column.name for _, column in candidates if column.name not in people and column.filled >= 0.9), None)


def _told_apart(dated: Sequence[ReadColumn], status_time: TimeColumn | None) -> list[ReadColumn]:
    """The dates without the one that dates the status: a deal is closed as won or as lost, not closed and won."""
    return [one for one in dated if status_time is None or one.name != status_time.column]


def _company(reading: TableReading, *, without: Sequence[str]) -> str | None:
    """Whose deal it is, where several rows of a company may meet: its name or id."""
    named = [
        column
        for column in reading.columns
        if column.name not in without and column.says(lexicon.COMPANY) and column.filled >= 0.5 and column.distinct > 1
    ]
    return named[0].name if named else None


def _dates(reading: TableReading, noun: str, dated: Sequence[ReadColumn]) -> dict[str, TimeColumn]:
    dates: dict[str, TimeColumn] = {}
    for column in sorted(dated, key=lambda one: -one.filled * (one.time.share if one.time else 0)):
        name = event_name_of(noun, column)
        if name in dates:
            own = "_".join(column.words)
            if own in dates or len(column.words) < 2 or _is_twin(reading, dates[name].column, column):
                continue
            name = own
        dates[name] = time_column(reading, column)
    order = {column: place for place, column in enumerate(reading.table.columns)}
    return dict(sorted(dates.items(), key=lambda item: order[item[1].column]))


def _is_twin(reading: TableReading, first: str, second: ReadColumn) -> bool:
    """Two spellings of one date: the same day in nearly every row."""
    other = reading.column(first)
    pairs = zip(other.values, second.values, strict=False)
    same = sum(one[:10] == two[:10] for one, two in pairs)
    return same >= 0.8 * min(len(other.values), len(second.values))


def _closing(reading: TableReading, dated: Sequence[ReadColumn]) -> TimeColumn | None:
    """The date of closing, which dates the status: a deal is closed as won or as lost."""
    closed = [one for one in dated if verb_of(one) == "closed"]
    return time_column(reading, closed[0]) if len(closed) == 1 else None


def _status_time(reading: TableReading, status: ReadColumn | None, changed: Sequence[ReadColumn]) -> TimeColumn | None:
    """When the present status began, by a date of change."""
    if status is None or not changed:
        return None
    best = max(changed, key=lambda column: (column.says(lexicon.STATUS), column.filled))
    if best.says(lexicon.STATUS):
        return time_column(reading, best)
    answer = reading.questions.ask(
        Decision(
            key=f"status_time:{reading.id}",
            question=Text(
                ru=f"«{status.name}» в «{reading.id}» — это шаг пути?",
                en=f"Is “{status.name}” in “{reading.id}” a step of the path?",
            ),
            choices=(
                Choice(key="yes", text=Text(ru=f"да, его время — «{best.name}»", en=f"yes, its time is “{best.name}”")),
                Choice(key="no", text=Text(ru="нет, это только состояние", en="no, only a state")),
            ),
            default="yes",
            why=Text(
                ru="Если да, текущий статус станет событием; если дата меняется от любой правки, лучше «нет».",
                en="If yes, the present status becomes an event; if the date moves with any edit, better say no.",
            ),
        ),
        weight=0.5,
    )
    return time_column(reading, best) if answer == "yes" else None
