"""Rows of a small table that a person filled in, each cell with its place, under heads said in either language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tropa.errors import ConfigError, Place, Said, told

Heads = Mapping[str, tuple[str, ...]]
"""Field → what its column may be called; the first two are the Russian and the English word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRow:
    """A row: field → words (those left empty are not there), with where each stands."""

    file: str
    line: int
    cells: Mapping[str, str]
    columns: Mapping[str, int] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """The words of a field, empty where there are none."""
        return self.cells.get(name, "")

    def place(self, name: str) -> Place:
        """Where a field stands."""
        return Place(self.file, self.lines.get(name, self.line), self.columns.get(name), name)

    def fault(self, name: str, message: str | Said, hint: str | Said = "") -> ConfigError:
        """What is wrong with a field."""
        return ConfigError(message, hint, self.place(name))


def placed_rows(
    columns: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], heads: Heads, *, file: str, needed: Sequence[str]
) -> tuple[PlacedRow, ...]:
    """The rows of a table under known heads; ConfigError where a needed one is not there."""
    fields = [field_of(one, heads) for one in columns]
    for name in needed:
        if name not in fields:
            raise missing_column(name, heads, file=file)
    made = []
    for line, cells in rows:
        known = {
            name: " ".join(text.split()) for name, text in zip(fields, cells, strict=False) if name and text.strip()
        }
        places = {name: number for number, name in enumerate(fields, 1) if name}
        if known:
            made.append(PlacedRow(file=file, line=line, cells=known, columns=places))
    return tuple(made)


def missing_column(name: str, heads: Heads, *, file: str) -> ConfigError:
    """A needed column that is not there."""
    return ConfigError(
        told("The table has no column “{name}” ({other}).", name=heads[name][0], other=heads[name][1]),
        told(
            "Columns: {names}. `tropa tco --form` writes a table to fill in.", names=[one[0] for one in heads.values()]
        ),
        Place(file, 1),
    )


def field_of(head: str, heads: Heads) -> str | None:
    """The field that a column's head names."""
    said = plain(head)
    return next((name for name, words in heads.items() if said == name or said in words), None)


def plain(words: str) -> str:
    """Words as they are compared: small letters, ё as е, one space."""
    return " ".join(words.replace("_", " ").casefold().replace("ё", "е").split())
