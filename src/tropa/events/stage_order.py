"""In which order people come to stages: first entries, and the order with which most of them agree."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tropa.events.context import Trail, entered_before
from tropa.events.log import Codes

ORDER_AGREES = 0.8
NEARLY_ALL = 0.8  # of the people who enter two stages: their order is not turned round by what later visits begin with


def in_order(entries: "Entries", labels: Codes, movable: NDArray[np.int64], *, fewest: int) -> tuple[Codes, float]:
    """Stages numbered so that most first entries agree, and the share of first entries that do.

    Where too few agree, `movable` names, which occur anywhere, move to the stage where they disturb least; where that
    is not enough, neighbouring stages that people enter in either order become one.
    """
    path = _Path.of(entries, labels)
    if path.agreement < ORDER_AGREES:
        for name in movable.tolist():
            path = max((path, *path.with_name_elsewhere(entries, name)), key=lambda one: one.agreement)
    while path.agreement < ORDER_AGREES and len(path.before) > max(2, fewest):
        path = path.with_likest_joined(entries)
    return path.labels, path.agreement


@dataclass(frozen=True, slots=True)
class Entries:
    """First entries of each unit and, where people start over, of each visit too."""

    of_units: Trail
    of_visits: Trail | None

    @classmethod
    def of(cls, trail: Trail, *, starts_over: bool) -> "Entries":
        """The first entries of a trail."""
        return cls(trail.first_entries(), trail.by_visit().first_entries() if starts_over else None)


@dataclass(frozen=True, slots=True)
class _Path:
    """Stages in their best order: `before[a, b]` units came to a first; `agreement` of them in this order."""

    labels: Codes
    before: NDArray[np.int64]
    agreement: float

    @classmethod
    def of(cls, entries: Entries, labels: Codes) -> "_Path":
        """The order within visits where first entries of people agree with it, else the one they agree with best."""
        groups = int(labels.max()) + 1
        before = entered_before(entries.of_units, labels, groups)
        if entries.of_visits is not None:
            visited = _kept_by_nearly_all(entered_before(entries.of_visits, labels, groups), before)
            path = cls._ordered(labels, before, _best_order(visited))
            if path.agreement >= ORDER_AGREES:
                return path
        return cls._ordered(labels, before, _best_order(before))

    @classmethod
    def _ordered(cls, labels: Codes, before: NDArray[np.int64], order: list[int]) -> "_Path":
        place = np.empty(len(order) + 1, dtype=np.int32)
        place[order] = np.arange(len(order))
        place[-1] = -1
        before = before[np.ix_(order, order)]
        ahead, behind = int(np.triu(before, 1).sum()), int(np.tril(before, -1).sum())
        return cls(place[labels], before, ahead / (ahead + behind) if ahead + behind else 1.0)

    def with_name_elsewhere(self, entries: Entries, name: int) -> "list[_Path]":
        """The paths with the name in each other stage."""
        found = []
        for stage in range(len(self.before)):
            labels = self.labels.copy()
            labels[name] = stage
            if stage != self.labels[name] and len(np.unique(labels[labels >= 0])) == len(self.before):
                found.append(_Path.of(entries, labels))
        return found

    def with_likest_joined(self, entries: Entries) -> "_Path":
        """The path with those neighbouring stages made one that most people enter the other way round."""
        shares = [
            self.before[a, b] / max(self.before[a, b] + self.before[b, a], 1)
            for a, b in pairwise(range(len(self.before)))
        ]
        join = int(np.argmin(shares))
        return _Path.of(entries, np.where(self.labels > join, self.labels - 1, self.labels).astype(np.int32))


def _kept_by_nearly_all(visits: NDArray[np.int64], people: NDArray[np.int64]) -> NDArray[np.int64]:
    """How visits enter stages, with the order that nearly all people keep put above all visits.

    Who comes back after the delivery begins a visit with it; still it comes after the first order.
    """
    both = people + people.T
    sure = (people >= NEARLY_ALL * both) & (both > 0)
    return visits + sure * (int(visits.sum()) + 1)


def _best_order(before: NDArray[np.int64]) -> list[int]:
    """The order with the most pairs the right way round, by dynamic programming over sets (Kemeny 1959)."""
    groups = len(before)
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())] * (1 << groups)
    for chosen in range(1, 1 << groups):
        options = []
        for last in range(groups):
            if chosen >> last & 1:
                score, order = best[chosen ^ (1 << last)]
                options.append((-score - int(before[list(order), last].sum()), (*order, last)))
        score, order = min(options)
        best[chosen] = (-score, order)
    return list(best[-1][1])
