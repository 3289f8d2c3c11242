"""What is written is on the disk, or it is not there at all: what all adapters that write share."""

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from tropa.errors import DiskFullError, StoreError, told

_AT_FDCWD = -100
_EXCHANGE = 2
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def write_flushed(place: Path, content: bytes) -> None:
    """Write a file through to the disk."""
    with place.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make new and renamed names last (systems other than POSIX do so by themselves)."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def replace_file(place: Path, content: bytes) -> None:
    """Put a new file in place of the old one in one step."""
    beside = place.with_name(f".{place.name}.writing")
    try:
        write_flushed(beside, content)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
    flush_folder(place.parent)


def replace_folder(target: Path, fresh: Path) -> None:
    """Put a folder in place of another; `fresh` is used up.

    In one step (renameat2) where the system can exchange folders; else by two renames, with the old folder kept beside
    until the new one stands (`recover_folder`).
    """
    former = former_of(target)
    shutil.rmtree(former, ignore_errors=True)
    if not target.exists():
        fresh.rename(target)
    elif not _exchanged(fresh, target):
        target.rename(former)
        fresh.rename(target)
    flush_folder(target.parent)
    shutil.rmtree(former, ignore_errors=True)
    shutil.rmtree(fresh, ignore_errors=True)


def recover_folder(target: Path) -> None:
    """Bring back the old folder if a run was killed between two renames; clear what it left beside."""
    former = former_of(target)
    if former.exists() and not target.exists():
        former.rename(target)
    shutil.rmtree(former, ignore_errors=True)


def former_of(target: Path) -> Path:
    """Where the old folder waits between two renames."""
    return target.with_name(f".{target.name}.former")


def as_our_error(error: OSError, target: Path) -> DiskFullError | StoreError:
    """The system's error in words for people; `target` is named where the error names no file of its own."""
    named = Path(os.fsdecode(error.filename)).name if isinstance(error.filename, str | bytes) else ""
    name = named if named and not named.startswith(".") else target.name
    hint = "Free some space and build again. What was there before is untouched."
    if error.errno == errno.ENOENT and error.filename is None:  # how Python says that no temporary file can be made
        return DiskFullError("No room left for temporary files.", hint)
    if error.errno in _NO_ROOM:
        return DiskFullError(told("No room left to write “{file}”.", file=name), hint)
    message = told("“{file}” cannot be read or written: {why}.", file=name, why=error.strerror or str(error))
    return StoreError(message, "Check the rights of the file and of its folder, and build again.")


def _exchanged(one: Path, other: Path) -> bool:
    exchange = exchange_in_one_step()
    return exchange is not None and exchange(os.fsencode(one), os.fsencode(other))


def exchange_in_one_step() -> Callable[[bytes, bytes], bool] | None:
    """The system's exchange of two folders; None where it has none."""
    if not sys.platform.startswith("linux"):
        return None
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return None
    return lambda one, other: bool(function(_AT_FDCWD, one, _AT_FDCWD, other, _EXCHANGE) == 0)
