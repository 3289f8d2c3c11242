"""A file of the folder as plain files on disk: archives are unpacked beside, within limits."""

import gzip
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from tropa.adapters.sources.faults import too_large, unreadable
from tropa.adapters.sources.limits import LIMITS, Limits
from tropa.errors import InputError, told

CHUNK = 1 << 20
_BOMB_HINT = "If the file is honest, unpack it yourself and put the plain file into the folder."
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"BZh", b"\xfd7zXZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """Bytes that hold one document: a file of the folder, or what was unpacked from it."""

    file: str  # as people know it, relative to the folder
    path: Path  # where the bytes are
    name: str  # the name whose extension says what it is
    room: Path  # a folder for temporary files, emptied afterwards
    member: str | None = None
    compression: str | None = None

    @property
    def address(self) -> str:
        """The file, and the member of the archive if there is one, as tropa.yaml names it."""
        return f"{self.file}/{self.member}" if self.member else self.file

    @property
    def size(self) -> int:
        """Bytes."""
        return self.path.stat().st_size

    def head(self, size: int = 1 << 16) -> bytes:
        """The first bytes."""
        with self.path.open("rb") as stream:
            return stream.read(size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A part of a file that cannot be read, and why."""

    file: str
    error: InputError


def unpack(path: Path, file: str, *, into: Path, limits: Limits = LIMITS) -> Iterator[Blob | Refused]:
    """The documents in a file: itself, what a .gz holds, or each member of a .zip that is no workbook."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise unreadable(file, "This is not an ordinary file.", "Put a copy of the data into the folder.")
        with path.open("rb") as stream:
            start = stream.read(4)
    except OSError as error:
        raise unreadable(
            file, told("The file cannot be opened: {why}.", why=error.strerror), "Check the rights to the file."
        ) from error
    if start[:2] == b"\x1f\x8b":
        yield _gunzip(path, file, into=into, limits=limits)
    elif start == b"PK\x03\x04" and not _is_workbook(path):
        yield from _unzip(path, file, into=into, limits=limits)
    else:
        yield Blob(file=file, path=path, name=path.name, room=into)


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return path.suffix.lower() in {".xlsx", ".xlsm", ".xlsb", ".ods"}
    return bool({"[Content_Types].xml", "content.xml"} & names)


def _gunzip(path: Path, file: str, *, into: Path, limits: Limits) -> Blob:
    target = into / "unpacked"
    allowed = _Allowance(file, path.stat().st_size, limits)
    try:
        with gzip.open(path) as packed:
            _pour(packed, target, allowed)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise unreadable(file, told("The .gz file is cut off or damaged ({error}).", error=error)) from error
    blob = Blob(file=file, path=target, name=path.name.removesuffix(".gz"), room=into, compression="gz")
    if blob.head(8).startswith(_ARCHIVES) and not _is_workbook(target):
        raise unreadable(file, "An archive inside an archive is not unpacked.", "Unpack it and add what is inside.")
    return blob


def _unzip(path: Path, file: str, *, into: Path, limits: Limits) -> Iterator[Blob | Refused]:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise unreadable(file, told("The .zip file is cut off or damaged ({error}).", error=error)) from error
    with archive:
        members = [one for one in archive.infolist() if not one.is_dir() and not _is_litter(one.filename)]
        if len(members) > limits.members:
            raise too_large(
                file,
                told(
                    "The archive holds {count} files; at most {members} are read.",
                    count=len(members),
                    members=limits.members,
                ),
                _BOMB_HINT,
            )
        allowed = _Allowance(file, path.stat().st_size, limits)
        for number, member in enumerate(members):
            try:
                yield _extract(archive, member, file, target=into / f"member{number}", allowed=allowed)
            except InputError as error:
                yield Refused(file=f"{file}/{_readable(member.filename)}", error=error)


def _extract(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str, *, target: Path, allowed: "_Allowance"
) -> Blob:
    name = _readable(member.filename)
    address = f"{file}/{name}"
    if ".." in PurePosixPath(name.replace("\\", "/")).parts or name.startswith(("/", "\\")) or ":" in name[:3]:
        raise unreadable(address, "The name leads out of the archive.", "Unpack the archive and add the file itself.")
    if member.flag_bits & 1:
        raise unreadable(address, "The file is locked with a password.", "Save it without the password.")
    try:
        with archive.open(member) as packed:
            _pour(packed, target, allowed)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise unreadable(address, told("This part of the archive is damaged ({error}).", error=error)) from error
    blob = Blob(
        file=file, path=target, name=PurePosixPath(name).name, room=target.parent, member=name, compression="zip"
    )
    if blob.head(8).startswith(_ARCHIVES) and not _is_workbook(target):
        raise unreadable(address, "An archive inside an archive is not unpacked.", "Unpack it and add what is inside.")
    return blob


def _is_litter(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return "__MACOSX" in parts or any(part.startswith(".") and part != ".." for part in parts)


def _readable(name: str) -> str:
    """The member's name; Windows writes Russian names in cp866, which zipfile reads as cp437."""
    try:
        name.encode("ascii")
    except UnicodeEncodeError:
        try:
            return name.encode("cp437").decode("cp866")
        except UnicodeError:
            return name.encode("utf-8", "replace").decode("utf-8")
    return name


class _Allowance:
    """Counts what was unpacked from one archive and stops at the limit, whatever the archive declares."""

    def __init__(self, file: str, packed: int, limits: Limits) -> None:
        self._file = file
        self._most = limits.unpacked
        self._most_by_ratio = max(limits.ratio_from, packed * limits.ratio)
        self._taken = 0

    def take(self, size: int) -> None:
        self._taken += size
        most = min(self._most, self._most_by_ratio)
        if self._taken > most:
            raise too_large(
                self._file,
                told("The archive unpacks to more than {limit} MB: it looks like a trap.", limit=most >> 20),
                _BOMB_HINT,
            )


class Packed(Protocol):
    """What gives bytes piece by piece."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most so many; none at the end."""
        ...


def _pour(source: Packed, target: Path, allowed: _Allowance) -> None:
    with target.open("wb") as sink:
        while chunk := source.read(CHUNK):
            allowed.take(len(chunk))
            sink.write(chunk)
