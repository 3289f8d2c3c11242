"""The folder out/: the maps as people left them, replaced whole at each build."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tropa.adapters.disk import as_our_error
from tropa.adapters.storage.output import recover_results, replace_results


class ResultsFolder:
    """A folder of results; its owner may keep own files in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        recover_results(folder)

    def read(self, name: str) -> bytes | None:
        """A file's content; None where there is none."""
        place = self.folder / name
        try:
            return place.read_bytes() if place.is_file() else None
        except OSError as error:
            raise as_our_error(error, place) from error

    def names(self) -> Sequence[str]:
        """All files, by their path inside the folder."""
        return sorted(str(one.relative_to(self.folder).as_posix()) for one in self.folder.rglob("*") if one.is_file())

    def replace(self, files: Mapping[str, bytes]) -> None:
        """Put these files in place of the folder's own."""
        replace_results(self.folder, files)
