"""Decoys for random scenarios: what looks like a problem and is none."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from tropa.domain.text import Language
from tropa.simulate import data_scenarios as words
from tropa.simulate.scenario import Decoy, DecoyKind, Of, Property, Scenario

Rng = np.random.Generator
_MORE = 0.35


def random_decoys(rng: Rng, scenario: Scenario) -> Scenario:
    """Each kind of decoy with a chance of about a third."""
    for make in (_season, _mix, _promo, _small, _bots, _open, _outage):
        if rng.random() < _MORE:
            scenario = make(rng, scenario)
    return scenario


def _with(scenario: Scenario, decoy: Decoy) -> Scenario:
    return replace(scenario, decoys=(*scenario.decoys, decoy))


def _days(rng: Rng, scenario: Scenario, shortest: int, longest: int) -> tuple[date, date]:
    length = min(int(rng.integers(shortest, longest)), scenario.days - 12)
    start = int(rng.integers(5, max(6, scenario.days - length - 5)))
    first = scenario.first + timedelta(days=start)
    return first, first + timedelta(days=length)


def _step(rng: Rng, scenario: Scenario) -> str:
    return scenario.steps[int(rng.integers(len(scenario.steps) - 1))].event


def _season(rng: Rng, scenario: Scenario) -> Scenario:
    first, last = _days(rng, scenario, 60, 150)
    size = float(rng.uniform(0.1, 0.35))
    return _with(scenario, Decoy(kind=DecoyKind.SEASON, size=size, at=_step(rng, scenario), first=first, last=last))


def _channel(scenario: Scenario) -> Property | None:
    return next((one for one in scenario.properties if one.usual), None)


def _mix(rng: Rng, scenario: Scenario) -> Scenario:
    known = _channel(scenario)
    if known is None:
        return scenario
    first, last = _days(rng, scenario, 7, 45)
    group = {known.name: list(known.values)[int(rng.integers(len(known.values)))]}
    size = float(rng.uniform(0.2, 0.6))
    scenario = _worse(rng, scenario, known, group[known.name])
    return _with(scenario, Decoy(kind=DecoyKind.MIX, size=size, group=group, first=first, last=last))


def _promo(rng: Rng, scenario: Scenario) -> Scenario:
    known = _channel(scenario)
    if known is None:
        return scenario
    first, last = _days(rng, scenario, 2, 15)
    group = {known.name: list(known.values)[int(rng.integers(len(known.values)))]}
    size = float(rng.uniform(1.5, 4))
    scenario = _worse(rng, scenario, known, group[known.name])
    return _with(scenario, Decoy(kind=DecoyKind.PROMO, size=size, group=group, first=first, last=last))


def _worse(rng: Rng, scenario: Scenario, known: Property, value: str) -> Scenario:
    """What is promoted brings people who go on less, then as ever."""
    place = scenario.properties.index(known)
    made = replace(known, usual={**known.usual, value: float(rng.uniform(0.65, 0.9))})
    return replace(scenario, properties=(*scenario.properties[:place], made, *scenario.properties[place + 1 :]))


def _small(rng: Rng, scenario: Scenario) -> Scenario:
    """A value that a handful of people has, of whom many (or few) go on."""
    places = [number for number, one in enumerate(scenario.properties) if one.of is Of.PERSON and not one.usual]
    if not places:
        return scenario
    place = places[int(rng.integers(len(places)))]
    value = words.RARE[int(rng.integers(len(words.RARE)))][scenario.language is Language.RU]
    known = scenario.properties[place]
    richer = replace(known, values={**known.values, value: 0.001})
    properties = (*scenario.properties[:place], richer, *scenario.properties[place + 1 :])
    decoy = Decoy(
        kind=DecoyKind.SMALL,
        size=float(rng.uniform(0.5, 1.3)),
        at=_step(rng, scenario),
        group={known.name: value},
        people=int(rng.integers(8, 45)),
    )
    return _with(replace(scenario, properties=properties), decoy)


def _bots(rng: Rng, scenario: Scenario) -> Scenario:
    decoy = Decoy(kind=DecoyKind.BOTS, people=int(rng.integers(1, 6)), size=float(rng.integers(100, 900)))
    return _with(scenario, decoy)


def _open(rng: Rng, scenario: Scenario) -> Scenario:
    first = scenario.last - timedelta(days=int(rng.integers(7, 25)))
    return _with(scenario, Decoy(kind=DecoyKind.OPEN, size=float(rng.uniform(1.5, 3)), first=first, last=scenario.last))


def _outage(rng: Rng, scenario: Scenario) -> Scenario:
    first, _ = _days(rng, scenario, 1, 2)
    last = first + timedelta(days=int(rng.integers(0, 2)))
    group = {}
    if scenario.properties and rng.random() < 0.6:
        known = scenario.properties[int(rng.integers(len(scenario.properties)))]
        if known.since_step is None:
            group = {known.name: next(iter(known.values))}
    decoy = Decoy(
        kind=DecoyKind.OUTAGE,
        size=float(rng.uniform(0.5, 0.95)),
        at=_step(rng, scenario),
        group=group,
        first=first,
        last=last,
    )
    return _with(scenario, decoy)
