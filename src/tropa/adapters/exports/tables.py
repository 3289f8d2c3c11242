"""Tables as CSV that spreadsheets open: UTF-8 with its mark, words that look like formulas kept as words."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from tropa.adapters.exports.writing import write_whole

_LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(target: Path, rows: Sequence[Sequence[str | int | float]]) -> Path:
    """Write one table, its head first."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([[_plain(cell) for cell in row] for row in rows])
    return write_whole(target, text.getvalue().encode("utf-8-sig"))


def _plain(cell: str | float) -> str | float:
    if isinstance(cell, str) and cell.startswith(_LOOKS_LIKE_A_FORMULA):
        return f"'{cell}"
    return cell
