"""One person's way for each finding: an ordinary one of those concerned, told without a name or a date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tropa.domain.evidence import Measurement
from tropa.domain.finding import Finding, Moment
from tropa.errors import InvalidQueryError
from tropa.events.staged import StagedLog
from tropa.insight.again import trials_concerned
from tropa.insight.pains import complaints_of
from tropa.texts.document import Feedback, Mention
from tropa.texts.wording import event_words

FEWEST = 5
"""Of fewer people a story could tell who it is."""
_BEFORE, _AFTER = 6, 5
_LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class _Concerned:
    """Units, and the event at which it happened to each; −1 where only words tell of it."""

    units: NDArray[np.int64]
    positions: NDArray[np.int64]


def with_stories(
    findings: Sequence[Finding], staged: StagedLog, feedback: Sequence[Feedback], mentions: Sequence[Mention]
) -> tuple[Finding, ...]:
    """The findings, each with the way of one of those concerned where there are enough of them."""
    return tuple(_with_story(one, staged, feedback, mentions) for one in findings)


def _with_story(
    finding: Finding, staged: StagedLog, feedback: Sequence[Feedback], mentions: Sequence[Mention]
) -> Finding:
    concerned = _concerned(finding, staged, feedback, mentions)
    if concerned is None or len(concerned.units) < FEWEST:
        return finding
    unit, position = _ordinary(concerned, staged)
    return replace(finding, story=tuple(_moments(staged, unit, position)))


def _concerned(
    finding: Finding, staged: StagedLog, feedback: Sequence[Feedback], mentions: Sequence[Mention]
) -> _Concerned | None:
    measured = next((one for one in finding.evidence if isinstance(one, Measurement) and one.query is not None), None)
    if measured is None or measured.query is None:
        return None
    query: Any = measured.query
    if query.get("analysis") == "complaints":
        said = complaints_of(feedback, mentions, query)
        units = np.array(sorted({one.unit for one in said if one.unit is not None}), dtype=np.int64)
        return _Concerned(units, np.full(len(units), -1, dtype=np.int64))
    if query.get("analysis") != "openings":
        return None
    try:
        trials = trials_concerned(staged.log, query, measured.baseline.value if measured.baseline else None)
    except (InvalidQueryError, KeyError, TypeError, ValueError):
        return None
    return _Concerned(trials.unit, trials.position)


def _ordinary(concerned: _Concerned, staged: StagedLog) -> tuple[int, int]:
    """The unit whose way has as many events as half of the ways have, the earliest of such.

    A few hundred ways spread over all of them are looked at.
    """
    log = staged.log
    every = max(1, len(concerned.units) // _LOOKED_AT)
    units, positions = concerned.units[::every], concerned.positions[::every]
    sizes = log.offsets[units + 1] - log.offsets[units]
    far = np.abs(sizes - np.median(sizes))
    first = log.time[np.minimum(log.offsets[units], max(0, log.size - 1))]
    best = int(np.lexsort((units, first, far))[0])
    return int(units[best]), int(positions[best])


def _moments(staged: StagedLog, unit: int, position: int) -> Iterator[Moment]:
    """The steps around where it happened; the whole way's last ones where only words tell of it."""
    log = staged.log
    first, last = int(log.offsets[unit]), int(log.offsets[unit + 1])
    runs = [list(run) for _, run in groupby(range(first, last), key=lambda event: int(log.event.codes[event]))]
    at = next((place for place, run in enumerate(runs) if run[0] <= position <= run[-1]), len(runs))
    start = max(0, at - _BEFORE)
    for place, run in enumerate(runs[start : at + _AFTER + 1], start):
        yield Moment(
            seconds=(int(log.time[run[0]]) - int(log.time[first])) // 1000,
            what=event_words(log.event.values[int(log.event.codes[run[0]])]),
            times=len(run),
            here=place == at,
        )
