"""What all tables together say of the company: language, currency, business model, unit, time zone, segments."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from tropa.domain.journeymap import BusinessModel
from tropa.domain.project import (
    AmountColumn,
    ChangeSpec,
    EntityColumns,
    EntitySource,
    EventSource,
    FeedbackSource,
    Moment,
    Precision,
    Project,
    SegmentSpec,
    SourceSpec,
    TimeColumn,
    UnitKind,
)
from tropa.domain.text import Language, Text, text_in
from tropa.intake import data_lexicon as lexicon
from tropa.intake.columns import ReadColumn, ValueKind
from tropa.intake.questions import Choice, Decision, Questions
from tropa.intake.reading import Draft, TableReading
from tropa.intake.shapes import is_changes
from tropa.intake.table import FoundTable
from tropa.intake.times import parse_time, reads_zone

Drafts = Sequence[tuple[TableReading, Draft | None]]
MOST_SEGMENTS = 4
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LETTER = re.compile(r"[a-zа-яё]", re.IGNORECASE)
_FIRST_SEGMENTS = (("device", "устройств*"), ("регион*", "region*"), ("город*", "city"), ("тариф*", "plan"))


def language_of(tables: Sequence[FoundTable]) -> Language:
    """Russian where at least a fifth of the letters are Cyrillic."""
    text = "".join(
        " ".join((table.file, *table.columns, *(cell for row in table.sample[:60] for cell in row))) for table in tables
    )
    letters = len(_LETTER.findall(text))
    return Language.RU if letters and len(_CYRILLIC.findall(text)) >= 0.2 * letters else Language.EN


def project_of(
    drafts: Drafts, *, key: str, language: Language, changes: tuple[ChangeSpec, ...], questions: Questions
) -> Project:
    """The project with the guesses taken."""
    sources = tuple(draft.source for _, draft in drafts if draft is not None)
    model = _model(drafts)
    return Project(
        project=_key(key),
        title=text_in(language, key.replace("_", " ").replace("-", " ").strip() or key),
        language=language,
        model=model,
        unit=_unit(sources, model),
        timezone=_timezone(drafts, language, questions),
        currency=_currency(drafts, language, questions),
        sources=sources,
        segments=_segments(drafts),
        changes=changes,
    )


def changes_in(reading: TableReading) -> tuple[ChangeSpec, ...]:
    """The company's dated changes that the table lists."""
    dated = next((column for column in reading.columns if column.time is not None), None)
    if dated is None or dated.time is None or not is_changes(reading):
        return ()
    wordy = [column for column in reading.columns if column.kind in {ValueKind.TEXT, ValueKind.WORDS}]
    words = max(wordy, key=lambda column: sum(map(len, column.values)))
    table = reading.table
    when, what = table.columns.index(dated.name), table.columns.index(words.name)
    found = []
    for row in table.sample:
        moment = parse_time(row[when], dated.time.as_column(dated.name), "UTC")
        if moment is not None and row[what].strip():
            day = datetime.fromtimestamp(moment / 1000, UTC).date()
            found.append(ChangeSpec(date=day, name=text_in(reading.language, " ".join(row[what].split()))))
    return tuple(sorted(found, key=lambda change: change.date))


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9_.-]+", "-", name.lower()).strip("-.")[:80] or "project"


def _model(drafts: Drafts) -> BusinessModel:
    """B2B where deals or leads name a company in most rows."""
    for reading, draft in drafts:
        if draft is not None and draft.noun in {"deal", "lead", "contract"}:
            companies = [column for column in reading.columns if column.says(lexicon.COMPANY) and column.filled >= 0.5]
            if companies:
                return BusinessModel.B2B
    return BusinessModel.B2C


def _unit(sources: Sequence[SourceSpec], model: BusinessModel) -> UnitKind:
    behaviour = [one for one in sources if isinstance(one, EventSource | EntitySource)]
    without_person = [one for one in behaviour if one.columns.person is None]
    has_case = any(one.columns.case is not None for one in behaviour)
    if behaviour and len(without_person) == len(behaviour):
        return UnitKind.CASE
    return UnitKind.CASE if model is BusinessModel.B2B and has_case else UnitKind.PERSON


def times_of(source: SourceSpec) -> tuple[TimeColumn, ...]:
    """All columns of times that a source uses."""
    match source:
        case EventSource():
            return (source.columns.time,)
        case EntitySource():
            return (*source.dates.values(), *((source.status_time,) if source.status_time else ()))
        case FeedbackSource():
            return (source.columns.time,) if source.columns.time else ()


