"""An engine that remembers: of people whose events are what they were, nothing is counted twice."""

import hashlib
import shutil
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol
from zipfile import BadZipFile

import numpy as np

from tropa.adapters.engines.packing import packed
from tropa.events.fold import Arrays, Engine, Fold, Rows, Sum
from tropa.events.increments import Change, Version, some_units
from tropa.events.log import EventLog
from tropa.version import __version__

WORTH_COUNTING_ANEW = 0.3
_MS = timedelta(milliseconds=1)


class Sums(Protocol):
    """Where sums are kept: by the version of the log and the definition of what was counted."""

    def get(self, version: str, definition: str) -> Arrays | Rows | None:
        """A sum that was kept; None where there is none."""
        ...

    def put(self, version: str, definition: str, total: Arrays | Rows) -> None:
        """Keep a sum."""
        ...


@dataclass(slots=True)
class RememberingEngine:
    """Asks an engine for all people the first time, and then another one, near, for those whom a change touches.

    A person's old part is taken away and the new one added. Sums from which nothing can be taken away, and folds that
    look at `as_of` without saying how long (`open_for`), are counted anew.
    """

    engine: Engine
    near: Engine
    sums: Sums
    change: Change

    def run(self, fold: Fold[Sum], log: EventLog) -> Sum:
        """The sum over all units of the log."""
        now, before = self.change.now, self.change.before
        if log is not now.log:
            return self.engine.run(fold, log)
        definition = definition_of(fold)
        if (known := self.sums.get(now.name, definition)) is not None:
            return known  # type: ignore[return-value]  # what is kept under a fold's definition is its sum
        former = self.sums.get(before.name, definition)
        total = None if former is None else self._with_changes(fold, former)
        if total is None:
            total = self.engine.run(fold, log)
        if can_be_kept(total, fold.zero()):
            self.sums.put(now.name, definition, total)  # type: ignore[arg-type]
        return total

    def _with_changes(self, fold: Fold[Sum], former: Any) -> Sum | None:
        touched = self._touched(fold)
        if touched is None:
            return None
        old, new = (
            self.near.run(fold, some_units(version.log, np.flatnonzero(units)))
            for version, units in zip((self.change.before, self.change.now), touched, strict=True)
        )
        return fold.merge(taken_away(former, old), new)

    def _touched(self, fold: Fold[Any]) -> tuple[Any, Any] | None:
        """Flags of units before and now whose part may differ; None where it is easier to count all of them."""
        versions: tuple[Version, Version] = (self.change.before, self.change.now)
        flags = [version.changed for version in versions]
        if (present := self.change.present_moved_from) is not None:
            open_for: timedelta | None = getattr(fold, "open_for", None)
            if open_for is None:
                return None
            if open_for > timedelta(0):
                waiting = [version.open_at(present, open_for // _MS) for version in versions]
                flags = [changed | still for changed, still in zip(flags, waiting, strict=True)]
        if np.mean(flags[1]) > WORTH_COUNTING_ANEW:
            return None
        return flags[0], flags[1]


def definition_of(fold: Fold[Any]) -> str:
    """A name for what is counted, by which version of tropa."""
    return hashlib.blake2b(__version__.encode() + packed(fold), digest_size=16).hexdigest()


def can_be_kept(total: object, zero: object) -> bool:
    """Rows, or arrays that are added element by element."""
    if isinstance(total, Rows):
        return True
    return (
        isinstance(total, tuple)
        and isinstance(zero, tuple)
        and all(isinstance(one, np.ndarray) and one.dtype == np.int64 for one in total)
        and [one.shape for one in total] == [one.shape for one in zero]
    )


def taken_away(total: Any, part: Any) -> Any:
    """The total without a part of it."""
    if isinstance(total, Rows):
        return total.without(part)
    return tuple(one - other for one, other in zip(total, part, strict=True))


@dataclass(slots=True)
class SumsInMemory:
    """Sums for as long as the process lasts."""

    kept: dict[tuple[str, str], Any] = field(default_factory=dict)

    def get(self, version: str, definition: str) -> Any:
        """A copy: engines may add into what they are given."""
        found = self.kept.get((version, definition))
        return tuple(one.copy() for one in found) if isinstance(found, tuple) else found

    def put(self, version: str, definition: str, total: Any) -> None:
        """Keep a copy of a sum."""
        self.kept[version, definition] = tuple(one.copy() for one in total) if isinstance(total, tuple) else total


@dataclass(frozen=True, slots=True)
class SumsInFolder:
    """Sums in `.tropa/sums/`: plain arrays, nothing that could run; those of the newest versions stay."""

    folder: Path
    versions: tuple[str, ...]

    def get(self, version: str, definition: str) -> Any:
        """A sum that was kept; what cannot be read is counted anew."""
        try:
            with np.load(self._place(version, definition), allow_pickle=False) as kept:
                columns = tuple(kept[f"c{n}"] for n in range(len(kept.files) - 1))
                return Rows((columns,)) if bool(kept["rows"]) else columns
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return None

    def put(self, version: str, definition: str, total: Any) -> None:
        """Keep a sum; without room for it there is nothing to remember, and no harm."""
        columns = total.columns() if isinstance(total, Rows) else total
        place = self._place(version, definition)
        beside = place.with_suffix(".writing")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as out:
                np.savez(out, rows=isinstance(total, Rows), **{f"c{n}": one for n, one in enumerate(columns)})
            beside.replace(place)
        except OSError:
            beside.unlink(missing_ok=True)

    def clear_old(self) -> None:
        """Leave the versions that can still be asked about."""
        if self.folder.is_dir():
            for one in self.folder.iterdir():
                if one.name not in self.versions:
                    shutil.rmtree(one, ignore_errors=True)

    def _place(self, version: str, definition: str) -> Path:
        return self.folder / version / f"{definition}.npz"
