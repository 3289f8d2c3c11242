"""Questions that a card's figure answers: written into the map, asked again at each refresh."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tropa.analysis.funnel import FunnelQuery, Step, run_funnel
from tropa.domain.evidence import Measurement, Unit
from tropa.domain.journeymap import Match
from tropa.domain.project import Semantics, StageSpec
from tropa.domain.query import hash_of
from tropa.errors import InvalidQueryError, told
from tropa.events.days import period_of
from tropa.events.fold import ONE_BY_ONE, Engine
from tropa.events.groups import Reached, only_units, unit_column
from tropa.events.log import EventLog
from tropa.events.staged import Matched, StagedLog
from tropa.insight.again import figure_again
from tropa.insight.pains import complaints_again
from tropa.stats.proportions import proportion
from tropa.texts.document import Feedback, Mention
from tropa.texts.mentions import find_mentions

Query = Mapping[str, object]
VERSION = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its hash, ready for a measurement."""

    query: Query

    @property
    def hash(self) -> str:
        """The question's stable name."""
        return hash_of(self.query)


def step_of_stages(staged: StagedLog, stages: Sequence[int]) -> dict[str, object]:
    """A funnel's step: any event of these stages."""
    return _step(staged, [n for n, home in enumerate(staged.stage_of_touchpoint) if home in stages])


def step_of_touchpoint(staged: StagedLog, touchpoint: int) -> dict[str, object]:
    """A funnel's step: any event of this touchpoint."""
    return _step(staged, [touchpoint])


def funnel_question(
    steps: Sequence[Mapping[str, object]], window: timedelta | None, unit: str, segment: object = None
) -> Asked:
    """Who goes through these steps in order, any start, within the window."""
    semantics = Semantics.UNWINDOWED if window is None else Semantics.ANY_START
    return Asked(
        {
            "analysis": "funnel",
            "version": VERSION,
            "steps": list(steps),
            "semantics": semantics.value,
            "window_seconds": None if window is None else int(window.total_seconds()),
            "segment": segment,
            "unit": unit,
        }
    )


def reach_question(
    step: Mapping[str, object], of: Mapping[str, object] | None, unit: str, segment: object = None
) -> Asked:
    """How many of those at `of` (of all where None) had an event of the step."""
    return Asked(
        {
            "analysis": "reach",
            "version": VERSION,
            "step": dict(step),
            "of": None if of is None else dict(of),
            "segment": segment,
            "unit": unit,
        }
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What customers wrote, and the stages whose touchpoints they may speak of; `mentions` where it is read already."""

    feedback: Sequence[Feedback] = ()
    stages: Sequence[StageSpec] = ()
    mentions: Sequence[Mention] | None = None


NOTHING_SAID = Said()


def ask_again(
    log: EventLog, measurement: Measurement, engine: Engine = ONE_BY_ONE, said: Said = NOTHING_SAID
) -> Measurement | None:
    """The same figure in today's data; None where its question cannot be read any more."""
    query = measurement.query or {}
    period = period_of(log)
    try:
        if query.get("analysis") == "openings":
            return _asked_of_openings(log, measurement, query)
        if query.get("analysis") == "complaints":
            return _asked_of_complaints(said, measurement, query)
        within = _in_segment(log, query.get("segment"))
        counts = _count(within, query, engine)
    except (InvalidQueryError, KeyError, TypeError, ValueError, IndexError):
        return None
    if counts is None or period is None or measurement.unit is not Unit.SHARE:
        return None
    count, of = counts
    share = proportion(of - count if measurement.metric == "drop_off" else count, of, measurement.confidence)
    return replace(
        measurement, value=share.value, low=share.low, high=share.high, count=share.count, of=share.of, period=period
    )


def _asked_of_openings(log: EventLog, measurement: Measurement, query: Query) -> Measurement | None:
    """A finding's own figure: its group's, since its day."""
    again = figure_again(log, query) if query.get("version") == VERSION else None
    if again is None:
        return None
    figure = again.figure
    return replace(
        measurement,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        count=figure.count,
        of=figure.of,
        period=again.period,
    )


def _asked_of_complaints(said: Said, measurement: Measurement, query: Query) -> Measurement | None:
    """A pain's share of those who wrote."""
    mentions = find_mentions(said.feedback, said.stages) if said.mentions is None else said.mentions
    again = complaints_again(said.feedback, mentions, query) if query.get("version") == VERSION else None
    if again is None:
        return None
    share, period = again
    return replace(
        measurement, value=share.value, low=share.low, high=share.high, count=share.count, of=share.of, period=period
    )


def _count(log: EventLog, query: Query, engine: Engine) -> tuple[int, int] | None:
    if query.get("version") != VERSION:
        return None
    match query.get("analysis"):
        case "funnel":
            return _count_funnel(log, query, engine)
        case "reach":
            of = _units_with(log, query["of"]) if query.get("of") is not None else np.diff(log.offsets) > 0
            return int(np.count_nonzero(_units_with(log, query["step"]) & of)), int(np.count_nonzero(of))
    return None


def _count_funnel(log: EventLog, query: Query, engine: Engine) -> tuple[int, int]:
    steps: Any = query["steps"]
    seconds: Any = query.get("window_seconds")
    asked = FunnelQuery(
        tuple(Step(str(number), Matched((_matches(step),))) for number, step in enumerate(steps)),
        None if seconds is None else timedelta(seconds=seconds),
        Semantics(str(query["semantics"])),
    )
    result = run_funnel(log, asked, engine)
    return result.steps[-1].persons, result.steps[0].persons


def _matches(step: Any) -> tuple[Match, ...]:
    matches = step["match"] if "match" in step else [{"event": step["events"]}]
    return tuple(
        Match(event=tuple(one["event"]), where={name: tuple(v) for name, v in one.get("where", {}).items()})
        for one in matches
    )


def _units_with(log: EventLog, step: Any) -> NDArray[np.bool_]:
    return Reached(Matched((_matches(step),))).on(log) > 0


def _in_segment(log: EventLog, segment: Any) -> EventLog:
    keep = np.ones(log.units, dtype=bool)
    for name, wanted in (segment or {}).items():
        column = unit_column(log, name)
        if column is None:
            raise InvalidQueryError(told("There is no property “{name}” in the data.", name=name))
        values = [wanted] if isinstance(wanted, str) else list(wanted)
        keep &= np.isin(column.codes, [column.code_of(value) for value in values if value in column.values])
    return only_units(log, keep) if segment else log


def _step(staged: StagedLog, touchpoints: Sequence[int]) -> dict[str, object]:
    matches = [match for number in touchpoints if (match := staged.touchpoints[number].match) is not None]
    if any(match.where for match in matches):
        return {
            "match": [
                {"event": list(match.event), "where": {k: list(v) for k, v in match.where.items()}} for match in matches
            ]
        }
    names = staged.log.event.values
    here = staged.met[list(touchpoints)].any(axis=0)
    return {"events": [names[code] for code in np.flatnonzero(here)]}