def _timezone(drafts: Drafts, language: Language, questions: Questions) -> str:
    naive = [
        reading.id
        for reading, draft in drafts
        if draft is not None and any(_is_naive_clock(reading, one) for one in times_of(draft.source))
    ]
    if not naive:
        return "UTC"
    zones = (
        ("UTC", Text(ru="UTC (ничего не сдвигать)", en="UTC (shift nothing)")),
        ("Europe/Moscow", Text(ru="Москва", en="Moscow")),
        *(
            (
                ("Europe/Samara", Text(ru="Самара", en="Samara")),
                ("Asia/Yekaterinburg", Text(ru="Екатеринбург", en="Yekaterinburg")),
                ("Asia/Novosibirsk", Text(ru="Новосибирск", en="Novosibirsk")),
                ("Asia/Vladivostok", Text(ru="Владивосток", en="Vladivostok")),
            )
            if language is Language.RU
            else (
                ("Europe/London", Text(ru="Лондон", en="London")),
                ("Europe/Berlin", Text(ru="Берлин", en="Berlin")),
                ("America/New_York", Text(ru="Нью-Йорк", en="New York")),
            )
        ),
    )
    return questions.ask(
        Decision(
            key="timezone",
            question=Text(ru="В каком часовом поясе записано время?", en="Which time zone are the times in?"),
            choices=tuple(Choice(key=zone, text=text) for zone, text in zones),
            default="UTC",
            why=Text(
                ru=f"В «{naive[0]}» время без пояса; пока считаю, что это UTC. От пояса зависят границы дней и недель.",
                en=f"Times in “{naive[0]}” carry no zone; I take them as UTC. The zone moves the borders of days and weeks.",
            ),
        ),
        weight=0.3,
    )


def _is_naive_clock(reading: TableReading, time: TimeColumn) -> bool:
    guess = reading.column(time.column).time
    clock = time.precision is not Precision.DAY
    return clock and not reads_zone(time.format) and (guess is None or guess.naive)


def _currency(drafts: Drafts, language: Language, questions: Questions) -> str | None:
    amounts = [(reading, money) for reading, draft in drafts if draft for money in [_money(draft.source)] if money]
    if not amounts:
        return None
    named = [money.currency for _, money in amounts if money.currency]
    if named:
        return max(set(named), key=named.count)
    for reading, money in amounts:
        if money.currency_column:
            codes = [value.strip().upper() for value in reading.column(money.currency_column).values]
            return max(sorted(set(codes)), key=codes.count)
    if language is Language.RU:
        return "RUB"
    answer = questions.ask(
        Decision(
            key="currency",
            question=Text(ru="В какой валюте суммы?", en="Which currency are the amounts in?"),
            choices=(
                Choice(key="USD", text=Text(ru="доллары", en="US dollars")),
                Choice(key="EUR", text=Text(ru="евро", en="euros")),
                Choice(key="GBP", text=Text(ru="фунты", en="pounds")),
                Choice(key="RUB", text=Text(ru="рубли", en="roubles")),
                Choice(key="none", text=Text(ru="не указывать", en="leave it out")),
            ),
            default="none",
            why=Text(ru="Ни колонка, ни значения валюту не называют.", en="Neither the column nor its values name it."),
        ),
        weight=0.2,
    )
    return None if answer == "none" else answer


def _money(source: SourceSpec) -> AmountColumn | None:
    return None if isinstance(source, FeedbackSource) else source.columns.amount


def _segments(drafts: Drafts) -> tuple[SegmentSpec, ...]:
    """Up to four properties with 2–12 values: device and channel first, then those named like regions and plans."""
    scored: dict[str, float] = {}
    for reading, draft in drafts:
        if draft is None or isinstance(draft.source, FeedbackSource):
            continue
        columns = draft.source.columns
        for role, column in (("device", columns.device), ("channel", columns.channel)):
            if isinstance(column, str) and _splits(reading.column(column)):
                scored[role] = max(scored.get(role, 0), 3.0 if role == "device" else 1.5)
        stable = columns.case_properties if not isinstance(columns, EntityColumns) else ()
        for name in (*columns.properties, *stable):
            if _splits(reading.column(name)):
                scored[name] = max(scored.get(name, 0), _segment_worth(reading.column(name)))
    ordered = sorted(scored, key=lambda name: (-scored[name], name))[:MOST_SEGMENTS]
    return tuple(SegmentSpec(property=name, at=Moment.JOURNEY_START) for name in ordered)


def _splits(column: ReadColumn) -> bool:
    return 2 <= column.distinct <= 12 and column.filled >= 0.3


def _segment_worth(column: ReadColumn) -> float:
    named = next((3 - place * 0.2 for place, one in enumerate(_FIRST_SEGMENTS) if column.says(one)), 0.0)
    return named + (1.0 if column.says(lexicon.PROPERTY) else 0.0) + (0.2 if column.kind is ValueKind.WORDS else 0.0)
