"""The only place that chooses adapters and reads settings.

What only one thing needs is imported when it is done: a question should not wait for what draws a map.
"""

import json
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tropa.adapters.clock import SystemClock
from tropa.adapters.engines.increments import RememberingEngine, SumsInFolder
from tropa.adapters.engines.local import LocalEngine
from tropa.adapters.sources.folder import FolderSource
from tropa.adapters.storage.project_read import read_project
from tropa.adapters.storage.results import ResultsFolder
from tropa.adapters.stores.clickhouse.client import Client, connector
from tropa.adapters.stores.clickhouse.mirror import Mirror
from tropa.adapters.stores.clickhouse.tables import WithEventsTable
from tropa.adapters.stores.local.keys import pseudonym_key
from tropa.adapters.stores.local.store import LocalStore
from tropa.assembly.definition import define_stages, seen_by_map
from tropa.assembly.ledger import with_changes
from tropa.domain.finding import Finding
from tropa.domain.journeymap import JourneyMap
from tropa.domain.language_model import LanguageModelSpec
from tropa.domain.project import EngineKind, FeedbackSource, Project, StageSpec, StoreKind
from tropa.domain.template import Template
from tropa.domain.text import Language
from tropa.errors import InputError, LanguageModelError, told
from tropa.events.cleaning import cleaned
from tropa.events.fold import Engine
from tropa.events.increments import change_between
from tropa.events.log import EventLog
from tropa.events.report import IngestReport
from tropa.events.staged import StagedLog, stage_events
from tropa.ports import Report, TableSource, silent
from tropa.services.answering.answer import Answer, plain_rows
from tropa.services.answering.questions import Questions
from tropa.services.answering.scope import Scope
from tropa.version import __version__

if TYPE_CHECKING:
    from tropa.adapters.stores.local.people import FoundPeople
    from tropa.domain.argument import Argument
    from tropa.domain.ownership import Ownership
    from tropa.insight.playbook import Shelf
    from tropa.intake.placed_rows import Heads, PlacedRow
    from tropa.render.branding import Look
    from tropa.render.takeaway.blocks import Document
    from tropa.services.mapping import Mapped
    from tropa.services.understanding import FirstLook

