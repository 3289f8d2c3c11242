"""How people usually go on: natural differences, seasons and the like, before anything planted."""

import numpy as np
from numpy.typing import NDArray

from tropa.simulate.calendar import DAY
from tropa.simulate.eventtable import Column
from tropa.simulate.scenario import Decoy, DecoyKind, Scenario, values_of
from tropa.simulate.scenario_people import Attempts, day_number, members

Floats = NDArray[np.float64]


def usual_times(scenario: Scenario, wave: Attempts, event: str, alive: Column, now: Column) -> Floats:
    """How many times as often these people go on from this step at this time, problems apart."""
    times = np.ones(len(alive))
    for number, one in enumerate(scenario.properties):
        if one.at == event:
            table = np.array([one.usual.get(value, 1.0) for value in one.values])
            times *= table[wave.traits[number, alive]]
    for decoy in scenario.decoys:
        if decoy.at == event:
            times *= _decoyed(scenario, decoy, wave, alive, now)
    return times


def _decoyed(scenario: Scenario, decoy: Decoy, wave: Attempts, alive: Column, now: Column) -> Floats:
    inside = members(scenario, wave.traits[:, alive], values_of(decoy.group))
    if decoy.kind is DecoyKind.SMALL:
        return np.where(inside, decoy.size, 1.0)
    if decoy.first is None or decoy.last is None:
        return np.ones(len(alive))
    first = day_number(scenario, decoy.first) * DAY
    last = (day_number(scenario, decoy.last) + 1) * DAY
    during = (now >= first) & (now < last)
    if decoy.kind is DecoyKind.OUTAGE:
        return np.where(during & inside, 1 - min(decoy.size, 1.0), 1.0)
    if decoy.kind is DecoyKind.SEASON:
        depth = 0.5 - 0.5 * np.cos(2 * np.pi * (now - first) / max(last - first, 1))
        return np.where(during & inside, 1 - min(decoy.size, 1.0) * depth, 1.0)
    return np.ones(len(alive))
