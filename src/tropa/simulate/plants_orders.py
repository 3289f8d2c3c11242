"""Orders of the plants story: what was paid, how long it waited and travelled, and what followed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.simulate import data_plants as n
from tropa.simulate.calendar import DAY, HOUR, Calendar, lognormal
from tropa.simulate.data_plants import Trait, What
from tropa.simulate.eventtable import Events, together
from tropa.simulate.plants_people import People

Column = NDArray[np.int64]
Flags = NDArray[np.bool_]
NEVER = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Carrier and way to pay, for each visit, used or not."""

    carrier: Column
    method: Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """One row per order by time; a moment that has not come by the end of the period is `NEVER`."""

    person: Column
    created: Column
    dispatched: Column
    delivered: Column
    amount: Column  # minor units
    goods: Column
    carrier: Column
    cancelled: Flags
    returned: Flags

    def __len__(self) -> int:
        return len(self.person)


def draw_choices(rng: np.random.Generator, count: int) -> Choices:
    """Carriers and payments, the same mix everywhere and always."""
    return Choices(
        carrier=rng.choice(len(n.CARRIER_SHARES), size=count, p=n.CARRIER_SHARES).astype(np.int64),
        method=rng.choice(len(n.METHOD_SHARES), size=count, p=n.METHOD_SHARES).astype(np.int64),
    )


def draw_orders(rng: np.random.Generator, people: People, payments: Events, *, prices: tuple[int, int]) -> Orders:
    """An order for each payment; `prices` are the median amounts for seeds and for saplings, in minor units."""
    count = len(payments)
    goods = payments.traits[Trait.GOODS]
    created = payments.at // 60 * 60 + 60
    dispatched = _dispatched(rng, people.calendar, created, goods)
    way = lognormal(rng, n.DAYS_ON_THE_WAY, count) * np.array(n.REGION_ON_THE_WAY)[people.region[payments.person]]
    delivered = dispatched // DAY * DAY + np.maximum(1, np.rint(way)).astype(np.int64) * DAY
    amount = np.array(prices)[goods] * np.exp(0.45 * rng.standard_normal(count))
    cancelled = rng.random(count) < n.CANCELLED
    end = people.calendar.end
    return Orders(
        person=payments.person,
        created=created,
        dispatched=np.where(cancelled | (dispatched >= end), NEVER, dispatched),
        delivered=np.where(cancelled | (delivered >= end), NEVER, delivered),
        amount=np.rint(amount / 50).astype(np.int64) * 50,
        goods=goods,
        carrier=payments.traits[Trait.CARRIER],
        cancelled=cancelled,
        returned=~cancelled & (delivered < end) & (rng.random(count) < n.RETURNED),
    )


def _dispatched(rng: np.random.Generator, calendar: Calendar, created: Column, goods: Column) -> Column:
    """Dispatch in working hours of a later day; saplings of the season wait long."""
    count = len(created)
    slow = (goods == n.SAPLINGS) & np.isin(calendar.months_of(created), n.SAPLINGS_MONTHS)
    days = np.where(slow, lognormal(rng, n.DAYS_TO_DISPATCH_SAPLINGS, count), lognormal(rng, n.DAYS_TO_DISPATCH, count))
    moment = created + (days * DAY).astype(np.int64)
    hour = moment % DAY // HOUR
    shift = np.where(hour < 9, (9 - hour) * HOUR, np.where(hour > 18, (18 - hour) * HOUR, 0))
    at: Column = np.maximum(moment + shift, created + HOUR) // 60 * 60
    return at


def waiting_events(rng: np.random.Generator, people: People, orders: Orders) -> Events:
    """Messages while the parcel travels, and the care that follows."""
    sent = orders.dispatched != NEVER
    silent = (orders.carrier == n.SILENT_CARRIER) & (orders.dispatched >= people.calendar.day_of(n.NO_SMS_SINCE) * DAY)
    count = len(orders)
    told = sent & ~silent & (rng.random(count) < n.SMS_SENT)
    asks = sent & (rng.random(count) < np.where(silent, n.CHAT_WITHOUT_SMS, n.CHAT_WHILE_WAITING))
    home = orders.delivered != NEVER
    letter = home & (people.account[orders.person] == n.ACCOUNT) & (rng.random(count) < n.CARE_LETTER_SENT)
    page = home & (rng.random(count) < np.where(letter, n.CARE_PAGE_OPENED, n.CARE_PAGE_FOUND))
    sms_at = orders.dispatched + rng.integers(600, 3 * HOUR, size=count)
    chat_at = orders.dispatched // DAY * DAY + DAY + people.calendar.draw_seconds(rng, count)
    letter_at = orders.delivered + DAY + 9 * HOUR + rng.integers(0, HOUR, size=count)
    page_at = letter_at + HOUR + (lognormal(rng, (1.2, 0.9), count) * DAY).astype(np.int64)
    parts = (
        _messages(people.calendar, orders, What.TRACK_SMS, told, sms_at),
        _messages(people.calendar, orders, What.CHAT, asks, chat_at),
        _messages(people.calendar, orders, What.CARE_LETTER, letter, letter_at),
        _messages(people.calendar, orders, What.CARE_PAGE, page, page_at),
    )
    return together(parts)


def _messages(calendar: Calendar, orders: Orders, what: What, rows: Flags, at: Column) -> Events:
    chosen = rows & (at < calendar.end)
    count = int(chosen.sum())
    traits = np.full((len(Trait), count), -1, dtype=np.int64)
    traits[Trait.GOODS] = orders.goods[chosen]
    traits[Trait.CARRIER] = orders.carrier[chosen]
    code = np.full(count, int(what), dtype=np.int64)
    return Events(person=orders.person[chosen], code=code, at=at[chosen], traits=traits)
