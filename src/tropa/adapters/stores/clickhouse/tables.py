"""The events table as one more source among the files of a folder."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tropa.adapters.stores.clickhouse.mirror import Mirror
from tropa.domain.project import SourceSpec
from tropa.ports import LoadedTable, Report, TableSource


@dataclass(frozen=True, slots=True)
class WithEventsTable:
    """Reads the mirrored table when it is its turn, everything else as before."""

    mirror: Mirror
    mirrored: SourceSpec
    files: TableSource
    files_in: Callable[[Path], TableSource]
    report: Report

    def load(self, connection: Any, spec: SourceSpec, name: str) -> LoadedTable:
        """Put the rows into the table "<name>"."""
        if spec != self.mirrored:
            return self.files.load(connection, spec, name)
        file = self.mirror.read(self.report)
        return self.files_in(file.parent).load(connection, spec, name)
