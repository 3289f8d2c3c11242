"""What reads voices: which files, which touchpoints, which model. The only place that chooses them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path

from tropa.adapters.clock import SystemClock
from tropa.adapters.exports.voice_report import write_voice_report
from tropa.adapters.models.llm import LanguageModelReader
from tropa.adapters.models.opening import open_reader
from tropa.adapters.sources.folder import FolderSource
from tropa.adapters.sources.rows import read_rows
from tropa.adapters.storage.learned_file import LearnedFile, read_learned, write_learned
from tropa.adapters.storage.project_read import read_project
from tropa.adapters.storage.taxonomy_read import read_taxonomy
from tropa.adapters.storage.voice_output import LinesFile
from tropa.adapters.stores.local.keys import KEY_BYTES, PseudonymKey
from tropa.adapters.stores.local.voice_rows import VoiceRows
from tropa.domain.language_model import LanguageModelSpec, Sending
from tropa.domain.project import FeedbackSource
from tropa.domain.text import Language, Text
from tropa.domain.voice import VoiceCounts, VoiceLine, counted
from tropa.errors import InputError, NothingToReadError, Place, told
from tropa.intake.understanding import voices_in
from tropa.mapfile.voicelines import line_from_json, line_to_json
from tropa.ports import Report, StatementReader, TableSource, TextModel, silent
from tropa.services.reviewing import BATCH, read_voice, with_row
from tropa.texts.agreement import Evaluation, evaluate
from tropa.texts.copies import Copies
from tropa.texts.corrections import learn
from tropa.texts.industry import industry_of
from tropa.texts.labels import Label, has_texts, read_labels
from tropa.texts.names import stage_kinds
from tropa.texts.noise import noise_of
from tropa.texts.packs import pack_names
from tropa.texts.reading import ClauseReader
from tropa.texts.reporting import voice_report
from tropa.texts.shipped_model import shipped_model
from tropa.texts.statements import VoiceReader
from tropa.texts.surveys import answers_in
from tropa.texts.taxonomy import Taxonomy, taxonomy_for
from tropa.version import __version__

LEARNED = Path(".tropa") / "voice" / "learned.json"
_TAUGHT = "Make one with `tropa voice-learn`."
_MODELS = ("light", "full")
_ONE_RUN = b"voices of one run".ljust(KEY_BYTES, b"\0")  # pseudonyms that are never written down


@dataclass(frozen=True, slots=True)
class Written:
    """What a run came to; `continued_from` lines were there already."""

    counts: VoiceCounts
    continued_from: int = 0


@dataclass(frozen=True, slots=True)
class AskedModel:
    """A language model to read with: where its answers are kept, and who agrees to what is sent."""

    spec: LanguageModelSpec
    answers: Path
    consent: Callable[[Sending], None]


@dataclass(frozen=True)
class Voices:
    """Files with what customers said, and how they are to be read.

    `taxonomy`: people's own touchpoints (YAML); `industry`: a pack that ships, else it is told from the texts.
    """

    files: tuple[Path, ...]
    taxonomy_file: Path | None = None
    labels_file: Path | None = None
    learned_file: Path | None = None
    industry: str | None = None
    model_name: str = "light"
    asked: AskedModel | None = None

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The touchpoints that are looked for."""
        if self.industry is not None and self.industry not in pack_names():
            allowed = told("Allowed: {names}.", names=pack_names())
            raise InputError(told("There is no pack “{name}”.", name=self.industry), allowed)
        industry = self.industry or self._industry_of_project or industry_of(self._rows.sample())
        if self.taxonomy_file is not None:
            return read_taxonomy(self.taxonomy_file, industry=industry)
        return taxonomy_for(industry)

    @cached_property
    def reader(self) -> VoiceReader:
        """Everything that texts are read with, what people taught included."""
        untaught = VoiceReader(model=model_of(self.model_name), taxonomy=self.taxonomy)
        labels = self._labels
        return replace(untaught, learned=learn(labels, untaught)) if labels else untaught

    @cached_property
    def learned_from(self) -> Path | None:
        """The file of lessons in force: the one given, else that of the project in which the first text lies."""
        if self.learned_file is not None:
            if not self.learned_file.is_file():
                raise InputError(told("There is no file “{pattern}”.", pattern=self.learned_file), _TAUGHT)
            return self.learned_file
        first = self.files[0]
        own = (first if first.is_dir() else first.parent) / LEARNED
        return own if own.is_file() else None

    @property
    def _industry_of_project(self) -> str | None:
        first = self.files[0]
        project = (first if first.is_dir() else first.parent) / "tropa.yaml"
        return read_project(project).industry if project.is_file() else None

    @cached_property
    def _labels(self) -> tuple[Label, ...]:
        taught = read_learned(self.learned_from).labels if self.learned_from is not None else ()
        known = {one.key for one in self.taxonomy.touchpoints}
        fitting = tuple(one for one in taught if set(one.touchpoints or ()) <= known)
        return (*fitting, *(self.read_labels(self.labels_file) if self.labels_file is not None else ()))

    def read_labels(self, path: Path) -> tuple[Label, ...]:
        """The labels of a table, in the touchpoints that are looked for."""
        table = read_rows(path)
        texts = {} if has_texts(table.columns) else {one.id: one.text for one in self._rows.read()}
        return read_labels(table.columns, table.rows, file=path.name, taxonomy=self.taxonomy, texts=texts)

    @cached_property
    def language_model(self) -> LanguageModelReader | None:
        """The language model, where one was asked for; the texts that it cannot read are read as without it."""
        if self.asked is None:
            return None
        light = ClauseReader(self.reader)
        asked = self.asked
        return open_reader(asked.spec, self.taxonomy.touchpoints, light, asked.answers, consent=asked.consent)

    @property
    def statements(self) -> StatementReader:
        """What reads whole texts."""
        return self.language_model or ClauseReader(self.reader)

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What a person should hear about the rows read so far."""
        return self._rows.warnings

    def lines(self, report: Report = silent) -> Iterator[VoiceLine]:
        """A line for every row, in the order of files and rows."""
        self._announce()
        yield from read_voice(self._rows.read(report), self.statements)

    def write(self, target: Path, report: Report = silent) -> Written:
        """Write Voice JSONL; a run that was stopped goes on where it was."""
        with LinesFile(target, self._run()) as out:
            counts = self._gather(out, report)
            out.finish()
            return Written(counts, continued_from=out.done)

    def _gather(self, out: LinesFile, report: Report) -> VoiceCounts:
        """Read what is not there yet, a batch at a time."""
        reader, stages, copies = self.statements, self.taxonomy.stages, Copies()
        self._announce()
        if self.language_model is not None:
            self.language_model.report, report = report, silent
        counts = VoiceCounts()
        rows = self._rows.read(report)
        for number, text in enumerate(out.lines(), start=1):
            line = line_from_json(text, file=out.name, number=number)
            counts = counted([line], counts)
            if line.noise is None:
                copies.take(line.id, line.text)
        for _ in islice(rows, out.done):
            pass
        while batch := list(islice(rows, BATCH)):
            lines = tuple(read_voice(batch, reader, copies))
            counts = counted(lines, counts)
            out.append(line_to_json(one, stages=stages) for one in lines)
        return counts

    def write_report(self, target: Path, language: Language, report: Report = silent) -> Written:
        """Write what the voices say as a page or a workbook; a run that was stopped goes on where it was."""
        with LinesFile(target, self._run()) as out:
            counts = self._gather(out, report)
            lines = tuple(self._read_back(out))
            made = voice_report(
                lines,
                self.taxonomy.touchpoints,
                model=f"{self.statements.name} {self.statements.version}",
                stages={key: kind.name for key, kind in stage_kinds().items()},
                answers=answers_in(lines, self.taxonomy.stage_named),
            )
            write_voice_report(made, target, language)
            out.throw_away()
            return Written(counts, continued_from=out.done)

    def _read_back(self, out: LinesFile) -> Iterator[VoiceLine]:
        """The lines that were written down, with what their rows hold beside the words."""
        rows = VoiceRows(sources_of(self.files), PseudonymKey(_ONE_RUN)).read()
        for number, (text, row) in enumerate(zip(out.lines(), rows, strict=True), start=1):
            line = line_from_json(text, file=out.name, number=number)
            yield with_row(line, row)

    def _run(self) -> str:
        """What a stopped run must share with the one that goes on: files, touchpoints, model."""
        files = [
            (str(one.resolve()), one.stat().st_size, one.stat().st_mtime_ns)
            for path in self.files
            for one in (sorted(path.rglob("*")) if path.is_dir() else [path])
            if one.is_file()
        ]
        touchpoints = [(one.key, one.words) for one in self.taxonomy.touchpoints]
        model = self.statements
        labels = [(one.said, one.touchpoints, one.sentiment) for one in self._labels]
        return repr((__version__, model.name, model.version, files, touchpoints, labels))

    def _announce(self) -> None:
        """Say what is about to be sent, and ask, where texts go to a language model."""
        if self.language_model is not None:
            self.language_model.announce(self._texts())

    def _texts(self) -> tuple[str, ...]:
        """All texts that say something."""
        rows = VoiceRows(sources_of(self.files), PseudonymKey(_ONE_RUN)).read()
        return tuple(one.text for one in rows if noise_of(one.text) is None)

    @cached_property
    def _rows(self) -> VoiceRows:
        return VoiceRows(sources_of(self.files), PseudonymKey(_ONE_RUN))


@dataclass(frozen=True, slots=True)
class Taught:
    """What a lesson came to: the file as it is now, and how many labels are in force."""

    learned: LearnedFile
    file: Path


def teach(labels: Path, target: Path, *, taxonomy: Path | None, industry: str | None) -> Taught:
    """Add a table of corrections to what tropa learned."""
    table = read_rows(labels)
    if not has_texts(table.columns):
        raise InputError("These labels name texts by id only.", "Add a column `text`.", Place(file=labels.name, line=1))
    voices = Voices((labels,), taxonomy_file=taxonomy, industry=industry)
    read = voices.read_labels(labels)
    learned = read_learned(target).with_lesson(read, source=labels.name, made=SystemClock().today())
    write_learned(target, learned)
    return Taught(learned, target)


def unteach(target: Path) -> Taught:
    """Take the last lesson back."""
    learned = read_learned(target)
    if not learned.lessons:
        raise InputError(told("Nothing was taught in “{file}”.", file=target), _TAUGHT)
    write_learned(target, learned.without_last())
    return Taught(learned.without_last(), target)


def evaluated(voices: Voices, labels: Path | None) -> Evaluation:
    """How well texts are read, by people's labels; without them the file of texts itself holds the labels.

    A file of Voice JSONL is taken as it is, anything else is read first.
    """
    first = voices.files[0]
    lines = _written_lines(first) or tuple(voices.lines())
    return evaluate(lines, voices.read_labels(labels or first))


def _written_lines(path: Path) -> tuple[VoiceLine, ...]:
    """The lines of a file of Voice JSONL; none where it is something else."""
    if path.suffix != ".jsonl" or not path.is_file():
        return ()
    with path.open(encoding="utf-8", errors="surrogatepass") as file:
        start = file.readline()
        if '"statements"' not in start:
            return ()
        texts = [start, *file]
    return tuple(line_from_json(text, file=path.name, number=n) for n, text in enumerate(texts, start=1))


def model_of(name: str) -> TextModel:
    """The model of this name."""
    if name == "light":
        return shipped_model()
    if name == "full":
        from tropa.adapters.models.full import full_model  # noqa: PLC0415  needs an extra

        return full_model()
    raise InputError(told("There is no model “{name}”.", name=name), told("Allowed: {names}.", names=_MODELS))


def sources_of(files: Sequence[Path]) -> list[tuple[TableSource, FeedbackSource]]:
    """Where each file's texts are: the same reading as `tropa init`, but every table with words is voices."""
    found: list[tuple[TableSource, FeedbackSource]] = []
    for path in files:
        if not path.exists():
            raise InputError(
                told("There is no file “{pattern}”.", pattern=path), "Give a file with texts, or a folder."
            )
        folder = FolderSource(path) if path.is_dir() else FolderSource(path.parent, only=path.name)
        here = folder.find()
        sources = voices_in(here.tables)
        if not sources and here.unread:
            raise here.unread[0].error
        if not sources:
            raise NothingToReadError(told("There are no texts in “{file}”.", file=path), _HINT)
        found += [(folder, source) for source in sources]
    return found


_HINT = "Give reviews, answers or messages as CSV, XLSX, JSON or text."
