"""Tables as CSV that spreadsheets open: UTF-8 with its mark, words that look like formulas kept as words."""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from tropa.adapters.exports.writing import write_whole

_PHONE = re.compile(r"\+[\d\s().-]+")
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


def write_ids(target: Path, ids: Sequence[str]) -> Path:
    """Write a list of people, one a row under «id», readable for its owner alone; phones keep their plus."""
    text = io.StringIO(newline="")
    rows = [[one if _PHONE.fullmatch(one) else _plain(one)] for one in ids]
    csv.writer(text, lineterminator="\n").writerows([["id"], *rows])
    return write_whole(target, text.getvalue().encode("utf-8"), private=True)
