"""A project's sources → everything that a generation holds."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from tropa.adapters.cores import cores
from tropa.adapters.stores.local import sql
from tropa.adapters.stores.local.contacts import link_contacts, take_contacts
from tropa.adapters.stores.local.details import Purse
from tropa.adapters.stores.local.duplicates import repeats_among, settle_duplicates
from tropa.adapters.stores.local.flattening import count_late, flatten, present, tied_rows
from tropa.adapters.stores.local.generation import Stored
from tropa.adapters.stores.local.keys import PSEUDONYM_BYTES, PseudonymKey
from tropa.adapters.stores.local.ledger import load_ledger
from tropa.adapters.stores.local.rawtable import NO_TIME, RawTable
from tropa.adapters.stores.local.rejects import write_rejects
from tropa.adapters.stores.local.rows import Identities, SourceRows, Verdict, VoiceRows, Warnings
from tropa.adapters.stores.local.taking import take_entities, take_events
from tropa.adapters.stores.local.voices import Speakers, feedback_of, take_voices
from tropa.adapters.stores.local.zones import to_utc
from tropa.domain.project import (
    ContactSource,
    EntitySource,
    EventSource,
    FeedbackSource,
    LedgerSource,
    PathSource,
    Project,
    UnitKind,
)
from tropa.events.clustering import Clustered, FlatEvents, cluster
from tropa.events.kernel import load_meanwhile
from tropa.events.log import DAY_MS, Codes, EventLog, Times
from tropa.events.report import IngestReport, SourceCount
from tropa.ports import Progress, Report, TableSource
from tropa.texts.document import Feedback

_ORDINAL_1970 = date(1970, 1, 1).toordinal()


def load_all(project: Project, tables: TableSource, keys: PseudonymKey, *, rejects: Path, report: Report) -> Stored:
    """The sources of the path, then those that stand beside it, in the currency of the path."""
    beside = [one for one in project.sources if isinstance(one, LedgerSource)]
    stored = load_sources(project, tables, keys, rejects=rejects, report=report)
    if not beside:
        return stored
    read = load_ledger(project, beside, tables, currency=stored.log.currency, rejects=rejects)
    counted = replace(
        stored.report,
        rejected=stored.report.rejected + sum(one.rejected for one in read.counts),
        sources=(*stored.report.sources, *read.counts),
        warnings=(*stored.report.warnings, *read.warnings.said),
    )
    return replace(stored, report=counted, ledger=read.as_ledger())


def load_sources(project: Project, tables: TableSource, keys: PseudonymKey, *, rejects: Path, report: Report) -> Stored:
    """Read, judge, settle duplicates, cluster. Rejected rows are written into the folder `rejects`."""
    identities, warnings = Identities(), Warnings()
    purse = Purse(warnings, project.currency)
    with sql.opened() as connection:
        sources = _taken(connection, project, tables, identities, purse, rejects=rejects, report=report)
        report(Progress(work="build.loading"))
        repeats = settle_duplicates(sources)
        classes = link_contacts(sources, project.unit)
        flat, counts = flatten(sources)
        clustered = _clustered(project, flat, sources, currency=purse.currency)
        repeats += repeats_among(sources, tied_rows(clustered.log, sources, counts))
    counted = _Counted(repeats=repeats, late=count_late(sources), warnings=warnings)
    units = _units(clustered, sources, identities, unit=project.unit)
    feedback = feedback_of(sources, Speakers(identities.names(), units, keys, classes))
    return Stored(
        log=clustered.log,
        pseudonyms=np.frombuffer(identities.pseudonyms(clustered.who, keys), np.uint8).reshape(-1, PSEUDONYM_BYTES),
        feedback=feedback,
        report=_report(clustered.log, feedback, sources, counted),
    )


def _taken(
    connection: Any,
    project: Project,
    tables: TableSource,
    identities: Identities,
    purse: Purse,
    *,
    rejects: Path,
    report: Report,
) -> list[SourceRows]:
    taken: list[SourceRows] = []
    specs = [one for one in project.sources if not isinstance(one, LedgerSource)]
    for number, spec in enumerate(specs):
        rows_so_far = sum(len(one.row) for one in taken)
        report(Progress(work="build.reading", done=number, total=len(specs), rows=rows_so_far))
        name = f"source_{number}"
        table = RawTable(connection, name, tables.load(connection, spec, name))
        load_meanwhile(table.size)
        rows = _rows(table, spec, project, identities=identities, purse=purse)
        write_rejects(table, rows, into=rejects, language=project.language)
        table.drop()
        taken.append(rows)
    return taken


def _rows(table: RawTable, spec: PathSource, project: Project, *, identities: Identities, purse: Purse) -> SourceRows:
    zone, unit = project.timezone, project.unit
    match spec:
        case EventSource():
            return take_events(table, spec, identities=identities, purse=purse, unit=unit, zone=zone)
        case EntitySource():
            return take_entities(table, spec, identities=identities, purse=purse, unit=unit, zone=zone)
        case ContactSource():
            return take_contacts(table, spec, identities=identities, own=project.buying_centre)
        case FeedbackSource():
            return take_voices(table, spec, identities=identities, warnings=purse.warnings, zone=zone)


def _clustered(project: Project, flat: FlatEvents, sources: Sequence[SourceRows], *, currency: str | None) -> Clustered:
    """The log and its “today”: as configured (the end of that day), else the last event, else the last voice."""
    if project.as_of is not None:
        midnight = np.array([(project.as_of.toordinal() - _ORDINAL_1970 + 1) * DAY_MS], dtype=np.int64)
        as_of = int(to_utc(midnight, project.timezone)[0]) - 1
    elif flat.size:
        as_of = present(flat.time)
    else:
        as_of = max([0, *(int(one.latest[one.accepted].max(initial=0)) for one in sources)])
    own = currency if flat.amount is not None else None
    return cluster(flat, unit=project.unit, currency=own, timezone=project.timezone, as_of=as_of, threads=cores())


def _units(clustered: Clustered, sources: Sequence[SourceRows], identities: Identities, *, unit: UnitKind) -> Codes:
    """For each number of Identities its place in the log, −1 where it has no path.

    Where cases are followed, a person who has one case stands for it; so does a review that names the case.
    """
    places = np.full(len(identities), -1, dtype=np.int32)
    places[clustered.who] = np.arange(len(clustered.who), dtype=np.int32)
    if unit is UnitKind.CASE:
        for (namespace, name), number in identities.numbers.items():
            if namespace == "person" and places[number] < 0:
                places[number] = places[identities.numbers.get(("case", name), number)]
        for person, case in _only_cases(sources):
            if places[person] < 0:
                places[person] = places[case]
    return places


def _only_cases(sources: Sequence[SourceRows]) -> list[tuple[int, int]]:
    """People who have one case, with it."""
    pairs: set[tuple[int, int]] = set()
    for source in sources:
        if source.person is not None and not isinstance(source.content, VoiceRows):
            known = source.accepted & (source.person >= 0) & (source.content.who >= 0)
            both = np.stack([source.person[known], source.content.who[known]], axis=1)
            pairs |= {(person, case) for person, case in np.unique(both, axis=0).tolist()}
    cases = Counter(person for person, _ in pairs)
    return sorted(pair for pair in pairs if cases[pair[0]] == 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """What the report needs beside the log."""

    repeats: int
    late: int
    warnings: Warnings


def _report(
    log: EventLog, feedback: Sequence[Feedback], sources: Sequence[SourceRows], counted: _Counted
) -> IngestReport:
    files = _counts(sources)
    times = log.time if log.size else _voiced(sources)
    return IngestReport(
        unit=log.unit,
        events=log.size,
        persons=log.units,
        feedback=len(feedback),
        rejected=sum(one.rejected for one in files),
        duplicates=sum(one.duplicates for one in files),
        repeats=counted.repeats,
        sources=files,
        first=int(times.min()) if len(times) else None,
        last=int(times.max()) if len(times) else None,
        as_of=log.as_of if len(times) else None,
        late=counted.late,
        future=int((log.time > log.as_of).sum()),
        warnings=tuple(counted.warnings.said),
    )


def _voiced(sources: Sequence[SourceRows]) -> Times:
    times = np.concatenate([source.latest[source.accepted] for source in sources])
    known: Times = times[times != NO_TIME]
    return known


def _counts(sources: Sequence[SourceRows]) -> tuple[SourceCount, ...]:
    """One entry a file; sheets of a workbook are counted together."""
    counts: dict[str, SourceCount] = {}
    for source in sources:
        kept, doubled = (_by_file(source, verdict) for verdict in (Verdict.ACCEPTED, Verdict.DUPLICATE))
        for file, accepted, duplicates in zip(source.files, kept, doubled, strict=True):
            before = counts.get(file.file, SourceCount(file=file.file, rows=0, accepted=0, rejected=0, duplicates=0))
            counts[file.file] = SourceCount(
                file=file.file,
                rows=before.rows + file.rows,
                accepted=before.accepted + accepted,
                rejected=before.rejected + file.rows - accepted - duplicates,
                duplicates=before.duplicates + duplicates,
            )
    return tuple(counts.values())


def _by_file(source: SourceRows, verdict: Verdict) -> list[int]:
    of_it = source.verdict == verdict
    if len(source.files) == 1:
        return [int(np.count_nonzero(of_it))]
    by_file: list[int] = np.bincount(source.file[of_it], minlength=len(source.files)).tolist()
    return by_file
