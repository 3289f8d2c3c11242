"""Asking again: the question behind a finding's figure, put to today's data; and whom it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tropa.domain.period import Period
from tropa.errors import InvalidQueryError, told
from tropa.events.log import Codes, EventLog
from tropa.insight.calendar import Calendar
from tropa.insight.figures import Figure, Flags, figure_of
from tropa.insight.groups import find_properties, holding
from tropa.insight.questions import Asked, Question, Trials, put

START, END, ELSEWHERE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Again:
    """Today's figure, and the days it was counted over."""

    figure: Figure
    period: Period


def figure_again(log: EventLog, query: Mapping[str, Any]) -> Again | None:
    """The figure in today's data; None where nobody is left to count.

    Raises InvalidQueryError, KeyError, TypeError or ValueError where the question cannot be read.
    """
    trials = _trials(log, query)
    calendar = Calendar.of(log)
    days = calendar.day_of(log.time[trials.position])
    mask = _in_period(days, query["period"], calendar) & _in_group(log, trials, query.get("segment"))
    if not mask.any():
        return None
    first, last = int(days[mask].min()), int(days[mask].max())
    return Again(figure_of(trials, mask), Period(calendar.date_of(first), calendar.date_of(last)))


def units_concerned(log: EventLog, query: Mapping[str, Any], usual: float | None) -> NDArray[np.int64]:
    """The units of the group whose last answer was the unwelcome one, in the log's order."""
    return trials_concerned(log, query, usual).unit


def trials_concerned(log: EventLog, query: Mapping[str, Any], usual: float | None) -> Trials:
    """The last trial of each unit of the group, of those whose last answer was the unwelcome one.

    Who did not go on the first time and did later is not concerned any more. `usual` is what a wait or a number of
    returns is compared with; None leaves it to the median and the upper quarter of all.
    """
    trials = _trials(log, query)
    calendar = Calendar.of(log)
    days = calendar.day_of(log.time[trials.position])
    mask = _in_period(days, query["period"], calendar) & _in_group(log, trials, query.get("segment"))
    mine = trials.kept(mask)
    compared = usual if mine.question.asked in {Asked.WAITS, Asked.CIRCLES} else None
    hit = mine.hit if compared is None else mine.value > compared
    last = np.append(mine.unit[1:] != mine.unit[:-1], True)[: len(mine)]
    return mine.kept(last & hit)


def _trials(log: EventLog, query: Mapping[str, Any]) -> Trials:
    """The question of a finding, put to everybody."""
    codes = _codes(log, query["steps"])
    has_end = bool((codes == END).any())
    ends = (END,) if has_end else (START,)
    question = Question(
        asked=Asked(query["metric"]), start=START, end=ends[0], ends=ends, window_ms=int(query["window_seconds"]) * 1000
    )
    return put(log, codes, ELSEWHERE + 1, question, np.full(log.units, log.size, dtype=np.int64))


def _codes(log: EventLog, steps: Any) -> Codes:
    """Which of the two steps each event is."""
    start, end = (set(step["events"]) for step in steps)
    if not start & set(log.event.values):
        raise InvalidQueryError(told("None of these events is in the data any more: {start}.", start=sorted(start)))
    table = [START if name in start else END if name in end else ELSEWHERE for name in log.event.values]
    return np.array(table, dtype=np.int32)[log.event.codes]


def _in_period(days: Any, period: Mapping[str, str | None], calendar: Calendar) -> Flags:
    first, last = (None if period[key] is None else date.fromisoformat(str(period[key])) for key in ("from", "to"))
    inside = np.ones(len(days), dtype=bool)
    if first is not None:
        inside &= days >= (first - calendar.first).days
    if last is not None:
        inside &= days <= (last - calendar.first).days
    return inside


def _in_group(log: EventLog, trials: Trials, segment: Mapping[str, Any] | None) -> Flags:
    inside = np.ones(len(trials), dtype=bool)
    if not segment:
        return inside
    known = {one.name: one for one in find_properties(log)}
    for name, given in segment.items():
        if name not in known:
            raise InvalidQueryError(told("There is no property “{name}” in the data.", name=name))
        values = [given] if isinstance(given, str) else list(given)
        inside &= holding(known[name], values, trials.position, trials.unit)
    return inside