PROJECT_FILE = "tropa.yaml"
OUT = "out"
ANSWERS = "answers.csv"
PEOPLE = "people-lists"
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Workshop:
    """A company's folder with everything that works in it."""

    folder: Path
    out: Path | None = None

    def __post_init__(self) -> None:
        if not self.folder.is_dir():
            raise InputError(
                told("There is no folder “{folder}”.", folder=self.folder), "Give the folder that holds the data."
            )

    @property
    def project_file(self) -> Path:
        """tropa.yaml of the folder."""
        return self.folder / PROJECT_FILE

    @property
    def results(self) -> ResultsFolder:
        """The folder out/."""
        return ResultsFolder(self.out or self.folder / OUT)

    def first_look(self, language: Language | None = None) -> "FirstLook":
        """What the folder's files hold."""
        from tropa.services.understanding import look_at  # noqa: PLC0415

        return look_at(self.folder, FolderSource(self.folder).find(), language=language)

    def project(self) -> Project:
        """tropa.yaml as values, with the folder's own template where it names one."""
        project = read_project(self.project_file)
        name = project.stages_from.removeprefix("template:")
        if project.templates is None or name == project.stages_from:
            return project
        return replace(project, template=template_called(name, self.folder / project.templates))

    def keep(self, project: Project, report: Report = silent) -> Project:
        """Write tropa.yaml with the stages that the data show; what a person changed in it stays."""
        from tropa.adapters.storage.project_write import write_project  # noqa: PLC0415
        from tropa.services.understanding import with_stages  # noqa: PLC0415

        if self.project_file.exists():
            project = _with_words_of(self.project(), project)
        whole = with_stages(project, self.events(project, report))
        write_project(self.project_file, whole)
        return whole

    def events(self, project: Project, report: Report = silent) -> EventLog:
        """All events of the folder as it is now."""
        self.ingest(project, report)
        return LocalStore(self.folder).load()

    def ingest(self, project: Project, report: Report = silent) -> IngestReport:
        """Read every source anew into the store."""
        key = pseudonym_key(project.project, folder=self.folder)
        return self._with_tables(
            project, report, lambda whole, tables: LocalStore(self.folder).ingest(whole, tables, key, report)
        )

    def people(self, project: Project, wanted: Collection[bytes], report: Report = silent) -> "FoundPeople":
        """Who is behind these pseudonyms, by the sources as they are now."""
        from tropa.adapters.stores.local.people import find_people  # noqa: PLC0415

        key = pseudonym_key(project.project, folder=self.folder)
        return self._with_tables(project, report, lambda whole, tables: find_people(whole, tables, key, wanted))

    def _with_tables(self, project: Project, report: Report, read: Callable[[Project, TableSource], Read]) -> Read:
        """What is read from all sources, the table of events among them where there is one."""
        files = FolderSource(self.folder)
        if project.store.kind is StoreKind.LOCAL:
            return read(project, files)
        mirror = Mirror(self.folder / ".tropa" / "clickhouse", project, Client(connector(project.store)))
        events = mirror.source()
        whole = replace(project, sources=(events, *project.sources))
        found = read(whole, WithEventsTable(mirror, events, files, FolderSource, report))
        mirror.clear()
        return found

    def build(self, project: Project, report: Report = silent) -> "Mapped":
        """From the files to out/."""
        from tropa.services.mapping import map_folder  # noqa: PLC0415

        began = time.perf_counter()
        ingested = self.ingest(project, report)

        def run() -> bytes:
            seconds = {"version": 1, "tropa": __version__, "seconds": round(time.perf_counter() - began, 3)}
            return (json.dumps(seconds, indent=2) + "\n").encode()

        return map_folder(
            project,
            ingested,
            LocalStore(self.folder),
            self.results,
            version=__version__,
            engine=LocalEngine(),
            report=report,
            run=run,
            look=look_for(self.project_file),
            own=self._playbook(project),
            owned=None if project.tco is None else read_ownership(self.folder / project.tco, currency=project.currency),
            arguments=self._arguments(project),
        )

    def _arguments(self, project: Project) -> "tuple[Argument, ...]":
        """What the company tells those who decide, where tropa.yaml names a table of it."""
        if project.fab is None:
            return ()
        from tropa.intake.arguments import NEEDED, arguments  # noqa: PLC0415
        from tropa.intake.data_ownership import ARGUMENT_HEADS  # noqa: PLC0415

        return arguments(rows_of(self.folder / project.fab, ARGUMENT_HEADS, NEEDED), project.buying_centre)

    def _playbook(self, project: Project) -> "Shelf":
        """The company's own recommendations, where tropa.yaml names a folder of them."""
        from tropa.adapters.storage.playbook_read import read_playbook  # noqa: PLC0415
        from tropa.insight.playbook import NO_SHELF  # noqa: PLC0415

        return NO_SHELF if project.playbook is None else read_playbook(self.folder / project.playbook)

    def left_out(self, project: Project) -> tuple[str, ...]:
        """Files that may hold data, came after tropa.yaml was written, and are not named in it."""
        written = self.project_file.stat().st_mtime_ns
        names = set(FolderSource(self.folder).left_out(project.sources)) - {project.tco, project.fab}
        return tuple(name for name in sorted(names) if (self.folder / name).stat().st_mtime_ns > written)

    def waits_for_data(self, project: Project) -> bool:
        """Nothing but answers to guesses is named in tropa.yaml, and there is more in the folder, or nothing at all."""
        if project.store.kind is not StoreKind.LOCAL or any(one.file != ANSWERS for one in project.sources):
            return False
        return not project.sources or bool(FolderSource(self.folder).left_out(project.sources))

    def staged(self, project: Project, report: Report = silent) -> StagedLog:
        """All events put into stages, as the map has them."""
        seen = seen_by_map(project, self.events(project, report))
        return stage_events(seen, self._stages(project, seen))

    def questions(self, project: Project, report: Report = silent) -> Questions:
        """What can be asked of the folder's data."""
        events = self.events(project, report)
        log = seen_by_map(project, events)
        store = LocalStore(self.folder)
        ledger = store.ledger()
        return Questions(
            Scope(
                project=with_changes(project, ledger),
                log=log,
                stages=cache(partial(self._stages, project, log)),
                engine=self._engine(project, log),
                work=cleaned(events, project.cleaning),
                ledger=ledger,
                feedback=store.feedback,
            )
        )

    def _engine(self, project: Project, log: EventLog) -> Engine:
        """Where questions are worked out; a map is always built here."""
        if project.engine.kind is EngineKind.LOCAL:
            return LocalEngine()
        from tropa.adapters.engines import spark  # noqa: PLC0415  needs an extra

        cluster = spark.spark_engine(project.engine, self.folder / ".tropa" / "buckets")
        return self._remembering(cluster, project, log)

    def _remembering(self, engine: Engine, project: Project, log: EventLog) -> Engine:
        """The engine with what it came to before; where counting takes a cluster, a day's change is counted here."""
        store = LocalStore(self.folder)
        persons, former = store.persons(), store.former()
        before = (seen_by_map(project, former[0]), former[1]) if former else (log, persons)
        change = change_between(before[0], log, (before[1], persons))
        sums = SumsInFolder(self.folder / ".tropa" / "sums", (change.before.name, change.now.name))
        sums.clear_old()
        return RememberingEngine(engine=engine, near=LocalEngine(), sums=sums, change=change)

    def _stages(self, project: Project, log: EventLog) -> tuple[StageSpec, ...]:
        """The stages as the map has them; finding them costs time, so only questions about stages do."""
        from tropa.assembly.build import MAIN  # noqa: PLC0415

        listens = any(isinstance(one, FeedbackSource) for one in project.sources)
        return define_stages(log, project, self.current().get(MAIN), listens=listens).stages

    def current(self) -> Mapping[str, JourneyMap]:
        """The maps as people left them."""
        from tropa.services.mapping import current_maps  # noqa: PLC0415

        return current_maps(self.results)


