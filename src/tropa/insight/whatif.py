"""What if a step lost fewer: results of a way whose shares are raised, with what is not known of the other shares.

Assumed: who is brought further goes on as the others do, and nobody else changes. The interval comes from draws of
every share that is not raised from its posterior with Jeffreys' prior (Brown, Cai & DasGupta 2001), the same draws
before and after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.errors import InvalidQueryError, told
from tropa.stats.proportions import Interval, Proportion

DRAWS = 4_000
EDGES = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Way:
    """A way in steps: `started` units, and of those at each step the share that comes to the next."""

    started: int
    shares: tuple[Proportion, ...]

    @property
    def results(self) -> int:
        """How many came to the end."""
        return self.shares[-1].count


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a cure comes to: results instead of `now`, of `started`; `more` = how many more, with its interval."""

    started: int
    now: int
    then: Interval
    more: Interval

    @property
    def conversion(self) -> Interval:
        """Results of those who started."""
        return Interval(*(one / max(self.started, 1) for one in (self.then.value, self.then.low, self.then.high)))


def outcome_of(way: Way, targets: Mapping[int, float], *, seed: int = 1) -> Outcome:
    """The results when share k is raised to `targets[k]`; several cures at once multiply.

    Raises InvalidQueryError for a share that is not on the way, is not above what it is now, or is no share.
    """
    for number, target in targets.items():
        if not 0 <= number < len(way.shares):
            raise InvalidQueryError(
                told("There is no share {number} of {count}.", number=number + 1, count=len(way.shares))
            )
        if not way.shares[number].value < target <= 1:
            now = way.shares[number].value
            raise InvalidQueryError(
                told("A share can be raised from {now:.3f} to at most 1, got {target:g}.", now=now, target=target)
            )
    rng = np.random.default_rng(seed)
    drawn = np.array([rng.beta(one.count + 0.5, one.of - one.count + 0.5, DRAWS) for one in way.shares])
    raised = drawn.copy()
    for number, target in targets.items():
        raised[number] = np.maximum(target, drawn[number])
    before, after = way.started * drawn.prod(axis=0), way.started * raised.prod(axis=0)
    value = way.started * float(np.prod([targets.get(k, one.value) for k, one in enumerate(way.shares)]))
    return Outcome(
        started=way.started,
        now=way.results,
        then=Interval(value, *_edges(after)),
        more=Interval(value - way.results, *_edges(after - before)),
    )


def _edges(drawn: NDArray[np.float64]) -> tuple[float, float]:
    low, high = np.quantile(drawn, EDGES).tolist()
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Example:
    """Somebody of one's own who does better at a step: a group of people or a month, by its place in a list."""

    source: int
    group: int
    share: Proportion


def ceiling_of(now: Proportion, candidates: Sequence[Sequence[Proportion]], *, least: int) -> Example | None:
    """The best own example: among groups of at least `least` units the one whose interval lies highest.

    `candidates[s][g]`: the share of group g in the s-th way of telling groups apart. None where no group's interval
    lies above the present share: there is nothing to look up to.
    """
    best: Example | None = None
    for source, shares in enumerate(candidates):
        for group, share in enumerate(shares):
            if share.of >= least and share.low > now.value and (best is None or share.low > best.share.low):
                best = Example(source, group, share)
    return best
