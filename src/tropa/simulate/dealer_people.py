"""Buyers of the dealer story, and when the service of each is due."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.simulate import data_dealer as n
from tropa.simulate.calendar import DAY, Calendar
from tropa.simulate.chance import Chance
from tropa.simulate.diary import SPLIT, second_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """One buyer: what the dealer knows of them, when they bought, when the term comes, whether they return for it.

    `remote`: lives too far away ever to come. `invited`, `returns`: to the first service. `cured`: None before the cure.
    """

    number: int
    traits: Mapping[str, str]
    channel: str
    remote: bool
    bought: int
    due: int
    invited: bool
    returns: bool
    cured: bool | None


def draw_buyers(rng: np.random.Generator, scale: float) -> list[Buyer]:
    """The buyers of the first delivery, then those who bought after it."""
    chance = Chance(rng)
    count, later = round(n.BUYERS * scale), round(n.BUYERS_AFTER * scale)
    rush = round(n.RUSH_SHARE * count)
    parts = ((n.RUSH, rush), (n.QUIET, count - rush), (n.BUYING_AFTER, later))
    bought = np.concatenate([_days(rng, calendar, part) for calendar, part in parts])
    traits = [_traits(chance) for _ in range(count + later)]
    terms = np.array([chance.about(n.DAYS_TO_TERM[one["mileage"]] * DAY, 0.32) for one in traits])
    due = _due(bought, terms, count=count, wanted=round(n.DUE * scale))
    remote = [_is_remote(chance, int(at)) for at in bought]
    fate = _before(rng, due, remote, wanted=round(n.RETURNED * scale)) | _after(chance, due, remote)
    return [
        Buyer(
            number=number,
            traits=one if not remote[number] else {**one, "distance": "far"},
            channel=chance.one_of(list(n.CHANNELS), list(n.CHANNELS.values())),
            remote=remote[number],
            bought=int(bought[number]),
            due=int(due[number]),
            invited=fate[number][0],
            returns=fate[number][1],
            cured=fate[number][2],
        )
        for number, one in enumerate(traits)
    ]


def _days(rng: np.random.Generator, calendar: Calendar, count: int) -> NDArray[np.int64]:
    start = second_of(calendar.first)
    return np.sort(start + calendar.draw_days(rng, count) * DAY) + calendar.draw_seconds(rng, count)


def _traits(chance: Chance) -> dict[str, str]:
    shares = {
        "condition": n.CONDITION,
        "mileage": n.MILEAGE,
        "distance": n.DISTANCE,
        "payment": n.PAYMENT,
        "age": n.AGE,
        "model": n.MODELS,
    }
    return {key: chance.one_of(list(of), list(of.values())) for key, of in shares.items()}


def _due(bought: NDArray[np.int64], terms: NDArray[np.int64], *, count: int, wanted: int) -> NDArray[np.int64]:
    """Terms in the proportion of mileages, by the factor with which so many of the first buyers are due in time."""
    last = second_of(n.LAST_DUE)
    factors = np.sort((last - bought[:count]) / terms[:count])[::-1]
    factor = float(factors[wanted - 1] + factors[min(wanted, count - 1)]) / 2
    due = (bought + factor * terms).astype(np.int64)
    first = np.arange(len(due)) < count
    return np.where(first & (due > last), due + (SPLIT - last), due)


def _is_remote(chance: Chance, bought: int) -> bool:
    sale = second_of(n.REMOTE_FIRST) <= bought < second_of(n.REMOTE_LAST) + DAY
    return chance.happens(n.REMOTE_IN_WEEKS if sale else n.REMOTE)


def _before(
    rng: np.random.Generator, due: NDArray[np.int64], remote: list[bool], *, wanted: int
) -> dict[int, tuple[bool, bool, bool | None]]:
    """Who of those due in the first delivery is invited and returns: the numbers are exact."""
    mature = list(rng.permutation(np.flatnonzero(due < SPLIT)).tolist())
    invited = set(mature[: round(n.INVITED * len(mature))])
    near = [number for number in rng.permutation(mature).tolist() if not remote[number]]
    asked = [number for number in near if number in invited]
    unasked = [number for number in near if number not in invited]
    came = round(n.RETURN_INVITED * len(invited))
    returns = {*asked[:came], *unasked[: wanted - came]}
    return {number: (number in invited, number in returns, None) for number in mature}


def _after(chance: Chance, due: NDArray[np.int64], remote: list[bool]) -> dict[int, tuple[bool, bool, bool | None]]:
    """Of those due later a random half gets the cure."""
    fate: dict[int, tuple[bool, bool, bool | None]] = {}
    for number in np.flatnonzero(due >= SPLIT).tolist():
        cured = chance.happens(0.5)
        invited = chance.happens(n.INVITED_CURED if cured else n.INVITED)
        comes = chance.happens(n.RETURN_INVITED if invited else n.RETURN_NOT_INVITED)
        fate[number] = (invited, comes and not remote[number], cured)
    return fate
