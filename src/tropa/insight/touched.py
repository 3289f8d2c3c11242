"""Whom a change was made for, read from the owner's words: a property's values, a random half, or everybody."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from tropa.domain.project import ChangeSpec, ExperimentSpec, Moment, Project, StageSpec
from tropa.events.days import local_date, midnight_of
from tropa.events.groups import Among, unit_column
from tropa.events.log import EventLog
from tropa.texts.words import lemmas, words_of

_RANDOM = frozenset({"половина", "случайно", "случайный", "half", "random", "randomly", "рандомно"})
_USUAL = frozenset(
    {
        *("контроль", "контрольный", "обычный", "общий", "старый", "нет", "без"),
        *("control", "usual", "old", "off", "no", "none", "a", "baseline", "standard"),
    }
)
_HALF = (0.4, 0.6)
_BORN_AFTER = 0.98
_FEWEST = 60
_SPLIT = re.compile(r"\s*(?:[,;|/]|\sи\s|\sand\s)\s*")


@dataclass(frozen=True, slots=True)
class Trial:
    """A random half that got a change: since when, told by which property's values."""

    name: ExperimentSpec
    since: date
    change: ChangeSpec | None


def is_random(change: ChangeSpec) -> bool:
    """Whether the owner says that a random part of people got it."""
    return bool(_RANDOM & _lemmas(change.whom or ""))


def group_of(change: ChangeSpec, log: EventLog) -> Among | None:
    """The property and values that «для кого» names: `region=Сибирь|Урал`, or bare values; None for everybody."""
    said = (change.whom or "").strip()
    if not said or is_random(change):
        return None
    name, _, written = said.partition("=")
    if written:
        wanted = [one.strip() for one in written.split("|")]
        return Among(name.strip(), tuple(wanted)) if _has(log, name.strip(), wanted) else None
    parts = [one.casefold() for one in (said, *_SPLIT.split(said)) if one]
    for property_name in sorted({*log.unit_properties, *log.properties}):
        column = log.unit_properties.get(property_name) or log.properties[property_name]
        found = tuple(one for one in column.values if one.casefold() in parts)
        if found and len(found) < len(column.values):
            return Among(property_name, found)
    return None


def stage_of(change: ChangeSpec, stages: Sequence[StageSpec]) -> int | None:
    """The stage that «где» names, by its own name or one of its touchpoints'."""
    said = _lemmas(change.place or "")
    if not said:
        return None
    best, most = None, 0.0
    for number, stage in enumerate(stages):
        for name in (stage.name, *(one.name for one in stage.touchpoints)):
            for words in (name.ru, name.en):
                own = _lemmas(words or "")
                fit = len(own & said) / len(own | said) if own else 0.0
                if fit > most:
                    best, most = number, fit
    return best


def trials_of(project: Project, log: EventLog) -> tuple[Trial, ...]:
    """Experiments named in tropa.yaml, then those that a change «for a random half» and the data show together."""
    named = [_named(one, project, log) for one in project.experiments]
    taken = {one.name.property for one in named if one is not None}
    found = [
        _recognised(change, log, taken)
        for change in project.changes
        if is_random(change) and all(change.name != one.name for one in project.experiments)
    ]
    return tuple(one for one in (*named, *found) if one is not None)


def _named(spec: ExperimentSpec, project: Project, log: EventLog) -> Trial | None:
    if not _has(log, spec.property, spec.cure):
        return None
    change = next((one for one in project.changes if one.name == spec.name), None)
    since = spec.since or (change.date if change else None) or _first_day(log)
    return Trial(spec, since, change)


def _recognised(change: ChangeSpec, log: EventLog, taken: set[str]) -> Trial | None:
    """A property of two values, about half and half, that only people who began since then have."""
    since = midnight_of(change.date, log.timezone)
    for name in sorted({*log.unit_properties, *log.properties} - taken):
        column = unit_column(log, name, Moment.JOURNEY_START)
        if column is None or len(column.values) != 2:
            continue
        has = np.diff(log.offsets) > 0
        began = np.full(log.units, -1, np.int64)
        began[has] = log.time[log.offsets[:-1][has]]
        known = column.codes >= 0
        if np.count_nonzero(known) < _FEWEST or (began[known] >= since).mean() < _BORN_AFTER:
            continue
        share = float((column.codes[known] == 0).mean())
        if _HALF[0] <= share <= _HALF[1]:
            taken.add(name)
            cure = _cure(change, column.values)
            return Trial(ExperimentSpec(name=change.name, property=name, cure=(cure,)), change.date, change)
    return None


def _cure(change: ChangeSpec, values: Sequence[str]) -> str:
    """Of two values the one that the change speaks of; else not the one that says it is as always."""
    said = _lemmas(f"{change.name.ru or ''} {change.name.en or ''}")
    return max(values, key=lambda one: (len(_lemmas(one) & said), not (_lemmas(one) & _USUAL), one))


def _has(log: EventLog, name: str, values: Sequence[str]) -> bool:
    column = log.unit_properties.get(name) or log.properties.get(name)
    return column is not None and any(one in column.values for one in values)


def _first_day(log: EventLog) -> date:
    return local_date(int(log.time.min(initial=log.as_of)), log.timezone)


def _lemmas(words: str) -> frozenset[str]:
    return frozenset(one for word in words_of(words) for one in lemmas(word.text) if len(one) > 1 or one == "a")
