"""One file, written whole or not at all."""

from pathlib import Path

from tropa.errors import ExportError, told


def write_whole(target: Path, content: bytes, *, private: bool = False) -> Path:
    """Put the content beside the target, then in its place in one step; `private`: for its owner's eyes alone."""
    beside = target.with_name(f".{target.name}.writing")
    try:
        if private:
            beside.touch(mode=0o600)
        beside.write_bytes(content)
        beside.replace(target)
    except OSError as error:
        hint = "Name a file in a folder that exists and that you may write to."
        raise ExportError(
            told("“{name}” cannot be written: {why}.", name=target.name, why=error.strerror), hint
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return target