def _with_words_of(present: Project, fresh: Project) -> Project:
    """What was understood anew, on the path and with the question that stand in the file."""
    known = {one.file for one in present.sources}
    return replace(
        fresh,
        project=present.project,
        title=present.title if not present.title.is_empty else fresh.title,
        goal=present.goal or fresh.goal,
        stages_from=present.stages_from,
        templates=present.templates,
        template=present.template,
        sources=(*present.sources, *(one for one in fresh.sources if one.file not in known)),
    )


def templates_in(folder: Path | None) -> Mapping[str, Template]:
    """The templates that ship, and those of a folder, by key; own ones come first and may take the place of others."""
    from tropa.texts.templates import TEMPLATES, template  # noqa: PLC0415

    own: Mapping[str, Template] = {}
    if folder is not None:
        from tropa.adapters.storage.template_read import read_templates  # noqa: PLC0415

        own = read_templates(folder)
    return {**own, **{key: template(key) for key in TEMPLATES if key not in own}}


def template_called(name: str, folder: Path | None) -> Template:
    """A template by key, or by its name in any language; the folder's own first."""
    from tropa.texts.templates import no_template  # noqa: PLC0415

    known = templates_in(folder)
    called = {words.casefold(): one for one in known.values() for words in (one.name.ru, one.name.en) if words}
    found = known.get(name) or called.get(name.strip().casefold())
    if found is None:
        raise no_template(name, tuple(known))
    return found


def today() -> date:
    """What day it is: only remarks on a map look at it, never a build."""
    return SystemClock().today()


def open_map(path: Path) -> JourneyMap:
    """A map from its file."""
    from tropa.mapfile.codec import map_from_text  # noqa: PLC0415

    try:
        return map_from_text(path.read_bytes(), file=str(path))
    except OSError as error:
        raise InputError(
            told("“{path}” cannot be opened: {why}.", path=path, why=error.strerror), "Give a map file *.cjm.json."
        ) from error


