"""The questions put to the path: who goes on, waits, circles, comes back, gets the message, needs help."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tropa.analysis.openings import OpeningQuery, Openings, count_moves_within, find_openings, unit_of
from tropa.events.log import DAY_MS, Codes, EventLog
from tropa.insight.places import Places

HOUR_MS = DAY_MS // 24
WINDOWS_MS = tuple(
    span * HOUR_MS for span in (1, 6, 24, 3 * 24, 7 * 24, 14 * 24, 30 * 24, 60 * 24, 90 * 24, 180 * 24, 365 * 24)
)
SHARE_OF_MOVES = 0.08
LOOP_SHARE = 0.12
LEAST_BACK = 0.01
PRESENT_SHARE = 0.4
"""What fewer have is taken besides; what more have is a message or a step that can be skipped."""
OFTEN_PASSED = 0.5
BEHIND = 0.8
SHORTEST_WAIT_MS = 60_000
ONCE_MS = 10_000 * DAY_MS


class Asked(StrEnum):
    """What a trial tests; a hit is always the unwelcome answer."""

    GOES_ON = "conversion"
    WAITS = "median_time"
    CIRCLES = "returns_per_person"
    RETURNS = "repeat_share"
    MEETS = "presence"
    NEEDS_HELP = "contact_rate"
    TAKES = "taken_next"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: from `start` to any of `ends` within the window; `end` is the place it is named by."""

    asked: Asked
    start: int
    end: int
    ends: tuple[int, ...]
    window_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trials:
    """One entry a trial: the event it began with, its unit, whether the answer was unwelcome, and the raw value.

    `value`: seconds to the end for waits, moves for circles, else 1 where the thing asked about happened. `history`: 0
    new here, 1 was here before, 2 has reached the goal before.
    """

    question: Question
    position: NDArray[np.int64]
    unit: NDArray[np.int64]
    hit: NDArray[np.bool_]
    value: NDArray[np.float64]
    history: Codes

    def __len__(self) -> int:
        return len(self.position)

    def kept(self, keep: NDArray[np.bool_]) -> "Trials":
        """These trials only."""
        return Trials(
            question=self.question,
            position=self.position[keep],
            unit=self.unit[keep],
            hit=self.hit[keep],
            value=self.value[keep],
            history=self.history[keep],
        )


def human_window(milliseconds: float) -> int:
    """The next span that people use: an hour, a day, a week, a month and so on."""
    return next((window for window in WINDOWS_MS if milliseconds <= window), WINDOWS_MS[-1])


def ask(log: EventLog, places: Places, *, at_least: int) -> Iterator[Trials]:
    """The trials of every question that at least so many units came to."""
    for start in range(len(places)):
        if places.units[start] < at_least:
            continue
        if not places.aside[start]:
            yield from _on_the_way(log, places, start, at_least)
        if places.goal[start]:
            yield from _again(log, places, start, at_least)
    yield from _circles(log, places, at_least)


def _on_the_way(log: EventLog, places: Places, start: int, at_least: int) -> Iterator[Trials]:
    onward = successors(places, start)
    ahead = _next_of_all(places, start)
    messages = _messages(places, start)
    usual = [end for end in onward if places.passed[end] >= OFTEN_PASSED and end not in messages]
    for end in dict.fromkeys([*ahead, *usual[:1]] if ahead else _onward_from_goal(places, start, onward)[:1]):
        if (trials := _going_on(log, places, start, end)) is not None and len(trials) >= at_least:
            yield trials
    for end in dict.fromkeys([*ahead, *(end for end in onward if end in messages or _is_on_the_way(places, end))]):
        if (trials := _waiting(log, places, start, end)) is not None and len(trials) >= at_least:
            yield trials
    for end in dict.fromkeys([*messages, *_extras(places, start)]):
        if (trials := _present(log, places, start, end)) is None or len(trials) < at_least:
            continue
        if end in messages or trials.question.asked is Asked.TAKES:
            yield trials
    for end in np.flatnonzero(places.aside).tolist():
        if end != start and _leads_to_help(places, start, end):
            trials = _helped(log, places, start, end)
            if trials is not None and len(trials) >= at_least:
                yield trials


def _next_of_all(places: Places, start: int) -> list[int]:
    """The first place ahead that nobody skips who reaches the goal, else that most of them pass."""
    ahead = (places.before[start] >= 0.8) & (np.arange(len(places)) != start)
    for road in (places.inevitable, places.backbone):
        met = np.flatnonzero(ahead & road)
        if len(met):
            return [int(met[places.rank[met].argmax()])]
    return []


