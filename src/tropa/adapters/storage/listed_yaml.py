"""A small table written as a YAML list: each row its fields, with their places."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tropa.adapters.storage.project_read import text_of
from tropa.adapters.storage.yaml_text import PlacedData, placed_data
from tropa.errors import ConfigError, Place, told
from tropa.intake.placed_rows import Heads, PlacedRow, field_of, missing_column

SUFFIXES = (".yaml", ".yml")


def read_listed(path: Path, heads: Heads, needed: Sequence[str]) -> tuple[PlacedRow, ...]:
    """The rows of a list; ConfigError says where it is none."""
    placed = placed_data(text_of(path), file=path.name)
    if not isinstance(placed.data, list):
        raise ConfigError("Expected a list of rows.", "Begin each row with “- ”.", Place(path.name, 1, 1))
    rows = tuple(_row(placed, number, one, heads, path.name) for number, one in enumerate(placed.data))
    for name in needed:
        if rows and not any(name in row.cells for row in rows):
            raise missing_column(name, heads, file=path.name)
    return rows


def _row(placed: PlacedData, number: int, row: Any, heads: Heads, file: str) -> PlacedRow:
    here = placed.place_of((number,), file)
    if not isinstance(row, dict):
        raise ConfigError("A row holds fields with values.", "E.g. `- item: licence`.", here)
    cells, columns, lines = {}, {}, {}
    for key, value in row.items():
        place = placed.place_of((number, key), file)
        name = field_of(key, heads)
        if name is None:
            hint = told("Allowed: {names}.", names=[words[0] for words in heads.values()])
            raise ConfigError(told("There is no field “{name}” here.", name=key), hint, place)
        if value is not None:
            cells[name] = " ".join(str(value).split())
            columns[name], lines[name] = place.column or 1, place.line or 1
    return PlacedRow(file=file, line=here.line or 1, cells=cells, columns=columns, lines=lines)