def export_map(
    path: Path,
    *,
    to: str,
    target: Path | None,
    language: Language | None,
    paper: str = "fit",
    department: str | None = None,
    branding: Path | None = None,
    buyer: str | None = None,
) -> Sequence[Path]:
    """Write a map in another form; the files that were written.

    `department` cuts the map down to what it answers for; `branding` is a file with the company's look; `buyer` is the
    class of buyers that a page is for.
    """
    from tropa.adapters.exports.kinds import exporter_for  # noqa: PLC0415
    from tropa.render.takeaway.department import cut_for  # noqa: PLC0415

    journey = open_map(path)
    stem = path.name.removesuffix(".cjm.json")
    beside = path.with_name(f"{stem}.to-be.cjm.json")
    exporter = exporter_for(
        to,
        paper=paper,
        to_be=open_map(beside) if beside.exists() else None,
        segments=_segments_of(journey, path),
        look=look_for(path, branding),
        buyer=buyer,
    )
    shown = journey if department is None else cut_for(journey, department)
    place = target or path.with_name(f"{stem}.{exporter.suffix}")
    return exporter.export(shown, place, language or journey.language)


def _segments_of(journey: JourneyMap, path: Path) -> tuple[JourneyMap, ...]:
    """The maps of the map's segments that lie where it says."""
    files = [path.parent / one.file for one in journey.segments if one.file is not None]
    return tuple(open_map(one) for one in files if one.is_file())


def look_for(place: Path, file: Path | None = None) -> "Look":
    """The company's look: of a file, else of the tropa.yaml at a map or above it; plain where neither says."""
    from tropa.adapters.storage.branding_read import read_branding, with_logo  # noqa: PLC0415
    from tropa.render.branding import PLAIN_LOOK, Look  # noqa: PLC0415

    if file is not None:
        return Look(read_branding(file))
    folder = next((one for one in place.resolve().parents if (one / PROJECT_FILE).is_file()), None)
    spec = read_project(folder / PROJECT_FILE).branding if folder is not None else None
    return PLAIN_LOOK if spec is None or folder is None else Look(with_logo(spec, folder))


def folder_of(place: Path) -> Path:
    """The project's folder of a place in it, such as a map; InputError where there is none."""
    for folder in (place, *place.resolve().parents) if place.is_dir() else place.resolve().parents:
        if (folder / PROJECT_FILE).is_file():
            return folder
    hint = "Name the folder with the data, or a map in its out/."
    raise InputError(told("There is no tropa.yaml at “{place}” or above it.", place=place), hint)


@dataclass(frozen=True, slots=True)
class PeopleList:
    """A list that was written: whom it is about, how many are on it, and where it lies."""

    finding: Finding
    found: "FoundPeople"
    unit: str
    file: Path


def list_people(place: Path, wanted: str, target: Path | None, report: Report = silent) -> PeopleList:
    """Write who a finding is about; people who said no to being written to are left out, and the taking is noted."""
    from tropa.adapters.exports.tables import write_ids  # noqa: PLC0415
    from tropa.adapters.storage.people_log import note_list  # noqa: PLC0415
    from tropa.assembly.build import MAIN  # noqa: PLC0415
    from tropa.services.concerned import Data, finding_named, pseudonyms_concerned  # noqa: PLC0415

    workshop = Workshop(folder_of(place))
    journey = open_map(workshop.folder / OUT / "map.cjm.json" if place.is_dir() else place)
    finding, project = finding_named(journey, wanted), workshop.project()
    workshop.ingest(project, report)
    store = LocalStore(workshop.folder)
    data = Data(log=store.load(), persons=store.persons(), feedback=store.feedback())
    sought = pseudonyms_concerned(project, data, finding, workshop.current().get(MAIN))
    found = workshop.people(project, sought, report)
    file = target or workshop.folder / PEOPLE / f"{finding.code}.csv"
    if target is None:
        file.parent.mkdir(exist_ok=True)
    note_list(
        workshop.folder,
        at=SystemClock().now(),
        finding=finding.code,
        people=len(found.ids),
        refused=found.refused,
        file=file.name,
    )
    return PeopleList(finding, found, journey.unit, write_ids(file, found.ids))


