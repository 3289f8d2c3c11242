"""What all tables together say of the company: language, currency, business model, unit, time zone, segments."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from tropa.domain.journeymap import BusinessModel
from tropa.domain.project import (
    ChangeSpec,
    ContactSource,
    EntityColumns,
    FeedbackSource,
    FindingSettings,
    Moment,
    Project,
    SegmentSpec,
    UnitKind,
)
from tropa.domain.text import Language, text_in
from tropa.intake import data_lexicon as lexicon
from tropa.intake.columns import ReadColumn, ValueKind
from tropa.intake.currency import ask_currency
from tropa.intake.questions import Questions
from tropa.intake.reading import Draft, TableReading
from tropa.intake.shapes import is_changes
from tropa.intake.table import FoundTable
from tropa.intake.times import parse_time
from tropa.intake.units import choose_unit
from tropa.intake.zones import ask_zone

Drafts = Sequence[tuple[TableReading, Draft | None]]
MOST_SEGMENTS = 4
FEWEST_DEALS = 50
"""Between companies deals are few: from so many on a difference is worth telling."""
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LETTER = re.compile(r"[a-zа-яё]", re.IGNORECASE)
_FIRST_SEGMENTS = (("device", "устройств*"), ("регион*", "region*"), ("город*", "city"), ("тариф*", "plan"))


def language_of(tables: Sequence[FoundTable]) -> Language:
    """Russian where at least a fifth of the letters are Cyrillic."""
    parts = [part for table in tables for part in (table.file, *table.columns)]
    parts += [cell[:200] for table in tables for row in table.sample[:60] for cell in row]
    text = " ".join(parts)
    letters = len(_LETTER.findall(text))
    return Language.RU if letters and len(_CYRILLIC.findall(text)) >= 0.2 * letters else Language.EN


def project_of(
    drafts: Drafts, *, key: str, language: Language, changes: tuple[ChangeSpec, ...], questions: Questions
) -> Project:
    """The project with the guesses taken."""
    sources = tuple(draft.source for _, draft in drafts if draft is not None)
    model = _model(drafts)
    unit = choose_unit(drafts, model, questions)
    return Project(
        project=_key(key),
        title=text_in(language, key.replace("_", " ").replace("-", " ").strip() or key),
        language=language,
        model=model,
        unit=unit,
        timezone=ask_zone(drafts, language, questions),
        currency=ask_currency(drafts, language, questions),
        sources=sources,
        segments=_segments(drafts),
        findings=FindingSettings(min_persons=FEWEST_DEALS) if _is_of_deals(unit, model) else FindingSettings(),
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


def _is_of_deals(unit: UnitKind, model: BusinessModel) -> bool:
    return unit is UnitKind.CASE and model is BusinessModel.B2B


def _segments(drafts: Drafts) -> tuple[SegmentSpec, ...]:
    """Up to four properties with 2–12 values: device and channel first, then those named like regions and plans."""
    scored: dict[str, float] = {}
    for reading, draft in drafts:
        if draft is None or isinstance(draft.source, FeedbackSource | ContactSource):
            continue
        columns = draft.source.columns
        for role, column in (("device", columns.device), ("channel", columns.channel)):
            if isinstance(column, str) and _splits(reading.column(column)):
                scored[role] = max(scored.get(role, 0), 3.0 if role == "device" else 1.5)
        stable = columns.case_properties if not isinstance(columns, EntityColumns) else ()
        for name in (*columns.properties, *stable):
            if _splits(reading.column(name)) and not reading.column(name).says(lexicon.AFTERTHOUGHT):
                scored[name] = max(scored.get(name, 0), _segment_worth(reading.column(name)))
    ordered = sorted(scored, key=lambda name: (-scored[name], name))[:MOST_SEGMENTS]
    return tuple(SegmentSpec(property=name, at=Moment.JOURNEY_START) for name in ordered)


def _splits(column: ReadColumn) -> bool:
    return 2 <= column.distinct <= 12 and column.filled >= 0.3


def _segment_worth(column: ReadColumn) -> float:
    named = next((3 - place * 0.2 for place, one in enumerate(_FIRST_SEGMENTS) if column.says(one)), 0.0)
    return named + (1.0 if column.says(lexicon.PROPERTY) else 0.0) + (0.2 if column.kind is ValueKind.WORDS else 0.0)
