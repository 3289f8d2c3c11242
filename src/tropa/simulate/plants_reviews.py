"""Who of the plants story writes a review, on what, and when."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tropa.simulate import data_plants as n
from tropa.simulate.calendar import DAY, Calendar, lognormal
from tropa.simulate.plants_orders import NEVER, Orders
from tropa.simulate.plants_people import People
from tropa.simulate.plants_visits import Visits
from tropa.simulate.plants_words import PlantsWords
from tropa.simulate.reviews import ANY, ReviewBank, ReviewWriter, Written

Column = NDArray[np.int64]
GIVES_NUMBER = 0.45
NO_RATING = 0.03
TWO_MATTERS = 0.28


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One review with its day (from the first) and its author."""

    written: Written
    day: int
    person: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """People who could write on a topic: each with the moment it happened and the usual days until words come."""

    person: Column
    at: Column
    days: tuple[float, float]


def occasions(people: People, visits: Visits, orders: Orders) -> dict[str, Occasion]:
    """For each topic those whom it befell; topics without an entry belong to any delivered order."""
    left = _left_for_price(people, visits)
    cold = people.cold[visits.person] & ~people.by_list[visits.person] & ~visits.to_cart
    home = orders.delivered != NEVER
    slow = home & (orders.goods == n.SAPLINGS) & np.isin(people.calendar.months_of(orders.created), n.SAPLINGS_MONTHS)
    silent = (orders.carrier == n.SILENT_CARRIER) & (orders.dispatched >= people.calendar.day_of(n.NO_SMS_SINCE) * DAY)
    guests = home & (people.account[orders.person] == n.GUEST)
    promo = (visits.channel == n.PROMOTED) & _in_promo(people.calendar, visits.start)
    return {
        "late_price": Occasion(person=visits.person[left], at=visits.start[left], days=(1.5, 0.9)),
        "climate": Occasion(person=visits.person[cold], at=visits.start[cold], days=(3.0, 0.9)),
        "dry_roots": Occasion(person=orders.person[slow], at=orders.delivered[slow], days=(3.0, 0.8)),
        "no_care": Occasion(person=orders.person[guests], at=orders.delivered[guests], days=(24.0, 0.5)),
        "no_track": Occasion(person=orders.person[silent], at=orders.dispatched[silent], days=(7.0, 0.4)),
        "promo": Occasion(person=visits.person[promo], at=visits.start[promo], days=(2.0, 0.8)),
        "": Occasion(person=orders.person[home], at=orders.delivered[home], days=(4.0, 1.2)),
    }


def _left_for_price(people: People, visits: Visits) -> NDArray[np.bool_]:
    far = (people.region[visits.person] == n.FAR_REGION) & (people.device[visits.person] == n.MOBILE)
    late = visits.start >= people.calendar.day_of(n.PRICE_LATE_SINCE) * DAY
    left: NDArray[np.bool_] = far & late & visits.checkout & ~visits.paid
    return left


def _in_promo(calendar: Calendar, at: Column) -> NDArray[np.bool_]:
    first, last = calendar.day_of(n.PROMO_FIRST), calendar.day_of(n.PROMO_LAST)
    return (at // DAY >= first) & (at // DAY <= last)


def draw_reviews(
    rng: np.random.Generator, calendar: Calendar, bank: ReviewBank, befallen: dict[str, Occasion], count: int
) -> tuple[Review, ...]:
    """So many reviews by day: their topics in the story's shares, their authors among those befallen."""
    writer = ReviewWriter(bank, rng)
    names = list(n.REVIEW_TOPICS)
    shares = np.array(list(n.REVIEW_TOPICS.values()))
    beside = [name for name in names if bank.topics[name].planted is None and bank.topics[name].tone != ANY]
    topics = [names[place] for place in rng.choice(len(names), size=count, p=shares / shares.sum())]
    written = []
    for topic in topics:
        occasion = befallen.get(topic, befallen[""])
        if not len(occasion.person):
            continue
        place = int(rng.integers(len(occasion.person)))
        lag = max(1, round(float(lognormal(rng, occasion.days, 1)[0])))
        other = beside[int(rng.integers(len(beside)))] if rng.random() < TWO_MATTERS else None
        day = min(int(occasion.at[place]) // DAY + lag, calendar.days - 1)
        words = writer.write(topic, other if other != topic else None)
        written.append(Review(written=words, day=day, person=int(occasion.person[place])))
    return tuple(sorted(written, key=lambda review: review.day))


def reviews_file(
    rng: np.random.Generator, calendar: Calendar, words: PlantsWords, clients: Sequence[str], reviews: Sequence[Review]
) -> bytes:
    """The table of reviews: not every one has a mark, and fewer than half have the client's number."""
    book = words.reviews
    table = io.StringIO()
    writer = csv.writer(table, delimiter=words.orders.delimiter, lineterminator="\n")
    writer.writerow(book.header)
    days = calendar.moments(np.array([review.day for review in reviews], dtype=np.int64) * DAY).tolist()
    for review, day in zip(reviews, days, strict=True):
        rating = "" if rng.random() < NO_RATING else str(review.written.rating)
        source = book.sources[int(rng.choice(len(book.sources), p=book.shares))]
        client = clients[review.person] if rng.random() < GIVES_NUMBER else ""
        writer.writerow((review.written.text, rating, day.strftime(book.day), source, client))
    return table.getvalue().encode(book.encoding)