def write_tables(answer: Answer, target: Path, language: Language) -> Sequence[Path]:
    """Write an answer's tables as CSV: the first into the file, each further one beside it under its key."""
    from tropa.adapters.exports.tables import write_csv  # noqa: PLC0415

    written = []
    for number, table in enumerate(answer.tables):
        place = target.with_name(f"{target.stem}-{table.key}{target.suffix}") if number else target
        written.append(write_csv(place, plain_rows(table, language)))
    return written


def write_picture(answer: Answer, target: Path, language: Language, *, width: float = 900) -> Sequence[Path]:
    """Write an answer's picture as SVG with its fonts; nothing is written where there is nothing to draw."""
    from tropa.adapters.exports.writing import write_whole  # noqa: PLC0415
    from tropa.render.typeface import font_faces  # noqa: PLC0415

    picture = answer.picture(language, width=width, style=font_faces())
    return () if picture is None else (write_whole(target, picture.encode()),)


def import_map(table: Path, target: Path | None) -> Path:
    """Read a map from a table and write it as a map file."""
    from tropa.adapters.exports.reading_xlsx import read_map  # noqa: PLC0415
    from tropa.adapters.storage.output import write_file  # noqa: PLC0415
    from tropa.mapfile.codec import map_to_text  # noqa: PLC0415

    place = target or table.with_name(f"{table.stem}.cjm.json")
    write_file(place, map_to_text(read_map(table)).encode())
    return place


def simulated_files(story: str, out: Path, *, language: Language, seed: int, after: bool = False) -> None:
    """Write an invented company's exports into a folder; with `after` the second delivery too, into `after/` there."""
    from tropa.adapters.storage.output import write_file  # noqa: PLC0415
    from tropa.simulate.story import STORIES, simulate  # noqa: PLC0415
    from tropa.simulate.story_facts import Delivery  # noqa: PLC0415

    if story not in STORIES:
        raise InputError(
            told("There is no story “{story}”.", story=story), told("Stories: {names}.", names=list(STORIES))
        )
    deliveries = {Delivery.BEFORE: out} | ({Delivery.AFTER: out / Delivery.AFTER.value} if after else {})
    for delivery, folder in deliveries.items():
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in simulate(story, language=language, seed=seed, delivery=delivery).files.items():
            write_file(folder / name, content)


def laid_out_by(story: str, language: Language) -> Callable[[Project], Project]:
    """What the company of this story makes of tropa's first look: its own question and stages, where it has them."""
    from tropa.services.story_map import laid_out  # noqa: PLC0415
    from tropa.simulate.story import telling_of  # noqa: PLC0415

    telling = telling_of(story, language)
    return lambda project: laid_out(project, telling) if telling is not None else project


@dataclass(frozen=True, slots=True)
class Simulated:
    """Names of the exports written, and where the truth about them is."""

    files: Sequence[str]
    truth: Path


def simulate_to(scenario: Path, out: Path, truth: Path | None, *, seed: int) -> Simulated:
    """Write a scenario's exports into a folder, and the truth about them outside it."""
    from tropa.adapters.storage.output import write_file  # noqa: PLC0415
    from tropa.adapters.storage.scenario_read import read_scenario  # noqa: PLC0415
    from tropa.simulate.scenario_run import simulate_scenario  # noqa: PLC0415

    place = truth or out.resolve().with_name(f"{out.resolve().name}.truth.json")
    if place.resolve().is_relative_to(out.resolve()):
        raise InputError("The truth may not lie in the folder with the data.", "Give --truth a place outside it.")
    if seed < 0:
        raise InputError(told("A seed is 0 or more, got {seed}.", seed=seed))
    business = simulate_scenario(read_scenario(scenario), seed=seed)
    out.mkdir(parents=True, exist_ok=True)
    for name, content in business.files.items():
        write_file(out / name, content)
    write_file(place, business.truth)
    return Simulated(tuple(business.files), place)


