"""The questions put to the path: who goes on, waits, circles, comes back, gets the message, needs help."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tropa.analysis.openings import OpeningQuery, Openings, find_openings
from tropa.events.log import DAY_MS, EventLog
from tropa.insight.places import Places
from tropa.insight.trials import ONCE_MS, WINDOWS_MS, Asked, Question, Trials, human_window, put

SHARE_OF_MOVES = 0.08
LOOP_SHARE = 0.12
LEAST_BACK = 0.01
PRESENT_SHARE = 0.4
OFTEN_PASSED = 0.5
BEHIND = 0.8
SHORTEST_WAIT_MS = 60_000
STOPS = 0.5
GO_ON_STILL = 0.5


def ask(log: EventLog, places: Places, *, at_least: int) -> Iterator[Trials]:
    """The trials of every question that at least so many units came to."""
    stranded = dead_ends(log, places, at_least)
    for start in range(len(places)):
        if places.units[start] < at_least:
            continue
        if not places.aside[start]:
            yield from _on_the_way(log, places, start, at_least)
            yield from _beside_the_way(log, places, start, at_least, stranded)
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


def _beside_the_way(
    log: EventLog, places: Places, start: int, at_least: int, stranded: NDArray[np.bool_]
) -> Iterator[Trials]:
    """Messages, extras, calls for help and dead ends after a place."""
    messages = _messages(places, start)
    for end in dict.fromkeys([*messages, *_extras(places, start)]):
        if stranded[end] or (trials := _present(log, places, start, end)) is None or len(trials) < at_least:
            continue
        if end in messages or trials.question.asked is Asked.TAKES:
            yield trials
    for end in np.flatnonzero(places.aside & ~stranded).tolist():
        if end != start and _leads_to_help(places, start, end):
            trials = _helped(log, places, start, end)
            if trials is not None and len(trials) >= at_least:
                yield trials
    for end in np.flatnonzero(stranded).tolist():
        if forerunner(places, end) == start and (trials := _stranding(log, places, start, end)) is not None:
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


def dead_ends(log: EventLog, places: Places, at_least: int) -> NDArray[np.bool_]:
    """Places off the way from which most of those who come never get back to it, nor reached the goal before."""
    road = np.append(places.backbone | places.goal, False)[places.codes]
    after = np.zeros(log.size + 1, dtype=np.int64)
    np.cumsum(road, out=after[1:])
    unit = np.searchsorted(log.offsets, np.arange(log.size), side="right") - 1
    stops = (after[log.offsets[unit + 1]] == after[1:]) & (places.goal_at[unit] == log.size)
    count = len(places) + 1
    keys = np.unique(unit[stops] * count + np.append(np.arange(len(places)), len(places))[places.codes[stops]])
    stopped = np.bincount(keys % count, minlength=count)[: len(places)]
    found: NDArray[np.bool_] = (places.units >= at_least) & (stopped >= STOPS * places.units)
    found &= ~places.backbone & ~places.goal
    for place in np.flatnonzero(found).tolist():
        found[place] = _leads_nowhere(log, places, place)
    return found


def _leads_nowhere(log: EventLog, places: Places, place: int) -> bool:
    """After the step before it far fewer of those who come there go on than of the others."""
    start = forerunner(places, place)
    ahead = _next_of_all(places, start) if start is not None else []
    trials = _going_on(log, places, start, ahead[0]) if start is not None and ahead else None
    if trials is None or start is None:
        return False
    came = find_openings(log, places.codes, OpeningQuery(
        starts=_mask(places, start), ends=_mask(places, place), gap_ms=trials.question.window_ms
    ))  # fmt: skip
    took = came.milliseconds(log)
    there = np.isin(trials.position, came.start[(took >= 0) & (took <= trials.question.window_ms)])
    if not there.any() or there.all():
        return False
    return bool(trials.value[there].mean() <= GO_ON_STILL * trials.value[~there].mean())


def going_on_from(log: EventLog, places: Places, start: int) -> Trials | None:
    """Who goes on from a step of the way to the next one."""
    ahead = _next_of_all(places, start)
    return _going_on(log, places, start, ahead[0]) if ahead else None


def forerunner(places: Places, place: int) -> int | None:
    """The place on the way from which most come; None where nobody comes from such."""
    moves = np.where(places.backbone & ~places.aside, places.moves[:, place], 0)
    return int(moves.argmax()) if moves.any() else None


def _stranding(log: EventLog, places: Places, start: int, end: int) -> Trials | None:
    window = _span(log, _open(log, places, start, (end,), DAY_MS), 0.95)
    if window is None:
        return None
    return _put(log, places, Question(asked=Asked.STRANDS, start=start, end=end, ends=(end,), window_ms=window))


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
