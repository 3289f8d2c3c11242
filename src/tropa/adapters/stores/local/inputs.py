"""Whether anything has changed since the last reading: one hash of all that reading depends on."""

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tropa.adapters.stores.local.keys import PseudonymKey
from tropa.domain.project import Project, SourceSpec
from tropa.version import __version__

_OWN = frozenset({"out", "rejects", "demo", "people-lists", "tropa.yaml"})


def inputs_hash(folder: Path, project: Project, key: PseudonymKey) -> str:
    """Files that a source means by their bytes, others by size and time; the settings; the key; the version."""
    settings = (project.project, project.unit, project.timezone, project.currency, project.as_of, project.language)
    digest = hashlib.sha256(repr((__version__, settings, project.sources, key.fingerprint)).encode())
    for file, path in _files(folder):
        digest.update(f"\x1e{file}\x1f".encode("utf-8", "surrogateescape"))
        if _is_meant(file, project.sources):
            with path.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        else:
            digest.update(f"{path.stat().st_size} {path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for place, folders, files in os.walk(folder):
        here = Path(place)
        top = here == folder
        folders[:] = sorted(name for name in folders if not (name.startswith(".") or (top and name in _OWN)))
        for name in sorted(files):
            path = here / name
            if not (name.startswith(".") or (top and name in _OWN) or name.endswith(".cjm.json")) and path.is_file():
                yield path.relative_to(folder).as_posix(), path


def _is_meant(file: str, sources: Sequence[SourceSpec]) -> bool:
    return any(_fits(source.file, file) or source.file.startswith(f"{file}/") for source in sources)


def _fits(pattern: str, file: str) -> bool:
    plain = Path(pattern).as_posix()
    return any(
        re.fullmatch("[^/]*".join(map(re.escape, plain[:end].split("*"))), file) is not None
        for end in (len(plain), *(place for place, sign in enumerate(plain) if sign == "/"))
    )
