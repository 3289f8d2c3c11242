"""The main job: a folder of data becomes a map, again and again, without losing a person's word."""

import hashlib
import json
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from tropa.assembly.build import MAIN, Built, Ingredients, build
from tropa.assembly.deletions import generated_records, with_deletions_noted
from tropa.assembly.ledger import with_changes
from tropa.domain.argument import Argument
from tropa.domain.finding import Finding
from tropa.domain.journeymap import JourneyMap, Removed, SourceFile
from tropa.domain.ledger import Ledger
from tropa.domain.ownership import Ownership
from tropa.domain.project import Project
from tropa.domain.query import canonical
from tropa.domain.text import Language, Text
from tropa.events.fold import Engine
from tropa.events.log import EventLog
from tropa.events.report import IngestReport, UnassignedEvent
from tropa.events.staged import StagedLog
from tropa.insight.playbook import NO_SHELF, Shelf
from tropa.mapfile.codec import map_from_text, map_to_text
from tropa.mapfile.records import KINDS, encode
from tropa.ports import Progress, Report
from tropa.render.branding import PLAIN_LOOK, Look
from tropa.render.page.document import render_page
from tropa.texts.document import Feedback

WRITTEN = "written.json"
MAP_FILE = "map.cjm.json"
RUN = "run.json"
_SEGMENTS = "segments/"
_SUFFIX = ".cjm.json"
_ASSIGNED_ENOUGH = 0.95


class Store(Protocol):
    """The event store as the main job needs it."""

    def load(self) -> EventLog:
        """All events."""
        ...

    def feedback(self) -> tuple[Feedback, ...]:
        """All feedback."""
        ...

    def ledger(self) -> Ledger:
        """What stands beside the path."""
        ...

    def generation_hash(self) -> str:
        """What the data are, in a few signs."""
        ...


class Results(Protocol):
    """The folder out/, read and replaced whole."""

    def read(self, name: str) -> bytes | None:
        """A file's content; None where there is none."""
        ...

    def names(self) -> Sequence[str]:
        """All files, by their path inside the folder."""
        ...

    def replace(self, files: Mapping[str, bytes]) -> None:
        """Put these files in place of the folder's own."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """What a build came to."""

    built: Built
    report: IngestReport
    files: Mapping[str, bytes]


def map_folder(
    project: Project,
    ingested: IngestReport,
    store: Store,
    results: Results,
    *,
    version: str,
    engine: Engine,
    report: Report,
    run: Callable[[], bytes],
    look: Look = PLAIN_LOOK,
    own: Shelf = NO_SHELF,
    owned: Ownership | None = None,
    arguments: tuple[Argument, ...] = (),
) -> Mapped:
    """Build the maps from the store, merge them into those that people edited, and write out/.

    `look`, `own` (recommendations), `owned` (costs) and `arguments` are the company's. `run` is asked last: what
    run.json says, the one file that is never the same twice.
    """
    written = _written(results)
    current = _current_maps(results, written)
    ledger = store.ledger()
    of = Ingredients(
        project=with_changes(project, ledger),
        log=store.load(),
        ledger=ledger,
        feedback=store.feedback(),
        current=current,
        sources=_sources(project, ingested),
        data=store.generation_hash(),
        config=_hash(canonical(encode(project))),
        engine=f"tropa {version}",
        own=own,
        owned=owned,
        arguments=arguments,
    )
    built = build(of, engine=engine, report=report)
    kept = _kept(results, written, drawn=built.segments)
    rows, warnings = _unassigned(built.staged)
    full = ingested.with_unassigned(rows, [*warnings, *map(_is_kept, kept)])
    report(Progress(work="build.drawing"))
    files = _result_files(built, full, project.language, kept, look)
    results.replace(files | {RUN: run()})
    return Mapped(built=built, report=full, files=files)


def _result_files(
    built: Built, report: IngestReport, language: Language, kept: Mapping[str, "_Kept"], look: Look
) -> dict[str, bytes]:
    """Everything that out/ holds, but run.json: the same bytes for the same input."""
    maps = {MAIN: built.journey, **built.segments}
    files = {_file_of(key): map_to_text(one).encode() for key, one in maps.items()}
    written: dict[str, Any] = {
        key: {"hash": _digest(files[_file_of(key)]), "records": [encode(line) for line in generated_records(one)]}
        for key, one in maps.items()
    }
    files |= {_file_of(key): one.content for key, one in kept.items()}
    written |= {
        key: {"hash": one.written.hash, "records": [encode(line) for line in one.written.records]}
        for key, one in kept.items()
    }
    files["findings.json"] = findings_to_json(built.findings)
    files["report.json"] = report.to_json()
    files["map.html"] = render_page(tuple(maps.values()), language=language, look=look).encode()
    files[f".{WRITTEN}"] = _json(dict(sorted(written.items())))
    return files


def _file_of(key: str) -> str:
    return MAP_FILE if key == MAIN else f"{_SEGMENTS}{key}{_SUFFIX}"


def findings_to_json(findings: Sequence[Finding]) -> bytes:
    """findings.json: every field of every finding, in order."""
    return _json([_whole(one) for one in findings])


def current_maps(results: Results) -> dict[str, JourneyMap]:
    """The maps as people left them, with a note of everything that they deleted."""
    return _current_maps(results, _written(results))


def _current_maps(results: Results, written: Mapping[str, "_Written"]) -> dict[str, JourneyMap]:
    maps = {}
    for key, name in _map_files(results):
        content = results.read(name)
        if content is not None:
            records = written[key].records if key in written else ()
            maps[key] = with_deletions_noted(map_from_text(content, file=f"out/{name}"), records)
    return maps


def _map_files(results: Results) -> Iterator[tuple[str, str]]:
    for name in results.names():
        if name == MAP_FILE:
            yield MAIN, name
        elif name.startswith(_SEGMENTS) and name.endswith(_SUFFIX):
            yield name.removeprefix(_SEGMENTS).removesuffix(_SUFFIX), name


@dataclass(frozen=True, slots=True)
class _Written:
    """What the last build that drew a map wrote into it; no hash where it was not noted yet."""

    records: tuple[Removed, ...]
    hash: str | None


def _written(results: Results) -> dict[str, _Written]:
    """Nothing where the note is not there or not readable."""
    content = results.read(f".{WRITTEN}")
    try:
        notes = {} if content is None else json.loads(content)
        return {key: _read_note(note) for key, note in notes.items()}
    except (ValueError, AttributeError, TypeError, KeyError):
        return {}


def _read_note(note: Any) -> _Written:
    records = note if isinstance(note, list) else note["records"]
    hashed = None if isinstance(note, list) else note["hash"]
    return _Written(tuple(Removed(key=one["key"], by=one["by"]) for one in records), hashed)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A segment's map that is no longer drawn, as a person left it."""

    content: bytes
    written: _Written


