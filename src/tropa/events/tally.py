"""Sums by key where most keys never occur: people counted once a key, whatever the number of keys."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
PERSONS, EVENTS, FIRST = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """`keys` in ascending order; `sums[k]`: persons, events, then the columns of its own."""

    keys: Numbers
    sums: Numbers

    @classmethod
    def none(cls, columns: int) -> "Tally":
        """Nothing counted, with so many columns of its own."""
        return cls(np.zeros(0, dtype=np.int64), np.zeros((0, FIRST + columns), dtype=np.int64))

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return _grouped(np.concatenate([self.keys, other.keys]), np.concatenate([self.sums, other.sums]))

    def at(self, key: int) -> Numbers:
        """The sums of one key, zeros where it never occurs."""
        place = int(np.searchsorted(self.keys, key))
        met = place < len(self.keys) and self.keys[place] == key
        return self.sums[place] if met else np.zeros(self.sums.shape[1], dtype=np.int64)


def tallied(unit: Numbers, key: Numbers, summed: Sequence[Numbers], marked: Sequence[Numbers]) -> Tally:
    """Occurrences, one entry each, by key: `summed` is added up; `marked` (0 or 1) counts persons with any mark."""
    if not len(key):
        return Tally.none(len(summed) + len(marked))
    order = np.lexsort((key, unit))
    unit, key = unit[order], key[order]
    fresh = np.append(True, (unit[1:] != unit[:-1]) | (key[1:] != key[:-1]))
    starts = np.flatnonzero(fresh)
    times = np.diff(np.append(starts, len(key)))
    added = [np.add.reduceat(one[order], starts) for one in summed]
    met = [np.maximum.reduceat(one[order], starts) for one in marked]
    return _grouped(key[starts], np.column_stack([np.ones_like(times), times, *added, *met]))


def _grouped(keys: Numbers, sums: Numbers) -> Tally:
    if not len(keys):
        return Tally(keys, sums)
    order = np.argsort(keys, kind="stable")
    keys, sums = keys[order], sums[order]
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    return Tally(keys[starts], np.add.reduceat(sums, starts, axis=0))
