"""Step by step: what people do first, second, third; or before the end, or around a moment."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError
from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added, readable
from tropa.events.groups import EVERYBODY, GroupRule
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule

MOST_STEPS = 100
MOST_PLACES = 1_000
MOST_LINKED_PLACES = 64


class Anchor(StrEnum):
    """Where counting begins."""

    START = "start"
    END = "end"
    AROUND = "around"


@dataclass(frozen=True, slots=True)
class StepQuery:
    """The question: at which place units are `before` steps before to `after` steps after the anchor.

    START: the unit's first event is step 0 (`before` is 0). END: its last one is (`after` is 0). AROUND: its first
    event at place `around` is. With `collapse`, a place repeated in a row is one step. Events that are nowhere are
    looked through.
    """

    places: PlaceRule
    anchor: Anchor = Anchor.START
    before: int = 0
    after: int = 9
    around: int = 0
    collapse: bool = False

    def __post_init__(self) -> None:
        if self.places.count > MOST_PLACES:
            raise InvalidQueryError(
                f"A matrix of {self.places.count} places is too wide; {MOST_PLACES} is the most.",
                "Put rare events together.",
            )
        if self.before < 0 or self.after < 0 or not 1 <= self.steps <= MOST_STEPS:
            raise InvalidQueryError(f"Steps before and after make 1 to {MOST_STEPS} in all, got {self.steps}.")
        if (self.anchor is Anchor.START and self.before) or (self.anchor is Anchor.END and self.after):
            raise InvalidQueryError("There is nothing before the start and nothing after the end.")
        if self.anchor is Anchor.AROUND and not 0 <= self.around < self.places.count:
            raise InvalidQueryError(f"There is no place {self.around} among {self.places.count}.")

    @property
    def steps(self) -> int:
        """How many steps are looked at."""
        return self.before + self.after + 1


@dataclass(frozen=True, slots=True)
class StepResult:
    """`counts[s, p]`: units at place p in step s; step s is s − `before` steps after the anchor.

    `persons` have the anchor at all. `links[s, p, q]`: units at p in step s and at q in step s + 1; None for more than
    64 places, where the matrix alone is counted.
    """

    persons: int
    counts: NDArray[np.int64]
    links: NDArray[np.int64] | None

    def absent(self) -> NDArray[np.int64]:
        """Units that had not begun, or had ended, at each step."""
        found: NDArray[np.int64] = self.persons - self.counts.sum(axis=1)
        return found


def step_matrix(log: EventLog, query: StepQuery, engine: Engine = ONE_BY_ONE, *, linked: bool = False) -> StepResult:
    """Count units by step and place; `linked` counts the moves between neighbouring steps too."""
    return step_matrix_by(log, query, EVERYBODY, engine, linked=linked)[0]


def step_matrix_by(
    log: EventLog, query: StepQuery, groups: GroupRule, engine: Engine = ONE_BY_ONE, *, linked: bool = False
) -> tuple[StepResult, ...]:
    """The same matrix of each group, in one pass."""
    has_links = linked and query.places.count <= MOST_LINKED_PLACES
    persons, counts, links = engine.run(_StepFold(query, groups, has_links), log)
    return tuple(
        StepResult(int(persons[group]), counts[group], links[group] if has_links else None)
        for group in range(groups.count)
    )


@dataclass(frozen=True, slots=True)
class _StepFold:
    """Adds up units with the anchor; units by group, step and place; and by group, step, place and the next place."""

    query: StepQuery
    groups: GroupRule
    linked: bool

    def zero(self) -> Arrays:
        groups, steps, places = self.groups.count, self.query.steps, self.query.places.count
        links = (groups, steps - 1, places, places) if self.linked else (groups, 0, 0, 0)
        return tuple(np.zeros(shape, np.int64) for shape in ((groups,), (groups, steps, places), links))

    def on(self, log: EventLog) -> "_StepStep":
        places = self.query.places.on(log)
        columns = readable(log.offsets, np.int64), places.codes, places.table
        return _StepStep(self.query, columns, self.groups.on(log), self.linked)

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True)
class _StepStep:
    query: StepQuery
    columns: tuple[NDArray[np.int64], Codes, Codes]
    groups: Codes
    linked: bool

    def add(self, span: Span, total: Arrays) -> Arrays:
        asked = self.query
        path = np.empty(asked.steps, dtype=np.int32)
        settings = (asked.before, asked.after, int(asked.collapse), int(self.linked))
        if asked.anchor is Anchor.END:
            _count_from_the_end(span.first, span.last, *self.columns, self.groups, *settings, path, *total)
        else:
            around = asked.around if asked.anchor is Anchor.AROUND else -1
            _count_steps(span.first, span.last, *self.columns, self.groups, around, *settings, path, *total)
        return total


@kernel
def _count_steps(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    groups: Codes,
    around: int,
    before: int,
    after: int,
    collapse: int,
    linked: int,
    path: Codes,
    persons: NDArray[np.int64],
    counts: NDArray[np.int64],
    links: NDArray[np.int64],
) -> None:
    """`path[s]`: the place in step s; until the anchor is met, its first `before` entries are the latest steps."""
    for unit in range(first, last):
        group = groups[unit]
        if group < 0:
            continue
        for s in range(len(path)):
            path[s] = -1
        previous, at = -1, -1
        for i in range(offsets[unit], offsets[unit + 1]):
            here = table[codes[i]]
            if here < 0 or (here == previous and collapse > 0):
                continue
            previous = here
            if at < 0:
                if around < 0 or here == around:
                    at = before
                    path[at] = here
                elif before > 0:
                    for s in range(before - 1):
                        path[s] = path[s + 1]
                    path[before - 1] = here
            else:
                at += 1
                path[at] = here
            if at == before + after:
                break
        if at >= 0:
            persons[group] += 1
            _write_down(group, path, linked, counts, links)


@kernel
def _count_from_the_end(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    groups: Codes,
    before: int,
    after: int,
    collapse: int,
    linked: int,
    path: Codes,
    persons: NDArray[np.int64],
    counts: NDArray[np.int64],
    links: NDArray[np.int64],
) -> None:
    for unit in range(first, last):
        group = groups[unit]
        if group < 0:
            continue
        for s in range(len(path)):
            path[s] = -1
        following, at = -1, before + after + 1
        for i in range(offsets[unit + 1] - 1, offsets[unit] - 1, -1):
            here = table[codes[i]]
            if here < 0 or (here == following and collapse > 0):
                continue
            following = here
            at -= 1
            path[at] = here
            if at == 0:
                break
        if at <= before + after:
            persons[group] += 1
            _write_down(group, path, linked, counts, links)


@kernel
def _write_down(group: int, path: Codes, linked: int, counts: NDArray[np.int64], links: NDArray[np.int64]) -> None:
    for s in range(len(path)):
        if path[s] >= 0:
            counts[group, s, path[s]] += 1
            if linked > 0 and s > 0 and path[s - 1] >= 0:
                links[group, s - 1, path[s - 1], path[s]] += 1
