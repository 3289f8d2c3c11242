"""What is written is on the disk, or it is not there at all."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tropa.errors import BusyError, DiskFullError, StoreError

_WAIT = "Wait until it is done, then build again."


def save_flushed(place: Path, array: NDArray[Any]) -> None:
    """Write an array through to the disk."""
    with place.open("wb") as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold the folder's lock; the system lets go of it when the process ends, however it ends."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as file:
        if not _locked(file.fileno()):
            raise BusyError("Another tropa is building in this folder.", _WAIT)
        yield


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  each system has its own

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EAGAIN, errno.EACCES, errno.EDEADLK}:
            return False
        raise
    return True


@contextmanager
def our_errors(folder: Path) -> Iterator[None]:
    """What the disk refuses, in words."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            hint = "Free some space and build again. What was there before is untouched."
            raise DiskFullError(f"No room left to write in “{folder.name}”.", hint) from error
        hint = "Check the rights of the folder and build again."
        raise StoreError(f"“{folder.name}” cannot be read or written: {error.strerror}.", hint) from error
