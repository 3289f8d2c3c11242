"""The event store in a project's folder: generations that never change, and a name that points to the present one."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from tropa.adapters.disk import flush_folder, recover_folder, replace_file, replace_folder
from tropa.adapters.stores.local import generation
from tropa.adapters.stores.local.disk import alone, our_errors
from tropa.adapters.stores.local.inputs import inputs_hash
from tropa.adapters.stores.local.keys import PseudonymKey
from tropa.adapters.stores.local.rejects import names_in
from tropa.adapters.stores.local.sql import database_errors
from tropa.domain.ledger import Ledger
from tropa.domain.project import Project
from tropa.errors import InputError, NothingToReadError, StoreError
from tropa.events.log import EventLog
from tropa.events.report import IngestReport, report_from_json
from tropa.ports import Report, TableSource
from tropa.texts.document import Feedback

KEPT = 2
CURRENT = "CURRENT"
_TRIES = 5
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class LocalStore:
    """Generations in `.tropa/store/` of a project's folder, and its folder of rejected rows."""

    folder: Path

    @property
    def _room(self) -> Path:
        return self.folder / ".tropa" / "store"

    def ingest(self, project: Project, tables: TableSource, keys: PseudonymKey, report: Report) -> IngestReport:
        """Read every source anew into a new generation; nothing is read where nothing has changed."""
        if not project.sources:
            raise NothingToReadError("tropa.yaml names no sources.", "Put exports into the folder and run init.")
        if keys.place is not None and keys.place.resolve().is_relative_to(self.folder.resolve()):
            raise InputError("The key of pseudonyms may not lie in the folder of the data.", "Move it out.")
        with our_errors(self.folder), database_errors(), alone(self.folder / ".tropa" / "lock"):
            self._room.mkdir(parents=True, exist_ok=True)
            self._clear_leftovers()
            inputs = inputs_hash(self.folder, project, keys)
            if (place := self._unchanged(inputs)) is None:
                place = self._write(project, tables, keys, inputs=inputs, report=report)
            self._publish_rejects(place / generation.REJECTS)
            return report_from_json((place / generation.REPORT).read_bytes())

    def load(self) -> EventLog:
        """The present log, its columns mapped from the disk."""
        return self._read(generation.read_log)

    def feedback(self) -> tuple[Feedback, ...]:
        """The present voices, masked."""
        return self._read(generation.read_feedback)

    def ledger(self) -> Ledger:
        """What stands beside the path: costs, search queries, changes."""
        return self._read(generation.read_ledger)

    def persons(self) -> NDArray[np.uint8]:
        """The pseudonyms of the log's units, 16 bytes each."""
        return self._read(generation.read_persons)

    def former(self) -> tuple[EventLog, NDArray[np.uint8]] | None:
        """The log before the present one and its pseudonyms; None where there is none any more."""
        current = self._current()
        if current is None:
            return None
        numbers = [int(one.name) for one in self._room.iterdir() if one.name.isdigit()]
        former = max((number for number in numbers if number < int(current.name)), default=None)
        if former is None:
            return None
        try:
            place = self._room / str(former)
            return generation.read_log(place), generation.read_persons(place)
        except (OSError, ValueError, KeyError):
            return None

    def generation_hash(self) -> str:
        """The hash of the present data; it does not depend on the key of pseudonyms."""
        return self._read(generation.read_manifest).data

    def _read(self, reader: Callable[[Path], Answer]) -> Answer:
        """Readers take no lock: where a generation goes away under them, they look for the present one again."""
        for _ in range(_TRIES):
            place = self._current()
            if place is None:
                raise StoreError("Nothing has been read yet in this folder.", "Run build first.")
            try:
                return reader(place)
            except FileNotFoundError:
                if self._current() == place:
                    break
            except (ValueError, KeyError, OSError) as error:
                raise StoreError("The store is damaged.", "Remove the folder .tropa/store and build again.") from error
        raise StoreError("The store is damaged.", "Remove the folder .tropa/store and build again.")

    def _current(self) -> Path | None:
        try:
            name = (self._room / CURRENT).read_text().strip()
        except FileNotFoundError:
            return None
        return self._room / name

    def _unchanged(self, inputs: str) -> Path | None:
        place = self._current()
        try:
            return place if place and generation.read_manifest(place).inputs == inputs else None
        except (OSError, ValueError, KeyError):  # a damaged generation is written anew
            return None

    def _write(self, project: Project, tables: TableSource, keys: PseudonymKey, *, inputs: str, report: Report) -> Path:
        number = max((int(one.name) for one in self._room.iterdir() if one.name.isdigit()), default=0) + 1
        staging, place = self._room / f"{number}.writing", self._room / str(number)
        staging.mkdir()
        try:
            from tropa.adapters.stores.local.loading import load_all  # noqa: PLC0415  only where data are new

            stored = load_all(project, tables, keys, rejects=staging / generation.REJECTS, report=report)
            generation.write_generation(staging, stored, inputs=inputs)
            staging.rename(place)
            flush_folder(self._room)
            replace_file(self._room / CURRENT, f"{number}\n".encode())
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        self._prune(number)
        return place

    def _prune(self, newest: int) -> None:
        numbers = sorted((int(one.name) for one in self._room.iterdir() if one.name.isdigit()), reverse=True)
        for number in [one for one in numbers if one != newest][KEPT - 1 :]:
            shutil.rmtree(self._room / str(number), ignore_errors=True)

    def _clear_leftovers(self) -> None:
        """What a killed run left: folders half written, and generations that never became present."""
        current = self._current()
        for one in self._room.iterdir():
            newer = one.name.isdigit() and (current is None or int(one.name) > int(current.name))
            if newer or one.name.endswith(".writing"):
                shutil.rmtree(one) if one.is_dir() else one.unlink()

    def _publish_rejects(self, made: Path) -> None:
        """Show the generation's rejected rows in the folder; a folder of them is replaced whole."""
        shown = self.folder / "rejects"
        beside = self.folder / ".rejects.writing"
        recover_folder(shown)
        shutil.rmtree(beside, ignore_errors=True)
        if _alike(made, shown):
            return
        if made.is_dir():
            shutil.copytree(made, beside)
            replace_folder(shown, beside)
        else:
            shutil.rmtree(shown, ignore_errors=True)


def _alike(one: Path, other: Path) -> bool:
    names = names_in(one)
    return names == names_in(other) and all((one / n).read_bytes() == (other / n).read_bytes() for n in names)
