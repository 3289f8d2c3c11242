"""An analysis is a sum over people: what a fold is, and how a log is cut into pieces of work."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from tropa.events.log import EventLog

Sum = TypeVar("Sum")
Arrays = tuple[NDArray[np.int64], ...]
_SIEVE = 1 << 22


@dataclass(frozen=True, slots=True)
class Span:
    """The units `first:last`: a piece of work."""

    first: int
    last: int


class Step(Protocol[Sum]):
    """A fold at one log: its columns are prepared, and units can be added."""

    def add(self, span: Span, total: Sum) -> Sum:
        """The sum with the units of the span added; `total` may be changed in place."""
        ...


class Fold(Protocol[Sum]):
    """A question that is answered by adding up over people; the order of adding never matters.

    It holds no events and can be pickled, so that it is asked where the events are: on threads, of pieces of the log in
    other processes, or on the machines of a cluster. A sum that is a tuple of arrays is added element by element; from
    such a sum, and from Rows, a part can be taken away again. A fold may have a property `open_for`: how long after a
    unit's last event the log's `as_of` still changes its part (no time at all where `as_of` is not looked at).
    """

    def zero(self) -> Sum:
        """The sum over nobody."""
        ...

    def on(self, log: EventLog) -> Step[Sum]:
        """The fold at this log, or at a piece of it that has whole units."""
        ...

    def merge(self, one: Sum, other: Sum) -> Sum:
        """Both sums together; `one` may be changed in place."""
        ...


class Engine(Protocol):
    """Decides where the steps of a fold run."""

    def run(self, fold: Fold[Sum], log: EventLog) -> Sum:
        """The sum over all units of the log."""
        ...


class OneByOne:
    """The engine that runs everything here, one piece after the other."""

    def run(self, fold: Fold[Sum], log: EventLog) -> Sum:
        """The sum over all units of the log."""
        step, total = fold.on(log), fold.zero()
        for span in spans(log, 1):
            total = step.add(span, total)
        return total


ONE_BY_ONE = OneByOne()


def spans(log: EventLog, pieces: int) -> Iterator[Span]:
    """The log's units in at most so many runs of whole buckets, about equally many events each."""
    events_before = log.offsets[log.buckets]
    goals = np.arange(1, pieces) * (log.size / max(pieces, 1))
    cuts = np.searchsorted(events_before, goals)
    edges = np.unique(np.concatenate([[0], log.buckets[cuts], [log.units]]))
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        yield Span(first, last)


def added(one: Arrays, other: Arrays) -> Arrays:
    """Sums of counts, added array by array into the first."""
    for mine, theirs in zip(one, other, strict=True):
        np.add(mine, theirs, out=mine)
    return one


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A sum that keeps some numbers of each unit, in any order: columns of equal length, in pieces."""

    pieces: tuple[Arrays, ...]

    @classmethod
    def none(cls, columns: int) -> "Rows":
        """No rows yet."""
        return cls((tuple(np.zeros(0, dtype=np.int64) for _ in range(columns)),))

    def __add__(self, other: "Rows") -> "Rows":
        """All rows of both."""
        return Rows(self.pieces + other.pieces)

    def and_these(self, *columns: NDArray[np.int64]) -> "Rows":
        """With more rows."""
        return Rows((*self.pieces, columns))

    def columns(self) -> Arrays:
        """The columns, rows in any order."""
        return tuple(np.concatenate(parts) for parts in zip(*self.pieces, strict=True))

    def in_order(self) -> Arrays:
        """The columns, rows in the order of the first column, then the second, …."""
        columns = self.columns()
        order = np.lexsort(columns[::-1])
        return tuple(column[order] for column in columns)

    def without(self, part: "Rows") -> "Rows":
        """The rows that are left when each row of the part is taken away once."""
        columns, gone = self.columns(), part.columns()
        maybe = np.ones(len(columns[0]), dtype=bool)
        for column, values in zip(columns, gone, strict=True):
            maybe &= are_among(column, values)
        others = tuple(column[~maybe] for column in columns)
        return Rows((others, _taken_once(tuple(column[maybe] for column in columns), gone)))


def _taken_once(rows: Arrays, gone: Arrays) -> Arrays:
    signs = np.concatenate([np.ones(len(rows[0]), dtype=np.int64), np.full(len(gone[0]), -1)])
    columns = tuple(np.concatenate(pair) for pair in zip(rows, gone, strict=True))
    order = np.lexsort(columns[::-1])
    columns = tuple(column[order] for column in columns)
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    starts = np.flatnonzero(fresh)
    times = np.add.reduceat(signs[order], starts) if len(starts) else np.zeros(0, dtype=np.int64)
    return tuple(np.repeat(column[starts], times) for column in columns)


def are_among(values: NDArray[np.int64], known: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the values are known ones; shape of `values`."""
    found = np.zeros(len(values), dtype=bool)
    if not len(known):
        return found
    spread = np.zeros(_SIEVE, dtype=bool)
    spread[known & (_SIEVE - 1)] = True
    maybe = np.flatnonzero(spread[values & (_SIEVE - 1)])
    maybe = maybe[np.argsort(values[maybe])]  # looked for in order, which is kind to the processor's cache
    ordered, wanted = np.sort(known), values[maybe]
    found[maybe] = ordered[np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)] == wanted
    return found


def readable(array: NDArray[Any], dtype: type[np.generic]) -> NDArray[Any]:
    """The array as kernels read it: contiguous, of one type, read-only.

    One kind of array means one compilation, whether it comes from a mapped file or from memory.
    """
    ready = np.ascontiguousarray(array, dtype=dtype).view()
    ready.flags.writeable = False
    return ready
