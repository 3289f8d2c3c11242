"""A folder of results that is replaced whole: a reader, or a kill at any moment, meets the old one or the new one."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from tropa.adapters import disk
from tropa.adapters.disk import as_our_error
from tropa.errors import InputError, told


def replace_results(target: Path, files: Mapping[str, bytes]) -> None:
    """Put these files (path inside the folder → content) in place of the folder's own; other files in it are kept."""
    staging = _staging(target)
    recover_results(target)
    try:
        _fill(staging, target, files)
        disk.replace_folder(target, staging)
    except OSError as error:
        raise as_our_error(error, target) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def recover_results(target: Path) -> None:
    """Clear what a killed run left beside the folder."""
    disk.recover_folder(target)
    shutil.rmtree(_staging(target), ignore_errors=True)


def write_file(target: Path, content: bytes) -> None:
    """Write one file whole or not at all."""
    try:
        disk.replace_file(target, content)
    except OSError as error:
        raise as_our_error(error, target) from error


def place_new_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put new files into a folder, all or none; one that is there already is an error and stays as it is."""
    there = [name for name in files if (folder / name).exists()]
    if there:
        message = told("“{folder}” already holds {names}.", folder=folder, names=there)
        raise InputError(message, "Give another folder, or move these files away: nothing is overwritten.")
    placed: list[Path] = []
    was_there = folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            placed.append(folder / name)
            disk.replace_file(folder / name, content)
    except BaseException as error:
        for one in placed:
            one.unlink(missing_ok=True)
        if not was_there and folder.exists():
            folder.rmdir()
        if isinstance(error, OSError):
            raise as_our_error(error, folder) from error
        raise


def _staging(target: Path) -> Path:
    return target.with_name(f".{target.name}.writing")


def _fill(staging: Path, target: Path, files: Mapping[str, bytes]) -> None:
    staging.mkdir(parents=True)
    for name, content in files.items():
        place = staging / name
        place.parent.mkdir(parents=True, exist_ok=True)
        disk.write_flushed(place, content)
    owned = {name.split("/", maxsplit=1)[0] for name in files}
    for kept in target.iterdir() if target.is_dir() else ():
        if kept.name not in owned:
            _keep(kept, staging / kept.name)


def _keep(kept: Path, place: Path) -> None:
    if kept.is_dir() and not kept.is_symlink():
        shutil.copytree(kept, place, symlinks=True)
    else:
        shutil.copy2(kept, place, follow_symlinks=False)
