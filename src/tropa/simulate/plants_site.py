"""What each visit of the plants story leaves in the site's log."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tropa.simulate import data_plants as n
from tropa.simulate.calendar import DAY, lognormal
from tropa.simulate.data_plants import Trait, What
from tropa.simulate.eventtable import Events
from tropa.simulate.plants_orders import Choices
from tropa.simulate.plants_people import People
from tropa.simulate.plants_visits import Visits

Column = NDArray[np.int64]
GOODS_SEEN = (What.CARD, What.REVIEWS, What.KIT, What.TO_CART, What.CART)
PACE = (38.0, 0.9)  # seconds between two events of a visit: median, sigma


@dataclass(slots=True)
class _Steps:
    """Events of visits in the making: whose visit, what, and its place within the visit."""

    visit: list[Column] = field(default_factory=list)
    code: list[Column] = field(default_factory=list)
    place: list[NDArray[np.float64]] = field(default_factory=list)

    def add(self, what: What, visits: NDArray[np.bool_] | Column, place: float | NDArray[np.float64]) -> None:
        """One event in each of the visits, at this place among the others."""
        chosen = np.flatnonzero(visits) if visits.dtype == np.bool_ else visits.astype(np.int64)
        self.visit.append(chosen)
        self.code.append(np.full(len(chosen), int(what), dtype=np.int64))
        self.place.append(np.broadcast_to(np.asarray(place, dtype=np.float64), chosen.shape))


def site_events(rng: np.random.Generator, people: People, visits: Visits, choices: Choices) -> Events:
    """The log of all visits, each in its own order and pace."""
    steps = _Steps()
    _looking(rng, people, visits, steps)
    _taking(visits, steps)
    _aside(rng, visits, steps)
    unordered = np.concatenate(steps.visit)
    order = np.lexsort((np.concatenate(steps.place), unordered))
    visit, code = unordered[order], np.concatenate(steps.code)[order]
    pause = np.maximum(1, lognormal(rng, PACE, len(visit))).astype(np.int64)
    at = visits.start[visit] + _since_opening(visit, pause)
    traits = np.full((len(Trait), len(visit)), -1, dtype=np.int64)
    traits[Trait.CHANNEL] = visits.channel[visit]
    goods = np.isin(code, GOODS_SEEN) | (code >= What.CHECKOUT) & (code <= What.PAYMENT)
    traits[Trait.GOODS] = np.where(goods, people.goods[visits.person[visit]], -1)
    told = (code == What.DELIVERY) | (code == What.PAYMENT)
    traits[Trait.CARRIER] = np.where(told, choices.carrier[visit], -1)
    traits[Trait.METHOD] = np.where(code == What.PAYMENT, choices.method[visit], -1)
    events = Events(person=visits.person[visit], code=code, at=at, traits=traits)
    return events.chosen(at < people.calendar.end)


def _since_opening(visit: Column, pause: Column) -> Column:
    opening = np.flatnonzero(np.diff(visit, prepend=-1))
    running = np.cumsum(pause)
    lengths = np.diff(opening, append=len(visit))
    since: Column = running - np.repeat(running[opening], lengths)
    return since


def _looking(rng: np.random.Generator, people: People, visits: Visits, steps: _Steps) -> None:
    count = len(visits)
    browsing = ~people.by_list[visits.person] & ~visits.again
    listing = ~browsing
    reorder = visits.again & (rng.random(count) < 0.6)
    steps.add(What.SITE_VISIT, np.ones(count, dtype=np.bool_), 0)
    steps.add(What.ARTICLE, rng.random(count) < np.where(browsing, 0.16, 0.05), 1)
    steps.add(What.REORDER, reorder, 2)
    steps.add(What.SEARCH, listing & ~reorder, 2)
    steps.add(What.KIT, listing & ~reorder, 3)
    steps.add(What.CATALOG, browsing, 2)
    steps.add(What.CARD, browsing, 10)
    _rounds(rng, people, visits, steps, browsing)
    steps.add(What.REGION_FILTER, browsing & (rng.random(count) < 0.02), 2.5)
    steps.add(What.REVIEWS, browsing & (rng.random(count) < 0.2), 900)


def _rounds(
    rng: np.random.Generator, people: People, visits: Visits, steps: _Steps, browsing: NDArray[np.bool_]
) -> None:
    """Returns from a card to the catalogue and on to another card."""
    mean = np.where(people.cold[visits.person], n.RETURNS_COLD, n.RETURNS)
    number = np.where(browsing, rng.geometric(1 / (1 + mean)) - 1, 0)
    visit = np.repeat(np.arange(len(visits)), number)
    opening = np.repeat(np.cumsum(number) - number, number)
    turn = (np.arange(len(visit)) - opening).astype(np.float64)
    steps.add(What.CATALOG, visit, 11 + 2 * turn)
    steps.add(What.CARD, visit, 12 + 2 * turn)


def _taking(visits: Visits, steps: _Steps) -> None:
    steps.add(What.TO_CART, visits.to_cart, 1000)
    steps.add(What.CART, visits.to_cart, 1001)
    steps.add(What.CHECKOUT, visits.checkout, 1002)
    steps.add(What.DELIVERY, visits.checkout, 1003)
    steps.add(What.PAYMENT, visits.paid, 1004)


def _aside(rng: np.random.Generator, visits: Visits, steps: _Steps) -> None:
    """What happens beside the path: a closed banner, a subscription, a question before buying."""
    count = len(visits)
    steps.add(What.BANNER_CLOSED, rng.random(count) < 0.06, 0.5)
    steps.add(What.SUBSCRIBED, rng.random(count) < 0.03, 1100)
    steps.add(What.CHAT, ~visits.checkout & (rng.random(count) < 0.003), 1200)


def reminders(rng: np.random.Generator, people: People, visits: Visits) -> Events:
    """A letter on the day after a cart was left, to some."""
    left = np.flatnonzero(visits.to_cart & ~visits.paid)
    left = left[rng.random(len(left)) < n.CART_LETTER_SENT]
    at = (visits.start[left] // DAY + 1) * DAY + 10 * 3600 + rng.integers(0, 3600, size=len(left))
    traits = np.full((len(Trait), len(left)), -1, dtype=np.int64)
    letters = Events(
        person=visits.person[left], code=np.full(len(left), int(What.CART_LETTER), dtype=np.int64), at=at, traits=traits
    )
    return letters.chosen(at < people.calendar.end)


def bots(rng: np.random.Generator, people: People) -> Events:
    """A few machines that walk through catalogue and cards at an even pace, each within one night."""
    each = n.BOT_EVENTS
    person = np.repeat(np.arange(len(people), len(people) + n.BOTS), each)
    night = rng.integers(0, people.calendar.days, size=n.BOTS) * DAY + 3 * 3600
    at = np.repeat(night, each) + np.tile(np.arange(each) * 7, n.BOTS)
    code = np.tile(np.where(np.arange(each) % 2 == 0, int(What.CATALOG), int(What.CARD)), n.BOTS)
    return Events(person=person, code=code, at=at, traits=np.full((len(Trait), len(person)), -1, dtype=np.int64))
