"""What begins a folder without data and lets it grow: which files, which secrets, which template."""

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tropa.adapters.storage.brief_read import read_brief
from tropa.adapters.storage.output import place_new_files, write_file
from tropa.adapters.storage.project_write import add_source, beginning_to_text
from tropa.adapters.stores.local.keys import PseudonymKey, pseudonym_key, written
from tropa.adapters.stores.local.voice_rows import VoiceRows
from tropa.assembly.answers import Answer
from tropa.assembly.touched import Touch, touched
from tropa.bootstrap import ANSWERS, PROJECT_FILE, Workshop, open_map
from tropa.domain.brief import Brief
from tropa.domain.journeymap import JourneyMap
from tropa.domain.project import FeedbackColumns, FeedbackSource, Precision, TimeColumn
from tropa.domain.template import Template
from tropa.domain.text import Language
from tropa.errors import InputError, told
from tropa.services.beginning import MAP, RESEARCH, begun, grown
from tropa.services.understanding import project_key
from tropa.texts.brief import brief_form
from tropa.texts.templates import template_of
from tropa.voice_setup import sources_of

BRIEF = "brief.md"
_ANSWERED = FeedbackSource(
    file=ANSWERS,
    columns=FeedbackColumns(
        text="text", person="person", role="role", time=TimeColumn(column="date", precision=Precision.DAY)
    ),
)


def brief_of(path: Path, language: Language) -> Brief:
    """The answers of a brief that was filled in."""
    return read_brief(path, language)


def write_brief_form(folder: Path, language: Language) -> Path:
    """Write the empty form into a folder."""
    place_new_files(folder, {BRIEF: brief_form(language).encode()})
    return folder / BRIEF


def begin_folder(folder: Path, of: Template, brief: Brief, templates: Path | None) -> JourneyMap:
    """Write a map of guesses, the research plan and tropa.yaml into a folder: all of them, or none."""
    own = None if templates is None else Path(os.path.relpath(templates, folder)).as_posix()
    made = begun(of, brief, key=project_key(folder), templates=own)
    place_new_files(folder, {**made.files, PROJECT_FILE: beginning_to_text(made.project).encode()})
    return made.journey


@dataclass(frozen=True, slots=True)
class Beginning:
    """A folder that `tropa new` has begun, and the answers that come into it."""

    folder: Path

    @property
    def map_file(self) -> Path:
        """The map of guesses."""
        return self.folder / MAP

    def journey(self) -> JourneyMap:
        """The map as it is now; an InputError where none was begun."""
        if not self.map_file.is_file():
            message = told("“{folder}” holds no map that was begun without data.", folder=self.folder)
            raise InputError(message, told("Begin one with `tropa new {folder}`.", folder=self.folder))
        return open_map(self.map_file)

    def template(self) -> Template | None:
        """The template that the map was begun with."""
        workshop = Workshop(self.folder)
        return template_of(workshop.project()) if workshop.project_file.exists() else None

    def key(self) -> PseudonymKey:
        """The secret under which people's names are kept."""
        workshop = Workshop(self.folder)
        known = workshop.project_file.exists()
        return pseudonym_key(workshop.project().project if known else project_key(self.folder), folder=self.folder)

    def pseudonym(self, kind: str, name: str | None) -> str | None:
        """A person or company under a name that says nothing; None for nobody."""
        plain = " ".join((name or "").split()).casefold()
        return written(self.key().pseudonym(f"answer:{kind}", plain)) if plain else None

    def heard(self, files: Sequence[Path], journey: JourneyMap) -> Sequence[Touch]:
        """Which guesses the interviews in these files touch."""
        of = self.template()
        rows = tuple(VoiceRows(sources_of(files), self.key()).read())
        return touched(journey, rows, industry=of.pack if of is not None else None)

    def note(self, answers: Sequence[Answer]) -> None:
        """Add what was typed in to answers.csv, so that a build hears these voices when data come."""
        place = self.folder / ANSWERS
        present = place.read_text(encoding="utf-8") if place.is_file() else ""
        out = io.StringIO(newline="")
        table = csv.writer(out, lineterminator="\n")
        if not present:
            table.writerow(("date", "person", "role", "text"))
        for one in answers:
            role = "employee" if one.by_staff else "customer"
            table.writerow((one.date.isoformat(), one.person or "", role, one.text))
        write_file(place, (present + out.getvalue()).encode())
        if (self.folder / PROJECT_FILE).exists():
            add_source(self.folder / PROJECT_FILE, _ANSWERED)

    def keep(self, journey: JourneyMap) -> Sequence[Path]:
        """Write the map, its page and the plan; the files that were written."""
        plan = self.folder / RESEARCH
        present = plan.read_text(encoding="utf-8") if plan.is_file() else None
        files = grown(journey, self.template(), present)
        for name, content in files.items():
            write_file(self.folder / name, content)
        return [self.folder / name for name in files]
