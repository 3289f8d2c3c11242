"""A folder of results that is replaced whole: a reader, or a kill at any moment, meets the old one or the new one."""

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tropa.errors import DiskFullError, StoreError

_AT_FDCWD = -100
_EXCHANGE = 2


def replace_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Put these files (path inside the folder → content) in place of the folder's own; other files in it are kept.

    Everything is written beside, flushed to the disk, then exchanged in one step (renameat2 on Linux); where a system
    cannot exchange folders, two renames with the old folder kept beside until the new one stands (`recover_folder`).
    """
    recover_folder(target)
    staging, former = _beside(target)
    try:
        _fill(staging, target, files)
        if target.exists():
            _exchange(staging, target, former)
        else:
            staging.rename(target)
        _flush_folder(target.parent)
    except OSError as error:
        raise _as_our_error(error, target) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        shutil.rmtree(former, ignore_errors=True)


def recover_folder(target: Path) -> None:
    """Clear what a killed run left beside the folder; bring back the old one if it was caught between two renames."""
    staging, former = _beside(target)
    if former.exists() and not target.exists():
        former.rename(target)
    for left in (staging, former):
        if left.exists():
            shutil.rmtree(left, ignore_errors=True)


def write_file(target: Path, content: bytes) -> None:
    """Write one file whole or not at all."""
    beside = target.with_name(f".{target.name}.writing")
    try:
        _write_flushed(beside, content)
        beside.replace(target)
        _flush_folder(target.parent)
    except OSError as error:
        raise _as_our_error(error, target) from error
    finally:
        beside.unlink(missing_ok=True)


def _beside(target: Path) -> tuple[Path, Path]:
    return target.with_name(f".{target.name}.writing"), target.with_name(f".{target.name}.former")


def _fill(staging: Path, target: Path, files: Mapping[str, bytes]) -> None:
    staging.mkdir(parents=True)
    for name, content in files.items():
        place = staging / name
        place.parent.mkdir(parents=True, exist_ok=True)
        _write_flushed(place, content)
    owned = {name.split("/", maxsplit=1)[0] for name in files}
    for kept in target.iterdir() if target.is_dir() else ():
        if kept.name not in owned:
            _keep(kept, staging / kept.name)


def _keep(kept: Path, place: Path) -> None:
    if kept.is_dir() and not kept.is_symlink():
        shutil.copytree(kept, place, symlinks=True)
    else:
        shutil.copy2(kept, place, follow_symlinks=False)


def _write_flushed(place: Path, content: bytes) -> None:
    with place.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exchange(staging: Path, target: Path, former: Path) -> None:
    exchange = _exchange_in_one_step()
    if exchange is not None and exchange(os.fsencode(staging), os.fsencode(target)):
        return
    target.rename(former)
    staging.rename(target)


def _exchange_in_one_step() -> Callable[[bytes, bytes], bool] | None:
    if not sys.platform.startswith("linux"):
        return None
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return None
    return lambda one, other: bool(function(_AT_FDCWD, one, _AT_FDCWD, other, _EXCHANGE) == 0)


def _as_our_error(error: OSError, target: Path) -> DiskFullError | StoreError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        hint = "Free some space and build again. What was there before is untouched."
        return DiskFullError(f"No room left to write “{target.name}”.", hint)
    return StoreError(f"“{target.name}” cannot be written: {error.strerror}.", "Check the rights of the folder.")
