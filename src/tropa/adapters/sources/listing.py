"""The files of a folder that may be data, in a stable order; nothing outside the folder is ever touched."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from tropa.adapters.sources.faults import unreadable
from tropa.adapters.sources.unpacking import Refused

_OWN_FOLDERS = frozenset({".tropa", "out", "rejects", "demo", "people-lists"})
_NO_DATA = frozenset(
    {
        *(".md", ".rst", ".doc", ".rtf", ".odt", ".pdf", ".ppt", ".pptx", ".odp", ".eml", ".msg", ".mmd"),
        *(".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".ico", ".heic", ".tif", ".tiff"),
        *(".mp3", ".mp4", ".avi", ".mov", ".wav", ".ogg", ".woff", ".woff2", ".ttf"),
        *(".py", ".ipynb", ".js", ".ts", ".css", ".html", ".htm", ".sql", ".sh", ".bat", ".exe", ".dll", ".so"),
        *(".yaml", ".yml", ".toml", ".ini", ".cfg", ".lock", ".tmp", ".bak", ".part", ".crdownload"),
        *(".sqlite", ".db", ".duckdb"),
    }
)


def list_files(folder: Path) -> Iterator[tuple[str, Path] | Refused]:
    """Name relative to the folder, with “/”, and where it is; or why it cannot be read."""
    root = folder.resolve()
    for place, folders, files in os.walk(root, followlinks=False):
        here = Path(place)
        folders[:] = sorted(name for name in folders if not _is_skipped_folder(name, at_top=here == root))
        for name in (*sorted(name for name in folders if (here / name).is_symlink()), *sorted(files)):
            yield from _examine(here / name, root)


def list_file(folder: Path, name: str) -> Iterator[tuple[str, Path] | Refused]:
    """The same for one file of the folder that a person has named."""
    root = folder.resolve()
    yield from _examine(root / name, root)


def _is_skipped_folder(name: str, *, at_top: bool) -> bool:
    return name.startswith(".") or (at_top and name in _OWN_FOLDERS)


def _examine(path: Path, root: Path) -> Iterator[tuple[str, Path] | Refused]:
    if path.name.startswith((".", "~$")) or path.name == "tropa.yaml" or path.name.endswith(".cjm.json"):
        return
    if path.suffix.lower() in _NO_DATA:
        return
    file = path.relative_to(root).as_posix()
    try:
        file.encode()
    except UnicodeEncodeError:
        shown = file.encode("utf-8", "backslashreplace").decode()
        yield Refused(file=shown, error=unreadable(shown, "The file's name is not readable text.", "Rename the file."))
        return
    yield from _inside(path, root, file)


def _inside(path: Path, root: Path, file: str) -> Iterator[tuple[str, Path] | Refused]:
    hint = "Put a copy of the data into the folder."
    try:
        real = path.resolve(strict=True)
        mode = real.stat().st_mode
    except (OSError, RuntimeError):
        yield Refused(file=file, error=unreadable(file, "The link leads nowhere.", hint))
        return
    if not real.is_relative_to(root):
        yield Refused(file=file, error=unreadable(file, "The link leads out of the folder.", hint))
    elif stat.S_ISREG(mode):
        yield file, real
    elif not stat.S_ISDIR(mode):
        yield Refused(file=file, error=unreadable(file, "This is a device or a pipe, not a file.", hint))


def matches(pattern: str, file: str) -> bool:
    """Whether a file is meant by a pattern of tropa.yaml; `*` is the only wildcard and stays within a folder's name."""
    plain = str(PurePosixPath(pattern))
    return re.fullmatch("[^/]*".join(map(re.escape, plain.split("*"))), file) is not None