def _onward_from_goal(places: Places, start: int, onward: list[int]) -> list[int]:
    """Where one goes on to when the goal lies behind, or when there is none; a place that is anywhere leads nowhere."""
    return onward if _is_behind_goal(places, start) or not places.goal.any() else []


def _is_behind_goal(places: Places, start: int) -> bool:
    return bool(places.goal[start]) or bool((places.before[places.goal, start] >= BEHIND).any())


def _is_on_the_way(places: Places, place: int) -> bool:
    """Most of those who reach the goal pass it; of places behind the goal, or without one, nothing can be said."""
    return bool(places.passed[place] >= OFTEN_PASSED) or not places.goal.any() or _is_behind_goal(places, place)


def successors(places: Places, start: int) -> list[int]:
    """Where people go forward from a place, the most frequented first."""
    forward = (places.before[start] > 0.6) & ~places.aside
    forward[start] = False
    moves = np.where(forward, places.moves[start], 0)
    total = max(int(places.moves[start].sum()), 1)
    order = np.argsort(-moves, kind="stable")[:3]
    return [int(end) for end in order if moves[end] >= SHARE_OF_MOVES * total]


def _beyond(places: Places, start: int, end: int) -> tuple[int, ...]:
    """The place and what nearly all pass after it: who skips a step has gone on too, who looks round has not."""
    later = (places.before[end] >= 0.85) & (places.before[start] >= 0.85) & ~places.aside
    later[[start, end]] = False
    if places.goal.any() and not _is_behind_goal(places, start):
        later &= places.backbone
    return (end, *np.flatnonzero(later).tolist())


def _mask(places: Places, *members: int) -> NDArray[np.bool_]:
    mask = np.zeros(len(places), dtype=bool)
    mask[list(members)] = True
    return mask


def _span(log: EventLog, openings: Openings, share: float) -> int | None:
    took = openings.milliseconds(log)
    took = took[took >= 0]
    return human_window(float(np.quantile(took, share))) if len(took) >= 20 else None


def _open(
    log: EventLog, places: Places, start: int, ends: tuple[int, ...], gap_ms: int, *, only_closed: bool = False
) -> Openings:
    query = OpeningQuery(starts=_mask(places, start), ends=_mask(places, *ends), gap_ms=gap_ms, only_closed=only_closed)
    return find_openings(log, places.codes, query)


def _asked_openings(log: EventLog, codes: Codes, count: int, question: Question) -> Openings:
    """Where the question is put: waits until an end only where there is one, returns once a unit."""
    starts, ends = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    starts[question.start] = True
    ends[list(question.ends)] = True
    match question.asked:
        case Asked.WAITS | Asked.CIRCLES:
            gap = DAY_MS
        case Asked.RETURNS:
            gap = ONCE_MS
        case _:
            gap = question.window_ms
    only_closed = question.asked is Asked.WAITS
    return find_openings(log, codes, OpeningQuery(starts=starts, ends=ends, gap_ms=gap, only_closed=only_closed))


def put(log: EventLog, codes: Codes, count: int, question: Question, goal_at: NDArray[np.int64]) -> Trials:
    """The trials of one question, only those whose window is over; `codes` has the place of each event, `count` in all.

    One who is still inside the window has lost nothing, and one who made it early proves no more.
    """
    openings = _asked_openings(log, codes, count, question)
    took = openings.milliseconds(log)
    keep = log.time[openings.start] + question.window_ms <= log.as_of
    within = (took >= 0) & (took <= question.window_ms)
    match question.asked:
        case Asked.WAITS:
            keep &= took >= 0
            hit, value = (took > np.median(took[keep]) if keep.any() else keep), took / 1000
        case Asked.CIRCLES:
            moves = count_moves_within(log, codes, openings, (question.end, question.start), question.window_ms)
            value = moves.astype(np.float64)
            often = max(1.0, float(np.quantile(value, 0.75))) if len(value) else 1.0
            hit = value > often - 1e-9
        case Asked.NEEDS_HELP:
            hit, value = within, within.astype(np.float64)
        case _:
            hit, value = ~within, within.astype(np.float64)
    unit = unit_of(log, openings.start)
    history = np.zeros(len(openings), dtype=np.int32)
    history[1:] = unit[1:] == unit[:-1]
    history[openings.start > goal_at[unit]] = 2
    trials = Trials(question=question, position=openings.start, unit=unit, hit=hit, value=value, history=history)
    return trials.kept(keep)


def _put(log: EventLog, places: Places, question: Question) -> Trials:
    return put(log, places.codes, len(places), question, places.goal_at)


