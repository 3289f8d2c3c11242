"""Trials: each time somebody stood where a question is put, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tropa.analysis.openings import OpeningQuery, Openings, count_moves_within, find_openings, unit_of
from tropa.events.log import DAY_MS, Codes, EventLog

HOUR_MS = DAY_MS // 24
WINDOWS_MS = tuple(
    span * HOUR_MS for span in (1, 6, 24, 3 * 24, 7 * 24, 14 * 24, 30 * 24, 60 * 24, 90 * 24, 180 * 24, 365 * 24)
)
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
    STRANDS = "dead_end_share"


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
            keep &= within
            moves = count_moves_within(log, codes, openings, (question.end, question.start), question.window_ms)
            value = moves.astype(np.float64)
            often = max(1.0, float(np.quantile(value[keep], 0.75))) if keep.any() else 1.0
            hit = value > often - 1e-9
        case Asked.NEEDS_HELP | Asked.STRANDS:
            hit, value = within, within.astype(np.float64)
        case _:
            hit, value = ~within, within.astype(np.float64)
    unit = unit_of(log, openings.start)
    history = np.zeros(len(openings), dtype=np.int32)
    history[1:] = unit[1:] == unit[:-1]
    history[openings.start > goal_at[unit]] = 2
    trials = Trials(question=question, position=openings.start, unit=unit, hit=hit, value=value, history=history)
    return trials.kept(keep)


def led_to(log: EventLog, codes: Codes, count: int, trials: Trials, place: int) -> NDArray[np.bool_]:
    """Which trials came to the place within the window, and before the end they are asked about."""
    starts, through, ends = (np.zeros(count, dtype=bool) for _ in range(3))
    starts[trials.question.start], through[place], ends[list(trials.question.ends)] = True, True, True
    window = trials.question.window_ms
    came = find_openings(log, codes, OpeningQuery(starts=starts, ends=through, gap_ms=window))
    went = find_openings(log, codes, OpeningQuery(starts=starts, ends=ends, gap_ms=window))
    there, on = came.milliseconds(log), went.milliseconds(log)
    first = (there >= 0) & (there <= window) & ((on < 0) | (there < on))
    return np.isin(trials.position, came.start[first])
