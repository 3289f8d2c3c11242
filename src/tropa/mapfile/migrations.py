"""Older versions of the map file, brought to the present one step at a time."""

from collections.abc import Callable, Mapping
from typing import Any

from tropa.errors import RecordError, told

VERSION = 1
Migration = Callable[[Mapping[str, Any]], Mapping[str, Any]]
_STEPS: Mapping[int, Migration] = {}
"""From version n to n + 1."""


def migrated(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The file's data in the present version."""
    version = data.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise RecordError(
            "The file does not say its version.", "A map file begins with “version”: 1.", path=("version",)
        )
    if version > VERSION:
        raise RecordError(
            told("The file has version {version}; this tropa knows {known}.", version=version, known=VERSION),
            "Update tropa to open it.",
            path=("version",),
        )
    current = data
    for step in range(version, VERSION):
        current = _STEPS[step](current)
    return current
