"""Events put into touchpoints and stages: what every analysis and finding looks at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.domain.journeymap import Match
from tropa.domain.project import StageSpec, TouchpointSpec
from tropa.events.log import Codes, EventLog
from tropa.events.places import PlaceRule, Places, Remembered, Renumbered


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedLog:
    """A log with the touchpoint and the stage of each event (−1 = in none); `stages` are in the path's order.

    `touchpoint` and `stage` have one entry an event. Touchpoints are numbered over all stages, from the top down;
    `stage_of_touchpoint[t]` is the stage of touchpoint t. `met[t, e]`: events named e are met at touchpoint t.
    """

    log: EventLog
    stages: tuple[StageSpec, ...]
    touchpoints: tuple[TouchpointSpec, ...]
    stage_of_touchpoint: Codes
    touchpoint: Codes
    stage: Codes
    met: NDArray[np.bool_]

    @property
    def at_stages(self) -> PlaceRule:
        """The stages as places."""
        return Remembered(at_stages(self.stages), self.stage, self.log.event)

    @property
    def at_touchpoints(self) -> PlaceRule:
        """The touchpoints as places."""
        return Remembered(StagedPlaces(self.stages), self.touchpoint, self.log.event)

    @property
    def unassigned(self) -> NDArray[np.bool_]:
        """The events that are in no stage."""
        return self.stage < 0


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in name.split("*")), re.DOTALL)


def names_matching(names: Sequence[str], wanted: Sequence[str]) -> NDArray[np.bool_]:
    """Which of the names fit any of the wanted patterns; `*` is the only wildcard. Shape: one entry a name."""
    patterns = [_pattern(one) for one in wanted]
    return np.array([any(p.fullmatch(name) for p in patterns) for name in names], dtype=bool)


def events_matching(log: EventLog, match: Match) -> NDArray[np.bool_]:
    """Which events fit: any of the names, and every property. Shape N."""
    hit = names_matching(log.event.values, match.event)
    fits = hit[log.event.codes] if len(hit) else np.zeros(log.size, dtype=bool)
    for name, wanted in match.where.items():
        fits &= _property_is(log, name, wanted)
    return fits


def _property_is(log: EventLog, name: str, wanted: Sequence[str]) -> NDArray[np.bool_]:
    if (column := log.properties.get(name)) is not None:
        hit = np.append(names_matching(column.values, wanted), False)
        return hit[column.codes]
    if (of_units := log.unit_properties.get(name)) is not None:
        hit = np.append(names_matching(of_units.values, wanted), False)
        return np.repeat(hit[of_units.codes], np.diff(log.offsets))
    return np.zeros(log.size, dtype=bool)


def stage_events(log: EventLog, stages: Sequence[StageSpec]) -> StagedLog:
    """Put each event into the first touchpoint that matches, from the top down."""
    touchpoints = [touchpoint for stage in stages for touchpoint in stage.touchpoints]
    homes = [number for number, stage in enumerate(stages) for _ in stage.touchpoints]
    codes = _touchpoints_on(log, touchpoints).of_events()
    home = np.array([*homes, -1], dtype=np.int32)
    return StagedLog(
        log=log,
        stages=tuple(stages),
        touchpoints=tuple(touchpoints),
        stage_of_touchpoint=home[:-1],
        touchpoint=codes,
        stage=home[codes],
        met=_met(codes, len(touchpoints), log),
    )


def _touchpoints_on(log: EventLog, touchpoints: Sequence[TouchpointSpec]) -> Places:
    """The first touchpoint that each event fits."""
    return _first_match_on(log, [(one.match,) if one.match else () for one in touchpoints])


def _first_match_on(log: EventLog, places: Sequence[Sequence[Match]]) -> Places:
    """The first place that each event fits any match of."""
    numbered = [(number, match) for number, matches in enumerate(places) for match in matches][::-1]
    if not any(match.where for _, match in numbered):  # by name alone: one look-up table for all events
        table = np.full(len(log.event.values), -1, dtype=np.int32)
        for number, match in numbered:
            table[names_matching(log.event.values, match.event)] = number
        return Places.of(log.event.codes, table)
    codes = np.full(log.size, -1, dtype=np.int32)
    for number, match in numbered:
        codes[events_matching(log, match)] = number
    return Places.of(codes, np.arange(len(places), dtype=np.int32))


@dataclass(frozen=True, slots=True)
class StagedPlaces:
    """Place k = touchpoint k of these stages, numbered from the top of the first stage down."""

    stages: tuple[StageSpec, ...]

    @property
    def count(self) -> int:
        """How many places there are."""
        return sum(len(stage.touchpoints) for stage in self.stages)

    def on(self, log: EventLog) -> Places:
        """Where the events of the log are."""
        return _touchpoints_on(log, [touchpoint for stage in self.stages for touchpoint in stage.touchpoints])


def at_stages(stages: Sequence[StageSpec]) -> PlaceRule:
    """Place k = stage k: any of its touchpoints."""
    homes = tuple(number for number, stage in enumerate(stages) for _ in stage.touchpoints)
    return Renumbered(StagedPlaces(tuple(stages)), homes, len(stages))


@dataclass(frozen=True, slots=True)
class Matched:
    """Place k = the events that fit any of the k-th matches; who fits two belongs to the first."""

    places: tuple[tuple[Match, ...], ...]

    @property
    def count(self) -> int:
        """How many places there are."""
        return len(self.places)

    def on(self, log: EventLog) -> Places:
        """Where the events of the log are."""
        return _first_match_on(log, self.places)


def _met(touchpoint: Codes, touchpoints: int, log: EventLog) -> NDArray[np.bool_]:
    names = len(log.event.values)
    pairs = (touchpoint + 1) * np.int64(names) + log.event.codes
    table = np.bincount(pairs, minlength=(touchpoints + 1) * names).reshape(touchpoints + 1, names)
    met: NDArray[np.bool_] = table[1:] > 0
    return met


def without(log: EventLog, ignored: Match | None) -> EventLog:
    """The log without the events that are read but not put into the path."""
    return log if ignored is None else log.where(~events_matching(log, ignored))
