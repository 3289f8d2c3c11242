"""The hidden sheet that lets a workbook be read back without loss: the exact map, and what the visible cells said."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from tropa.domain.journeymap import JourneyMap
from tropa.domain.text import Language
from tropa.mapfile.codec import map_from_text, map_to_data
from tropa.render.grid import Grid

HIDDEN_SHEET = "tropa"
_MARK = "tropa map 1"
# a cell holds 32 767 signs
_PIECE = 32_000


@dataclass(frozen=True, slots=True)
class Kept:
    """The map of a workbook as tropa wrote it, the language it was written in, and the checksum of its cells."""

    journey: JourneyMap
    language: Language
    checksum: str


def hidden_rows(journey: JourneyMap, grid: Grid, language: Language) -> list[str]:
    """The rows of the hidden sheet; pieces stand between bars, so that no reader trims them."""
    text = json.dumps(map_to_data(journey), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # spreadsheets read _x0041_ as a sign of its own
    text = text.replace("_x", "\\u005fx")
    pieces = [f"|{text[at : at + _PIECE]}|" for at in range(0, len(text), _PIECE)]
    return [_MARK, str(language), checksum(_shown(grid)), *pieces]


def kept_in(rows: Sequence[str]) -> Kept | None:
    """What the hidden sheet holds; None where it is not ours."""
    if len(rows) < 4 or rows[0] != _MARK or rows[1] not in set(Language):
        return None
    text = "".join(row[1:-1] for row in rows[3:])
    return Kept(map_from_text(text), Language(rows[1]), rows[2])


def _shown(grid: Grid) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, cell.shown) for cell in grid.cells if cell.shown.strip()]


def checksum(cells: Sequence[tuple[int, int, str]]) -> str:
    """The checksum of visible cells: row, column, words."""
    told = "\0".join(f"{row} {column} {plain(text)}" for row, column, text in sorted(cells))
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def plain(text: str) -> str:
    """Words as a spreadsheet gives them back: line ends alike, no control signs, no space around."""
    alike = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in alike if sign in "\n\t" or ord(sign) >= 32).strip()
