"""Who is back in which term after the first time: cohorts by when they began."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Engine, Rows, Span, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.stats.proportions import Proportion, proportion

LAST_TERM = 61
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class CohortQuery:
    """The question: after a first event at place 0, in which terms another one is done.

    Term k is the time from k to k + 1 times `term` after the first event; whatever comes after term 61 is in it.
    """

    places: PlaceRule
    term: timedelta

    def __post_init__(self) -> None:
        if self.term <= timedelta(0):
            raise InvalidQueryError(told("The term to come back in must be positive, got {term}.", term=self.term))


@dataclass(frozen=True, slots=True, eq=False)
class Cohorts:
    """When each unit began (UTC ms) and, as bits, in which terms it came back; in order of time; equal shapes."""

    began: NDArray[np.int64]
    terms: NDArray[np.int64]
    term: int
    as_of: int

    def back_in(self, term: int, keep: NDArray[np.bool_] | None = None) -> Proportion:
        """Of those whose term is over, the share that did it again in that very term (n-day retention)."""
        return self._share(term, (self.terms >> term) & 1, keep)

    def back_since(self, term: int, keep: NDArray[np.bool_] | None = None) -> Proportion:
        """Of those whose term is over, the share that did it again in that term or later (unbounded retention)."""
        return self._share(term, self.terms >> term, keep)

    def _share(self, term: int, back: NDArray[np.int64], keep: NDArray[np.bool_] | None) -> Proportion:
        due = self.began + (term + 1) * self.term <= self.as_of
        if keep is not None:
            due &= keep
        return proportion(int(np.count_nonzero(due & (back != 0))), int(np.count_nonzero(due)))


def cohorts(log: EventLog, query: CohortQuery, engine: Engine = ONE_BY_ONE) -> Cohorts:
    """List beginnings and returns, two numbers a unit."""
    began, terms = engine.run(_CohortFold(query), log).in_order()
    return Cohorts(began, terms, query.term // _MS, log.as_of)


@dataclass(frozen=True, slots=True)
class _CohortFold:
    query: CohortQuery

    @property
    def open_for(self) -> timedelta:
        """Whether a term is over is seen at the end."""
        return timedelta(0)

    def zero(self) -> Rows:
        return Rows.none(2)

    def on(self, log: EventLog) -> "_CohortStep":
        places = self.query.places.on(log)
        columns = (readable(log.offsets, np.int64), places.codes, places.table, readable(log.time, np.int64))
        return _CohortStep(columns, self.query.term // _MS)

    def merge(self, one: Rows, other: Rows) -> Rows:
        return one + other


@dataclass(frozen=True, slots=True, eq=False)
class _CohortStep:
    columns: tuple[NDArray[np.int64], Codes, Codes, NDArray[np.int64]]
    term: int

    def add(self, span: Span, total: Rows) -> Rows:
        began, terms = (np.empty(span.last - span.first, dtype=np.int64) for _ in range(2))
        size = _list_terms(span.first, span.last, *self.columns, self.term, LAST_TERM, began, terms)
        return total.and_these(began[:size], terms[:size])


@kernel
def _list_terms(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    codes: Codes,
    table: Codes,
    times: NDArray[np.int64],
    term: int,
    last_term: int,
    began: NDArray[np.int64],
    terms: NDArray[np.int64],
) -> int:
    size = 0
    for unit in range(first, last):
        has_begun = 0
        for i in range(offsets[unit], offsets[unit + 1]):
            if table[codes[i]] != 0:
                continue
            if has_begun == 0:
                has_begun = 1
                began[size] = times[i]
                terms[size] = 0
                size += 1
            elif times[i] > began[size - 1]:
                number = min((times[i] - began[size - 1]) // term, last_term)
                terms[size - 1] = terms[size - 1] | (1 << number)
    return size