def language_model_settings(
    file: Path, *, endpoint: str | None = None, model: str | None = None, key_env: str | None = None
) -> LanguageModelSpec:
    """The language model that was asked for: by `language_model` of tropa.yaml, or by flags.

    With an endpoint of its own nothing of the file is used, so that a key never goes to another host than it is for.
    LanguageModelError where no endpoint is set.
    """
    from tropa.adapters.storage.project_check import language_model_faults  # noqa: PLC0415  seldom needed

    if endpoint is not None:
        spec: LanguageModelSpec | None = LanguageModelSpec(endpoint=endpoint, model=model or "", key_env=key_env)
    else:
        spec = read_project(file).language_model if file.exists() else None
        spec = spec and replace(spec, model=model or spec.model, key_env=key_env or spec.key_env)
    if spec is None:
        raise LanguageModelError(
            "It is not said where the language model is.",
            "Write `language_model` with `endpoint` and `model` into tropa.yaml, or give --endpoint and --llm.",
        )
    for fault in language_model_faults(spec):
        raise LanguageModelError(fault.message, fault.hint)
    return replace(spec, ca_file=str(file.parent / spec.ca_file)) if spec.ca_file else spec


def write_buyers_form(name: str, target: Path, language: Language) -> Path:
    """Write the form of costs or of arguments."""
    from tropa.adapters.exports.form import write_form  # noqa: PLC0415
    from tropa.intake.data_forms import ARGUMENT_FORM, COST_FORM  # noqa: PLC0415
    from tropa.intake.data_ownership import ARGUMENT_HEADS, COST_HEADS  # noqa: PLC0415

    heads, form = (COST_HEADS, COST_FORM) if name == "costs" else (ARGUMENT_HEADS, ARGUMENT_FORM)
    words = [one[0 if language is Language.RU else 1] for one in heads.values()]
    return write_form(target, words, form[language])


def rows_of(path: Path, heads: "Heads", needed: Sequence[str]) -> "tuple[PlacedRow, ...]":
    """The rows of a small table that a person filled in."""
    from tropa.adapters.sources.small_table import read_small_table  # noqa: PLC0415
    from tropa.adapters.storage.listed_yaml import SUFFIXES, read_listed  # noqa: PLC0415
    from tropa.intake.placed_rows import placed_rows  # noqa: PLC0415

    if path.suffix.casefold() in SUFFIXES:
        return read_listed(path, heads, needed)
    table = read_small_table(path)
    return placed_rows(table.columns, table.rows, heads, file=path.name, needed=needed)


def read_ownership(path: Path, *, years: int | None = None, currency: str | None = None) -> "Ownership":
    """What a table of costs comes to."""
    from tropa.analysis.ownership import ownership  # noqa: PLC0415
    from tropa.intake.cost_table import NEEDED, cost_table  # noqa: PLC0415
    from tropa.intake.data_ownership import COST_HEADS  # noqa: PLC0415

    rows = rows_of(path, COST_HEADS, NEEDED)
    if not rows:
        raise InputError(told("“{name}” holds no lines.", name=path.name), "Fill in a line for each cost.")
    return ownership(cost_table(rows, years=years, currency=currency))


def write_ownership(
    table: Path, target: Path | None, *, language: Language, years: int | None = None, currency: str | None = None
) -> "tuple[Document, Path | None]":
    """The calculation as a document, and the file where it was written."""
    from tropa.adapters.exports.ownership_files import ownership_file  # noqa: PLC0415
    from tropa.render.takeaway.ownership import ownership_document  # noqa: PLC0415

    found = read_ownership(table, years=years, currency=currency)
    written = None if target is None else ownership_file(found, target, language, look_for(table))
    return ownership_document(found, language), written
