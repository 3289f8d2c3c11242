"""The lists of people that left tropa: when, who took them, which and how many; never the people themselves."""

import getpass
import json
from datetime import datetime
from pathlib import Path

from tropa.adapters.disk import as_our_error

PEOPLE_LOG = Path(".tropa") / "people-lists.jsonl"


def note_list(folder: Path, *, at: datetime, finding: str, people: int, refused: int, file: str) -> None:
    """Add a line to the log of the folder, before the list is written."""
    place = folder / PEOPLE_LOG
    line = {
        "at": at.isoformat(timespec="seconds"),
        "by": _who(),
        "finding": finding,
        "people": people,
        "left_out": refused,
        "file": file,
    }
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a", encoding="utf-8", newline="\n") as log:
            log.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        raise as_our_error(error, place) from error


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return "?"
