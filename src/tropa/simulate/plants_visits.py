"""Visits of the plants story's customers to the site, and what came of each."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.simulate import data_plants as n
from tropa.simulate.calendar import DAY, lognormal
from tropa.simulate.plants_people import Column, Flags, People


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """One row per visit, by person and time; each flag implies the one before it."""

    person: Column
    start: Column
    channel: Column
    again: Flags  # a visit after an earlier order
    to_cart: Flags
    checkout: Flags
    paid: Flags

    def __len__(self) -> int:
        return len(self.person)

    def chosen(self, rows: Flags | Column) -> "Visits":
        """These visits, in this order."""
        return Visits(
            person=self.person[rows],
            start=self.start[rows],
            channel=self.channel[rows],
            again=self.again[rows],
            to_cart=self.to_cart[rows],
            checkout=self.checkout[rows],
            paid=self.paid[rows],
        )


def visits_together(parts: Sequence[Visits]) -> Visits:
    """All visits of the parts, one part after another."""
    return Visits(
        person=np.concatenate([part.person for part in parts]),
        start=np.concatenate([part.start for part in parts]),
        channel=np.concatenate([part.channel for part in parts]),
        again=np.concatenate([part.again for part in parts]),
        to_cart=np.concatenate([part.to_cart for part in parts]),
        checkout=np.concatenate([part.checkout for part in parts]),
        paid=np.concatenate([part.paid for part in parts]),
    )


def to_payment(people: People, person: Column, at: Column) -> NDArray[np.float64]:
    """The chance that a checkout at this moment ends in a payment."""
    late = at >= people.calendar.day_of(n.PRICE_LATE_SINCE) * DAY
    far_and_mobile = (people.region[person] == n.FAR_REGION) & (people.device[person] == n.MOBILE)
    return np.where(late & far_and_mobile, n.TO_PAYMENT_LATE_PRICE, n.TO_PAYMENT)


def _to_cart(people: People, person: Column, channel: Column) -> NDArray[np.float64]:
    browsing = np.where(people.cold[person], n.TO_CART_COLD, n.TO_CART)
    chance = np.where(people.by_list[person], n.TO_CART_BY_LIST, browsing)
    if people.cured is not None:
        chance = np.where(people.cured[person], np.minimum(0.95, chance * n.CURED_TO_CART), chance)
    steady = 1 - np.mean(channel == n.PROMOTED) * (1 - n.PROMOTED_TO_CART)
    settled: NDArray[np.float64] = chance * np.where(channel == n.PROMOTED, n.PROMOTED_TO_CART, 1.0) / steady
    return settled


def first_visits(rng: np.random.Generator, people: People) -> Visits:
    """Visits up to the first order; who left at the checkout may look again and takes nothing."""
    number = rng.geometric(1 / (1 + n.VISITS_AFTER_FIRST), size=len(people))
    person = np.repeat(np.arange(len(people)), np.minimum(number, 14))
    gap = np.maximum(1, np.rint(lognormal(rng, n.DAYS_BETWEEN_VISITS, len(person)))).astype(np.int64)
    opening = np.flatnonzero(np.diff(person, prepend=-1))
    gap[opening] = people.arrived
    start = (_within(gap, opening)) * DAY + people.calendar.draw_seconds(rng, len(person))
    other = rng.choice(len(n.CHANNEL_SHARES), size=len(person), p=n.CHANNEL_SHARES)
    channel = np.where(rng.random(len(person)) < 0.75, people.channel[person], other).astype(np.int64)
    channel[opening] = people.channel
    to_cart = rng.random(len(person)) < _to_cart(people, person, channel)
    checkout = to_cart & (rng.random(len(person)) < n.TO_CHECKOUT)
    paid = checkout & (rng.random(len(person)) < to_payment(people, person, start))
    drawn = Visits(
        person=person,
        start=start,
        channel=channel,
        again=np.zeros(len(person), dtype=np.bool_),
        to_cart=to_cart,
        checkout=checkout,
        paid=paid,
    )
    return _until_first_order(rng, drawn.chosen(start < people.calendar.end))


def _within(values: Column, opening: Column) -> Column:
    """Running sums that begin anew at each opening."""
    running = np.cumsum(values)
    before = running[opening] - values[opening]
    lengths = np.diff(opening, append=len(values))
    return running - np.repeat(before, lengths)


def _until_first_order(rng: np.random.Generator, visits: Visits) -> Visits:
    checkouts = np.flatnonzero(visits.checkout)
    _, first = np.unique(visits.person[checkouts], return_index=True)
    last = np.full(int(visits.person.max()) + 1, len(visits))
    decisive = checkouts[first]
    last[visits.person[decisive]] = decisive
    paid = np.zeros(len(last), dtype=np.bool_)
    paid[visits.person[decisive]] = visits.paid[decisive]
    after = np.arange(len(visits)) > last[visits.person]
    looks = ~paid[visits.person] & (rng.random(len(visits)) < n.LOOKS_AFTER_LEAVING)
    kept = ~after | looks
    nothing = after & kept
    return Visits(
        person=visits.person,
        start=visits.start,
        channel=visits.channel,
        again=visits.again,
        to_cart=visits.to_cart & ~nothing,
        checkout=visits.checkout & ~nothing,
        paid=visits.paid & ~nothing,
    ).chosen(kept)


def returned_carts(rng: np.random.Generator, people: People, visits: Visits) -> Visits:
    """Visits that take up a cart left before, for those who have not ordered; the cured are reminded."""
    ordered = np.zeros(len(people), dtype=np.bool_)
    ordered[visits.person[visits.paid]] = True
    left = np.flatnonzero(visits.to_cart & ~visits.paid & ~ordered[visits.person])
    _, first = np.unique(visits.person[left], return_index=True)
    left = left[first]
    times = 1.0 if people.cured is None else np.where(people.cured[visits.person[left]], n.CURED_CART_RETURNS, 1.0)
    comes = rng.random(len(left)) < n.CART_RETURNS * times
    days = np.maximum(1, lognormal(rng, n.DAYS_TO_CART_RETURN, len(left))).astype(np.int64)
    start = (visits.start[left] // DAY + days) * DAY + people.calendar.draw_seconds(rng, len(left))
    every = np.ones(len(left), dtype=np.bool_)
    return Visits(
        person=visits.person[left],
        start=start,
        channel=visits.channel[left],
        again=~every,
        to_cart=every,
        checkout=every,
        paid=every,
    ).chosen(comes & (start < people.calendar.end))


def later_visits(rng: np.random.Generator, people: People, orders: Visits) -> Visits:
    """Visits of people after an order: at most one each, with a chance of ordering again that the account decides.

    Failed checkouts, left carts and mere looks are added in the proportion that the chances of the site imply, so that
    the site treats those who return as it treats the new.
    """
    count = len(orders)
    start = _some_months_later(rng, people, orders)
    pays = to_payment(people, orders.person, start)
    again = _orders_again(people, orders) / (1 - n.CANCELLED)
    draw = rng.random(count)
    tried = again / pays
    paid = draw < again
    checkout = draw < tried
    to_cart = draw < tried / n.TO_CHECKOUT
    came = draw < tried / n.TO_CHECKOUT / n.TO_CART_BY_LIST
    return Visits(
        person=orders.person,
        start=start,
        channel=_unpromoted(rng, count),
        again=np.ones(count, dtype=np.bool_),
        to_cart=to_cart,
        checkout=checkout,
        paid=paid,
    ).chosen(came & (start < people.calendar.end))


def later_looks(rng: np.random.Generator, people: People, orders: Visits) -> Visits:
    """Visits after an order that take nothing; who orders again more often also comes to look more often."""
    count = len(orders)
    start = _some_months_later(rng, people, orders)
    came = rng.random(count) < _orders_again(people, orders) / n.SECOND_ORDER[n.ACCOUNT]
    nothing = np.zeros(count, dtype=np.bool_)
    return Visits(
        person=orders.person,
        start=start,
        channel=_unpromoted(rng, count),
        again=~nothing,
        to_cart=nothing,
        checkout=nothing,
        paid=nothing,
    ).chosen(came & (start < people.calendar.end))


def _some_months_later(rng: np.random.Generator, people: People, orders: Visits) -> Column:
    count = len(orders)
    lag = np.maximum(12, lognormal(rng, n.DAYS_TO_NEXT_ORDER, count)).astype(np.int64)
    lag = np.where(lag < n.NEXT_ORDER_WITHIN, lag, rng.integers(30, n.NEXT_ORDER_WITHIN - 1, size=count))
    start: Column = (orders.start // DAY + lag) * DAY + people.calendar.draw_seconds(rng, count)
    return start


def _orders_again(people: People, orders: Visits) -> NDArray[np.float64]:
    guest = people.account[orders.person] == n.GUEST
    return np.where(guest, n.SECOND_ORDER[n.GUEST], n.SECOND_ORDER[n.ACCOUNT])


def _unpromoted(rng: np.random.Generator, count: int) -> Column:
    """Channels of those who know the shop: the promoted one brings only the new."""
    channel = rng.choice(len(n.CHANNEL_SHARES), size=count, p=n.CHANNEL_SHARES)
    return np.where(channel == n.PROMOTED, 0, channel).astype(np.int64)


def all_visits(rng: np.random.Generator, people: People) -> Visits:
    """Everything up to the first order, and up to three later visits of those who ordered."""
    first = first_visits(rng, people)
    rounds = [first if people.cured is None else visits_together((first, returned_carts(rng, people, first)))]
    for _ in range(3):
        bought = rounds[-1].chosen(rounds[-1].paid)
        rounds.append(visits_together((later_visits(rng, people, bought), later_looks(rng, people, bought))))
    return visits_together(rounds)
