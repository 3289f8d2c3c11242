"""Customers of the plants story: who they are, how they choose, and when they first come."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tropa.simulate import data_plants as n
from tropa.simulate.calendar import Calendar

Column = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """One row per person, and the calendar by which they live; `cured` have the cure, of whom only after it."""

    calendar: Calendar
    cured: Flags | None
    region: Column
    device: Column
    account: Column
    novice: Column
    goods: Column
    by_list: Flags
    channel: Column
    arrived: Column  # day

    def __len__(self) -> int:
        return len(self.region)

    @property
    def cold(self) -> Flags:
        """Live where winters kill southern sorts."""
        return np.isin(self.region, n.COLD_REGIONS)


def draw_people(rng: np.random.Generator, count: int) -> People:
    """People with independent traits; a part of them comes in the week of the promotion, by the promoted channel."""
    arrived = n.CALENDAR.draw_days(rng, count)
    channel = rng.choice(len(n.CHANNEL_SHARES), size=count, p=n.CHANNEL_SHARES)
    promo = rng.random(count) < n.PROMO_SHARE
    first, last = n.CALENDAR.day_of(n.PROMO_FIRST), n.CALENDAR.day_of(n.PROMO_LAST)
    arrived[promo] = rng.integers(first, last + 1, size=int(promo.sum()))
    channel[promo] = n.PROMOTED
    return _described(rng, n.CALENDAR, arrived, channel)


def draw_people_after(rng: np.random.Generator, count: int) -> People:
    """People of the second delivery: a random half of them has the cure."""
    arrived = n.AFTER.draw_days(rng, count)
    channel = _of_shares(rng, count)
    people = _described(rng, n.AFTER, arrived, np.where(channel == n.PROMOTED, 0, channel))
    return replace(people, cured=rng.random(count) < 0.5)


def _of_shares(rng: np.random.Generator, count: int) -> Column:
    return rng.choice(len(n.CHANNEL_SHARES), size=count, p=n.CHANNEL_SHARES).astype(np.int64)


def _described(rng: np.random.Generator, calendar: Calendar, arrived: Column, channel: Column) -> People:
    count = len(arrived)
    return People(
        calendar=calendar,
        cured=None,
        region=rng.choice(len(n.REGION_SHARES), size=count, p=n.REGION_SHARES).astype(np.int64),
        device=np.where(rng.random(count) < n.MOBILE_SHARE, n.MOBILE, n.DESKTOP),
        account=np.where(rng.random(count) < n.GUEST_SHARE, n.GUEST, n.ACCOUNT),
        novice=(rng.random(count) < n.NOVICE_SHARE).astype(np.int64),
        goods=np.where(rng.random(count) < n.SAPLINGS_SHARE, n.SAPLINGS, n.SEEDS),
        by_list=rng.random(count) < n.LIST_SHARE,
        channel=channel.astype(np.int64),
        arrived=arrived,
    )
