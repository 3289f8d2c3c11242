"""Events in columns, and the CSV that a site would export of them."""

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Events as equally long columns: whose, what (a number of the story's events), when (seconds from the first day).

    `traits` has a row for each property that belongs to the event itself; −1 means that it is not filled.
    """

    person: Column
    code: Column
    at: Column
    traits: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.person)

    def chosen(self, rows: NDArray[np.bool_] | Column) -> "Events":
        """These rows, in this order."""
        return Events(person=self.person[rows], code=self.code[rows], at=self.at[rows], traits=self.traits[:, rows])

    def in_time(self) -> "Events":
        """The same events by time; equal times keep their order."""
        return self.chosen(np.argsort(self.at, kind="stable"))


def together(parts: Sequence[Events]) -> Events:
    """All events of the parts, one part after another."""
    return Events(
        person=np.concatenate([part.person for part in parts]),
        code=np.concatenate([part.code for part in parts]),
        at=np.concatenate([part.at for part in parts]),
        traits=np.concatenate([part.traits for part in parts], axis=1),
    )


def words_of(names: Sequence[str], numbers: Column) -> list[str]:
    """The name of each number; −1 becomes an empty cell."""
    table = np.array([*names, ""], dtype=object)
    found: list[str] = table[numbers].tolist()
    return found


def client_numbers(rng: np.random.Generator, count: int) -> list[str]:
    """Ten-digit numbers, all different, that tell nothing about their owners."""
    numbers = rng.choice(9_000_000, size=count, replace=False) * 997 + 1_000_000_000
    text: list[str] = numbers.astype(np.str_).tolist()
    return text


def csv_lines(header: Sequence[str], columns: Iterable[Sequence[str]], *, delimiter: str = ",") -> str:
    """A delimited table of cells that need no quotes."""
    rows = map(delimiter.join, zip(*columns, strict=True))
    return "\n".join([delimiter.join(header), *rows, ""])


def gzipped(text: str) -> bytes:
    """UTF-8 under gzip, the same bytes at any time of day."""
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)
