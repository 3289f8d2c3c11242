"""Errors of reading, worded in one place: what is wrong with the file, and what to do."""

from tropa.errors import Place, TooLargeError, UnreadableFileError

_RESAVE = "Export the file again and put the new one in its place."


def unreadable(file: str, message: str, hint: str = _RESAVE, *, line: int | None = None) -> UnreadableFileError:
    """An error that names the file."""
    return UnreadableFileError(message, hint, Place(file=file, line=line))


def too_large(file: str, message: str, hint: str) -> TooLargeError:
    """An error about a size limit that names the file."""
    return TooLargeError(message, hint, Place(file=file))
