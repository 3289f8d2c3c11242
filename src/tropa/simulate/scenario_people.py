"""Who comes when in a scenario, and what is known of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from tropa.simulate.calendar import DAY, HOUR
from tropa.simulate.scenario import Decoy, DecoyKind, Of, Property, Scenario, Season, Values, values_of

Column = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """Attempts to go the way, by rows: whose, when it begins (seconds from the first day), values by property."""

    person: Column
    start: Column
    traits: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.person)


def day_number(scenario: Scenario, day: date) -> int:
    """The number of a day, 0 for the first."""
    return (day - scenario.first).days


def members(scenario: Scenario, traits: NDArray[np.int64], group: dict[str, tuple[str, ...]]) -> Flags:
    """Which rows of values belong to the group."""
    inside = np.ones(traits.shape[1], dtype=bool)
    for number, one in enumerate(scenario.properties):
        if one.name in group:
            names = list(one.values)
            inside &= np.isin(traits[number], [names.index(value) for value in group[one.name]])
    return inside


def first_attempts(scenario: Scenario, seed: int) -> Attempts:
    """Everybody's first attempt."""
    rng = np.random.default_rng((seed, 1))
    day = rng.choice(scenario.days, size=scenario.people, p=_weights(scenario))
    start = day * DAY + _seconds(rng, scenario.season, scenario.people)
    traits = _traits(scenario, np.random.default_rng((seed, 2)), day)
    _mixed(scenario, np.random.default_rng((seed, 3)), day, traits)
    return Attempts(person=np.arange(scenario.people), start=start, traits=traits)


def later_attempts(
    scenario: Scenario, rng: np.random.Generator, earlier: Attempts, rows: Column, at: Column
) -> Attempts:
    """New attempts of these rows' people, begun at these moments: what belongs to a visit is drawn anew."""
    traits = earlier.traits[:, rows].copy()
    for number, one in enumerate(scenario.properties):
        if one.of is Of.VISIT and not one.days:
            traits[number] = _drawn_with(rng, scenario, one, one.values, traits, at // DAY)
    start = at // DAY * DAY + _seconds(rng, scenario.season, len(rows))
    start = np.where(start <= at, start + DAY, start)
    for number, one in enumerate(scenario.properties):
        if one.days:
            traits[number] = _by_weekday(scenario, one, start // DAY)
    _mixed(scenario, rng, start // DAY, traits, visits_only=True)
    return Attempts(person=earlier.person[rows], start=start, traits=traits)


def _weights(scenario: Scenario) -> Floats:
    """How likely a day is for coming: month (smoothly), weekday, growth, and what promotions and rushes add."""
    season = scenario.season
    weight = np.empty(scenario.days)
    for number in range(scenario.days):
        day = scenario.first + timedelta(days=number)
        weight[number] = _month(season, day) * season.weekdays[day.weekday()]
    weight *= season.growth ** (np.arange(scenario.days) / max(scenario.days - 1, 1))
    for one in scenario.decoys:
        first, last = _span(scenario, one)
        if one.kind in {DecoyKind.PROMO, DecoyKind.OPEN}:
            weight[first : last + 1] *= max(one.size, 0.01)
    found: Floats = weight / weight.sum()
    return found


def _month(season: Season, day: date) -> float:
    """The month's weight, sliding to the neighbouring month's away from its middle."""
    place = day.month - 1 + (day.day - 15.5) / 30.5
    low = int(np.floor(place))
    part = place - low
    return season.months[low % 12] * (1 - part) + season.months[(low + 1) % 12] * part


def _span(scenario: Scenario, one: Decoy) -> tuple[int, int]:
    """First and last day of a decoy; a rush at the end fills the last tenth of the period."""
    first = day_number(scenario, one.first) if one.first else scenario.days - max(7, scenario.days // 10)
    last = day_number(scenario, one.last) if one.last else scenario.days - 1
    return max(first, 0), min(last, scenario.days - 1)


def _seconds(rng: np.random.Generator, season: Season, count: int) -> Column:
    weight = np.array(season.hours)
    hour = rng.choice(24, size=count, p=weight / weight.sum())
    seconds: Column = hour * HOUR + rng.integers(0, HOUR, size=count)
    return seconds


def _drawn_with(
    rng: np.random.Generator,
    scenario: Scenario,
    one: Property,
    shares: Mapping[str, float],
    traits: NDArray[np.int64],
    day: Column,
) -> Column:
    """Values by their shares, which may drift over the period and lean on another property's values."""
    weight = np.tile(np.array(list(shares.values()), dtype=np.float64), (len(day), 1))
    names = list(shares)
    for value, times in one.drift.items():
        weight[:, names.index(value)] *= times ** (day / max(scenario.days - 1, 1))
    if one.on is not None:
        place = next(number for number, other in enumerate(scenario.properties) if other.name == one.on)
        theirs = list(scenario.properties[place].values)
        for value, leaning in one.leans.items():
            rows = traits[place] == theirs.index(value)
            for name, times in leaning.items():
                weight[rows, names.index(name)] *= times
    reached = np.cumsum(weight, axis=1)
    drawn: Column = (rng.random(len(day))[:, None] * reached[:, -1:] >= reached).sum(1)
    return drawn


def _by_weekday(scenario: Scenario, one: Property, day: Column) -> Column:
    """The value whose weekdays hold the day; the first value where none does."""
    weekday = (day + scenario.first.weekday()) % 7 + 1
    found = np.zeros(len(day), dtype=np.int64)
    for number, value in enumerate(one.values):
        found[np.isin(weekday, one.days.get(value, ()))] = number
    return found


def _traits(scenario: Scenario, rng: np.random.Generator, day: Column) -> NDArray[np.int64]:
    """Values by property; a small segment's value is given to its few and to nobody else."""
    count = len(day)
    traits = np.zeros((len(scenario.properties), count), dtype=np.int64)
    few = [one for one in scenario.decoys if one.kind is DecoyKind.SMALL]
    for number, one in enumerate(scenario.properties):
        shares = dict(one.values)
        small = [(decoy, value) for decoy in few if (value := _only_value(decoy.group, one.name))]
        for _, value in small:
            shares[value] = 0.0
        traits[number] = (
            _by_weekday(scenario, one, day) if one.days else _drawn_with(rng, scenario, one, shares, traits, day)
        )
        for decoy, value in small:
            chosen = rng.choice(count, size=min(decoy.people, count), replace=False)
            traits[number][chosen] = list(one.values).index(value)
    return traits


def _only_value(group: object, name: str) -> str | None:
    assert isinstance(group, dict)
    found: dict[str, Values] = group
    return values_of(found).get(name, (None,))[0]


def _mixed(
    scenario: Scenario, rng: np.random.Generator, day: Column, traits: NDArray[np.int64], *, visits_only: bool = False
) -> None:
    """Those who come in the days of a promotion have its value more often."""
    for one in scenario.decoys:
        if one.kind not in {DecoyKind.MIX, DecoyKind.PROMO}:
            continue
        first, last = _span(scenario, one)
        share = one.size if one.kind is DecoyKind.MIX else 1 - 1 / max(one.size, 1.0)
        drawn = (day >= first) & (day <= last) & (rng.random(len(day)) < share)
        for number, known in enumerate(scenario.properties):
            value = _only_value(one.group, known.name)
            if value is not None and not (visits_only and known.of is Of.PERSON):
                traits[number][drawn] = list(known.values).index(value)
