"""Offers: which share of them is taken up, by how long after a moment they are made."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.events.fold import ONE_BY_ONE, Arrays, Engine, Span, added, readable
from tropa.events.kernel import kernel
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule
from tropa.stats.multiple import holm
from tropa.stats.proportions import Proportion, proportion, two_proportions_p

EDGES = tuple(timedelta(hours=hours) for hours in (1, 6, 24, 72, 168, 336, 720, 1440, 2160, 4320))
LEAST = 30
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class OfferQuery:
    """The question: of offers (place 0 of `offers`) made after a unit's first event at `after`, which are taken up.

    Taken up: an event at place 0 of `taken` follows within `within` and before the next offer. An offer whose term is
    not over is not counted.
    """

    after: PlaceRule
    offers: PlaceRule
    taken: PlaceRule
    within: timedelta = timedelta(days=7)

    def __post_init__(self) -> None:
        if self.within <= timedelta(0):
            raise InvalidQueryError(
                told("The term to take an offer up must be positive, got {within}.", within=self.within)
            )


@dataclass(frozen=True, slots=True)
class OfferResult:
    """`shares[k]`: offers made between `EDGES[k − 1]` and `EDGES[k]` after the moment (the last: later than all edges).

    `until`: after it offers are taken up less often; None where the data do not show such a moment.
    """

    shares: tuple[Proportion, ...]
    until: timedelta | None


def offers_taken(log: EventLog, query: OfferQuery, engine: Engine = ONE_BY_ONE) -> OfferResult:
    """Count offers by their time."""
    made, taken = engine.run(_OfferFold(query), log)
    shares = tuple(proportion(int(hit), int(of)) for hit, of in zip(taken, made, strict=True))
    return OfferResult(shares, _until(shares))


def _until(shares: tuple[Proportion, ...]) -> timedelta | None:
    """The edge that parts early offers from late ones best, if late ones fare worse beyond doubt (Holm, 5 %)."""
    hits, of = np.array([one.count for one in shares]), np.array([one.of for one in shares])
    edges, chances = [], []
    for edge in range(1, len(shares)):
        early, late = (int(hits[:edge].sum()), int(of[:edge].sum())), (int(hits[edge:].sum()), int(of[edge:].sum()))
        if min(early[1], late[1]) >= LEAST and early[0] * late[1] > late[0] * early[1]:
            edges.append(edge)
            chances.append(two_proportions_p(*early, *late))
    if not edges:
        return None
    best = int(np.argmin(chances))
    return EDGES[edges[best] - 1] if holm(chances)[best] <= 0.05 else None


@dataclass(frozen=True, slots=True)
class _OfferFold:
    """Adds up offers made and taken up, by time; shape (edges + 1) each."""

    query: OfferQuery

    @property
    def open_for(self) -> timedelta:
        """Until the term is over."""
        return self.query.within

    def zero(self) -> Arrays:
        return np.zeros(len(EDGES) + 1, np.int64), np.zeros(len(EDGES) + 1, np.int64)

    def on(self, log: EventLog) -> "_OfferStep":
        asked = self.query
        after, offers, taken = (rule.on(log) for rule in (asked.after, asked.offers, asked.taken))
        columns = (after.codes, after.table, offers.codes, offers.table, taken.codes, taken.table)
        return _OfferStep(
            readable(log.offsets, np.int64), columns, readable(log.time, np.int64), asked.within // _MS, log.as_of
        )

    def merge(self, one: Arrays, other: Arrays) -> Arrays:
        return added(one, other)


@dataclass(frozen=True, slots=True)
class _OfferStep:
    offsets: NDArray[np.int64]
    columns: tuple[Codes, Codes, Codes, Codes, Codes, Codes]
    times: NDArray[np.int64]
    term: int
    as_of: int

    def add(self, span: Span, total: Arrays) -> Arrays:
        edges = readable(np.array([one // _MS for one in EDGES]), np.int64)
        made, taken = total
        terms = (self.times, self.term, self.as_of, edges)
        _count(span.first, span.last, self.offsets, *self.columns, *terms, made, taken)
        return total


@kernel
def _count(
    first: int,
    last: int,
    offsets: NDArray[np.int64],
    after_codes: Codes,
    after_table: Codes,
    offer_codes: Codes,
    offer_table: Codes,
    taken_codes: Codes,
    taken_table: Codes,
    times: NDArray[np.int64],
    term: int,
    as_of: int,
    edges: NDArray[np.int64],
    made: NDArray[np.int64],
    taken: NDArray[np.int64],
) -> None:
    for unit in range(first, last):
        since = -1
        waiting = -1  # the bin of the offer that may still be taken up
        offered = 0
        for i in range(offsets[unit], offsets[unit + 1]):
            if waiting >= 0 and taken_table[taken_codes[i]] == 0 and times[i] - offered <= term:
                taken[waiting] += 1
                waiting = -1
            if since < 0:
                if after_table[after_codes[i]] == 0:
                    since = i
                continue
            if offer_table[offer_codes[i]] == 0:
                waiting = -1
                if times[i] + term <= as_of:
                    offered = times[i]
                    waiting = 0
                    while waiting < len(edges) and offered - times[since] > edges[waiting]:
                        waiting += 1
                    made[waiting] += 1