def _kept(results: Results, written: Mapping[str, _Written], *, drawn: Container[str]) -> dict[str, _Kept]:
    """The maps of segments that do not differ any more and hold a person's words: these stay as they are."""
    kept = {}
    for key, name in _map_files(results):
        content = results.read(name)
        note = written.get(key, _Written((), None))
        if key != MAIN and key not in drawn and content is not None and _digest(content) != note.hash:
            kept[key] = _Kept(content, note)
    return kept


def _is_kept(key: str) -> Text:
    name = _file_of(key)
    return Text(
        ru=f"Этот сегмент больше не отличается от остальных, его карта не обновлена. Ваши правки на месте: {name}.",
        en=f"This segment no longer differs from the others, and its map was not refreshed. Your edits stay in {name}.",
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _sources(project: Project, report: IngestReport) -> tuple[SourceFile, ...]:
    kinds = {one.file: KINDS[type(one)] for one in project.sources}
    return tuple(SourceFile(file=one.file, rows=one.rows, kind=kinds.get(one.file, "events")) for one in report.sources)


def _unassigned(staged: StagedLog) -> tuple[list[UnassignedEvent], list[Text]]:
    """Event names in no stage; a warning where they are more than one event in twenty."""
    log = staged.log
    counts: dict[str, int] = {}
    for code in log.event.codes[staged.unassigned].tolist():
        name = log.event.values[code]
        counts[name] = counts.get(name, 0) + 1
    rows = [
        UnassignedEvent(event=name, events=count, share=count / log.size)
        for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]
    share = sum(row.share for row in rows)
    if share <= 1 - _ASSIGNED_ENOUGH:
        return rows, []
    told = Text(
        ru=f"Вне этапов {share:.0%} событий. Добавьте их к этапам в tropa.yaml или назовите в ignore.",
        en=f"{share:.0%} of events are in no stage. Add them to stages in tropa.yaml, or name them under ignore.",
    )
    return rows, [told]


def _whole(finding: Finding) -> dict[str, object]:
    plain: dict[str, object] = encode(finding)
    optional = (
        "touchpoint",
        "segment",
        "since",
        "baseline",
        "interval",
        "q_value",
        "money",
        "near_change",
        "recommendation",
        "hypothesis",
    )
    plain |= {name: plain.get(name) for name in optional}
    plain["at"] = {"event": finding.at.event, "to_event": finding.at.to_event}
    order = ("code", "kind", "stage", "touchpoint", "at", "segment", "since", "metric", "unit", "value", "baseline",
             "interval", "of", "q_value", "persons_affected", "period", "money", "near_change", "evidence",
             "recommendation", "hypothesis", "text")  # fmt: skip
    plain.setdefault("evidence", [])
    return {name: plain[name] for name in order} | {name: one for name, one in plain.items() if name not in order}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _hash(text: str) -> str:
    return f"sha256:{_digest(text.encode())}"
