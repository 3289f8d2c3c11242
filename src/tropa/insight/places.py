"""Places of the path: the events (or touchpoints) people pass, in the order in which people reach them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.events.log import NO_AMOUNT, Codes, EventLog
from tropa.events.meetings import units_at
from tropa.events.staged import StagedLog
from tropa.insight.data_words import ASIDE_WORDS

MOST_PLACES = 64
UNITS_TO_ORDER_BY = 20_000
ON_THE_WAY = 0.8
INEVITABLE = 0.97
ASIDE_SHARE = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """P places; `codes` has one entry an event (−1 = in none). `names[p]` are the event names of place p.

    `before[p, q]`: the share of units with both that reach p first (½ where nobody has both). `moves[p, q]`: straight
    moves, repeats of a place taken as one visit. `aside[p]`: help, complaint, return: off most paths. `goal`:
    where people pay, or reach the goal stage; `passed[p]`: the share of them that passes p on the way (1 for the goal).
    `goal_at[u]`: the event by which unit u first reaches the goal, the log's size where it never does.
    """

    codes: Codes
    names: tuple[tuple[str, ...], ...]
    touchpoint: Codes
    stage: Codes
    before: NDArray[np.float64]
    moves: NDArray[np.int64]
    rank: NDArray[np.float64]
    units: NDArray[np.int64]
    aside: NDArray[np.bool_]
    goal: NDArray[np.bool_]
    passed: NDArray[np.float64]
    goal_at: NDArray[np.int64]
    touchpoints: tuple[TouchpointSpec, ...]
    stages: tuple[StageSpec, ...]

    def __len__(self) -> int:
        return len(self.names)

    @property
    def backbone(self) -> NDArray[np.bool_]:
        """What most people pass who reach the goal."""
        return self.passed >= ON_THE_WAY

    @property
    def inevitable(self) -> NDArray[np.bool_]:
        """What can hardly be skipped on the way to the goal."""
        return self.passed >= INEVITABLE

    def stage_of(self, place: int) -> StageSpec | None:
        """The stage that the place belongs to."""
        number = int(self.stage[place])
        return self.stages[number] if number >= 0 else None

    def touchpoint_of(self, place: int) -> TouchpointSpec | None:
        """The touchpoint that the place belongs to."""
        number = int(self.touchpoint[place])
        return self.touchpoints[number] if number >= 0 else None


def find_places(staged: StagedLog) -> Places:
    """Take event names as places, or touchpoints where there are more names than people can read."""
    log = staged.log
    by_touchpoint = len(log.event.values) > MOST_PLACES
    codes = staged.touchpoint if by_touchpoint else log.event.codes
    count = len(staged.touchpoints) if by_touchpoint else len(log.event.values)
    touchpoint = np.arange(count, dtype=np.int32) if by_touchpoint else _commonest(codes, staged.touchpoint, count)
    stage = np.append(staged.stage_of_touchpoint, -1)[touchpoint].astype(np.int32)
    names = _event_names(log, codes, count) if by_touchpoint else tuple((name,) for name in log.event.values)
    goal = _goal(staged, codes, count, stage)
    units = units_at(log, codes, count)
    before, passed = _precedence(log, codes, count, goal)
    return Places(
        codes=codes,
        names=names,
        touchpoint=touchpoint,
        stage=stage,
        before=before,
        moves=_moves(log, codes, count),
        rank=before.sum(1),
        units=units,
        aside=np.array([any(_is_aside(name) for name in of) for of in names], dtype=bool)
        & (units <= ASIDE_SHARE * log.units),
        goal=goal,
        passed=passed,
        goal_at=_goal_at(log, codes, goal),
        touchpoints=staged.touchpoints,
        stages=staged.stages,
    )


def _is_aside(name: str) -> bool:
    words = name.casefold()
    return any(word in words for word in ASIDE_WORDS)


def _commonest(codes: Codes, of: Codes, count: int) -> Codes:
    """For each code the value that most of its events have."""
    width = int(of.max(initial=-1)) + 2
    table = np.bincount((codes.astype(np.int64) * width + of + 1)[codes >= 0], minlength=count * width)
    commonest: Codes = (table.reshape(count, width).argmax(1) - 1).astype(np.int32)
    return commonest


def _event_names(log: EventLog, codes: Codes, count: int) -> tuple[tuple[str, ...], ...]:
    pairs = np.unique(codes.astype(np.int64) * len(log.event.values) + log.event.codes)
    found: list[list[str]] = [[] for _ in range(count)]
    for pair in pairs[pairs >= 0].tolist():
        place, event = divmod(pair, len(log.event.values))
        found[place].append(log.event.values[event])
    return tuple(tuple(names) for names in found)


def _first_at(log: EventLog, codes: Codes, count: int, units: int) -> NDArray[np.int64]:
    """The first event of each place in each of the first units; shape units × places, a large number where none."""
    end = int(log.offsets[units])
    first = np.full((units, count), np.iinfo(np.int64).max)
    unit = np.repeat(np.arange(units), np.diff(log.offsets[: units + 1]))
    known = np.flatnonzero(codes[:end] >= 0)[::-1]
    first[unit[known], codes[known]] = known
    return first


def _precedence(
    log: EventLog, codes: Codes, count: int, goal: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Who comes before whom, and how many pass each place on the way to the goal."""
    units = min(log.units, UNITS_TO_ORDER_BY)
    first = _first_at(log, codes, count, units)
    met = first < np.iinfo(np.int64).max
    both = met.T.astype(np.float32) @ met.astype(np.float32)
    earlier = np.array([((first[:, [p]] < first) & met).sum(0) for p in range(count)], dtype=np.float64)
    before = np.where(both > 0, earlier.reshape(count, count) / np.maximum(both, 1), 0.5)
    if not goal.any():
        return before, np.zeros(count)
    paid = first[:, goal].min(1)
    there = paid < np.iinfo(np.int64).max
    passed = (first[there] <= paid[there, None]).mean(0) if there.any() else np.zeros(count)
    return before, np.where(goal, 1.0, passed)


def _moves(log: EventLog, codes: Codes, count: int) -> NDArray[np.int64]:
    known = np.flatnonzero(codes >= 0)
    unit = np.searchsorted(log.offsets, known, side="right")
    at = codes[known].astype(np.int64)
    straight = (unit[1:] == unit[:-1]) & (at[1:] != at[:-1])
    return np.bincount((at[:-1] * count + at[1:])[straight], minlength=count * count).reshape(count, count)


def _goal_at(log: EventLog, codes: Codes, goal: NDArray[np.bool_]) -> NDArray[np.int64]:
    reached = np.flatnonzero(np.append(goal, False)[codes])[::-1]
    first = np.full(log.units, log.size, dtype=np.int64)
    first[np.searchsorted(log.offsets, reached, side="right") - 1] = reached
    return first


def _goal(staged: StagedLog, codes: Codes, count: int, stage: Codes) -> NDArray[np.bool_]:
    """Places of the goal stage; of these, or of all where none is named, those that carry money where any does."""
    wanted = np.array([number for number, one in enumerate(staged.stages) if one.goal], dtype=np.int32)
    named = np.isin(stage, wanted)
    paying = np.zeros(count, dtype=bool)
    if staged.log.amount is not None:
        carries = (staged.log.amount != NO_AMOUNT) & (codes >= 0)
        share = np.bincount(codes[carries], minlength=count) / np.maximum(
            np.bincount(codes[codes >= 0], minlength=count), 1
        )
        paying = share >= 0.5
    if (named & paying).any():
        return named & paying
    return named if named.any() else paying