def _going_on(log: EventLog, places: Places, start: int, end: int) -> Trials | None:
    ends = _beyond(places, start, end)
    spans = [_span(log, _open(log, places, start, to, DAY_MS), 0.95) for to in (ends, ends[1:]) if to]
    window = max((span for span in spans if span is not None), default=None)
    if window is None:
        return None
    question = Question(asked=Asked.GOES_ON, start=start, end=end, ends=ends, window_ms=window)
    return _put(log, places, question)


def _waiting(log: EventLog, places: Places, start: int, end: int) -> Trials | None:
    openings = _open(log, places, start, (end,), DAY_MS, only_closed=True)
    window = _span(log, openings, 0.95)
    if window is None:
        return None
    took = openings.milliseconds(log)
    if np.median(took[took >= 0]) < SHORTEST_WAIT_MS:
        return None
    return _put(log, places, Question(asked=Asked.WAITS, start=start, end=end, ends=(end,), window_ms=window))


def _messages(places: Places, start: int) -> list[int]:
    """Places that can be skipped and mostly come right after this one: it is their commonest forerunner."""
    beside = ~places.aside & ~places.inevitable & (places.before[start] > 0.9)
    beside[start] = False
    forerunners = np.where(places.aside[:, None], 0, places.moves)
    return np.flatnonzero(beside & (forerunners.argmax(0) == start)).tolist()


def _extras(places: Places, start: int) -> list[int]:
    """Places off the way that come after this one, and after no later one, for nearly all: what some take besides."""
    ahead = (places.before > 0.9) & ~places.aside[:, None] & (places.passed >= OFTEN_PASSED)[:, None]
    last = np.where(ahead, -places.rank[:, None], -np.inf).argmax(0)
    off_the_way = ~places.aside & (places.passed < OFTEN_PASSED) & ahead[start] & (last == start)
    return np.flatnonzero(off_the_way).tolist()


def _present(log: EventLog, places: Places, start: int, end: int) -> Trials | None:
    window = _span(log, _open(log, places, start, (end,), DAY_MS), 0.95)
    if window is None:
        return None
    question = Question(asked=Asked.MEETS, start=start, end=end, ends=(end,), window_ms=window)
    trials = _put(log, places, question)
    if len(trials) and trials.value.mean() < PRESENT_SHARE:
        return replace(trials, question=replace(question, asked=Asked.TAKES))
    return trials if len(trials) else None


def _leads_to_help(places: Places, start: int, end: int) -> bool:
    """A fifth of the requests come straight after this place."""
    into = places.moves[:, end]
    return not places.aside[start] and into[start] >= 0.2 * max(int(into.sum()), 1)


def _helped(log: EventLog, places: Places, start: int, end: int) -> Trials | None:
    window = _span(log, _open(log, places, start, (end,), DAY_MS), 0.8)
    if window is None:
        return None
    window = min(window, 30 * DAY_MS)
    question = Question(asked=Asked.NEEDS_HELP, start=start, end=end, ends=(end,), window_ms=window)
    return _put(log, places, question)


def _again(log: EventLog, places: Places, start: int, at_least: int) -> Iterator[Trials]:
    """Of those who reached the goal for the first time, who reached it again in the usual term."""
    openings = _open(log, places, start, (start,), ONCE_MS)
    took = openings.milliseconds(log)
    span = log.as_of - int(log.time.min(initial=log.as_of))
    again = took[took > 0]
    if len(again) < max(20, 0.02 * len(took)):
        return
    window = human_window(float(np.quantile(again, 0.9)))
    while window > span * 0.6 and window > WINDOWS_MS[0]:
        window = WINDOWS_MS[WINDOWS_MS.index(window) - 1]
    question = Question(asked=Asked.RETURNS, start=start, end=start, ends=(start,), window_ms=window)
    trials = _put(log, places, question)
    if len(trials) >= at_least:
        yield trials


def _circles(log: EventLog, places: Places, at_least: int) -> Iterator[Trials]:
    """Back and forth between two places: how often a unit comes back to the first within a day."""
    leaving = np.maximum(places.moves.sum(1), 1)
    for far in range(len(places)):
        for near in range(len(places)):
            there, back = places.moves[near, far] / leaving[near], places.moves[far, near] / leaving[far]
            if there < LOOP_SHARE or back < LEAST_BACK or places.before[near, far] <= 0.5:
                continue
            if places.units[near] < at_least or not (_is_on_the_way(places, near) and _is_on_the_way(places, far)):
                continue
            yield _put(log, places, Question(asked=Asked.CIRCLES, start=near, end=far, ends=(far,), window_ms=DAY_MS))
