"""The cube: trials counted by time and by the group they belong to, one group property or two at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tropa.events.log import Codes

Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Face:
    """Counts over some properties: `of` and `hits` have a cell axis a property, then one of time bins."""

    properties: tuple[int, ...]
    of: Counts
    hits: Counts


@dataclass(frozen=True, slots=True)
class Cube:
    """All faces of the trials, by the numbers of their properties; trials of unknown value are in no cell."""

    faces: Mapping[tuple[int, ...], Face]
    bins: int


def count_cube(
    groups: Sequence[Codes], sizes: Sequence[int], bins: NDArray[np.int64], hits: NDArray[np.bool_], *, count: int
) -> Cube:
    """Count trials: `groups[k]` has each trial's value of property k (−1 unknown), `bins` its bin of time."""
    known = [number for number, size in enumerate(sizes) if size > 1]
    chosen = [*combinations(known, 1), *combinations(known, 2)]
    return Cube({one: count_face(groups, sizes, bins, hits, chosen=one, count=count) for one in chosen}, count)


def count_face(
    groups: Sequence[Codes],
    sizes: Sequence[int],
    bins: NDArray[np.int64],
    hits: NDArray[np.bool_],
    *,
    chosen: tuple[int, ...],
    count: int,
) -> Face:
    """Count trials over the chosen properties only."""
    shape = (*(sizes[k] for k in chosen), count, 2)
    cell = _cells([groups[k] for k in chosen], [sizes[k] for k in chosen])
    room = int(np.prod(shape))
    place = np.where(cell >= 0, (cell * count + bins) * 2 + hits, room)
    counted = np.bincount(place, minlength=room + 1)[:-1].reshape(shape).astype(np.float64)
    return Face(chosen, counted.sum(-1), np.ascontiguousarray(counted[..., 1]))


def _cells(groups: Sequence[Codes], sizes: Sequence[int]) -> NDArray[np.int64]:
    cell = groups[0].astype(np.int64)
    for codes, size in zip(groups[1:], sizes[1:], strict=True):
        cell = np.where((cell >= 0) & (codes >= 0), cell * size + codes, -1)
    return cell
